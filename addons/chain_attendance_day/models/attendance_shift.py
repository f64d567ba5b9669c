from odoo import models


class AttendanceShift(models.Model):
    _inherit = "attendance.shift"

    def _mark_days(self):
        """Everybody who is or was rostered on this shift."""
        self.env["attendance.roster"].sudo().search(
            [("shift_id", "in", self.ids)]
        )._mark_days()
