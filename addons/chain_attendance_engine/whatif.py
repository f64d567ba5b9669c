"""What if: the same inputs under another shift or policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from .evaluate import evaluate_days
from .inputs import EmployeeInput, RosterDay
from .results import DayResult, Totals
from .totals import add_totals, subtract_totals


class DayDifference(NamedTuple):
    """One date before and after, and after minus before."""

    work_date: date
    before: DayResult
    after: DayResult
    difference: Totals

    @property
    def is_changed(self) -> bool:
        """Some figure differs."""
        return any(self.difference)


class WhatIf(NamedTuple):
    """Differences per day and in sum."""

    days: tuple[DayDifference, ...]
    total: Totals


def what_if(
    source: EmployeeInput,
    dates: Iterable[date],
    change: Callable[[RosterDay], RosterDay],
) -> WhatIf:
    """Compute dates as they are and as they would be.

    :param change: gives each roster day its other form (``dataclasses.replace`` with
        another shift or policy); it is asked for neighbours too
    """
    wanted = list(dates)
    other = {day: change(roster) for day, roster in source.roster.items()}
    return compare(
        evaluate_days(source, wanted),
        evaluate_days(replace(source, roster=other), wanted),
    )


def compare(before: Iterable[DayResult], after: Iterable[DayResult]) -> WhatIf:
    """Differences of two runs over the same dates."""
    days = tuple(
        DayDifference(one.work_date, one, two, subtract_totals(two.totals, one.totals))
        for one, two in zip(before, after, strict=True)
    )
    total = Totals()
    for day in days:
        total = add_totals(total, day.difference)
    return WhatIf(days, total)
