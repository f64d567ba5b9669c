"""A shift by hours: due minutes, no times (rule 10)."""

from __future__ import annotations

from .choose import Scope, choose
from .clock import DAY
from .day import Workspace
from .leave import Cover, add_covers, add_leave, cover_spans
from .marks import mark_events
from .presence import Presence, resolve
from .results import Charge, Row
from .segments import explain_presence, note_missing
from .span import EMPTY, Span, SpanSet
from .vocabulary import ExceptionKind, PunchMode, RequestKind, RowKind


def flexible_scope(work: Workspace) -> Scope:
    """A single punch is split at noon, in every mode."""
    frame = work.frame
    return Scope(frame.base, frame.next_base, split=frame.at(DAY // 2))


def flexible_presence(work: Workspace) -> Presence:
    """Presence by punches; per timetable there is none, so first and last."""
    frame = work.frame
    scope = flexible_scope(work)
    mode = frame.policy.punch_mode
    if mode is PunchMode.PER_TIMETABLE:
        mode = PunchMode.FIRST_LAST
    chosen = choose(mode, work.events, [scope])
    presence = resolve(chosen, [scope], frame.policy, frame.base)
    explain_presence(work, presence)
    work.marks += mark_events(work.events, chosen)
    note_missing(work, presence, chosen)
    return presence


def judge_flexible(work: Workspace) -> SpanSet:
    """Judge a day by hours; returns the minutes of presence that fill what is due."""
    frame = work.frame
    work.presence = presence = flexible_presence(work)
    leave = frame.requests.leave_hours
    covers, by_day = _covers(work, leave)
    present = (presence.spans | cover_spans(covers)) - leave
    due = frame.due_minutes
    filled = fill(present, due)
    worked = due if by_day else filled.minutes
    add_flexible_leave(work)
    outing = sum(
        c.shown.minutes for c in covers if c.request.kind is RequestKind.OUTING
    )
    trip = sum(c.shown.minutes for c in covers if c.request.kind is RequestKind.TRIP)
    work.rows.insert(
        0,
        Row(
            RowKind.SHIFT,
            None,
            None,
            frame.shift.key,
            due,
            worked,
            absent_minutes=due - worked,
            outing_minutes=outing,
            trip_minutes=due if by_day is RequestKind.TRIP else trip,
        ),
    )
    add_covers(work, covers)
    work.add_spans("worked", filled.spans)
    work.explain(
        "flexible", due=due, present=present.minutes, worked=worked, absent=due - worked
    )
    _flag_core(work, present | leave, bool(by_day))
    return filled


def fill(present: SpanSet, due: int) -> SpanSet:
    """The earliest minutes of presence that fill ``due`` minutes."""
    found: list[Span] = []
    left = due
    for start, stop in present:
        if left <= 0:
            break
        found.append(Span(start, min(stop, start + left)))
        left -= stop - start
    return SpanSet(found)


def _covers(work: Workspace, leave: SpanSet) -> tuple[list[Cover], RequestKind | None]:
    """Covers by hours, inside the calendar day and outside leave; a cover by days."""
    frame = work.frame
    requests = frame.requests
    left = frame.calendar - leave
    found = []
    for request in requests.covers:
        if request.is_by_days:
            continue
        spans = SpanSet.of(request.start_minute, request.stop_minute) & frame.calendar
        shown = spans & left
        left = left - shown
        found.append(Cover(request, spans, shown))
    whole = requests.day_cover_of(frame.roster.date)
    if whole is None:
        return found, None
    work.charges.append(
        Charge(whole.key, whole.kind, whole.type_key, frame.due_minutes, 1)
    )
    work.explain("cover", key=whole.key, kind=whole.kind, minutes=frame.due_minutes)
    return found, whole.kind


def add_flexible_leave(work: Workspace) -> None:
    """Leave comes off the hours due, the earlier-filed first.

    By hours it takes its minutes of the calendar day, by days all that is left.
    """
    frame = work.frame
    if frame.is_removed:
        return
    left = frame.shift.flexible_minutes
    taken = EMPTY
    for request in frame.requests.leaves:
        if request.is_by_days:
            if left and request.takes_date(frame.roster.date):
                add_leave(work, request, left, 1, EMPTY)
                left = 0
            continue
        own = SpanSet.of(request.start_minute, request.stop_minute) & frame.calendar
        own = own - taken
        taken = taken | own
        minutes = min(left, own.minutes)
        left -= minutes
        if minutes:
            add_leave(work, request, minutes, 0, own)


def _flag_core(work: Workspace, there: SpanSet, is_covered: bool) -> None:
    """Core time only raises a flag, with the minutes missed."""
    frame = work.frame
    if not frame.shift.core or is_covered:
        return
    core = SpanSet(
        (
            frame.at(time.start.hour * 60 + time.start.minute),
            frame.at(time.end.hour * 60 + time.end.minute),
        )
        for time in frame.shift.core
    )
    missed = core - there
    if missed:
        work.core_missed = missed.minutes
        work.add_spans("core_missed", missed.spans)
        work.note(ExceptionKind.CORE_TIME, minutes=missed.minutes, spans=missed.spans)


def overtime_presence(presence: Presence, covered: SpanSet, filled: SpanSet) -> SpanSet:
    """What exceeds the hours due."""
    return (presence.overtime | covered) - filled
