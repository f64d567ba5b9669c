"""Rule 12: leave and trips, by days and by hours; what is charged and flagged."""

from dataclasses import replace

import pytest

from chain_attendance_engine import DayKind, RequestKind, RequestState

from .kit import (
    B8,
    D9,
    N8,
    OFF,
    by_days,
    day,
    days,
    five,
    kinds,
    leave,
    marks,
    overtime,
    rows,
    with_policy,
)

LEAVE, TRIP = RequestKind.LEAVE, RequestKind.TRIP


def charges(result):
    return {charge.key: (charge.minutes, charge.days) for charge in result.charges}


def test_by_days_takes_the_whole_shift_over_midnight():
    found = days([N8, N8, N8], "", by_days(LEAVE, 1))
    assert [five(found[n])[0] for n in range(3)] == [480, 0, 480]
    assert charges(found[1]) == {"leave by days": (480, 1)}


def test_by_hours_covers_by_instants():
    # 20:00 to 08:00 of two nights takes both shifts' minutes inside
    found = days([N8, N8], "", leave("20:00", "02:00+1", key="x"))
    assert (five(found[0])[0], five(found[1])[0]) == (240, 480)
    found = days([N8, N8], "", leave("02:00+1", "23:00+1", key="x"))
    assert charges(found[0]) == {"x": (240, 0)}
    assert charges(found[1]) == {"x": (60, 0)}


def test_a_full_day_takes_the_days_scheduled_minutes():
    assert charges(day(B8, "", by_days(LEAVE))) == {"leave by days": (480, 1)}


@pytest.mark.parametrize(
    "options",
    [
        {"what": OFF},
        {"what": D9, "day_kind": DayKind.PUBLIC_HOLIDAY},
        {"what": D9, "day_kind": DayKind.MOVED_REST_DAY},
        {"what": None},
    ],
)
def test_not_charged_without_segments_unless_calendar_days_count(options):
    options = dict(options)
    what = options.pop("what")
    assert charges(day(what, "", by_days(LEAVE), **options)) == {}
    counting = by_days(LEAVE, key="sick", counts_calendar_days=True)
    result = day(what, "", counting, **options)
    assert charges(result) == {"sick": (0, 1)}
    assert result.totals.leave_days == 1
    assert rows(result)[1:] == ["leave"]


def test_of_two_leaves_the_earlier_filed_keeps_the_common_minutes():
    one = leave("09:00", "12:00", key="one", filed=2)
    two = leave("11:00", "14:00", key="two", filed=1)
    expected = {"one": (120, 0), "two": (180, 0)}
    assert charges(day(D9, "", one, two)) == expected
    assert charges(day(D9, "", two, one)) == expected


def test_equally_filed_the_order_given():
    one = leave("09:00", "12:00", key="one")
    two = leave("11:00", "14:00", key="two")
    assert charges(day(D9, "", one, two)) == {"one": (180, 0), "two": (120, 0)}


def test_two_leaves_by_days_charge_one_day():
    one, two = by_days(LEAVE, key="one", filed=1), by_days(LEAVE, key="two", filed=2)
    assert charges(day(D9, "", two, one)) == {"one": (540, 1)}


def test_hours_before_days():
    hours = leave("08:30", "12:00", key="hours", filed=1)
    whole = by_days(LEAVE, key="days", filed=2)
    assert charges(day(D9, "", hours, whole)) == {"hours": (210, 0), "days": (330, 1)}


def test_leave_that_counts_as_worked_covers_like_a_trip():
    paid = by_days(LEAVE, key="paid", counts_as_worked=True)
    result = day(D9, "", paid)
    assert five(result) == (540, 540, 0, 0, 0)
    assert charges(result) == {"paid": (540, 1)}
    assert not result.exceptions
    hours = leave("08:30", "12:00", key="h", counts_as_worked=True)
    result = day(D9, "17:30", hours)
    assert five(result) == (540, 540, 0, 0, 0)
    assert charges(result) == {"h": (210, 0)}
    assert result.totals.leave_minutes == 210


