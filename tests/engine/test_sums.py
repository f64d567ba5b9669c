"""Month sums, the manual's figures, watches, what-if, adjustments, fingerprints."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from chain_attendance_engine import (
    DayKind,
    DayState,
    EmployeeInput,
    Employment,
    LeaveSum,
    OvertimeMode,
    Period,
    PeriodError,
    PunchMode,
    RequestKind,
    RequestState,
    Totals,
    WatchKind,
    WatchLimits,
    adjust,
    adjusted,
    adjustment_period,
    check_closable,
    evaluate_day,
    fingerprint,
    format_leave,
    format_minutes,
    subtract_totals,
    sum_days,
    watch_days,
    what_if,
)

from .kit import (
    BASE,
    D9,
    N8,
    OFF,
    P0,
    by_days,
    day,
    days,
    five,
    form,
    given,
    leave,
    outing,
    punches,
    roster,
    shift,
    with_policy,
)

AUTO = with_policy(overtime_mode=OvertimeMode.AUTOMATIC)


# display


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0h"),
        (1, "1m"),
        (18, "18m"),
        (29, "29m"),
        (30, "0.5h"),
        (32, "0.53h"),
        (40, "0.67h"),
        (60, "1h"),
        (498, "8.3h"),
        (500, "8.33h"),
        (508, "8.47h"),
        (522, "8.7h"),
        (534, "8.9h"),
        (540, "9h"),
        (600, "10h"),
        (6000, "100h"),
        (7167, "119.45h"),
        (61, "1.02h"),
        (-18, "-18m"),
        (-540, "-9h"),
        (None, ""),
    ],
)
def test_minutes_as_printed(minutes, text):
    assert format_minutes(minutes) == text


def test_zero_of_late_early_and_absent_is_blank():
    assert format_minutes(0, blank_zero=True) == ""
    assert format_minutes(18, blank_zero=True) == "18m"


@pytest.mark.parametrize(
    ("days_", "minutes", "text"),
    [
        (0, 0, "0h"),
        (1, 0, "1d"),
        (0, 240, "4h"),
        (1, 240, "1d 4h"),
        (0.5, 0, "0.5d"),
        (2, 18, "2d 18m"),
    ],
)
def test_leave_as_printed(days_, minutes, text):
    assert format_leave(days_, minutes) == text


def test_j2_sums_are_of_minutes():
    plan = [D9, D9, D9]
    text = "08:50 17:30 08:50+1 17:30+1 08:50+2 17:30+2"
    total = sum_days(days(plan, text).values())
    assert total.totals.late_minutes == 60
    assert format_minutes(total.totals.late_minutes) == "1h"


def test_month_of_the_manuals_employee():
    """Figure 44's days, summed by its own minutes."""
    text = (
        "08:30 17:12 09:02+1 17:30+1 08:36+2 17:30+2 08:30+3 16:50+3 "
        "08:25+4 17:05+4 08:30+8 13:00+8 08:30+9 20:40+9"
    )
    plan = [D9, D9, D9, D9, OFF, OFF, D9, D9, D9, D9, D9]
    policy = with_policy(early_limit_minutes=60)
    base = roster(D9).date
    requests = (
        form("08:30+4", "17:00+4", work_date=base + timedelta(days=4)),
        by_days(RequestKind.LEAVE, 7, type_key="personal"),
        leave("13:00+8", "17:00+8", type_key="personal"),
        form("17:00+9", "20:30+9", work_date=base + timedelta(days=9)),
    )
    found = days(plan, text, *requests, policy=policy)
    total = sum_days(found.values())
    assert five(total) == (4080, 2874, 6, 58, 1142)
    assert total.leave_of("personal") == LeaveSum(1, 240, 780)
    assert total.totals.overtime_workday_minutes == 180
    assert total.totals.claimed_workday_minutes == 210
    assert total.totals.overtime_rest_day_minutes == 510
    assert (total.days, total.work_days, total.late_days) == (11, 9, 1)
    assert (total.early_days, total.absent_days, total.present_days) == (2, 4, 6)
    assert total.leave_of("sick") == LeaveSum()


def test_days_in_progress_are_left_out():
    done = day(D9, "08:36 17:30")
    running = day(D9, "08:36", now="12:00")
    ahead = day(D9, "", now="12:00-1")
    total = sum_days([done, running, ahead])
    assert five(total) == five(done)
    assert (total.days, total.days_in_progress) == (1, 1)


# watches


def kinds_of(found):
    return [(watch.kind, watch.found) for watch in found]


def test_c7a_rest_between_shifts():
    found = days([N8, D9], "22:00 06:10+1 08:20+1 17:35+1")
    watches = watch_days(found.values())
    assert kinds_of(watches) == [(WatchKind.REST_BETWEEN_SHIFTS, 150)]
    assert watches[0].limit == 660
    assert watches[0].since == BASE
    assert watches[0].day == BASE + timedelta(days=1)


