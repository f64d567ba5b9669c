"""A day with segments: choosing, judging, rows (rules 3 and 5 to 9)."""

from __future__ import annotations

from typing import NamedTuple

from .choose import Chosen, Scope, choose
from .clock import nominal_minutes
from .day import Workspace
from .frame import Frame, Leave, Table, cut_leave, gross_of
from .judge import (
    Judged,
    Measure,
    credit_break,
    elapsed,
    judge_piece,
    limits_of,
)
from .leave import Cover, add_covers, add_leaves, cover_spans, covers_of
from .marks import mark_events
from .pieces import make_pieces, take_breaks
from .presence import Presence, resolve, round_second
from .results import Row
from .span import SpanSet
from .vocabulary import (
    BreakKind,
    DueMeasure,
    ExceptionKind,
    PunchMode,
    RequestKind,
    RowKind,
)


class Layout(NamedTuple):
    """Timetables as they lie on the day, and what leave and covers make of them."""

    tables: tuple[Table, ...]
    leaves: tuple[Leave, ...]
    due: SpanSet
    covers: list[Cover]
    covered: SpanSet


def lay_out(
    frame: Frame, tables: tuple[Table, ...], reach: tuple[int, int] = (0, 0)
) -> Layout:
    """Cut the timetables by leave and find the covers."""
    if tables is frame.tables:
        leaves, due = frame.leaves, frame.due
    else:
        leaves, due = cut_leave(
            frame.requests, frame.roster.date, gross_of(tables), reach
        )
    covers = covers_of(frame, due, reach) if frame.requests.covers else []
    return Layout(tables, leaves, due, covers, cover_spans(covers))


def make_scopes(frame: Frame, layout: Layout) -> list[Scope]:
    """What punches are judged against: the whole, or each timetable."""
    tables, due, covered = layout.tables, layout.due, layout.covered
    if frame.policy.punch_mode is not PunchMode.PER_TIMETABLE:
        first = next(t for t in tables if t.stop > due.start)
        last = next(t for t in reversed(tables) if t.start < due.stop)
        return [_scope(due, covered, first.in_required, last.out_required)]
    scopes = []
    for index, table in enumerate(tables):
        part = due & SpanSet.of(table.start, table.stop)
        if part:
            scope = _scope(part, covered, table.in_required, table.out_required)
        else:
            scope = Scope(table.start, table.stop, is_due=False)
        scopes.append(_with_shared_borders(scope, index, tables))
    return scopes


def _with_shared_borders(scope: Scope, index: int, tables) -> Scope:
    """Where timetables touch, one's presence does not reach into the other."""
    table = tables[index]
    if index and tables[index - 1].stop == table.start:
        scope = scope._replace(floor=table.start)
    if index + 1 < len(tables) and tables[index + 1].start == table.stop:
        scope = scope._replace(ceiling=table.stop)
    return scope


def _scope(due: SpanSet, covered: SpanSet, in_required, out_required) -> Scope:
    start, stop = due.start, due.stop
    if not covered:
        return Scope(start, stop, in_required, out_required)
    return Scope(
        start, stop, in_required, out_required, start in covered, stop - 1 in covered
    )


def elastic_move(work: Workspace, chosen: Chosen, layout: Layout) -> int:
    """Minutes by which first start and last end move with the first in."""
    frame = work.frame
    reach = frame.shift.elastic_minutes
    table = layout.tables[0]
    if not reach or not table.in_required or not chosen.stretches:
        return 0
    first = chosen.stretches[0].first
    if first is None or chosen.stretches[0].scope != 0:
        return 0
    if table.start not in layout.due or table.start in layout.covered:
        return 0
    minute = round_second(first.first, frame.policy.round_in, frame.base)
    move = max(-reach, min(reach, minute - table.start))
    work.explain("elastic", first_in=minute, start=table.start, move=move)
    return move


def judge_segments(work: Workspace) -> Layout:
    """Judge a day that has something due; returns the layout for overtime."""
    frame = work.frame
    layout = lay_out(frame, frame.tables)
    scopes = make_scopes(frame, layout)
    chosen = choose(frame.policy.punch_mode, work.events, scopes, frame.tables)
    reach = (0, 0)
    if frame.shift.elastic_minutes:
        move = elastic_move(work, chosen, layout)
        if move:
            tables = tuple(
                t._replace(start=t.start + move, stop=t.stop + move)
                for t in layout.tables
            )
            reach = (frame.tables[-1].stop, tables[-1].stop)
            layout = lay_out(frame, tables, reach)
            scopes = make_scopes(frame, layout)
    presence = resolve(chosen, scopes, frame.policy, frame.base)
    if presence.missing:
        mattering = tuple(m for m in presence.missing if scopes[m.scope].is_due)
        presence = presence._replace(missing=mattering)
    tables, presence = take_breaks(layout.tables, presence)
    if tables is not layout.tables:
        layout = lay_out(frame, tables, reach)
    work.presence = presence
    explain_presence(work, presence)
    timetables = len(scopes) > 1
    work.marks += mark_events(work.events, chosen, timetables=timetables)
    judged = _judge(work, layout, presence)
    add_leaves(work, layout.leaves)
    _add_rows(work, judged, layout)
    add_covers(work, layout.covers)
    note_missing(work, presence, chosen)
    return layout


def explain_presence(work: Workspace, presence: Presence) -> None:
    """Trace the stretches of presence by punches."""
    for start, stop in presence.spans:
        work.explain("stretch", start=start, stop=stop)


