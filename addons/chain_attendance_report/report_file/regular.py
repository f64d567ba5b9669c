"""When a report is sent regularly, and which days it is about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

UTC = ZoneInfo("UTC")
DAY = timedelta(days=1)


def next_at(after, zone, frequency, hour, weekday=0, month_day=1):
    """The first time after an instant at which a report is due.

    :param after: naive, in UTC; so is what is returned.
    :param zone: the name of the zone of which ``hour`` is an hour.
    :param frequency: ``daily``, ``weekly`` (on ``weekday``, Monday is 0) or
        ``monthly`` (on ``month_day``, 1 to 28).
    """
    zone = ZoneInfo(zone)
    day = after.replace(tzinfo=UTC).astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
        instant = at.astimezone(UTC).replace(tzinfo=None)
        is_day = frequency == "daily" or (
            day.weekday() == weekday if frequency == "weekly" else day.day == month_day
        )
        if is_day and instant > after:
            return instant
        day += DAY


def span_of(kind, today):
    """``(first, last)`` day of a span that is told by a word, or None for ``all``."""
    first_of_month = today.replace(day=1)
    return {
        "all": None,
        "yesterday": (today - DAY, today - DAY),
        "last_7_days": (today - 7 * DAY, today - DAY),
        "this_month": (first_of_month, today),
        "last_month": (first_of_month - relativedelta(months=1), first_of_month - DAY),
    }[kind]
