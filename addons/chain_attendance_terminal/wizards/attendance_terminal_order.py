from odoo import api, fields, models
from odoo.exceptions import UserError

from ..biometrics import FINGERS

KINDS = (
    "sync_time",
    "upload_now",
    "query_punches",
    "count_punches",
    "query_users",
    "info",
    "check",
    "reboot",
    "enrol",
)
SPAN_KINDS = ("query_punches", "count_punches")


class AttendanceTerminalOrder(models.TransientModel):
    """One command for one terminal or many, by a person."""

    _name = "attendance.terminal.order"
    _description = "Remote Command"

    terminal_ids = fields.Many2many(
        "attendance.terminal",
        required=True,
        domain="[('attendance_scope', '=', 'terminals.edit')]",
        default=lambda self: self.env.context.get("active_ids"),
    )
    terminal_count = fields.Integer(
        string="Number of Terminals", compute="_compute_terminal_count"
    )
    kind = fields.Selection(
        selection="_selection_kind", string="Command", required=True, default="info"
    )
    date_from = fields.Date(
        default=fields.Date.context_today, help="On the terminal's own clock."
    )
    date_to = fields.Date(default=fields.Date.context_today)
    employee_id = fields.Many2one(
        "hr.employee", domain="[('attendance_scope', '=', 'employees.view')]"
    )
    biometric = fields.Selection(
        [
            ("fingerprint", "Fingerprint"),
            ("face_visible", "Face (visible light)"),
            ("face", "Face"),
            ("palm", "Palm"),
            ("vein", "Finger vein"),
        ],
        default="fingerprint",
    )
    finger = fields.Selection(FINGERS, default="6")
    overwrite = fields.Boolean(
        string="Replace", help="What the terminal has of this finger or face already."
    )

    @api.model
    def _selection_kind(self):
        commands = self.env["attendance.terminal.command"]
        labels = dict(commands._fields["kind"]._description_selection(self.env))
        return [(kind, labels[kind]) for kind in KINDS]

    @api.depends("terminal_ids")
    def _compute_terminal_count(self):
        for order in self:
            order.terminal_count = len(order.terminal_ids)

    def action_send(self):
        """Queue the command; the terminals fetch it when they call."""
        self.ensure_one()
        terminals = self.terminal_ids
        if not terminals:
            raise UserError(self.env._("Choose at least one terminal."))
        terminals.check_access("write")
        if archived := terminals.filtered(lambda terminal: not terminal.active):
            raise UserError(
                self.env._(
                    "Nothing is sent to archived terminals: %(names)s.",
                    names=", ".join(archived[:10].mapped("display_name")),
                )
            )
        row = {"kind": self.kind, **self._prepare_values(terminals)}
        log = self.env["attendance.terminal.command"]
        log._queue([{**row, "terminal_id": t.id} for t in self._without_same(row)])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_command_action"
        )
        domain = [("terminal_id", "in", terminals.ids)]
        return {**action, "domain": domain, "context": {}}

    def _without_same(self, row):
        """The terminals for which the same does not wait already: pressed twice."""
        # sudo: read only, of terminals over which the right was checked
        waiting = self.env["attendance.terminal.command"].sudo()
        domain = [
            ("terminal_id", "in", self.terminal_ids.ids),
            ("kind", "=", self.kind),
            ("state", "=", "waiting"),
        ]
        same = waiting.search(domain, limit=10 * len(self.terminal_ids))
        same = same.filtered(lambda command: (command.values or {}) == row["values"])
        return self.terminal_ids - same.terminal_id.with_env(self.env)

    def _prepare_values(self, terminals):
        if self.kind in SPAN_KINDS:
            return {"values": self._prepare_span()}
        if self.kind == "enrol":
            return self._prepare_enrolment(terminals)
        return {"values": {}}

    def _prepare_span(self):
        if not self.date_from or not self.date_to or self.date_from > self.date_to:
            raise UserError(
                self.env._(
                    "Give the first and the last day; the last must not lie before "
                    "the first."
                )
            )
        return {
            "since": f"{self.date_from} 00:00:00",
            "until": f"{self.date_to} 23:59:59",
        }

    def _visible_employee(self):
        """The chosen person, if the login may see this person at all."""
        # sudo: store managers read people through their public side only; who is
        # in the login's scope is looked at here
        employees = self.env["hr.employee"].sudo()
        chosen = fields.Domain("id", "=", self.sudo().employee_id.id)
        held = self.env.user._attendance_core_scope("employees", "view")
        return employees.search(chosen & held, limit=1)

    def _prepare_enrolment(self, terminals):
        employee = self._visible_employee()
        if len(terminals) != 1 or not employee:
            raise UserError(
                self.env._("To enrol somebody choose one terminal and one person.")
            )
        if employee.company_id != terminals.company_id:
            raise UserError(
                self.env._(
                    "%(person)s and %(terminal)s belong to different companies.",
                    person=employee.display_name,
                    terminal=terminals.display_name,
                )
            )
        if not employee.terminal_user_code:
            raise UserError(
                self.env._(
                    "%(person)s has no terminal user code today.",
                    person=employee.display_name,
                )
            )
        is_finger = self.biometric in ("fingerprint", "vein")
        values = {
            "code": employee.terminal_user_code,
            "kind": self.biometric or "fingerprint",
            "number": int(self.finger or 0) if is_finger else 0,
            "overwrite": self.overwrite,
        }
        return {"values": values, "employee_id": employee.id}