def test_a_trip_is_charged_by_roster():
    found = days([D9, OFF, D9], "", by_days(TRIP, 0, 2))
    assert [found[n].totals.trip_days for n in range(3)] == [1, 0, 1]
    counting = by_days(TRIP, 0, 2, counts_calendar_days=True)
    found = days([D9, OFF, D9], "", counting)
    assert [found[n].totals.trip_days for n in range(3)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("request_", "flagged"),
    [
        (leave("13:00", "17:00", typed_minutes=240), False),
        (leave("13:00", "17:00", typed_minutes=180), True),
        (leave("17:00", "19:00", typed_minutes=120), True),  # 30 are cut
        (leave("18:00", "19:00", typed_minutes=60), True),  # nothing is cut
        (leave("08:30", "13:00", typed_days=0.5), False),  # half of 540
        (leave("08:30", "12:00", typed_days=0.5), True),
        (by_days(LEAVE, typed_days=1), False),
        (by_days(LEAVE, typed_days=0.5), True),
        (by_days(LEAVE, typed_minutes=540), False),
        (leave("13:00", "17:00"), False),
    ],
)
def test_a_typed_amount_that_differs_is_flagged(request_, flagged):
    result = day(D9, "08:30 17:30", request_)
    assert ("leave_amount_differs" in kinds(result)) is flagged


def test_the_column_carries_the_minutes_cut_not_the_typed():
    result = day(D9, "08:30 17:30", leave("13:00", "17:00", typed_minutes=180))
    assert result.totals.leave_minutes == 240
    figures = dict(result.exceptions[-1].figures)
    assert (figures["unit"], figures["typed"], figures["taken"]) == (
        "minutes",
        180,
        240,
    )


def test_a_leave_over_several_dates_is_not_flagged_day_by_day():
    long = leave("13:00", "13:00+1", typed_minutes=999)
    found = days([D9, D9], "08:30 13:00 13:00+1 17:30+1", long)
    assert kinds(found[0]) == kinds(found[1]) == []


@pytest.mark.parametrize(
    ("punch", "expected"),
    [
        ("08:29", []),
        ("08:30", ["present_on_leave"]),
        ("17:29:59", ["present_on_leave"]),
        ("17:30", []),
    ],
)
def test_present_within_the_shifts_hours(punch, expected):
    assert kinds(day(D9, punch, by_days(LEAVE))) == expected


def test_present_on_leave_marks_the_punches():
    result = day(D9, "08:35 17:35", by_days(LEAVE))
    assert marks(result) == {0: "on_leave", 1: "no_segment"}
    assert kinds(result) == ["present_on_leave"]


def test_two_events_after_the_hours_on_leave_are_unapproved_work():
    result = day(D9, "18:00 20:00", by_days(LEAVE))
    assert kinds(result) == ["unapproved_work"]


def test_leave_by_hours_over_the_whole_shift_is_a_full_day():
    result = day(D9, "09:00 12:00", leave("08:00", "18:00"))
    assert kinds(result) == ["present_on_leave"]
    assert five(result) == (0, 0, 0, 0, 0)


def test_no_flag_on_a_partial_leave():
    result = day(D9, "08:30 15:00 17:30", leave("13:00", "17:00"))
    assert kinds(result) == []


def test_present_in_the_gap_of_a_split_shift_is_not_within_its_hours():
    from .kit import SP

    result = day(SP, "15:00", by_days(LEAVE))
    assert kinds(result) == []


@pytest.mark.parametrize(
    ("state", "needs", "counts"),
    [
        (RequestState.DRAFT, False, False),
        (RequestState.SUBMITTED, False, True),
        (RequestState.SUBMITTED, True, False),
        (RequestState.APPROVED, False, True),
        (RequestState.APPROVED, True, True),
        (RequestState.REFUSED, False, False),
        (RequestState.CANCELLED, False, False),
    ],
)
def test_what_counts(state, needs, counts):
    whole = by_days(LEAVE, state=state, needs_approval=needs)
    assert (five(day(D9, "", whole))[0] == 0) is counts


def test_leave_on_a_holiday_cuts_nothing():
    result = day(D9, "", leave("13:00", "17:00"), day_kind=DayKind.PUBLIC_HOLIDAY)
    assert charges(result) == {}
    assert rows(result) == ["holiday"]


def test_charges_of_a_holiday_that_stays_due():
    works = replace(D9, works_on_holidays=True)
    policy = with_policy(holiday_stays_due=True)
    result = day(
        works, "", by_days(LEAVE), policy=policy, day_kind=DayKind.PUBLIC_HOLIDAY
    )
    assert charges(result) == {"leave by days": (540, 1)}
    assert overtime(result) == (0, 0, 0)
