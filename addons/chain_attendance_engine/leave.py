"""Leave, outing and trip of a day: cover, charges, rows (rules 3 and 12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .clock import local_date
from .day import Workspace
from .frame import Frame, Leave, reached
from .inputs import RequestSpan
from .results import Charge, Row
from .span import EMPTY, SpanSet
from .vocabulary import ExceptionKind, RequestKind, RowKind


class Cover(NamedTuple):
    """An outing, a trip or a leave that counts as worked, on a date.

    :param spans: minutes covered
    :param shown: those inside what is due that no earlier-filed one shows
    """

    request: RequestSpan
    spans: SpanSet
    shown: SpanSet


def covers_of(
    frame: Frame, due: SpanSet, reach: tuple[int, int] = (0, 0)
) -> list[Cover]:
    """Covers that touch the day, in order of filing.

    :param due: minutes due after leave
    :param reach: nominal and moved end of an elastic shift
    """
    found, left = [], due
    for request in frame.requests.covers:
        if request.is_by_days:
            if not request.takes_date(frame.roster.date):
                continue
            spans = due
        else:
            spans = SpanSet.of(request.start_minute, reached(request, reach))
        shown = left & spans
        left = left - shown
        found.append(Cover(request, spans, shown))
    return found


def cover_spans(covers: list[Cover]) -> SpanSet:
    """All covered minutes."""
    if not covers:
        return EMPTY
    return SpanSet(span for cover in covers for span in cover.spans)


def overtime_cover(frame: Frame, window: SpanSet) -> SpanSet:
    """Minutes of outings and trips by hours: presence for overtime.

    :param window: the minutes of the work date; outside it an outing is another date's
    """
    if not frame.requests.covers:
        return EMPTY
    spans = SpanSet(
        (request.start_minute, request.stop_minute)
        for request in frame.requests.covers
        if not request.is_by_days and request.kind is not RequestKind.LEAVE
    )
    return spans & (window | frame.form_spans)


def add_leaves(work: Workspace, leaves: Iterable[Leave]) -> None:
    """Rows and charges of the leaves of a date, and of days charged without minutes."""
    seen = False
    for request, cut in leaves:
        days = int(request.is_by_days)
        seen = seen or bool(days)
        add_leave(work, request, cut.minutes, days, cut)
    charged = work.frame.day_leave
    if charged is not None and not seen and charged.counts_calendar_days:
        add_leave(work, charged, 0, 1, EMPTY)


def add_leave(
    work: Workspace, request: RequestSpan, minutes: int, days: int, cut: SpanSet
) -> None:
    """One leave of a date.

    :param minutes: due minutes it cuts
    :param days: 1 if the date is charged as a day
    """
    start, stop = (cut.start, cut.stop) if cut else (None, None)
    work.rows.append(
        Row(
            RowKind.LEAVE,
            start,
            stop,
            request.key,
            minutes=minutes,
            days=days,
            type_key=request.type_key,
        )
    )
    work.charges.append(
        Charge(request.key, RequestKind.LEAVE, request.type_key, minutes, days)
    )
    work.add_spans("leave", cut.spans)
    work.explain("leave", key=request.key, minutes=minutes, days=days)


def add_covers(work: Workspace, covers: list[Cover]) -> None:
    """Charges of outings, trips and leaves that count as worked."""
    seen_day = False
    for request, _spans, shown in covers:
        days = int(request.is_by_days and bool(shown) and not seen_day)
        seen_day = seen_day or bool(days)
        if not shown:
            continue
        work.charges.append(
            Charge(request.key, request.kind, request.type_key, shown.minutes, days)
        )
        work.add_spans(request.kind.value, shown.spans)
        work.explain(
            "cover",
            key=request.key,
            kind=request.kind,
            minutes=shown.minutes,
            days=days,
        )


def charge_calendar_days(work: Workspace) -> None:
    """A cover by days whose type counts calendar days is charged with 0 minutes."""
    cover = work.frame.requests.day_cover_of(work.frame.roster.date)
    if cover is not None and cover.counts_calendar_days:
        work.charges.append(Charge(cover.key, cover.kind, cover.type_key, 0, 1))


def flag_differences(work: Workspace) -> None:
    """A typed amount that is not what was taken is flagged, on its only date."""
    frame = work.frame
    for request in frame.requests.leaves:
        if request.typed_minutes is None and request.typed_days is None:
            continue
        if not _is_only_date(work, request):
            continue
        minutes = sum(c.minutes for c in work.charges if c.key == request.key)
        days = sum(c.days for c in work.charges if c.key == request.key)
        scheduled = scheduled_minutes(frame)
        typed = typed_amount(request, scheduled)
        taken = days if typed is not None and typed[0] == "days" else minutes
        if typed is not None and typed[1] != taken:
            work.note(
                ExceptionKind.LEAVE_AMOUNT_DIFFERS,
                key=request.key,
                unit=typed[0],
                typed=typed[1],
                taken=taken,
            )


def scheduled_minutes(frame: Frame) -> int:
    """Minutes due on a date before leave."""
    if frame.is_flexible:
        return 0 if frame.is_removed else frame.shift.flexible_minutes
    return frame.gross.minutes


def typed_amount(request: RequestSpan, scheduled: int) -> tuple[str, float] | None:
    """Unit and amount to compare with what was taken.

    A leave by hours with typed days (a half day) is compared in minutes, the day
    being the scheduled minutes.
    """
    if request.is_by_days and request.typed_days is not None:
        return "days", request.typed_days
    if request.typed_minutes is not None:
        return "minutes", request.typed_minutes
    if request.typed_days is not None:
        return "minutes", request.typed_days * scheduled
    return None


def _is_only_date(work: Workspace, request: RequestSpan) -> bool:
    frame = work.frame
    if request.is_by_days:
        return request.first_date == request.last_date == frame.roster.date
    span = SpanSet.of(request.start_minute, request.stop_minute)
    if any(other.gross & span for other in work.neighbours):
        return False
    if any(charge.key == request.key for charge in work.charges):
        return True
    return local_date(request.start_minute, frame.roster.zone) == frame.roster.date
