"""The attendance engine: values in, values out. The public names, nothing else."""

from .clock import instant_minute, local_date, minute_at
from .errors import (
    EngineError,
    NaiveInstantError,
    OverlapError,
    PeriodError,
    PolicyError,
    RequestError,
    RosterError,
    ShiftError,
    ShiftTooLongError,
    TimetableError,
)
from .evaluate import evaluate_day, evaluate_days
from .inputs import (
    Break,
    CoreTime,
    DayInput,
    EmployeeInput,
    Employment,
    Policy,
    Punch,
    RequestSpan,
    RosterDay,
    Rounding,
    Shift,
    Timetable,
)
from .requests import propose_work_date
from .results import (
    Charge,
    DayException,
    DayResult,
    PunchMark,
    Row,
    Totals,
    TraceLine,
)
from .span import Span, SpanSet
from .vocabulary import (
    BreakKind,
    DayKind,
    DayName,
    DayState,
    Direction,
    DueMeasure,
    ExceptionKind,
    Mark,
    MissingEnd,
    OvertimeKind,
    OvertimeMode,
    PunchMode,
    PunchSource,
    PunchState,
    RequestKind,
    RequestState,
    RosterSource,
    RowKind,
)
