from odoo import fields, models


class HrDepartment(models.Model):
    """A department has a shift for those whom neither roster nor store names."""

    _name = "hr.department"
    _inherit = ["hr.department", "attendance.default.shift.mixin"]

    default_shift_id = fields.Many2one(
        help="What people of this department, not of those below it, work on dates for "
        "which they have no roster and their store has no default shift.",
    )

    def _no_working_day(self):
        return self.env._(
            "The default shift of department “%s” has no working day in the week.",
            self.name,
        )
