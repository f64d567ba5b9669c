"""Closed periods: adjustments instead of changes (rule 16)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import NamedTuple

from .errors import PeriodError
from .results import DayResult, Totals
from .totals import subtract_totals
from .vocabulary import DayState


class Period(NamedTuple):
    """An attendance period, both dates inside."""

    key: Hashable
    first: date
    last: date
    is_closed: bool = False


class AdjustmentLine(NamedTuple):
    """A signed correction of one figure of a closed date.

    :param figure: name of the figure in ``Totals``; minutes, or days where it says so
    :param amount: what is to be added to the closed figure
    :param cause: what brought it about, opaque (a request, a punch)
    """

    work_date: date
    figure: str
    amount: int
    cause: Hashable


def adjust(
    closed: Totals,
    late: DayResult,
    cause: Hashable,
    posted: Iterable[AdjustmentLine] = (),
) -> list[AdjustmentLine]:
    """Lines that lead from a closed figure to the one a late fact gives.

    Line by line the identity of a day holds: the due lines are the sum of worked,
    late, early and absent. Once posted, the same fact gives no line again.

    :param closed: the totals as closed
    :param late: the day as it would be computed now
    :param posted: earlier lines of the same date
    :raises PeriodError: if the day is still in progress
    """
    if late.state is DayState.IN_PROGRESS:
        raise PeriodError("adjust", late.work_date, "a final day")
    wanted = subtract_totals(late.totals, closed)._asdict()
    for line in posted:
        if line.work_date != late.work_date:
            raise PeriodError("adjust", line.work_date, f"of {late.work_date}")
        wanted[line.figure] -= line.amount
    return [
        AdjustmentLine(late.work_date, figure, amount, cause)
        for figure, amount in wanted.items()
        if amount
    ]


def adjusted(closed: Totals, posted: Iterable[AdjustmentLine]) -> Totals:
    """The closed figures with their adjustments."""
    figures = closed._asdict()
    for line in posted:
        figures[line.figure] += line.amount
    return Totals(**figures)


def check_closable(results: Iterable[DayResult]) -> None:
    """A period with a day in progress, or still ahead, cannot be closed.

    :raises PeriodError: naming the first such date
    """
    for result in results:
        if result.state in (DayState.IN_PROGRESS, DayState.AHEAD):
            raise PeriodError("close", result.work_date, "a final day")


def adjustment_period(periods: Iterable[Period], day: date) -> Period | None:
    """Where adjustments of a closed date go: the first open period after it.

    :return: ``None`` if none is open: the lines wait for the next one made
    """
    open_ones = [p for p in periods if not p.is_closed and p.last >= day]
    return min(open_ones, key=lambda period: period.first, default=None)
