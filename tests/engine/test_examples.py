"""The examples of the rules: sections A to I."""

from dataclasses import replace

import pytest

from chain_attendance_engine import (
    DayKind,
    DayName,
    DayState,
    Employment,
    ExceptionKind,
    Mark,
    OvertimeMode,
    PunchMode,
    PunchSource,
    RequestKind,
)

from .kit import (
    B8,
    BASE,
    D9,
    DEFAULTS,
    FX,
    N8,
    OFF,
    P0,
    SP,
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
    roster,
    rows,
    shift,
    table,
    with_policy,
)


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("08:12 17:41", (540, 540, 0, 0, 0)),  # A1
        ("08:35 17:30", (540, 540, 0, 0, 0)),  # A3
        ("08:36 17:30", (540, 534, 6, 0, 0)),  # A4
        ("08:30 17:12", (540, 522, 0, 18, 0)),  # A5
        ("09:02 17:30", (540, 508, 0, 0, 32)),  # A6
        ("", (540, 0, 0, 0, 540)),  # A8
        ("08:36 17:12", (540, 516, 6, 18, 0)),  # A11
        ("09:00 17:30", (540, 510, 30, 0, 0)),  # A12
    ],
)
def test_a_day_shift(punches, expected):
    result = day(D9, punches)
    assert five(result) == expected
    assert overtime(result) == (0, 0, 0)
    assert not result.exceptions


def test_a2_seconds_are_dropped():
    result = day(D9, "08:30:59 17:30:00", policy=DEFAULTS)
    assert five(result) == (540, 540, 0, 0, 0)


def test_a7_early_limit_is_separate():
    policy = with_policy(early_limit_minutes=60)
    assert five(day(D9, "08:30 16:50", policy=policy)) == (540, 500, 0, 40, 0)


def test_a9_single_punch():
    result = day(D9, "08:25")
    assert five(result) == (540, 0, 0, 0, 540)
    assert kinds(result) == ["missing_out"]


def test_a10_inner_pair_is_shown_and_not_deducted():
    result = day(D9, "08:20 12:01 12:58 17:35")
    assert five(result) == (540, 540, 0, 0, 0)
    assert result.totals.punched_outing_minutes == 57
    assert marks(result) == {0: "in", 1: "inner_out", 2: "inner_in", 3: "out"}


def test_b1_duplicates():
    result = day(D9, "08:29:10 08:29:50 17:29:40 17:30:20", policy=DEFAULTS)
    assert five(result) == (540, 540, 0, 0, 0)
    assert (judged(result.first_in), judged(result.last_out)) == ("08:29", "17:30")
    assert marks(result) == {0: "in", 1: "duplicate", 2: "duplicate", 3: "out"}


def test_b3_state_key_is_ignored_by_first_and_last():
    result = day(D9, "o08:28 u17:31")
    assert (judged(result.first_in), judged(result.last_out)) == ("08:28", "17:31")
    assert five(result) == (540, 540, 0, 0, 0)


def test_b4_undefined_key_is_never_dropped():
    result = day(D9, "u08:28 u17:31")
    assert len(result.marks) == 2


def test_b5_before_the_window():
    result = day(D9, "05:50 17:30")
    assert marks(result) == {0: "unmatched", 1: "out"}
    assert kinds(result) == ["missing_in"]
    assert five(result) == (540, 0, 0, 0, 540)


def test_b6_form_extends_the_window():
    result = day(D9, "08:30 22:10", form("17:30", "22:00"))
    assert five(result) == (540, 540, 0, 0, 0)
    assert overtime(result) == (270, 0, 0)


def test_b7_touching_timetables_share_a_punch():
    double = shift("06:00-14:00", "14:00-22:00")
    policy = with_policy(punch_mode=PunchMode.PER_TIMETABLE)
    result = day(double, "05:55 14:02 22:03", policy=policy)
    assert [row.worked_minutes for row in result.rows] == [480, 480]
    assert marks(result)[1] == "in_and_out"
    assert not result.exceptions


@pytest.mark.parametrize(("moment", "table_index"), [("15:20", 0), ("15:40", 1)])
def test_b8_midpoint_between_timetables(moment, table_index):
    policy = with_policy(punch_mode=PunchMode.PER_TIMETABLE)
    result = day(SP, f"09:55 {moment} 21:01", policy=policy)
    mark = next(mark for mark in result.marks if mark.key == 1)
    assert mark.timetable == table_index
    assert mark.mark is (Mark.OUT, Mark.IN)[table_index]


@pytest.mark.parametrize(
    ("punches", "expected"),
    [
        ("21:47 06:12+1", (480, 480, 0, 0, 0)),  # C1
        ("00:10+1 06:05+1", (480, 350, 0, 0, 130)),  # C2
    ],
)
def test_c_night(punches, expected):
    result = day(N8, punches)
    assert five(result) == expected
    assert overtime(result) == (0, 0, 0)


