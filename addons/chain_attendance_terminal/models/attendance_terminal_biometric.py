from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key


class AttendanceTerminal(models.Model):
    """What a terminal does with fingerprints and faces."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    @api.ondelete(at_uninstall=False)
    def _give_up_deletions(self):
        """A terminal that is gone here acknowledges nothing any more."""
        # sudo: nobody writes proofs by hand
        lines = self.env["attendance.biometric.deletion.line"].sudo()
        lines.search(
            [("terminal_id", "in", self.ids), ("state", "=", "waiting")]
        ).state = "silent"

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

    @api.private
    def _templates_for(self, codes):
        """Send this terminal the templates of who holds these codes today.

        Called when it acknowledged the people themselves.

        :param codes: terminal user codes as they are on it.
        :return: the new commands.
        """
        self.ensure_one()
        people = self._holders({code_key(code) for code in codes if code})
        return self.env["attendance.biometric"]._push(self, people)

    def _holders(self, code_keys):
        """Who holds these codes of the terminal's company today."""
        codes = self.env["attendance.terminal.code"].sudo()  # sudo: as in _push
        held = codes.search(
            codes._valid_on(fields.Date.context_today(self))
            & Domain("company_id", "=", self.company_id.id)
            & Domain("code_key", "in", list(code_keys))
        )
        return held.employee_id

    @api.private
    def _send_photos(self, employees=None):
        """Queue the pictures of people for terminals that recognize faces by them.

        The picture that a person was enrolled with goes first, else the one of the
        employee's page. Only of who agreed to biometrics.

        :param employees: empty: everybody who is known to be on the terminal.
        :return: the new commands.
        """
        today = fields.Date.context_today(self)
        commands = []
        for terminal in self:
            if not terminal._takes_photos():
                continue
            # sudo: who may edit the terminals sends people's pictures there
            users = self.env["attendance.terminal.user"].sudo().search(
                [("terminal_id", "=", terminal.id)]
            )  # fmt: skip
            people = terminal._holders(set(users.mapped("code_key")))
            if employees is not None:
                people &= employees.sudo()
            codes = self.env["attendance.terminal.code"]._current(people, today)
            commands += [
                {
                    "terminal_id": terminal.id,
                    "kind": "photo_put",
                    "values": {"code": codes[person.id].code},
                    "employee_id": person.id,
                    "user_code": codes[person.id].code,
                }
                for person in people
                if person._may_keep_biometrics(terminal.company_id, today)
                and person._has_terminal_photo()
            ]
        return self.env["attendance.terminal.command"]._queue(commands)

    def _takes_photos(self):
        """Whether faces are recognized here by a picture that is sent."""
        self.ensure_one()
        return self.active and "photo" in self._template_versions()

    def action_send_photos(self):
        """Send the pictures of the people on these terminals, for their faces."""
        self.check_access("write")
        if not any(self.company_id.mapped("is_attendance_biometric_on")):
            raise UserError(
                self.env._(
                    "A picture by which a terminal recognizes somebody is biometric: "
                    "switch on “Keep Fingerprints and Faces” in the settings first."
                )
            )
        if not any(terminal._takes_photos() for terminal in self):
            raise UserError(
                self.env._(
                    "None of these terminals said that it recognizes faces by a "
                    "picture (visible light)."
                )
            )
        commands = self._send_photos()
        if not commands:
            raise UserError(
                self.env._(
                    "Nobody on these terminals has both agreed to biometrics and a "
                    "picture on the employee's page."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s photos are on their way; the operation log shows them.",
                    count=len(commands),
                ),
            },
        }
