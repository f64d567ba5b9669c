"""What holds on arbitrary days."""

from dataclasses import replace
from datetime import timedelta

import portion
from hypothesis import given
from hypothesis import strategies as st

from chain_attendance_engine import (
    DayInput,
    EmployeeInput,
    PeriodTotals,
    Punch,
    RequestSpan,
    SpanSet,
    add_totals,
    evaluate_day,
    evaluate_days,
    sum_days,
)
from chain_attendance_engine.overtime import deduct

from .kit import BASE
from .strategies import arbitrary, policies, punch_lists, requests, roster_days


@st.composite
def day_inputs(draw):
    return DayInput(
        draw(roster_days(0)),
        draw(st.none() | roster_days(-1)),
        draw(st.none() | roster_days(1)),
        draw(punch_lists()),
        draw(requests()),
    )


@st.composite
def employee_inputs(draw, count=4):
    made = [draw(roster_days(days)) for days in range(count)]
    return EmployeeInput(
        {one.date: one for one in made},
        draw(punch_lists(0, count + 1, 14)),
        draw(requests(0, count)),
    )


def without_trace(result):
    return result._replace(trace=(), marks=())


@arbitrary
@given(day_inputs())
def test_identity_of_every_row_and_of_the_day(made):
    result = evaluate_day(made)
    totals = result.totals
    for figures in (*result.rows, totals):
        assert figures.due_minutes == (
            figures.worked_minutes
            + figures.late_minutes
            + figures.early_minutes
            + figures.absent_minutes
        )
    assert min(totals) >= 0
    for row in result.rows:
        assert min(v for v in row if type(v) is int) >= 0 or row.start is not None
        assert row.worked_minutes >= 0 and row.absent_minutes >= 0
        assert row.late_minutes >= 0 and row.early_minutes >= 0
    assert totals.due_minutes == sum(row.due_minutes for row in result.rows)


@arbitrary
@given(day_inputs())
def test_due_and_leave_are_the_shift(made):
    """What is due and what leave cuts make up the shift's own minutes."""
    result = evaluate_day(made)
    if result.shift is None or not result.totals.due_minutes:
        return
    if any(b.kind.value == "punched" for t in result.shift.plan for b in t.breaks):
        return
    if result.shift.elastic_minutes:
        return
    cut = sum(
        row.minutes for row in result.rows if row.kind.value == "leave" and row.minutes
    )
    assert result.totals.due_minutes + cut == result.shift.nominal_minutes


@arbitrary
@given(day_inputs(), st.randoms(use_true_random=False))
def test_order_of_punches_and_requests_is_irrelevant(made, random):
    punches, asked = list(made.punches), list(made.requests)
    random.shuffle(punches)
    random.shuffle(asked)
    filed = {request.key: number for number, request in enumerate(made.requests)}
    fixed = tuple(replace(r, filed=filed[r.key]) for r in made.requests)
    mixed = tuple(replace(r, filed=filed[r.key]) for r in asked)
    one = evaluate_day(replace(made, requests=fixed))
    two = evaluate_day(replace(made, punches=tuple(punches), requests=mixed))
    assert one == two


@arbitrary
@given(day_inputs(), st.data())
def test_a_doubled_punch_changes_nothing(made, data):
    if not made.punches:
        return
    punch = data.draw(st.sampled_from(made.punches))
    double = Punch("double", punch.at, punch.state)
    one = evaluate_day(made)
    two = evaluate_day(replace(made, punches=(*made.punches, double)))
    assert one.totals == two.totals
    assert one.rows == two.rows
    assert (one.first_in, one.last_out) == (two.first_in, two.last_out)


@arbitrary
@given(employee_inputs())
def test_a_punch_belongs_to_one_shift(made):
    results = list(evaluate_days(made, sorted(made.roster)))
    owners = {}
    for result in results:
        for mark in result.marks:
            if mark.mark.value not in ("unmatched", "other_date"):
                owners.setdefault(mark.key, []).append(result.work_date)
    assert all(len(dates) == 1 for dates in owners.values())
    for one, two in zip(results, results[1:], strict=False):
        assert not one.window & two.window


@arbitrary
@given(employee_inputs())
def test_every_punch_of_a_date_has_a_mark(made):
    results = list(evaluate_days(made, sorted(made.roster)))
    for result in results:
        keys = [mark.key for mark in result.marks]
        assert len(keys) == len(set(keys))
        inside = [
            punch.key for punch in made.punches if punch.second // 60 in result.window
        ]
        assert set(inside) <= set(keys)


