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

from . import wire, wire_rows
from .const import FORM_TYPES
from .guard import Trust, refusal
from .handler_commands import CommandsMixin
from .handler_uploads import UploadsMixin
from .messages import BLOCKED, BUSY, OK, UNKNOWN, TerminalAnswer
from .polls import idle_answer
from .visits import Visits

_logger = logging.getLogger(__name__)

SERIAL_PATTERN = re.compile(r"[A-Za-z0-9_-]{4,32}")
ATTEMPTS = 5
AGAIN = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
)
VISITS = Visits(time.monotonic)


def answer(registry, request, *, is_fresh=True):
    """Answer one request; the work is committed before this returns.

    :param is_fresh: whether Odoo has looked already if another process changed the
        registry; otherwise it is done here where it matters.

    Trouble with the store is answered 503, so that the unit keeps its records and
    sends them again. Content never is: a unit that is told "error" about a line
    sends the same batch for ever.
    """
    if request.method == "POST" and request.content_type in FORM_TYPES:
        # Odoo has parsed the body as a form and the bytes are gone.
        return BUSY
    serial_number = request.query.get("sn", "")
    if not SERIAL_PATTERN.fullmatch(serial_number):
        return UNKNOWN
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _attempt(registry, serial_number, request, is_fresh)
        except AGAIN:
            _logger.info("Terminal %s: attempt %s collided", serial_number, attempt)
        except psycopg2.Error:
            _logger.exception("Terminal %s: the store is in trouble", serial_number)
            return BUSY
        except Exception:
            # Rolled back; Odoo's own answer would be a page of HTML.
            _logger.exception("Terminal %s: a fault of this server", serial_number)
            return BUSY
    return BUSY


def _attempt(registry, serial_number, request, is_fresh):
    with registry.cursor() as cr:
        _read_committed(cr)
        if idle := idle_answer(cr, serial_number, request):
            return idle
        if not is_fresh:
            registry = registry.check_signaling(cr)
        env = api.Environment(cr, SUPERUSER_ID, {})
        reply = _Dialogue(env, serial_number, request).reply()
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


class _Dialogue(CommandsMixin, UploadsMixin):
    """One request of one serial number, in one transaction."""

    def __init__(self, env, serial_number, request):
        self.env = env
        self.serial_number = serial_number
        self.request = request
        self.terminal = env["attendance.terminal"]

    def reply(self):
        found = self.terminal.with_context(active_test=False).search(
            [("serial_number", "=", self.serial_number), ("vendor", "=", "zkteco")]
        )
        if not found:
            address = self.request.address
            if VISITS.is_worth_writing(self.serial_number, address):
                pending = self.env["attendance.terminal.pending"]
                pending._note_visit(self.serial_number, address)
            return UNKNOWN
        if not found.active:
            return BLOCKED
        self.terminal = found.with_company(found.company_id)
        if reason := refusal(
            Trust(*(found[name] for name in Trust._fields)), self.request
        ):
            self.terminal._note_refusal(reason, self.request.address)
            # "Unknown" makes a unit begin anew, with the key in its handshake.
            return UNKNOWN if reason == "key" else BLOCKED
        self.terminal._note_contact(self.request.address)
        self.terminal._note_key(self.request)
        method = getattr(self, f"_on_{self.request.verb}", None)
        return method() if method else self._on_unknown()

    def _on_cdata(self):
        if self.request.method == "GET":
            return self._handshake()
        table = self.request.query.get("table", "").lower()
        upload = getattr(self, f"_upload_{table}", None) if table else None
        return upload() if upload else self._on_unknown()

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
        )
        return TerminalAnswer(200, block)

    def _upload_attlog(self):
        punches, rejects = wire.read_punches(self.request.body)
        self.env["attendance.punch"]._store(self.terminal, punches, "push")
        self.env["attendance.punch.reject"]._keep(self.terminal, rejects)
        self.terminal._note_clock([punch.wall_time for punch in punches])
        self.terminal._note_punch_stamp(self.request.query.get("stamp"))
        return TerminalAnswer(200, f"OK: {len(punches) + len(rejects)}\n")

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
