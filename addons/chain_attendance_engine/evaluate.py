"""One employee-day, from values to values.

``evaluate_day`` is the engine's single call. ``evaluate_days`` runs it over a span of
dates of one employee and shares the work between neighbouring days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from .bare import judge_bare
from .clock import epoch_second, local_date, minute_at
from .day import Workspace
from .errors import RosterError
from .events import RawPunches, collect, directed, foreign_marks, join
from .flags import flag_work
from .flexible import add_flexible_leave, judge_flexible, overtime_presence
from .frame import Frame, place_day
from .inputs import ALWAYS, DayInput, EmployeeInput, Employment, RequestSpan
from .leave import charge_calendar_days, flag_differences, overtime_cover
from .overtime import (
    Overtime,
    claimed_minutes,
    matters,
    never_overtime,
    recognise,
)
from .progress import show_in_progress
from .recognition import Recognition, recognise_shift
from .requests import NO_REQUESTS, DayRequests, RequestBook, propose_work_date
from .results import DayResult, PunchMark, Row
from .segments import judge_segments
from .span import EMPTY, SpanSet
from .vocabulary import DayName, DayState, ExceptionKind, Mark, RowKind
from .windows import window_of

_NAME_ROW = {
    DayName.HOLIDAY: RowKind.HOLIDAY,
    DayName.REST: RowKind.REST,
    DayName.UNSCHEDULED: RowKind.UNSCHEDULED,
}


def evaluate_day(day: DayInput) -> DayResult:
    """Compute one employee-day.

    The result does not depend on the order of punches or requests, nor on anything
    but the input.

    :param day: see ``DayInput``
    :return: the day's rows, totals, exceptions, marks and trace
    """
    requests = DayRequests(day.requests) if day.requests else NO_REQUESTS
    roster = (day.yesterday, day.today, day.tomorrow)
    employment = day.employment
    if requests.forms:
        frames = [place_day(one, requests, employment) for one in roster if one]
        requests.forms = [assign_form(form, frames) for form in requests.forms]
    before, frame, after = (
        None if one is None else place_day(one, requests, employment) for one in roster
    )
    raws = collect(day.punches, requests.corrections)
    now = None if day.now is None else epoch_second(day.now) // 60
    return evaluate_frames(before, frame, after, raws, employment, now)


def evaluate_days(
    source: EmployeeInput, dates: Iterable[date], *, explains: bool = True
) -> Iterator[DayResult]:
    """Compute many dates of one employee, each as ``evaluate_day`` would.

    Roster days are placed once and punches are found by bisection, so that the cost
    is linear in the number of dates. Dates may be in any order; consecutive ones are
    cheapest.

    :param source: everything known of the employee, for all the dates and one day
        before and after
    :param explains: without, ``trace`` and ``spans`` of the results are empty, for who
        wants the figures of many days
    :raises RosterError: if the roster has no entry for one of the dates
    """
    book = RequestBook(source.requests)
    raws = collect(source.punches, book.corrections)
    now = None if source.now is None else epoch_second(source.now) // 60
    placer = _Placer(source, book)
    for day in dates:
        before, frame, after = placer.around(day)
        if frame is None:
            raise RosterError("EmployeeInput.roster", day, "an entry for the date")
        yield evaluate_frames(
            before, frame, after, raws, source.employment, now, explains=explains
        )


class _Placer:
    """Places roster days when they are asked for, and keeps the last few."""

    def __init__(self, source: EmployeeInput, book: RequestBook):
        self.source = source
        self.book = book
        self.frames: dict[date, Frame | None] = {}
        if book.forms:
            book.enter_forms(self._with_dates(book.forms))

    def _with_dates(self, forms: list[RequestSpan]) -> list[RequestSpan]:
        """The forms, each with a work date: its own or the proposed one."""
        roster = self.source.roster
        found = []
        for form in forms:
            if form.work_date is None:
                frames = [
                    place_day(roster[day], NO_REQUESTS, self.source.employment)
                    for day in _dates_around(form)
                    if day in roster
                ]
                form = assign_form(form, frames)
            found.append(form)
        return [form for form in found if form.work_date is not None]

    def around(self, day: date) -> tuple[Frame | None, Frame | None, Frame | None]:
        """The frames of the day before, the day, and the day after."""
        near = (day - _DAY, day, day + _DAY)
        self.frames = {one: self._frame(one) for one in near}
        return tuple(self.frames[one] for one in near)

    def _frame(self, day: date) -> Frame | None:
        if day in self.frames:
            return self.frames[day]
        roster = self.source.roster.get(day)
        if roster is None:
            return None
        return place_day(roster, self.book.near(day), self.source.employment)


_DAY = timedelta(days=1)


def _dates_around(form: RequestSpan) -> list[date]:
    middle = minute_at(form.start_minute).date()
    return [middle + n * _DAY for n in range(-2, 3)]


def assign_form(form: RequestSpan, frames: list[Frame]) -> RequestSpan:
    """Give an overtime form without a work date the proposed one.

    :param frames: the days around it, in order
    """
    if form.work_date is not None or not frames:
        return form
    shifts = [
        (frame.roster.date, frame.tables[0].start, frame.tables[-1].stop)
        for frame in frames
        if frame.tables
    ]
    zones = {frame.roster.date: frame.roster.zone for frame in frames}
    zone = frames[0].roster.zone
    starts_on = local_date(form.start_minute, zone)
    starts_on = local_date(form.start_minute, zones.get(starts_on, zone))
    proposed = propose_work_date(form.start_minute, form.stop_minute, starts_on, shifts)
    return replace(form, work_date=proposed)


def evaluate_frames(
    before: Frame | None,
    frame: Frame,
    after: Frame | None,
    raws: RawPunches,
    employment: Employment = ALWAYS,
    now: int | None = None,
    *,
    explains: bool = True,
) -> DayResult:
    """Compute a day whose roster days are placed already.

    :param raws: ordered raw punches of the covering range
    :param now: minute number of the present, ``None`` for long after
    :param explains: with trace and spans
    """
    day = frame.roster.date
    if not frame.is_employed:
        return DayResult(day, DayState.NOT_EMPLOYED)
    if now is not None and now < frame.base:
        return DayResult(day, DayState.AHEAD)
    recognition = None
    if frame.roster.candidates:
        recognition = recognise_shift(
            frame, before, after, raws, employment, frame.requests
        )
        frame = recognition.frame or frame
    work = Workspace(frame, before, after, explains=explains)
    _open_window(work, raws, recognition)
    if now is not None and work.window and now < work.window.stop:
        show_in_progress(work)
    elif recognition is not None and recognition.is_undecided:
        _show_undecided(work, recognition)
    else:
        _judge(work)
    return work.to_result()


def _open_window(
    work: Workspace, raws: RawPunches, recognition: Recognition | None
) -> None:
    """Find the window, the punches in it and their events."""
    frame = work.frame
    if recognition is not None and (recognition.is_undecided or not recognition.fits):
        work.window = recognition.window
    else:
        work.window = window_of(frame, work.before, work.after)
    if work.explains:
        _explain_window(work, recognition)
    interval = frame.policy.duplicate_seconds
    work.raws = directed(raws.within(work.window), interval)
    work.events = join(work.raws, interval)
    _mark_foreign(work, raws)


def _explain_window(work: Workspace, recognition: Recognition | None) -> None:
    frame = work.frame
    work.explain(
        "roster",
        source=frame.roster.source,
        key=frame.roster.source_key,
        shift=None if frame.shift is None else frame.shift.key,
        day_kind=frame.roster.day_kind,
    )
    if recognition is not None:
        work.explain("recognition", fits=recognition.fits)
    work.explain("window", spans=work.window.spans)


def _mark_foreign(work: Workspace, raws: RawPunches) -> None:
    """Punches on the calendar day that belong to another date, or to none."""
    frame = work.frame
    foreign = raws.within(frame.calendar - work.window)
    if not foreign:
        return
    claimed = EMPTY
    if work.before is not None:
        claimed = window_of(work.before, None, frame)
    if work.after is not None:
        claimed = claimed | window_of(work.after, frame, None)
    work.marks += foreign_marks(foreign, claimed)


def _show_undecided(work: Workspace, recognition: Recognition) -> None:
    """The shift is not certain: a row without absence."""
    work.note(ExceptionKind.SHIFT_UNDECIDED, fits=recognition.fits)
    work.rows.append(Row(RowKind.UNDECIDED))
    work.marks += [
        PunchMark(raw.key, Mark.UNDECIDED, raw.second, raw.source) for raw in work.raws
    ]
    work.overtime = Overtime(claimed=claimed_minutes(work.frame))


def _judge(work: Workspace) -> None:
    frame = work.frame
    tables = frame.tables
    filled = EMPTY
    if frame.due_minutes:
        filled = judge_flexible(work)
    elif frame.due:
        layout = judge_segments(work)
        tables = layout.tables
    else:
        tables = judge_bare(work)
        if frame.is_flexible:
            add_flexible_leave(work)
        charge_calendar_days(work)
    flag_differences(work)
    _add_overtime(work, tables, filled)
    _name_row(work)


def _add_overtime(work: Workspace, tables, filled: SpanSet) -> None:
    frame = work.frame
    if not matters(frame):
        return
    covered = overtime_cover(frame, work.window)
    present = overtime_presence(work.presence, covered, filled)
    barred = EMPTY
    if present or frame.forms:
        barred = never_overtime(frame, tables, work.neighbours) | filled
        barred = barred | work.credited
        work.overtime = recognise(frame, tables, present, barred)
    found = work.overtime
    _flag_forms(work)
    flag_work(work, tables, present - barred)
    if not (found.claimed or found.recognised):
        return
    spans = frame.form_spans or found.spans
    work.rows.append(
        Row(
            RowKind.OVERTIME,
            spans.start if spans else None,
            spans.stop if spans else None,
            frame.forms[0].key if frame.forms else None,
            minutes=found.recognised,
            claimed_minutes=found.claimed,
            overtime_kind=frame.overtime_kind,
        )
    )
    work.add_spans("overtime", found.spans.spans)
    work.explain(
        "overtime",
        mode=frame.policy.overtime_mode,
        kind=frame.overtime_kind,
        claimed=found.claimed,
        net=found.net.minutes,
        automatic=found.automatic.minutes,
        raw=found.raw,
        rest=frame.policy.overtime_rest_minutes,
        least=frame.policy.overtime_least_minutes,
        unit=frame.policy.overtime_unit_minutes,
        recognised=found.recognised,
    )


def _flag_forms(work: Workspace) -> None:
    kind = work.frame.overtime_kind
    for form in work.frame.forms:
        if form.claimed_kind is not None and form.claimed_kind is not kind:
            work.note(
                ExceptionKind.OVERTIME_KIND_DIFFERS,
                key=form.key,
                claimed=form.claimed_kind,
                kind=kind,
            )


def _name_row(work: Workspace) -> None:
    """A rest, unscheduled or holiday without work has a row with its name."""
    kind = _NAME_ROW.get(work.frame.name)
    if kind is not None and all(row.kind is RowKind.LEAVE for row in work.rows):
        work.rows.insert(0, Row(kind))
