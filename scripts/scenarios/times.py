"""Dates and times as a person writes them.

``08:30`` and ``08:30:59`` are on the scenario's date, ``06:12 +1`` on the next one,
``2014-07-05 08:30`` on its own. ``01:30 again`` is the second 01:30 of the night in
which clocks are set back.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .section import Place

_WALL = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2}))?$")
_MOMENT = re.compile(
    r"^(?:(?P<date>\d{4}-\d\d-\d\d) )?(?P<wall>\d{1,2}:\d\d(?::\d\d)?)"
    r"(?: (?P<days>[+-]\d+))?(?P<again> again)?$"
)
_SPAN = re.compile(r"^(\d{1,2}:\d\d) ?- ?(\d{1,2}:\d\d)$")


def wall(text, place: Place) -> time:
    """A wall-clock time; 24:00 is midnight."""
    found = _WALL.match(str(text).strip())
    if found:
        hour, minute, second = (int(part or 0) for part in found.groups())
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
        if (hour, minute, second) == (24, 0, 0):
            return time(0)
    place.refuse(f'"{text}" is no time; write it like 08:30.')


def wall_span(text, place: Place) -> tuple[time, time]:
    """``"08:30-17:30"`` as two wall-clock times."""
    found = _SPAN.match(str(text).strip())
    if not found:
        place.refuse(f'"{text}" is no span of time; write it like 08:30-17:30.')
    return wall(found[1], place), wall(found[2], place)


def zone(text, place: Place) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(str(text))
    except (OSError, ValueError, KeyError):
        place.refuse(f'"{text}" is no time zone; write it like Asia/Shanghai.')


def day(text, base: date, place: Place) -> date:
    """A date: ``2014-07-09``, or a number of days after the scenario's date."""
    if type(text) is int:
        return base + timedelta(days=text)
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        place.refuse(f'"{text}" is no date; write it like 2014-07-09, or +1.')


class Moments:
    """Reads instants of one scenario.

    :param base: the scenario's date
    :param zones: gives the store's zone on a date
    """

    def __init__(self, base: date, zones):
        self.base, self.zones = base, zones

    def instant(self, text, place: Place, base: date | None = None) -> datetime:
        """An aware instant."""
        found = _MOMENT.match(" ".join(str(text).split()))
        if not found:
            place.refuse(f'"{text}" is no time; write it like 08:30 or 06:12 +1.')
        start = base or self.base
        if found["date"]:
            start = day(found["date"], self.base, place)
        start += timedelta(days=int(found["days"] or 0))
        made = datetime.combine(start, wall(found["wall"], place))
        return made.replace(tzinfo=self.zones(start), fold=bool(found["again"]))

    def span(self, text, place: Place) -> tuple[datetime, datetime]:
        """``"23:00 - 01:30 +1"``; an end without a date has that of the start."""
        parts = re.split(r" - |(?<=\d)-(?=\d\d:)", str(text).strip())
        if len(parts) != 2:
            place.refuse(f'"{text}" is no span of time; write it like 13:00 - 17:00.')
        start = self.instant(parts[0], place)
        has_date = re.match(r"^\d{4}-", parts[0].strip())
        own = start.date() if has_date else None
        return start, self.instant(parts[1], place, own)

    def wall_text(self, minute: int, work_date: date) -> str:
        """A minute number as written from a work date: ``06:12 +1``."""
        moment = datetime.fromtimestamp(minute * 60, self.zones(work_date))
        days = (moment.date() - work_date).days
        return moment.strftime("%H:%M") + (f" {days:+d}" if days else "")
