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
        """Every day from the roster's start to today; days ahead have no row."""
        today = fields.Date.context_today(self)
        queue = self.env["attendance.day.queue"]
        for roster in self:
            if roster.date_from <= today:
                queue._mark_span([roster.employee_id.id], roster.date_from, today)
