"""What a unit's request means and what it is answered.

The same function serves every entrance: it knows neither Odoo's ``request`` nor a
WSGI environment, only the values in :class:`TerminalRequest`.
"""

import logging
import re
import time

import psycopg2
import psycopg2.errors
import psycopg2.extensions

from odoo import SUPERUSER_ID, api, fields
from odoo.sql_db import Cursor

from odoo.addons.chain_attendance_base.sql import UNPLANNED
from odoo.addons.chain_attendance_terminal.wall_clock import clock_offset, is_news

from . import wire, wire_rows
from .callers import find_caller, find_caller_of_fresh
from .connections import cursor_of, forget_plans, statement_of
from .const import BODY_LIMIT, FORM_TYPES
from .guard import refusal
from .handler_commands import CommandsMixin
from .handler_queries import QueriesMixin
from .handler_uploads import UploadsMixin
from .messages import BLOCKED, BUSY, OK, UNKNOWN, TerminalAnswer
from .polls import idle_answer, is_poll
from .visits import Visits

_logger = logging.getLogger(__name__)

SERIAL_PATTERN = re.compile(r"[A-Za-z0-9_-]{4,32}")
ATTEMPTS = 5
AGAIN = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
    *UNPLANNED,
)
BROKEN = (psycopg2.OperationalError, psycopg2.InterfaceError)
VISITS = Visits(time.monotonic)


def answer(registry, request, *, is_fresh=True):
    """Answer one request; the work is committed before this returns.

    :param is_fresh: whether Odoo has looked already if another process changed the
        registry; otherwise it is done here where it matters.

    Trouble with the store is answered 503, so that the unit keeps its records and
    sends them again. Content never is: a unit that is told "error" about a line
    sends the same batch for ever.
    """
    return _ask(_Dialogue.reply, registry, request, is_fresh)


def refuse(registry, request, *, is_fresh=True):
    """The answer to a unit that may not send us anything; ``None`` if it may."""
    return _ask(_Dialogue.refuse, registry, request, is_fresh)


def _ask(method, registry, request, is_fresh):
    if request.method == "POST" and request.content_type in FORM_TYPES:
        # Odoo has parsed the body as a form and the bytes are gone.
        return BUSY
    serial_number = request.query.get("sn", "")
    if not SERIAL_PATTERN.fullmatch(serial_number):
        return UNKNOWN
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _attempt(method, registry, serial_number, request, is_fresh)
        except AGAIN:
            _logger.info("Terminal %s: attempt %s collided", serial_number, attempt)
        except psycopg2.errors.FeatureNotSupported:
            # An update changed a column; the plans that were kept are of before.
            forget_plans(registry)
        except psycopg2.Error as error:
            if attempt == 1 and isinstance(error, BROKEN):
                # The connection that was kept may be from before a restart.
                continue
            _logger.exception("Terminal %s: the store is in trouble", serial_number)
            return BUSY
        except Exception:
            # Rolled back; Odoo's own answer would be a page of HTML.
            _logger.exception("Terminal %s: a fault of this server", serial_number)
            return BUSY
    return BUSY


def _attempt(method, registry, serial_number, request, is_fresh):
    if is_poll(request):
        with statement_of(registry) as cr:
            if idle := idle_answer(cr, serial_number, request):
                return idle
    with cursor_of(registry) as cr:
        _read_committed(cr)
        who = (cr, serial_number, request.address)
        if is_fresh:
            caller = find_caller(*who)
        else:
            registry, caller = find_caller_of_fresh(registry, *who)
        env = api.Environment(cr, SUPERUSER_ID, {})
        reply = method(_Dialogue(env, serial_number, request, caller))
        env.flush_all()
    registry.signal_changes()
    return reply


def _read_committed(cr):
    """Two uploads of the same rows then wait for each other instead of failing.

    A test's cursor shares one transaction, whose isolation is already fixed.
    """
    if isinstance(cr, Cursor):
        level = psycopg2.extensions.ISOLATION_LEVEL_READ_COMMITTED
        cr._cnx.set_isolation_level(level)


