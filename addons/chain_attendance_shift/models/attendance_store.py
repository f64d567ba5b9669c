from odoo import fields, models


class AttendanceStore(models.Model):
    """A store has a shift for those whom no roster names."""

    _name = "attendance.store"
    _inherit = ["attendance.store", "attendance.default.shift.mixin"]

    default_shift_id = fields.Many2one(
        help="What people of this store work on dates for which they have no roster; "
        "empty: the default shift of their department.",
    )

    def _no_working_day(self):
        return self.env._(
            "The default shift of store “%s” has no working day in the week.", self.name
        )
