"""Builders for the engine's tests: one notation for days, punches and requests.

``at("06:05+1")`` is 06:05 on the day after the base date, ``"23:52-1"`` on the day
before. ``day(...)`` makes a ``DayInput`` around the base date and evaluates it.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from chain_attendance_engine import (
    Break,
    DayInput,
    EmployeeInput,
    Policy,
    Punch,
    PunchState,
    RequestKind,
    RequestSpan,
    RosterDay,
    Shift,
    Span,
    SpanSet,
    Timetable,
    evaluate_day,
    evaluate_days,
)

ZONE = ZoneInfo("Asia/Shanghai")
BASE = date(2014, 7, 9)
DEFAULTS = Policy()
P0 = Policy(grace_late_minutes=5, grace_early_minutes=5)


def clock(text):
    """``"08:30"`` as a wall-clock time."""
    hour, minute = text.split(":")
    return time(int(hour) % 24, int(minute))


def table(text, *breaks, **options):
    """``"09:00-18:00"`` as a timetable; breaks likewise, or ready-made."""
    start, end = text.split("-")
    made = tuple(pause if isinstance(pause, Break) else rest(pause) for pause in breaks)
    return Timetable(clock(start), clock(end), made, **options)


def rest(text, **options):
    """``"12:00-13:00"`` as a break."""
    start, end = text.split("-")
    return Break(clock(start), clock(end), **options)


def shift(*tables, **options):
    """A shift of timetables written as text; its key is its text."""
    made = tuple(table(t) if isinstance(t, str) else t for t in tables)
    key = options.pop("key", " ".join(t if isinstance(t, str) else "T" for t in tables))
    return Shift(key, made, **options)


D9 = shift("08:30-17:30", key="D9")
B8 = shift(table("09:00-18:00", "12:00-13:00"), key="B8")
N8 = shift("22:00-06:00", key="N8")
SP = shift("10:00-14:00", "17:00-21:00", key="SP")
FX = Shift("FX", flexible_minutes=480)
OFF = "off"


def at(text, base=BASE, zone=ZONE):
    """An instant; ``+n`` and ``-n`` count days from the base date."""
    days = 0
    for sign in "+-":
        if sign in text:
            text, number = text.split(sign)
            days = int(sign + number)
    parts = [int(part) for part in text.split(":")]
    moment = time(*parts, tzinfo=zone)
    return datetime.combine(base + timedelta(days=days), moment)


_STATES = {
    "i": PunchState.IN,
    "o": PunchState.OUT,
    "u": PunchState.UNDEFINED,
    "a": PunchState.ALTERNATE,
}


def punches(text, base=BASE, zone=ZONE):
    """Punches separated by blanks; a leading i, o, u or a is the state key."""
    made = []
    for number, word in enumerate(text.split()):
        state = _STATES.get(word[0])
        word = word[1:] if state else word
        state = state or PunchState.UNDEFINED
        made.append(Punch(number, at(word, base, zone), state))
    return tuple(made)


def request(kind, start, stop=None, base=BASE, zone=ZONE, **options):
    """A request by hours."""
    options.setdefault("key", f"{kind.value} {start}")
    if kind is RequestKind.OVERTIME:
        options.setdefault("work_date", base)
    stop = None if stop is None else at(stop, base, zone)
    return RequestSpan(kind=kind, start=at(start, base, zone), stop=stop, **options)


def by_days(kind, first=0, last=None, **options):
    """A request by days, counted from the base date."""
    options.setdefault("key", f"{kind.value} by days")
    last = first if last is None else last
    return RequestSpan(
        kind=kind,
        first_date=BASE + timedelta(days=first),
        last_date=BASE + timedelta(days=last),
        **options,
    )


def leave(start, stop, **options):
    """Leave by hours."""
    return request(RequestKind.LEAVE, start, stop, **options)


def form(start, stop, **options):
    """An overtime form of the base date."""
    return request(RequestKind.OVERTIME, start, stop, **options)


def outing(start, stop, **options):
    """An outing by hours."""
    return request(RequestKind.OUTING, start, stop, **options)


def trip(start, stop, **options):
    """A business trip by hours."""
    return request(RequestKind.TRIP, start, stop, **options)


def correction(moment, **options):
    """A punch correction."""
    return request(RequestKind.CORRECTION, moment, **options)


def roster(what, days=0, policy=P0, zone=ZONE, **options):
    """A roster day: a shift, ``OFF``, or ``None`` for unscheduled."""
    day = BASE + timedelta(days=days)
    if what == OFF:
        return RosterDay(day, zone, policy, is_rest=True, **options)
    return RosterDay(day, zone, policy, what, **options)


def given(
    what,
    text="",
    *requests,
    policy=P0,
    yesterday=None,
    tomorrow=None,
    zone=ZONE,
    now=None,
    employment=None,
    **options,
):
    """The input of the base date."""

    def neighbour(other, days):
        if other is None or isinstance(other, RosterDay):
            return other
        return roster(other, days, policy, zone)

    extra = {} if employment is None else {"employment": employment}
    return DayInput(
        roster(what, 0, policy, zone, **options),
        neighbour(yesterday, -1),
        neighbour(tomorrow, 1),
        punches(text, BASE, zone),
        requests,
        now=None if now is None else at(now, BASE, zone),
        **extra,
    )


def day(*args, **options):
    """The result of the base date; see ``given``."""
    return evaluate_day(given(*args, **options))


def days(plan, text="", *requests, policy=P0, dates=None, **options):
    """Results of consecutive days from the base date on, by date offset."""
    known = {}
    for number, what in enumerate(plan):
        one = what if isinstance(what, RosterDay) else roster(what, number, policy)
        known[one.date] = one
    source = EmployeeInput(known, punches(text), requests, **options)
    wanted = range(len(plan)) if dates is None else dates
    found = evaluate_days(source, [BASE + timedelta(days=n) for n in wanted])
    return dict(zip(wanted, found, strict=True))


def five(result):
    """due, worked, late, early, absent."""
    return result.totals[:5]


def overtime(result):
    """Recognised minutes of the three kinds: workday, rest day, holiday."""
    totals = result.totals
    return (
        totals.overtime_workday_minutes,
        totals.overtime_rest_day_minutes,
        totals.overtime_holiday_minutes,
    )


def claimed(result):
    """Claimed minutes of the three kinds."""
    totals = result.totals
    return (
        totals.claimed_workday_minutes,
        totals.claimed_rest_day_minutes,
        totals.claimed_holiday_minutes,
    )


def kinds(result):
    """Kinds of the exceptions, sorted."""
    return sorted(found.kind.value for found in result.exceptions)


def marks(result):
    """Marks by punch key."""
    return {mark.key: mark.mark.value for mark in result.marks}


def rows(result):
    """Rows as text: kind, span on the wall clock, minutes."""
    found = []
    for row in result.rows:
        if row.span is None:
            found.append(row.kind.value)
            continue
        first = row.span.start_at.astimezone(ZONE).strftime("%H:%M")
        last = row.span.stop_at.astimezone(ZONE).strftime("%H:%M")
        found.append(f"{row.kind.value} {first}-{last}")
    return found


def written(value):
    """A value of a result as text; instants on the wall clock of the base date."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Span):
        return f"{written(value.start)}-{written(value.stop)}"
    if isinstance(value, (tuple, SpanSet)):
        return "[" + " ".join(written(one) for one in value) + "]"
    if isinstance(value, int) and value > 1_000_000:
        at_second = value if value > 100_000_000 else value * 60
        moment = datetime.fromtimestamp(at_second, ZONE)
        days_on = (moment.date() - BASE).days
        text = moment.strftime("%H:%M:%S" if value > 100_000_000 else "%H:%M")
        return text + (f"{days_on:+}" if days_on else "")
    return str(value)


