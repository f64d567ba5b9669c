"""Rule 11: overtime of three kinds in five modes."""

from dataclasses import replace

import pytest

from chain_attendance_engine import (
    DayKind,
    MissingEnd,
    OvertimeKind,
    OvertimeMode,
    RequestKind,
    RequestState,
)

from .kit import (
    B8,
    BASE,
    D9,
    N8,
    OFF,
    SP,
    by_days,
    claimed,
    day,
    days,
    five,
    form,
    kinds,
    leave,
    outing,
    overtime,
    roster,
    rows,
    shift,
    trip,
    with_policy,
)


def mode(kind, **options):
    return with_policy(overtime_mode=kind, **options)


FORM = mode(OvertimeMode.FORM)
BOTH = mode(OvertimeMode.FORM_PRESENCE)
AUTO = mode(OvertimeMode.AUTOMATIC)
LESSER = mode(OvertimeMode.LESSER)
TRUST = mode(OvertimeMode.TRUST)
EXACT = {"overtime_least_minutes": 0, "overtime_unit_minutes": 1}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [(FORM, 150), (BOTH, 120), (AUTO, 120), (LESSER, 120), (TRUST, 180)],
)
def test_modes_with_a_form_that_reaches_into_the_shift(policy, expected):
    # form 17:00-20:00, net 150; present until 19:35; automatic 17:30-19:35 = 125
    result = day(D9, "08:30 19:35", form("17:00", "20:00"), policy=policy)
    assert overtime(result) == (expected, 0, 0)
    assert claimed(result) == (180, 0, 0)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [(FORM, 120), (BOTH, 0), (AUTO, 0), (LESSER, 0), (TRUST, 120)],
)
def test_modes_without_presence(policy, expected):
    result = day(D9, "", form("18:00", "20:00"), policy=policy)
    assert overtime(result) == (expected, 0, 0)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [(FORM, 0), (BOTH, 0), (AUTO, 150), (LESSER, 0), (TRUST, 0)],
)
def test_modes_without_a_form(policy, expected):
    result = day(D9, "08:30 20:00", policy=policy)
    assert overtime(result) == (expected, 0, 0)


def test_the_lesser_compares_amounts_not_places():
    # form 20:00-22:00 (120), present until 19:30 (automatic 120): no common minute
    result = day(D9, "08:30 19:30", form("20:00", "22:00"), policy=LESSER)
    assert overtime(result) == (120, 0, 0)
    result = day(D9, "08:30 19:00", form("20:00", "22:00"), policy=LESSER)
    assert overtime(result) == (90, 0, 0)


def test_trust_takes_the_figure_as_it_is():
    policy = replace(TRUST, overtime_rest_minutes=60)
    typed = form("18:00", "20:00", typed_minutes=47)
    assert overtime(day(D9, "", typed, policy=policy)) == (47, 0, 0)


def test_claimed_is_typed_else_the_union_of_spans():
    first = form("18:00", "20:00", key=1)
    second = form("19:00", "21:00", key=2)
    assert claimed(day(D9, "", first, second)) == (180, 0, 0)
    typed = form("19:00", "21:00", key=2, typed_minutes=60)
    assert claimed(day(D9, "", first, typed)) == (180, 0, 0)


def test_common_minutes_of_two_forms_count_once():
    first = form("18:00", "20:00", key=1)
    second = form("19:00", "21:00", key=2)
    assert overtime(day(D9, "08:30 21:00", first, second)) == (180, 0, 0)


@pytest.mark.parametrize(
    ("out", "expected"),
    [("17:59", 0), ("18:00", 30), ("18:29", 30), ("18:59", 60), ("19:00", 90)],
)
def test_minimum_and_unit(out, expected):
    assert overtime(day(D9, f"08:30 {out}", policy=AUTO)) == (expected, 0, 0)


@pytest.mark.parametrize(
    ("out", "expected"), [("18:29", 0), ("18:30", 60), ("18:39", 60), ("18:50", 80)]
)
def test_minimum_above_the_unit(out, expected):
    policy = replace(AUTO, overtime_least_minutes=60, overtime_unit_minutes=20)
    assert overtime(day(D9, f"08:30 {out}", policy=policy)) == (expected, 0, 0)


@pytest.mark.parametrize(
    ("out", "expected"), [("19:30", 120), ("19:31", 61), ("20:30", 120)]
)
def test_rest_is_deducted_beyond_its_bound(out, expected):
    policy = replace(
        AUTO, overtime_rest_minutes=60, overtime_rest_after_minutes=120, **EXACT
    )
    assert overtime(day(D9, f"08:30 {out}", policy=policy)) == (expected, 0, 0)


