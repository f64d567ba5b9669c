"""Half-open spans of minutes and sets of them.

A point in time is a *minute number*: whole minutes since 1970-01-01T00:00Z. A span
``[start, stop)`` holds the minutes from ``start`` up to and without ``stop``. A span
whose stop is not after its start is empty: nothing, not an error.

``SpanSet`` is an immutable, ordered union of disjoint, non-touching spans with the
operators ``|`` (union), ``&`` (intersection) and ``-`` (difference). Iterating gives
``Span`` values; ``bool()`` tells whether there is any minute; ``minutes`` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MINUTE = timedelta(minutes=1)


class Span(NamedTuple):
    """The minutes from ``start`` up to and without ``stop`` (minute numbers)."""

    start: int
    stop: int

    @property
    def minutes(self) -> int:
        """Length in minutes, 0 for an empty span."""
        return max(0, self.stop - self.start)

    @property
    def start_at(self) -> datetime:
        """First instant inside, UTC."""
        return EPOCH + self.start * _MINUTE

    @property
    def stop_at(self) -> datetime:
        """First instant after it, UTC."""
        return EPOCH + self.stop * _MINUTE


class SpanSet:
    """Ordered, disjoint, non-touching spans. Immutable; equal by content."""

    __slots__ = ("spans",)

    spans: tuple[Span, ...]

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()):
        """Normalise any pairs: order, overlap and empty ones do not matter."""
        ordered = sorted(pairs)
        if len(ordered) == 1:
            start, stop = ordered[0]
            self.spans = (Span(start, stop),) if stop > start else ()
            return
        merged: list[Span] = []
        for start, stop in ordered:
            if stop <= start:
                continue
            if merged and start <= merged[-1][1]:
                if stop > merged[-1][1]:
                    merged[-1] = Span(merged[-1][0], stop)
            else:
                merged.append(Span(start, stop))
        self.spans = tuple(merged)

    @classmethod
    def of(cls, start: int, stop: int) -> SpanSet:
        """The set of one span; the empty set if it has no minute."""
        made = cls.__new__(cls)
        made.spans = (Span(start, stop),) if stop > start else ()
        return made

    @classmethod
    def _ready(cls, spans: list[Span]) -> SpanSet:
        made = cls.__new__(cls)
        made.spans = tuple(spans)
        return made

    @property
    def minutes(self) -> int:
        """Number of minutes inside."""
        return sum(stop - start for start, stop in self.spans)

    @property
    def start(self) -> int:
        """First minute inside. The set must not be empty."""
        return self.spans[0][0]

    @property
    def stop(self) -> int:
        """First minute after the last one inside. The set must not be empty."""
        return self.spans[-1][1]

    def __or__(self, other: SpanSet) -> SpanSet:
        if not other.spans:
            return self
        if not self.spans:
            return other
        return SpanSet(self.spans + other.spans)

    def __and__(self, other: SpanSet) -> SpanSet:
        mine, theirs = self.spans, other.spans
        found: list[Span] = []
        i = j = 0
        while i < len(mine) and j < len(theirs):
            start = max(mine[i][0], theirs[j][0])
            stop = min(mine[i][1], theirs[j][1])
            if start < stop:
                found.append(Span(start, stop))
            if mine[i][1] < theirs[j][1]:
                i += 1
            else:
                j += 1
        return SpanSet._ready(found)

    def __sub__(self, other: SpanSet) -> SpanSet:
        if not self.spans or not other.spans:
            return self
        left: list[Span] = []
        holes = other.spans
        for start, stop in self.spans:
            for hole_start, hole_stop in holes:
                if hole_stop <= start:
                    continue
                if hole_start >= stop:
                    break
                if hole_start > start:
                    left.append(Span(start, hole_start))
                start = hole_stop
            if start < stop:
                left.append(Span(start, stop))
        return SpanSet._ready(left)

    def __contains__(self, minute: int) -> bool:
        return any(start <= minute < stop for start, stop in self.spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __len__(self) -> int:
        """Number of spans, not of minutes."""
        return len(self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SpanSet):
            return NotImplemented
        return self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)

    def __repr__(self) -> str:
        return f"SpanSet({[tuple(span) for span in self.spans]})"


EMPTY = SpanSet()
