"""What the engine takes: values, checked when they are made.

All classes are frozen. Wall-clock times are naive ``datetime.time`` (the only naive
values in this package); instants are aware ``datetime``; durations are whole minutes,
the duplicate interval alone is in seconds. A value that makes no sense raises a child
of ``EngineError`` naming the attribute.

``DayInput`` is what one call of ``evaluate_day`` gets: three roster days (yesterday,
today, tomorrow, because windows are cut against neighbours), the punches and requests
of the covering range, the employment and the present instant. Punches and requests
may be more than the day needs; what does not touch it is passed over.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from .clock import epoch_minute, epoch_second
from .errors import PolicyError, RequestError, RosterError
from .shift import Break, CoreTime, Shift, Timetable
from .vocabulary import (
    DayKind,
    Direction,
    DueMeasure,
    MissingEnd,
    OvertimeKind,
    OvertimeMode,
    PunchMode,
    PunchSource,
    PunchState,
    RequestKind,
    RequestState,
    RosterSource,
)

__all__ = [
    "Break",
    "CoreTime",
    "DayInput",
    "EmployeeInput",
    "Employment",
    "Policy",
    "Punch",
    "RequestSpan",
    "RosterDay",
    "Rounding",
    "Shift",
    "Timetable",
]

_MAX_WINDOW = 24 * 60


@dataclass(frozen=True, slots=True)
class Punch:
    """One accepted raw punch.

    :param key: the caller's identity of the row (a database id), opaque; marks of the
        result refer to it
    :param at: the instant, aware, with its seconds
    :param second: whole seconds since the epoch, derived from ``at``
    """

    key: Hashable
    at: datetime
    state: PunchState = PunchState.UNDEFINED
    source: PunchSource = PunchSource.TERMINAL
    second: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self):
        object.__setattr__(self, "second", epoch_second(self.at, "Punch.at"))


@dataclass(frozen=True, slots=True)
class Rounding:
    """Rounds an instant to a unit counted from midnight of the work date."""

    unit_minutes: int
    direction: Direction = Direction.DOWN

    def __post_init__(self):
        if type(self.unit_minutes) is not int or not 1 <= self.unit_minutes <= 720:
            raise PolicyError("Rounding.unit_minutes", self.unit_minutes, "1 to 720")
        Direction(self.direction)


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of one version of a policy, a shift's own values already put in.

    Limits of ``None`` mean no limit. See the readme for every field.
    """

    key: Hashable = None
    early_in_minutes: int = 120
    late_out_minutes: int = 240
    duplicate_seconds: int = 60
    punch_mode: PunchMode = PunchMode.FIRST_LAST
    grace_late_minutes: int = 0
    grace_early_minutes: int = 0
    late_limit_minutes: int | None = 30
    early_limit_minutes: int | None = 30
    counts_only_excess: bool = False
    missing_in: MissingEnd = MissingEnd.NOT_PRESENT
    missing_out: MissingEnd = MissingEnd.NOT_PRESENT
    missing_in_minutes: int = 0
    missing_out_minutes: int = 0
    round_in: Rounding | None = None
    round_out: Rounding | None = None
    round_overtime: Rounding | None = None
    deducts_punched_outing: bool = False
    least_worked_percent: int = 0
    due_measure: DueMeasure = DueMeasure.ELAPSED
    holiday_stays_due: bool = False
    overtime_mode: OvertimeMode = OvertimeMode.FORM_PRESENCE
    overtime_delay_minutes: int = 0
    overtime_before_start: bool = False
    overtime_rest_minutes: int = 0
    overtime_rest_after_minutes: int = 0
    overtime_least_minutes: int = 30
    overtime_unit_minutes: int = 30
    flags_unapproved_workday: bool = False
    unscheduled_uses_calendar: bool = False

    def __post_init__(self):
        for name in _MINUTE_FIELDS:
            _check_policy(self, name, getattr(self, name))
        for name in ("late_limit_minutes", "early_limit_minutes"):
            if getattr(self, name) is not None:
                _check_policy(self, name, getattr(self, name))
        for name in ("early_in_minutes", "late_out_minutes"):
            if getattr(self, name) > _MAX_WINDOW:
                raise PolicyError(f"Policy.{name}", getattr(self, name), "max 1440")
        if self.overtime_unit_minutes < 1:
            raise PolicyError("Policy.overtime_unit_minutes", 0, "at least 1")
        if self.least_worked_percent > 100:
            raise PolicyError(
                "Policy.least_worked_percent", self.least_worked_percent, "max 100"
            )
        PunchMode(self.punch_mode)
        MissingEnd(self.missing_in)
        MissingEnd(self.missing_out)
        DueMeasure(self.due_measure)
        OvertimeMode(self.overtime_mode)


