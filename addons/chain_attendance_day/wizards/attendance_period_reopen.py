from odoo import fields, models


class AttendancePeriodReopen(models.TransientModel):
    """Why closed periods are opened again; it is kept for good."""

    _name = "attendance.period.reopen"
    _description = "Reopen Periods"

    period_ids = fields.Many2many("attendance.period", required=True)
    reason = fields.Char(
        required=True, help="Stays in the period's history and in the audit."
    )

    def action_reopen(self):
        """Reopen them with this reason."""
        self.ensure_one()
        self.period_ids._reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
