from odoo import models


class AttendancePolicy(models.Model):
    _inherit = "attendance.policy"

    def write(self, vals):
        result = super().write(vals)
        if set(vals) & set(self._rules()):
            self._mark_days()
        return result

    def _mark_days(self):
        """Every stored day of the companies that judge by this policy."""
        self.env["attendance.day"]._mark_stored(
            [("company_id.attendance_policy_id", "in", self.ids)]
        )
