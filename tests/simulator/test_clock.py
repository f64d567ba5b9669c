"""The terminal's wall clock: wrong, drifting, turned back, set by the server."""

from datetime import datetime

import pytest

from terminal_simulator import FakeTime, FastTime, TerminalClock
from terminal_simulator.clock import parse_time_zone

NINE = "Mon, 02 Mar 2026 01:00:00 GMT"


def first_wall(device):
    return device.punch("1001").wall


def test_right_clock(make):
    assert first_wall(make()) == "2026-03-02 09:00:00"


def test_one_hour_fast(make):
    assert first_wall(make(clock_offset_seconds=3600)) == "2026-03-02 10:00:00"


def test_a_day_ahead(make):
    assert first_wall(make(clock_offset_seconds=86400)) == "2026-03-03 09:00:00"


def test_clock_in_2000_after_each_power_cut(make):
    device = make(clock_starts_at="2000-01-01 00:00:00", clock_follows_server=False)
    device.time.advance(90)
    assert first_wall(device) == "2000-01-01 00:01:30"
    device.reboot()
    assert first_wall(device) == "2000-01-01 00:00:00"


def test_drift(make):
    device = make(clock_drift_ppm=1000)
    device.time.advance(10000)
    assert first_wall(device) == "2026-03-02 11:46:50"


def test_repeated_hour_at_the_end_of_summer_time(make):
    device = make(clock_back_at="2026-03-02 10:00:00")
    walls = []
    for _ in range(4):
        device.time.advance(1800)
        walls.append(first_wall(device)[11:])
    assert walls == ["09:30:00", "09:00:00", "09:30:00", "10:00:00"]


def test_clock_follows_date_and_time_zone(server, make):
    server.date = NINE
    device = make(clock_starts_at="2000-01-01 00:00:00", zone_minutes=0)
    device.settle()
    assert first_wall(device) == "2026-03-02 09:00:00"
    assert device.clock.zone_minutes == 480


def test_a_wrong_time_zone_moves_the_clock(server, make):
    server.date, server.options["TimeZone"] = NINE, "330"
    device = make()
    device.settle()
    assert first_wall(device) == "2026-03-02 06:30:00"


def test_summer_hour_flag(server, make):
    server.date = NINE
    device = make(clock_summer_hour=True)
    device.settle()
    assert first_wall(device) == "2026-03-02 10:00:00"


def test_a_unit_that_does_not_follow(server, make):
    server.date = NINE
    device = make(clock_follows_server=False, clock_offset_seconds=3600)
    device.settle()
    assert first_wall(device) == "2026-03-02 10:00:00"


def test_ten_seconds_are_tolerated(server, make):
    server.date = NINE
    device = make(clock_offset_seconds=9)
    device.settle()
    assert first_wall(device) == "2026-03-02 09:00:09"


@pytest.mark.parametrize(("needs", "hour"), [(True, "10"), (False, "09")])
def test_date_without_text_plain(server, make, needs, hour):
    from terminal_simulator.testing import option_block

    def script(seen, _index):
        if not seen.is_handshake:
            return None
        answer = option_block("ZKDEMO000017")
        answer.content_type, answer.date = "text/html", NINE
        return answer

    server.script = script
    device = make(needs_text_plain=needs, clock_offset_seconds=3600)
    device.settle()
    assert first_wall(device)[11:13] == hour


def test_slow_answers_do_not_set_the_clock():
    clock = TerminalClock(FakeTime(), zone_minutes=480, offset_seconds=3600)
    assert not clock.set_from_server(NINE, 5.0)
    assert not clock.set_from_server("no date", 0.1)
    assert clock.set_from_server(NINE, 4.9)
    assert clock.wall() == datetime(2026, 3, 2, 9)


def test_time_zone_applies_at_the_handshake_only(server, make):
    device = make()
    device.settle()
    server.options["TimeZone"] = "780"
    device.wake()
    device.settle()
    assert device.clock.zone_minutes == 480
    server.commands.append(b"C:1:CHECK\n")
    device.wake()
    device.step()
    device.settle()
    assert device.clock.zone_minutes == 780


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("8", 480),
        ("-5", -300),
        ("12", 720),
        ("-12", -720),
        ("0", 0),
        ("330", 330),
        ("780", 780),
        ("-210", -210),
        ("-05:00", -300),
        ("+05:30", 330),
        ("13", None),
        ("60", None),
        ("", None),
        ("Asia/Shanghai", None),
    ],
)
def test_parse_time_zone(text, minutes):
    assert parse_time_zone(text) == minutes


def test_fast_time_stops_at_the_present():
    real = FakeTime(1000.0)
    fast = FastTime(400.0, 10, real)
    real.advance(30)
    assert (fast.now(), fast.rate) == (700.0, 10)
    real.advance(100)
    assert (fast.now(), fast.rate) == (1130.0, 1.0)


def test_seconds_until_counts_real_seconds():
    real = FakeTime(1000.0)
    clock = TerminalClock(FastTime(400.0, 10, real))
    assert clock.seconds_until(datetime(1970, 1, 1, 0, 8, 20)) == pytest.approx(10)
