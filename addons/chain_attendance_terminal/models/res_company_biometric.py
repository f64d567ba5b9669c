from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import PHOTO_MONTHS, TEMPLATE_MONTHS


class ResCompany(models.Model):
    """Whether a company keeps fingerprints, faces and photos, and how long."""

    # One concern a file: together they would be far too long.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    is_attendance_biometric_on = fields.Boolean(
        string="Keep Fingerprints and Faces",
        help="Templates that enrolment terminals upload are kept, encrypted, of people "
        "who agreed to it, and go to the other terminals of the same algorithm.",
    )

    is_attendance_photo_on = fields.Boolean(
        string="Keep Punch Photos",
        help="Pictures that terminals take at punches are kept and shown with them.",
    )
    attendance_photo_months = fields.Integer(
        string="Delete Punch Photos after",
        default=3,
        help="Months, 1 to 60.",
    )

    attendance_template_months = fields.Integer(
        string="Delete Unused Templates after",
        help="Months without a punch after which a person's templates are deleted, 1 "
        "to 120; 0: never. Those of people who left are deleted at once.",
    )

    @api.constrains("attendance_template_months")
    def _check_attendance_template_months(self):
        least, most = TEMPLATE_MONTHS
        for company in self:
            months = company.attendance_template_months
            if months and not least <= months <= most:
                raise ValidationError(
                    self.env._(
                        "Unused templates of %(company)s are deleted after %(least)s "
                        "to %(most)s months, or never with 0, not after %(months)s.",
                        company=company.name,
                        least=least,
                        most=most,
                        months=months,
                    )
                )

    @api.constrains("attendance_photo_months")
    def _check_attendance_photo_months(self):
        least, most = PHOTO_MONTHS
        for company in self:
            months = company.attendance_photo_months
            if not least <= months <= most:
                raise ValidationError(
                    self.env._(
                        "Punch photos of %(company)s are deleted after %(least)s to "
                        "%(most)s months, not after %(months)s.",
                        company=company.name,
                        least=least,
                        most=most,
                        months=months,
                    )
                )

    @api.constrains("is_attendance_biometric_on")
    def _check_is_attendance_biometric_on(self):
        if keeping := self.filtered("is_attendance_biometric_on"):
            self.env["attendance.biometric"]._check_vault(keeping)
