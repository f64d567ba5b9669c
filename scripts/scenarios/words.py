"""Results in words: a printed row, and the trace of a day as sentences."""

from enum import Enum

from chain_attendance_engine import RowKind, Span, SpanSet

_SENTENCES = {
    "roster": "The {source} roster gives {shift}; the calendar says {day_kind}.",
    "window": "Punches belong to this date in {spans}.",
    "recognition": "{fits} shift(s) fit the punches.",
    "stretch": "Presence counts {start} to {stop}.",
    "missing": "The {end} punch is missing at {at}; by policy: {fill} {minutes}.",
    "piece": "Piece {start} to {stop}: due {due} = worked {worked} + late {late} "
    "+ early {early} + absent {absent}.",
    "gap": "A gap of {minutes} minutes ({kind}), {spans}: grace {grace}, "
    "limit {limit}; counted as {counted}.",
    "leave": "Leave {key} takes {minutes} minutes, {days} day(s).",
    "cover": "{kind} {key} covers {minutes} minutes.",
    "flexible": "Due {due}, present {present}: worked {worked}, absent {absent}.",
    "elastic": "First in {first_in}, nominal start {start}: moved {move} minutes.",
    "below_percent": "Worked {worked} of {due} is under {percent} %: all absent.",
    "break_credit": "Present {present} is at most {beyond}: {credited} of the "
    "break's {minutes} minutes count as worked.",
    "in_progress": "In progress until {until}.",
    "overtime": "Overtime ({mode}, {kind}): claimed {claimed}, net of the form {net}, "
    "automatic {automatic}, before rounding {raw}; rest deduction {rest}, least "
    "{least}, unit {unit}: recognised {recognised}.",
}
_MINUTES_OF_DAY = {"start", "stop", "at", "first_in", "until"}


def trace_words(result, moments):
    """The trace of a day, line by line."""
    for mark in sorted(result.marks, key=lambda mark: mark.second):
        at = moments.wall_text(mark.second // 60, result.work_date)
        source = mark.source.value
        yield f"Punch {mark.key} ({source}, {at}): {_word(mark.mark)}."
    for line in result.trace:
        figures = {
            name: _figure(name, value, result, moments) for name, value in line.figures
        }
        sentence = _SENTENCES.get(line.code)
        try:
            yield sentence.format(**figures)
        except (AttributeError, KeyError):  # a step the engine has learnt since
            words = ", ".join(f"{name} {value}" for name, value in figures.items())
            yield f"{line.code.replace('_', ' ').capitalize()}: {words}."
    for one in result.exceptions:
        yield f"Exception: {_word(one.kind)}."


def _figure(name, value, result, moments) -> str:
    if value is None:
        return "none"
    if name in _MINUTES_OF_DAY and type(value) is int:
        return moments.wall_text(value, result.work_date)
    if isinstance(value, (SpanSet, tuple, list)):
        if isinstance(value, tuple) and not value:
            return "no time"
        parts = [value] if isinstance(value, Span) else list(value)
        if all(isinstance(part, tuple) and len(part) == 2 for part in parts):
            return " and ".join(_span(part, result, moments) for part in parts)
        return ", ".join(_word(part) for part in parts)
    return _word(value)


def _word(value) -> str:
    if isinstance(value, Enum):
        return value.value.replace("_", " ")
    return str(value)


def _span(span, result, moments) -> str:
    start, stop = (moments.wall_text(one, result.work_date) for one in span)
    return f"{start} to {stop}"


def row_text(row, result, moments) -> str:
    """A row as scenario files write it."""
    if row.kind in (RowKind.REST, RowKind.HOLIDAY, RowKind.UNSCHEDULED):
        return row.kind.value
    parts = [row.kind.value]
    if row.days:
        parts.append(f"{row.days}d")
    elif row.start is not None:
        ends = (moments.wall_text(one, result.work_date) for one in row[1:3])
        parts.append("-".join(ends))
    if row.kind is RowKind.OVERTIME:
        parts.append(f"{row.minutes} of {row.claimed_minutes}")
    elif row.kind is RowKind.LEAVE:
        parts.append(str(row.minutes))
        if row.type_key is not None:
            parts.append(str(row.type_key))
    elif row.kind is RowKind.SHIFT:
        five = row[4:9]
        parts.append("/".join("-" if one is None else str(one) for one in five))
    return " ".join(parts)


def day_words(result, moments) -> list[str]:
    """A day as its printed rows and the sentences behind them."""
    name = result.name.value if result.name else result.state.value
    lines = [f"{result.work_date} {name}"]
    lines += [f"    {row_text(row, result, moments)}" for row in result.rows]
    lines += [f"      {sentence}" for sentence in trace_words(result, moments)]
    return lines
