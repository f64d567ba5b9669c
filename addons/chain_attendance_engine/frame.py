"""One roster day laid on the time axis.

A ``Frame`` is what a day is before any punch is looked at: the minutes of its
timetables, what a holiday or leave takes out of them, its overtime forms, and whether
neighbours have to share time with it. Frames of yesterday, today and tomorrow are made
by the same function, so that both sides of a border see the same figures.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from functools import lru_cache
from typing import NamedTuple

from .clock import DAY, instant_minute
from .inputs import Employment, RequestSpan, RosterDay
from .requests import DayRequests
from .shift import PlannedBreak, PlannedTimetable, Shift
from .span import EMPTY, SpanSet
from .vocabulary import DayKind, DayName, OvertimeKind


class Table(NamedTuple):
    """A timetable in minute numbers."""

    start: int
    stop: int
    breaks: tuple[PlannedBreak, ...]
    in_required: bool
    out_required: bool


class Leave(NamedTuple):
    """A leave on a date: its own minutes and the due minutes it cuts out."""

    request: RequestSpan
    cut: SpanSet


class Frame:
    """A placed roster day. Built by ``place_day``; not changed afterwards.

    ``gross`` is due before leave (breaks at their nominal place), ``due`` after it;
    both are empty for a flexible shift and where a holiday removes the segments
    (``removed`` holds them then). ``core`` is the first and last minute number that
    windows and midpoints start from, ``None`` if the day is nobody's neighbour.
    ``is_open`` says that the shift is still to be recognised: the core is then that of
    all candidates together, so that neighbours leave room for each.
    """

    __slots__ = (
        "base",
        "core",
        "day_leave",
        "due",
        "due_minutes",
        "forms",
        "gross",
        "is_employed",
        "is_open",
        "is_uniform",
        "leaves",
        "next_base",
        "policy",
        "removed",
        "requests",
        "roster",
        "shift",
        "tables",
    )

    def at(self, minute: int) -> int:
        """Minute number of a wall-clock minute counted from this date's midnight."""
        if self.is_uniform:
            return self.base + minute
        return instant_minute(self.roster.date, minute, self.roster.zone)

    @property
    def is_flexible(self) -> bool:
        """A shift by hours, without timetables."""
        return self.shift is not None and self.shift.flexible_minutes is not None

    @property
    def is_removed(self) -> bool:
        """A public holiday or moved rest day took the segments away."""
        return self.shift is not None and _removes(self.roster, self.shift)

    @property
    def works_holiday(self) -> bool:
        """Segments are removed, but presence within them is overtime by itself."""
        return self.is_removed and self.shift.works_on_holidays

    @property
    def has_segments(self) -> bool:
        """Something is due after leave."""
        return bool(self.due) or self.due_minutes > 0

    @property
    def calendar(self) -> SpanSet:
        """The calendar day, 23 to 25 hours."""
        return SpanSet.of(self.base, self.next_base)

    @property
    def form_spans(self) -> SpanSet:
        """Union of the day's overtime forms."""
        return SpanSet((form.start_minute, form.stop_minute) for form in self.forms)

    @property
    def name(self) -> DayName:
        """Rule 13, of the names a day can have."""
        kind = self.roster.day_kind
        if kind is DayKind.PUBLIC_HOLIDAY:
            return DayName.HOLIDAY
        if kind is DayKind.MOVED_REST_DAY or self.roster.is_rest:
            return DayName.REST
        if self.shift is None and not self.roster.candidates:
            return DayName.UNSCHEDULED
        return DayName.WORK

    @property
    def overtime_kind(self) -> OvertimeKind:
        """The kind follows the work date, whatever a form says."""
        kind = self.roster.day_kind
        if kind is DayKind.PUBLIC_HOLIDAY:
            return OvertimeKind.HOLIDAY
        if kind is DayKind.MOVED_REST_DAY or self.roster.is_rest:
            return OvertimeKind.REST_DAY
        if kind is DayKind.REST_DAY and self.shift is not None:
            return OvertimeKind.REST_DAY
        return OvertimeKind.WORKDAY


def _removes(roster: RosterDay, shift: Shift) -> bool:
    kind = roster.day_kind
    if kind is not DayKind.PUBLIC_HOLIDAY and kind is not DayKind.MOVED_REST_DAY:
        return False
    return not (roster.policy.holiday_stays_due and shift.works_on_holidays)


def place_day(
    roster: RosterDay,
    requests: DayRequests,
    employment: Employment,
    shift: Shift | None = None,
) -> Frame:
    """Lay a roster day on the time axis.

    :param shift: stands in for the roster's shift (automatic recognition)
    """
    frame = Frame()
    frame.roster = roster
    frame.policy = roster.policy
    frame.requests = requests
    frame.is_employed = employment.holds(roster.date)
    frame.shift = (shift or roster.shift) if frame.is_employed else None
    frame.forms = requests.forms_of(roster.date) if frame.is_employed else ()
    frame.base, frame.next_base, frame.is_uniform, frame.tables, gross = _lay(
        frame.shift.plan if frame.shift is not None else (), roster.date, roster.zone
    )
    _cut_leave(frame, gross)
    frame.core = _core(frame, shift is not None)
    frame.is_open = bool(roster.candidates) and shift is None and frame.is_employed
    return frame