def test_c3_two_nights():
    found = days([N8, N8], "21:50 06:05+1 21:58+1 06:02+2")
    assert five(found[0]) == five(found[1]) == (480, 480, 0, 0, 0)
    used = [
        key
        for result in found.values()
        for key, mark in marks(result).items()
        if mark in ("in", "out")
    ]
    assert sorted(used) == [0, 1, 2, 3]


def test_c4_overtime_over_midnight_is_the_start_dates():
    late = shift("14:00-23:00")
    found = days([late, OFF], "13:55 01:35+1", form("23:00", "01:30+1"))
    assert overtime(found[0]) == (150, 0, 0)
    assert overtime(found[1]) == (0, 0, 0)


def test_c5_shift_that_starts_at_midnight():
    early = shift("00:00-08:00")
    found = days([early, early], "23:52 08:00+1", dates=[0, 1])
    assert five(found[1]) == (480, 480, 0, 0, 0)
    assert five(found[0]) == (480, 0, 0, 0, 480)


def test_c7_in_progress():
    result = day(N8, "21:55", now="23:30")
    assert result.state is DayState.IN_PROGRESS
    assert five(result) == (480, None, None, None, None)
    assert not result.exceptions


def test_c7a_cut_between_night_and_day():
    found = days([N8, D9], "22:00 06:10+1 08:20+1 17:35+1")
    assert five(found[0]) == (480, 480, 0, 0, 0)
    assert five(found[1]) == (540, 540, 0, 0, 0)
    assert judged(found[0].window.stop - 1) == "07:15"
    assert judged(found[1].window.start) == "07:16"


def test_c8_late_upload():
    before, after = day(N8, "21:55"), day(N8, "21:55 06:00+1")
    assert kinds(before) == ["missing_out"]
    assert five(after) == (480, 480, 0, 0, 0)
    assert not after.exceptions


@pytest.mark.parametrize(
    ("what", "punches", "expected"),
    [
        (B8, "08:55 18:05", (480, 480, 0, 0, 0)),  # D1
        (B8, "09:00 13:00", (480, 180, 0, 0, 300)),  # D2
        (SP, "09:58 14:03 16:55 21:01", (480, 480, 0, 0, 0)),  # D3
        (FX, "10:20 18:20", (480, 480, 0, 0, 0)),  # D5
        (B8, "09:00 11:40", (480, 160, 0, 0, 320)),  # D5a
    ],
)
def test_d_breaks_splits_flexible(what, punches, expected):
    result = day(what, punches)
    assert five(result) == expected
    assert not result.exceptions


def test_d4_each_timetable_lacks_an_end():
    policy = with_policy(punch_mode=PunchMode.PER_TIMETABLE)
    result = day(SP, "09:58 21:01", policy=policy)
    assert kinds(result) == ["missing_in", "missing_out"]
    assert five(result) == (480, 0, 0, 0, 480)


def test_d6_elastic():
    elastic = shift(table("09:00-18:00", "12:00-13:00"), elastic_minutes=30)
    assert five(day(elastic, "09:20 18:05")) == (480, 465, 0, 15, 0)


def test_e1_leave_cuts_the_shift():
    result = day(D9, "08:30 13:00", leave("13:00", "17:00"))
    assert rows(result) == [
        "shift 08:30-13:00",
        "leave 13:00-17:00",
        "shift 17:00-17:30",
    ]
    assert five(result) == (300, 270, 0, 0, 30)
    assert result.totals.leave_minutes == 240


def test_e2_leave_at_the_end():
    result = day(D9, "08:25 13:02", leave("13:00", "17:30"))
    assert five(result) == (270, 270, 0, 0, 0)
    assert not result.exceptions


def test_e3_full_day():
    result = day(D9, "", by_days(RequestKind.LEAVE))
    assert five(result) == (0, 0, 0, 0, 0)
    assert (result.totals.leave_days, result.totals.leave_minutes) == (1, 540)


def test_e3a_leave_by_days_leaves_the_night_before():
    found = days([N8, N8], "21:55 06:04+1", by_days(RequestKind.LEAVE, 1))
    assert five(found[0]) == (480, 480, 0, 0, 0)
    assert five(found[1]) == (0, 0, 0, 0, 0)
    totals = found[1].totals
    assert (totals.leave_days, totals.leave_minutes) == (1, 480)


def test_e4_present_while_on_leave():
    result = day(D9, "08:30 17:30", by_days(RequestKind.LEAVE))
    assert kinds(result) == ["present_on_leave"]
    assert result.totals.leave_minutes == 540
    assert result.totals.worked_minutes == 0


def test_e5_leave_beside_a_break():
    result = day(B8, "09:00 12:00 14:00 18:00", leave("12:00", "14:00"))
    assert five(result) == (420, 420, 0, 0, 0)
    assert result.totals.leave_minutes == 60


