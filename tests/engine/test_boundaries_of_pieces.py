"""Small cases at the edges: pieces, breaks, leave, covers and flexible shifts."""

from datetime import time

import pytest

from chain_attendance_engine import (
    BreakKind,
    CoreTime,
    DayKind,
    ExceptionKind,
    PunchMode,
    RequestKind,
    Shift,
    SpanSet,
)
from chain_attendance_engine.flexible import fill

from .kit import (
    D9,
    FX,
    OFF,
    by_days,
    day,
    five,
    form,
    judged,
    kinds,
    leave,
    marks,
    outing,
    overtime,
    rest,
    shift,
    table,
    trip,
    with_policy,
)

TABLES = with_policy(punch_mode=PunchMode.PER_TIMETABLE, duplicate_seconds=30)
PAIRS = with_policy(punch_mode=PunchMode.PAIRS)
LEAVE, TRIP = RequestKind.LEAVE, RequestKind.TRIP


def test_a_gap_that_touches_the_last_punch_or_the_first():
    result = day(D9, "08:30 12:00 12:40 17:30", outing("12:00", "12:20"), policy=PAIRS)
    assert result.totals.punched_outing_minutes == 20
    assert five(result) == (540, 520, 0, 0, 20)
    # out exactly where the gap begins, and no later punch
    result = day(D9, "08:30 12:00", outing("12:20", "17:30"), policy=PAIRS)
    assert five(result) == (540, 520, 0, 20, 0)


def test_credit_of_a_break_goes_to_its_own_timetable_first():
    pause = rest("17:30-18:00", kind=BreakKind.BEYOND, beyond_minutes=600)
    split = shift("08:00-12:00", table("16:00-20:00", pause))
    result = day(split, "08:00 11:00 16:00 19:00", policy=TABLES)
    assert [row.absent_minutes for row in result.rows] == [60, 30]
    assert [row.worked_minutes for row in result.rows] == [180, 180]


def test_credit_of_a_break_goes_on_where_its_own_timetable_lacks_nothing():
    pause = rest("17:30-18:00", kind=BreakKind.BEYOND, beyond_minutes=600)
    split = shift("08:00-12:00", table("16:00-20:00", pause))
    result = day(split, "08:00 11:00 16:00 20:00", policy=TABLES)
    assert [row.absent_minutes for row in result.rows] == [30, 0]


def test_a_pair_at_the_very_start_or_end_of_a_timetable():
    punched = shift(table("09:00-18:00", rest("09:30-10:00", kind=BreakKind.PUNCHED)))
    result = day(punched, "08:50 09:00 09:30 18:00")
    assert five(result) == (510, 510, 0, 0, 0)
    assert judged(result.span_set("due").start) == "09:30"
    # an out at the end is not within the timetable: the break keeps its place
    result = day(punched, "09:00 18:00 18:10 19:00")
    assert judged(result.span_set("due").spans[0].stop) == "09:30"


def test_of_two_pairs_equally_near_the_earlier_is_the_break():
    punched = shift(table("09:00-18:00", rest("12:00-12:30", kind=BreakKind.PUNCHED)))
    result = day(punched, "09:00 11:30 12:00 12:30 13:30 18:00")
    assert judged(result.span_set("due").spans[0].stop) == "11:30"
    assert result.totals.punched_outing_minutes == 60


def test_a_pair_that_returns_after_the_end_is_no_break():
    punched = shift(table("09:00-18:00", rest("12:00-13:00", kind=BreakKind.PUNCHED)))
    result = day(punched, "09:00 17:30 18:30 19:00")
    assert five(result) == (480, 480, 0, 0, 0)
    assert result.totals.punched_outing_minutes == 30
    # returning with the end is within the timetable
    result = day(punched, "09:00 17:30 18:00 19:00")
    assert five(result) == (510, 510, 0, 0, 0)


def test_leaving_one_timetable_early_for_the_next_is_no_break():
    pause = rest("12:00-12:30", kind=BreakKind.PUNCHED)
    split = shift(table("10:00-14:00", pause), "17:00-21:00")
    result = day(split, "10:00 13:50 17:00 21:00", policy=PAIRS)
    assert five(result) == (450, 440, 0, 10, 0)


def test_away_in_a_punched_break_is_no_overtime():
    punched = shift(table("09:00-18:00", rest("12:00-13:00", kind=BreakKind.PUNCHED)))
    result = day(punched, "09:00 12:00 13:00 18:00", form("12:00", "13:00"))
    assert overtime(result) == (0, 0, 0)


# leave and covers


def test_an_outing_by_another_days_dates_does_not_hide_the_next():
    result = day(
        D9,
        "08:30 17:30",
        by_days(TRIP, 1, key="other"),
        outing("10:00", "11:00", key="own"),
    )
    assert result.totals.outing_minutes == 60
    result = day(
        D9,
        "08:30 17:30",
        outing("10:00", "11:00", key="one", filed=1),
        outing("10:00", "11:00", key="same", filed=2),
        outing("12:00", "13:00", key="third", filed=3),
    )
    assert [charge.key for charge in result.charges] == ["one", "third"]


def test_two_trips_by_days_charge_one_day():
    result = day(D9, "", by_days(TRIP, key=1), by_days(TRIP, key=2))
    assert result.totals.trip_days == 1
    assert len(result.charges) == 1


