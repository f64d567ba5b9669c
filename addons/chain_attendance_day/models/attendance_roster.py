from datetime import timedelta

from odoo import fields, models

DAY = timedelta(days=1)


class AttendanceRoster(models.Model):
    _inherit = "attendance.roster"

    def _planning_changed(self):
        result = super()._planning_changed()
        self._mark_days()
        return result

    def _mark_days(self):
        """The days on which these rosters can decide, up to today.

        And the day before and after, whose windows they limit.
        """
        # Somewhere it is tomorrow already; a date ahead has no row.
        today = fields.Date.today() + DAY
        pairs = set()
        for roster in self:
            first = roster.date_from - DAY
            last = min(today, roster.date_to + DAY) if roster.date_to else today
            employee = roster.employee_id.id
            pairs |= {
                (employee, first + DAY * n) for n in range((last - first).days + 1)
            }
        self.env["attendance.day.queue"]._mark(pairs)
