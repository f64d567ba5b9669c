"""Rules 1, 2 and 13: employment, names of rows, days in progress and ahead, DST."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from chain_attendance_engine import (
    DayInput,
    DayKind,
    DayName,
    DayState,
    DueMeasure,
    Employment,
    OvertimeMode,
    RequestKind,
    RosterDay,
    evaluate_day,
)

from .kit import (
    B8,
    BASE,
    D9,
    FX,
    N8,
    OFF,
    P0,
    SP,
    at,
    by_days,
    claimed,
    day,
    days,
    five,
    form,
    kinds,
    leave,
    marks,
    overtime,
    punches,
    rows,
    shift,
    with_policy,
)

HOLIDAY, MOVED = DayKind.PUBLIC_HOLIDAY, DayKind.MOVED_REST_DAY


@pytest.mark.parametrize(
    ("what", "kind", "name", "row"),
    [
        (D9, DayKind.WORKDAY, DayName.WORK, "shift 08:30-17:30"),
        (D9, DayKind.MAKEUP_WORKDAY, DayName.WORK, "shift 08:30-17:30"),
        (D9, HOLIDAY, DayName.HOLIDAY, "holiday"),
        (OFF, HOLIDAY, DayName.HOLIDAY, "holiday"),
        (None, HOLIDAY, DayName.HOLIDAY, "holiday"),
        (D9, MOVED, DayName.REST, "rest"),
        (OFF, DayKind.WORKDAY, DayName.REST, "rest"),
        (OFF, DayKind.REST_DAY, DayName.REST, "rest"),
        (OFF, DayKind.MAKEUP_WORKDAY, DayName.REST, "rest"),
        (None, DayKind.WORKDAY, DayName.UNSCHEDULED, "unscheduled"),
        (None, DayKind.REST_DAY, DayName.UNSCHEDULED, "unscheduled"),
    ],
)
def test_names(what, kind, name, row):
    result = day(what, "", day_kind=kind)
    assert result.name is name
    assert rows(result) == [row]
    assert five(result)[0] == (540 if name is DayName.WORK else 0)


@pytest.mark.parametrize(
    ("what", "kind", "column"),
    [
        (D9, DayKind.WORKDAY, 0),
        (D9, DayKind.MAKEUP_WORKDAY, 0),
        (D9, DayKind.REST_DAY, 1),
        (D9, HOLIDAY, 2),
        (D9, MOVED, 1),
        (OFF, DayKind.WORKDAY, 1),
        (OFF, DayKind.MAKEUP_WORKDAY, 1),
        (OFF, HOLIDAY, 2),
        (None, DayKind.WORKDAY, 0),
        (None, HOLIDAY, 2),
        (None, MOVED, 1),
    ],
)
def test_kind_of_overtime(what, kind, column):
    result = day(what, "17:50 20:10", form("18:00", "20:00"), day_kind=kind)
    expected = [0, 0, 0]
    expected[column] = 120
    assert overtime(result) == tuple(expected)


def test_rest_day_on_which_work_was_recognised_has_no_rest_row():
    result = day(OFF, "08:25 17:05", form("08:30", "17:00"))
    assert rows(result) == ["overtime 08:30-17:00"]
    assert result.name is DayName.REST


def test_unscheduled_work():
    assert kinds(day(None, "10:00")) == ["unscheduled_work"]
    result = day(None, "10:00 12:00")
    assert kinds(result) == ["unapproved_work", "unscheduled_work"]
    automatic = with_policy(overtime_mode=OvertimeMode.AUTOMATIC)
    result = day(None, "10:00 12:00", policy=automatic)
    assert kinds(result) == ["unscheduled_work"]
    assert overtime(result) == (120, 0, 0)
    assert five(day(None, "10:00"))[4] == 0


# employment


@pytest.mark.parametrize(
    ("first", "last", "listed"),
    [(0, 0, True), (1, None, False), (None, -1, False), (None, 0, True)],
)
def test_employment(first, last, listed):
    bounds = [None if n is None else date.fromordinal(BASE.toordinal() + n)
              for n in (first, last)]  # fmt: skip
    result = day(D9, "08:30 17:30", employment=Employment(*bounds))
    assert (result.state is DayState.FINAL) is listed
    assert bool(result.rows) is listed
    if not listed:
        assert result.state is DayState.NOT_EMPLOYED
        assert five(result) == (0, 0, 0, 0, 0)


def test_the_last_night_belongs_whole_to_the_last_date():
    found = days([N8, N8], "21:55 06:02+1", employment=Employment(None, BASE))
    assert five(found[0]) == (480, 480, 0, 0, 0)
    assert found[1].state is DayState.NOT_EMPLOYED


# in progress and ahead


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("23:59-1", DayState.AHEAD),
        ("00:00", DayState.IN_PROGRESS),
        ("12:00", DayState.IN_PROGRESS),
        ("21:30:59", DayState.IN_PROGRESS),  # the window to 21:30 is still open
        ("21:31", DayState.FINAL),
    ],
)
def test_in_progress_while_the_window_is_open(now, state):
    result = day(D9, "08:36", now=now)
    assert result.state is state
    if state is DayState.IN_PROGRESS:
        assert five(result) == (540, None, None, None, None)
        assert rows(result) == ["shift 08:30-17:30"]
        assert not result.exceptions
        assert marks(result) == {0: "in_progress"}
    if state is DayState.AHEAD:
        assert not result.rows


def test_in_progress_of_a_night_ends_the_next_day():
    assert day(N8, "21:55", now="10:00+1").state is DayState.IN_PROGRESS
    assert day(N8, "21:55", now="10:01+1").state is DayState.FINAL


def test_in_progress_with_leave_and_forms():
    result = day(
        B8, "09:00", leave("14:00", "16:00"), form("18:00", "20:00"), now="10:00"
    )
    assert five(result) == (360, None, None, None, None)
    assert rows(result) == [
        "shift 09:00-14:00",
        "leave 14:00-16:00",
        "shift 16:00-18:00",
    ]
    assert claimed(result) == (120, 0, 0)
    assert overtime(result) == (0, 0, 0)


def test_in_progress_of_other_days():
    result = day(OFF, "10:00 11:00", now="12:00")
    assert result.state is DayState.IN_PROGRESS
    assert not result.exceptions
    result = day(FX, "10:00", leave("10:00", "12:00"), now="12:00")
    assert five(result) == (360, None, None, None, None)
    result = day(FX, "10:00", by_days(RequestKind.LEAVE), now="12:00")
    assert five(result)[0] == 0
    assert result.totals.leave_days == 1


def test_in_progress_is_cut_with_the_window():
    result = day(N8, "21:55 06:01+1", tomorrow=D9, now="07:16+1")
    assert result.state is DayState.FINAL


def test_in_progress_comes_before_undecided():
    one, two = shift("08:00-16:00", key=1), shift("10:00-18:00", key=2)
    result = day(None, "09:00", candidates=(one, two), now="09:30")
    assert result.state is DayState.IN_PROGRESS
    assert not result.exceptions


# the wall clock

NEW_YORK = ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2024, 3, 10), date(2024, 11, 3)


def dst(work_date, what, text, policy=P0, requests=(), **options):
    today = RosterDay(work_date, NEW_YORK, policy, what, **options)
    made = punches(text, work_date, NEW_YORK)
    return evaluate_day(DayInput(today, punches=made, requests=requests))


NOMINAL = replace(P0, due_measure=DueMeasure.NOMINAL)


@pytest.mark.parametrize(
    ("work_date", "elapsed"), [(date(2024, 3, 9), 420), (date(2024, 11, 2), 540)]
)
def test_due_over_a_clock_change(work_date, elapsed):
    result = dst(work_date, N8, "21:55 06:02+1")
    assert five(result) == (elapsed, elapsed, 0, 0, 0)
    result = dst(work_date, N8, "21:55 06:02+1", NOMINAL)
    assert five(result) == (480, 480, 0, 0, 0)
    assert five(dst(work_date, N8, "", NOMINAL)) == (480, 0, 0, 0, 480)


def test_nominal_late_over_a_clock_change():
    result = dst(date(2024, 3, 9), N8, "22:10 06:00+1", NOMINAL)
    assert five(result) == (480, 470, 10, 0, 0)
    # 04:00 on the wall clock is two hours before the end, on both measures
    result = dst(date(2024, 3, 9), N8, "22:00 04:00+1", NOMINAL)
    assert five(result) == (480, 360, 0, 0, 120)
    result = dst(date(2024, 3, 9), N8, "22:00 04:00+1")
    assert five(result) == (420, 300, 0, 0, 120)


def test_nominal_without_a_change_is_elapsed():
    assert five(day(N8, "22:10 06:00+1", policy=NOMINAL)) == (480, 470, 10, 0, 0)


def test_a_missing_wall_time_moves_forward_by_the_gap():
    # 02:30 does not exist on 10 March: the shift starts 03:30 and has 5 h
    result = dst(SPRING, shift("02:30-08:30"), "03:30 08:30")
    assert five(result) == (300, 300, 0, 0, 0)


def test_a_repeated_wall_time_means_its_first_occurrence():
    # 01:30 exists twice on 3 November; due is 7 h
    result = dst(AUTUMN, shift("01:30-07:30"), "")
    assert five(result)[0] == 420
    assert result.rows[0].span.start_at.hour == 5  # 01:30 at UTC-4


def test_the_calendar_day_has_23_to_25_hours():
    today = RosterDay(AUTUMN, NEW_YORK, P0, is_rest=True)
    assert evaluate_day(DayInput(today)).window.minutes == 25 * 60
    today = RosterDay(SPRING, NEW_YORK, P0, is_rest=True)
    assert evaluate_day(DayInput(today)).window.minutes == 23 * 60


def test_split_nights_roll_over_midnight():
    split = shift("20:00-00:00", "02:00-06:00")
    result = day(split, "19:55 06:05+1")
    assert five(result) == (480, 480, 0, 0, 0)
    assert result.rows[0].span.stop_at == at("00:00+1")


def test_zone_of_the_store_on_that_date():
    here = RosterDay(BASE, ZoneInfo("Asia/Tokyo"), P0, D9)
    result = evaluate_day(DayInput(here, punches=punches("07:30 16:30")))
    assert five(result) == (540, 540, 0, 0, 0)


def test_sp_rows_are_judged_apart():
    result = day(SP, "10:10 20:50")
    assert [row.late_minutes for row in result.rows] == [10, 0]
    assert [row.early_minutes for row in result.rows] == [0, 10]
