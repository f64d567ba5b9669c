from odoo import models


class AttendanceRoster(models.Model):
    _inherit = "attendance.roster"

    def _planning_changed(self):
        result = super()._planning_changed()
        self.env["hr.leave"]._plan_changed(
            (roster.employee_id.id, roster.date_from, roster.date_to) for roster in self
        )
        return result