def test_e6_charged_by_roster():
    found = days([D9, OFF, D9, OFF], "", by_days(RequestKind.LEAVE, 0, 3))
    assert [found[n].totals.leave_days for n in range(4)] == [1, 0, 1, 0]


def test_e7_leave_in_the_night():
    result = day(N8, "21:55 02:03+1", leave("02:00+1", "06:00+1"))
    assert five(result) == (240, 240, 0, 0, 0)
    assert result.totals.leave_minutes == 240


def test_e8_outing_inside():
    result = day(D9, "08:25 17:35", outing("10:00", "12:00"))
    assert five(result) == (540, 540, 0, 0, 0)
    assert result.totals.outing_minutes == 120


def test_e9_trip_all_day():
    result = day(D9, "", by_days(RequestKind.TRIP))
    assert five(result) == (540, 540, 0, 0, 0)
    assert result.totals.trip_days == 1
    assert not result.exceptions


def test_e10_correction():
    result = day(D9, "17:35", correction("08:30"))
    assert five(result) == (540, 540, 0, 0, 0)
    assert result.first_in_source is PunchSource.CORRECTION


@pytest.mark.parametrize(
    ("punches", "span", "recognised", "asked"),
    [
        ("08:30 20:35", ("18:00", "20:30"), 150, 150),  # F1
        ("08:30 20:40", ("17:00", "20:30"), 180, 210),  # F2
        ("08:30 20:10", ("18:00", "21:00"), 120, 180),  # F3
    ],
)
def test_f_workday_forms(punches, span, recognised, asked):
    result = day(D9, punches, form(*span))
    assert overtime(result) == (recognised, 0, 0)
    assert claimed(result) == (asked, 0, 0)


@pytest.mark.parametrize(("out", "expected"), [("18:05", 0), ("18:45", 60)])
def test_f4_automatic(out, expected):
    policy = with_policy(
        overtime_mode=OvertimeMode.AUTOMATIC, overtime_least_minutes=60
    )
    assert overtime(day(D9, f"08:30 {out}", policy=policy)) == (expected, 0, 0)


def test_f5_rest_day_form():
    result = day(OFF, "08:25 17:05", form("08:30", "17:00"))
    assert overtime(result) == (0, 510, 0)
    assert five(result) == (0, 0, 0, 0, 0)
    assert rows(result) == ["overtime 08:30-17:00"]


def test_f6_rest_day_without_form():
    result = day(OFF, "09:00 17:00")
    assert overtime(result) == (0, 0, 0)
    assert kinds(result) == ["unapproved_work"]
    automatic = with_policy(overtime_mode=OvertimeMode.AUTOMATIC)
    result = day(OFF, "09:00 17:00", policy=automatic)
    assert overtime(result) == (0, 480, 0)
    assert not result.exceptions


def test_f3a_corrections_on_a_rest_day():
    result = day(
        OFF, "", form("09:00", "14:00"), correction("10:01"), correction("14:09")
    )
    assert claimed(result) == (0, 300, 0)
    assert overtime(result) == (0, 210, 0)
    assert result.span_set("overtime").minutes == 239


def test_f7_shift_that_works_on_holidays():
    works = replace(D9, works_on_holidays=True)
    result = day(works, "08:30 17:30", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 540)
    assert five(result) == (0, 0, 0, 0, 0)
    assert not result.exceptions


def test_f8_makeup_workday():
    result = day(
        D9, "08:30 20:00", form("18:00", "20:00"), day_kind=DayKind.MAKEUP_WORKDAY
    )
    assert overtime(result) == (120, 0, 0)
    assert five(result) == (540, 540, 0, 0, 0)


@pytest.mark.parametrize("punches", ["", "10:00"])
def test_g1_rest(punches):
    result = day(OFF, punches)
    assert rows(result) == ["rest"]
    assert result.name is DayName.REST
    assert not result.exceptions


def test_g2_unscheduled():
    result = day(None, "")
    assert rows(result) == ["unscheduled"]
    assert five(result) == (0, 0, 0, 0, 0)


def test_g3_holiday():
    result = day(D9, "", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert rows(result) == ["holiday"]
    assert five(result) == (0, 0, 0, 0, 0)


def test_i1_rows_only_inside_employment():
    hired = Employment(BASE, BASE)
    assert day(D9, "", employment=hired).state is DayState.FINAL
    later = Employment(at("00:00+1").date())
    result = day(D9, "08:30 17:30", employment=later)
    assert result.state is DayState.NOT_EMPLOYED
    assert not result.rows


def test_has_and_span_set():
    result = day(D9, "08:36 17:30")
    assert not result.has(ExceptionKind.MISSING_IN)
    assert result.span_set("late").minutes == 6
    assert result.span_set("worked").minutes == 534
    assert not result.span_set("early")


def test_policy_defaults():
    assert DEFAULTS.late_limit_minutes == DEFAULTS.early_limit_minutes == 30
    assert P0.grace_late_minutes == 5
    assert roster(D9).policy is P0
