from datetime import timedelta

from odoo import api, fields, models

DAY = timedelta(days=1)


class AttendanceRosterOverride(models.Model):
    _inherit = "attendance.roster.override"

    @api.model_create_multi
    def create(self, vals_list):
        overrides = super().create(vals_list)
        overrides._mark_days()
        return overrides

    def write(self, vals):
        if not {"employee_id", "date", "shift_id", "active"} & vals.keys():
            return super().write(vals)
        self._mark_days()
        result = super().write(vals)
        self._mark_days()
        return result

    def unlink(self):
        self._mark_days()
        return super().unlink()

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
