"""A mark for every raw punch of a day: why it was used or not."""

from __future__ import annotations

from .choose import Chosen
from .events import Event
from .results import PunchMark
from .vocabulary import Mark


def mark_events(
    events: list[Event],
    chosen: Chosen,
    is_judged: bool = True,
    timetables: bool = False,
) -> list[PunchMark]:
    """Marks of the raw punches behind the events.

    :param is_judged: false where nothing hangs on the punches (a stray punch)
    :param timetables: name the timetable each used punch served
    """
    roles = _roles(chosen) if is_judged else {}
    default = Mark.INNER if is_judged and chosen.stretches else Mark.NO_SEGMENT
    found = []
    for event in events:
        mark, index = roles.get(id(event), (default, None))
        index = index if timetables else None
        if len(event.raws) == 1:
            (raw,) = event.raws
            found.append(PunchMark(raw.key, mark, raw.second, raw.source, index))
            continue
        used = -1 if mark in (Mark.OUT, Mark.INNER_OUT) else 0
        if mark is Mark.IN_AND_OUT:
            found += _both_ends(event, index)
            continue
        for number, raw in enumerate(event.raws):
            is_used = number == used % len(event.raws)
            kind = mark if is_used else Mark.DUPLICATE
            found.append(PunchMark(raw.key, kind, raw.second, raw.source, index))
    return found


def _both_ends(event: Event, index: int) -> list[PunchMark]:
    """In of a timetable by its first raw punch, out of the one before by its last."""
    found = [
        PunchMark(raw.key, Mark.DUPLICATE, raw.second, raw.source, index)
        for raw in event.raws
    ]
    found[0] = found[0]._replace(mark=Mark.IN)
    found[-1] = found[-1]._replace(mark=Mark.OUT, timetable=index - 1)
    return found


def _roles(chosen: Chosen) -> dict[int, tuple[Mark, int]]:
    """The role of each event used, by the event's identity."""
    roles: dict[int, tuple[Mark, int]] = {}
    for event in chosen.conflicts:
        roles[id(event)] = (Mark.KEY_CONFLICT, 0)
    for stretch in chosen.stretches:
        for out, back in stretch.pairs:
            roles[id(out)] = (Mark.INNER_OUT, stretch.scope)
            roles[id(back)] = (Mark.INNER_IN, stretch.scope)
    for stretch in chosen.stretches:
        if stretch.first is not None:
            is_out = roles.get(id(stretch.first)) == (Mark.OUT, stretch.scope - 1)
            mark = Mark.IN_AND_OUT if is_out else Mark.IN
            roles[id(stretch.first)] = (mark, stretch.scope)
        if stretch.last is not None:
            roles[id(stretch.last)] = (Mark.OUT, stretch.scope)
    return roles
