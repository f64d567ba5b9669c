"""A day without segments: rest, holiday, unscheduled, or leave over all of it.

Nothing is due, nobody is late. Punches matter for overtime only.
"""

from __future__ import annotations

from .choose import Scope, choose
from .day import Workspace
from .events import Event, join
from .flexible import flexible_scope
from .frame import Table
from .leave import add_leaves
from .marks import mark_events
from .pieces import take_breaks
from .presence import resolve
from .results import PunchMark
from .segments import explain_presence, note_missing
from .span import SpanSet
from .vocabulary import ExceptionKind, Mark, PunchMode


def judge_bare(work: Workspace) -> tuple[Table, ...]:
    """Presence of a day without segments; returns the timetables as they lie."""
    frame = work.frame
    work.events = events = _outside_leave(work)
    scopes = _scopes(work)
    hangs = bool(frame.forms) or frame.works_holiday
    mode = frame.policy.punch_mode
    if frame.is_flexible and mode is PunchMode.PER_TIMETABLE:
        mode = PunchMode.FIRST_LAST
    chosen = choose(mode, events, scopes, frame.tables)
    presence = resolve(chosen, scopes, frame.policy, frame.base)
    tables, presence = take_breaks(frame.tables, presence)
    work.presence = presence
    explain_presence(work, presence)
    work.marks += mark_events(events, chosen, hangs or len(events) > 1)
    if hangs:
        note_missing(work, presence, chosen)
    if frame.is_removed or not frame.is_flexible:
        add_leaves(work, frame.leaves)
    return tables


def _scopes(work: Workspace) -> list[Scope]:
    """What a single punch is split by: the shift, else the form, else the day."""
    frame = work.frame
    if frame.works_holiday and frame.is_flexible:
        return [flexible_scope(work)]
    if frame.works_holiday:
        tables = frame.tables
        if frame.policy.punch_mode is PunchMode.PER_TIMETABLE:
            return [
                Scope(t.start, t.stop, t.in_required, t.out_required, is_due=False)
                for t in tables
            ]
        return [
            Scope(
                tables[0].start,
                tables[-1].stop,
                tables[0].in_required,
                tables[-1].out_required,
                is_due=False,
            )
        ]
    forms = frame.form_spans
    if forms:
        return [Scope(forms.start, forms.stop, is_due=False)]
    return [Scope(frame.base, frame.next_base, is_due=False)]


def _outside_leave(work: Workspace) -> list[Event]:
    """Events that can matter: a punch within the hours of a full leave cannot."""
    frame = work.frame
    if not frame.leaves and not (frame.is_flexible and is_on_leave(work)):
        return work.events
    if frame.is_flexible:
        hours = frame.calendar
    else:
        hours = SpanSet((table.start, table.stop) for table in frame.tables)
    inside = [raw for raw in work.raws if raw.second // 60 in hours]
    if not inside:
        return work.events
    work.note(ExceptionKind.PRESENT_ON_LEAVE, keys=tuple(raw.key for raw in inside))
    work.marks += [
        PunchMark(raw.key, Mark.ON_LEAVE, raw.second, raw.source) for raw in inside
    ]
    rest = [raw for raw in work.raws if raw.second // 60 not in hours]
    return join(rest, frame.policy.duplicate_seconds)


def is_on_leave(work: Workspace) -> bool:
    """A shift whose whole due is on leave."""
    frame = work.frame
    if frame.shift is None or frame.is_removed or frame.has_segments:
        return False
    return bool(frame.leaves) or frame.is_flexible
