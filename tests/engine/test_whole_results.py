"""Whole results, to the last figure: rows, charges, marks, exceptions, spans, trace.

What is expected stands in ``whole_results.txt``, one block per day, read and checked by
hand. ``python -m tests.engine.test_whole_results`` (with ``addons`` on the path) writes
the file anew; read the difference before it is committed.
"""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from chain_attendance_engine import (
    BreakKind,
    CoreTime,
    DayKind,
    MissingEnd,
    OvertimeKind,
    OvertimeMode,
    PunchMode,
    RequestKind,
    RosterSource,
    Shift,
)

from .kit import (
    B8,
    BASE,
    D9,
    FX,
    N8,
    OFF,
    SP,
    by_days,
    correction,
    day,
    form,
    leave,
    outing,
    report,
    rest,
    shift,
    table,
    trip,
    with_policy,
)

EXPECTED = Path(__file__).with_name("whole_results.txt")
PAIRS = with_policy(punch_mode=PunchMode.PAIRS)
TABLES = with_policy(punch_mode=PunchMode.PER_TIMETABLE)
KEYS = with_policy(punch_mode=PunchMode.STATE_KEY)
AUTO = with_policy(overtime_mode=OvertimeMode.AUTOMATIC)
LEAVE, TRIP = RequestKind.LEAVE, RequestKind.TRIP
HOLIDAY = DayKind.PUBLIC_HOLIDAY
EARLY, LATE = shift("06:00-14:00", key="early"), shift("14:00-22:00", key="late")
WORKS = replace(D9, works_on_holidays=True)
CORE = Shift("core", flexible_minutes=480, core=(CoreTime(time(10, 30), time(15, 15)),))
PAUSE = rest("12:00-13:00", kind=BreakKind.BEYOND, beyond_minutes=360)
BEYOND = shift(
    table("09:00-18:00", PAUSE),
    table("19:00-20:00"),
    key="beyond",
)
PUNCHED = shift(
    table("09:00-18:00", rest("12:00-13:00", kind=BreakKind.PUNCHED)), key="punched"
)
MIXED = shift(
    table("09:00-13:00", is_out_required=False),
    table("13:00-18:00", is_in_required=False),
    key="mixed",
)

