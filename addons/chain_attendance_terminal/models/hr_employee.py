from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_base.models.hr_employee import is_new_person

# What can end somebody's time here, consent or code.
ENDING = {
    "active",
    "leave_date",
    "departure_date",
    "company_id",
    "is_punching",
    "terminal_user_code",
    "biometric_consent_on",
}


class HrEmployee(models.Model):
    """Whether a person agreed to the keeping of fingerprints and faces."""

    _inherit = "hr.employee"

    biometric_consent_on = fields.Date(
        string="Agreed to Biometrics on",
        copy=False,
        tracking=True,
        groups="hr.group_hr_user",
        help="The day of the person's written consent. Without it no fingerprint and "
        "no face is kept or sent to terminals; when it is taken away they are deleted "
        "here at once and on the terminals.",
    )
    biometric_consent_by_id = fields.Many2one(
        "res.users",
        string="Consent Noted by",
        readonly=True,
        copy=False,
        groups="hr.group_hr_user",
    )

    @api.constrains("biometric_consent_on")
    def _check_biometric_consent_on(self):
        today = fields.Date.context_today(self)
        for employee in self:
            day = employee.biometric_consent_on
            if day and day > today:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot have agreed to biometrics on %(day)s: that "
                        "day is still to come.",
                        name=employee.name,
                        day=day,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_consent_author(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(self._with_consent_author(vals))
        if ENDING & vals.keys() and not is_new_person(self.env):
            self.env["attendance.biometric"]._forget_gone(self)
        return result

    @api.ondelete(at_uninstall=False)
    def _forget_biometrics(self):
        """What of a person is on terminals does not outlive the record."""
        templates = self.env["attendance.biometric"]
        templates._forget(templates._people_with_templates(self), "left")

    @api.model
    def _with_consent_author(self, vals):
        """Nobody but the server says who noted a consent."""
        vals = {k: v for k, v in vals.items() if k != "biometric_consent_by_id"}
        if "biometric_consent_on" in vals:
            noted = self.env.uid if vals["biometric_consent_on"] else False
            vals["biometric_consent_by_id"] = noted
        return vals

    def _may_keep_biometrics(self, company, today):
        """Whether this person's templates may be kept by a company."""
        self.ensure_one()
        return (
            self.company_id == company
            and company.is_attendance_biometric_on
            and not self._biometric_end(today)
        )

    def _biometric_end(self, today):
        """Why this person's templates must go: ``left``, ``consent``; or ``None``."""
        self.ensure_one()
        if not self.active or (self.leave_date and self.leave_date < today):
            return "left"
        consent = self.biometric_consent_on
        return None if consent and consent <= today else "consent"
