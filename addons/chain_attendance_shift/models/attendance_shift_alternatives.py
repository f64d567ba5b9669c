"""Recognition: punches decide which of some shifts a rostered day was."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Each one is tried on every day of the shift.
MOST_ALTERNATIVES = 10


class AttendanceShift(models.Model):
    # One concern a file.
    _inherit = "attendance.shift"  # pylint: disable=consider-merging-classes-inherited

    alternative_ids = fields.Many2many(
        "attendance.shift",
        "attendance_shift_alternative_rel",
        "shift_id",
        "alternative_id",
        string="Recognised by Punches",
        context={"active_test": False},
        copy=True,
        help="Whoever is rostered on this shift may work one of these instead: the day "
        "is the shift whose window holds all punches and whose start is nearest to the "
        "first one. Without punches it is this shift. Windows, allowances and rounding "
        "are those of this shift.",
    )
    alternative_of_ids = fields.Many2many(
        "attendance.shift",
        "attendance_shift_alternative_rel",
        "alternative_id",
        "shift_id",
        string="Alternative of",
        context={"active_test": False},
        copy=False,
    )

    @api.constrains("alternative_ids", "is_flexible", "company_id")
    def _check_alternatives(self):
        for shift in self:
            if len(shift.alternative_ids) > MOST_ALTERNATIVES:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” of shift “%(shift)s” names %(count)s shifts; at "
                        "most %(most)s are possible.",
                        field=shift._label("alternative_ids"),
                        shift=shift._called(),
                        count=len(shift.alternative_ids),
                        most=MOST_ALTERNATIVES,
                    )
                )
            for alternative in shift.alternative_ids:
                shift._check_alternative(alternative)
            for owner in shift.alternative_of_ids:
                owner._check_alternative(shift)

    def _check_alternative(self, alternative):
        if alternative == self:
            raise ValidationError(
                self.env._("Shift “%s” is its own alternative.", self._called())
            )
        if alternative.company_id != self.company_id:
            raise ValidationError(
                self.env._(
                    "Shifts “%(shift)s” and “%(other)s” are of different companies: "
                    "punches cannot decide between them.",
                    shift=self._called(),
                    other=alternative.name,
                )
            )
        if self.is_flexible or alternative.is_flexible:
            raise ValidationError(
                self.env._(
                    "Punches cannot decide between “%(shift)s” and “%(other)s”: "
                    "flexible hours have no start.",
                    shift=self._called(),
                    other=alternative.name,
                )
            )

    def _kept_definition(self):
        alternatives = self.alternative_ids._origin.ids
        return super()._kept_definition() | {"alternatives": alternatives}

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.shift", "alternative_ids")]
