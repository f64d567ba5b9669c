import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_base.sql import execute_planned

from ..const import CONTACT_SECONDS
from ..health import SILENT

CODE_PATTERN = re.compile(r"[1-9][0-9]{0,5}")
SERIAL_PATTERN = re.compile(r"[A-Za-z0-9_-]{4,32}")

# A contact from another address soon after the last one: two units with one number.
CONTACT = """
    UPDATE attendance_terminal t SET
        last_seen_at = new.now,
        last_address = new.address,
        first_address = COALESCE(t.first_address, new.address),
        rival_address = CASE WHEN t.last_address <> new.address
            AND t.last_seen_at > new.now - interval '5 min'
            THEN t.last_address ELSE t.rival_address END,
        rival_seen_at = CASE WHEN t.last_address <> new.address
            AND t.last_seen_at > new.now - interval '5 min'
            THEN new.now ELSE t.rival_seen_at END
    FROM (
        SELECT o.id, v.now, v.address FROM attendance_terminal o,
            (SELECT now() AT TIME ZONE 'UTC' AS now, %s::text AS address,
                %s::int * interval '1 s' AS pause) v
        WHERE o.id = %s::int AND (
            o.last_seen_at IS NULL OR o.last_address IS DISTINCT FROM v.address
            OR o.last_seen_at < v.now - v.pause)
        FOR NO KEY UPDATE OF o SKIP LOCKED
    ) new
    WHERE t.id = new.id
"""


