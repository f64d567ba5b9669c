from odoo import api, models

from ..templates import versions_of

TEMPLATE_FLAGS = ("EnrollFP", "ChgFP", "FACE", "UserPic", "BioPhoto")
# What a unit says it can do is said back, else it uploads no unified templates.
ECHOED = ("MultiBioDataSupport", "MultiBioPhotoSupport")


class AttendanceTerminal(models.Model):
    """The templates of a unit of this family."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    @api.private
    def _template_versions(self):
        found = super()._template_versions()
        if self.vendor != "zkteco":
            return found
        told = versions_of(
            self.unit_options, self.fingerprint_version, self.face_version
        )
        return {**found, **{kind: v or found.get(kind, "") for kind, v in told.items()}}

    @api.private
    def _wanted_uploads(self):
        """What this unit is asked for besides punches, its log and its people.

        :return: names of ``TransFlag``, and options as pairs.
        """
        self.ensure_one()
        photo = ("AttPhoto",) if self.company_id.is_attendance_photo_on else ()
        if not self._collects_templates():
            return photo, {}
        told = {key.lower(): value for key, value in (self.unit_options or {}).items()}
        more = {key: told[key.lower()] for key in ECHOED if key.lower() in told}
        bitmap = {key: value for key, value in more.items() if set(value) <= set("01:")}
        return (*photo, *TEMPLATE_FLAGS), bitmap
