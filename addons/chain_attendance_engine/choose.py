"""Choosing punches: which event is an in, which an out (rule 5).

Each mode turns the events of a work date into stretches. A ``Scope`` is what a stretch
is judged against: the whole of what is due, or one timetable in the mode per
timetable; on a day without segments the overtime that hangs on the punches.
"""

from __future__ import annotations

from typing import NamedTuple

from .events import Event
from .frame import Table
from .vocabulary import PunchMode, PunchState


class Scope(NamedTuple):
    """What a stretch is judged against.

    :param start: first minute number of what is due in it
    :param stop: minute number after the last
    :param in_covered: an outing or trip covers the first due minute
    :param is_due: something is due; a missing end matters
    :param split: last minute of a single in punch, where it is not the middle
    :param floor: a border shared with the timetable before: its side ends here
    :param ceiling: a border shared with the timetable after
    """

    start: int
    stop: int
    in_required: bool = True
    out_required: bool = True
    in_covered: bool = False
    out_covered: bool = False
    is_due: bool = True
    split: int | None = None
    floor: int | None = None
    ceiling: int | None = None

    @property
    def in_given(self) -> bool:
        """The in end is as good as punched."""
        return self.in_covered or not self.in_required

    @property
    def out_given(self) -> bool:
        """The out end is as good as punched."""
        return self.out_covered or not self.out_required

    @property
    def middle(self) -> int:
        """The last minute that makes a single punch an in."""
        if self.split is not None:
            return self.split
        return (self.start + self.stop) // 2


class Stretch(NamedTuple):
    """An in and an out event, either possibly missing, within a scope.

    ``pairs`` are inner (out, in) events. ``scope`` is an index.
    """

    scope: int
    first: Event | None
    last: Event | None
    pairs: tuple[tuple[Event, Event], ...] = ()


class Chosen(NamedTuple):
    """The outcome of a mode.

    :param conflicts: events that raised "key conflict"
    :param pairs_are_gaps: inner pairs interrupt presence
    """

    stretches: tuple[Stretch, ...]
    conflicts: tuple[Event, ...] = ()
    pairs_are_gaps: bool = True


NOTHING = Chosen(())


def choose(
    mode: PunchMode,
    events: list[Event],
    scopes: list[Scope],
    tables: tuple[Table, ...] = (),
) -> Chosen:
    """Apply a mode to the events of one work date.

    :param scopes: one per timetable in the mode per timetable, else a single one
    :param tables: the timetables, for the mode per timetable
    """
    if mode is PunchMode.PER_TIMETABLE and len(scopes) == len(tables) > 0:
        return _per_timetable(events, scopes, tables)
    scope = scopes[0]
    if mode is PunchMode.PAIRS:
        return _pairs(events, scope)
    if mode is PunchMode.STATE_KEY and any(
        event.state is not PunchState.UNDEFINED for event in events
    ):
        return _state_key(events, scope)
    stretch = _first_last(events, scope, 0)
    stretches = (stretch,) if stretch else ()
    return Chosen(stretches, (), mode is PunchMode.PER_TIMETABLE)


def _first_last(events: list[Event], scope: Scope, index: int) -> Stretch | None:
    """First and last; what lies between is paired in order, a last odd one ignored."""
    if not events:
        return None
    if len(events) == 1:
        return _single(events[0], scope, index)
    inner = events[1:-1]
    pairs = tuple(zip(inner[0::2], inner[1::2]))  # noqa: B905 (an odd one is ignored)
    return Stretch(index, events[0], events[-1], pairs)


def _single(event: Event, scope: Scope, index: int) -> Stretch:
    """A single punch serves the end that needs it, else the nearer half."""
    if scope.in_given != scope.out_given:
        is_in = scope.out_given
    else:
        is_in = event.first // 60 <= scope.middle
    return Stretch(index, event, None) if is_in else Stretch(index, None, event)


def _per_timetable(
    events: list[Event], scopes: list[Scope], tables: tuple[Table, ...]
) -> Chosen:
    groups: list[list[Event]] = [[] for _ in tables]
    for event in events:
        groups[table_of(event.first // 60, tables)].append(event)
    found = [
        _first_last(group, scope, index)
        for index, (group, scope) in enumerate(zip(groups, scopes, strict=True))
    ]
    return Chosen(tuple(s for s in _serve_touching(found, tables) if s is not None))


def table_of(minute: int, tables: tuple[Table, ...]) -> int:
    """Index of the timetable a minute belongs to, cut at the midpoints between them."""
    index = 0
    while index + 1 < len(tables):
        if minute <= (tables[index].stop + tables[index + 1].start) // 2:
            break
        index += 1
    return index


def _serve_touching(
    found: list[Stretch | None], tables: tuple[Table, ...]
) -> list[Stretch | None]:
    """Where timetables touch, one side's punch serves the other's lacking end too."""
    served = list(found)
    for index in range(len(tables) - 1):
        left, right = found[index], found[index + 1]
        if tables[index].stop != tables[index + 1].start or not left or not right:
            continue
        if left.first and not left.last and right.first:
            served[index] = served[index]._replace(last=right.first)
        elif right.last and not right.first and left.last:
            served[index + 1] = served[index + 1]._replace(first=left.last)
    return served


def _pairs(events: list[Event], scope: Scope) -> Chosen:
    """Alternately in and out. An odd number leaves one end open.

    The open end is the out, unless the in end alone is as good as punched: then the
    first event closes the stretch that began there.
    """
    if len(events) == 1 and scope.split is not None:
        return Chosen((_single(events[0], scope, 0),))
    ends: list[Event | None] = list(events)
    if len(ends) % 2:
        if scope.in_given and not scope.out_given:
            ends.insert(0, None)
        else:
            ends.append(None)
    return Chosen(
        tuple(Stretch(0, ends[n], ends[n + 1]) for n in range(0, len(ends), 2))
    )


def _state_key(events: list[Event], scope: Scope) -> Chosen:
    """In and out alternate by key; of equal keys in a row the outermost counts."""
    if len(events) == 1 and scope.split is not None:
        return Chosen((_single(events[0], scope, 0),))
    stretches: list[list[Event | None]] = []
    conflicts = [event for event in events if event.is_mixed]
    for event in events:
        if event.state is PunchState.IN:
            if stretches and stretches[-1][1] is None:
                conflicts.append(event)
            else:
                stretches.append([event, None])
        elif event.state is PunchState.OUT:
            if not stretches:
                stretches.append([None, event])
                continue
            if stretches[-1][1] is not None:
                conflicts.append(stretches[-1][1])
            stretches[-1][1] = event
    _use_undefined(events, stretches)
    return Chosen(
        tuple(Stretch(0, first, last) for first, last in stretches), tuple(conflicts)
    )


def _use_undefined(events: list[Event], stretches: list[list[Event | None]]) -> None:
    """An undefined key serves the first in or the last out that is lacking."""
    unknown = [event for event in events if event.state is PunchState.UNDEFINED]
    if not unknown:
        return
    first, last = stretches[0], stretches[-1]
    if first[0] is None:
        earlier = [event for event in unknown if event.first < first[1].first]
        first[0] = earlier[0] if earlier else None
    if last[1] is None:
        later = [event for event in unknown if event.first > last[0].first]
        last[1] = later[-1] if later else None
