"""Small cases at the edges: overtime, days together and recognition."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from chain_attendance_engine import (
    DayKind,
    EmployeeInput,
    OvertimeMode,
    Policy,
    PunchMode,
    RequestKind,
    RosterDay,
    Rounding,
    Shift,
    WatchKind,
    WatchLimits,
    evaluate_days,
    format_minutes,
    propose_work_date,
    sum_days,
    watch_days,
)

from .kit import (
    BASE,
    D9,
    N8,
    OFF,
    P0,
    ZONE,
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
    outing,
    overtime,
    punches,
    roster,
    shift,
    table,
    with_policy,
)

TABLES = with_policy(punch_mode=PunchMode.PER_TIMETABLE, duplicate_seconds=30)
AUTO = with_policy(
    overtime_mode=OvertimeMode.AUTOMATIC,
    overtime_least_minutes=0,
    overtime_unit_minutes=1,
)
LEAVE, TRIP = RequestKind.LEAVE, RequestKind.TRIP


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
