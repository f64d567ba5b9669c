"""Sums over days, and minutes as the manual prints them.

Sums are of minutes; conversion to hours happens once, in ``format_minutes``.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .results import DayResult, Totals
from .vocabulary import DayState, RequestKind


class LeaveSum(NamedTuple):
    """Leave of one type.

    :param days: days charged by requests by days
    :param hour_minutes: minutes cut by requests by hours
    :param minutes: all minutes cut
    """

    days: int = 0
    hour_minutes: int = 0
    minutes: int = 0


_NO_LEAVE = LeaveSum()


@dataclass(slots=True)
class PeriodTotals:
    """The sum of many days; ``add`` takes them one by one.

    Only final days count. ``days`` counts them; the other counts are numbers of days
    on which the figure was not zero (``work_days``: days with something due or cut).
    """

    totals: Totals = Totals()
    leave: dict[Hashable, LeaveSum] = field(default_factory=dict)
    days: int = 0
    days_in_progress: int = 0
    work_days: int = 0
    present_days: int = 0
    late_days: int = 0
    early_days: int = 0
    absent_days: int = 0

    def add(self, result: DayResult) -> None:
        """Add one day; days in progress are counted apart and left out of sums."""
        if result.state is DayState.IN_PROGRESS:
            self.days_in_progress += 1
        if result.state is not DayState.FINAL:
            return
        totals = result.totals
        self.totals = add_totals(self.totals, totals)
        self.days += 1
        self.work_days += bool(totals.due_minutes or totals.leave_minutes)
        self.present_days += bool(totals.worked_minutes)
        self.late_days += bool(totals.late_minutes)
        self.early_days += bool(totals.early_minutes)
        self.absent_days += bool(totals.absent_minutes)
        for charge in result.charges:
            if charge.kind is RequestKind.LEAVE:
                self._add_leave(charge)

    def _add_leave(self, charge) -> None:
        before = self.leave.get(charge.type_key, _NO_LEAVE)
        self.leave[charge.type_key] = LeaveSum(
            before.days + charge.days,
            before.hour_minutes + (0 if charge.days else charge.minutes),
            before.minutes + charge.minutes,
        )

    def leave_of(self, type_key: Hashable) -> LeaveSum:
        """Leave of one type, zeros if there was none."""
        return self.leave.get(type_key, _NO_LEAVE)


def add_totals(one: Totals, two: Totals) -> Totals:
    """The figures of both; neither may be of a day in progress."""
    return Totals._make(a + b for a, b in zip(one, two, strict=True))


def subtract_totals(one: Totals, two: Totals) -> Totals:
    """``one`` minus ``two``, figure by figure; what is empty counts as 0."""
    return Totals._make((a or 0) - (b or 0) for a, b in zip(one, two, strict=True))


def sum_days(results: Iterable[DayResult]) -> PeriodTotals:
    """The sum of a period. Summing its parts and adding gives the same."""
    found = PeriodTotals()
    for result in results:
        found.add(result)
    return found


def format_minutes(minutes: int | None, blank_zero: bool = False) -> str:
    """Minutes as the manual prints them.

    Below 30 minutes ``18m``, else hours with at most two decimals (half a hundredth
    goes up): ``8.47h``, ``9h``. Zero is ``0h``, or nothing with ``blank_zero`` (late,
    early, absent); ``None`` (in progress) is nothing.
    """
    if minutes is None:
        return ""
    if not minutes:
        return "" if blank_zero else "0h"
    sign = "-" if minutes < 0 else ""
    size = abs(minutes)
    if size < 30:
        return f"{sign}{size}m"
    hours, hundredths = divmod((size * 100 + 30) // 60, 100)
    text = f"{hours}.{hundredths:02d}".rstrip("0").rstrip(".")
    return f"{sign}{text}h"


def format_leave(days: float, hour_minutes: int) -> str:
    """Leave in the unit of the request: ``1d``, ``4h``, ``1d 4h``; none is ``0h``.

    :param days: days charged by requests by days
    :param hour_minutes: minutes of requests by hours
    """
    parts = []
    if days:
        parts.append(f"{days:g}d")
    if hour_minutes or not parts:
        parts.append(format_minutes(hour_minutes))
    return " ".join(parts)
