"""Late, early, absent: the gaps of a piece (rule 8)."""

from __future__ import annotations

from collections.abc import Callable

from .inputs import Policy
from .pieces import Piece, gaps_of
from .presence import Missing, Presence
from .span import Span, SpanSet

Measure = Callable[[int, int], int]


def elapsed(start: int, stop: int) -> int:
    """Length of a span in minutes that pass."""
    return stop - start


class Judged:
    """The figures of one piece, in minutes, while it is being judged.

    ``due = worked + late + early + absent`` holds after every step. ``gaps`` keeps
    ``(kind, spans, minutes, counted)`` for the trace; kinds are ``start``, ``end``,
    ``between``, ``before_cover``, ``after_cover``, ``no_punch`` and ``whole``.
    """

    __slots__ = (
        "absent",
        "due",
        "early",
        "gaps",
        "late",
        "outing",
        "piece",
        "present",
        "punched_outing",
        "spans",
        "trip",
        "worked",
    )

    def __init__(self, piece: Piece, due: int):
        self.piece = piece
        self.due = due
        self.worked = due
        self.late = self.early = self.absent = 0
        self.outing = self.trip = self.punched_outing = 0
        self.gaps: list[tuple[str, tuple[Span, ...], int, str]] = []
        self.spans: list[tuple[str, tuple[Span, ...]]] = []
        self.present = SpanSet()

    def take(self, figure: str, minutes: int, spans=()) -> None:
        """Move minutes from worked to late, early or absent."""
        minutes = min(minutes, self.worked)
        if minutes:
            self.worked -= minutes
            setattr(self, figure, getattr(self, figure) + minutes)
            if spans:
                self.spans.append((figure, tuple(spans)))

    def give_back(self, figure: str, minutes: int) -> int:
        """Move up to ``minutes`` from a figure to worked; return how many."""
        moved = min(minutes, getattr(self, figure))
        if moved:
            setattr(self, figure, getattr(self, figure) - moved)
            self.worked += moved
        return moved

    def lose_all(self) -> None:
        """All of it is absence."""
        self.worked = self.late = self.early = 0
        self.absent = self.due
        self.spans = [("absent", self.piece.due.spans)]


def judge_piece(
    piece: Piece,
    presence: Presence,
    covers: SpanSet,
    policy: Policy,
    measure: Measure = elapsed,
) -> Judged:
    """Judge one piece by presence and covers.

    :param covers: minutes of outing and trip
    :param measure: length of a span, elapsed or nominal
    """
    due = piece.due
    judged = Judged(piece, _length(due, measure))
    present = presence.spans | covers if covers else presence.spans
    judged.present = inside = due & present
    if inside == due:
        _fill_missing(judged, presence.missing)
        return judged
    if not inside:
        judged.gaps.append(("whole", due.spans, judged.due, "absent"))
        judged.lose_all()
        return judged
    for spans in gaps_of(due, inside):
        _judge_gap(judged, spans, presence, policy, measure)
    _fill_missing(judged, presence.missing)
    return judged


def _length(spans, measure: Measure) -> int:
    return sum(measure(start, stop) for start, stop in spans)


def _judge_gap(judged, spans, presence, policy, measure) -> None:
    due = judged.piece.due
    minutes = _length(spans, measure)
    if spans[0].start == due.start:
        kind, figure = "start", "late"
    elif spans[-1].stop == due.stop:
        kind, figure = "end", "early"
    else:
        kind, figure = _middle(spans, presence)
    counted = minutes
    if figure in ("late", "early"):
        figure, counted = limited(minutes, figure, policy)
    elif kind == "between":
        judged.punched_outing += minutes
        judged.spans.append(("punched_outing", tuple(spans)))
    judged.gaps.append((kind, tuple(spans), minutes, figure if counted else "grace"))
    judged.take(figure, counted, spans)


def _middle(spans, presence: Presence) -> tuple[str, str]:
    """A gap inside a piece, by the punches on either side of it."""
    first, last = presence.first_punch, presence.last_punch
    if first is None:
        return "no_punch", "absent"
    if first <= spans[0].start:
        if last >= spans[-1].stop:
            return "between", "absent"
        return "before_cover", "early"
    return "after_cover", "late"


_LATE, _EARLY = ("start", "after_cover"), ("end", "before_cover")


def limits_of(kind: str, policy: Policy) -> tuple[int | None, int | None]:
    """Grace and limit that apply to a kind of gap, for the trace."""
    if kind in _LATE:
        return policy.grace_late_minutes, policy.late_limit_minutes
    if kind in _EARLY:
        return policy.grace_early_minutes, policy.early_limit_minutes
    return None, None


def limited(minutes: int, figure: str, policy: Policy) -> tuple[str, int]:
    """Grace and limit of one gap.

    :param figure: ``late`` or ``early``
    :return: the figure it counts as, and the minutes counted
    """
    if figure == "late":
        grace, limit = policy.grace_late_minutes, policy.late_limit_minutes
    else:
        grace, limit = policy.grace_early_minutes, policy.early_limit_minutes
    if minutes <= grace:
        return figure, 0
    if limit is not None and minutes > limit:
        return "absent", minutes
    return figure, minutes - grace if policy.counts_only_excess else minutes


def _fill_missing(judged: Judged, missing: tuple[Missing, ...]) -> None:
    """Late or early minutes a policy puts in place of a missing punch."""
    due = judged.piece.due
    for end in missing:
        if end.fill is None:
            continue
        if end.is_in and due.start == end.at:
            judged.take("late", end.fill)
        elif not end.is_in and due.stop == end.at:
            judged.take("early", end.fill)


def credit_break(all_judged: list[Judged], table: int, minutes: int) -> int:
    """Count minutes of a break as worked; absent, early, late shrink by them.

    Pieces of the break's own timetable come first.

    :return: the minutes that found something to shrink
    """
    order = sorted(all_judged, key=lambda judged: judged.piece.table != table)
    left = minutes
    for figure in ("absent", "early", "late"):
        for judged in order:
            left -= judged.give_back(figure, left)
    return minutes - left
