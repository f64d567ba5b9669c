"""Punches and requests out of a scenario file."""

import re

from chain_attendance_engine import (
    EngineError,
    OvertimeKind,
    Punch,
    PunchSource,
    PunchState,
    RequestKind,
    RequestSpan,
    RequestState,
)

from .section import Place, Section, member
from .times import Moments, day

_PUNCH = ("at", "state", "source", "name")
_STATES = {state.value for state in PunchState}
_SOURCES = {source.value for source in PunchSource}
_KINDS = tuple(kind.value for kind in RequestKind)
_REQUEST = (
    *_KINDS,
    "name",
    "state",
    "needs_approval",
    "filed",
    "work_date",
    "typed_minutes",
    "typed_days",
    "type",
    "counts_as_worked",
    "counts_calendar_days",
    "claimed_kind",
    "state_key",
)
_DATES = re.compile(r"^(\S+)(?: to (\S+))?$")


def read_punches(data, moments: Moments, place: Place) -> tuple[Punch, ...]:
    """Punches: text with commas, or a list. A punch's name is what was written."""
    if data is None:
        return ()
    if isinstance(data, str):
        data = [word.strip() for word in data.split(",")]
    if not isinstance(data, list):
        place.refuse("a list of punches is wanted here.")
    found, names = [], {}
    for one in data:
        part = Section(_words(one) if isinstance(one, str) else one, place, _PUNCH)
        name = str(part.get("name", " ".join(str(part.need("at")).split())))
        names[name] = names.get(name, 0) + 1
        if names[name] > 1:
            name = f"{name} #{names[name]}"
        found.append(
            Punch(
                name,
                moments.instant(part.need("at"), place),
                member(PunchState, part.get("state", "undefined"), place),
                member(PunchSource, part.get("source", "terminal"), place),
            )
        )
    return tuple(found)


def _words(text: str) -> dict:
    """``"out 08:28 manual"``: a state key before the time, a source after it."""
    words = text.split()
    made = {}
    if words and words[0] in _STATES:
        made["state"] = words.pop(0)
    if words and words[-1] in _SOURCES:
        made["source"] = words.pop()
    return {**made, "at": " ".join(words)}


def read_requests(data, moments: Moments, place: Place, number=0) -> tuple:
    """Requests, filed in the order written unless ``filed`` says otherwise.

    :param number: how many were filed before
    """
    if data is None:
        return ()
    if not isinstance(data, list):
        place.refuse("a list of requests is wanted here.")
    found = []
    for place_number, one in enumerate(data, number + 1):
        found.append(_request(one, place_number, moments, place))
    return tuple(found)


def _request(data, number: int, moments: Moments, place: Place) -> RequestSpan:
    part = Section(data, place, _REQUEST)
    kinds = [kind for kind in _KINDS if kind in part]
    if len(kinds) != 1:
        place.refuse(f"one of {', '.join(_KINDS)} is wanted, with its time.")
    kind = RequestKind(kinds[0])
    when = part.get(kind.value)
    work_date = part.get("work_date")
    claimed = part.get("claimed_kind")
    try:
        return RequestSpan(
            key=part.get("name", f"{kind.value} {when}"),
            kind=kind,
            state=member(RequestState, part.get("state", "submitted"), place),
            needs_approval=part.flag("needs_approval"),
            filed=part.whole("filed", number),
            work_date=None
            if work_date is None
            else day(work_date, moments.base, place),
            typed_minutes=part.whole("typed_minutes"),
            typed_days=_days(part.get("typed_days"), place),
            type_key=part.get("type"),
            counts_as_worked=part.flag("counts_as_worked"),
            counts_calendar_days=part.flag("counts_calendar_days"),
            claimed_kind=claimed and member(OvertimeKind, claimed, place),
            state_key=member(PunchState, part.get("state_key", "undefined"), place),
            **_when(kind, when, moments, place),
        )
    except EngineError as error:
        place.refuse(f"the engine refuses this request: {error}")


def _when(kind, when, moments: Moments, place: Place) -> dict:
    if kind is RequestKind.CORRECTION:
        return {"start": moments.instant(when, place)}
    if ":" in str(when):
        start, stop = moments.span(when, place)
        return {"start": start, "stop": stop}
    if when == "day":
        return {"first_date": moments.base, "last_date": moments.base}
    found = _DATES.match(str(when))
    if not found:
        place.refuse(
            f'"{when}" is no time of a request; write 13:00 - 17:00, day, '
            "2014-07-09, or 2014-07-09 to 2014-07-11."
        )
    first, last = (_date_word(word, moments, place) for word in found.groups(found[1]))
    return {"first_date": first, "last_date": last}


def _date_word(word, moments: Moments, place: Place):
    if re.match(r"^[+-]?\d+$", word):
        word = int(word)
    return day(word, moments.base, place)


def _days(value, place: Place):
    if value is None or type(value) is int:
        return value
    try:
        return float(value)
    except (TypeError, ValueError):
        place.refuse(f'"typed_days" is a number like 0.5, not {value!r}.')
