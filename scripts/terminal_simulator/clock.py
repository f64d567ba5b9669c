"""Time for the simulator: a source that can be faked, and a terminal's clock.

Two things are kept apart. A *time source* drives waiting and the protocol's
timers and is true. A *terminal clock* is the wall clock printed into punches;
it has an offset, a drift, resets and a server that sets it.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EPOCH = datetime(1970, 1, 1)
TOLERATED_SECONDS = 10
LONGEST_ROUND_TRIP_SECONDS = 5


class SystemTime:
    """The machine's own time. ``now`` is UTC seconds since 1970.

    ``rate`` is how many of its seconds go by in a real one.
    """

    rate = 1.0

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)


class FakeTime:
    """Time that moves only when somebody sleeps. For tests: never waits."""

    rate = 1.0

    def __init__(self, now: float = 1772413200.0) -> None:
        self._now = now
        self.slept: list[float] = []

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._now += max(0.0, seconds)

    advance = sleep


class FastTime(SystemTime):
    """Starts at ``start`` (UTC seconds), runs ``speed`` times as fast as real
    time, and from the moment it has caught up with real time goes on with it:
    an accelerated terminal never punches in the future.
    """

    def __init__(
        self, start: float, speed: float, real: SystemTime | FakeTime | None = None
    ) -> None:
        self._real = real or SystemTime()
        self._start, self._speed = start, speed
        self._began = self._real.now()

    def now(self) -> float:
        return self._at(self._real.now())

    def _at(self, real: float) -> float:
        fast = self._start + (real - self._began) * self._speed
        return min(fast, real) if self._start <= self._began else fast

    @property
    def rate(self) -> float:
        real = self._real.now()
        return 1.0 if self._at(real) == real else self._speed


class TerminalClock:
    """The wall clock of one terminal.

    ``zone_minutes`` is the zone the unit was last told (or left the factory
    with), ``offset_seconds`` how far it is ahead of the truth when it starts,
    ``drift_ppm`` how many seconds it gains per million. ``starts_at`` replaces
    the truth at start-up (a flat battery: 2000-01-01). ``back_at`` is the wall
    time at which the clock jumps back one hour, once (the end of summer time).
    """

    def __init__(
        self,
        source: SystemTime | FakeTime,
        *,
        zone_minutes: int = 0,
        offset_seconds: float = 0,
        drift_ppm: float = 0,
        starts_at: datetime | None = None,
        back_at: datetime | None = None,
    ) -> None:
        self._source = source
        self.zone_minutes = zone_minutes
        self._rate = 1 + drift_ppm / 1e6
        self._back_at = back_at
        self.times_set = 0
        truth = EPOCH + timedelta(seconds=source.now(), minutes=zone_minutes)
        self.set_wall((starts_at or truth) + timedelta(seconds=offset_seconds))

    def set_wall(self, wall: datetime) -> None:
        """Set the clock to a naive wall-clock moment."""
        self._wall, self._set_at = wall, self._source.now()

    def wall(self) -> datetime:
        """The naive wall-clock moment the unit would print now."""
        gone = (self._source.now() - self._set_at) * self._rate
        wall = self._wall + timedelta(seconds=gone)
        if self._back_at and wall >= self._back_at:
            self._back_at = None
            wall -= timedelta(hours=1)
            self.set_wall(wall)
        return wall

    def seconds_until(self, wall: datetime) -> float:
        """Real seconds until the clock shows ``wall``; 0 or less if it did."""
        gap = (wall - self.wall()).total_seconds()
        return gap / (self._rate * self._source.rate)

    def set_from_server(
        self, date_header: str, round_trip_seconds: float, summer_hour: bool = False
    ) -> bool:
        """Follow the server's ``Date`` header plus the unit's zone.

        Returns whether the clock was moved: only by more than 10 s, and only on
        an answer that came within 5 s. An unreadable header is ignored.
        """
        if round_trip_seconds >= LONGEST_ROUND_TRIP_SECONDS:
            return False
        try:
            server = parsedate_to_datetime(date_header)
        except (TypeError, ValueError):
            return False
        if server.tzinfo:
            server = server.astimezone(timezone.utc).replace(tzinfo=None)
        wall = server + timedelta(minutes=self.zone_minutes, hours=bool(summer_hour))
        if abs((wall - self.wall()).total_seconds()) <= TOLERATED_SECONDS:
            return False
        self.set_wall(wall)
        self.times_set += 1
        return True


def parse_time_zone(text: str) -> int | None:
    """Read the handshake's ``TimeZone`` into minutes east of Greenwich.

    Whole numbers from -12 to 12 are hours, beyond 60 either way minutes, and
    ``-05:00`` is read as written. Anything else is None: the unit keeps its zone.
    """
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    try:
        if ":" in digits:
            hours, minutes = digits.split(":", 1)
            return sign * (int(hours) * 60 + int(minutes))
        number = sign * int(digits)
    except ValueError:
        return None
    if abs(number) <= 12:
        return number * 60
    return number if abs(number) > 60 else None
