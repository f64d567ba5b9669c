from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if "tz" in vals:
            # The zone of a company is where those of its people are who have no store.
            self.env["attendance.day"]._mark_stored(
                [("company_id.partner_id", "in", self.ids), ("store_id", "=", False)]
            )
        return result
