"""When somebody came and went, for each piece of a shift."""

from odoo.addons.chain_attendance_engine import Mark, RowKind

SECONDS_PER_MINUTE = 60
INS = {Mark.IN, Mark.INNER_IN, Mark.IN_AND_OUT}
OUTS = {Mark.OUT, Mark.INNER_OUT, Mark.IN_AND_OUT}
# Those that are an in or an out by where they lie.
EITHER = {Mark.INNER, Mark.IN_PROGRESS}


def piece_ends(result):
    """The in and out of each of the engine's rows, as minute numbers or ``None``.

    The only piece of a day has the day's first in and last out. Of several, each has
    the punches that lie nearer to it than to the next: where a leave or a break is
    between them its middle decides, and a punch that serves both sides is the out of
    the one and the in of the other.

    :param result: the engine's ``DayResult``.
    :return: ``[(in, out), ...]``, one for each of ``result.rows``.
    """
    pieces = [row for row in result.rows if row.kind is RowKind.SHIFT]
    if len(pieces) < 2:
        day = (result.first_in, result.last_out)
        return [day if row in pieces else (None, None) for row in result.rows]
    events = [
        (mark.second // SECONDS_PER_MINUTE, mark.mark)
        for mark in sorted(result.marks, key=lambda mark: mark.second)
        if mark.mark in INS | OUTS | EITHER
    ]
    found = {
        id(piece): _ends(piece, before, after, events)
        for before, piece, after in zip(
            [None, *pieces], pieces, [*pieces[1:], None], strict=False
        )
    }
    return [found.get(id(row), (None, None)) for row in result.rows]


def _ends(piece, before, after, events):
    came = left = None
    for minute, mark in events:
        is_after = before is None or 2 * minute > before.stop + piece.start
        is_before = after is None or 2 * minute <= piece.stop + after.start
        if mark is Mark.IN_AND_OUT:
            # Serves both sides of the border that is nearest.
            is_in = _is_border(minute, before, piece)
            is_out = _is_border(minute, piece, after)
        elif not (is_after and is_before):
            continue
        else:
            is_early = 2 * minute <= piece.start + piece.stop
            is_in = mark in INS or (mark in EITHER and is_early)
            is_out = mark in OUTS or (mark in EITHER and not is_early)
        if is_in and came is None:
            came = minute
        if is_out:
            left = minute
    return came, left


def _is_border(minute, before, after):
    """Whether the minute lies about the border between two pieces."""
    if before is None or after is None:
        return False
    return before.start + before.stop < 2 * minute <= after.start + after.stop