CASES = {
    "ordinary day": lambda: day(
        D9, "08:36:20 17:12:40", source=RosterSource.DATED, source_key=7
    ),
    "leave cuts, three rows": lambda: day(
        D9, "08:30 13:00", leave("13:00", "17:00", type_key="personal")
    ),
    "two leaves, two outings, two trips": lambda: day(
        D9,
        "08:20 17:40",
        leave("09:00", "09:30", key="a", type_key="x"),
        leave("10:00", "10:20", key="b", type_key="y"),
        outing("11:00", "11:30", key="c"),
        outing("12:00", "12:10", key="d"),
        trip("13:00", "13:40", key="e"),
        trip("14:00", "14:05", key="f"),
    ),
    "outing between punch and end": lambda: day(
        D9, "08:30 15:00", outing("15:20", "17:30")
    ),
    "trip before the first punch": lambda: day(
        D9, "10:20 17:30", trip("08:30", "10:00")
    ),
    "covers without a punch": lambda: day(
        D9, "", outing("08:30", "13:00", key=1), outing("13:10", "17:30", key=2)
    ),
    "inner pairs": lambda: day(
        D9, "08:30 10:00:00 10:00:40 10:20:00 10:20:40 12:00 17:30"
    ),
    "pairs, a gap between": lambda: day(
        SP, "10:00 11:00 11:20 14:05 16:50 21:00", policy=PAIRS
    ),
    "per timetable, touching": lambda: day(
        shift("06:00-14:00", "14:00-22:00", key="double"),
        "05:55 14:02:00 14:02:20 14:02:50 22:03",
        policy=TABLES,
    ),
    "per timetable, missing": lambda: day(SP, "09:58 21:01", policy=TABLES),
    "keys in conflict": lambda: day(
        D9, "i08:30 i09:00 o12:00 u15:00 i13:00 o17:00 o17:30", policy=KEYS
    ),
    "missing out filled": lambda: day(
        D9,
        "08:25",
        policy=with_policy(missing_out=MissingEnd.MINUTES, missing_out_minutes=20),
    ),
    "missing in": lambda: day(D9, "05:50 17:30"),
    "beyond some hours": lambda: day(BEYOND, "09:00 13:00 19:00 20:00", policy=TABLES),
    "punched break": lambda: day(PUNCHED, "09:00 12:10 13:20 18:00"),
    "punched break in pairs": lambda: day(
        PUNCHED, "09:00 10:00 10:10 12:10 13:20 18:00", policy=PAIRS
    ),
    "ends not required": lambda: day(MIXED, "09:10 17:50", policy=TABLES),
    "elastic": lambda: day(
        shift(table("09:00-18:00", "12:00-13:00"), elastic_minutes=30, key="elastic"),
        "09:20 18:05",
    ),
    "below a percentage": lambda: day(
        D9, "08:50 10:00", policy=with_policy(least_worked_percent=50)
    ),
    "overtime by form": lambda: day(
        D9,
        "08:30 20:10",
        form("17:00", "19:00", key="f1"),
        form("19:00", "21:00", key="f2", claimed_kind=OvertimeKind.HOLIDAY),
    ),
    "rest day by form": lambda: day(OFF, "08:25 17:05", form("08:30", "17:00")),
    "rest day, form without presence": lambda: day(OFF, "", form("08:30", "17:00")),
    "rest day, pairs of the timetable mode": lambda: day(
        OFF, "09:00 12:00 13:00 17:00", form("09:00", "17:00"), policy=TABLES
    ),
    "rest day, two corrections": lambda: day(
        OFF, "", form("09:00", "14:00"), correction("10:01"), correction("14:09")
    ),
    "rest day without a form": lambda: day(OFF, "09:00 17:00"),
    "rest day, automatic": lambda: day(OFF, "09:00 17:00", policy=AUTO),
    "stray punch": lambda: day(OFF, "10:00"),
    "holiday that is worked": lambda: day(WORKS, "08:30 17:30", day_kind=HOLIDAY),
    "holiday, per timetable": lambda: day(
        replace(MIXED, works_on_holidays=True),
        "09:10 17:50",
        policy=TABLES,
        day_kind=HOLIDAY,
    ),
    "holiday, single punch": lambda: day(
        replace(SP, works_on_holidays=True), "15:31", day_kind=HOLIDAY
    ),
    "holiday, flexible": lambda: day(
        replace(FX, works_on_holidays=True),
        "09:00 12:00 13:00 19:00",
        policy=TABLES,
        day_kind=HOLIDAY,
    ),
    "unscheduled": lambda: day(None, "10:00 12:00"),
    "flexible with everything": lambda: day(
        CORE,
        "11:00 16:30",
        leave("09:00", "10:40", key="l1", type_key="x"),
        leave("10:30", "10:50", key="l2", type_key="y"),
        outing("17:00", "17:30", key="o"),
        trip("18:00", "18:20", key="t"),
        form("19:00", "20:00"),
    ),
    "flexible on a trip by days": lambda: day(
        CORE, "", by_days(TRIP, type_key="trip", key="t")
    ),
    "flexible, leave by days filed first": lambda: day(
        FX, "", by_days(LEAVE, filed=1), leave("10:00", "12:00", filed=2)
    ),
    "flexible, leave by hours filed first": lambda: day(
        FX, "", by_days(LEAVE, filed=2), leave("10:00", "12:00", filed=1)
    ),
    "full leave, present": lambda: day(
        D9, "08:35 17:50 20:05", by_days(LEAVE, key="L"), form("18:00", "20:00")
    ),
    "calendar days of leave and trip on rest": lambda: day(
        OFF,
        "",
        by_days(LEAVE, key="sick", type_key="s", counts_calendar_days=True),
        by_days(TRIP, key="trip", type_key="t", counts_calendar_days=True),
    ),
    "typed amount differs": lambda: day(
        D9,
        "08:30 17:30",
        leave("10:00", "11:00", key="ok", typed_minutes=60),
        leave("13:00", "17:00", key="off", typed_minutes=180),
        leave("18:00", "19:00", key="none", typed_minutes=60),
        leave("12:00", "12:30", key="half", typed_days=0.5),
        leave("09:00+1", "10:00+1", key="tomorrow", typed_minutes=1),
    ),
    "undecided": lambda: day(
        None, "13:00", form("22:00", "23:00"), candidates=(EARLY, LATE)
    ),
    "recognised": lambda: day(None, "13:50 22:05", candidates=(EARLY, LATE)),
    "no event among candidates": lambda: day(LATE, "", candidates=(EARLY, LATE)),
    "in progress": lambda: day(
        B8,
        "05:00 09:00:30",
        leave("14:00", "16:00", key="L"),
        form("18:00", "20:00"),
        now="10:00",
    ),
    "in progress, flexible": lambda: day(
        FX, "10:00", leave("10:00", "12:00", key="L"), now="12:00"
    ),
    "not employed": lambda: day(D9, "08:30", employment=_later()),
    "ahead": lambda: day(D9, "", now="12:00-1"),
    "night beside a day": lambda: day(
        N8, "05:50 08:00 21:55 06:05+1 07:20+1", yesterday=N8, tomorrow=D9
    ),
    "unapproved on a workday": lambda: day(
        D9, "08:30 19:00", policy=with_policy(flags_unapproved_workday=True)
    ),
}


def _later():
    from chain_attendance_engine import Employment

    return Employment(BASE.replace(day=20))


def expected():
    blocks = EXPECTED.read_text(encoding="utf-8").split("== ")[1:]
    return dict(block.split("\n", 1) for block in blocks)


@pytest.mark.parametrize("name", CASES)
def test_whole_result(name):
    assert report(CASES[name]()) == expected()[name].rstrip("\n") + "\n"


def test_nothing_is_expected_twice_or_of_no_case():
    assert list(expected()) == list(CASES)


if __name__ == "__main__":
    EXPECTED.write_text(
        "\n".join(f"== {name}\n{report(make())}" for name, make in CASES.items()),
        encoding="utf-8",
    )
