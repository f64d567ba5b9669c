from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "attendance_policy_id" in vals:
            self.env["attendance.day"]._mark_stored([("company_id", "in", self.ids)])
        return result
