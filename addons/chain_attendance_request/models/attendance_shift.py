from odoo import models


class AttendanceShift(models.Model):
    _inherit = "attendance.shift"

    def _mark_days(self, since, recognises=False):
        result = super()._mark_days(since, recognises)
        # As a default it is worked by people whom no table names.
        self.env["hr.leave"]._plan_changed(
            [(company, since, None) for company in self.company_id.ids],
            of_companies=True,
        )
        return result
