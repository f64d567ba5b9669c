from odoo import models

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
        if payload is None or self.kind != "template_delete":
            return payload
        number = biometrics.number_of(payload["kind"], payload["number"])
        return {**payload, "number": number}

    def _after_answer(self):
        result = super()._after_answer()
        self.env["attendance.biometric.deletion.line"]._note_answers(self)
        return result
