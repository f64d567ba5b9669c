"""Input that makes no sense raises a named error that says what and where."""

import pickle
from datetime import date, datetime, time, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chain_attendance_engine import (
    REST,
    AdjustmentLine,
    Break,
    CoreTime,
    DayInput,
    EmployeeInput,
    Employment,
    EngineError,
    NaiveInstantError,
    OverlapError,
    PeriodError,
    Policy,
    PolicyError,
    Punch,
    RequestError,
    RequestKind,
    RequestSpan,
    RosterDay,
    RosterEntry,
    RosterError,
    RosterSource,
    Rounding,
    Shift,
    ShiftError,
    ShiftTooLongError,
    Timetable,
    TimetableError,
    Totals,
    WatchLimits,
    adjust,
    check_closable,
    evaluate_days,
    regenerate,
    rotation_index,
)

from .kit import BASE, D9, FX, N8, P0, ZONE, at, day, rest, roster, shift, table

JULY_END = date(2014, 7, 31)
NAIVE = datetime(2014, 7, 9, 8, 30)  # noqa: DTZ001 (what is refused)


def ahead():
    return day(D9, "", now="12:00-1")


def running():
    return day(D9, "", now="12:00")


def span(kind=RequestKind.LEAVE, **options):
    return RequestSpan("key", kind, **options)


