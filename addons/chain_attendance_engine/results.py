"""What the engine gives back: values only.

Minutes are integers. Spans are half-open, in minute numbers, with aware instants as
``span.start_at`` and ``span.stop_at``. For every row, and for their sum, holds

    due = worked + late + early + absent

While a day is in progress worked, late, early and absent are ``None``.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple

from .shift import Shift
from .span import Span, SpanSet
from .vocabulary import (
    DayName,
    DayState,
    ExceptionKind,
    Mark,
    OvertimeKind,
    PunchSource,
    RequestKind,
    RowKind,
)


class Row(NamedTuple):
    """One printed row: a piece of the shift, a leave, overtime, or the day's name.

    :param start: minute number of its first minute; ``None`` where it has no times
    :param stop: minute number after its last minute
    :param key: of the request (leave, overtime) or the shift
    :param type_key: leave type
    :param minutes: leave: minutes cut; overtime: minutes recognised
    :param claimed_minutes: overtime: minutes claimed by the forms of the row
    :param days: leave by days: 1
    """

    kind: RowKind
    start: int | None = None
    stop: int | None = None
    key: Hashable = None
    due_minutes: int = 0
    worked_minutes: int | None = 0
    late_minutes: int | None = 0
    early_minutes: int | None = 0
    absent_minutes: int | None = 0
    punched_outing_minutes: int = 0
    outing_minutes: int = 0
    trip_minutes: int = 0
    minutes: int = 0
    claimed_minutes: int = 0
    days: int = 0
    type_key: Hashable = None
    overtime_kind: OvertimeKind | None = None

    @property
    def span(self) -> Span | None:
        """The row's span, if it has times."""
        return None if self.start is None else Span(self.start, self.stop)


class Totals(NamedTuple):
    """The figures of a day. Overtime stands in the column of the work date's kind."""

    due_minutes: int = 0
    worked_minutes: int | None = 0
    late_minutes: int | None = 0
    early_minutes: int | None = 0
    absent_minutes: int | None = 0
    leave_minutes: int = 0
    leave_days: int = 0
    punched_outing_minutes: int = 0
    outing_minutes: int = 0
    trip_minutes: int = 0
    trip_days: int = 0
    overtime_workday_minutes: int = 0
    overtime_rest_day_minutes: int = 0
    overtime_holiday_minutes: int = 0
    claimed_workday_minutes: int = 0
    claimed_rest_day_minutes: int = 0
    claimed_holiday_minutes: int = 0
    core_missed_minutes: int = 0


class Charge(NamedTuple):
    """What one leave, outing or trip takes on the date.

    :param minutes: leave: minutes cut out of due; outing, trip: minutes shown
    :param days: by days: 1 if the date is charged, else 0; by hours 0
    """

    key: Hashable
    kind: RequestKind
    type_key: Hashable
    minutes: int
    days: int


class PunchMark(NamedTuple):
    """Why a raw punch was used or not.

    :param key: of the punch; of the request where ``source`` is a correction
    :param timetable: index of the timetable it served, if there are several
    """

    key: Hashable
    mark: Mark
    second: int
    source: PunchSource
    timetable: int | None = None


class DayException(NamedTuple):
    """Something a person should look at, with its figures."""

    kind: ExceptionKind
    figures: tuple[tuple[str, object], ...] = ()


class TraceLine(NamedTuple):
    """One step of the arithmetic: a code and its figures, no sentence (rule 17)."""

    code: str
    figures: tuple[tuple[str, object], ...] = ()


class DayResult(NamedTuple):
    """One employee-day.

    :param window: the minutes in which punches belonged to this work date
    :param first_in: minute number of the judged in punch, ``None`` without one
    :param last_out: minute number of the judged out punch
    :param shift: the roster's shift, or the one recognised
    :param shift_span: nominal first start and last end, ``None`` without a shift
    :param spans: the minutes every figure was summed from, by the figure's name
    """

    work_date: date
    state: DayState
    name: DayName | None = None
    totals: Totals = Totals()
    rows: tuple[Row, ...] = ()
    exceptions: tuple[DayException, ...] = ()
    marks: tuple[PunchMark, ...] = ()
    charges: tuple[Charge, ...] = ()
    trace: tuple[TraceLine, ...] = ()
    window: SpanSet = SpanSet()
    first_in: int | None = None
    last_out: int | None = None
    first_in_source: PunchSource | None = None
    last_out_source: PunchSource | None = None
    shift: Shift | None = None
    shift_span: Span | None = None
    overtime_kind: OvertimeKind | None = None
    spans: tuple[tuple[str, SpanSet], ...] = ()

    def has(self, kind: ExceptionKind) -> bool:
        """Whether the result carries an exception of that kind."""
        return any(found.kind is kind for found in self.exceptions)

    def span_set(self, figure: str) -> SpanSet:
        """The minutes a figure was summed from (empty if it is zero)."""
        return dict(self.spans).get(figure, SpanSet())
