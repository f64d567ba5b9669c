"""Runs a scenario through the engine and collects differences."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from chain_attendance_engine import (
    PeriodError,
    adjust,
    adjustment_period,
    check_closable,
    evaluate_day,
    evaluate_days,
    fingerprint,
    sum_days,
    watch_days,
)

from .expect import day_differences, sum_differences
from .scenario import Facts, Scenario


class Outcome(NamedTuple):
    """What came out.

    :param results: by date; after the late facts if there were any
    :param differences: sentences, none if all is as expected
    """

    results: dict
    differences: list[str]


def run(scenario: Scenario) -> Outcome:
    """Day by day, then sums, watches and what late facts bring."""
    results = _evaluate(scenario, scenario.facts, sorted(scenario.expected))
    found = _compare(scenario, scenario.facts, results, scenario.expected)
    found += _alone_or_together(scenario, results)
    if scenario.expected_sum is not None:
        total = sum_days(results.values())
        found += [
            f"sum: {one}" for one in sum_differences(scenario.expected_sum, total)
        ]
    if scenario.watches is not None:
        found += _watches(scenario, results)
    if scenario.closable is not None:
        found += _closable(scenario, results)
    if scenario.late is not None:
        later = _evaluate(scenario, scenario.late, sorted(scenario.expected))
        found += _late(scenario, results, later)
        results = later
    return Outcome(results, found)


def _evaluate(scenario: Scenario, facts: Facts, days: list[date]) -> dict:
    return {day: evaluate_day(scenario.day_input(facts, day)) for day in days}


def _compare(scenario: Scenario, facts: Facts, results: dict, expected: dict) -> list:
    found = []
    for day, wanted in sorted(expected.items()):
        roster_day = scenario.roster_day(facts, day)
        result = results[day]
        for one in day_differences(wanted, result, scenario.moments, roster_day):
            found.append(f"{day}: {one}")
    return found


def _alone_or_together(scenario: Scenario, results: dict) -> list[str]:
    """The bulk call gives what single days give."""
    days = sorted(results)
    source = scenario.employee_input(scenario.facts, days)
    return [
        f"{together.work_date}: differs when computed together with other days"
        for together in evaluate_days(source, days)
        if together.totals != results[together.work_date].totals
        or together.rows != results[together.work_date].rows
    ]


def _watches(scenario: Scenario, results: dict) -> list[str]:
    raised = [
        f"{watch.day} {watch.kind.value} {watch.found}"
        for watch in watch_days(results[day] for day in sorted(results))
    ]
    wanted = sorted(str(one) for one in scenario.watches)
    if sorted(raised) == wanted:
        return []
    return [f"watches are {raised or 'none'}, expected {wanted or 'none'}"]


def _closable(scenario: Scenario, results: dict) -> list[str]:
    try:
        check_closable(results.values())
        can = True
    except PeriodError:
        can = False
    if can == scenario.closable:
        return []
    return [f"the period {'can' if can else 'cannot'} be closed"]


def _late(scenario: Scenario, results: dict, later: dict) -> list[str]:
    found = _compare(scenario, scenario.late, later, scenario.expected_late)
    found = [f"after the late facts, {one}" for one in found]
    if scenario.written is not None:
        written = {
            day
            for day in results
            if _fingerprint(scenario, scenario.facts, day, results)
            != _fingerprint(scenario, scenario.late, day, later)
        }
        if written != scenario.written:
            found.append(
                f"written again: {_dates(written)}, expected {_dates(scenario.written)}"
            )
    if scenario.adjustments is not None:
        found += _adjusted(scenario, results, later)
    if scenario.adjusted_in is not None:
        for day in scenario.adjustments or {}:
            period = adjustment_period(scenario.periods, day)
            name = "none" if period is None else period.key
            if name != scenario.adjusted_in:
                found.append(f"adjusted in {name}, expected {scenario.adjusted_in}")
    return found


def _fingerprint(scenario: Scenario, facts: Facts, day: date, results: dict) -> str:
    return fingerprint(scenario.day_input(facts, day), results[day])


def _adjusted(scenario: Scenario, results: dict, later: dict) -> list[str]:
    found = []
    for day, before in results.items():
        lines = adjust(before.totals, later[day], "late facts")
        actual = {line.figure: line.amount for line in lines}
        wanted = scenario.adjustments.get(day, {})
        if actual != wanted:
            found.append(f"{day}: adjusted by {actual}, expected {wanted}")
        if adjust(before.totals, later[day], "again", lines):
            found.append(f"{day}: adjusted twice")
    return found


def _dates(days) -> str:
    return ", ".join(str(day) for day in sorted(days)) or "none"