@arbitrary
@given(employee_inputs(), st.integers(0, 4))
def test_splitting_a_period_and_summing_gives_the_whole(made, cut):
    results = list(evaluate_days(made, sorted(made.roster)))
    parts = [sum_days(results[:cut]), sum_days(results[cut:])]
    whole = sum_days(results)
    assert add_totals(parts[0].totals, parts[1].totals) == whole.totals
    assert parts[0].days + parts[1].days == whole.days
    assert isinstance(whole, PeriodTotals)


@arbitrary
@given(employee_inputs())
def test_many_days_at_once_are_the_days_one_by_one(made):
    dates = sorted(made.roster)
    for day, result in zip(dates, evaluate_days(made, dates), strict=True):
        single = DayInput(
            made.roster[day],
            made.roster.get(day - timedelta(days=1)),
            made.roster.get(day + timedelta(days=1)),
            made.punches,
            made.requests,
        )
        assert evaluate_day(single) == result


def shifted(made, days):
    """The same input, that many days later."""
    delta = timedelta(days=days)

    def later_day(roster):
        return None if roster is None else replace(roster, date=roster.date + delta)

    def later_request(request: RequestSpan):
        moved = {
            name: getattr(request, name) + delta
            for name in ("start", "stop", "first_date", "last_date", "work_date")
            if getattr(request, name) is not None
        }
        return replace(request, **moved)

    return DayInput(
        later_day(made.today),
        later_day(made.yesterday),
        later_day(made.tomorrow),
        tuple(replace(punch, at=punch.at + delta) for punch in made.punches),
        tuple(later_request(request) for request in made.requests),
    )


@arbitrary
@given(day_inputs(), st.integers(-400, 400))
def test_moving_everything_moves_the_result(made, days):
    one, two = evaluate_day(made), evaluate_day(shifted(made, days))
    assert one.totals == two.totals
    assert two.work_date == BASE + timedelta(days=days)
    move = days * 1440
    assert [
        row._replace(
            start=None if row.start is None else row.start + move,
            stop=None if row.stop is None else row.stop + move,
        )
        for row in one.rows
    ] == list(two.rows)
    assert [m.mark for m in one.marks] == [m.mark for m in two.marks]


@arbitrary
@given(day_inputs())
def test_figures_are_summed_from_their_spans(made):
    result = evaluate_day(made)
    spans = dict(result.spans)
    due = spans.get("due", SpanSet())
    for figure in ("late", "early", "absent", "worked"):
        assert not spans.get(figure, SpanSet()) - due or not due
    for figure in ("late", "early", "absent"):
        minutes = getattr(result.totals, f"{figure}_minutes")
        assert minutes == 0 or result.shift is not None


@arbitrary
@given(st.integers(0, 2000), st.integers(0, 2000), policies)
def test_recognition_is_monotone(one, two, policy):
    low, high = sorted((one, two))
    if policy.overtime_rest_minutes == 0:
        assert deduct(low, policy) <= deduct(high, policy)
    assert 0 <= deduct(low, policy) <= low
    assert deduct(low, policy) % policy.overtime_unit_minutes == 0


# SpanSet against the portion library

pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def interval(spans):
    made = portion.empty()
    for start, stop in spans:
        made |= portion.closedopen(start, stop)
    return made


def same(spans, expected):
    found = [] if expected.empty else [(i.lower, i.upper) for i in expected]
    assert [tuple(span) for span in spans] == found


@arbitrary
@given(pairs, pairs)
def test_span_sets_agree_with_portion(one, two):
    a, b = SpanSet(one), SpanSet(two)
    x, y = interval(one), interval(two)
    same(a, x)
    same(a | b, x | y)
    same(a & b, x & y)
    same(a - b, x - y)
    for minute in range(0, 61, 7):
        assert (minute in a) == (minute in x)


@arbitrary
@given(pairs, pairs, pairs)
def test_algebra_of_span_sets(one, two, three):
    a, b, c = SpanSet(one), SpanSet(two), SpanSet(three)
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert a - b == a - (a & b)
    assert (a - b) | (a & b) == a
    assert (a | b).minutes + (a & b).minutes == a.minutes + b.minutes
    assert (a & b) & c == a & (b & c)
