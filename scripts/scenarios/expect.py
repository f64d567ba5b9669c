"""What a scenario expects of a day or a month, and how a result differs.

Strict: a figure or exception that is not written is expected to be zero or absent.
Rows, marks, in and out, window and the like are compared where they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chain_attendance_engine import Totals, format_leave, format_minutes

from .section import Place, Section
from .words import row_text, trace_words

FIVE = ("due", "worked", "late", "early", "absent")
_OVERTIME = re.compile(r"^(workday|rest_day|holiday) (\d+)(?: of (\d+))?$")
_OTHERS = (
    "leave",
    "leave_days",
    "punched_outing",
    "outing",
    "trip",
    "trip_days",
    "core_missed",
)
_COMPARED = ("name", "state", "in", "out", "in_source", "out_source", "window")
_COMPARED += ("shift", "roster_source", "roster_name")
_DAY = ("figures", "overtime", "exceptions", "rows", "marks", "charged", "trace")
_DAY += (*_OTHERS, *_COMPARED)
_COUNTS = ("days", "days_in_progress", "work_days", "present_days", "late_days")
_COUNTS += ("early_days", "absent_days")
_SUM = ("figures", "overtime", "leave_of", "shown", *_OTHERS, *_COUNTS)


@dataclass
class Expected:
    """Figures of a day or a sum, and what else was written."""

    figures: dict[str, int | None]
    written: dict = field(default_factory=dict)

    def figure_differences(self, totals: Totals) -> list[str]:
        """Sentences about figures."""
        found = []
        for name, wanted in self.figures.items():
            value = getattr(totals, name)
            if value != wanted:
                label = name.removesuffix("_minutes").replace("_", " ")
                found.append(f"{label} is {_say(value)}, expected {_say(wanted)}")
        return found


def read_day(data, place: Place) -> Expected:
    """Expectations of one date; text alone is the five figures."""
    if isinstance(data, str):
        data = {"figures": data}
    part = Section(data, place, _DAY)
    return Expected(_figures(part, place), dict(data))


def read_sum(data, place: Place) -> Expected:
    """Expectations of the sum over all expected dates."""
    part = Section(data, place, _SUM)
    return Expected(_figures(part, place), dict(data))


def read_adjustments(data, place: Place) -> dict[str, int]:
    """Adjustment lines of one date, signed."""
    part = Section(data, place, _figure_names())
    return {_full_name(key): part.whole(key) for key in data}


def _figure_names() -> tuple[str, ...]:
    return tuple(name.removesuffix("_minutes") for name in Totals._fields)


def _full_name(key: str) -> str:
    return key if key in Totals._fields else f"{key}_minutes"


def _figures(part: Section, place: Place) -> dict[str, int | None]:
    figures = Totals()._asdict()
    text = str(part.get("figures", "0/0/0/0/0"))
    words = text.split("/")
    if len(words) != 5 or not all(re.match(r"^(\d+|-)$", word) for word in words):
        place.refuse(f'"{text}" is not due/worked/late/early/absent in minutes.')
    for name, word in zip(FIVE, words, strict=True):
        figures[f"{name}_minutes"] = None if word == "-" else int(word)
    for one in part.listed("overtime"):
        found = _OVERTIME.match(str(one))
        if not found:
            place.refuse(f'"{one}" is no overtime; write it like workday 180 of 210.')
        figures[f"overtime_{found[1]}_minutes"] = int(found[2])
        figures[f"claimed_{found[1]}_minutes"] = int(found[3] or 0)
    for name in _OTHERS:
        figures[_full_name(name)] = part.whole(name, 0)
    return figures


def _say(value) -> str:
    return "empty" if value is None else str(value)


def day_differences(expected: Expected, result, moments, roster_day) -> list[str]:
    """Sentences that say where a day's result is not what is expected."""
    written = expected.written
    found = expected.figure_differences(result.totals)
    kinds = sorted({one.kind.value for one in result.exceptions})
    wanted = sorted(_listed(written.get("exceptions")))
    if kinds != wanted:
        found.append(f"exceptions are {_list(kinds)}, expected {_list(wanted)}")
    actual = _compared(result, moments, roster_day)
    for key in _COMPARED:
        if key in written and _plain(written[key]) != _plain(actual[key]):
            name = key.replace("_", " ")
            found.append(f"{name} is {actual[key]}, expected {written[key]}")
    if "rows" in written:
        rows = [row_text(row, result, moments) for row in result.rows]
        wanted_rows = _listed(written["rows"])
        if rows != [" ".join(str(row).split()) for row in wanted_rows]:
            found.append(f"rows are {_list(rows)}, expected {_list(wanted_rows)}")
    found += _mark_differences(written.get("marks") or {}, result)
    found += _charge_differences(written.get("charged") or {}, result)
    sentences = list(trace_words(result, moments))
    for fragment in _listed(written.get("trace")):
        if not any(fragment in sentence for sentence in sentences):
            found.append(f'the trace does not say "{fragment}"')
    return found


def _compared(result, moments, roster_day) -> dict:
    def minute(value):
        return None if value is None else moments.wall_text(value, result.work_date)

    def source(value):
        return None if value is None else value.value

    return {
        "name": None if result.name is None else result.name.value,
        "state": result.state.value,
        "in": minute(result.first_in),
        "out": minute(result.last_out),
        "in_source": source(result.first_in_source),
        "out_source": source(result.last_out_source),
        "window": ", ".join(
            f"{minute(span.start)}-{minute(span.stop - 1)}"
            for span in result.window.spans
        ),
        "shift": None if result.shift is None else result.shift.key,
        "roster_source": roster_day.source.value,
        "roster_name": roster_day.source_key,
    }


def _plain(value) -> str:
    return "none" if value is None else re.sub(r"\s*-\s*", "-", str(value))


def _mark_differences(marks: dict, result) -> list[str]:
    actual = {mark.key: mark.mark.value for mark in result.marks}
    return [
        f"punch {key} is marked {actual.get(key)}, expected {wanted}"
        for key, wanted in marks.items()
        if actual.get(key, "none") != wanted
    ]


def _charge_differences(charged: dict, result) -> list[str]:
    actual = {charge.key: (charge.minutes, charge.days) for charge in result.charges}
    found = []
    for key, wanted in charged.items():
        minutes, days = actual.get(key, (0, 0))
        text = f"{minutes} {days}d" if days else str(minutes)
        if text != str(wanted):
            found.append(f"charged for {key} is {text}, expected {wanted}")
    return found


def sum_differences(expected: Expected, found_sum) -> list[str]:
    """Sentences that say where a sum is not what is expected."""
    written = expected.written
    found = expected.figure_differences(found_sum.totals)
    for key in _COUNTS:
        if key in written and getattr(found_sum, key) != written[key]:
            value = getattr(found_sum, key)
            found.append(f"{key.replace('_', ' ')} is {value}, expected {written[key]}")
    for key, wanted in (written.get("leave_of") or {}).items():
        leave = found_sum.leave_of(None if key == "none" else key)
        text = format_leave(leave.days, leave.hour_minutes)
        if text != wanted:
            found.append(f"leave of {key} is {text}, expected {wanted}")
    for key, wanted in (written.get("shown") or {}).items():
        value = getattr(found_sum.totals, _full_name(key))
        text = format_minutes(value, key in FIVE[2:])
        if text != wanted:
            found.append(f"{key} is shown as {text!r}, expected {wanted!r}")
    return found


def _listed(value) -> list:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _list(words) -> str:
    return ", ".join(words) or "none"
