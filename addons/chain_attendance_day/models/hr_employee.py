from odoo import models

# What a day takes from the person beside the versions.
EMPLOYMENT = {"active", "departure_date", "hire_date", "leave_date"}


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        if not (EMPLOYMENT | {"company_id"}) & vals.keys():
            return super().write(vals)
        days = self.env["attendance.day"]
        before = days._gather_employments(self.ids)
        result = super().write(vals)
        days._mark_employed(before, days._gather_employments(self.ids))
        if "company_id" in vals:
            days._mark_history(self)
        return result
