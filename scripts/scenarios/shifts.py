"""Shifts and policies out of a scenario file."""

import re
from dataclasses import fields, replace

from chain_attendance_engine import (
    Break,
    BreakKind,
    CoreTime,
    Direction,
    DueMeasure,
    EngineError,
    MissingEnd,
    OvertimeMode,
    Policy,
    PunchMode,
    Rounding,
    Shift,
    Timetable,
)

from .section import Place, Section, member
from .times import wall_span

_TIMETABLE = ("times", "breaks", "in_required", "out_required")
_SHIFT = (
    *_TIMETABLE,
    "timetables",
    "flexible_minutes",
    "core",
    "elastic_minutes",
    "works_on_holidays",
    "name",
    "policy",
)
_BREAK = ("times", "kind", "beyond_minutes", "paid")
_BREAK_TEXT = re.compile(r"^(\S+(?: ?- ?\S+)?)(?: (fixed|punched|paid|beyond (\d+)))?$")
PRESETS = {
    "defaults": Policy(),
    "P0": Policy(grace_late_minutes=5, grace_early_minutes=5),
}
_ENUMS = {
    "punch_mode": PunchMode,
    "missing_in": MissingEnd,
    "missing_out": MissingEnd,
    "due_measure": DueMeasure,
    "overtime_mode": OvertimeMode,
}
_ROUNDINGS = ("round_in", "round_out", "round_overtime")
POLICY_FIELDS = tuple(field.name for field in fields(Policy) if field.name != "key")


def read_shift(name: str, data, place: Place) -> Shift:
    """A shift: a span, a list of spans, or keys with values."""
    if isinstance(data, str):
        data = {"times": data}
    elif isinstance(data, list):
        data = {"timetables": data}
    part = Section(data, place, _SHIFT)
    tables = [_timetable(one, place) for one in part.listed("timetables")]
    if "times" in part:
        own = {key: part.get(key) for key in _TIMETABLE if key in part}
        tables.append(_timetable(own, place))
    try:
        return Shift(
            name,
            tuple(tables),
            part.whole("flexible_minutes"),
            tuple(CoreTime(*wall_span(one, place)) for one in part.listed("core")),
            part.whole("elastic_minutes", 0),
            part.flag("works_on_holidays"),
            part.get("name", ""),
        )
    except EngineError as error:
        place.refuse(f"the engine refuses this shift: {error}")


def shift_policy(data):
    """The policy fields a shift brings along."""
    return data.get("policy") or {} if isinstance(data, dict) else {}


def _timetable(data, place: Place) -> Timetable:
    if isinstance(data, str):
        data = {"times": data}
    part = Section(data, place, _TIMETABLE)
    start, end = wall_span(part.need("times"), place)
    try:
        return Timetable(
            start,
            end,
            tuple(_break(one, place) for one in part.listed("breaks")),
            part.flag("in_required", True),
            part.flag("out_required", True),
        )
    except EngineError as error:
        place.refuse(f"the engine refuses this timetable: {error}")


def _break(data, place: Place) -> Break:
    if isinstance(data, str):
        data = _break_words(data, place)
    part = Section(data, place, _BREAK)
    start, end = wall_span(part.need("times"), place)
    kind = member(BreakKind, part.get("kind", "fixed"), place)
    try:
        return Break(
            start, end, kind, part.whole("beyond_minutes", 0), part.flag("paid")
        )
    except EngineError as error:
        place.refuse(f"the engine refuses this break: {error}")


def _break_words(text: str, place: Place) -> dict:
    found = _BREAK_TEXT.match(text.strip())
    if not found:
        place.refuse(
            f'"{text}" is no break; write it like 12:00-13:00, 12:00-13:00 punched, '
            "12:00-13:00 beyond 360 or 12:00-13:00 paid."
        )
    times, word, beyond = found.groups()
    data = {"times": times}
    if beyond:
        data |= {"kind": "beyond", "beyond_minutes": int(beyond)}
    elif word == "paid":
        data["paid"] = True
    elif word:
        data["kind"] = word
    return data


def read_policy(data, presets: dict, place: Place) -> Policy:
    """A policy: the name of one, or changes to ``base`` (P0 unless said)."""
    if isinstance(data, str):
        if data not in presets:
            place.refuse(
                f'there is no policy "{data}"; there are {", ".join(presets)}.'
            )
        return presets[data]
    part = Section(data, place, ("base", *POLICY_FIELDS))
    base = read_policy(part.get("base", "P0"), presets, place)
    changes = {key: value for key, value in data.items() if key != "base"}
    return change_policy(base, changes, place)


def change_policy(policy: Policy, changes: dict, place: Place) -> Policy:
    """A policy with other values in some fields."""
    Section(changes, place, POLICY_FIELDS)
    made = {}
    for name, value in changes.items():
        spot = place.inside(name)
        if name in _ENUMS:
            value = member(_ENUMS[name], value, spot)
        elif name in _ROUNDINGS and value is not None:
            value = _rounding(value, spot)
        elif value == "none" and name.endswith("_limit_minutes"):
            value = None
        elif isinstance(getattr(PRESETS["defaults"], name), bool):
            value = Section(changes, place, POLICY_FIELDS).flag(name)
        made[name] = value
    try:
        return replace(policy, **made)
    except EngineError as error:
        place.refuse(f"the engine refuses this policy: {error}")


def _rounding(text, place: Place) -> Rounding:
    found = re.match(r"^(\d+) (down|up|nearest)$", str(text))
    if not found:
        place.refuse(f'"{text}" is no rounding; write it like 15 up.')
    return Rounding(int(found[1]), Direction(found[2]))
