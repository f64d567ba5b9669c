from odoo import fields, models
from odoo.exceptions import UserError

from ..const import REASON_LENGTH


class AttendanceCodeDismiss(models.TransientModel):
    """Say of codes that they are no person: an old ghost, a test of the fitter."""

    _name = "attendance.code.dismiss"
    _description = "Dismiss Unknown Codes"

    unknown_ids = fields.Many2many(
        "attendance.code.unknown",
        "attendance_code_dismiss_rel",
        string="Codes",
        readonly=True,
    )
    reason = fields.Char(
        required=True,
        size=REASON_LENGTH,
        help="Why these punches are nobody's. They stay, and the code can be taken "
        "back into the list.",
    )

    def action_apply(self):
        self.ensure_one()
        rows = self.unknown_ids.exists()
        reason = " ".join((self.reason or "").split())
        if not rows or not reason:
            raise UserError(self.env._("Choose the codes and give a reason."))
        rows._dismiss(reason[:REASON_LENGTH])
        return {"type": "ir.actions.act_window_close"}
