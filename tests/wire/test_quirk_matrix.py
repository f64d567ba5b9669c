"""Every habit of real terminals that the protocol notes list, one test each.

What a unit holds must lie here exactly once, the unit must have nothing left to send,
and what it sends again must not add a row.
"""

from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest

from terminal_simulator import Quirks
from terminal_simulator.fleet import Fleet, make_units
from terminal_simulator.wire import Target

DAY = "2026-03-04"
BATCH = 128
# A simulated unit comes with its clock at UTC.
CHINA = 8 * 3600
# Nothing in here waits as long as a real unit would.
FAST = {
    "language": 83,
    "error_delay_seconds": 0.2,
    "quick_retry_seconds": 0.05,
    "refused_backoff_seconds": 0.2,
    "poll_seconds": 0.2,
}

# Habits that change how punches travel: whatever it is, they arrive once.
TRAVEL = {
    "no content type": {"content_type": None},
    "text/plain": {"content_type": "text/plain"},
    "application/push": {"content_type": "application/push;charset=UTF-8"},
    "urlencoded": {"content_type": "application/x-www-form-urlencoded"},
    "HTTP/1.0 without Host": {
        "http_version": "1.0",
        "send_host": False,
        "connection": None,
    },
    "Connection: close": {"connection": "close"},
    "Connection: starting": {"connection": "starting"},
    "keep-alive": {"connection": "keep-alive"},
    ".aspx": {"path_suffix": ".aspx"},
    "trailing slash": {"path_suffix": "/"},
    "lower-case tables": {"lower_case_tables": True},
    "chunked": {"chunked_upload": True},
    "Expect: 100-continue": {"expect_continue_over": 100},
    "no User-Agent": {"user_agent": None},
    "LF": {"line_end": "\n"},
    "CRLF": {"line_end": "\r\n"},
    "lone CR": {"line_end": "\r"},
    "no final newline": {"final_line_end": False},
    "trailing TAB": {"trailing_tab": True},
    "blank lines": {"blank_lines": True},
    "empty fields": {"attlog_empty_fields": True},
    "2 fields": {"attlog_fields": 2},
    "4 fields": {"attlog_fields": 4},
    "5 fields": {"attlog_fields": 5},
    "7 fields": {"attlog_fields": 7},
    "10 fields": {"attlog_fields": 10},
    "11 fields, offset": {"attlog_fields": 11, "attlog_field_11": "offset"},
    "11 fields, sequence": {"attlog_fields": 11, "attlog_field_11": "sequence"},
    "12 fields": {"attlog_fields": 12},
    "16 fields, jobs": {"attlog_job_fields": True},
    "NUL in a line": {"nul_in_line_every": 7},
    "stamp 9999": {"stamps": "9999"},
    "packed stamp": {"stamps": "packed"},
    "ISO stamp": {"stamps": "iso"},
    "believes our stamp": {"stamps": "packed", "trusts_server_stamp": True},
    "body cut and sent again": {"cut_body_every": 2},
    "acknowledged batch again": {"repeat_acknowledged_every": 1},
    "history after each handshake": {"replays_history": True, "reboot_every": 9},
    "growing batches": {"adaptive_batch": True},
    "small buffer": {"body_limit_bytes": 2048},
    "padded PIN": {"pin_zero_padded_to": 9},
    "PIN with letters": {"pin_prefix": "A"},
    "1.0 unit": {"push_version": None, "device_type": None, "stamps": "packed"},
    "demands OK: n": {"strict_ok": True},
    "content with OK": {"strict_ok": False},
    "polls at its own pace": {"adaptive_polling": False},
    "polls after work": {"adaptive_polling": True},
    "power cuts": {"reboot_every": 4},
    "empty OPERLOG bursts": {"empty_operlog_burst": 5},
    "1 MB BIODATA line": {"big_biodata_bytes": 1_048_576},
    "photos": {"photos": True},
    "photos to fdata": {"photos": True, "photo_path": "fdata"},
    "audit row at power-on": {"oplog_power_on": True},
    "no INFO": {"info_fields": 0},
    "INFO of 5": {"info_fields": 5},
    "INFO of 13": {"info_fields": 13},
    "bits of TransFlag": {"trans_flag_order": "B"},
}


def fill(device, count=BATCH + 22, day=DAY):
    """Somebody punches once a minute; what the unit prints of it."""
    for number in range(count):
        hour, minute = divmod(number, 60)
        device.punch(str(1015 + number % 9), at=f"{day} {hour:02}:{minute:02}:07")
    quirks = device.quirks
    return Counter(
        (punch.pin.zfill(quirks.pin_zero_padded_to), punch.wall)
        for punch in device.log.punches
    )


def stored(rows_of, device):
    return Counter((code, wall) for code, wall, *_rest in rows_of(device))


def rejects(site, device):
    return site.query(
        """
        SELECT r.reason FROM attendance_punch_reject r
        JOIN attendance_terminal t ON t.id = r.terminal_id WHERE t.serial_number = %s
        """,
        [device.serial],
    )


