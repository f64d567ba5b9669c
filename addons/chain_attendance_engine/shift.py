"""Shifts: timetables, breaks, flexible hours and core time.

Wall-clock minutes are counted from midnight of the work date: 22:00–06:00 is the
minutes 1320–1800. ``Shift.plan`` holds that arithmetic once, for all dates.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import time
from typing import NamedTuple

from .clock import DAY
from .errors import OverlapError, ShiftError, ShiftTooLongError, TimetableError
from .vocabulary import BreakKind


def wall(at: time, where: str) -> int:
    """Minutes after midnight of a wall-clock time.

    :raises TimetableError: if it has seconds or a zone
    """
    if not isinstance(at, time) or at.tzinfo is not None:
        raise TimetableError(where, at, "a wall-clock time without a zone")
    if at.second or at.microsecond:
        raise TimetableError(where, at, "whole minutes")
    return at.hour * 60 + at.minute


def check_minutes(value, where, error, lowest=0, highest=None) -> None:
    """Refuse anything but a whole number of minutes within bounds."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise error(where, value, "a whole number")
    if value < lowest:
        raise error(where, value, f"not below {lowest}")
    if highest is not None and value > highest:
        raise error(where, value, f"not above {highest}")


@dataclass(frozen=True, slots=True)
class Break:
    """Time inside a timetable that is not due.

    :param start: nominal start on the wall clock; before the timetable's start it
        lies on the next day
    :param end: nominal end; the length is what a punched break is allowed
    :param kind: fixed, only beyond ``beyond_minutes`` of presence, or punched
    :param is_paid: a paid break is due like the rest; nothing is deducted
    """

    start: time
    end: time
    kind: BreakKind = BreakKind.FIXED
    beyond_minutes: int = 0
    is_paid: bool = False

    def __post_init__(self):
        start, end = wall(self.start, "Break.start"), wall(self.end, "Break.end")
        if start == end:
            raise TimetableError("Break.end", self.end, "differs from the start")
        BreakKind(self.kind)
        check_minutes(self.beyond_minutes, "Break.beyond_minutes", TimetableError)


@dataclass(frozen=True, slots=True)
class Timetable:
    """One working stretch of a shift, in the store's wall-clock time.

    An ``end`` before ``start`` lies on the next day (24:00 is ``time(0, 0)``); equal
    times are refused. An end that is not required is taken as nominal.
    """

    start: time
    end: time
    breaks: tuple[Break, ...] = ()
    is_in_required: bool = True
    is_out_required: bool = True

    def __post_init__(self):
        start = wall(self.start, "Timetable.start")
        if start == wall(self.end, "Timetable.end"):
            raise TimetableError("Timetable.end", self.end, "differs from the start")
        object.__setattr__(self, "breaks", tuple(self.breaks))


@dataclass(frozen=True, slots=True)
class CoreTime:
    """Hours in which a flexible worker should be there; only flagged."""

    start: time
    end: time

    def __post_init__(self):
        if wall(self.start, "CoreTime.start") >= wall(self.end, "CoreTime.end"):
            raise TimetableError("CoreTime.end", self.end, "after the start")


class PlannedBreak(NamedTuple):
    """A break in minutes after midnight of the work date."""

    start: int
    stop: int
    kind: BreakKind
    beyond: int


