from odoo import models

# What a day takes from the person beside the versions.
INPUTS = {"active", "company_id", "hire_date", "leave_date"}


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        if not (INPUTS | {"departure_date"}) & vals.keys():
            return super().write(vals)
        days = self.env["attendance.day"]
        before = days._gather_employments(self.ids)
        result = super().write(vals)
        touched = self
        if not INPUTS & vals.keys():
            # A departure may bring a leave date along, and may change nothing.
            after = days._gather_employments(self.ids)
            touched = self.filtered(lambda e: after[e.id] != before[e.id])
        days._mark_history(touched)
        return result
