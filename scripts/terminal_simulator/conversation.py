"""The talk of one terminal with its server, from power-on to power-off.

Handshake, then whatever is due: the batch that failed, answers to commands,
results, parameters, the poll, records. A failure is tried again shortly, then
the unit is silent for ErrorDelay and starts over with a handshake; no record
leaves the log before its batch was acknowledged.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from . import identity
from .caller import Caller, NotAcknowledged
from .commands import Command, Executor, read_commands
from .options import HandshakeRefused, Options, read_options
from .outbox import Batch, Outbox, repeated
from .pace import Pace
from .response import Response
from .results import Effect, Result, ResultBox
from .tables import template_text

REFUSING = (401, 403, 503)
BATCHES_BETWEEN_PINGS = 10
_BIG_SENT = "tool:big-template"


class Conversation:
    """Holds everything a power cut wipes out. ``unit`` is the Device."""

    def __init__(self, unit, caller: Caller, outbox: Outbox, executor: Executor):
        self._unit, self._caller = unit, caller
        self._outbox, self._executor = outbox, executor
        self._quirks, self._log = unit.quirks, unit.log
        self._statistics = unit.statistics
        self._pace = Pace(unit.time, unit.clock, unit.quirks)
        self._results = ResultBox(unit.serial, unit.quirks)
        self._answers: deque[Batch] = deque()
        self._held: Batch | None = None
        self._held_is_new = True
        self._effect = Effect.NONE
        self._tries = 0
        self._begun_batches = 0
        self._settled_batches = 0
        self._live_after = 0
        self._parameters_due = False
        self._info_due = True
        self._has_polled = False
        self._empty_posts = 0
        self.options = Options()
        self.is_online = False
        self.last_failure: NotAcknowledged | None = None

    @property
    def is_settled(self) -> bool:
        """Online and polled, nothing to upload under TransFlag, no result to post."""
        return (
            self.is_online
            and self._has_polled
            and not self._is_busy()
            and not len(self._results)
            and self._effect is Effect.NONE
            and not self._outbox.has_next(self.options)
        )

    def step(self) -> None:
        """Do the next exchange if the unit may speak and one is due."""
        if self._pace.silence() > 0:
            return
        exchange = self._next_exchange()
        if exchange is None:
            return
        try:
            exchange()
        except NotAcknowledged as failure:
            self._after_failure(failure)
        else:
            self._tries = 0
            self.last_failure = None

    def wake(self) -> None:
        """End a silence, and poll with the next step that has nothing better."""
        self._pace.wake()

    def wait_seconds(self) -> float:
        """Seconds until ``step`` would do something; 0 for at once."""
        if self._pace.silence() > 0:
            return self._pace.silence()
        if not self.is_online or self._is_busy() or self._results.next_post():
            return 0.0
        if self._effect is not Effect.NONE and not len(self._results):
            return 0.0
        if self._pace.upload_is_open(self.options):
            if self._outbox.has_next(self.options):
                return 0.0
        return self._pace.until_due(self.options)

    def _is_busy(self) -> bool:
        return bool(
            self._held is not None
            or self._answers
            or self._parameters_due
            or self._empty_posts
        )

    # --- what comes next ------------------------------------------------------

    def _next_exchange(self) -> Callable[[], None] | None:
        if not self.is_online:
            return self._shake_hands
        if self._held is None and self._answers:
            self._hold(self._answers.popleft())
        if self._held is not None:
            return self._upload
        if self._effect is not Effect.NONE and not len(self._results):
            return self._take_effect
        if self._results.next_post():
            return self._post_results
        if self._parameters_due:
            return self._send_parameters
        if self._pace.poll_is_due():
            return self._poll
        if self._empty_posts:
            self._empty_posts -= 1
            self._hold(self._outbox.empty_batch())
            return self._upload
        return self._next_upload()

    def _next_upload(self) -> Callable[[], None] | None:
        if not self._pace.upload_is_open(self.options):
            return None
        batch = self._outbox.next_batch(self.options, self._live_after)
        if batch is None:
            self._pace.uploads_done()
            return None
        self._hold(batch)
        if (self._settled_batches + 1) % BATCHES_BETWEEN_PINGS == 0:
            if self.options.supports_ping:
                return self._ping_then_upload
        return self._upload

    def _hold(self, batch: Batch) -> None:
        self._held, self._held_is_new = batch, True

    # --- failure ----------------------------------------------------------------

    def _after_failure(self, failure: NotAcknowledged) -> None:
        self.last_failure = failure
        self._statistics.failures[failure.reason] += 1
        self._statistics.retries += 1
        if self._held is not None and self._outbox.shrinks(self._held):
            self._held = None
        self._tries += 1
        if failure.status in REFUSING:
            self._statistics.refused += 1
            self._go_offline(self._quirks.refused_backoff_seconds)
        elif failure.reason == "unknown-device":
            self._go_offline(self._quirks.quick_retry_seconds)
        elif self._tries < self._quirks.quick_tries:
            self._pace.be_silent(self._quirks.quick_retry_seconds)
        else:
            self._go_offline(self._error_delay())

    def _error_delay(self) -> float:
        if self._quirks.error_delay_seconds is not None:
            return self._quirks.error_delay_seconds
        return self.options.error_delay_seconds

    def _go_offline(self, seconds: float) -> None:
        self.is_online = False
        self._tries = 0
        self._caller.close()
        self._pace.be_silent(seconds)

    # --- handshake ----------------------------------------------------------------

    def _shake_hands(self) -> None:
        more = identity.handshake_parameters(self._quirks)
        response = self._caller.call("cdata", "handshake", *more)
        try:
            options = read_options(response.body, self._quirks)
        except HandshakeRefused as error:
            text = f"{error}: {response.summary}"
            raise NotAcknowledged("handshake", text, response.status) from None
        self.options, self.is_online = options, True
        self._parameters_due = options.wants_parameters and not self._quirks.is_old
        self._info_due = True
        self._has_polled = False
        self._empty_posts = self._quirks.empty_operlog_burst
        self._live_after = self._log.last_number
        if options.zone_minutes is not None:
            self._unit.clock.zone_minutes = options.zone_minutes
        self._follow_date(response)
        self._outbox.obey_stamps(options)
        self._queue_big_template()
        self._pace.connected(options)

    def _queue_big_template(self) -> None:
        size = self._quirks.big_biodata_bytes
        if not size or self._log.values.get(_BIG_SENT):
            return
        content = template_text(f"{self._unit.seed}:big", size * 3 // 4)
        self._log.set_value(_BIG_SENT, "1")
        self._log.add_row(
            "BIODATA",
            "BIODATA",
            "BIODATA Pin=1\tNo=0\tIndex=0\tValid=1\tDuress=0\tType=9\tMajorVer=39\t"
            f"MinorVer=1\tFormat=0\tTmp={content}",
        )

    def _follow_date(self, response: Response) -> None:
        if not self._quirks.clock_follows_server:
            return
        if self._quirks.needs_text_plain and not response.is_plain_text:
            return
        self._unit.clock.set_from_server(
            response.headers.get("date", ""),
            self._caller.round_trip_seconds,
            self._quirks.clock_summer_hour,
        )

    def _send_parameters(self) -> None:
        body = identity.parameter_body(self._unit)
        response = self._caller.call("cdata", "other", ("table", "options"), body=body)
        self._caller.must_acknowledge(response, None)
        self._parameters_due = False

    # --- uploads --------------------------------------------------------------------

    def _upload(self) -> None:
        batch = self._held
        cut_after = self._cut_for(batch)
        self._held_is_new = False
        verb, parameters = self._outbox.address_of(batch)
        request = self._caller.request(verb, "upload", *parameters, body=batch.body)
        self._statistics.batches += 1
        self._statistics.sent_lines += batch.lines or 0
        response = self._caller.exchange(request, cut_after)
        self._caller.must_acknowledge(response, batch.lines)
        self._settle(batch)
        self._pace.pause_uploads(self._quirks.batch_pause_seconds)

    def _cut_for(self, batch: Batch) -> int | None:
        """Where to break this transmission off; only a batch's first one is cut."""
        if not (self._held_is_new and batch.body):
            return None
        self._begun_batches += 1
        every = self._quirks.cut_body_every
        return batch.cut_at if every and self._begun_batches % every == 0 else None

    def _settle(self, batch: Batch) -> None:
        self._outbox.settle(batch)
        self._held = None
        self._statistics.acknowledged_lines += batch.lines or 0
        if not batch.settles:
            return
        self._settled_batches += 1
        every = self._quirks.repeat_acknowledged_every
        if every and self._settled_batches % every == 0:
            self._held, self._held_is_new = repeated(batch), False

    def _ping_then_upload(self) -> None:
        self._caller.must_acknowledge(self._caller.call("ping", "other"), None)
        self._upload()

    # --- polling and commands -------------------------------------------------------

    def _poll(self) -> None:
        more = []
        if self._info_due and self._quirks.info_fields:
            more.append(("INFO", identity.info_text(self._unit)))
        response = self._caller.call("getrequest", "poll", *more)
        text = response.text_in(self._quirks.encoding)
        commands = read_commands(text, self._quirks)
        if not response.body and self._quirks.empty_poll_is_offline:
            raise NotAcknowledged("empty-poll", "getrequest was answered by nothing")
        if not commands and response.body and "OK" not in text:
            raise NotAcknowledged("not-ok", f"getrequest got {response.summary}")
        self._info_due, self._has_polled = False, True
        self._results.polled()
        self._follow_date(response)
        self._pace.polled(self.options, worked=bool(commands))
        if commands:
            self._execute(commands)

    def _execute(self, commands: list[Command]) -> None:
        results = []
        for command in commands:
            outcome = self._executor.execute(command.text)
            self._statistics.commands += 1
            self._answers.extend(self._outbox.punches_again(outcome.punches))
            self._answers.extend(self._outbox.rows_again(outcome.table, outcome.rows))
            results.append(Result(command.id, outcome))
            self._note_effect(outcome.effect)
            if outcome.effect is Effect.REBOOT:
                break
        self._results.add(results)
        self._info_due = True

    def _note_effect(self, effect: Effect) -> None:
        order = (Effect.NONE, Effect.UPLOAD, Effect.HANDSHAKE, Effect.REBOOT)
        self._effect = max(self._effect, effect, key=order.index)

    def _take_effect(self) -> None:
        effect, self._effect = self._effect, Effect.NONE
        if effect is Effect.REBOOT:
            self._unit.reboot()
        elif effect is Effect.HANDSHAKE:
            self.is_online = False
        self._pace.upload_now()

    def _post_results(self) -> None:
        results = self._results.next_post()
        body = self._results.body(results)
        response = self._caller.call("devicecmd", "result", body=body)
        self._caller.must_be_plain(response)
        self._caller.must_acknowledge(response, None)
        self._results.posted(len(results))
