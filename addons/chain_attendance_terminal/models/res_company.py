from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import ARCHIVE_MONTHS


class ResCompany(models.Model):
    _inherit = "res.company"

    attendance_punch_months = fields.Integer(
        string="Keep Raw Punches at Hand",
        help="Months after which raw punches are moved to the archive, where they can "
        "still be read; 0: never.",
    )
    attendance_archived_before = fields.Date(
        string="Punches Archived before",
        readonly=True,
        help="Punches from before this day may be in the archive.",
    )

    @api.constrains("attendance_punch_months")
    def _check_attendance_punch_months(self):
        least, most = ARCHIVE_MONTHS
        for company in self:
            months = company.attendance_punch_months
            if months and not least <= months <= most:
                raise ValidationError(
                    self.env._(
                        "Raw punches of %(company)s are kept at hand for %(least)s to "
                        "%(most)s months, or for ever with 0, not for %(months)s.",
                        company=company.name,
                        least=least,
                        most=most,
                        months=months,
                    )
                )
