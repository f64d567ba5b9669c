import re
from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.chain_attendance_terminal.addresses import networks_of

from .. import guard
from ..const import DEFAULT_PORT, MINUTES, PORTS, TIMEOUTS
from ..fault_words import WORDS
from ..faults import UnitFault

VENDOR = "zkteco_pull"
KEY_PATTERN = re.compile(r"[0-9]{1,6}")
BOUNDS = {"pull_port": PORTS, "pull_timeout": TIMEOUTS, "pull_minutes": MINUTES}
# Whoever changes where or how a terminal is called wants to see it called.
PULL_IDENTITY = {
    "vendor", "ip_address", "serial_number", "company_id", "pull_port", "pull_key",
    "pull_transport",
}  # fmt: skip
# A call that is a little late is no silence.
LATE = timedelta(minutes=3)


class AttendanceTerminal(models.Model):
    """A terminal that this server calls itself: where, how, and how it went."""

    _inherit = "attendance.terminal"

    vendor = fields.Selection(
        selection_add=[(VENDOR, "ZKTeco, called by this server")],
        ondelete={VENDOR: "set zkteco"},
    )
    pull_port = fields.Integer(
        string="Port",
        default=DEFAULT_PORT,
        help="On which the terminal listens, 1024 to 65535; as it is set there, mostly "
        "4370.",
    )
    pull_key = fields.Char(
        string="Comm Key",
        copy=False,
        groups="chain_attendance_base.function_terminals_edit",
        help="As it is set on the terminal, 0 to 999999; empty or 0: none. It is not "
        "encrypted on the line.",
    )
    pull_transport = fields.Selection(
        [("tcp", "TCP"), ("udp", "UDP (old models)")],
        string="Transport",
        default="tcp",
        required=True,
    )
    pull_timeout = fields.Integer(
        string="Wait for Answers (s)",
        default=10,
        help="Silence of so many seconds ends a call, 1 to 30.",
    )
    pull_minutes = fields.Integer(
        string="Call Every (min)", default=10, help="1 to 1440 minutes."
    )
    pull_at = fields.Datetime(string="Last Fetched", readonly=True, copy=False)
    # What was on it when its whole log was fetched and stored, and when that was.
    pull_count = fields.Integer(
        string="Punches Fetched",
        readonly=True,
        copy=False,
        groups="base.group_system",
    )
    pull_read_at = fields.Datetime(
        string="All Punches Fetched",
        readonly=True,
        copy=False,
        groups="base.group_system",
    )
    pull_failed_at = fields.Datetime(string="Last Failure", readonly=True, copy=False)
    pull_fault = fields.Json(string="Fault", readonly=True, copy=False)
    pull_failures = fields.Integer(
        string="Failures in a Row", readonly=True, copy=False
    )
    pull_error = fields.Char(string="Why It Failed", compute="_compute_pull_error")
    pull_next_at = fields.Datetime(string="Next Call", readonly=True, copy=False)
    pull_user_id = fields.Many2one(
        "res.users",
        string="Call Asked for by",
        readonly=True,
        copy=False,
    )

    @api.depends("pull_fault")
    @api.depends_context("lang")
    def _compute_pull_error(self):
        for terminal in self:
            fault = terminal.pull_fault
            terminal.pull_error = (
                self._fault_words(fault["reason"], fault["details"]) if fault else False
            )

    @api.model
    @api.private
    def _fault_words(self, reason, details):
        """Why a call or an order came to nothing, in the reader's language."""
        words = self.env._(WORDS[reason])
        return words % details

    @api.constrains("vendor", "ip_address", "company_id")
    def _check_pull_address(self):
        for terminal in self.filtered(lambda one: one.vendor == VENDOR):
            try:
                guard.address_of(
                    terminal.ip_address,
                    networks_of(terminal._pull_networks()),
                    guard.are_local_allowed(),
                )
            except UnitFault as fault:
                raise ValidationError(
                    self.env._(
                        "%(terminal)s cannot be called: %(reason)s",
                        terminal=terminal.display_name,
                        reason=self._fault_words(fault.reason, fault.details),
                    )
                ) from fault

    def _pull_networks(self):
        # sudo: who sets up a terminal need not read the company's settings.
        return self.company_id.sudo().attendance_pull_networks

    @api.constrains(*BOUNDS)
    def _check_pull_bounds(self):
        for terminal in self:
            for name, (least, most) in BOUNDS.items():
                if not least <= terminal[name] <= most:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of %(terminal)s must be %(least)s to "
                            "%(most)s, not %(value)s.",
                            field=self._fields[name]._description_string(self.env),
                            terminal=terminal.display_name,
                            least=least,
                            most=most,
                            value=terminal[name],
                        )
                    )

    @api.constrains("pull_key")
    def _check_pull_key(self):
        for terminal in self.sudo():  # sudo: the field has a group of its own
            if terminal.pull_key and not KEY_PATTERN.fullmatch(terminal.pull_key):
                raise ValidationError(
                    self.env._(
                        "The comm key of %(terminal)s must be 0 to 999999.",
                        terminal=terminal.display_name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if PULL_IDENTITY & vals.keys():
            self._pull_soon()
        return result

    def _pull_soon(self):
        """Call these next, and fetch everything."""
        # sudo: some of these are the server's own notes; rights were checked.
        self.sudo().write(
            {"pull_next_at": False, "pull_read_at": False, "pull_failures": 0}
        )

    @api.depends("vendor", "pull_minutes")
    def _compute_connection_state(self):
        """Who is called now and then is not silent in between."""
        result = super()._compute_connection_state()
        now = fields.Datetime.now()
        for terminal in self:
            if terminal.vendor == VENDOR and terminal.last_seen_at:
                pause = timedelta(minutes=terminal.pull_minutes) + LATE
                is_online = terminal.last_seen_at >= now - pause
                terminal.connection_state = "online" if is_online else "offline"
        return result

    @api.model
    def _search_connection_state(self, operator, value):
        found = super()._search_connection_state(operator, value)
        if operator != "in":
            return found
        # No more of them than a company has terminals without a push module.
        called = self.sudo().search_fetch(  # sudo: narrowed by the search around it
            [("vendor", "=", VENDOR), ("last_seen_at", "!=", False)], limit=10000
        )
        fitting = called.filtered(lambda one: one.connection_state in value)
        others = fields.Domain("id", "not in", called.ids) & fields.Domain(found)
        return others | fields.Domain("id", "in", fitting.ids)

    def _health_facts(self):
        facts = super()._health_facts()
        for terminal in self:
            if terminal.vendor == VENDOR and terminal.connection_state == "online":
                fact = facts[terminal.id]
                facts[terminal.id] = replace(fact, last_seen_at=fact.now)
        return facts

    def action_pull(self):
        """Have these terminals called now; what comes of it is told to the asker."""
        self.check_access("write")
        terminals = self.filtered(lambda one: one.vendor == VENDOR and one.active)
        if not terminals:
            raise UserError(
                self.env._(
                    "None of these terminals is called by this server: see the field "
                    "“%(field)s”.",
                    field=self._fields["vendor"]._description_string(self.env),
                )
            )
        terminals.pull_user_id = self.env.user
        terminals._pull_soon()
        # sudo: whoever may edit a terminal may have it called.
        self.env.ref(
            "chain_attendance_terminal_pull.ir_cron_call_terminals"
        ).sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "The server calls %(count)s terminals now. You are told what came "
                    "of each.",
                    count=len(terminals),
                ),
            },
        }
