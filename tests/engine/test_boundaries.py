"""Small cases at the edges of single functions: clock, windows and choosing."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from chain_attendance_engine import (
    DayKind,
    Direction,
    Employment,
    MissingEnd,
    PunchMode,
    RequestKind,
    Rounding,
    Span,
    SpanSet,
    instant_minute,
)
from chain_attendance_engine.clock import epoch_minute, nominal_minutes
from chain_attendance_engine.windows import border

from .kit import (
    BASE,
    D9,
    N8,
    OFF,
    SP,
    at,
    by_days,
    correction,
    day,
    days,
    five,
    form,
    judged,
    kinds,
    marks,
    overtime,
    roster,
    shift,
    table,
    with_policy,
)

TABLES = with_policy(punch_mode=PunchMode.PER_TIMETABLE, duplicate_seconds=30)
LEAVE, TRIP = RequestKind.LEAVE, RequestKind.TRIP


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
