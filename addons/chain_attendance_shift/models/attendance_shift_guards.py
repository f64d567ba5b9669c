from odoo import api, models


class AttendanceShift(models.Model):
    # One concern a file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.rotation.slot", "shift_id"),
            ("attendance.roster.override", "shift_id"),
            ("hr.department", "default_shift_id"),
        ]
