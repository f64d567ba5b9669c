import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every

from odoo.addons.chain_attendance_terminal.addresses import networks_of
from odoo.addons.chain_attendance_terminal.models.attendance_terminal_command import (
    CommandResult,
)

from ..const import (
    ABREAST,
    COMMANDS_A_CALL,
    LONGEST_PAUSE_MINUTES,
    STORE_BATCH,
    TRUST_COUNT_HOURS,
)
from ..faults import UnitFault
from ..visit import Errand, Order, Visit, call, can_obey
from .attendance_terminal import VENDOR

_logger = logging.getLogger(__name__)

MOST_DUE = 1000
STORE_TRIES = 3
# Punches may be deleted on a terminal this soon after they were fetched and stored.
CLEAR_MINUTES = 15
# What is put back when a command was handed out and never said.
SENDING = ("state", "sent_at", "tries", "retry_at", "expires_at")


class AttendanceTerminal(models.Model):
    """Calling the terminals whose time has come, and keeping what they tell."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_call(self):
        """Call some terminals side by side; the rest waits for the next run.

        No transaction is open while lines are slow, and one run ends well before a
        worker's time does.
        """
        cron = self.env["ir.cron"]
        due = self._pull_due()
        batch = due[:ABREAST]
        errands, before = [], {}
        for terminal in batch:
            errands.append(terminal._prepare_errand(before))
        cron._commit_progress(remaining=len(batch))
        for visit in _call_all(errands):
            self._keep_visit(visit, before)
            cron._commit_progress(1)
        if self._pull_due():
            self.env.ref(
                "chain_attendance_terminal_pull.ir_cron_call_terminals"
            )._trigger()

    @api.model
    def _pull_due(self):
        """Terminals to call now: those never called first, then by their time.

        One with a command to do is called early, unless it did not answer lately.
        """
        now = fields.Datetime.now()
        # sudo: the server's own work
        ordered = (
            self.env["attendance.terminal.command"]
            .sudo()
            ._read_group(
                [
                    ("terminal_id.vendor", "=", VENDOR),
                    ("state", "=", "waiting"),
                    ("expires_at", ">", now),
                ],
                ["terminal_id"],
            )
        )
        ids = [terminal.id for (terminal,) in ordered if not terminal.pull_failures]
        domain = fields.Domain("vendor", "=", VENDOR) & (
            fields.Domain("pull_next_at", "=", False)
            | fields.Domain("pull_next_at", "<=", now)
            | fields.Domain("id", "in", ids)
        )
        found = self.sudo().search(domain, limit=MOST_DUE)
        return found.sorted(lambda one: one.pull_next_at or datetime.min)

    def _prepare_errand(self, before):
        """What to call this terminal for; its commands are marked as handed out.

        :param before: gets how each command was, by its id.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        orders = self._prepare_orders(before, now)
        is_fresh = self.pull_read_at and self.pull_read_at >= now - timedelta(
            hours=TRUST_COUNT_HOURS
        )
        is_full = self.capacity_punches and self.pull_count >= self.capacity_punches
        return Errand(
            terminal_id=self.id,
            host=self.ip_address or "",
            port=self.pull_port,
            networks=tuple(networks_of(self._pull_networks())),
            serial_number=self.serial_number,
            zone=self.tz,
            key=int(self.pull_key or 0),
            is_udp=self.pull_transport == "udp",
            timeout=self.pull_timeout,
            code_page=self.code_page,
            name_bytes=self.name_bytes,
            known_count=self.pull_count if is_fresh and not is_full else None,
            stored_count=self.pull_count,
            orders=tuple(orders),
        )

    def _prepare_orders(self, before, now):
        commands = self.env["attendance.terminal.command"]._due(self, COMMANDS_A_CALL)
        can_clear = self.pull_read_at and self.pull_read_at >= now - timedelta(
            minutes=CLEAR_MINUTES
        )
        orders = []
        for command in commands:
            if command.kind == "clear_punches" and not can_clear:
                # They are fetched first; this one waits for the next call.
                self.pull_read_at = False
                continue
            order = Order(command.id, command.kind, command._payload())
            if order.values is None:
                command._mark_unsent("gone")
            elif not can_obey(order):
                command._mark_unsent("unfit")
            else:
                before[command.id] = {name: command[name] for name in SENDING}
                command._mark_sent()
                orders.append(order)
        return orders

    @api.model
    def _keep_visit(self, visit, before):
        """Store what a call brought; trouble with one terminal is its own."""
        for left in reversed(range(STORE_TRIES)):
            terminal = self.sudo().browse(visit.errand.terminal_id).exists()
            if not terminal:
                return
            try:
                terminal._keep_heard(visit)
                terminal._keep_outcomes(visit, before)
                terminal._keep_end(visit)
                self.env.flush_all()
                return
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY as error:
                # Another upload of the same rows; what is stored by now is skipped.
                self.env.cr.rollback()
                if not left:
                    self._keep_trouble(visit, error)
            except Exception as error:  # pylint: disable=broad-exception-caught
                self.env.cr.rollback()
                self._keep_trouble(visit, error)
                return

    @api.model
    def _keep_trouble(self, visit, error):
        terminal = self.sudo().browse(visit.errand.terminal_id).exists()
        _logger.error(
            "What terminal %s told could not be stored", terminal.id, exc_info=error
        )
        visit.fault = UnitFault("server")
        terminal._keep_end(visit)

    def _keep_heard(self, visit):
        """What the terminal told of itself, its people and its punches."""
        self.ensure_one()
        if visit.is_reached:
            self._note_contact(self._contact_address(visit.address))
        if visit.information:
            told = visit.information._asdict()
            self._note_information({k: v for k, v in told.items() if v is not None})
        if visit.seconds_ahead is not None:
            self._note_information(
                {
                    "clock_offset_seconds": visit.seconds_ahead,
                    "clock_checked_at": fields.Datetime.now(),
                }
            )
        if visit.people is not None:
            self.env["attendance.terminal.user"]._note_reported(
                self,
                [
                    {
                        "code": person.code,
                        "name": person.name,
                        "privilege": person.privilege,
                        "card": str(person.card or ""),
                    }
                    for person in visit.people
                ],
            )
        self._keep_punches(visit)

    def _contact_address(self, called):
        """A unit that pushes as well, from behind a router, is no rival of itself."""
        recent = fields.Datetime.now() - timedelta(minutes=5)
        if self.last_seen_at and self.last_seen_at > recent:
            return self.last_address or called
        return called

    def _keep_punches(self, visit):
        punches = self.env["attendance.punch"].sudo()
        rejects = self.env["attendance.punch.reject"].sudo()
        cron = self.env["ir.cron"]
        for some in split_every(STORE_BATCH, self._new_punches(visit.punches)):
            punches._store(self, some, "pull")
            cron._commit_progress()
        for some in split_every(STORE_BATCH, self._new_rejects(visit.rejects)):
            rejects._keep(self, some)
            cron._commit_progress()

    def _new_punches(self, punches):
        """Those that are not here: a terminal tells all that is on it at every call."""
        if not punches:
            return []
        self.env.cr.execute(
            "SELECT user_code, wall_time FROM attendance_punch"
            " WHERE terminal_id = %s AND wall_time >= %s",
            [self.id, min(punch.wall_time for punch in punches).isoformat(" ")],
        )
        known = set(self.env.cr.fetchall())
        return [
            punch
            for punch in punches
            if (punch.user_code, punch.wall_time.isoformat(" ")) not in known
        ]

    def _new_rejects(self, rejects):
        if not rejects:
            return []
        self.env.cr.execute(
            "SELECT raw_line FROM attendance_punch_reject WHERE terminal_id = %s",
            [self.id],
        )
        known = {row[0] for row in self.env.cr.fetchall()}
        return [reject for reject in rejects if reject.raw_line not in known]

    def _keep_outcomes(self, visit, before):
        """What became of the commands; those that were never said wait again."""
        commands = self.env["attendance.terminal.command"].sudo()
        ids = [order.command_id for order in visit.errand.orders]
        for command in commands.browse(set(ids) - visit.begun).exists():
            if command.state == "sent":
                command.write(before[command.id])
        results = []
        for outcome in visit.outcomes:
            asker = commands.browse(outcome.command_id).user_id
            results.append(
                CommandResult(
                    outcome.command_id,
                    not outcome.fault,
                    -1 if outcome.fault else 0,
                    self._words_for(asker, outcome.fault) if outcome.fault else False,
                    outcome.count,
                )
            )
        commands._note_results(self, results)

    def _words_for(self, user, fault):
        told = self.with_context(lang=user.lang or self.env.lang)
        return told._fault_words(fault.reason, fault.details)

    def _keep_end(self, visit):
        """How the call went, when the next one is, and a word to who asked for it."""
        now = fields.Datetime.now()
        asker = self.pull_user_id
        values = {"pull_user_id": False}
        if visit.punch_count is not None and not visit.fault:
            values |= {"pull_count": visit.punch_count, "pull_read_at": now}
        if visit.fault:
            values |= {
                "pull_failed_at": now,
                "pull_failures": self.pull_failures + 1,
                "pull_fault": {
                    "reason": visit.fault.reason,
                    "details": visit.fault.details,
                },
            }
        else:
            values |= {"pull_at": now, "pull_failures": 0, "pull_fault": False}
        minutes = self.pull_minutes
        if values["pull_failures"] and minutes < LONGEST_PAUSE_MINUTES:
            doubled = minutes * 2 ** min(values["pull_failures"] - 1, 12)
            minutes = min(doubled, LONGEST_PAUSE_MINUTES)
        self.write({**values, "pull_next_at": now + timedelta(minutes=minutes)})
        if asker:
            self._tell_asker(asker, visit)

    def _tell_asker(self, user, visit):
        told = self.with_context(lang=user.lang)
        if visit.fault:
            message = told._words_for(user, visit.fault)
        else:
            message = told.env._(
                "%(count)s punches are on it; all are here.",
                count=visit.information.unit_punches,
            )
        user._bus_send(
            "simple_notification",
            {
                "type": "danger" if visit.fault else "success",
                "title": self.display_name,
                "message": message,
            },
        )


def _call_all(errands):
    """The visits of these errands, side by side; a thread has no database."""
    if not errands:
        return []
    with ThreadPoolExecutor(max_workers=ABREAST) as pool:
        return list(pool.map(_call, errands))


def _call(errand):
    try:
        return call(errand)
    except Exception:  # pylint: disable=broad-exception-caught
        _logger.exception("Calling terminal %s went wrong", errand.terminal_id)
        return Visit(errand, fault=UnitFault("garbage"))
