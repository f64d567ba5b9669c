"""Demo people: the same days for the same seed, and every kind of day."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from terminal_simulator import FakeTime
from terminal_simulator.crew import Crew, Habits
from terminal_simulator.sources import CrewSource, SteadySource

CODES = [str(1000 + n) for n in range(40)]
DAYS = [date(2026, 3, 2) + timedelta(days=n) for n in range(30)]


def test_same_seed_same_days_in_any_order():
    one = {day: Crew(CODES, 5).day(day) for day in DAYS}
    crew = Crew(CODES, 5)
    assert one == {day: crew.day(day) for day in reversed(DAYS)}
    assert one != {day: Crew(CODES, 6).day(day) for day in DAYS}


def test_all_stories_happen_and_mean_what_they_say():
    start, end = time(8, 30), time(17, 30)
    stories = Counter()
    for day in DAYS:
        punches = Crew(CODES, 1, start=start, end=end).day(day)
        assert punches == sorted(punches)
        for code in CODES:
            mine = [p for p in punches if p.code == code]
            story = mine[0].story if mine else "absent"
            stories[story] += 1
            first = mine[0].wall if mine else None
            last = mine[-1].wall if mine else None
            came, left = datetime.combine(day, start), datetime.combine(day, end)
            if story == "ordinary":
                assert len(mine) == 2 and first < came and last > left
            elif story == "late":
                assert first - came > timedelta(minutes=1)
            elif story == "early":
                assert left - last > timedelta(minutes=1)
            elif story in ("no-in", "no-out"):
                assert len(mine) == 1
            elif story == "double":
                assert len(mine) == 4 and mine[1].wall - first < timedelta(seconds=10)
    assert set(stories) == {
        *("ordinary", "late", "early", "no-in", "no-out", "absent", "double")
    }
    assert stories["ordinary"] > sum(stories.values()) / 2


def test_a_night_shift_ends_on_the_next_day():
    punches = Crew(CODES, 1, start=time(22), end=time(6)).day(DAYS[0])
    assert {p.wall.date() for p in punches} == {DAYS[0], DAYS[1]}


def test_shares_beyond_one_are_refused():
    with pytest.raises(ValueError, match="more than 1"):
        Crew(CODES, habits=Habits(late=0.9, early=0.2))


def test_a_crew_punches_at_a_terminal(server, make):
    crew = Crew(CODES[:5], 3)
    device = make(poll_seconds=600)
    device.sources.append(CrewSource(crew))
    end = device.time.monotonic() + 33 * 3600
    while device.time.monotonic() < end:
        device.time.sleep(min(max(device.step(), 0.01), 900))
    device.step()
    # From Monday 09:00, when the unit came on, to Tuesday 18:00.
    planned = {
        (p.code, str(p.wall))
        for day in DAYS[:2]
        for p in crew.day(day)
        if datetime(2026, 3, 2, 9) <= p.wall <= datetime(2026, 3, 3, 17, 59)
    }
    stored = {(pin.decode(), wall.decode()) for _, pin, wall in server.punches}
    assert stored == planned


def test_a_steady_stream(server, make):
    told = []
    device = make(time=FakeTime(), poll_seconds=5)
    source = SteadySource(["1", "2"], 10, 4, told=lambda *what: told.append(what))
    device.sources.append(source)
    end = device.time.monotonic() + 1000
    while device.time.monotonic() < end:
        device.time.sleep(max(device.step(), 0.01))
    assert 85 <= len(told) <= 115
    assert {punch.state for _, punch, _ in told} == {0, 1}
    with pytest.raises(ValueError, match="positive pause"):
        SteadySource(["1"], 0)