class AttendanceTerminal(models.Model):
    """A face or fingerprint terminal on a wall."""

    _name = "attendance.terminal"
    _description = "Attendance Terminal"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "attendance.scope.mixin",
        "attendance.guarded.mixin",
    ]
    _order = "code_number, id"
    _rec_names_search = ["name", "code", "serial_number"]

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    code = fields.Char(
        string="Terminal Code",
        required=True,
        copy=False,
        tracking=True,
        help="1 to 6 digits, the first one not 0; unique in the company. Tells several "
        "terminals apart.",
    )
    code_number = fields.Integer(compute="_compute_code_number", store=True)
    name = fields.Char(string="Short Name", required=True, tracking=True)
    description = fields.Char(help="Where it hangs, for people who look for it.")
    active = fields.Boolean(default=True)
    serial_number = fields.Char(
        required=True,
        copy=False,
        tracking=True,
        help="Printed on the box and on the back of the terminal: by it the terminal "
        "tells the server who it is.",
    )
    vendor = fields.Selection([], required=True)
    store_id = fields.Many2one(
        "attendance.store", check_company=True, index=True, tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    zone = fields.Char(related="store_id.zone")
    tz = fields.Char(
        compute="_compute_tz",
        string="Timezone",
        help="The store's: the terminal's clock is set by it.",
    )
    commissioned_on = fields.Date(
        help="Punches dated earlier are set aside: the terminal's clock was wrong."
    )
    first_address = fields.Char(readonly=True, copy=False)
    last_address = fields.Char(readonly=True, copy=False)
    last_seen_at = fields.Datetime(string="Last Contact", readonly=True, copy=False)
    last_punch_at = fields.Datetime(string="Last Punch", readonly=True, copy=False)
    punch_stamp = fields.Char(readonly=True, copy=False)
    firmware = fields.Char(readonly=True, copy=False)
    connection_state = fields.Selection(
        [("never", "Never seen"), ("online", "Online"), ("offline", "Offline")],
        string="Connection",
        compute="_compute_connection_state",
        search="_search_connection_state",
    )
    punch_count = fields.Integer(compute="_compute_punch_count", string="Punches")

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "A terminal of this company has this code already."
    )
    _serial_uniq = models.Constraint(
        "UNIQUE(serial_number)", "A terminal with this serial number exists already."
    )

    @api.constrains("code")
    def _check_code(self):
        for terminal in self:
            if not CODE_PATTERN.fullmatch(terminal.code):
                raise ValidationError(
                    self.env._(
                        "The terminal code “%(code)s” must be 1 to 6 digits and must "
                        "not start with 0.",
                        code=terminal.code,
                    )
                )

    @api.constrains("serial_number")
    def _check_serial_number(self):
        for terminal in self:
            if not SERIAL_PATTERN.fullmatch(terminal.serial_number):
                raise ValidationError(
                    self.env._(
                        "The serial number “%(serial)s” may hold letters, digits, "
                        "hyphen and underscore only, 4 to 32 of them.",
                        serial=terminal.serial_number,
                    )
                )

    @api.constrains("serial_number")
    def _check_not_blocked(self):
        """However a terminal is registered: the one who may unblock does so first."""
        pending = self.env["attendance.terminal.pending"]
        for terminal in self:
            if pending._is_blocked(terminal.serial_number):
                raise ValidationError(
                    self.env._(
                        "The serial number %(serial)s is blocked. Unblock it first.",
                        serial=terminal.serial_number,
                    )
                )

    @api.depends("code")
    def _compute_code_number(self):
        for terminal in self:
            digits = terminal.code or ""
            terminal.code_number = int(digits) if CODE_PATTERN.fullmatch(digits) else 0

    @api.depends("store_id.tz", "company_id.partner_id.tz")
    def _compute_tz(self):
        for terminal in self:
            terminal.tz = (
                terminal.store_id.tz or terminal.company_id.partner_id.tz or "UTC"
            )

    @api.depends("last_seen_at")
    def _compute_connection_state(self):
        limit = fields.Datetime.now() - SILENT
        for terminal in self:
            if not terminal.last_seen_at:
                terminal.connection_state = "never"
            elif terminal.last_seen_at >= limit:
                terminal.connection_state = "online"
            else:
                terminal.connection_state = "offline"

    @api.model
    def _search_connection_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        limit = fields.Datetime.now() - SILENT
        domains = {
            "never": [("last_seen_at", "=", False)],
            "online": [("last_seen_at", ">=", limit)],
            "offline": [("last_seen_at", "<", limit)],
        }
        return fields.Domain.OR([domains[state] for state in value if state in domains])

    def _compute_punch_count(self):
        counts = dict(
            self.env["attendance.punch"]._read_group(
                [("terminal_id", "in", self.ids)], ["terminal_id"], ["__count"]
            )
        )
        for terminal in self:
            terminal.punch_count = counts.get(terminal, 0)

    @api.depends("name", "code")
    def _compute_display_name(self):
        for terminal in self:
            terminal.display_name = f"[{terminal.code}] {terminal.name}"

    @api.model_create_multi
    def create(self, vals_list):
        terminals = super().create(vals_list)
        terminals._leave_pending()
        return terminals

    def write(self, vals):
        result = super().write(vals)
        if "serial_number" in vals:
            self._leave_pending()
        return result

    def _leave_pending(self):
        """A registered serial number waits no longer."""
        # sudo: the inbox has no company; the terminal's own rights were checked.
        self.env["attendance.terminal.pending"].sudo().search(
            [("serial_number", "in", self.mapped("serial_number"))]
        ).unlink()

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.punch", "terminal_id"),
            ("attendance.punch.archive", "terminal_id"),
        ]

    def action_view_punches(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_punch_action"
        )
        return {**action, "domain": [("terminal_id", "=", self.id)], "context": {}}

    def _note_contact(self, address):
        """Remember that the terminal called, at most every 30 seconds.

        Runs on the terminals' own path: one statement, no flush of other work,
        and it never waits for a row that another worker is writing.
        """
        self.ensure_one()
        execute_planned(self.env.cr, CONTACT, [address, CONTACT_SECONDS, self.id])
        self.invalidate_recordset(
            [
                "last_seen_at",
                "last_address",
                "first_address",
                "rival_address",
                "rival_seen_at",
            ],
            flush=False,
        )
