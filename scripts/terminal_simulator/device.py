"""One terminal: handshake, backlog, heartbeat, commands, and starting over.

``step`` does at most one exchange with the server and returns how long the
terminal wants to be left alone. Nothing waits in here, so a test drives it with
a faked time and a fleet with a few threads.
"""

from __future__ import annotations

import logging
import time as real_time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from . import identity
from .clock import SystemTime, TerminalClock, parse_time_zone
from .commands import Executor, read_commands
from .lines import cut_name, user_line
from .log import LocalLog
from .options import HandshakeRefused, Options, read_options
from .outbox import Batch, Outbox, repeated
from .pace import Pace
from .punch import Punch, parse_wall, wall_text
from .quirks import Quirks
from .response import Response, WireError, acknowledges
from .results import Effect, Result, ResultBox
from .statistics import Statistics
from .tables import template_text
from .transport import SocketTransport
from .wire import Request, Target

LOGGER = logging.getLogger("terminal_simulator")
REFUSING = (401, 403, 503)
BATCHES_BETWEEN_PINGS = 10


class NotAcknowledged(Exception):
    """An exchange that did not come to its good end.

    ``status`` is the HTTP status, 0 without an answer; ``reason`` one word.
    """

    def __init__(self, reason: str, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.reason, self.status = reason, status


class GaveUp(Exception):
    """The terminal did not get where the caller wanted it in the time given."""


@dataclass
class _Session:
    """What a power cut wipes out."""

    options: Options
    online: bool = False
    has_shaken: bool = False
    live_after: int = 0
    tries: int = 0
    parameters_due: bool = False
    info_due: bool = True
    empty_posts: int = 0
    batches: int = 0
    effect: Effect = Effect.NONE
    held: Batch | None = None
    held_is_new: bool = True


class Device:
    """A simulated terminal with serial number ``serial``.

    ``target`` is where the server listens. ``log`` keeps the records (default:
    in memory), ``batch_lines`` is the most records in one POST. ``time`` drives
    the protocol's timers, ``clock`` is the wall clock printed into punches.
    Not thread-safe: one thread at a time calls it.
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
        self.serial = serial
        self.quirks = quirks or Quirks()
        self.log = log or LocalLog()
        self.time = time or SystemTime()
        self.clock = clock or clock_with(self.quirks, self.time, zone_minutes)
        self.statistics = Statistics()
        self.sources: list = []
        self.last_failure: NotAcknowledged | None = None
        self._seed = seed
        self._transport = transport or SocketTransport(
            target, self.quirks, timeout_seconds
        )
        self._outbox = Outbox(serial, self.log, self.clock, self.quirks, batch_lines)
        self._executor = Executor(
            serial, self.log, self.quirks, self.information, self._seed
        )
        self._punches_made = 0
        self._start()

    # --- what a person or a tool does at the unit -----------------------------

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
        content = template_text(f"{self._seed}:{name}", 400)
        command = "realupload" if live else "uploadphoto"
        self.log.add_row("ATTPHOTO", "ATTPHOTO", f"{name}\t{command}\t{content}")

    def enrol(
        self, pin: str, name: str = "", privilege: int = 0, card: str = ""
    ) -> None:
        """A new user is made at the unit's own menu and goes up as a USER row."""
        row = {"PIN": pin, "Name": cut_name(name, self.quirks), "Pri": str(privilege)}
        row |= {"Passwd": "", "Card": card, "Grp": "1", "TZ": "0000000100000000"}
        row |= {"Verify": "-1", "ViceCard": "", "StartDatetime": "", "EndDatetime": ""}
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
        self._start()

    # --- the state ------------------------------------------------------------

    @property
    def is_online(self) -> bool:
        """Whether the last handshake was accepted and nothing failed for good."""
        return self._session.online

    @property
    def options(self) -> Options:
        """The option block of the last accepted handshake."""
        return self._session.options

    @property
    def backlog(self) -> int:
        """Punches the server has not acknowledged."""
        return self.log.open_punches

    @property
    def is_settled(self) -> bool:
        """Nothing to upload (that TransFlag allows) and no result to post."""
        session = self._session
        return (
            session.online
            and session.held is None
            and not self._answers
            and not self._results
            and session.effect is Effect.NONE
            and not session.parameters_due
            and not session.empty_posts
            and not self._outbox.has_next(session.options)
        )

    def information(self) -> dict[str, str]:
        """What INFO and ``table=options`` report, capacities in the unit's units."""
        return identity.information(self)

    # --- running --------------------------------------------------------------

    def step(self) -> float:
        """Do the next exchange, if one is due; seconds until the next one is.

        Never raises for anything the server or the line does.
        """
        for source in self.sources:
            source.feed(self)
        if self._pace.silence() <= 0:
            exchange = self._next_exchange()
            if exchange is not None:
                self._attempt(exchange)
        return self._wait()

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
        self._transport.close()
        self.log.close()

    # --- inside ---------------------------------------------------------------

    def _start(self) -> None:
        self._session = _Session(Options())
        self._pace = Pace(self.time, self.clock, self.quirks)
        self._answers: deque[Batch] = deque()
        self._results = ResultBox(self.serial, self.quirks)
        if self.quirks.oplog_power_on:
            self.operate(0)

    def _next_exchange(self) -> Callable[[], None] | None:
        session = self._session
        if not session.online:
            return self._shake_hands
        if session.held is None and self._answers:
            session.held, session.held_is_new = self._answers.popleft(), True
        if session.held is not None:
            return self._upload
        if session.effect is not Effect.NONE and not self._results:
            self._take_effect()
            return self._next_exchange()
        if self._results.next_post():
            return self._post_results
        if session.parameters_due:
            return self._send_parameters
        if self._pace.poll_is_due():
            return self._poll
        if session.empty_posts:
            session.held, session.held_is_new = self._outbox.empty_batch(), True
            session.empty_posts -= 1
            return self._upload
        return self._next_upload()

    def _next_upload(self) -> Callable[[], None] | None:
        session = self._session
        if not self._pace.upload_is_open(session.options):
            return None
        session.held = self._outbox.next_batch(session.options, session.live_after)
        session.held_is_new = True
        if session.held is None:
            self._pace.uploads_done(session.options)
            return None
        if (
            session.options.supports_ping
            and session.batches % BATCHES_BETWEEN_PINGS == BATCHES_BETWEEN_PINGS - 1
        ):
            return self._ping_then_upload
        return self._upload

    def _attempt(self, exchange: Callable[[], None]) -> None:
        try:
            exchange()
        except NotAcknowledged as failure:
            self._after_failure(failure)
        else:
            self._session.tries = 0
            self.last_failure = None
        every = self.quirks.reboot_every
        if every and self.statistics.total_requests % every == 0:
            self.reboot()

    def _after_failure(self, failure: NotAcknowledged) -> None:
        self.last_failure = failure
        self.statistics.failures[failure.reason] += 1
        session = self._session
        if session.held is not None and self._outbox.shrink():
            session.held = None
        session.tries += 1
        if failure.status in REFUSING:
            self.statistics.refused += 1
            self._go_offline(self.quirks.refused_backoff_seconds)
        elif failure.reason == "unknown-device":
            self._go_offline(0)
        elif session.tries < self.quirks.quick_tries:
            self.statistics.retries += 1
            self._pace.be_silent(self.quirks.quick_retry_seconds)
        else:
            delay = self.quirks.error_delay_seconds
            if delay is None:
                delay = session.options.error_delay_seconds
            self._go_offline(delay)

    def _go_offline(self, seconds: float) -> None:
        self.statistics.retries += 1
        self._session.online = False
        self._session.tries = 0
        self._transport.close()
        self._pace.be_silent(seconds)

    def _wait(self) -> float:
        if self._pace.silence() > 0:
            wait = self._pace.silence()
        elif not self._session.online or self._has_work():
            return 0.0
        else:
            wait = self._pace.until_due(self._session.options)
        return max(0.0, min([wait, *(s.wait_seconds(self) for s in self.sources)]))

    def _has_work(self) -> bool:
        session = self._session
        return bool(
            session.held is not None
            or self._answers
            or (session.effect is not Effect.NONE and not self._results)
            or self._results.next_post()
            or session.parameters_due
            or session.empty_posts
            or (
                self._pace.upload_is_open(session.options)
                and self._outbox.has_next(session.options)
            )
        )

    # --- exchanges ------------------------------------------------------------

    def _exchange(self, request: Request, cut_after: int | None = None) -> Response:
        began = real_time.perf_counter()
        try:
            response = self._transport.exchange(request, cut_after)
        except WireError as error:
            raise NotAcknowledged(error.reason, str(error)) from None
        finally:
            self._round_trip = real_time.perf_counter() - began
            self.statistics.measured(request.kind, self._round_trip)
        if not response.is_success:
            text = f"the server answered {response.summary}"
            raise NotAcknowledged(str(response.status), text, response.status)
        if b"UNKNOWN DEVICE" in response.body:
            raise NotAcknowledged("unknown-device", "the server does not know the unit")
        if self.quirks.needs_content_length and not response.has_length:
            raise NotAcknowledged("no-length", "the answer has no Content-Length")
        return response

    def _session_parameters(self) -> tuple[tuple[str, str], ...]:
        key = self.quirks.communication_key
        if key and self.quirks.communication_key_on_all:
            return (("ComKey", key),)
        return ()

    def _request(
        self, verb: str, kind: str, *more, body: bytes | None = None
    ) -> Request:
        parameters = (("SN", self.serial), *self._session_parameters(), *more)
        return Request(verb, parameters, body, kind)

    def _shake_hands(self) -> None:
        more = identity.handshake_parameters(self.quirks)
        response = self._exchange(self._request("cdata", "handshake", *more))
        try:
            options = read_options(response.body, self.quirks)
        except HandshakeRefused as error:
            raise NotAcknowledged("handshake", f"{error}: {response.summary}") from None
        session, first = self._session, not self._session.has_shaken
        session.options, session.online, session.has_shaken = options, True, True
        session.parameters_due = options.wants_parameters and not self.quirks.is_old
        session.info_due = True
        session.empty_posts = self.quirks.empty_operlog_burst
        session.live_after = self.log.last_number
        if options.zone_minutes is not None:
            self.clock.zone_minutes = options.zone_minutes
        self._follow_date(response)
        self._outbox.obey_stamps(options)
        if first and self.quirks.big_biodata_bytes:
            self._queue_big_template()
        self._pace.connected(options)

    def _queue_big_template(self) -> None:
        content = template_text(
            f"{self._seed}:big", self.quirks.big_biodata_bytes * 3 // 4
        )
        self.log.add_row(
            "BIODATA",
            "BIODATA",
            "BIODATA Pin=1\tNo=0\tIndex=0\tValid=1\tDuress=0\tType=9\tMajorVer=39\t"
            f"MinorVer=1\tFormat=0\tTmp={content}",
        )

    def _follow_date(self, response: Response) -> None:
        if not self.quirks.clock_follows_server:
            return
        if self.quirks.needs_text_plain and not response.is_plain_text:
            return
        self.clock.set_from_server(
            response.headers.get("date", ""),
            self._round_trip,
            self.quirks.clock_summer_hour,
        )

    def _send_parameters(self) -> None:
        body = identity.parameter_body(self)
        table = "options"
        request = self._request("cdata", "other", ("table", table), body=body)
        self._must_be_ok(self._exchange(request), None)
        self._session.parameters_due = False

    def _upload(self) -> None:
        session, batch = self._session, self._session.held
        request = self._outbox.request_for(batch, self._session_parameters())
        cut_after = self._cut_for(batch) if session.held_is_new else None
        session.held_is_new = False
        self.statistics.batches += 1
        self.statistics.sent_lines += batch.lines or 0
        self._must_be_ok(self._exchange(request, cut_after), batch.lines)
        self._outbox.settle(batch)
        session.held = None
        session.batches += 1
        self.statistics.acknowledged_lines += batch.lines or 0
        every = self.quirks.repeat_acknowledged_every
        if every and session.batches % every == 0 and (batch.punches or batch.rows):
            session.held = repeated(batch)
        self._pace.pause_uploads(self.quirks.batch_pause_seconds)

    def _cut_for(self, batch: Batch) -> int | None:
        every = self.quirks.cut_body_every
        if every and batch.body and (self._session.batches + 1) % every == 0:
            return batch.cut_at
        return None

    def _ping_then_upload(self) -> None:
        self._must_be_ok(self._exchange(self._request("ping", "other")), None)
        self._upload()

    def _must_be_ok(self, response: Response, lines: int | None) -> None:
        if not acknowledges(response, lines, self.quirks.strict_ok):
            wanted = "OK" if lines is None else f"OK: {lines}"
            text = f"the server answered {response.summary} instead of {wanted}"
            raise NotAcknowledged("not-ok", text, response.status)

    def _poll(self) -> None:
        more = []
        if self._session.info_due and self.quirks.info_fields:
            more.append(("INFO", identity.info_text(self)))
        response = self._exchange(self._request("getrequest", "poll", *more))
        commands = read_commands(response.text_in(self.quirks.encoding), self.quirks)
        if not response.body and self.quirks.empty_poll_is_offline:
            raise NotAcknowledged("empty-poll", "getrequest was answered by nothing")
        if not commands and response.body and b"OK" not in response.body:
            raise NotAcknowledged("not-ok", f"getrequest got {response.summary}")
        self._session.info_due = False
        self._results.polled()
        self._follow_date(response)
        self._pace.polled(self._session.options, worked=bool(commands))
        if commands:
            self._execute(commands)

    def _execute(self, commands) -> None:
        results = []
        for command in commands:
            outcome = self._executor.execute(command.text)
            self.statistics.commands += 1
            self._answers.extend(self._outbox.punches_again(outcome.punches))
            self._answers.extend(self._outbox.rows_again(outcome.table, outcome.rows))
            results.append(Result(command.id, outcome))
            if outcome.effect is not Effect.NONE:
                self._note_effect(outcome.effect)
            if outcome.effect is Effect.REBOOT:
                break
        self._results.add(results)
        self._session.info_due = True
        self.statistics.dangerous = list(self._executor.dangerous)
        self.statistics.lost_unacknowledged = self._executor.lost_unacknowledged
        if "TimeZone" in self.log.values:
            minutes = parse_time_zone(self.log.values["TimeZone"])
            self.clock.zone_minutes = (
                self.clock.zone_minutes if minutes is None else minutes
            )

    def _note_effect(self, effect: Effect) -> None:
        order = (Effect.NONE, Effect.UPLOAD, Effect.HANDSHAKE, Effect.REBOOT)
        self._session.effect = max(self._session.effect, effect, key=order.index)

    def _take_effect(self) -> None:
        effect, self._session.effect = self._session.effect, Effect.NONE
        if effect is Effect.REBOOT:
            self.reboot()
        elif effect is Effect.HANDSHAKE:
            self._session.online = False
        self._pace.upload_now()

    def _post_results(self) -> None:
        results = self._results.next_post()
        body = self._results.body(results)
        request = self._request("devicecmd", "result", body=body)
        response = self._exchange(request)
        if self.quirks.needs_text_plain and not response.is_plain_text:
            raise NotAcknowledged(
                "not-plain", "devicecmd was not answered by text/plain"
            )
        self._must_be_ok(response, None)
        self._results.posted(len(results))


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
