"""Which roster decides a date (rule 14).

Override, then dated roster, then standing roster, then the default of the store or
department, then (only if the caller's policy adds such an entry) the working calendar.
Entries are intent: a date range and a cycle of slots; nothing is written per day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .errors import RosterError
from .rotation import rotation_index
from .vocabulary import DayKind, RosterSource

REST = None
_RANK = {source: rank for rank, source in enumerate(RosterSource)}
_SAYS_REST_ITSELF = (RosterSource.OVERRIDE, RosterSource.DATED)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One roster of one employee (or of the store or department it falls back to).

    :param key: the caller's identity, opaque
    :param source: its kind; ``NONE`` is refused
    :param first: first date
    :param last: last date, inside; ``None`` is open (standing and default rosters)
    :param slots: the cycle; one slot is the same every day. A slot is whatever the
        caller calls a shift (opaque), or ``REST``
    :param cycle_start: the date that has slot 0; ``first`` if not given
    :param weekly_rest: ISO weekdays (1 Monday to 7 Sunday) of rest; standing, default
        and calendar only
    :param entered: order of entry; the greater is the later
    """

    key: Hashable
    source: RosterSource
    first: date
    last: date | None
    slots: tuple[Hashable, ...]
    cycle_start: date | None = None
    weekly_rest: frozenset[int] = frozenset()
    entered: int = 0

    def __post_init__(self):
        object.__setattr__(self, "slots", tuple(self.slots))
        object.__setattr__(self, "weekly_rest", frozenset(self.weekly_rest))
        if self.source is RosterSource.NONE:
            raise RosterError("RosterEntry.source", self.source, "a kind of roster")
        if not self.slots:
            raise RosterError("RosterEntry.slots", self.slots, "at least one")
        if self.last is not None and self.last < self.first:
            raise RosterError("RosterEntry.last", self.last, "not before the first")
        if self.last is None and self.source in _SAYS_REST_ITSELF:
            raise RosterError("RosterEntry.last", None, "a date")
        if self.weekly_rest and self.source in _SAYS_REST_ITSELF:
            raise RosterError(
                "RosterEntry.weekly_rest", self.weekly_rest, "none: it says rest itself"
            )
        if not self.weekly_rest <= set(range(1, 8)):
            raise RosterError("RosterEntry.weekly_rest", self.weekly_rest, "1 to 7")

    def holds(self, day: date) -> bool:
        """Whether the date lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)

    def slot(self, day: date) -> Hashable:
        """What the cycle has for the date, weekly rest not considered."""
        if len(self.slots) == 1:
            return self.slots[0]
        start = self.cycle_start or self.first
        return self.slots[rotation_index(day, start, len(self.slots))]


class RosterChoice(NamedTuple):
    """What was decided for a date.

    :param shift: the slot of the entry, ``None`` on rest and without a roster
    :param is_rest: the roster says rest
    :param entry: the entry that decided, ``None`` without one
    """

    shift: Hashable = None
    is_rest: bool = False
    source: RosterSource = RosterSource.NONE
    entry: RosterEntry | None = None


def _strength(entry: RosterEntry) -> tuple:
    """Smaller decides first."""
    rank = _RANK[entry.source]
    if entry.source in _SAYS_REST_ITSELF:
        return rank, 0, -entry.entered
    return rank, -entry.first.toordinal(), -entry.entered


class Rosters:
    """The entries of one employee, ready to be asked for many dates."""

    def __init__(self, entries: Iterable[RosterEntry]):
        self.entries = sorted(entries, key=_strength)

    def on(self, day: date, day_kind: DayKind = DayKind.WORKDAY) -> RosterChoice:
        """What is planned on a date.

        :param day_kind: the store's calendar: a make-up workday lifts weekly rest
        """
        for entry in self.entries:
            if entry.holds(day):
                return _choice(entry, day, day_kind)
        return RosterChoice()


def _choice(entry: RosterEntry, day: date, day_kind: DayKind) -> RosterChoice:
    shift = entry.slot(day)
    is_rest = shift is REST
    if day.isoweekday() in entry.weekly_rest:
        is_rest = is_rest or day_kind is not DayKind.MAKEUP_WORKDAY
    return RosterChoice(None if is_rest else shift, is_rest, entry.source, entry)


def regenerate(
    entries: Iterable[RosterEntry],
    dated: RosterEntry,
    keeps_overrides: bool = True,
    is_same: Callable[[RosterEntry], bool] | None = None,
) -> list[RosterEntry]:
    """Entries after a dated roster was generated again.

    The dated entry that it replaces goes (same key, or what ``is_same`` says), so that
    nothing is doubled. Overrides inside its dates stay, unless told otherwise.

    :raises RosterError: if ``dated`` is no dated roster
    """
    if dated.source is not RosterSource.DATED:
        raise RosterError("regenerate", dated.source, "a dated roster")
    replaced = is_same or (lambda entry: entry.key == dated.key)
    kept = []
    for entry in entries:
        if entry.source is RosterSource.DATED and replaced(entry):
            continue
        if entry.source is RosterSource.OVERRIDE and not keeps_overrides:
            kept += _outside(entry, dated)
            continue
        kept.append(entry)
    return [*kept, dated]


def _outside(entry: RosterEntry, dated: RosterEntry) -> list[RosterEntry]:
    """An override of one date goes when it lies inside; a longer one is refused."""
    if entry.last < dated.first or entry.first > dated.last:
        return [entry]
    if entry.first < dated.first or entry.last > dated.last:
        raise RosterError(
            "regenerate", entry.key, "an override that reaches beyond the dates"
        )
    return []
