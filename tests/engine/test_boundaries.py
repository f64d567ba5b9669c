"""Small cases at the edges of single functions, one for each decision they take."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from chain_attendance_engine import (
    BreakKind,
    CoreTime,
    DayKind,
    Direction,
    EmployeeInput,
    Employment,
    ExceptionKind,
    MissingEnd,
    OvertimeMode,
    Policy,
    PunchMode,
    RequestKind,
    RosterDay,
    Rounding,
    Shift,
    Span,
    SpanSet,
    WatchKind,
    WatchLimits,
    evaluate_days,
    format_minutes,
    instant_minute,
    propose_work_date,
    sum_days,
    watch_days,
)
from chain_attendance_engine.clock import epoch_minute, nominal_minutes
from chain_attendance_engine.flexible import fill
from chain_attendance_engine.windows import border

from .kit import (
    BASE,
    D9,
    FX,
    N8,
    OFF,
    P0,
    SP,
    ZONE,
    at,
    by_days,
    claimed,
    correction,
    day,
    days,
    five,
    form,
    judged,
    kinds,
    leave,
    marks,
    outing,
    overtime,
    punches,
    rest,
    roster,
    shift,
    table,
    trip,
    with_policy,
)

TABLES = with_policy(punch_mode=PunchMode.PER_TIMETABLE, duplicate_seconds=30)
PAIRS = with_policy(punch_mode=PunchMode.PAIRS)
AUTO = with_policy(
    overtime_mode=OvertimeMode.AUTOMATIC,
    overtime_least_minutes=0,
    overtime_unit_minutes=1,
)
LEAVE, TRIP = RequestKind.LEAVE, RequestKind.TRIP


# spans and clock


def test_an_empty_pair_does_not_end_the_set():
    assert SpanSet([(5, 5), (7, 9)]) == SpanSet.of(7, 9)
    assert list(SpanSet([(1, 9), (2, 9), (9, 9), (10, 11)])) == [(1, 9), (10, 11)]


def test_touching_spans_have_nothing_in_common():
    assert not SpanSet.of(0, 5) & SpanSet.of(5, 9)
    assert list(SpanSet.of(0, 5) - SpanSet.of(5, 9)) == [(0, 5)]
    assert list(SpanSet.of(5, 9) - SpanSet.of(0, 5)) == [(5, 9)]
    assert not SpanSet.of(0, 5) - SpanSet.of(0, 5)


def test_hash_differs():
    assert hash(SpanSet.of(0, 5)) != hash(SpanSet.of(0, 6))
    assert Span(0, 5).minutes == 5


def test_a_clock_that_changes_off_the_hour():
    st_johns = ZoneInfo("America/St_Johns")
    # on 2010-03-14 00:01 became 01:01
    day_ = date(2010, 3, 14)
    start = instant_minute(day_, 0, st_johns)
    assert instant_minute(day_, 61, st_johns) - start == 1
    assert instant_minute(day_, 90, st_johns) - start == 30
    assert instant_minute(day_, 30, st_johns) - start == 30


def test_nominal_minutes_near_a_change():
    new_york = ZoneInfo("America/New_York")
    change = epoch_minute(datetime(2024, 11, 3, 6, tzinfo=timezone.utc))
    assert nominal_minutes(change + 59, change + 60, new_york) == 0
    assert nominal_minutes(change + 59, change + 61, new_york) == 1
    assert nominal_minutes(change - 1, change + 1, new_york) == 1
    spring = epoch_minute(datetime(2024, 3, 10, 7, tzinfo=timezone.utc))
    assert nominal_minutes(spring - 1, spring, new_york) == 1
    assert nominal_minutes(spring - 1, spring + 1, new_york) == 62
    lord_howe = ZoneInfo("Australia/Lord_Howe")  # half an hour
    autumn = epoch_minute(datetime(2024, 4, 6, 15, tzinfo=timezone.utc))
    assert nominal_minutes(autumn - 10, autumn + 40, lord_howe) == 20


# windows


@pytest.mark.parametrize(
    ("earlier", "later", "late_out", "early_in", "expected"),
    [
        ((0, 100), (200, 300), 50, 49, None),
        ((0, 100), (200, 300), 50, 50, 150),
        ((0, 100), (200, 300), 80, 80, 150),
        ((0, 100), (201, 300), 80, 80, 150),
        ((0, 100), (200, 300), 20, 90, 120),
        ((0, 100), (200, 300), 20, 80, 120),
        ((0, 100), (200, 300), 20, 79, None),
        ((0, 100), (200, 300), 90, 10, 189),
        ((0, 100), (100, 300), 90, 10, 100),
        ((0, 100), (99, 300), 90, 10, 100),
        ((0, 100), (200, 300), 100, 0, 199),
        ((0, 100), (102, 300), 0, 2, 100),
    ],
)
def test_border(earlier, later, late_out, early_in, expected):
    assert border(earlier, later, late_out, early_in) == expected


def test_shifts_without_segments_apart_are_not_cut():
    found = days([D9, D9], "", by_days(LEAVE, 0, 1))
    assert judged(found[0].window.stop - 1) == "21:30"
    assert judged(found[1].window.start) == "06:30"


def test_the_claims_of_a_neighbour_with_a_form_beside_a_bare_shift():
    # the day off has only its form as core: 13:00-14:00, cut against nobody
    holiday = roster(D9, 1, day_kind=DayKind.PUBLIC_HOLIDAY)
    extra = form("13:00+1", "14:00+1", work_date=holiday.date)
    found = days([N8, holiday], "", extra)
    assert judged(found[0].window.stop - 1) == "10:00"
    assert [(judged(s.start), judged(s.stop - 1)) for s in found[1].window] == [
        ("10:01", "21:30")
    ]


def test_a_form_cut_towards_the_night_leaves_the_rest_to_the_bare_shift():
    holiday = roster(D9, 1, day_kind=DayKind.PUBLIC_HOLIDAY)
    extra = form("08:00+1", "09:00+1", work_date=holiday.date)
    found = days([N8, holiday], "", extra)
    assert judged(found[0].window.stop - 1) == "07:00"
    assert judged(found[1].window.start) == "07:01"


def test_a_mark_for_punches_of_either_neighbour():
    early = shift("01:00-09:00")
    found = days([N8, OFF, early], "06:05+1 23:30+1 12:00+1")
    assert marks(found[1]) == {0: "other_date", 1: "other_date", 2: "no_segment"}


def test_not_employed_has_no_claims():
    gone = Employment(None, BASE)
    found = days([OFF, D9], "10:00", employment=gone)
    assert found[0].window == SpanSet.of(
        int(at("00:00").timestamp()) // 60, int(at("00:00+1").timestamp()) // 60
    )
    joined = Employment(BASE + timedelta(days=1))
    extra = form("23:00", "23:30")
    found = days([D9, OFF], "22:59+1", extra, employment=joined, dates=[1])
    assert judged(found[1].window.start) == "00:00"


# choosing and presence


def test_three_timetables_are_cut_at_both_midpoints():
    triple = shift("06:00-10:00", "11:00-14:00", "16:00-20:00")
    result = day(triple, "06:00 10:30 10:31 15:00 15:01 20:00", policy=TABLES)
    tables = {mark.key: (mark.mark.value, mark.timetable) for mark in result.marks}
    assert tables == {
        0: ("in", 0),
        1: ("out", 0),
        2: ("in", 1),
        3: ("out", 1),
        4: ("in", 2),
        5: ("out", 2),
    }
    assert five(result) == (660, 660, 0, 0, 0)


def test_an_odd_midpoint_between_timetables():
    near = shift("06:00-10:00", "11:01-15:00")  # the middle lies in 10:30
    result = day(near, "06:00 10:30:29 10:31 15:00", policy=TABLES)
    assert [mark.timetable for mark in result.marks] == [0, 0, 1, 1]


def test_three_touching_timetables():
    triple = shift("06:00-10:00", "10:00-14:00", "14:00-18:00")
    result = day(triple, "05:55 10:02 14:03 18:01", policy=TABLES)
    assert five(result) == (720, 720, 0, 0, 0)
    assert [row.worked_minutes for row in result.rows] == [240, 240, 240]
    result = day(triple, "05:55 09:58 13:59 18:01", policy=TABLES)
    assert five(result) == (720, 720, 0, 0, 0)


def test_only_the_touching_pair_serves():
    mixed = shift("06:00-08:00", "09:00-13:00", "13:00-18:00")
    result = day(mixed, "05:55 08:00 08:55 13:02 18:01", policy=TABLES)
    assert five(result) == (660, 660, 0, 0, 0)
    result = day(mixed, "05:55 09:00 13:02 18:01", policy=TABLES)
    assert kinds(result) == ["missing_out"]


def test_a_complete_neighbour_is_not_touched():
    double = shift("06:00-14:00", "14:00-22:00")
    result = day(double, "05:55 13:30 14:02 22:03", policy=TABLES)
    assert five(result) == (960, 930, 0, 30, 0)
    result = day(double, "05:55 14:02", policy=TABLES)
    assert kinds(result) == ["missing_out"]
    assert five(result) == (960, 480, 0, 0, 480)


def test_fills_of_two_timetables_each_at_their_own_end():
    policy = replace(
        TABLES,
        missing_in=MissingEnd.MINUTES,
        missing_in_minutes=7,
        missing_out=MissingEnd.MINUTES,
        missing_out_minutes=11,
    )
    result = day(SP, "09:58 21:01", policy=policy)
    assert [(r.late_minutes, r.early_minutes) for r in result.rows] == [
        (0, 11),
        (7, 0),
    ]
    result = day(SP, "14:00 17:00", policy=policy)
    assert [(r.late_minutes, r.early_minutes) for r in result.rows] == [
        (7, 0),
        (0, 11),
    ]


def test_a_fill_is_bounded_by_what_was_worked():
    policy = with_policy(missing_out=MissingEnd.MINUTES, missing_out_minutes=20)
    # came 17:20, an hour's limit: late is 530, above the limit; 10 are left to be early
    exempt = shift(table("17:00-17:30"))
    assert five(day(exempt, "17:10", policy=policy)) == (30, 0, 10, 20, 0)
    assert five(day(exempt, "17:14", policy=policy)) == (30, 0, 14, 16, 0)


def test_pairs_that_shorten_presence_in_two_timetables():
    result = day(SP, "10:00 11:00 11:10 14:00 17:00 18:00 18:20 21:00", policy=TABLES)
    assert result.totals.punched_outing_minutes == 30
    assert five(result) == (480, 450, 0, 0, 30)


def test_undefined_keys_on_the_wrong_side_serve_nothing():
    keys = with_policy(punch_mode=PunchMode.STATE_KEY)
    result = day(D9, "o12:00 u12:30 i13:00 o17:30", policy=keys)
    assert kinds(result) == ["missing_in"]
    result = day(D9, "i08:30 o12:00 u12:30 i13:00", policy=keys)
    assert kinds(result) == ["missing_out"]
    result = day(D9, "i08:30 u09:00 u10:00 u16:00 ", policy=keys)
    assert judged(result.last_out) == "16:00"


def test_source_of_each_end():
    result = day(D9, "08:25:00", correction("17:30"))
    assert result.first_in_source.value == "terminal"
    assert result.last_out_source.value == "correction"
    result = day(D9, "17:30:30", correction("08:30"), correction("17:31"))
    assert result.last_out_source.value == "correction"
    result = day(D9, "08:30:30 17:30", correction("08:30"))
    assert result.first_in_source.value == "correction"


def test_exempt_presence_without_a_punch_can_be_nothing_but_due():
    free = shift(table("08:30-17:30", is_in_required=False, is_out_required=False))
    result = day(free, "", form("16:00", "18:00"))
    assert five(result) == (540, 540, 0, 0, 0)
    assert overtime(result) == (0, 0, 0)


def test_exempt_presence_reaches_a_break():
    free = shift(
        table(
            "09:00-18:00",
            "12:00-13:00",
            is_in_required=False,
            is_out_required=False,
        )
    )
    assert overtime(day(free, "", form("12:00", "13:00"))) == (60, 0, 0)


def test_rounding_of_overtime_at_both_ends():
    policy = with_policy(
        round_overtime=Rounding(30, Direction.UP),
        overtime_least_minutes=0,
        overtime_unit_minutes=1,
    )
    result = day(OFF, "09:10 11:10", form("08:00", "12:00"), policy=policy)
    assert overtime(result) == (0, 120, 0)  # 09:30-11:30
    result = day(OFF, "09:10", form("08:00", "12:00"), policy=policy)
    assert overtime(result) == (0, 0, 0)
    exempt = shift(table("08:30-17:30", is_in_required=False))
    result = day(exempt, "20:10", form("18:00", "21:00"), policy=policy)
    assert overtime(result) == (150, 0, 0)
    exempt = shift(table("08:30-17:30", is_out_required=False))
    result = day(exempt, "06:10", form("06:00", "08:30"), policy=policy)
    assert overtime(result) == (120, 0, 0)


def test_nearest_rounds_the_middle_of_an_odd_unit():
    policy = with_policy(round_in=Rounding(5, Direction.NEAREST))
    assert judged(day(D9, "08:32:29 17:30", policy=policy).first_in) == "08:30"
    assert judged(day(D9, "08:32:30 17:30", policy=policy).first_in) == "08:35"


# pieces, gaps, breaks


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


# overtime


def test_unapproved_work_of_one_minute_where_nothing_is_the_minimum():
    policy = with_policy(
        flags_unapproved_workday=True,
        overtime_least_minutes=0,
        overtime_unit_minutes=1,
    )
    assert kinds(day(D9, "08:30 17:31", policy=policy)) == ["unapproved_work"]
    assert kinds(day(D9, "08:30 17:30", policy=policy)) == []
    policy = with_policy(flags_unapproved_workday=True)
    assert kinds(day(D9, "08:30 18:00", policy=policy)) == ["unapproved_work"]


def test_an_outing_before_the_window_is_not_the_days_overtime():
    assert overtime(day(OFF, "", outing("09:00+1", "10:00+1"), policy=AUTO)) == (0,) * 3
    assert overtime(day(OFF, "", outing("23:00", "01:00+1"), policy=AUTO)) == (0, 60, 0)


def test_paid_leave_is_no_presence_for_overtime():
    paid = leave("18:00", "20:00", counts_as_worked=True)
    assert overtime(day(D9, "08:30 17:30", paid, policy=AUTO)) == (0, 0, 0)
    whole = by_days(LEAVE, counts_as_worked=True)
    assert overtime(day(D9, "", whole, policy=AUTO)) == (0, 0, 0)


def test_trust_adds_a_worked_holiday_the_form_does_not_name():
    works = replace(D9, works_on_holidays=True)
    policy = with_policy(overtime_mode=OvertimeMode.TRUST)
    result = day(
        works,
        "08:30 17:30",
        form("08:30", "10:00", typed_minutes=70),
        policy=policy,
        day_kind=DayKind.PUBLIC_HOLIDAY,
    )
    assert overtime(result) == (0, 0, 70 + 450)


def test_the_lesser_on_a_worked_holiday():
    works = replace(D9, works_on_holidays=True)
    policy = with_policy(overtime_mode=OvertimeMode.LESSER)
    result = day(
        works,
        "08:30 18:30",
        form("17:00", "20:00"),
        policy=policy,
        day_kind=DayKind.PUBLIC_HOLIDAY,
    )
    # in the shift 540; beyond it the lesser of 150 asked and 60 present
    assert overtime(result) == (0, 0, 600)


def test_a_form_that_touches_nothing_and_one_that_adjoins():
    shifts = [(BASE, 100, 200)]
    other = BASE + timedelta(days=1)
    assert propose_work_date(200, 250, other, shifts) == BASE
    assert propose_work_date(50, 100, other, shifts) == BASE
    assert propose_work_date(201, 250, other, shifts) == other
    assert propose_work_date(50, 99, other, shifts) == other
    assert propose_work_date(50, 99, other, []) == other


def test_a_form_proposed_across_a_move_between_zones():
    tokyo = RosterDay(BASE, ZoneInfo("Asia/Tokyo"), P0, is_rest=True)
    later = RosterDay(BASE + timedelta(days=1), ZONE, P0, is_rest=True)
    source = EmployeeInput(
        {tokyo.date: tokyo, later.date: later},
        (),
        (form("23:30", "23:50", work_date=None),),
    )
    found = list(evaluate_days(source, sorted(source.roster)))
    # 23:30 in Shanghai is 00:30 in Tokyo, but the next date is Shanghai's
    assert [sum(claimed(one)) for one in found] == [20, 0]


def test_a_form_far_from_every_known_day():
    source = EmployeeInput(
        {BASE: roster(OFF)}, (), (form("08:00+9", "09:00+9", work_date=None),)
    )
    (found,) = evaluate_days(source, [BASE])
    assert sum(claimed(found)) == 0


# days together


def test_now_over_many_days():
    plan = {roster(D9, n).date: roster(D9, n) for n in range(3)}
    source = EmployeeInput(plan, punches("08:30 17:30"), now=at("21:30:59+1"))
    states = [one.state.value for one in evaluate_days(source, sorted(plan))]
    assert states == ["final", "in_progress", "ahead"]
    source = replace(source, now=at("21:31+1"))
    states = [one.state.value for one in evaluate_days(source, sorted(plan))]
    assert states == ["final", "final", "ahead"]


def test_requests_are_found_from_every_date_they_bear_on():
    long = leave("13:00", "13:00+6", key="long")
    found = days([D9] * 7, "", long)
    assert [found[n].totals.leave_minutes for n in range(7)] == [270] + [540] * 5 + [
        270
    ]
    whole = by_days(LEAVE, 1, 5)
    found = days([D9] * 7, "", whole)
    assert [found[n].totals.leave_days for n in range(7)] == [0, 1, 1, 1, 1, 1, 0]


def test_days_in_progress_are_counted():
    running = day(D9, "", now="12:00")
    assert sum_days([running, running]).days_in_progress == 2


def test_watches_count_all_three_kinds():
    text = "08:30 12:30 08:30+1 13:30+1 08:30+2 21:30+2"
    holiday = roster(D9, 1, AUTO, day_kind=DayKind.PUBLIC_HOLIDAY)
    found = days([OFF, holiday, D9], text, policy=AUTO)
    limits = WatchLimits(None, None, None, 600)
    watches = watch_days(found.values(), limits)
    assert [(w.found, w.limit) for w in watches] == [(240 + 300 + 240, 600)]
    limits = WatchLimits(None, None, 240, None)
    watches = watch_days(found.values(), limits)
    assert [(w.kind, w.found, w.limit, w.since) for w in watches] == [
        (WatchKind.OVERTIME_DAY, 300, 240, BASE + timedelta(days=1)),
    ]


def test_a_row_of_days_needs_every_date():
    text = " ".join(f"08:30+{n} 17:30+{n}" for n in range(8))
    found = days([D9] * 8, text)
    limits = WatchLimits(None, 3, None, None)
    apart = [found[n] for n in (0, 1, 3, 4, 5)]
    assert not watch_days(apart, limits)
    watches = watch_days([found[n] for n in (0, 1, 2, 3)], limits)
    assert [(w.found, w.limit, w.since) for w in watches] == [(4, 3, BASE)]


def test_minutes_of_a_fraction_that_is_exactly_half():
    assert format_minutes(33) == "0.55h"
    assert format_minutes(51) == "0.85h"
    assert format_minutes(65) == "1.08h"
    assert format_minutes(-1) == "-1m"
    assert format_minutes(1200) == "20h"


# recognition


def test_candidates_hold_both_instants_of_an_event():
    early, late = shift("06:00-14:00", key="early"), shift("14:00-22:00", key="late")
    wide = with_policy(duplicate_seconds=3600)
    result = day(None, "05:55 17:50 18:20", candidates=(early, late), policy=wide)
    assert kinds(result) == ["shift_undecided"]
    result = day(None, "05:55 17:50 18:00", candidates=(early, late), policy=wide)
    assert result.shift.key == "early"


def test_candidates_are_cut_by_neighbours():
    early, noon = shift("06:00-14:00", key="early"), shift("12:00-20:00", key="noon")
    plan = [N8, roster(None, 1, candidates=(early, noon))]
    found = days(plan, "05:59+1 06:01+1 14:00+1")
    assert marks(found[1]) == {0: "other_date", 1: "in", 2: "out"}
    plan = [roster(None, 0, candidates=(early, noon)), shift("21:00-05:00")]
    found = days(plan, "06:00 14:00 19:30+1")
    assert found[0].shift.key == "early"


def test_holiday_candidates_use_the_first():
    one, two = shift("06:00-14:00", key=1), shift("14:00-22:00", key=2)
    result = day(None, "", candidates=(one, two), day_kind=DayKind.PUBLIC_HOLIDAY)
    assert result.shift.key == 1


def test_policy_is_of_the_date():
    strict = Policy(grace_late_minutes=0, late_limit_minutes=0)
    found = days(
        [roster(D9, 0, P0), roster(D9, 1, strict)], "08:33 17:30 08:33+1 17:30+1"
    )
    assert five(found[0])[4] == 0
    assert five(found[1])[4] == 3


def test_exempt_ends_are_no_presence_on_a_holiday_without_a_punch():
    free = shift(
        table("08:30-17:30", is_in_required=False, is_out_required=False),
        works_on_holidays=True,
    )
    for policy in (P0, TABLES):
        result = day(free, "", policy=policy, day_kind=DayKind.PUBLIC_HOLIDAY)
        assert overtime(result) == (0, 0, 0)


def test_one_exempt_end_of_a_worked_holiday_is_as_good_as_a_punch():
    exempt = shift(table("08:30-17:30", is_out_required=False), works_on_holidays=True)
    result = day(exempt, "09:30", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 480)
    assert kinds(result) == []
    exempt = shift(table("08:30-17:30", is_in_required=False), works_on_holidays=True)
    result = day(exempt, "12:30", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 240)


def test_smallest_and_largest_values_are_taken():
    assert Rounding(1).unit_minutes == 1
    assert Rounding(720).unit_minutes == 720
    assert Policy(least_worked_percent=100).least_worked_percent == 100
    assert WatchLimits(0, 0, 0, 0).rest_minutes == 0
    assert shift("09:00-18:00", elastic_minutes=1440).elastic_minutes == 1440
    assert Shift("x", flexible_minutes=1440).nominal_minutes == 1440
    adjoining = shift(table("09:00-18:00", "12:00-12:30", "12:30-13:00"))
    assert adjoining.nominal_minutes == 480
    assert leave("13:00", "14:00", typed_minutes=0).typed_minutes == 0


def test_one_punch_of_a_night_beside_a_span_without_forms():
    result = day(D9, "", leave("18:00", "19:00"), form("18:00", "20:00"))
    assert overtime(result) == (0, 0, 0)
    assert claimed(result) == (120, 0, 0)
