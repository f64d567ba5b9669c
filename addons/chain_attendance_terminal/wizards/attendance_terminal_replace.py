from odoo import api, fields, models
from odoo.exceptions import UserError


class AttendanceTerminalReplace(models.TransientModel):
    """Put another unit at a terminal's place; with the login's own rights."""

    _name = "attendance.terminal.replace"
    _description = "Replace Unit"

    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, ondelete="cascade", readonly=True
    )
    old_serial_number = fields.Char(
        related="terminal_id.serial_number",
        related_sudo=False,
        string="Serial Number Now",
    )
    pending_id = fields.Many2one(
        "attendance.terminal.pending",
        string="Has Called as",
        domain="[('is_blocked', '=', False)]",
        groups="chain_attendance_base.function_terminals_create",
        help="The new unit, if it hangs there and has called already.",
    )
    serial_number = fields.Char(
        string="New Serial Number",
        compute="_compute_serial_number",
        store=True,
        readonly=False,
        required=True,
        help="Of the new unit: on the box and on its back.",
    )
    authorization_code = fields.Char(
        help="On the papers that came with the new unit; needed if they are kept here."
    )
    reason = fields.Char(required=True, help="Why the unit was replaced.")

    @api.depends("pending_id")
    def _compute_serial_number(self):
        for wizard in self:
            wizard.serial_number = (
                wizard.pending_id.serial_number or wizard.serial_number
            )

    def action_replace(self):
        self.ensure_one()
        terminal = self.terminal_id
        terminal.check_access("write")
        if self.serial_number == terminal.serial_number:
            raise UserError(
                self.env._(
                    "%(serial)s is the serial number of this terminal already.",
                    serial=self.serial_number,
                )
            )
        pending = self.env["attendance.terminal.pending"]
        if pending._is_blocked(self.serial_number):
            raise UserError(
                self.env._(
                    "The serial number %(serial)s is blocked. Unblock it first.",
                    serial=self.serial_number,
                )
            )
        terminal.with_context(attendance_replace_reason=self.reason).write(
            {
                "serial_number": self.serial_number,
                "authorization_code": self.authorization_code,
            }
        )
        return {"type": "ir.actions.act_window_close"}
