"""Which minutes belong to which work date (rule 4).

A window is a set of whole minutes; a punch belongs to it when its minute does. Three
ranks of claim exist, the stronger takes the common minutes:

1. a neighbour's core (shift with segments, shift that works on the holiday, overtime
   forms) with its early-in and late-out, cut at the midpoint towards such neighbours;
2. the calendar day of a rest, unscheduled or flexible day;
3. the span of a shift that has no segments left.
"""

from __future__ import annotations

from .frame import Frame, candidate_ends, hull
from .span import EMPTY, SpanSet


def border(earlier: tuple, later: tuple, late_out: int, early_in: int) -> int | None:
    """Last minute of the earlier window where two windows overlap, else ``None``.

    :param earlier: first start and last end of the earlier day, forms included
    :param later: the same of the later day
    :param late_out: minutes the earlier window reaches beyond its last end
    :param early_in: minutes the later window reaches before its first start
    """
    last = earlier[1] + late_out
    first = later[0] - early_in
    if first > last:
        return None
    if earlier[1] >= later[0]:
        middle = earlier[1]
    else:
        middle = (earlier[1] + later[0]) // 2
    return min(max(middle, first - 1), last)


def strong_window(frame: Frame, before: Frame | None, after: Frame | None) -> SpanSet:
    """The window of a day's core, cut towards both neighbours."""
    if frame.core is None:
        return EMPTY
    start = frame.core[0] - frame.policy.early_in_minutes
    last = frame.core[1] + frame.policy.late_out_minutes
    if before is not None and before.core is not None:
        cut = _border_of(before, frame)
        if cut is not None:
            start = max(start, cut + 1)
    if after is not None and after.core is not None:
        cut = _border_of(frame, after)
        if cut is not None:
            last = min(last, cut)
    return SpanSet.of(start, last + 1)


def _border_of(earlier: Frame, later: Frame) -> int | None:
    return border(
        earlier.core,
        later.core,
        earlier.policy.late_out_minutes,
        later.policy.early_in_minutes,
    )


def has_calendar_window(frame: Frame) -> bool:
    """A flexible day, or a rest or unscheduled day without a form."""
    if not frame.is_employed:
        return False
    if frame.shift is None:
        return not frame.forms and not frame.roster.candidates
    return frame.is_flexible


def _weak_core(frame: Frame) -> tuple[int, int] | None:
    """Ends of a shift that has no segments and no claim of its own."""
    if frame.is_open:
        return hull(candidate_ends(frame, lambda _: True))
    if not frame.tables or frame.due or frame.works_holiday:
        return None
    return frame.tables[0].start, frame.tables[-1].stop


def window_of(frame: Frame, before: Frame | None, after: Frame | None) -> SpanSet:
    """The minutes in which a punch belongs to this work date."""
    window = strong_window(frame, before, after)
    others = [other for other in (before, after) if other is not None]
    if has_calendar_window(frame):
        rest = frame.calendar
        if before is not None and has_calendar_window(before):
            rest = rest - before.calendar
    else:
        rest = _weak_window(frame, before, after)
        for other in others:
            if rest and has_calendar_window(other):
                rest = rest - other.calendar
    if not rest:
        return window
    if before is not None:
        rest = rest - strong_window(before, None, frame)
    if after is not None:
        rest = rest - strong_window(after, frame, None)
    return window | rest


def _weak_window(frame: Frame, before: Frame | None, after: Frame | None) -> SpanSet:
    core = _weak_core(frame)
    if core is None or not frame.is_employed:
        return EMPTY
    policy = frame.policy
    start, last = core[0] - policy.early_in_minutes, core[1] + policy.late_out_minutes
    other = None if before is None else _weak_core(before)
    if other is not None:
        cut = border(
            other, core, before.policy.late_out_minutes, policy.early_in_minutes
        )
        start = start if cut is None else max(start, cut + 1)
    other = None if after is None else _weak_core(after)
    if other is not None:
        cut = border(
            core, other, policy.late_out_minutes, after.policy.early_in_minutes
        )
        last = last if cut is None else min(last, cut)
    return SpanSet.of(start, last + 1)
