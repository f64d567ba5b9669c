from odoo import api, models


class AttendanceTerminal(models.Model):
    """What a terminal does with fingerprints and faces."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    @api.private
    def _collects_templates(self):
        """Whether templates that this terminal sends may be kept."""
        self.ensure_one()
        return bool(
            self.active
            and self.can_enroll
            and self.company_id.is_attendance_biometric_on
        )

    @api.private
    def _template_versions(self):
        """``{kind: algorithm version}`` of the templates that this terminal takes.

        What it enrolled itself it takes; a vendor addon adds what the terminal says.
        """
        self.ensure_one()
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (kind) kind, version FROM attendance_biometric
            WHERE terminal_id = %s ORDER BY kind, collected_at DESC
            """,
            [self.id],
        )
        return dict(self.env.cr.fetchall())
