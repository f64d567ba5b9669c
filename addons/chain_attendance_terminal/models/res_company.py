from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import ARCHIVE_MONTHS, SILENT_HOURS


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

    attendance_silent_hours = fields.Integer(
        string="Tell of Silent Terminals",
        default=24,
        help="Hours of silence after which the store's manager and the terminal's "
        "followers are told, once; 0: never.",
    )

    @api.constrains("attendance_silent_hours")
    def _check_attendance_silent_hours(self):
        for company in self:
            hours = company.attendance_silent_hours
            if not 0 <= hours <= SILENT_HOURS:
                raise ValidationError(
                    self.env._(
                        "Silent terminals of %(company)s are told of after 1 to "
                        "%(most)s hours, or never with 0, not after %(hours)s.",
                        company=company.name,
                        most=SILENT_HOURS,
                        hours=hours,
                    )
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
