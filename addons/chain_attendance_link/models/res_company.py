from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import DEFAULT_DAYS, LONGEST_DAYS


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_link_days = fields.Integer(
        string="Personal Links Are Valid for",
        default=DEFAULT_DAYS,
        help="Days from the making of a link, 1 to 730. Links that are there stay as "
        "they are.",
    )
    attendance_link_question = fields.Selection(
        [
            ("number", "Employee Number"),
            ("phone", "Last 4 Digits of the Telephone"),
            ("none", "Nothing"),
        ],
        string="Personal Links Ask for",
        default="number",
        required=True,
        help="What a telephone has to answer when it opens a link for the first time.",
    )

    @api.constrains("attendance_link_days")
    def _check_attendance_link_days(self):
        for company in self:
            days = company.attendance_link_days
            if not 1 <= days <= LONGEST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Personal links of %(company)s must be valid for 1 to "
                        "%(longest)s days, not %(days)s.",
                        company=company.name,
                        longest=LONGEST_DAYS,
                        days=days,
                    )
                )