@pytest.mark.parametrize(("start", "raised"), [("04:30", False), ("04:29", True)])
def test_rest_exactly_at_the_bound(start, raised):
    found = days([D9, shift(f"{start}-12:00")])
    assert bool(watch_days(found.values())) is raised


def test_rest_is_not_asked_of_days_without_due():
    found = days([N8, roster(D9, 1, day_kind=DayKind.PUBLIC_HOLIDAY)])
    assert not watch_days(found.values())
    found = days([N8, OFF, D9])
    assert not watch_days(found.values())


def test_consecutive_days():
    text = " ".join(f"08:30+{n} 17:30+{n}" for n in range(9))
    found = days([D9] * 9, text)
    watches = watch_days(found.values())
    assert kinds_of(watches) == [(WatchKind.CONSECUTIVE_DAYS, n) for n in (7, 8, 9)]
    assert watches[0].since == BASE
    text = " ".join(f"08:30+{n} 17:30+{n}" for n in range(9) if n != 4)
    assert not watch_days(days([D9] * 9, text).values())


def test_overtime_on_a_rest_day_is_a_day_of_the_row():
    text = " ".join(f"08:30+{n} 17:30+{n}" for n in range(7))
    found = days([D9] * 6 + [OFF], text, policy=AUTO)
    limits = WatchLimits(overtime_day_minutes=None)
    assert kinds_of(watch_days(found.values(), limits)) == [
        (WatchKind.CONSECUTIVE_DAYS, 7)
    ]


def test_overtime_of_a_day_and_of_a_month():
    text = " ".join(f"08:30+{n} 21:30+{n}" for n in range(10))
    found = days([D9] * 10, text, policy=AUTO)
    limits = WatchLimits(consecutive_days=None)
    watches = watch_days(found.values(), limits)
    assert kinds_of(watches).count((WatchKind.OVERTIME_DAY, 240)) == 10
    month = [w for w in watches if w.kind is WatchKind.OVERTIME_MONTH]
    # nine days are 36 h, exactly the cap; the tenth passes it, once
    assert [(w.found, w.day.day, w.since) for w in month] == [
        (2400, 18, date(2014, 7, 1))
    ]


def test_overtime_of_a_month_begins_anew():
    text = " ".join(f"08:30+{n} 21:30+{n}" for n in range(18, 28))
    found = days([D9] * 28, text, policy=AUTO, dates=range(18, 28))
    limits = WatchLimits(None, None, None, 19 * 60)
    watches = watch_days(found.values(), limits)
    assert kinds_of(watches) == [
        (WatchKind.OVERTIME_MONTH, 1200),
        (WatchKind.OVERTIME_MONTH, 1200),
    ]


def test_watches_can_be_switched_off():
    off = WatchLimits(None, None, None, None)
    text = " ".join(f"08:30+{n} 21:30+{n}" for n in range(9))
    assert not watch_days(days([D9] * 9, text, policy=AUTO).values(), off)


# what if


def test_what_if_under_another_policy():
    source = EmployeeInput(
        {roster(D9, n).date: roster(D9, n) for n in range(3)},
        punches("08:36 17:30 08:30+1 17:30+1 08:40+2 17:00+2"),
    )
    strict = with_policy(late_limit_minutes=5)
    outcome = what_if(
        source, sorted(source.roster), lambda one: replace(one, policy=strict)
    )
    assert [one.is_changed for one in outcome.days] == [True, False, True]
    assert outcome.total.late_minutes == -16
    assert outcome.total.absent_minutes == 16
    assert outcome.total.due_minutes == 0
    assert outcome.days[0].before.totals.late_minutes == 6
    assert outcome.days[0].after.totals.absent_minutes == 6


def test_what_if_under_another_shift():
    source = EmployeeInput({BASE: roster(D9)}, punches("09:00 18:00"))
    other = shift("09:00-18:00")
    outcome = what_if(source, [BASE], lambda one: replace(one, shift=other))
    assert outcome.total[:5] == (0, 30, -30, 0, 0)


# periods


def test_e11_a_late_leave_becomes_an_adjustment():
    closed = day(D9, "").totals
    late = day(D9, "", by_days(RequestKind.LEAVE))
    lines = adjust(closed, late, "leave 7")
    assert {line.figure: line.amount for line in lines} == {
        "due_minutes": -540,
        "absent_minutes": -540,
        "leave_minutes": 540,
        "leave_days": 1,
    }
    assert {line.cause for line in lines} == {"leave 7"}
    assert {line.work_date for line in lines} == {BASE}
    assert adjust(closed, late, "leave 7", lines) == []
    assert adjusted(closed, lines) == late.totals


def test_an_adjustment_of_an_adjusted_day():
    closed = day(D9, "").totals
    first = adjust(closed, day(D9, "", by_days(RequestKind.LEAVE)), "leave")
    second = adjust(closed, day(D9, "08:30 17:30"), "cancelled", first)
    both = adjusted(closed, [*first, *second])
    assert both == day(D9, "08:30 17:30").totals


