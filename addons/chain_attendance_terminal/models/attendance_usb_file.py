from odoo import fields, models


class AttendanceUsbFile(models.Model):
    """A file that was carried from a terminal on a USB stick, and what was in it."""

    _name = "attendance.usb.file"
    _description = "USB File"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("terminal_id.store_id",),
        "department": ("terminal_id.store_id.department_id",),
    }

    name = fields.Char(string="File", required=True, readonly=True)
    terminal_id = fields.Many2one(
        "attendance.terminal", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("punches", "Punches"),
            ("users", "People"),
            ("templates", "Fingerprints or faces"),
        ],
        required=True,
        readonly=True,
    )
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True, index=True)
    size = fields.Integer(readonly=True)
    imported_by_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    line_count = fields.Integer(readonly=True)
    new_count = fields.Integer(readonly=True)
    known_count = fields.Integer(readonly=True)
    reject_count = fields.Integer(readonly=True)
