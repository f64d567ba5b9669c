import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.chain_attendance_base.models.hr_employee import is_new_person

from .. import biometrics
from ..const import COMPARISON_BYTES, COMPARISON_SIDE
from ..pictures import clean_jpeg

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

    # One concern a file: together they would be far too long.
    _inherit = "hr.employee"  # pylint: disable=consider-merging-classes-inherited

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

    keeps_biometrics = fields.Boolean(
        related="company_id.is_attendance_biometric_on",
        groups="hr.group_hr_user",
        export_string_translation=False,
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

    def _has_terminal_photo(self):
        """Whether there is a picture by which a terminal can know this person."""
        self.ensure_one()
        return bool(self._comparison_photo() or self._has_picture())

    def _has_picture(self):
        """Whether somebody gave this person a picture; Odoo draws one otherwise."""
        return bool(
            self.env["ir.attachment"].search_count(
                [
                    ("res_model", "=", "hr.employee"),
                    ("res_field", "=", "image_1920"),
                    ("res_id", "=", self.id),
                    ("mimetype", "in", ("image/jpeg", "image/png", "image/webp")),
                ],
                limit=1,
            )
        )

    def _comparison_photo(self):
        return self.env["attendance.biometric"].search(
            [
                ("employee_id", "=", self.id),
                ("kind", "=", "photo"),
                ("number", "=", biometrics.COMPARISON),
            ],
            limit=1,
        )

    def _terminal_photo(self):
        """A JPEG for a terminal that recognizes faces: bytes, or ``None``.

        The one that the person was enrolled with, else the one of the employee's
        page; at most 960 dots and 200 KB.
        """
        self.ensure_one()
        content = self._comparison_photo()._open() if self._comparison_photo() else None
        text = content["template"] if content else self.image_1920
        if not text:
            return None
        return clean_jpeg(base64.b64decode(text), COMPARISON_SIDE, COMPARISON_BYTES)
