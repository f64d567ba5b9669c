from odoo import models

# What of a calendar, beside its lines, decides on the hours of a date.
DECIDING = {"schedule_type", "flexible_hours", "duration_based", "two_weeks_calendar"}


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if DECIDING & vals.keys():
            self._mark_days()
        return result

    def _mark_days(self):
        """Days that are judged by these calendars, where a policy says so."""
        self.env["attendance.day"]._mark_unscheduled(
            [("employee_id.version_ids.resource_calendar_id", "in", self.ids)]
        )