@pytest.mark.parametrize("name", TRAVEL)
def test_punches_arrive_once(new_terminal, rows_of, site, name):
    device = new_terminal(direct=True, quirks=Quirks(**FAST | TRAVEL[name]))
    wanted = fill(device)
    device.settle(seconds=60)
    assert device.backlog == 0
    assert stored(rows_of, device) == wanted
    device.log.reopen_punches()
    device.settle(seconds=60)
    assert device.backlog == 0
    assert stored(rows_of, device) == wanted
    assert rejects(site, device) == []


@pytest.mark.parametrize("name", ["urlencoded", "chunked", "keep-alive", "CRLF"])
def test_punches_arrive_once_through_the_proxy(new_terminal, rows_of, name):
    device = new_terminal(quirks=Quirks(**FAST | TRAVEL[name]))
    wanted = fill(device)
    device.settle(seconds=60)
    assert stored(rows_of, device) == wanted


def test_history_in_batches_with_live_punches_between(new_terminal, rows_of):
    device = new_terminal(direct=True, quirks=Quirks(live_first=True, **FAST))
    fill(device, 5 * BATCH)
    live = iter(range(60))
    device.run_until(lambda unit: unit.is_online, seconds=20)
    while device.backlog:
        minute = next(live, None)
        if minute is not None:
            device.punch("1016", at=f"2026-03-05 08:{minute:02}:00")
        device.time.sleep(min(device.step(), 0.05))
    rows = stored(rows_of, device)
    assert rows == Counter((p.pin, p.wall) for p in device.log.punches)
    assert max(rows.values()) == 1
    assert any(wall.startswith("2026-03-05") for _code, wall in rows)


def test_names_in_gbk(new_terminal, site):
    quirks = Quirks(encoding="gbk", **FAST)
    device = new_terminal(direct=True, quirks=quirks)
    device.enrol("1015", "欧阳静")
    device.settle(seconds=30)
    assert people_on(site, device) == [("1015", "欧阳静")]


def people_on(site, device):
    return site.query(
        """
        SELECT u.user_code, u.name_on_unit FROM attendance_terminal_user u
        JOIN attendance_terminal t ON t.id = u.terminal_id
        WHERE t.serial_number = %s ORDER BY u.user_code
        """,
        [device.serial],
    )


def test_a_padded_code_is_the_same_persons(new_terminal, site, rpc):
    quirks = Quirks(pin_zero_padded_to=9, **FAST)
    device = new_terminal(direct=True, quirks=quirks)
    device.punch("1015", at=f"{DAY} 09:00:00")
    device.settle(seconds=30)
    ((code, key, is_owned),) = site.query(
        """
        SELECT p.user_code, p.code_key, p.employee_id IS NOT NULL
        FROM attendance_punch p JOIN attendance_terminal t ON t.id = p.terminal_id
        WHERE t.serial_number = %s
        """,
        [device.serial],
    )
    assert (code, key, is_owned) == ("000001015", "1015", True)


def test_an_unknown_code_is_kept_without_a_person(new_terminal, rows_of, site):
    quirks = Quirks(unknown_pin_every=2, **FAST)
    device = new_terminal(direct=True, quirks=quirks)
    for minute in range(4):
        device.punch("1015", at=f"{DAY} 09:0{minute}:00")
    device.settle(seconds=30)
    owners = site.query(
        """
        SELECT p.user_code, p.employee_id IS NULL FROM attendance_punch p
        JOIN attendance_terminal t ON t.id = p.terminal_id WHERE t.serial_number = %s
        """,
        [device.serial],
    )
    assert Counter(owners) == {("1015", False): 4, ("9" * 9, True): 2}