def test_an_adjustment_needs_a_final_day_and_its_own_lines():
    with pytest.raises(PeriodError):
        adjust(Totals(), day(D9, "", now="12:00"), "x")
    closed = day(D9, "").totals
    lines = adjust(closed, day(D9, "08:30 17:30"), "x")
    foreign = [lines[0]._replace(work_date=date(2014, 1, 1))]
    with pytest.raises(PeriodError):
        adjust(closed, day(D9, "08:30 17:30"), "x", foreign)


def test_closing():
    done = day(D9, "08:30 17:30")
    check_closable([done])
    for open_day in (day(D9, "", now="12:00"), day(D9, "", now="12:00-1")):
        with pytest.raises(PeriodError) as caught:
            check_closable([done, open_day])
        assert caught.value.value == BASE


def test_where_adjustments_go():
    june = Period("june", date(2014, 6, 1), date(2014, 6, 30), True)
    july = Period("july", date(2014, 7, 1), date(2014, 7, 31), True)
    august = Period("august", date(2014, 8, 1), date(2014, 8, 31))
    september = Period("september", date(2014, 9, 1), date(2014, 9, 30))
    late = date(2014, 6, 9)
    periods = [september, july, august, june]
    assert adjustment_period(periods, late).key == "august"
    assert adjustment_period([june, july], late) is None
    earlier = Period("may", date(2014, 5, 1), date(2014, 5, 31))
    assert adjustment_period([earlier, june], late) is None


def test_subtracting_an_open_day_counts_empty_as_nothing():
    running = day(D9, "", now="12:00").totals
    assert subtract_totals(day(D9, "").totals, running).absent_minutes == 540


# fingerprints


def prints(*args, **options):
    made = given(*args, **options)
    return fingerprint(made, evaluate_day(made))


def test_j1_equal_inputs_have_equal_fingerprints():
    assert prints(D9, "08:30 17:30") == prints(D9, "08:30 17:30")
    assert len(prints(D9, "")) == 32


def test_order_of_inputs_is_irrelevant():
    one = given(D9, "08:30 17:30", leave("13:00", "14:00"), outing("15:00", "16:00"))
    two = replace(one, punches=one.punches[::-1], requests=one.requests[::-1])
    assert fingerprint(one, evaluate_day(one)) == fingerprint(two, evaluate_day(two))


@pytest.mark.parametrize(
    "other",
    [
        {"text": "08:31 17:30"},
        {"text": "08:30:01 17:30"},
        {"text": "08:30 12:00 17:30"},
        {"what": shift("08:30-17:31", key="D9")},
        {"policy": with_policy(grace_late_minutes=6)},
        {"policy": with_policy(punch_mode=PunchMode.PAIRS)},
        {"requests": (leave("13:00", "14:00"),)},
        {"requests": (by_days(RequestKind.LEAVE),)},
        {"requests": (form("18:00", "19:00"),)},
        {"yesterday": N8},
        {"tomorrow": D9},
        {"day_kind": DayKind.PUBLIC_HOLIDAY},
        {"now": "12:00"},
    ],
)
def test_whatever_decides_changes_the_fingerprint(other):
    given_ = {"what": D9, "text": "08:30 17:30", "requests": ()} | other
    changed = prints(
        given_.pop("what"), given_.pop("text"), *given_.pop("requests"), **given_
    )
    assert changed != prints(D9, "08:30 17:30")


def test_what_a_request_says_is_part_of_the_fingerprint():
    one = prints(D9, "08:30 17:30", leave("13:00", "14:00", key=1))
    assert prints(D9, "08:30 17:30", leave("13:00", "14:00", key=1)) == one
    assert prints(D9, "08:30 17:30", leave("13:00", "14:01", key=1)) != one
    assert prints(D9, "08:30 17:30", leave("13:00", "14:00", key=2)) != one
    long = prints(D9, "08:30 17:30", by_days(RequestKind.LEAVE, -4, 4))
    assert long != prints(D9, "08:30 17:30")


def test_employment_and_zone_are_part_of_the_fingerprint():
    plain = prints(D9, "08:30 17:30")
    assert prints(D9, "08:30 17:30", employment=Employment(BASE)) != plain
    zones = [
        prints(OFF, "", zone=ZoneInfo(name)) for name in ("Asia/Shanghai", "Asia/Macau")
    ]
    assert zones[0] != zones[1]


def test_what_does_not_bear_on_the_day_is_left_out():
    plain = prints(D9, "08:30 17:30")
    assert prints(D9, "08:30 17:30 08:30+1 17:30+1") == plain
    refused = leave("13:00", "14:00", state=RequestState.REFUSED)
    assert prints(D9, "08:30 17:30", refused) == plain
    far = leave("13:00+9", "14:00+9")
    assert prints(D9, "08:30 17:30", far, by_days(RequestKind.LEAVE, 9)) == plain
    distant = form("18:00", "19:00", work_date=BASE + timedelta(days=9))
    assert prints(D9, "08:30 17:30", distant) == plain


def test_states():
    assert day(D9, "", now="12:00").state is DayState.IN_PROGRESS
    assert P0 != AUTO
