from odoo import models


class AttendanceStore(models.Model):
    # One concern a file.
    _inherit = "attendance.store"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        result = super().write(vals)
        if "manager_id" in vals:
            self.env["attendance.exception"]._assign_owners(self)
        return result
