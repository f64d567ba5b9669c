"""The workspace of one employee-day: what the steps of ``evaluate`` hand on.

A step reads what earlier steps left here and adds its own. ``to_result`` makes the
immutable result of it.
"""

from __future__ import annotations

from .events import Event, Raw
from .frame import Frame
from .overtime import Overtime
from .presence import Presence
from .results import Charge, DayException, DayResult, PunchMark, Row, Totals, TraceLine
from .span import EMPTY, Span, SpanSet
from .vocabulary import (
    DayState,
    ExceptionKind,
    OvertimeKind,
    PunchSource,
    RequestKind,
)

_OVERTIME_PLACE = {kind: place for place, kind in enumerate(OvertimeKind)}


class Workspace:
    """What is known of a day so far. Minutes and minute numbers throughout."""

    __slots__ = (
        "after",
        "before",
        "charges",
        "core_missed",
        "credited",
        "events",
        "exceptions",
        "explains",
        "figures",
        "frame",
        "marks",
        "overtime",
        "presence",
        "raws",
        "rows",
        "state",
        "trace",
        "window",
    )

    def __init__(
        self,
        frame: Frame,
        before: Frame | None,
        after: Frame | None,
        *,
        explains: bool = True,
    ):
        self.frame = frame
        self.explains = explains
        self.before = before
        self.after = after
        self.window: SpanSet = EMPTY
        self.raws: list[Raw] = []
        self.events: list[Event] = []
        self.state = DayState.FINAL
        self.presence = Presence()
        self.overtime = Overtime()
        self.rows: list[Row] = []
        self.exceptions: list[DayException] = []
        self.marks: list[PunchMark] = []
        self.charges: list[Charge] = []
        self.trace: list[TraceLine] = []
        self.figures: dict[str, list[Span]] = {}
        self.core_missed = 0
        self.credited: SpanSet = EMPTY

    @property
    def neighbours(self) -> list[Frame]:
        """Yesterday and tomorrow, as far as they are known."""
        return [other for other in (self.before, self.after) if other is not None]

    def note(self, kind: ExceptionKind, /, **figures) -> None:
        """Raise an exception of the result."""
        self.exceptions.append(DayException(kind, tuple(figures.items())))

    def explain(self, code: str, /, **figures) -> None:
        """Add a step to the trace, if there is one."""
        if self.explains:
            self.trace.append(TraceLine(code, tuple(figures.items())))

    def add_spans(self, figure: str, spans) -> None:
        """Remember the minutes a figure is summed from."""
        if spans and self.explains:
            self.figures.setdefault(figure, []).extend(spans)

    def _totals(self) -> Totals:
        due = worked = late = early = absent = punched = outing = trip = 0
        is_final = self.state is DayState.FINAL
        for row in self.rows:
            due += row.due_minutes
            punched += row.punched_outing_minutes
            outing += row.outing_minutes
            trip += row.trip_minutes
            if is_final:
                worked += row.worked_minutes
                late += row.late_minutes
                early += row.early_minutes
                absent += row.absent_minutes
        judged = (worked, late, early, absent) if is_final else (None,) * 4
        leave_minutes = leave_days = trip_days = 0
        for charge in self.charges:
            if charge.kind is RequestKind.LEAVE:
                leave_minutes += charge.minutes
                leave_days += charge.days
            elif charge.kind is RequestKind.TRIP:
                trip_days += charge.days
        return Totals(
            due,
            *judged,
            leave_minutes,
            leave_days,
            punched,
            outing,
            trip,
            trip_days,
            *self._overtime_columns(),
            self.core_missed,
        )

    def _overtime_columns(self) -> list[int]:
        """Recognised, then claimed minutes: workday, rest day, holiday."""
        columns = [0] * 6
        place = _OVERTIME_PLACE[self.frame.overtime_kind]
        columns[place] = self.overtime.recognised
        columns[place + 3] = self.overtime.claimed
        return columns

    def to_result(self) -> DayResult:
        """The immutable outcome."""
        frame, presence = self.frame, self.presence
        span = None
        if frame.tables:
            span = Span(frame.tables[0].start, frame.tables[-1].stop)
        return DayResult(
            work_date=frame.roster.date,
            state=self.state,
            name=frame.name,
            totals=self._totals(),
            rows=tuple(self.rows),
            exceptions=tuple(self.exceptions),
            marks=tuple(self.marks),
            charges=tuple(self.charges),
            trace=tuple(self.trace),
            window=self.window,
            first_in=presence.first_in,
            last_out=presence.last_out,
            first_in_source=self._source(True),
            last_out_source=self._source(False),
            shift=frame.shift,
            shift_span=span,
            overtime_kind=frame.overtime_kind,
            spans=tuple((name, SpanSet(s)) for name, s in self.figures.items()),
        )

    def _source(self, is_in: bool) -> PunchSource | None:
        event = self.presence.first_event if is_in else self.presence.last_event
        if event is None:
            return None
        return event.raws[0 if is_in else -1].source
