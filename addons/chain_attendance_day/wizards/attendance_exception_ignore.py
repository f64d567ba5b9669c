from odoo import fields, models


class AttendanceExceptionIgnore(models.TransientModel):
    """Why exceptions are ignored; it is kept with each of them."""

    _name = "attendance.exception.ignore"
    _description = "Ignore Exceptions"

    exception_ids = fields.Many2many("attendance.exception", required=True)
    reason = fields.Char(
        required=True, help="Kept with who ignored it and when, for everybody to see."
    )

    def action_ignore(self):
        """Ignore all of them for this reason."""
        self.ensure_one()
        self.exception_ids._decide("ignored", self.reason)
        return {"type": "ir.actions.act_window_close"}
