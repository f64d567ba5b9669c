"""From raw punches to events: whose they are, and which are one event (rule 5).

Raw punches are never thinned. Those of a work date are joined, on raw seconds, up to
and including the duplicate interval counted from the first punch of the event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from .inputs import Punch, RequestSpan
from .results import PunchMark
from .span import SpanSet
from .vocabulary import Mark, PunchSource, PunchState

_PRESSED = (PunchState.IN, PunchState.OUT)


class Raw(NamedTuple):
    """A raw punch or a correction, by second."""

    second: int
    state: PunchState
    source: PunchSource
    key: object


class Event(NamedTuple):
    """One or more raw punches that count as one.

    Serves as in with its first second, as out with its last.
    """

    first: int
    last: int
    state: PunchState
    raws: tuple[Raw, ...]
    is_mixed: bool = False


class RawPunches:
    """Raw punches in a fixed order that does not depend on the order given."""

    __slots__ = ("raws", "seconds")

    def __init__(self, raws: Iterable[Raw] = ()):
        self.raws = sorted(raws, key=_second)
        self.seconds = [raw.second for raw in self.raws]
        if len(set(self.seconds)) < len(self.seconds):
            self.raws.sort(key=_order)

    def within(self, window: SpanSet) -> list[Raw]:
        """Those whose minute lies in the window."""
        found: list[Raw] = []
        for start, stop in window.spans:
            first = bisect_left(self.seconds, start * 60)
            found += self.raws[first : bisect_left(self.seconds, stop * 60, first)]
        return found


def collect(
    punches: Iterable[Punch | Raw], corrections: Iterable[RequestSpan]
) -> RawPunches:
    """Accepted punches and the corrections in force."""
    raws = [
        p if type(p) is Raw else Raw(p.second, p.state, p.source, p.key)
        for p in punches
    ]
    raws += [
        Raw(c.start_minute * 60, c.state_key, PunchSource.CORRECTION, c.key)
        for c in corrections
    ]
    return RawPunches(raws)


_second = itemgetter(0)


def _order(raw: Raw) -> tuple:
    return raw.second, raw.state.value, raw.source.value, str(raw.key)


def directed(raws: list[Raw], interval: int) -> list[Raw]:
    """Raw punches of one work date, those that alternate with their direction.

    In and out in turn, the first is an in. Punches within the interval are one turn; a
    turn in which somebody pressed a key goes by that key.

    :param raws: ordered
    :param interval: seconds, as for ``join``
    """
    if not any(raw.state is PunchState.ALTERNATE for raw in raws):
        return raws
    found: list[Raw] = []
    last = PunchState.OUT
    for group in _groups(raws, interval):
        pressed = [raw.state for raw in group if raw.state in _PRESSED]
        turn = PunchState.IN if last is PunchState.OUT else PunchState.OUT
        last = pressed[0] if pressed else turn
        found += [
            raw._replace(state=last) if raw.state is PunchState.ALTERNATE else raw
            for raw in group
        ]
    return found


def join(raws: list[Raw], interval: int) -> list[Event]:
    """Join ordered raw punches to events.

    :param interval: seconds, the last one inside
    """
    return [_event(group) for group in _groups(raws, interval)]


def _groups(raws: list[Raw], interval: int) -> list[list[Raw]]:
    groups: list[list[Raw]] = []
    for raw in raws:
        if groups and raw.second - groups[-1][0].second <= interval:
            groups[-1].append(raw)
        else:
            groups.append([raw])
    return groups


def _event(group: list[Raw]) -> Event:
    first = group[0]
    if len(group) == 1:
        return Event(first.second, first.second, first.state, (first,))
    keys = [r.state for r in group if r.state is not PunchState.UNDEFINED]
    state = keys[0] if keys else PunchState.UNDEFINED
    mixed = any(key is not state for key in keys)
    return Event(first.second, group[-1].second, state, tuple(group), mixed)


def foreign_marks(raws: Iterable[Raw], others: SpanSet) -> list[PunchMark]:
    """Marks of punches on the calendar day that the work date's window does not hold.

    :param others: windows of the neighbours
    """
    return [
        PunchMark(
            raw.key,
            Mark.OTHER_DATE if raw.second // 60 in others else Mark.UNMATCHED,
            raw.second,
            raw.source,
        )
        for raw in raws
    ]
