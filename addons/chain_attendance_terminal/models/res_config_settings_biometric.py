from odoo import api, fields, models
from odoo.exceptions import UserError


class ResConfigSettings(models.TransientModel):
    # One concern a file: together they would be far too long.
    _inherit = "res.config.settings"  # pylint: disable=consider-merging-classes-inherited

    is_attendance_biometric_on = fields.Boolean(
        related="company_id.is_attendance_biometric_on", readonly=False
    )
    attendance_template_months = fields.Integer(
        related="company_id.attendance_template_months", readonly=False
    )
    is_attendance_photo_on = fields.Boolean(
        related="company_id.is_attendance_photo_on", readonly=False
    )
    attendance_photo_months = fields.Integer(
        related="company_id.attendance_photo_months", readonly=False
    )
    attendance_biometric_problem = fields.Char(
        compute="_compute_attendance_biometric_problem"
    )

    @api.depends("is_attendance_biometric_on")
    def _compute_attendance_biometric_problem(self):
        """Why templates cannot be kept or read here, while they should be."""
        for settings in self:
            problem = False
            if settings.is_attendance_biometric_on:
                try:
                    self.env["attendance.biometric"]._check_vault(settings.company_id)
                except UserError as error:
                    problem = str(error)
            settings.attendance_biometric_problem = problem
