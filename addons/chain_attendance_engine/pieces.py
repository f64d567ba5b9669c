"""Segments and their pieces (rule 3).

Due is the timetables minus unpaid breaks, cut by leave. A piece is what lies between
two borders: the ends of a timetable, a leave that cuts, a punched break. A fixed break
is a hole in its piece; gaps run across it.
"""

from __future__ import annotations

from typing import NamedTuple

from .frame import Table
from .presence import Presence
from .shift import PlannedBreak
from .span import Span, SpanSet
from .vocabulary import BreakKind


class Piece(NamedTuple):
    """Due minutes between two borders, and the timetable they belong to."""

    due: SpanSet
    table: int


def make_pieces(tables: tuple[Table, ...], due: SpanSet, cut: SpanSet) -> list[Piece]:
    """Divide what is due.

    :param due: minutes due after leave
    :param cut: minutes cut out by leave
    """
    if len(tables) == 1 and not cut and not tables[0].breaks:
        return [Piece(due, 0)] if due else []
    pieces = []
    for index, table in enumerate(tables):
        whole = SpanSet.of(table.start, table.stop)
        punched = SpanSet(
            (pause.start, pause.stop)
            for pause in table.breaks
            if pause.kind is BreakKind.PUNCHED
        )
        for span in whole - punched - cut:
            part = due & SpanSet.of(*span)
            if part:
                pieces.append(Piece(part, index))
    return pieces


def take_breaks(
    tables: tuple[Table, ...], presence: Presence
) -> tuple[tuple[Table, ...], Presence]:
    """Put punched breaks where they were taken.

    A break lies, for its allowed length, at the out punch of the inner pair of its
    timetable nearest to its nominal start; without a pair it keeps its nominal place.
    The pair is no punched outing any more: the person was away from out to in.
    """
    if not any(b.kind is BreakKind.PUNCHED for table in tables for b in table.breaks):
        return tables, presence
    pairs = sorted(presence.outings or presence.gaps)
    moved, taken = [], []
    for table in tables:
        mine = [p for p in pairs if table.start <= p[0] and p[1] <= table.stop]
        breaks = []
        for pause in table.breaks:
            if pause.kind is BreakKind.PUNCHED and mine:
                pair = min(mine, key=lambda p, b=pause: (abs(p[0] - b.start), p[0]))
                mine.remove(pair)
                taken.append(pair)
                pause = _moved(pause, pair[0], table.stop)
            breaks.append(pause)
        moved.append(table._replace(breaks=tuple(breaks)))
    away = SpanSet(taken)
    return tuple(moved), presence._replace(
        spans=presence.spans - away,
        overtime=presence.overtime - away,
        outings=tuple(pair for pair in presence.outings if pair not in taken),
        gaps=tuple(pair for pair in presence.gaps if pair not in taken),
    )


def _moved(pause: PlannedBreak, start: int, end: int) -> PlannedBreak:
    length = pause.stop - pause.start
    return pause._replace(start=start, stop=min(start + length, end))


def gaps_of(piece: SpanSet, present: SpanSet) -> list[list[Span]]:
    """Minutes of a piece without presence, those across a hole as one gap."""
    gaps: list[list[Span]] = []
    for span in piece - present:
        if gaps and not (present & SpanSet.of(gaps[-1][-1].stop, span.start)):
            gaps[-1].append(span)
        else:
            gaps.append([span])
    return gaps
