"""Where wall clock and instant meet.

``instant_minute`` is the one function that turns a date, a wall-clock time and a zone
into an instant. A wall time that occurs twice (clocks set back) means its first
occurrence; one that does not occur (clocks set forward) is moved forward by the gap.
Instants are minute numbers (see ``span``); zones are ``tzinfo`` objects.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo

from .errors import NaiveInstantError
from .span import EPOCH

DAY = 24 * 60
_UTC = timezone.utc
_EPOCH_ORDINAL = EPOCH.date().toordinal()


def instant_minute(day: date, minute: int, zone: tzinfo) -> int:
    """Minute number of a wall-clock time.

    :param day: the date the wall clock is counted from
    :param minute: minutes after that date's midnight; 1440 and more lie on the
        following dates, negative ones on the dates before
    :param zone: the store's zone on that date
    """
    wall = (day.toordinal() - _EPOCH_ORDINAL) * DAY + minute
    days, rest = divmod(wall, DAY)
    on = date.fromordinal(days + _EPOCH_ORDINAL)
    local = datetime(on.year, on.month, on.day, rest // 60, rest % 60, tzinfo=zone)
    return wall - _offset_minutes(local)


def _offset_minutes(local: datetime) -> int:
    # fold=0 picks the first occurrence of a repeated time. For a missing time it
    # picks the offset from before the gap, which is the move forward by the gap.
    offset = local.utcoffset()
    return (offset.days * 86400 + offset.seconds) // 60


def day_bounds(day: date, zone: tzinfo) -> tuple[int, int]:
    """First minute of the calendar day and of the next one (23 to 25 hours)."""
    return instant_minute(day, 0, zone), instant_minute(day, DAY, zone)


def epoch_second(at: datetime, where: str = "instant") -> int:
    """Whole seconds since the epoch of an aware datetime; fractions are dropped.

    :raises NaiveInstantError: if ``at`` has no zone
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise NaiveInstantError(where, at, "an instant needs a zone")
    passed = at - EPOCH
    return passed.days * 86400 + passed.seconds


def epoch_minute(at: datetime, where: str = "instant") -> int:
    """Minute number of an aware datetime; seconds are dropped."""
    return epoch_second(at, where) // 60


def minute_at(minute: int) -> datetime:
    """The instant of a minute number, UTC."""
    return EPOCH + timedelta(minutes=minute)


def local_minute(minute: int, zone: tzinfo) -> datetime:
    """The instant of a minute number on the zone's wall clock, aware."""
    return minute_at(minute).astimezone(zone)


def local_date(minute: int, zone: tzinfo) -> date:
    """The date of a minute number on the zone's wall clock."""
    return local_minute(minute, zone).date()


def wall_minute(minute: int, zone: tzinfo) -> int:
    """Wall-clock minutes since the epoch, counted as if all days had 24 hours."""
    return minute + _offset_minutes(local_minute(minute, zone))


def repeated_minutes(start: int, stop: int, zone: tzinfo) -> list[tuple[int, int]]:
    """Clock changes inside a span, as ``(minute number, minutes set forward)``.

    The first member is the first minute after the change; the second is negative
    when clocks were set back.
    """
    found = []
    while start < stop:
        base = _offset_minutes(local_minute(start, zone))
        step = _next_change(start, stop, zone, base)
        if step is None:
            break
        found.append((step, _offset_minutes(local_minute(step, zone)) - base))
        start = step
    return found


def _next_change(start: int, stop: int, zone: tzinfo, base: int) -> int | None:
    """First minute in ``(start, stop]`` whose offset differs from ``base``."""
    low = start
    while low < stop:
        high = min(low + DAY, stop)
        if _offset_minutes(local_minute(high, zone)) != base:
            break
        low = high
    else:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _offset_minutes(local_minute(middle, zone)) == base:
            low = middle
        else:
            high = middle
    return high


def nominal_minutes(start: int, stop: int, zone: tzinfo) -> int:
    """Length of a span on the wall clock.

    A repeated hour counts once (its second occurrence has no length), an hour that
    was left out counts as if it had passed. Lengths of adjoining spans add up.
    """
    total = max(0, stop - start)
    for change, forward in repeated_minutes(start - DAY // 2, stop - 1, zone):
        if forward > 0:
            total += forward if start <= change < stop else 0
        else:
            again = min(stop, change - forward) - max(start, change)
            total -= max(0, again)
    return total
