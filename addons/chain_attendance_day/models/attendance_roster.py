from datetime import timedelta

from odoo import api, fields, models


class AttendanceRoster(models.Model):
    _inherit = "attendance.roster"

    @api.model_create_multi
    def create(self, vals_list):
        rosters = super().create(vals_list)
        rosters._mark_days()
        return rosters

    def write(self, vals):
        self._mark_days()
        result = super().write(vals)
        self._mark_days()
        return result

    def unlink(self):
        self._mark_days()
        return super().unlink()

    def _mark_days(self):
        """From the day before the start, whose window it limits, to today."""
        # Somewhere it is tomorrow already; a date ahead has no row.
        last = fields.Date.today() + timedelta(days=1)
        queue = self.env["attendance.day.queue"]
        for roster in self:
            first = roster.date_from - timedelta(days=1)
            if first <= last:
                queue._mark_span([roster.employee_id.id], first, last)
