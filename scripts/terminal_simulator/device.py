"""One terminal: what people do at it, what it keeps, and how it is run.

``step`` does at most one exchange with the server and returns how long the
terminal wants to be left alone. Nothing waits in here, so a test drives it with
a faked time and a fleet with a few threads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from . import identity
from .caller import Caller, NotAcknowledged
from .clock import SystemTime, TerminalClock
from .commands import Executor
from .conversation import Conversation
from .lines import USER_KEYS, cut_name, user_line
from .log import LocalLog
from .options import Options
from .outbox import Outbox
from .punch import Punch, parse_wall, wall_text
from .quirks import Quirks
from .statistics import Statistics
from .tables import template_text
from .transport import SocketTransport
from .wire import Target


class GaveUp(Exception):
    """The terminal did not get where the caller wanted it in the time given."""


class Device:
    """A simulated terminal with serial number ``serial``.

    ``target`` is where the server listens (a Target or a URL). ``log`` keeps the
    records (default: in memory), ``batch_lines`` is the most records in one
    POST. ``time`` drives the protocol's timers, ``clock`` is the wall clock
    printed into punches, ``zone_minutes`` the zone it starts in. ``sources``
    make punches by themselves (see ``sources.py``). Not thread-safe: one thread
    at a time calls it.
    """

    def __init__(
        self,
        serial: str,
        target: Target | str,
        *,
        quirks: Quirks | None = None,
        log: LocalLog | None = None,
        time: SystemTime | None = None,
        clock: TerminalClock | None = None,
        transport=None,
        batch_lines: int = 128,
        zone_minutes: int = 0,
        timeout_seconds: float = 60.0,
        seed: int = 0,
    ) -> None:
        if isinstance(target, str):
            target = Target.from_url(target)
        self.serial, self.seed = serial, seed
        self.quirks = quirks or Quirks()
        self.log = log or LocalLog()
        self.time = time or SystemTime()
        self.clock = clock or clock_with(self.quirks, self.time, zone_minutes)
        self.statistics = Statistics()
        self.sources: list = []
        transport = transport or SocketTransport(target, self.quirks, timeout_seconds)
        self._caller = Caller(serial, transport, self.quirks, self.statistics)
        self._outbox = Outbox(serial, self.log, self.clock, self.quirks, batch_lines)
        self._executor = Executor(self)
        self._punches_made = 0
        self._start()

    # --- what a person or a tool does at the unit -----------------------------------

    def punch(
        self,
        pin: str,
        state: int = 0,
        verify: int = 1,
        *,
        at: datetime | str | None = None,
        work_code: str = "0",
    ) -> Punch:
        """A person punches; ``at`` (wall clock) replaces the unit's clock."""
        wall = wall_text(self.clock.wall()) if at is None else str(at)
        punch = Punch(self.quirks.pin_prefix + pin, wall, state, verify, work_code)
        made = [punch]
        self._punches_made += 1
        every = self.quirks.unknown_pin_every
        if every and self._punches_made % every == 0:
            made.append(Punch("9" * self.quirks.pin_width, wall, state, verify))
        self.log.add_punches(made)
        if self.quirks.photos:
            self.photograph(punch.pin, wall)
        return punch

    def photograph(self, pin: str, wall: str, live: bool = True) -> None:
        """Queue a small picture of the person in front of the unit."""
        name = f"{''.join(c for c in wall if c.isdigit())}-{pin}.jpg"
        content = template_text(f"{self.seed}:{name}", 400)
        command = "realupload" if live else "uploadphoto"
        self.log.add_row("ATTPHOTO", "ATTPHOTO", f"{name}\t{command}\t{content}")

    def enrol(
        self, pin: str, name: str = "", privilege: int = 0, card: str = ""
    ) -> None:
        """A new user is made at the unit's own menu and goes up as a USER row."""
        row = dict.fromkeys(USER_KEYS, "")
        row |= {"PIN": pin, "Name": cut_name(name, self.quirks), "Pri": str(privilege)}
        row |= {"Card": card, "Grp": "1", "TZ": "0000000100000000", "Verify": "-1"}
        self.log.put_user(row)
        self.log.add_row("OPERLOG", "USER", user_line(row, self.quirks))

    def operate(self, code: int, admin: str = "0", *objects: str) -> None:
        """Write an audit row (``OPLOG``) with up to four objects."""
        four = (*objects, "0", "0", "0", "0")[:4]
        fields = (str(code), admin, wall_text(self.clock.wall()), *four)
        self.log.add_row("OPERLOG", "OPLOG", "OPLOG " + "\t".join(fields))

    def reboot(self) -> None:
        """Cut the power: the log stays, everything else starts over."""
        if self.quirks.clock_starts_at:
            self.clock.set_wall(parse_wall(self.quirks.clock_starts_at))
        self._caller.close()
        self._start()

    # --- its state ------------------------------------------------------------------

    @property
    def is_online(self) -> bool:
        """Whether the last handshake was accepted and nothing failed for good."""
        return self._conversation.is_online

    @property
    def options(self) -> Options:
        """The option block of the last accepted handshake."""
        return self._conversation.options

    @property
    def last_failure(self) -> NotAcknowledged | None:
        """Why the last exchange was not acknowledged; None when it was."""
        return self._conversation.last_failure

    @property
    def backlog(self) -> int:
        """Punches the server has not acknowledged."""
        return self.log.open_punches

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to do before the next poll.

        Online, polled since the handshake, nothing to upload that TransFlag
        allows, and no result to post.
        """
        return self._conversation.is_settled

    def information(self) -> dict[str, str]:
        """What INFO and ``table=options`` report, capacities in the unit's units."""
        return identity.information(self)

    def wake(self) -> None:
        """Make the unit speak with its next step: no silence, and a poll is due."""
        self._conversation.wake()

    # --- running --------------------------------------------------------------------

    def step(self) -> float:
        """Do the next exchange, if one is due; seconds until the next one is.

        Never raises for anything the server or the line does.
        """
        for source in self.sources:
            source.feed(self)
        before = self.statistics.total_requests
        self._conversation.step()
        every = self.quirks.reboot_every
        done = self.statistics.total_requests
        if every and done // every > before // every:
            self.reboot()
        waits = [source.wait_seconds(self) for source in self.sources]
        return max(0.0, min([self._conversation.wait_seconds(), *waits]))

    def run_until(
        self, done: Callable[[Device], bool], *, seconds: float = 600.0
    ) -> None:
        """Step and sleep until ``done``; raises GaveUp after ``seconds``."""
        end = self.time.monotonic() + seconds
        while not done(self):
            wait = self.step()
            if done(self):
                return
            if self.time.monotonic() + wait > end:
                why = f": {self.last_failure}" if self.last_failure else ""
                raise GaveUp(f"{self.serial} was not done in {seconds:g} s{why}")
            self.time.sleep(wait)

    def settle(self, *, seconds: float = 600.0) -> None:
        """Run until everything is acknowledged; raises GaveUp after ``seconds``."""
        self.run_until(lambda device: device.is_settled, seconds=seconds)

    def close(self) -> None:
        """Close the connection and the log's files."""
        self._caller.close()
        self.log.close()

    def _start(self) -> None:
        self._conversation = Conversation(
            self, self._caller, self._outbox, self._executor
        )
        if self.quirks.oplog_power_on:
            self.operate(0)


def clock_with(quirks: Quirks, source, zone_minutes: int = 0) -> TerminalClock:
    """A terminal clock with the offset, drift and jumps the quirks name."""
    starts, back = quirks.clock_starts_at, quirks.clock_back_at
    return TerminalClock(
        source,
        zone_minutes=zone_minutes,
        offset_seconds=quirks.clock_offset_seconds,
        drift_ppm=quirks.clock_drift_ppm,
        starts_at=parse_wall(starts) if starts else None,
        back_at=parse_wall(back) if back else None,
    )