def test_leave_that_starts_at_the_end_is_not_moved_with_it():
    elastic = shift("09:00-18:00", elastic_minutes=30)
    result = day(elastic, "09:20 18:20", leave("18:00", "19:00"))
    assert result.totals.leave_minutes == 20
    result = day(elastic, "09:00 18:00", leave("18:00", "19:00"))
    assert result.totals.leave_minutes == 0


def test_two_calendar_leaves_charge_one_day():
    both = (
        by_days(LEAVE, key=1, counts_calendar_days=True, filed=1),
        by_days(LEAVE, key=2, counts_calendar_days=True, filed=2),
    )
    assert day(OFF, "", *both).totals.leave_days == 1
    assert day(D9, "", *both).totals.leave_days == 1
    assert len(day(D9, "", *both).charges) == 1


def test_half_a_day_of_a_flexible_shift():
    ok = leave("08:00", "12:00", typed_days=0.5)
    assert kinds(day(FX, "12:00 16:00", ok)) == []
    result = day(FX, "12:00 16:00", leave("08:00", "11:00", typed_days=0.5))
    assert result.has(ExceptionKind.LEAVE_AMOUNT_DIFFERS)


def test_a_typed_leave_beside_others_is_still_looked_at():
    quiet = leave("09:00", "10:00", key="quiet")
    far = leave("09:00+1", "10:00+1", key="far", typed_minutes=1)
    wrong = leave("13:00", "14:00", key="wrong", typed_minutes=1)
    result = day(D9, "08:30 17:30", quiet, far, wrong)
    assert [dict(e.figures)["key"] for e in result.exceptions] == ["wrong"]


def test_a_calendar_leave_of_a_flexible_shift_is_charged_once():
    sick = by_days(LEAVE, counts_calendar_days=True, typed_days=1)
    for kind in (DayKind.WORKDAY, DayKind.PUBLIC_HOLIDAY):
        result = day(FX, "", sick, day_kind=kind)
        assert result.totals.leave_days == 1
        assert len(result.charges) == 1
        assert kinds(result) == []


def test_a_difference_is_not_raised_in_progress():
    wrong = leave("13:00", "14:00", typed_minutes=1)
    assert kinds(day(D9, "", wrong, now="12:00")) == []
    assert kinds(day(D9, "", wrong)) == ["leave_amount_differs"]


def test_a_typed_leave_on_a_holiday_of_a_flexible_shift():
    half = leave("08:00", "12:00", typed_days=0.5)
    result = day(FX, "", half, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert kinds(result) == []


# flexible


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (0, []),
        (1, [(0, 1)]),
        (10, [(0, 10)]),
        (11, [(0, 10), (20, 21)]),
        (99, [(0, 10), (20, 30), (40, 50)]),
    ],
)
def test_fill(due, expected):
    present = SpanSet([(0, 10), (20, 30), (40, 50)])
    assert list(fill(present, due)) == expected


def test_three_stretches_fill_in_order():
    result = day(FX, "08:00 10:00 11:00 14:00 15:00 20:00", policy=PAIRS)
    assert result.span_set("worked").minutes == 480
    assert judged(result.span_set("worked").stop) == "18:00"


def test_core_time_with_minutes_and_a_cover_by_days():
    core = (CoreTime(time(10, 15), time(11, 45)),)
    flexible = Shift("c", flexible_minutes=60, core=core)
    assert day(flexible, "11:00 12:00").totals.core_missed_minutes == 45
    assert day(flexible, "10:00 11:30").totals.core_missed_minutes == 15
    result = day(flexible, "", by_days(TRIP))
    assert (result.totals.core_missed_minutes, kinds(result)) == (0, [])


def test_flexible_outing_and_trip_each_in_its_column():
    result = day(FX, "10:00 12:00", outing("12:00", "13:00"), trip("14:00", "16:00"))
    assert (result.totals.outing_minutes, result.totals.trip_minutes) == (60, 120)
    assert five(result) == (480, 300, 0, 0, 180)


def test_a_trip_by_days_beside_an_outing_by_hours():
    result = day(FX, "", by_days(TRIP), outing("12:00", "13:00"))
    assert (result.totals.outing_minutes, result.totals.trip_minutes) == (60, 480)


def test_flexible_paid_leave_by_days_is_no_trip():
    paid = by_days(LEAVE, counts_as_worked=True)
    result = day(FX, "", paid)
    assert five(result) == (480, 480, 0, 0, 0)
    assert (result.totals.trip_minutes, result.totals.trip_days) == (0, 0)
    assert (result.totals.leave_minutes, result.totals.leave_days) == (480, 1)


def test_three_leaves_of_a_flexible_day():
    result = day(
        FX,
        "",
        leave("08:00", "12:00", key=1, filed=1),
        leave("10:00", "13:00", key=2, filed=2),
        leave("11:00", "18:00", key=3, filed=3),
        leave("18:00", "20:00", key=4, filed=4),
    )
    assert {c.key: c.minutes for c in result.charges} == {1: 240, 2: 60, 3: 180}


def test_present_on_leave_of_a_flexible_shift_marks_all():
    result = day(FX, "00:00 23:59", by_days(LEAVE))
    assert marks(result) == {0: "on_leave", 1: "on_leave"}
    result = day(FX, "12:00", leave("06:00", "20:00"))
    assert kinds(result) == ["present_on_leave"]
