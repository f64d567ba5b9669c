"""Wall-clock times of terminals as instants. Plain Python."""

from datetime import timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

NEARLY_AN_HOUR = timedelta(minutes=59, seconds=59)
HOURS_REMEMBERED = 8192
# A punch that came later than this was stored on the terminal meanwhile, or its
# clock is so far behind that the two cannot be told apart.
LIVE = timedelta(minutes=15)
# A clock this far off is told by the punches that are set aside.
ANOTHER_AGE = timedelta(days=366)
# How often the time of unchanged figures is written.
REPEAT = timedelta(hours=1)
# Travelling time and whole seconds.
CLOCK_NOISE = 2


def wall_to_utc(wall_time, zone_name):
    """The naive UTC instant of a naive wall-clock time in a zone.

    A time that the clock showed twice means the first; one that it skipped is
    moved forward by the gap. A year at the edge of the calendar is left as it is.
    """
    try:
        offset = _offset_in_hour(
            zone_name, wall_time.replace(minute=0, second=0, microsecond=0)
        )
        if offset is None:
            offset = wall_time.replace(tzinfo=ZoneInfo(zone_name)).utcoffset()
        return wall_time - offset
    except OverflowError:
        return wall_time


@lru_cache(maxsize=HOURS_REMEMBERED)
def _offset_in_hour(zone_name, hour):
    """The offset of a whole hour on the clock; ``None`` if it changes within.

    A clock that is moved twice in one hour is not known in any zone.
    """
    zone = ZoneInfo(zone_name)
    first = hour.replace(tzinfo=zone).utcoffset()
    last = (hour + NEARLY_AN_HOUR).replace(tzinfo=zone).utcoffset()
    return first if first == last else None


def clock_offset(wall_times, zone_name, now):
    """How many seconds a terminal's clock is ahead by the punches of one post.

    The latest punch came soonest: how far it lies from now is the offset. Old punches
    say nothing of the clock.

    :param wall_times: naive times of the terminal's own clock.
    :param now: the naive UTC instant at which they came.
    :return: seconds, negative if the clock is behind; or ``None``.
    """
    # Years 1 and 9999 have no place in every zone.
    near = [at for at in wall_times if abs(at - now) < ANOTHER_AGE]
    if not near:
        return None
    latest = max(near).replace(tzinfo=ZoneInfo(zone_name))
    ahead = latest.astimezone(timezone.utc).replace(tzinfo=None) - now
    return None if ahead < -LIVE else round(ahead.total_seconds())


def is_news(seconds, known_seconds, checked_at, now):
    """Whether a clock's offset is worth writing down beside what is known of it."""
    return (
        not checked_at
        or checked_at <= now - REPEAT
        or abs(seconds - (known_seconds or 0)) > CLOCK_NOISE
    )