def test_rest_goes_before_minimum_and_unit():
    policy = replace(AUTO, overtime_rest_minutes=20)
    assert overtime(day(D9, "08:30 18:15", policy=policy)) == (0, 0, 0)  # 45 - 20
    assert overtime(day(D9, "08:30 18:40", policy=policy)) == (30, 0, 0)  # 70 - 20


def test_deduction_applies_to_the_days_sum():
    policy = replace(BOTH, overtime_rest_minutes=30)
    before, after = form("06:30", "08:30", key=1), form("17:30", "19:30", key=2)
    result = day(D9, "06:30 19:30", before, after, policy=policy)
    assert overtime(result) == (210, 0, 0)


# automatic


def test_automatic_delay():
    policy = replace(AUTO, overtime_delay_minutes=30, **EXACT)
    assert overtime(day(D9, "08:30 18:45", policy=policy)) == (45, 0, 0)
    assert overtime(day(D9, "08:30 18:00", policy=policy)) == (0, 0, 0)


def test_automatic_before_the_start_only_if_switched_on():
    assert overtime(day(D9, "07:00 17:30", policy=AUTO)) == (0, 0, 0)
    policy = replace(AUTO, overtime_before_start=True)
    assert overtime(day(D9, "07:00 18:00", policy=policy)) == (120, 0, 0)


def test_automatic_never_between_timetables():
    result = day(SP, "10:00 21:30", policy=AUTO)
    assert overtime(result) == (30, 0, 0)


def test_form_may_claim_between_timetables():
    result = day(SP, "10:00 21:00", form("14:00", "17:00"))
    assert overtime(result) == (180, 0, 0)


@pytest.mark.parametrize(
    ("what", "kind", "expected"),
    [
        (OFF, DayKind.WORKDAY, (0, 180, 0)),
        (None, DayKind.WORKDAY, (180, 0, 0)),
        (None, DayKind.PUBLIC_HOLIDAY, (0, 0, 180)),
        (OFF, DayKind.PUBLIC_HOLIDAY, (0, 0, 180)),
        (D9, DayKind.PUBLIC_HOLIDAY, (0, 0, 180)),
        (D9, DayKind.MOVED_REST_DAY, (0, 180, 0)),
        (B8, DayKind.PUBLIC_HOLIDAY, (0, 0, 180)),
    ],
)
def test_automatic_without_segments_is_all_presence_without_delay(what, kind, expected):
    policy = replace(AUTO, overtime_delay_minutes=60, **EXACT)
    result = day(what, "11:00 14:00", policy=policy, day_kind=kind)
    assert overtime(result) == expected


def test_automatic_a_full_day_leave_counts_as_a_working_day():
    policy = replace(AUTO, **EXACT)
    whole = by_days(RequestKind.LEAVE)
    result = day(D9, "17:40 19:00", whole, policy=policy)
    assert overtime(result) == (80, 0, 0)
    policy = replace(policy, overtime_delay_minutes=30)
    assert overtime(day(D9, "17:40 19:00", whole, policy=policy)) == (60, 0, 0)


# what is never overtime


def test_minutes_on_leave_are_never_overtime():
    result = day(D9, "08:30 20:30", form("18:00", "20:30"), leave("17:00", "19:00"))
    assert overtime(result) == (90, 0, 0)
    result = day(D9, "08:30 20:30", leave("17:00", "19:00"), policy=AUTO)
    assert overtime(result) == (90, 0, 0)


def test_leave_that_counts_as_worked_is_never_overtime_too():
    paid = leave("17:00", "19:00", counts_as_worked=True)
    assert overtime(day(D9, "08:30 20:30", form("18:00", "20:30"), paid)) == (90, 0, 0)


def test_minutes_of_a_neighbours_segments_are_never_overtime():
    late = form("04:00", "08:30", work_date=BASE)
    result = day(OFF, "04:00 08:30", late, policy=FORM, yesterday=N8)
    assert overtime(result) == (0, 150, 0)
    result = day(OFF, "", form("20:00", "23:00"), policy=FORM, tomorrow=D9)
    assert overtime(result) == (0, 180, 0)
    early = shift("00:00-08:00")
    result = day(OFF, "", form("22:00", "02:00+1"), policy=FORM, tomorrow=early)
    assert overtime(result) == (0, 120, 0)


def test_a_neighbours_break_can_be_claimed():
    broken = shift("22:00-06:00")
    result = day(OFF, "", form("05:00", "08:00"), policy=FORM, yesterday=broken)
    assert overtime(result) == (0, 120, 0)


def test_a_neighbours_removed_segments_do_not_bar():
    holiday = roster(N8, -1, day_kind=DayKind.PUBLIC_HOLIDAY)
    result = day(OFF, "", form("05:00", "08:00"), policy=FORM, yesterday=holiday)
    assert overtime(result) == (0, 180, 0)