@pytest.mark.parametrize(
    ("name", "clock", "kind"),
    [
        ("in 2000", {"clock_starts_at": "2000-01-01 00:00:00"}, "past"),
        ("an hour fast", {"clock_offset_seconds": CHINA + 3600}, "future"),
        ("a day ahead", {"clock_offset_seconds": CHINA + 86400}, "future"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_clock_is_acknowledged_and_set_aside(
    new_terminal, rows_of, name, clock, kind
):
    quirks = Quirks(clock_follows_server=False, **clock, **FAST)
    device = new_terminal(direct=True, quirks=quirks)
    device.punch("1015")
    device.settle(seconds=30)
    assert device.backlog == 0
    assert [row[3] for row in rows_of(device)] == [kind]


def test_the_date_header_sets_the_clock(new_terminal, rows_of):
    quirks = Quirks(clock_starts_at="2000-01-01 00:00:00", **FAST)
    device = new_terminal(direct=True, quirks=quirks)
    device.run_until(lambda unit: unit.is_online, seconds=20)
    device.punch("1015")
    device.settle(seconds=30)
    ((_code, wall, _state, quarantine, _line),) = rows_of(device)
    assert quarantine is None
    now = datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(hours=8)
    assert abs(datetime.fromisoformat(wall) - now) < timedelta(minutes=2)


def test_the_hour_that_comes_twice(new_terminal, rows_of, rpc, site):
    """In Berlin on 26 October 2025 the clock showed 02:00 to 03:00 twice."""
    store = rpc.create(
        "attendance.store", name="Berlin", code="BER1", tz="Europe/Berlin"
    )
    device = new_terminal(direct=True, store=store, quirks=Quirks(**FAST))
    # Past and future of each other on the clock; the second 02:30 is another second.
    for at in ("02:30:00", "02:50:00", "02:30:01", "03:10:00"):
        device.punch("1015", at=f"2025-10-26 {at}")
    device.settle(seconds=30)
    assert device.backlog == 0
    found = site.query(
        """
        SELECT p.wall_time, p.punched_at::text, p.is_time_doubtful
        FROM attendance_punch p JOIN attendance_terminal t ON t.id = p.terminal_id
        WHERE t.serial_number = %s ORDER BY p.wall_time
        """,
        [device.serial],
    )
    assert found == [
        ("2025-10-26 02:30:00", "2025-10-26 00:30:00", True),
        ("2025-10-26 02:30:01", "2025-10-26 00:30:01", True),
        ("2025-10-26 02:50:00", "2025-10-26 00:50:00", True),
        ("2025-10-26 03:10:00", "2025-10-26 02:10:00", False),
    ]


def test_it_stops_on_a_refusal_and_goes_on_after_it(new_terminal, rows_of, rpc):
    """403 while archived; the unit keeps its records and delivers them later."""
    device = new_terminal(direct=True, quirks=Quirks(**FAST))
    device.settle(seconds=30)
    (found,) = rpc.search_read(
        "attendance.terminal", [("serial_number", "=", device.serial)], ["id"]
    )
    rpc("attendance.terminal", "write", [found["id"]], {"active": False})
    wanted = fill(device, 30)
    for _attempt in range(6):
        device.time.sleep(min(device.step(), 0.3))
    assert device.statistics.refused
    assert device.last_failure.status == 403
    assert rows_of(device) == []
    rpc("attendance.terminal", "write", [found["id"]], {"active": True})
    device.settle(seconds=30)
    assert stored(rows_of, device) == wanted


def test_realtime_and_the_named_trans_flag_are_understood(new_terminal):
    device = new_terminal(direct=True, quirks=Quirks(**FAST))
    device.settle(seconds=30)
    values = device.options.values
    assert values["Realtime"] == "1"
    assert values["TransInterval"] == "1"
    assert values["TransFlag"].startswith("TransData AttLog\tOpLog")


def test_a_clone_loses_nothing(site, new_terminal, rows_of):
    """Two units answer to one serial number, each with people of its own."""
    first = new_terminal(direct=True, quirks=Quirks(**FAST))
    target = Target.from_url(site.server.url)
    units = make_units(first.serial, target, quirks=Quirks(clones=2, **FAST))
    for number, unit in enumerate(units):
        for minute in range(50):
            unit.punch(str(1015 + number), at=f"{DAY} 08:{minute:02}:00")
    try:
        assert Fleet(units, threads=2).run(
            seconds=60, leave_when=lambda u: u.is_settled
        )
    finally:
        for unit in units:
            unit.close()
    assert len(rows_of(first)) == 100


def test_one_serial_from_two_addresses_is_taken_and_shown(new_terminal, rows_of, site):
    quirks = Quirks(source_addresses=("127.0.0.1", "127.0.0.2"), **FAST)
    device = new_terminal(direct=True, quirks=quirks)
    wanted = fill(device, 40)
    device.settle(seconds=30)
    assert stored(rows_of, device) == wanted
    ((address, rival),) = site.query(
        "SELECT last_address, rival_address FROM attendance_terminal"
        " WHERE serial_number = %s",
        [device.serial],
    )
    assert {address, rival} == {"127.0.0.1", "127.0.0.2"}


def test_a_reboot_begins_with_a_handshake(new_terminal, rows_of):
    device = new_terminal(direct=True, quirks=Quirks(**FAST))
    wanted = fill(device, 10)
    device.settle(seconds=30)
    device.reboot()
    assert not device.is_online
    device.settle(seconds=30)
    assert device.is_online
    assert stored(rows_of, device) == wanted


def test_a_unit_with_chinese_names_and_old_habits(new_terminal, rows_of, site):
    """All that the iClock generation of 2010 does at once."""
    from terminal_simulator.quirks import BLACK_AND_WHITE

    device = new_terminal(direct=True, quirks=BLACK_AND_WHITE.changed(**FAST))
    device.enrol("1015", "王芳")
    wanted = fill(device)
    device.settle(seconds=60)
    assert stored(rows_of, device) == wanted
    assert people_on(site, device) == [("1015", "王芳")]


def test_dozens_of_different_units_at_once(site, new_terminal, rows_of):
    """Every habit at the same time, against two workers."""
    devices, wanted = [], {}
    for switches in TRAVEL.values():
        device = new_terminal(direct=True, quirks=Quirks(**FAST | switches))
        wanted[device.serial] = fill(device)
        devices.append(device)
    fleet = Fleet(devices, threads=12)
    assert fleet.run(seconds=120, leave_when=lambda unit: unit.is_settled)
    for device in devices:
        assert stored(rows_of, device) == wanted[device.serial], device.quirks