@lru_cache(maxsize=4096)
def _lay(
    plan: tuple[PlannedTimetable, ...], day: date, zone: tzinfo
) -> tuple[int, int, bool, tuple[Table, ...], SpanSet]:
    """What a date and the timetables alone say: many people have both in common.

    :return: ``base``, ``next_base``, ``is_uniform``, ``tables`` and what is due of
        them without leave and holidays
    """
    base = instant_minute(day, 0, zone)
    next_base = instant_minute(day, DAY, zone)
    is_uniform = (
        next_base - base == DAY
        and instant_minute(day, 2 * DAY, zone) - next_base == DAY
    )

    def at(minute: int) -> int:
        return base + minute if is_uniform else instant_minute(day, minute, zone)

    tables = tuple(
        Table(
            at(start),
            at(stop),
            tuple(
                PlannedBreak(at(first), at(last), kind, beyond)
                for first, last, kind, beyond in breaks
            ),
            in_required,
            out_required,
        )
        for start, stop, breaks, in_required, out_required in plan
    )
    return base, next_base, is_uniform, tables, gross_of(tables) if tables else EMPTY


def gross_of(tables: tuple[Table, ...]) -> SpanSet:
    """Timetables minus their unpaid breaks."""
    if len(tables) == 1 and not tables[0].breaks:
        return SpanSet.of(tables[0].start, tables[0].stop)
    spans = SpanSet((table.start, table.stop) for table in tables)
    holes = SpanSet(
        (pause.start, pause.stop) for table in tables for pause in table.breaks
    )
    return spans - holes


def _cut_leave(frame: Frame, gross: SpanSet) -> None:
    frame.removed = EMPTY
    if frame.is_removed:
        frame.removed, gross = gross, EMPTY
    frame.gross = gross
    frame.day_leave = frame.requests.day_leave_of(frame.roster.date)
    frame.due_minutes = 0
    if frame.is_flexible:
        frame.leaves, frame.due = (), EMPTY
        if not frame.is_removed:
            frame.due_minutes = _flexible_due(frame)
        return
    frame.leaves, frame.due = cut_leave(frame.requests, frame.roster.date, gross)


def _flexible_due(frame: Frame) -> int:
    if frame.day_leave is not None:
        return 0
    day = frame.calendar
    hours = frame.requests.leave_hours & day
    return max(0, frame.shift.flexible_minutes - hours.minutes)


def cut_leave(
    requests: DayRequests, day: date, gross: SpanSet, reach: tuple[int, int] = (0, 0)
) -> tuple[tuple[Leave, ...], SpanSet]:
    """What each leave takes out of ``gross``, the earlier-filed first.

    :param reach: nominal and moved end of an elastic shift: a leave that reaches the
        nominal end reaches the moved one
    :return: the leaves that touch the day, and what is left
    """
    if not requests.leaves or not gross:
        return (), gross
    found, due = [], gross
    for request in requests.leaves:
        if request.is_by_days:
            cut = due if request.takes_date(day) else EMPTY
        else:
            cut = due & SpanSet.of(request.start_minute, reached(request, reach))
        if cut:
            found.append(Leave(request, cut))
            due = due - cut
    return tuple(found), due


def reached(request: RequestSpan, reach: tuple[int, int]) -> int:
    """Where a request by hours stops, moved with the end of an elastic shift."""
    nominal, moved = reach
    if request.start_minute < nominal <= request.stop_minute:
        return max(request.stop_minute, moved)
    return request.stop_minute


def _core(frame: Frame, is_chosen: bool) -> tuple[int, int] | None:
    """First start and last end with the forms, of a day that is a neighbour."""
    if not frame.is_employed:
        return None
    ends = [(form.start_minute, form.stop_minute) for form in frame.forms]
    if frame.roster.candidates and not is_chosen:
        if frame.day_leave is None:
            ends += candidate_ends(frame, lambda one: _is_strong(frame.roster, one))
    elif frame.tables and (frame.due or frame.works_holiday):
        ends.append((frame.tables[0].start, frame.tables[-1].stop))
    return hull(ends)


def _is_strong(roster: RosterDay, shift: Shift) -> bool:
    return shift.works_on_holidays or not _removes(roster, shift)


def hull(ends: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The least first and the greatest second member."""
    if not ends:
        return None
    return min(start for start, _ in ends), max(stop for _, stop in ends)


def candidate_ends(
    frame: Frame, holds: Callable[[Shift], bool]
) -> list[tuple[int, int]]:
    """Ends of the shifts a day may turn out to have, the roster's own among them."""
    shifts = [one for one in (frame.shift, *frame.roster.candidates) if one is not None]
    return [
        (frame.at(shift.plan[0].start), frame.at(shift.plan[-1].stop))
        for shift in shifts
        if shift.plan and holds(shift)
    ]
