from datetime import timedelta

from odoo import fields, models

DAY = timedelta(days=1)


class AttendanceRosterOverride(models.Model):
    _inherit = "attendance.roster.override"

    def _planning_changed(self):
        result = super()._planning_changed()
        self._mark_days()
        return result

    def _mark_days(self):
        """Their dates and the neighbours, up to today."""
        today = fields.Date.today() + DAY
        self.env["attendance.day.queue"]._mark(
            {
                (override.employee_id.id, override.date + DAY * n)
                for override in self
                for n in (-1, 0, 1)
                if override.date + DAY * n <= today
            }
        )
