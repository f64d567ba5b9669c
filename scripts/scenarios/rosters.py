"""Rosters out of a scenario file, resolved by the engine's own functions."""

from dataclasses import replace
from datetime import date

from chain_attendance_engine import (
    REST,
    DayKind,
    EngineError,
    RosterEntry,
    RosterSource,
    regenerate,
)

from .section import Place, Section, member
from .times import day

_KINDS = ("override", "dated", "standing", "default", "calendar")
_ENTRY = (*_KINDS, "name", "from", "to", "date", "cycle_start", "weekly_rest")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EVER = date(1970, 1, 1)


class Candidates(tuple):
    """Shifts to recognise one among; ``judged_by`` is the day without punches'."""

    judged_by = None


def read_roster(data, base: date, shifts, place: Place) -> list[RosterEntry]:
    """Roster entries: a list of them, or a mapping of dates to shifts.

    :param shifts: names that may be used
    """
    if isinstance(data, dict):
        listed = [
            _of_date(key, what, base, shifts, place) for key, what in data.items()
        ]
    elif isinstance(data, list):
        listed = [_entry(one, base, shifts, place) for one in data]
    else:
        place.refuse("a list of rosters is wanted here, or dates with shifts.")
    found = []
    for number, entry in enumerate(listed):
        found.append(replace(entry, entered=number, key=entry.key or f"#{number + 1}"))
    return found


def read_regenerated(data, entries, base, shifts, place: Place) -> list[RosterEntry]:
    """The entries after a dated roster was generated again."""
    part = Section(data, place, (*_ENTRY, "keeps_overrides"))
    keeps = part.flag("keeps_overrides", True)
    own = {key: value for key, value in data.items() if key != "keeps_overrides"}
    entry = replace(_entry(own, base, shifts, place), entered=len(entries))
    try:
        return regenerate(entries, entry, keeps)
    except EngineError as error:
        place.refuse(f"the engine refuses this roster: {error}")


def read_calendar(data, base: date, place: Place) -> dict[date, DayKind]:
    """What the store's calendar says, by date."""
    if not isinstance(data, dict):
        place.refuse("dates with kinds of day are wanted here.")
    return {
        day(key, base, place): member(DayKind, kind, place)
        for key, kind in data.items()
    }


def _of_date(key, what, base, shifts, place) -> RosterEntry:
    on = day(key, base, place)
    slot = _slot(what, shifts, place)
    return RosterEntry(None, RosterSource.OVERRIDE, on, on, (slot,))


def _entry(data, base, shifts, place) -> RosterEntry:
    part = Section(data, place, _ENTRY)
    kinds = [kind for kind in _KINDS if kind in part]
    if len(kinds) != 1:
        place.refuse(f"one of {', '.join(_KINDS)} is wanted, with its shift.")
    what = part.get(kinds[0])
    slots = what if isinstance(what, list) else [what]
    if "date" in part:
        first = last = day(part.get("date"), base, place)
    else:
        first = _EVER if "from" not in part else day(part.get("from"), base, place)
        last = None if "to" not in part else day(part.get("to"), base, place)
    cycle = part.get("cycle_start")
    try:
        return RosterEntry(
            part.get("name"),
            RosterSource(kinds[0]),
            first,
            last,
            tuple(_slot(one, shifts, place) for one in slots),
            None if cycle is None else day(cycle, base, place),
            frozenset(_weekday(one, place) for one in part.listed("weekly_rest")),
        )
    except EngineError as error:
        place.refuse(f"the engine refuses this roster: {error}")


def _slot(what, shifts, place):
    if what == "rest":
        return REST
    if isinstance(what, dict):
        part = Section(what, place, ("recognise", "judged_by"))
        found = Candidates(_known(one, shifts, place) for one in part.need("recognise"))
        if "judged_by" in part:
            found.judged_by = _known(part.get("judged_by"), shifts, place)
        return found
    return _known(what, shifts, place)


def _known(name, shifts, place):
    if name not in shifts:
        place.refuse(f'there is no shift "{name}"; there are {", ".join(shifts)}.')
    return name


def _weekday(word, place) -> int:
    if word not in _WEEKDAYS:
        place.refuse(f'"{word}" is no weekday; they are {", ".join(_WEEKDAYS)}.')
    return _WEEKDAYS.index(word) + 1