_MINUTE_FIELDS = (
    "early_in_minutes",
    "late_out_minutes",
    "duplicate_seconds",
    "grace_late_minutes",
    "grace_early_minutes",
    "missing_in_minutes",
    "missing_out_minutes",
    "least_worked_percent",
    "overtime_delay_minutes",
    "overtime_rest_minutes",
    "overtime_rest_after_minutes",
    "overtime_least_minutes",
    "overtime_unit_minutes",
)


def _check_policy(policy: Policy, name: str, value: int) -> None:
    if type(value) is not int or value < 0:
        raise PolicyError(f"Policy.{name}", value, "a whole number, not negative")


@dataclass(frozen=True, slots=True)
class RosterDay:
    """What is planned for one employee on one date.

    :param date: the work date
    :param zone: the store's zone on that date
    :param policy: the version valid on that date, with the shift's own values
    :param shift: the roster's one shift; ``None`` with ``is_rest`` is a day of rest,
        ``None`` without it (and without candidates) is an unscheduled day
    :param day_kind: what the store's calendar says about the date
    :param candidates: automatic recognition: at least two shifts to choose from; a
        ``shift`` given beside them is what a day without any event is judged by
    :param source: which roster decided, with ``source_key`` for its row
    """

    date: date
    zone: tzinfo
    policy: Policy
    shift: Shift | None = None
    is_rest: bool = False
    day_kind: DayKind = DayKind.WORKDAY
    candidates: tuple[Shift, ...] = ()
    source: RosterSource = RosterSource.NONE
    source_key: Hashable = None

    def __post_init__(self):
        if not isinstance(self.date, date) or isinstance(self.date, datetime):
            raise RosterError("RosterDay.date", self.date, "a date")
        if not isinstance(self.zone, tzinfo):
            raise RosterError("RosterDay.zone", self.zone, "a zone")
        if self.is_rest and (self.shift is not None or self.candidates):
            raise RosterError("RosterDay.is_rest", self.shift, "no shift on rest")
        if self.candidates:
            object.__setattr__(self, "candidates", tuple(self.candidates))
            if len(self.candidates) < 2:
                raise RosterError(
                    "RosterDay.candidates", self.candidates, "two or more"
                )
            if any(shift.is_flexible for shift in self.candidates):
                raise RosterError(
                    "RosterDay.candidates", self.candidates, "shifts with a start"
                )
        if type(self.day_kind) is not DayKind:
            DayKind(self.day_kind)


