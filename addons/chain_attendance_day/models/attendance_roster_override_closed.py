from odoo import api, models

from .attendance_closed_mixin import is_ticked


class AttendanceRosterOverride(models.Model):
    _name = "attendance.roster.override"
    _inherit = ["attendance.roster.override", "attendance.closed.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        overrides = super().create(vals_list)
        overrides._check_closed(overrides._closed_spans(), is_ticked(vals_list))
        return overrides

    def write(self, vals):
        if not self._planning_fields & vals.keys():
            return super().write(vals)
        spans = self._closed_spans()
        result = super().write(vals)
        self._check_closed(spans + self._closed_spans(), is_ticked([vals]))
        return result

    def unlink(self):
        self._check_closed(self._closed_spans())
        return super().unlink()

    def _closed_spans(self):
        return [(each.employee_id.id, each.date, each.date) for each in self]
