from odoo import models


class AttendanceStore(models.Model):
    _inherit = "attendance.store"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env["attendance.day"]._mark_stored([("store_id", "in", self.ids)])
        return result
