from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_roster import WEEKDAYS

# What a change of moves the planned days of people without a roster.
DEFAULT_FIELDS = {"default_shift_id", *(f"default_works_{day}" for day in WEEKDAYS)}


class AttendanceDefaultShiftMixin(models.AbstractModel):
    """A store or department with a shift for those whom no roster names."""

    _name = "attendance.default.shift.mixin"
    _description = "Has a Default Shift"
    _check_company_auto = True

    default_shift_id = fields.Many2one(
        "attendance.shift",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
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
        for place in self:
            if place.default_shift_id and not any(place._default_weekdays()):
                raise ValidationError(place._no_working_day())

    def _no_working_day(self):
        """What is said of a week in which nobody works."""
        raise NotImplementedError

    def _default_weekdays(self):
        self.ensure_one()
        return [self[f"default_works_{day}"] for day in WEEKDAYS]
