from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .shift_definition import MINUTES_PER_DAY


class AttendanceShiftBreak(models.Model):
    """Time inside a timetable that is not due."""

    _name = "attendance.shift.break"
    _inherit = ["attendance.shift.row"]
    _description = "Break"
    _definition_name = "breaks"

    kind = fields.Selection(
        [
            ("fixed", "Always deducted"),
            ("beyond", "Deducted beyond a presence"),
            ("punched", "Taken when punched"),
        ],
        required=True,
        default="fixed",
        help="A punched break lies where it was taken and is as long as planned here.",
    )
    beyond_minutes = fields.Integer(
        help="Only those who are there for more minutes than this, the break included, "
        "have the break deducted.",
    )
    is_paid = fields.Boolean(
        string="Paid", help="A paid break counts as work; nothing is deducted."
    )

    @api.constrains("beyond_minutes")
    def _check_beyond_minutes(self):
        for pause in self:
            if not 0 <= pause.beyond_minutes <= MINUTES_PER_DAY:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” is %(value)s and must lie between %(lowest)s and "
                        "%(highest)s.",
                        field=pause._label("beyond_minutes"),
                        value=pause.beyond_minutes,
                        lowest=0,
                        highest=MINUTES_PER_DAY,
                    )
                )