def fields(value):
    """The members of a named tuple that are not at their default."""
    defaults = value._field_defaults
    pairs = zip(value._fields, value, strict=True)
    return " ".join(
        f"{name}={written(member)}"
        for name, member in pairs
        if name not in defaults or member != defaults[name]
    )


def report(result):
    """The whole of a result as lines of text."""
    skipped = ("rows", "exceptions", "marks", "charges", "trace", "spans", "totals")
    head = {name: getattr(result, name) for name in result._fields}
    shift_key = result.shift.key if result.shift else None
    head["shift"] = shift_key
    lines = [
        " ".join(f"{k}={written(v)}" for k, v in head.items() if k not in skipped),
        "totals: " + fields(result.totals),
    ]
    lines += ["row: " + fields(row) for row in result.rows]
    lines += ["charge: " + fields(charge) for charge in result.charges]
    lines += ["mark: " + fields(mark) for mark in result.marks]
    for found in result.exceptions:
        figures = " ".join(f"{k}={written(v)}" for k, v in found.figures)
        lines.append(f"exception: {found.kind.value} {figures}")
    lines += [f"spans: {name} {written(spans)}" for name, spans in result.spans]
    for line in result.trace:
        figures = " ".join(f"{k}={written(v)}" for k, v in line.figures)
        lines.append(f"trace: {line.code} {figures}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def judged(minute):
    """A judged minute on the wall clock."""
    if minute is None:
        return None
    moment = datetime.fromtimestamp(minute * 60, ZONE)
    return moment.strftime("%H:%M")


def with_policy(**options):
    """P0 with other values."""
    return replace(P0, **options)
