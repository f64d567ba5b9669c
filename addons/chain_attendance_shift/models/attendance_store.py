from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_roster import WEEKDAYS

# What a change of moves the planned days of people without a roster.
DEFAULT_FIELDS = {"default_shift_id", *(f"default_works_{day}" for day in WEEKDAYS)}


class AttendanceStore(models.Model):
    """A store has a shift for those whom no roster names."""

    _inherit = "attendance.store"
    _check_company_auto = True

    default_shift_id = fields.Many2one(
        "attendance.shift",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        help="What people of this store work on dates for which they have no roster; "
        "empty: nothing.",
    )
    default_works_monday = fields.Boolean("Works on Monday", default=True)
    default_works_tuesday = fields.Boolean("Works on Tuesday", default=True)
    default_works_wednesday = fields.Boolean("Works on Wednesday", default=True)
    default_works_thursday = fields.Boolean("Works on Thursday", default=True)
    default_works_friday = fields.Boolean("Works on Friday", default=True)
    default_works_saturday = fields.Boolean("Works on Saturday")
    default_works_sunday = fields.Boolean("Works on Sunday")

    @api.constrains(*sorted(DEFAULT_FIELDS))
    def _check_default_weekdays(self):
        for store in self:
            if store.default_shift_id and not any(store._default_weekdays()):
                raise ValidationError(
                    self.env._(
                        "The default shift of store “%s” has no working day in the "
                        "week.",
                        store.name,
                    )
                )

    def _default_weekdays(self):
        self.ensure_one()
        return [self[f"default_works_{day}"] for day in WEEKDAYS]
