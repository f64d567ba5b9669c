from odoo import fields, models


class AttendancePeriodObjection(models.TransientModel):
    """What somebody finds wrong in the own days."""

    _name = "attendance.period.objection"
    _description = "Object to the Days of a Period"

    confirmation_id = fields.Many2one("attendance.period.confirmation", required=True)
    objection = fields.Text(
        string="What Is Not Right",
        required=True,
        help="Who keeps the attendance reads it, and puts it right or talks to you.",
    )

    def action_object(self):
        """Send it."""
        self.ensure_one()
        self.confirmation_id._object(self.objection)
        return {"type": "ir.actions.act_window_close"}