def test_the_shift_before_leave_is_cut_is_outside():
    # leave 13:00-17:30: the form 17:00-19:00 still is net of the shift
    result = day(D9, "08:30 19:00", form("17:00", "19:00"), leave("13:00", "17:30"))
    assert overtime(result) == (90, 0, 0)


def test_evening_overtime_by_form_on_a_full_day_of_leave():
    whole = by_days(RequestKind.LEAVE)
    result = day(D9, "17:50 20:05", form("18:00", "20:00"), whole)
    assert overtime(result) == (120, 0, 0)
    assert not result.exceptions
    # a punch within the shift's hours creates nothing
    result = day(D9, "09:00 17:50 20:05", form("18:00", "20:00"), whole)
    assert overtime(result) == (120, 0, 0)
    assert kinds(result) == ["present_on_leave"]
    result = day(D9, "09:00 20:05", form("18:00", "20:00"), whole)
    assert overtime(result) == (0, 0, 0)
    assert kinds(result) == ["missing_in", "present_on_leave"]


# presence by covers


def test_outing_and_trip_by_hours_are_presence():
    result = day(D9, "08:30 17:30", form("18:00", "20:00"), outing("17:30", "20:00"))
    assert overtime(result) == (120, 0, 0)
    result = day(OFF, "", form("09:00", "12:00"), trip("08:00", "18:00"))
    assert overtime(result) == (0, 180, 0)
    assert not result.exceptions


def test_an_outing_is_overtime_of_its_own_date_only():
    found = days([D9, D9, OFF], "", outing("18:00", "20:00"), policy=AUTO)
    assert [overtime(found[n]) for n in range(3)] == [(120, 0, 0), (0,) * 3, (0,) * 3]
    single = day(D9, "", outing("18:00+1", "20:00+1"), policy=AUTO)
    assert overtime(single) == (0, 0, 0)


def test_a_trip_by_days_is_no_presence():
    result = day(D9, "", form("18:00", "20:00"), by_days(RequestKind.TRIP))
    assert overtime(result) == (0, 0, 0)


# the date and its kind


def test_kind_follows_the_work_date():
    wrong = form("18:00", "20:00", claimed_kind=OvertimeKind.REST_DAY)
    result = day(D9, "08:30 20:00", wrong)
    assert overtime(result) == (120, 0, 0)
    assert kinds(result) == ["overtime_kind_differs"]
    right = form("18:00", "20:00", claimed_kind=OvertimeKind.WORKDAY)
    assert not day(D9, "08:30 20:00", right).exceptions


def test_a_form_over_midnight_before_a_holiday_keeps_its_kind():
    plan = [shift("14:00-23:00"), roster(OFF, 1, day_kind=DayKind.PUBLIC_HOLIDAY)]
    found = days(plan, "13:55 01:35+1", form("23:00", "01:30+1"))
    assert overtime(found[0]) == (150, 0, 0)
    assert overtime(found[1]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (("17:30", "20:00"), 0),  # adjoins the shift of the date
        (("23:00", "01:30+1"), 0),  # touches none: the date it starts
        (("06:00+1", "08:30+1"), 1),  # adjoins the next day's shift
        (("02:00+1", "04:00+1"), 1),
        (("17:00", "09:00+1"), 0),  # touches two: the earlier
    ],
)
def test_proposed_work_date(span, expected):
    plan = [D9, D9]
    proposed = form(*span, work_date=None)
    found = days(plan, "", proposed, policy=FORM)
    assert [sum(claimed(found[n])) > 0 for n in (0, 1)] == [
        expected == 0,
        expected == 1,
    ]
    single = day(D9, "", proposed, policy=FORM, yesterday=D9, tomorrow=D9)
    assert (sum(claimed(single)) > 0) is (expected == 0)


def test_proposed_date_after_a_night_is_the_nights():
    found = days([N8, OFF], "", form("06:00+1", "08:00+1", work_date=None), policy=FORM)
    assert overtime(found[0]) == (120, 0, 0)
    assert overtime(found[1]) == (0, 0, 0)


# holidays


def test_works_on_holidays_needs_no_form_and_has_no_gaps():
    works = replace(B8, works_on_holidays=True)
    result = day(works, "09:20 17:00", day_kind=DayKind.PUBLIC_HOLIDAY)
    # 9:20-12:00 and 13:00-17:00 are 400, in units of 30: 390
    assert overtime(result) == (0, 0, 390)
    assert five(result) == (0, 0, 0, 0, 0)
    assert not result.exceptions


@pytest.mark.parametrize("policy", [FORM, BOTH, AUTO, LESSER, TRUST])
def test_works_on_holidays_in_every_mode(policy):
    works = replace(D9, works_on_holidays=True)
    result = day(works, "08:30 17:30", policy=policy, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 540)


