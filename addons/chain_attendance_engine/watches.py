"""Compliance watches: what a law or contract wants looked at, with its figures.

Results only; what is done about them is the caller's matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from .errors import PolicyError
from .results import DayResult
from .vocabulary import DayState


class WatchKind(Enum):
    """What is watched."""

    REST_BETWEEN_SHIFTS = "rest_between_shifts"
    CONSECUTIVE_DAYS = "consecutive_days"
    OVERTIME_DAY = "overtime_day"
    OVERTIME_MONTH = "overtime_month"


@dataclass(frozen=True, slots=True)
class WatchLimits:
    """Bounds; ``None`` switches a watch off.

    :param rest_minutes: least time between the end of a shift and the next start
    :param consecutive_days: most work days in a row
    :param overtime_day_minutes: most overtime of one day
    :param overtime_month_minutes: most overtime of one calendar month (36 h)
    """

    rest_minutes: int | None = 11 * 60
    consecutive_days: int | None = 6
    overtime_day_minutes: int | None = 3 * 60
    overtime_month_minutes: int | None = 36 * 60

    def __post_init__(self):
        for name in self.__slots__:
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 0):
                raise PolicyError(f"WatchLimits.{name}", value, "not negative")


class Watch(NamedTuple):
    """One finding.

    :param day: the date it is raised on (of a month: the date that passes the cap)
    :param found: minutes of rest or overtime, or number of days
    :param limit: the bound that is not kept
    :param since: first date of the row of days, the month's first, or the date of the
        shift before
    """

    kind: WatchKind
    day: date
    found: int
    limit: int
    since: date


def watch_days(
    results: Iterable[DayResult], limits: WatchLimits | None = None
) -> list[Watch]:
    """Look at the days of one employee.

    :param results: in order of dates, without gaps if rows of days are to be found
    """
    watcher = _Watcher(limits or WatchLimits())
    for result in results:
        watcher.look_at(result)
    return watcher.found


def worked_at_all(result: DayResult) -> bool:
    """A work day of the person: something worked, or overtime recognised."""
    return bool(result.totals.worked_minutes or overtime_minutes(result))


def overtime_minutes(result: DayResult) -> int:
    """Recognised overtime of all three kinds."""
    totals = result.totals
    return (
        totals.overtime_workday_minutes
        + totals.overtime_rest_day_minutes
        + totals.overtime_holiday_minutes
    )


class _Watcher:
    """Carries what earlier days left."""

    def __init__(self, limits: WatchLimits):
        self.limits = limits
        self.found: list[Watch] = []
        self.last_end: tuple[int, date] | None = None
        self.row_start: date | None = None
        self.row_end: date | None = None
        self.month: date | None = None
        self.month_minutes = 0

    def look_at(self, result: DayResult) -> None:
        if result.state in (DayState.NOT_EMPLOYED, DayState.AHEAD):
            return
        self._rest(result)
        if result.state is DayState.FINAL:
            self._row(result)
            self._overtime(result)

    def _raise(self, kind, result, found, limit, since) -> None:
        self.found.append(Watch(kind, result.work_date, found, limit, since))

    def _rest(self, result: DayResult) -> None:
        """Between the ends of shifts that have something due."""
        if result.shift_span is None or not result.totals.due_minutes:
            return
        start, stop = result.shift_span
        limit = self.limits.rest_minutes
        if self.last_end is not None and limit is not None:
            rest = start - self.last_end[0]
            if rest < limit:
                kind = WatchKind.REST_BETWEEN_SHIFTS
                self._raise(kind, result, rest, limit, self.last_end[1])
        self.last_end = (stop, result.work_date)

    def _row(self, result: DayResult) -> None:
        day = result.work_date
        if not worked_at_all(result):
            self.row_start = None
            return
        if self.row_start is None or self.row_end != day - timedelta(days=1):
            self.row_start = day
        self.row_end = day
        count = (day - self.row_start).days + 1
        limit = self.limits.consecutive_days
        if limit is not None and count > limit:
            kind = WatchKind.CONSECUTIVE_DAYS
            self._raise(kind, result, count, limit, self.row_start)

    def _overtime(self, result: DayResult) -> None:
        minutes = overtime_minutes(result)
        limit = self.limits.overtime_day_minutes
        if limit is not None and minutes > limit:
            kind = WatchKind.OVERTIME_DAY
            self._raise(kind, result, minutes, limit, result.work_date)
        month = result.work_date.replace(day=1)
        if month != self.month:
            self.month, self.month_minutes = month, 0
        before, self.month_minutes = self.month_minutes, self.month_minutes + minutes
        limit = self.limits.overtime_month_minutes
        if limit is not None and before <= limit < self.month_minutes:
            kind = WatchKind.OVERTIME_MONTH
            self._raise(kind, result, self.month_minutes, limit, month)
