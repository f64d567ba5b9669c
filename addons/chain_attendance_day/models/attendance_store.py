from odoo import api, models


class AttendanceStore(models.Model):
    _inherit = "attendance.store"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            self.env["attendance.day"]._mark_stored([("store_id", "in", self.ids)])
        return result

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.day", "store_id")]
