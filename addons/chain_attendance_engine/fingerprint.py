"""A fingerprint of the inputs a day result was made of (rule 15).

Equal inputs have equal fingerprints, in every process and on every machine. Punches
that did not bear on the day, and requests that do not touch it, are left out.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from hashlib import blake2b

from .clock import minute_at
from .inputs import DayInput, RequestSpan
from .results import DayResult
from .vocabulary import PunchSource

_REACH = timedelta(days=3)


def fingerprint(day: DayInput, result: DayResult) -> str:
    """Hexadecimal digest of what decided a day.

    :param day: the input
    :param result: what ``evaluate_day`` made of it
    """
    seen = {
        mark.key for mark in result.marks if mark.source is not PunchSource.CORRECTION
    }
    punches = sorted(_flat(punch) for punch in day.punches if punch.key in seen)
    requests = sorted(
        _flat(request) for request in day.requests if _touches(request, day)
    )
    parts = (
        _flat(day.today),
        _flat(day.yesterday),
        _flat(day.tomorrow),
        _flat(day.employment),
        result.state.value,
        punches,
        requests,
    )
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _touches(request: RequestSpan, day: DayInput) -> bool:
    """Whether a request can bear on the day: it lies within two days of it."""
    if not request.is_in_force:
        return False
    first, last = day.today.date - _REACH, day.today.date + _REACH
    if request.is_by_days:
        return request.first_date <= last and request.last_date >= first
    if request.work_date is not None:
        return first <= request.work_date <= last
    begins = minute_at(request.start_minute).date()
    ends = minute_at(request.stop_minute).date()
    return begins <= last and ends >= first


def _flat(value) -> str:
    """A text of a value that depends on nothing but the value."""
    if is_dataclass(value):
        inner = (
            f"{field.name}={_flat(getattr(value, field.name))}"
            for field in fields(value)
            if field.compare
        )
        return f"{type(value).__name__}({','.join(inner)})"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return str(value.timestamp())
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, tzinfo):
        return str(value)
    if isinstance(value, (tuple, list)):
        return f"[{','.join(_flat(one) for one in value)}]"
    return repr(value)
