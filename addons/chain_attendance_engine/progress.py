"""A day whose window is still open (rule 13): due is shown, nothing is judged."""

from __future__ import annotations

from .day import Workspace
from .flexible import add_flexible_leave
from .leave import add_leaves
from .overtime import Overtime, claimed_minutes
from .pieces import make_pieces
from .results import PunchMark, Row
from .segments import measure_of
from .span import SpanSet
from .vocabulary import DayState, Mark, RowKind


def show_in_progress(work: Workspace) -> None:
    """Rows with what is due; worked, late, early and absent stay empty."""
    work.state = DayState.IN_PROGRESS
    frame = work.frame
    work.overtime = Overtime(claimed=claimed_minutes(frame))
    work.marks += [
        PunchMark(r.key, Mark.IN_PROGRESS, r.second, r.source) for r in work.raws
    ]
    if frame.is_flexible:
        _show_flexible(work)
    else:
        _show_pieces(work)
    work.explain("in_progress", until=work.window.stop)


def _show_flexible(work: Workspace) -> None:
    frame = work.frame
    if frame.due_minutes:
        work.rows.append(_open_row(frame.shift.key, frame.due_minutes))
    add_flexible_leave(work)


def _show_pieces(work: Workspace) -> None:
    frame = work.frame
    cut = SpanSet(span for leave in frame.leaves for span in leave.cut)
    measure = measure_of(frame)
    for piece in make_pieces(frame.tables, frame.due, cut):
        due = sum(measure(start, stop) for start, stop in piece.due)
        row = _open_row(frame.shift.key, due)
        work.rows.append(row._replace(start=piece.due.start, stop=piece.due.stop))
    add_leaves(work, frame.leaves)
    work.rows.sort(key=lambda row: (row.start is None, row.start or 0))


def _open_row(key, due: int) -> Row:
    return Row(
        RowKind.SHIFT,
        key=key,
        due_minutes=due,
        worked_minutes=None,
        late_minutes=None,
        early_minutes=None,
        absent_minutes=None,
    )
