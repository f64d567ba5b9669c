from odoo import fields, models
from odoo.exceptions import UserError


class AttendanceRequestRefuse(models.TransientModel):
    """Why a request is refused; who filed it is told."""

    _name = "attendance.request.refuse"
    _description = "Refuse Requests"

    approval_ids = fields.Many2many("attendance.request.approval", required=True)
    reason = fields.Char(required=True, help="Who filed it is told.")

    def action_refuse(self):
        """Refuse all of them with this reason."""
        self.ensure_one()
        if not self.reason.strip():
            raise UserError(self.env._("Say why; who filed it is told."))
        self.approval_ids._decide("refused", self.reason)
        return {"type": "ir.actions.act_window_close"}
