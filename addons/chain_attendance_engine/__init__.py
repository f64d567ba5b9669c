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
from .events import Raw
from .fingerprint import fingerprint
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
from .periods import (
    AdjustmentLine,
    Period,
    adjust,
    adjusted,
    adjustment_period,
    check_closable,
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
from .roster import REST, RosterChoice, RosterEntry, Rosters, regenerate
from .rotation import rotate, rotation_index
from .span import Span, SpanSet
from .totals import (
    LeaveSum,
    PeriodTotals,
    add_totals,
    format_leave,
    format_minutes,
    subtract_totals,
    sum_days,
)
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
from .watches import Watch, WatchKind, WatchLimits, overtime_minutes, watch_days
from .whatif import DayDifference, WhatIf, compare, what_if
