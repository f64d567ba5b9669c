from odoo import fields, models
from odoo.exceptions import UserError


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
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please say why they are ignored."))
        self.exception_ids._decide("ignored", reason)
        return {"type": "ir.actions.act_window_close"}