class _Dialogue(CommandsMixin, QueriesMixin, UploadsMixin):
    """One request of one serial number, in one transaction.

    :param caller: the terminal that has the number, or ``None``.
    """

    def __init__(self, env, serial_number, request, caller):
        self.env = env
        self.serial_number = serial_number
        self.request = request
        self.terminal = env["attendance.terminal"]
        self.caller = caller

    def reply(self):
        request = self.request
        refused = self.refuse()
        if refused:
            return refused
        if not self.caller.is_noted:
            self.terminal._note_contact(request.address)
        if "pushcommkey" in request.query:
            self.terminal._note_key(request)
        method = getattr(self, f"_on_{request.verb}", None)
        answered = method() if method else self._on_unknown()
        return self._note_cut(answered) if request.lines_cut else answered

    def _note_cut(self, answered):
        """A body was too large: the unit goes on as if all was kept, and people see it.

        What is missing is still on the unit and can be asked for again.
        """
        count = self.request.lines_cut
        _logger.warning("Terminal %s: %s lines were cut off", self.serial_number, count)
        text = f"{count} lines beyond {BODY_LIMIT // 1024**2} MiB"
        cut = wire.RejectedLine(text, "size")
        self.env["attendance.punch.reject"]._keep(self.terminal, [cut])
        if not answered.text.startswith("OK: "):
            return answered
        total = int(answered.text.removeprefix("OK: ")) + count
        return TerminalAnswer(answered.status, f"OK: {total}\n")

    def refuse(self):
        """The answer to a unit that may not talk to us; ``None`` if it may."""
        request, caller = self.request, self.caller
        if not caller:
            pending = self.env["attendance.terminal.pending"]
            if VISITS.is_worth_writing(self.serial_number, request.address):
                pending._note_visit(self.serial_number, request.address)
            return BLOCKED if pending._is_blocked(self.serial_number) else UNKNOWN
        if not caller.is_active:
            return BLOCKED
        self.terminal = self.terminal.browse(caller.origin.id).with_company(
            caller.origin.company_id
        )
        reason = refusal(caller.trust, request)
        if not reason:
            return None
        self.terminal._note_refusal(reason, request.address)
        # "Unknown" makes a unit begin anew, with the key in its handshake.
        return UNKNOWN if reason == "key" else BLOCKED

    def _on_cdata(self):
        if self.request.method == "GET":
            return self._asked()
        table = self.request.query.get("table", "").lower()
        upload = getattr(self, f"_upload_{table}", None) if table else None
        return upload() if upload else self._on_unknown()

    def _asked(self):
        query = self.request.query
        if query.get("type") == "time":
            return self._on_time()
        if query.get("table", "").lower() == "remoteatt":
            return self._on_remote_person()
        return self._handshake()

    def _handshake(self):
        terminal = self.terminal
        if self.request.is_handshake:
            terminal._note_handshake(self.request.query)
        zone = wire.zone_value(terminal.tz, fields.Datetime.now())
        block = wire.handshake(
            terminal.serial_number,
            terminal.punch_stamp,
            zone,
            terminal.upload_stamps,
            *terminal._wanted_uploads(),
        )
        return TerminalAnswer(200, block)

    def _upload_attlog(self):
        """Nothing is read from the terminal's record here: it would cost the most."""
        caller = self.caller
        punches, rejects = wire.read_punches(self.request.body)
        self.env["attendance.punch"]._store(caller.origin, punches, "push")
        if rejects:
            # Some units mix their people and templates into it.
            kept = [
                r._replace(raw_line=wire_rows.redacted(r.raw_line)) for r in rejects
            ]
            self.env["attendance.punch.reject"]._keep(self.terminal, kept)
        self._note_clock(punches)
        stamp = wire_rows.clean(self.request.query.get("stamp"), 32)
        if stamp and stamp != caller.punch_stamp:
            self.terminal._note_punch_stamp(stamp)
        return TerminalAnswer(200, f"OK: {len(punches) + len(rejects)}\n")

    def _note_clock(self, punches):
        """Compare the unit's clock with ours by what it sends as it happens."""
        caller, now = self.caller, fields.Datetime.now()
        times = [punch.wall_time for punch in punches]
        seconds = clock_offset(times, caller.origin.tz, now)
        if seconds is not None and is_news(
            seconds, caller.clock_offset, caller.clock_checked_at, now
        ):
            self.terminal._note_information(
                {"clock_offset_seconds": seconds, "clock_checked_at": now}
            )

    def _on_ping(self):
        return OK

    def _on_file(self):
        """Files are never offered to a unit."""
        return TerminalAnswer(404, "NOT FOUND\n")

    def _on_unknown(self):
        """An error would make the unit repeat it for ever; the body is kept."""
        text = wire_rows.redacted(wire.decode(self.request.body))
        kept = wire.RejectedLine(text, "table")
        if self.request.body:
            self.env["attendance.punch.reject"]._keep(self.terminal, [kept])
        return OK
