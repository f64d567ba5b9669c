from odoo import fields, models


class AttendanceTerminalSerial(models.Model):
    """A unit that hung at a terminal's place before: its serial number and days."""

    _name = "attendance.terminal.serial"
    _description = "Replaced Unit"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"
    _rec_name = "serial_number"

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("terminal_id.store_id",),
        "department": ("terminal_id.store_id.department_id",),
    }

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
    reason = fields.Char(readonly=True)
