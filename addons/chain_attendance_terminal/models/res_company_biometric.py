from odoo import api, fields, models


class ResCompany(models.Model):
    """Whether a company keeps fingerprints and faces."""

    # One concern a file: together they would be far too long.
    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    is_attendance_biometric_on = fields.Boolean(
        string="Keep Fingerprints and Faces",
        help="Templates that enrolment terminals upload are kept, encrypted, of people "
        "who agreed to it, and go to the other terminals of the same algorithm.",
    )

    @api.constrains("is_attendance_biometric_on")
    def _check_is_attendance_biometric_on(self):
        if any(self.mapped("is_attendance_biometric_on")):
            self.env["attendance.biometric"]._check_vault()
