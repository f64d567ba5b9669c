from collections import defaultdict

from odoo import fields, models

from odoo.addons.chain_attendance_base.models.attendance_terminal_code import code_key

from .. import biometrics


class AttendanceTerminalCommand(models.Model):
    """Commands about templates: what they carry, and what their answers prove."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal.command"  # pylint: disable=consider-merging-classes-inherited

    def _biometric_slot(self):
        """``(kind, slot)`` of what this command sends."""
        self.ensure_one()
        if self.kind == "photo_put":
            return "photo", biometrics.COMPARISON
        return self.values["kind"], self.values["number"]

    def _says_it_is_gone(self):
        """Hook: whether a refusal means that there was nothing to delete."""
        return False

    def _payload(self):
        payload = super()._payload()
        if payload is None:
            return None
        if self.kind == "template_put":
            return self._template_payload(payload)
        if self.kind == "photo_put":
            return self._photo_payload(payload)
        if self.kind == "template_delete":
            number = biometrics.number_of(payload["kind"], payload["number"])
            return {**payload, "number": number}
        return payload

    def _template_payload(self, payload):
        """With the template's content, unless it may not be sent any more."""
        if not self._may_still_send():
            return None
        versions = self.terminal_id._template_versions()
        # sudo: the content goes to the terminal, to nobody's screen
        rows = self.env["attendance.biometric"].sudo().search(
            [("employee_id", "=", self.employee_id.id), ("kind", "=", payload["kind"])]
        )  # fmt: skip
        for row in rows:
            if row._slot() == payload["number"] and biometrics.is_for(
                row.kind, row.version, versions
            ):
                content = row._open()
                return content and {
                    **payload,
                    "number": row.number,
                    "index": row.part,
                    **content,
                }
        return None

    def _photo_payload(self, payload):
        """With the picture, by which the terminal then recognizes the person."""
        if not self._may_still_send() or not self.terminal_id._takes_photos():
            return None
        photo = self.employee_id.sudo()._terminal_photo()  # sudo: as above
        return photo and {**payload, "photo": photo, "is_comparison": True}

    def _may_still_send(self):
        """Whether person, consent and code are as they were when this was queued."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        person = self.employee_id.sudo()  # sudo: as above
        if not person._may_keep_biometrics(self.terminal_id.company_id, today):
            return False
        codes = self.env["attendance.terminal.code"]._current(person, today)
        held = codes.get(person.id)
        return bool(held) and held.code_key == code_key(self.user_code)

    def _after_answer(self):
        result = super()._after_answer()
        self.env["attendance.biometric.deletion.line"]._note_answers(self)
        self._send_templates()
        return result

    def _send_templates(self):
        """Who is on a terminal now gets fingerprints and faces there as well."""
        codes = defaultdict(set)
        for command in self:
            if command.kind == "user_put" and command.state == "done":
                codes[command.terminal_id].add(command.values["code"])
        for terminal, mine in codes.items():
            if terminal.company_id.is_attendance_biometric_on:
                terminal._templates_for(mine)
