from odoo import fields, models

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalSerial(models.Model):
    """A unit that hung at a terminal's place before: its serial number and days.

    If it calls again it is a stranger: it waits among the pending terminals, with
    the note where it was replaced, and what it sends is refused.
    """

    _name = "attendance.terminal.serial"
    _description = "Replaced Unit"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "serial_number"

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    serial_number = fields.Char(required=True, readonly=True, index=True)
    replaced_by = fields.Char(required=True, readonly=True)
    replaced_at = fields.Datetime(required=True, readonly=True)
    replaced_by_id = fields.Many2one("res.users", string="Done by", readonly=True)
    model_name = fields.Char(string="Model", readonly=True)
    last_seen_at = fields.Datetime(string="Last Contact", readonly=True)
    reason = fields.Char(readonly=True)