REFUSED = [
    (NaiveInstantError, "Punch.at", lambda: Punch(1, NAIVE)),
    (NaiveInstantError, "RequestSpan.start", lambda: span(start=NAIVE)),
    (
        NaiveInstantError,
        "RequestSpan.stop",
        lambda: span(start=at("08:30"), stop=NAIVE),
    ),
    (
        NaiveInstantError,
        "DayInput.now",
        lambda: DayInput(roster(D9), now=NAIVE),
    ),
    (
        NaiveInstantError,
        "EmployeeInput.now",
        lambda: EmployeeInput({}, now=NAIVE),
    ),
    (TimetableError, "Timetable.end", lambda: table("08:30-08:30")),
    (
        TimetableError,
        "Timetable.start",
        lambda: Timetable(time(8, 30, 1), time(9)),
    ),
    (
        TimetableError,
        "Timetable.start",
        lambda: Timetable(time(8, 30, 0, 1), time(9)),
    ),
    (
        TimetableError,
        "Timetable.end",
        lambda: Timetable(time(8), time(9, tzinfo=timezone.utc)),
    ),
    (TimetableError, "Timetable.start", lambda: Timetable("08:30", time(9))),
    (TimetableError, "Break.end", lambda: rest("12:00-12:00")),
    (
        TimetableError,
        "Break.beyond_minutes",
        lambda: rest("12:00-13:00", beyond_minutes=-1),
    ),
    (
        TimetableError,
        "Timetable.breaks",
        lambda: shift(table("09:00-18:00", "17:30-18:30")),
    ),
    (
        TimetableError,
        "Timetable.breaks",
        lambda: shift(table("09:00-18:00", "08:00-08:30")),
    ),
    (
        TimetableError,
        "Timetable.breaks",
        lambda: shift(table("09:00-10:00", "09:00-10:00")),
    ),
    (
        OverlapError,
        "Timetable.breaks",
        lambda: shift(table("09:00-18:00", "12:00-13:00", "12:59-13:30")),
    ),
    (
        OverlapError,
        "Timetable.breaks",
        lambda: shift(table("09:00-18:00", "12:00-13:00", "12:00-12:30")),
    ),
    (
        OverlapError,
        "Shift.timetables",
        lambda: shift("10:00-14:00", "13:59-16:00"),
    ),
    (
        OverlapError,
        "Shift.timetables",
        lambda: shift("22:00-02:00", "01:00-04:00"),
    ),
    (
        OverlapError,
        "Shift.timetables",
        lambda: shift("22:00-23:00", "02:00-04:00", "03:00-05:00"),
    ),
    (
        ShiftTooLongError,
        "Shift.timetables",
        lambda: shift("10:00-14:00", "08:00-10:01"),
    ),
    (ShiftError, "Shift.timetables", lambda: Shift("empty")),
    (
        ShiftError,
        "Shift.timetables",
        lambda: Shift("both", D9.timetables, flexible_minutes=480),
    ),
    (ShiftError, "Shift.flexible_minutes", lambda: Shift("x", flexible_minutes=0)),
    (
        ShiftError,
        "Shift.flexible_minutes",
        lambda: Shift("x", flexible_minutes=1441),
    ),
    (
        ShiftError,
        "Shift.flexible_minutes",
        lambda: Shift("x", flexible_minutes=7.5),
    ),
    (
        ShiftError,
        "Shift.elastic_minutes",
        lambda: Shift("x", flexible_minutes=480, elastic_minutes=30),
    ),
    (
        ShiftError,
        "Shift.elastic_minutes",
        lambda: shift("09:00-18:00", elastic_minutes=-1),
    ),
    (
        ShiftError,
        "Shift.elastic_minutes",
        lambda: shift("09:00-18:00", elastic_minutes=True),
    ),
    (
        ShiftError,
        "Shift.core",
        lambda: shift("09:00-18:00", core=(CoreTime(time(10), time(11)),)),
    ),
    (TimetableError, "CoreTime.end", lambda: CoreTime(time(10), time(10))),
    (PolicyError, "Policy.late_out_minutes", lambda: Policy(late_out_minutes=1441)),
    (PolicyError, "Policy.early_in_minutes", lambda: Policy(early_in_minutes=-1)),
    (
        PolicyError,
        "Policy.late_limit_minutes",
        lambda: Policy(late_limit_minutes=-1),
    ),
    (
        PolicyError,
        "Policy.early_limit_minutes",
        lambda: Policy(early_limit_minutes=1.5),
    ),
    (
        PolicyError,
        "Policy.overtime_unit_minutes",
        lambda: Policy(overtime_unit_minutes=0),
    ),
    (
        PolicyError,
        "Policy.least_worked_percent",
        lambda: Policy(least_worked_percent=101),
    ),
    (PolicyError, "Policy.duplicate_seconds", lambda: Policy(duplicate_seconds=-1)),
    (PolicyError, "Rounding.unit_minutes", lambda: Rounding(0)),
    (PolicyError, "Rounding.unit_minutes", lambda: Rounding(721)),
    (PolicyError, "WatchLimits.rest_minutes", lambda: WatchLimits(-1)),
    (RequestError, "RequestSpan.first_date", lambda: span()),
    (RequestError, "RequestSpan.first_date", lambda: span(first_date=BASE)),
    (
        RequestError,
        "RequestSpan.last_date",
        lambda: span(first_date=BASE, last_date=date(2014, 7, 8)),
    ),
    (
        RequestError,
        "RequestSpan.first_date",
        lambda: span(
            first_date=BASE,
            last_date=BASE,
            start=at("08:30"),
            stop=at("09:30"),
        ),
    ),
    (RequestError, "RequestSpan.stop", lambda: span(start=at("08:30"))),
    (
        RequestError,
        "RequestSpan.stop",
        lambda: span(start=at("08:30"), stop=at("08:30")),
    ),
    (
        RequestError,
        "RequestSpan.start",
        lambda: span(RequestKind.CORRECTION, first_date=BASE, last_date=BASE),
    ),
    (
        RequestError,
        "RequestSpan.start",
        lambda: span(RequestKind.OVERTIME, first_date=BASE, last_date=BASE),
    ),
    (
        RequestError,
        "RequestSpan.typed_minutes",
        lambda: span(start=at("08:30"), stop=at("09:30"), typed_minutes=-1),
    ),
    (
        RequestError,
        "RequestSpan.typed_days",
        lambda: span(start=at("08:30"), stop=at("09:30"), typed_days=-0.5),
    ),
    (RosterError, "RosterDay.date", lambda: RosterDay(at("08:30"), ZONE, P0)),
    (RosterError, "RosterDay.zone", lambda: RosterDay(BASE, "Asia/Shanghai", P0)),
    (
        RosterError,
        "RosterDay.is_rest",
        lambda: RosterDay(BASE, ZONE, P0, D9, is_rest=True),
    ),
    (
        RosterError,
        "RosterDay.candidates",
        lambda: RosterDay(BASE, ZONE, P0, candidates=(D9,)),
    ),
    (
        RosterError,
        "RosterDay.candidates",
        lambda: RosterDay(BASE, ZONE, P0, candidates=(D9, FX)),
    ),
    (
        RosterError,
        "DayInput.yesterday",
        lambda: DayInput(roster(D9), yesterday=roster(D9)),
    ),
    (
        RosterError,
        "DayInput.tomorrow",
        lambda: DayInput(roster(D9), tomorrow=roster(D9, 2)),
    ),
    (
        RosterError,
        "EmployeeInput.roster",
        lambda: EmployeeInput({BASE: roster(D9, 1)}),
    ),
    (
        RosterError,
        "EmployeeInput.roster",
        lambda: list(evaluate_days(EmployeeInput({}), [BASE])),
    ),
    (
        RosterError,
        "Employment.last",
        lambda: Employment(BASE, date(2014, 7, 8)),
    ),
    (
        RosterError,
        "regenerate",
        lambda: regenerate(
            [], RosterEntry(1, RosterSource.STANDING, BASE, None, ("s",))
        ),
    ),
    (
        RosterError,
        "regenerate",
        lambda: regenerate(
            [RosterEntry(1, RosterSource.OVERRIDE, BASE, JULY_END, ("s",))],
            RosterEntry(1, RosterSource.DATED, BASE, BASE, ("s",)),
            keeps_overrides=False,
        ),
    ),
    (PeriodError, "close", lambda: check_closable([ahead()])),
    (PeriodError, "adjust", lambda: adjust(Totals(), running(), "x")),
    (
        PeriodError,
        "adjust",
        lambda: adjust(
            Totals(),
            ahead(),
            "x",
            [AdjustmentLine(JULY_END, "due_minutes", 1, "y")],
        ),
    ),
    (
        OverlapError,
        "Shift.timetables",
        lambda: shift("10:00-14:00", "10:00-12:00"),
    ),
    (RosterError, "rotation length", lambda: rotation_index(BASE, BASE, 0)),
    (
        RosterError,
        "RosterEntry.last",
        lambda: RosterEntry(1, RosterSource.DATED, BASE, None, (D9,)),
    ),
    (
        RosterError,
        "RosterEntry.last",
        lambda: RosterEntry(1, RosterSource.DATED, BASE, date(2014, 7, 8), (D9,)),
    ),
    (
        RosterError,
        "RosterEntry.slots",
        lambda: RosterEntry(1, RosterSource.STANDING, BASE, None, ()),
    ),
    (
        RosterError,
        "RosterEntry.source",
        lambda: RosterEntry(1, RosterSource.NONE, BASE, None, (D9,)),
    ),
    (
        RosterError,
        "RosterEntry.weekly_rest",
        lambda: RosterEntry(1, RosterSource.DATED, BASE, BASE, (D9,), weekly_rest={7}),
    ),
    (
        RosterError,
        "RosterEntry.weekly_rest",
        lambda: RosterEntry(
            1, RosterSource.STANDING, BASE, None, (REST,), weekly_rest={0}
        ),
    ),
]


