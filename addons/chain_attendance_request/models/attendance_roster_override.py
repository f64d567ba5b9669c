from odoo import models


class AttendanceRosterOverride(models.Model):
    _inherit = "attendance.roster.override"

    def _planning_changed(self):
        result = super()._planning_changed()
        self.env["hr.leave"]._plan_changed(
            (override.employee_id.id, override.date, override.date) for override in self
        )
        return result
