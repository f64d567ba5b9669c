from odoo import models

# What a day takes from the person beside the versions.
INPUTS = {"active", "company_id", "hire_date", "leave_date"}


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if INPUTS & vals.keys():
            self.env["attendance.day"]._mark_history(self)
        return result
