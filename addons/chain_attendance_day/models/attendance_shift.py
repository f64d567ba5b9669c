from odoo import api, models


class AttendanceShift(models.Model):
    _inherit = "attendance.shift"

    def _mark_days(self):
        """Everybody who is or was rostered on this shift, or has it by default."""
        # sudo: whatever changed a shift touches days whoever may see them
        self.env["attendance.roster"].sudo().search(
            [("shift_id", "in", self.ids)]
        )._mark_days()
        self.env["attendance.store"].sudo().with_context(active_test=False).search(
            [("default_shift_id", "in", self.ids)]
        )._mark_default_days()

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.day", "shift_id")]