def test_works_on_holidays_with_a_form_beyond():
    works = replace(D9, works_on_holidays=True)
    evening = form("17:30", "19:30")
    result = day(
        works, "08:30 19:30", evening, day_kind=DayKind.PUBLIC_HOLIDAY, policy=BOTH
    )
    assert overtime(result) == (0, 0, 660)
    for policy in (FORM, AUTO, LESSER, TRUST):
        result = day(
            works,
            "08:30 19:30",
            evening,
            day_kind=DayKind.PUBLIC_HOLIDAY,
            policy=policy,
        )
        assert overtime(result) == (0, 0, 660)


def test_works_on_holidays_presence_beyond_needs_the_form():
    works = replace(D9, works_on_holidays=True)
    result = day(works, "08:30 19:30", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 540)


def test_works_on_a_moved_rest_day_is_rest_day_overtime():
    works = replace(D9, works_on_holidays=True)
    result = day(works, "08:30 17:30", day_kind=DayKind.MOVED_REST_DAY)
    assert overtime(result) == (0, 540, 0)


def test_works_on_holidays_single_punch():
    works = replace(D9, works_on_holidays=True)
    policy = with_policy(missing_out=MissingEnd.NOMINAL)
    result = day(works, "08:30", policy=policy, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert kinds(result) == ["missing_out"]
    assert overtime(result) == (0, 0, 0)


def test_works_on_holidays_on_leave():
    works = replace(D9, works_on_holidays=True)
    off = leave("13:00", "17:30")
    result = day(works, "08:30 17:30", off, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 270)
    whole = by_days(RequestKind.LEAVE)
    result = day(works, "08:30 17:30", whole, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert overtime(result) == (0, 0, 0)


def test_a_holiday_may_stay_due():
    works = replace(D9, works_on_holidays=True)
    policy = with_policy(holiday_stays_due=True)
    result = day(works, "08:36 17:30", policy=policy, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert five(result) == (540, 534, 6, 0, 0)
    assert overtime(result) == (0, 0, 0)
    # a shift that does not work on holidays loses its segments all the same
    result = day(D9, "08:36 17:30", policy=policy, day_kind=DayKind.PUBLIC_HOLIDAY)
    assert five(result) == (0, 0, 0, 0, 0)


def test_evening_overtime_of_a_holiday_that_stays_due_is_holiday_overtime():
    works = replace(D9, works_on_holidays=True)
    policy = with_policy(holiday_stays_due=True)
    result = day(
        works,
        "08:30 20:00",
        form("18:00", "20:00"),
        policy=policy,
        day_kind=DayKind.PUBLIC_HOLIDAY,
    )
    assert overtime(result) == (0, 0, 120)


# unapproved work


@pytest.mark.parametrize("policy", [FORM, BOTH, LESSER, TRUST])
def test_unapproved_work_where_a_form_is_needed(policy):
    assert kinds(day(OFF, "09:00 17:00", policy=policy)) == ["unapproved_work"]
    assert kinds(day(OFF, "09:00", policy=policy)) == []
    asked = form("09:00", "17:00")
    assert kinds(day(OFF, "09:00 17:00", asked, policy=policy)) == []


def test_unapproved_counts_events_not_punches():
    assert kinds(day(OFF, "09:00:00 09:00:30")) == []


def test_unapproved_work_on_a_holiday():
    result = day(D9, "09:00 17:00", day_kind=DayKind.PUBLIC_HOLIDAY)
    assert kinds(result) == ["unapproved_work"]


def test_unapproved_work_on_workdays_only_if_the_policy_asks():
    assert kinds(day(D9, "08:30 19:00")) == []
    policy = with_policy(flags_unapproved_workday=True)
    assert kinds(day(D9, "08:30 19:00", policy=policy)) == ["unapproved_work"]
    assert kinds(day(D9, "08:30 17:59", policy=policy)) == []  # below the minimum
    asked = form("17:30", "19:00")
    assert kinds(day(D9, "08:30 19:00", asked, policy=policy)) == []


def test_requests_not_in_force_do_not_count():
    refused = form("18:00", "20:00", state=RequestState.REFUSED)
    result = day(D9, "08:30 20:00", refused)
    assert claimed(result) == overtime(result) == (0, 0, 0)


def test_rows_of_a_day_with_overtime():
    result = day(D9, "08:30 20:30", form("17:00", "20:30"))
    assert rows(result) == ["shift 08:30-17:30", "overtime 17:00-20:30"]
    row = result.rows[1]
    assert (row.minutes, row.claimed_minutes) == (180, 210)
    assert row.overtime_kind is OvertimeKind.WORKDAY
