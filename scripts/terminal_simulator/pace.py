"""When a terminal does what: silence, polling, upload checks."""

from __future__ import annotations

from datetime import datetime

from .options import Options
from .quirks import Quirks

POLL_GAPS_AFTER_WORK = (1.0, 1.2, 2.0)


class Pace:
    """The timers of one session. All durations are seconds."""

    def __init__(self, time, clock, quirks: Quirks) -> None:
        self._time, self._clock, self._quirks = time, clock, quirks
        now = time.monotonic()
        self._silent_until = now
        self._next_poll = now
        self._gap: int | None = None
        self._next_batch = now
        self._next_check = now
        self._checked_wall = clock.wall()
        self._uploading = False

    def be_silent(self, seconds: float) -> None:
        """Say nothing for a while."""
        self._silent_until = self._time.monotonic() + seconds

    def silence(self) -> float:
        """Seconds of silence left, 0 or less when the unit may speak."""
        return self._silent_until - self._time.monotonic()

    def wake(self) -> None:
        """End the silence and make a poll due."""
        self._silent_until = self._next_poll = self._time.monotonic()

    def connected(self, options: Options) -> None:
        """A handshake was accepted: poll at once, and check for uploads."""
        self._next_poll = self._time.monotonic()
        self._next_check = self._time.monotonic() + options.interval_seconds
        self._checked_wall = self._clock.wall()
        self._uploading = True

    # --- polling -------------------------------------------------------------------

    def poll_is_due(self) -> bool:
        return self._time.monotonic() >= self._next_poll

    def polled(self, options: Options, *, worked: bool) -> None:
        """Plan the next poll: soon after work, at last Delay apart."""
        delay = self._quirks.poll_seconds
        if delay is None:
            delay = options.delay_seconds
        if worked and self._quirks.adaptive_polling:
            self._gap = 0
        wait = delay
        if self._gap is not None:
            wait = min(delay, _gap_seconds(self._gap))
            self._gap = None if wait >= delay else self._gap + 1
        self._next_poll = self._time.monotonic() + wait

    # --- uploads -------------------------------------------------------------------

    def upload_is_open(self, options: Options) -> bool:
        """Whether records may go up now."""
        now = self._time.monotonic()
        if now < self._next_batch:
            return False
        if options.is_realtime:
            return True
        if options.interval_seconds and now >= self._next_check:
            self._next_check = now + options.interval_seconds
            self._uploading = True
        if self._passed_fixed_time(options):
            self._uploading = True
        return self._uploading

    def uploads_done(self) -> None:
        """Everything there was has gone up: wait for the next check."""
        self._uploading = False

    def upload_now(self) -> None:
        self._uploading = True

    def pause_uploads(self, seconds: float) -> None:
        self._next_batch = self._time.monotonic() + seconds

    def until_due(self, options: Options) -> float:
        """Seconds until a poll or an upload check is due."""
        now = self._time.monotonic()
        moments = [self._next_poll]
        if self._next_batch > now:
            moments.append(self._next_batch)
        if not options.is_realtime and options.interval_seconds:
            moments.append(self._next_check)
        return max(0.0, min(moments) - now)

    def _passed_fixed_time(self, options: Options) -> bool:
        before, now = self._checked_wall, self._clock.wall()
        self._checked_wall = now
        return any(
            before < datetime.combine(day, datetime.strptime(t, "%H:%M").time()) <= now
            for t in options.fixed_times()
            for day in {before.date(), now.date()}
        )


def _gap_seconds(index: int) -> float:
    """Pause before poll number ``index`` after work: 1, 1.2, 2, 3, 4..."""
    if index < len(POLL_GAPS_AFTER_WORK):
        return POLL_GAPS_AFTER_WORK[index]
    return float(index)