class PlannedTimetable(NamedTuple):
    """A timetable in minutes after midnight of the work date, unpaid breaks only."""

    start: int
    stop: int
    breaks: tuple[PlannedBreak, ...]
    in_required: bool
    out_required: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """What a roster gives to one date.

    :param key: the caller's identity of the shift (a database id), opaque
    :param timetables: in order; each begins where the one before ended, or later
    :param flexible_minutes: hours only: the due minutes; then no timetables
    :param core: core times of a flexible shift
    :param elastic_minutes: how far first start and last end move with the first in
    :param works_on_holidays: presence on a holiday is holiday overtime
    :raises ShiftError, TimetableError, OverlapError, ShiftTooLongError:
    """

    key: Hashable
    timetables: tuple[Timetable, ...] = ()
    flexible_minutes: int | None = None
    core: tuple[CoreTime, ...] = ()
    elastic_minutes: int = 0
    works_on_holidays: bool = False
    name: str = ""
    plan: tuple[PlannedTimetable, ...] = field(
        init=False, repr=False, compare=False, default=()
    )

    def __post_init__(self):
        object.__setattr__(self, "timetables", tuple(self.timetables))
        object.__setattr__(self, "core", tuple(self.core))
        check_minutes(self.elastic_minutes, "Shift.elastic_minutes", ShiftError, 0, DAY)
        if self.flexible_minutes is None:
            self._check_fixed()
        else:
            self._check_flexible()
        object.__setattr__(self, "plan", _plan(self.timetables))

    def _check_fixed(self):
        if not self.timetables:
            raise ShiftError("Shift.timetables", (), "at least one, or flexible")
        if self.core:
            raise ShiftError("Shift.core", self.core, "only with flexible hours")

    def _check_flexible(self):
        check_minutes(
            self.flexible_minutes, "Shift.flexible_minutes", ShiftError, 1, DAY
        )
        if self.timetables:
            raise ShiftError(
                "Shift.timetables", self.timetables, "none with flexible hours"
            )
        if self.elastic_minutes:
            raise ShiftError(
                "Shift.elastic_minutes", self.elastic_minutes, "0 with flexible hours"
            )

    @property
    def is_flexible(self) -> bool:
        """Hours only, no timetables."""
        return self.flexible_minutes is not None

    @property
    def nominal_minutes(self) -> int:
        """Due minutes of an ordinary day: timetables less unpaid breaks."""
        if self.flexible_minutes is not None:
            return self.flexible_minutes
        return sum(
            table.stop - table.start - sum(b.stop - b.start for b in table.breaks)
            for table in self.plan
        )


def _plan(timetables: tuple[Timetable, ...]) -> tuple[PlannedTimetable, ...]:
    placed: list[PlannedTimetable] = []
    for table in timetables:
        start = wall(table.start, "Timetable.start")
        if placed and start < placed[-1].stop:
            start = _after_midnight(start, placed[-1], table)
        stop = start + (wall(table.end, "Timetable.end") - start) % DAY
        placed.append(
            PlannedTimetable(
                start,
                stop,
                _plan_breaks(table, start, stop),
                table.is_in_required,
                table.is_out_required,
            )
        )
    if placed and placed[-1].stop - placed[0].start > DAY:
        hours = (placed[-1].stop - placed[0].start) / 60
        raise ShiftTooLongError("Shift.timetables", timetables, f"{hours:g} h > 24 h")
    return tuple(placed)


def _after_midnight(start: int, before: PlannedTimetable, table: Timetable) -> int:
    """A start earlier than the end before it lies on the next day, or overlaps."""
    if before.start <= start or start + DAY < before.stop:
        raise OverlapError("Shift.timetables", table, "overlaps the one before")
    return start + DAY


def _plan_breaks(table: Timetable, start: int, stop: int) -> tuple[PlannedBreak, ...]:
    found: list[PlannedBreak] = []
    for pause in table.breaks:
        begin = wall(pause.start, "Break.start")
        if begin < start % DAY:
            begin += DAY
        begin += start - start % DAY
        end = begin + (wall(pause.end, "Break.end") - begin) % DAY
        if end > stop:
            raise TimetableError("Timetable.breaks", pause, "inside the timetable")
        if not pause.is_paid:
            found.append(PlannedBreak(begin, end, pause.kind, pause.beyond_minutes))
    found.sort(key=lambda pause: (pause.start, pause.stop))
    for one, two in zip(found, found[1:]):  # noqa: B905
        if two.start < one.stop:
            raise OverlapError("Timetable.breaks", table.breaks, "breaks overlap")
    if sum(pause.stop - pause.start for pause in found) >= stop - start:
        raise TimetableError("Timetable.breaks", table.breaks, "leave nothing due")
    return tuple(found)
