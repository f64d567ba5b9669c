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


def second_instant(wall_time, zone_name):
    """The later instant of a time that the clock showed twice; otherwise ``None``."""
    try:
        if not _may_be_shown_twice(
            zone_name, wall_time.replace(minute=0, second=0, microsecond=0)
        ):
            return None
        first, again = _both_offsets(wall_time, ZoneInfo(zone_name))
        return wall_time - again if again < first else None
    except OverflowError:
        return None


def resolve(wall_time, zone_name, received_at):
    """The instant of a punch, and whether it is in doubt.

    Before a clock shows a time again, it can only mean the first one. A punch that
    comes right after the second one is taken for that, any other for the first; both
    stay in doubt, for a terminal may have kept the punch until then.

    :param received_at: the naive UTC instant at which the punch came.
    :return: ``(naive UTC instant, is in doubt)``.
    """
    first = wall_to_utc(wall_time, zone_name)
    second = second_instant(wall_time, zone_name)
    if second is None or received_at < second:
        return first, False
    return (second if received_at - second <= LIVE else first), True


@lru_cache(maxsize=HOURS_REMEMBERED)
def _may_be_shown_twice(zone_name, hour):
    """Whether a clock is moved in or right after this hour on it."""
    zone = ZoneInfo(zone_name)
    ends = [_both_offsets(at, zone) for at in (hour, hour + NEARLY_AN_HOUR)]
    return len({offset for both in ends for offset in both}) > 1


def _both_offsets(wall_time, zone):
    """The offsets when the clock shows a time first and when it shows it again."""
    return [wall_time.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]


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