@dataclass(frozen=True, slots=True)
class RequestSpan:
    """One request of the employee: leave, overtime, outing, trip or correction.

    By hours: ``start`` and ``stop`` are instants. By days: ``first_date`` and
    ``last_date`` (inclusive work dates) instead. A correction is one instant,
    ``start``.

    :param key: the caller's identity, opaque
    :param filed: when it was filed, as a number; of two that overlap the smaller keeps
        the common minutes (equal ones: the order given)
    :param needs_approval: its kind counts only when approved; else when submitted
    :param work_date: overtime: the date it belongs to (see ``propose_work_date``);
        ``None`` lets the engine propose it
    :param typed_minutes: the typed amount in minutes, where the form has one
    :param typed_days: the typed amount in days (0.5 is half a day)
    :param type_key: leave type, opaque; totals are kept per type
    :param counts_as_worked: leave that covers like a trip
    :param counts_calendar_days: leave that is charged on rest days and holidays too
    :param claimed_kind: overtime: what the form says; a difference is flagged
    :param state_key: correction: in, out or undefined
    """

    key: Hashable
    kind: RequestKind
    start: datetime | None = None
    stop: datetime | None = None
    first_date: date | None = None
    last_date: date | None = None
    state: RequestState = RequestState.SUBMITTED
    needs_approval: bool = False
    filed: int = 0
    work_date: date | None = None
    typed_minutes: int | None = None
    typed_days: float | None = None
    type_key: Hashable = None
    counts_as_worked: bool = False
    counts_calendar_days: bool = False
    claimed_kind: OvertimeKind | None = None
    state_key: PunchState = PunchState.UNDEFINED
    start_minute: int = field(init=False, repr=False, compare=False, default=0)
    stop_minute: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self):
        RequestKind(self.kind)
        RequestState(self.state)
        for name in ("typed_minutes", "typed_days"):
            typed = getattr(self, name)
            if typed is not None and typed < 0:
                raise RequestError(f"RequestSpan.{name}", typed, "not negative")
        if self.start is None:
            self._check_days()
        else:
            self._check_hours()

    def _check_days(self):
        if self.kind in (RequestKind.CORRECTION, RequestKind.OVERTIME):
            raise RequestError("RequestSpan.start", None, "an instant")
        if self.first_date is None or self.last_date is None:
            raise RequestError("RequestSpan.first_date", None, "instants or dates")
        if self.last_date < self.first_date:
            raise RequestError(
                "RequestSpan.last_date", self.last_date, "not before the first"
            )

    def _check_hours(self):
        if self.first_date is not None or self.last_date is not None:
            raise RequestError(
                "RequestSpan.first_date", self.first_date, "instants or dates, not both"
            )
        start = epoch_minute(self.start, "RequestSpan.start")
        object.__setattr__(self, "start_minute", start)
        if self.kind is RequestKind.CORRECTION:
            object.__setattr__(self, "stop_minute", start + 1)
            return
        if self.stop is None:
            raise RequestError("RequestSpan.stop", None, "an instant")
        stop = epoch_minute(self.stop, "RequestSpan.stop")
        if stop <= start:
            raise RequestError("RequestSpan.stop", self.stop, "after the start")
        object.__setattr__(self, "stop_minute", stop)

    @property
    def is_by_days(self) -> bool:
        """Takes whole work dates instead of instants."""
        return self.start is None

    @property
    def is_in_force(self) -> bool:
        """Counts: approved, or submitted where no approval is needed."""
        if self.state is RequestState.APPROVED:
            return True
        return self.state is RequestState.SUBMITTED and not self.needs_approval

    def takes_date(self, day: date) -> bool:
        """By days: whether ``day`` is one of its dates."""
        return self.start is None and self.first_date <= day <= self.last_date


@dataclass(frozen=True, slots=True)
class Employment:
    """First and last date of employment, both inside; ``None`` is open."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self):
        if self.first and self.last and self.last < self.first:
            raise RosterError("Employment.last", self.last, "not before the first")

    def holds(self, day: date) -> bool:
        """Whether a person is employed on that date."""
        return not (
            (self.first is not None and day < self.first)
            or (self.last is not None and day > self.last)
        )


ALWAYS = Employment()


@dataclass(frozen=True, slots=True)
class DayInput:
    """Everything one call gets.

    :param today: the roster day to be evaluated
    :param yesterday: the day before, ``None`` if nothing is known of it
    :param tomorrow: the day after, likewise
    :param punches: accepted punches, at least those from yesterday's midnight to the
        end of the day after tomorrow, in any order
    :param requests: requests that touch one of the three days, in any order and state
    :param employment: bounds of the employment
    :param now: the present instant; ``None`` means long after
    """

    today: RosterDay
    yesterday: RosterDay | None = None
    tomorrow: RosterDay | None = None
    punches: tuple[Punch, ...] = ()
    requests: tuple[RequestSpan, ...] = ()
    employment: Employment = ALWAYS
    now: datetime | None = None

    def __post_init__(self):
        for name, days in (("yesterday", -1), ("tomorrow", 1)):
            other = getattr(self, name)
            wanted = self.today.date + timedelta(days=days)
            if other is not None and other.date != wanted:
                raise RosterError(f"DayInput.{name}", other.date, f"is {wanted}")
        if self.now is not None:
            epoch_second(self.now, "DayInput.now")


@dataclass(frozen=True, slots=True)
class EmployeeInput:
    """Everything known of one employee over a span of dates, for ``evaluate_days``.

    :param roster: roster days by date; the dates asked for, and the one before and
        after, as far as they are known
    :param punches: accepted punches of the covering range, in any order; who has many
        gives them as ``Raw``
    :param requests: requests of the covering range, in any order and state
    """

    roster: Mapping[date, RosterDay]
    punches: tuple[Punch, ...] = ()
    requests: tuple[RequestSpan, ...] = ()
    employment: Employment = ALWAYS
    now: datetime | None = None

    def __post_init__(self):
        for day, roster_day in self.roster.items():
            if roster_day.date != day:
                raise RosterError("EmployeeInput.roster", roster_day.date, f"is {day}")
        if self.now is not None:
            epoch_second(self.now, "EmployeeInput.now")
