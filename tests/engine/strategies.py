"""Arbitrary shifts, policies, punches and requests for the property tests."""

import os
from datetime import datetime, time, timedelta, timezone

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from chain_attendance_engine import (
    Break,
    BreakKind,
    DayKind,
    Direction,
    MissingEnd,
    OvertimeMode,
    Policy,
    Punch,
    PunchMode,
    PunchState,
    RequestKind,
    RequestSpan,
    RosterDay,
    Rounding,
    Shift,
    Timetable,
)

from .kit import BASE

# More for a thorough run: ENGINE_EXAMPLES=2000 pytest tests/engine/test_properties.py
EXAMPLES = int(os.environ.get("ENGINE_EXAMPLES", "40"))
arbitrary = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

UTC8 = timezone(timedelta(hours=8))
MIDNIGHT = datetime.combine(BASE, time(), UTC8)


def clock(minute):
    return time(minute // 60 % 24, minute % 60)


@st.composite
def timetables(draw):
    """One to three stretches within 24 hours, some with a break."""
    start = draw(st.integers(0, 1439))
    count = draw(st.integers(1, 3))
    made, at, left = [], start, 1440
    for _ in range(count):
        length = draw(st.integers(60, 300))
        gap = draw(st.sampled_from([0, 0, 30, 120])) if made else 0
        if length + gap > left:
            break
        at, left = at + gap, left - length - gap
        made.append(_timetable(draw, at, length))
        at += length
    return tuple(made)


def _timetable(draw, start, length):
    breaks = ()
    if draw(st.booleans()):
        first = start + draw(st.integers(1, length // 2))
        last = first + draw(st.integers(5, 25))
        kind = draw(st.sampled_from(BreakKind))
        breaks = (Break(clock(first), clock(last), kind, draw(st.integers(0, 300))),)
    return Timetable(
        clock(start),
        clock(start + length),
        breaks,
        draw(st.sampled_from([True, True, False])),
        draw(st.sampled_from([True, True, False])),
    )


@st.composite
def shifts(draw):
    works = draw(st.booleans())
    if draw(st.integers(0, 4)) == 0:
        hours = draw(st.integers(1, 600))
        return Shift("flexible", flexible_minutes=hours, works_on_holidays=works)
    elastic = draw(st.sampled_from([0, 0, 30]))
    return Shift(
        "fixed",
        draw(timetables()),
        elastic_minutes=elastic,
        works_on_holidays=works,
    )


roundings = st.one_of(
    st.none(),
    st.builds(Rounding, st.sampled_from([5, 15, 30]), st.sampled_from(Direction)),
)
limits = st.one_of(st.none(), st.integers(0, 120))

policies = st.builds(
    Policy,
    early_in_minutes=st.integers(0, 240),
    late_out_minutes=st.integers(0, 240),
    duplicate_seconds=st.sampled_from([0, 60, 300]),
    punch_mode=st.sampled_from(PunchMode),
    grace_late_minutes=st.integers(0, 20),
    grace_early_minutes=st.integers(0, 20),
    late_limit_minutes=limits,
    early_limit_minutes=limits,
    counts_only_excess=st.booleans(),
    missing_in=st.sampled_from(MissingEnd),
    missing_out=st.sampled_from(MissingEnd),
    missing_in_minutes=st.integers(0, 90),
    missing_out_minutes=st.integers(0, 90),
    round_in=roundings,
    round_out=roundings,
    round_overtime=roundings,
    deducts_punched_outing=st.booleans(),
    least_worked_percent=st.sampled_from([0, 0, 50]),
    holiday_stays_due=st.booleans(),
    overtime_mode=st.sampled_from(OvertimeMode),
    overtime_delay_minutes=st.sampled_from([0, 0, 30]),
    overtime_before_start=st.booleans(),
    overtime_rest_minutes=st.sampled_from([0, 0, 30]),
    flags_unapproved_workday=st.booleans(),
)


def moment(second):
    """An instant, seconds after the base date's midnight."""
    return MIDNIGHT + timedelta(seconds=second)


@st.composite
def punch_lists(draw, first_day=-1, last_day=2, most=10):
    seconds = draw(
        st.lists(st.integers(first_day * 86400, last_day * 86400 - 1), max_size=most)
    )
    return tuple(
        Punch(number, moment(second), draw(st.sampled_from(PunchState)))
        for number, second in enumerate(seconds)
    )


@st.composite
def requests(draw, first_day=-1, last_day=2):
    """A few requests of any kind over the days."""
    made = []
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(RequestKind))
        options = {
            "key": f"request {number}",
            "kind": kind,
            "filed": draw(st.integers(0, 2)),
        }
        if kind is RequestKind.LEAVE:
            options["counts_as_worked"] = draw(st.sampled_from([False, False, True]))
        day = draw(st.integers(first_day, last_day - 1))
        by_days = kind in (RequestKind.LEAVE, RequestKind.TRIP) and draw(st.booleans())
        if by_days:
            options["first_date"] = options["last_date"] = BASE + timedelta(days=day)
        else:
            start = day * 1440 + draw(st.integers(0, 1439))
            length = draw(st.integers(1, 600))
            options["start"] = moment(start * 60)
            if kind is not RequestKind.CORRECTION:
                options["stop"] = moment((start + length) * 60)
            if kind is RequestKind.OVERTIME:
                options["work_date"] = BASE + timedelta(days=day)
        made.append(RequestSpan(**options))
    return tuple(made)


@st.composite
def roster_days(draw, days=0, policy=None):
    """Any roster day: a shift, candidates, rest, or nothing."""
    what = draw(st.sampled_from(["shift"] * 6 + ["rest", "none", "candidates"]))
    options = {}
    if what == "shift":
        options["shift"] = draw(shifts())
    elif what == "rest":
        options["is_rest"] = True
    elif what == "candidates":
        fixed = shifts().filter(lambda shift: not shift.is_flexible)
        options["candidates"] = (draw(fixed), draw(fixed))
    return RosterDay(
        BASE + timedelta(days=days),
        UTC8,
        draw(policies) if policy is None else policy,
        day_kind=draw(
            st.sampled_from([DayKind.WORKDAY] * 5 + list(DayKind)),
        ),
        **options,
    )