def note_missing(work: Workspace, presence: Presence, chosen: Chosen) -> None:
    """Exceptions of missing ends and of keys in conflict."""
    policy = work.frame.policy
    for end in presence.missing:
        kind = ExceptionKind.MISSING_IN if end.is_in else ExceptionKind.MISSING_OUT
        work.note(kind, at=end.at, timetable=end.scope)
        work.explain(
            "missing",
            end="in" if end.is_in else "out",
            at=end.at,
            fill=(policy.missing_in if end.is_in else policy.missing_out).value,
            minutes=end.fill,
        )
    if chosen.conflicts:
        work.note(
            ExceptionKind.KEY_CONFLICT,
            keys=tuple(raw.key for event in chosen.conflicts for raw in event.raws),
        )


def measure_of(frame: Frame) -> Measure:
    """Elapsed minutes, or wall-clock minutes where the policy says nominal."""
    if frame.policy.due_measure is DueMeasure.ELAPSED or frame.is_uniform:
        return elapsed
    zone = frame.roster.zone
    return lambda start, stop: nominal_minutes(start, stop, zone)


def _judge(work: Workspace, layout: Layout, presence: Presence) -> list[Judged]:
    policy = work.frame.policy
    cut = SpanSet(span for leave in layout.leaves for span in leave.cut)
    measure = measure_of(work.frame)
    covered = layout.covered & layout.due if layout.covers else layout.covered
    judged = [
        judge_piece(piece, presence, covered, policy, measure)
        for piece in make_pieces(layout.tables, layout.due, cut)
    ]
    if presence.outings:
        _show_outings(judged, presence, layout.covered, policy.deducts_punched_outing)
    _credit_breaks(work, layout, judged, presence)
    if policy.least_worked_percent:
        worked = sum(one.worked for one in judged)
        due = sum(one.due for one in judged)
        if worked * 100 < policy.least_worked_percent * due:
            work.explain(
                "below_percent",
                worked=worked,
                due=due,
                percent=policy.least_worked_percent,
            )
            for one in judged:
                one.lose_all()
    return judged


def _show_outings(judged, presence: Presence, covered: SpanSet, deducts: bool) -> None:
    """Inner pairs in first/last: shown; deducted only if the policy says so."""
    away = SpanSet(presence.outings) - covered
    for one in judged:
        spans = away & one.piece.due
        if not spans:
            continue
        one.punched_outing += spans.minutes
        one.spans.append(("punched_outing", spans.spans))
        if deducts:
            inside = spans & one.present
            one.take("absent", inside.minutes, inside.spans)


def _credit_breaks(work, layout: Layout, judged: list[Judged], presence) -> None:
    """A break deducted only beyond N hours of presence counts below them."""
    present = None
    for index, table in enumerate(layout.tables):
        for pause in table.breaks:
            if pause.kind is not BreakKind.BEYOND:
                continue
            if present is None:
                present = _present_with_breaks(layout, presence)
            if present.minutes > pause.beyond:
                continue
            inside = present & SpanSet.of(pause.start, pause.stop)
            minutes = inside.minutes
            credited = credit_break(judged, index, minutes)
            if credited:
                work.credited = work.credited | inside
            work.explain(
                "break_credit",
                present=present.minutes,
                beyond=pause.beyond,
                minutes=minutes,
                credited=credited,
            )


def _present_with_breaks(layout: Layout, presence: Presence) -> SpanSet:
    """Presence within the timetables, breaks included, outside leave."""
    whole = SpanSet((table.start, table.stop) for table in layout.tables)
    on_leave = SpanSet(
        (leave.request.start_minute, leave.request.stop_minute)
        if not leave.request.is_by_days
        else (leave.cut.start, leave.cut.stop)
        for leave in layout.leaves
    )
    return ((presence.spans | layout.covered) & whole) - on_leave


def _add_rows(work: Workspace, judged: list[Judged], layout: Layout) -> None:
    shift = work.frame.shift.key
    for one in judged:
        outing, trip = _shown_in(layout.covers, one)
        work.rows.append(
            Row(
                RowKind.SHIFT,
                one.piece.due.start,
                one.piece.due.stop,
                shift,
                one.due,
                one.worked,
                one.late,
                one.early,
                one.absent,
                one.punched_outing,
                outing,
                trip,
            )
        )
        if work.explains:
            _explain_piece(work, one)
    work.rows.sort(key=lambda row: (row.start is None, row.start or 0))


def _shown_in(covers: list[Cover], one: Judged) -> tuple[int, int]:
    outing = trip = 0
    for request, _spans, shown in covers:
        minutes = (shown & one.piece.due).minutes
        if request.kind is RequestKind.OUTING:
            outing += minutes
        elif request.kind is RequestKind.TRIP:
            trip += minutes
    return outing, trip


def _explain_piece(work: Workspace, one: Judged) -> None:
    work.explain(
        "piece",
        start=one.piece.due.start,
        stop=one.piece.due.stop,
        due=one.due,
        worked=one.worked,
        late=one.late,
        early=one.early,
        absent=one.absent,
    )
    for kind, spans, minutes, counted in one.gaps:
        grace, limit = limits_of(kind, work.frame.policy)
        work.explain(
            "gap",
            kind=kind,
            spans=spans,
            minutes=minutes,
            counted=counted,
            grace=grace,
            limit=limit,
        )
    work.add_spans("due", one.piece.due.spans)
    away = []
    for figure, spans in one.spans:
        work.add_spans(figure, spans)
        if figure != "punched_outing":
            away += spans
    if one.worked:
        work.add_spans("worked", (one.piece.due - SpanSet(away)).spans)