TEXTS = Path(__file__).with_name("error_texts.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("error", "where", "make", "text"),
    [(*case, text) for case, text in zip(REFUSED, TEXTS, strict=True)],
)
def test_refused(error, where, make, text):
    with pytest.raises(EngineError) as caught:
        make()
    assert type(caught.value) is error
    assert caught.value.where == where
    assert str(caught.value) == text
    assert text.startswith(f"{where}: ")


def test_errors_survive_pickling():
    error = PolicyError("Policy.x", -1, "not negative")
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.value) == (PolicyError, str(error), -1)
    assert str(error) == "Policy.x: not negative (found -1)"
    assert isinstance(error, ValueError)


@pytest.mark.parametrize("kind", ["early_in_minutes", "late_out_minutes"])
def test_largest_window(kind):
    assert getattr(Policy(**{kind: 1440}), kind) == 1440


def test_plan_of_a_shift():
    assert [(t.start, t.stop) for t in N8.plan] == [(1320, 1800)]
    late = shift("16:00-24:00")
    assert [(t.start, t.stop) for t in late.plan] == [(960, 1440)]
    rolled = shift("22:00-02:00", table("03:00-07:00", "04:00-04:30"))
    assert [(t.start, t.stop) for t in rolled.plan] == [(1320, 1560), (1620, 1860)]
    assert [(b.start, b.stop) for b in rolled.plan[1].breaks] == [(1680, 1710)]
    night = shift(table("22:00-06:00", "23:45-00:15", "02:00-03:00"))
    breaks = night.plan[0].breaks
    assert [(b.start, b.stop) for b in breaks] == [(1425, 1455), (1560, 1620)]
    whole = shift("08:00-20:00", "20:00-08:00")
    assert (whole.plan[0].start, whole.plan[-1].stop) == (480, 1920)


def test_nominal_minutes_of_a_shift():
    assert (D9.nominal_minutes, FX.nominal_minutes) == (540, 480)
    paid = Break(time(12), time(13), is_paid=True)
    assert shift(table("09:00-18:00", paid)).nominal_minutes == 540
    assert shift(table("09:00-18:00", "12:00-13:00")).nominal_minutes == 480


def test_punch_seconds_and_fractions():
    moment = datetime(2014, 7, 9, 0, 0, 59, 999999, tzinfo=timezone.utc)
    assert Punch(1, moment).second == 1404864059
    before_epoch = datetime(1969, 12, 31, 23, 59, 59, tzinfo=timezone.utc)
    assert Punch(1, before_epoch).second == -1


def test_equal_inputs_are_equal_whatever_the_zone():
    here = datetime(2014, 7, 9, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    there = here.astimezone(timezone.utc)
    assert Punch(1, here) == Punch(1, there)


def test_inputs_are_frozen():
    with pytest.raises(AttributeError):
        P0.grace_late_minutes = 1
    with pytest.raises(AttributeError):
        roster(D9).shift = N8
