from odoo import models


class AttendanceShift(models.Model):
    # One concern a file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    def _mark_days(self):
        result = super()._mark_days()
        # sudo: whatever changed a shift touches days whoever may see them
        self.env["attendance.roster"].sudo().search(
            [
                ("rotation_id.active", "=", True),
                ("rotation_id.slot_ids.shift_id", "in", self.ids),
            ]
        )._mark_days()
        self.env["attendance.roster.override"].sudo().search(
            [("shift_id", "in", self.ids)]
        )._mark_days()
        self.env["hr.department"].sudo().with_context(active_test=False).search(
            [("default_shift_id", "in", self.ids)]
        )._mark_default_days()
        return result
