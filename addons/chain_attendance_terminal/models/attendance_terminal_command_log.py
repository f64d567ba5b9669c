from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

BIOMETRICS = {
    "fingerprint": _lt("Fingerprint"),
    "face": _lt("Face"),
    "face_visible": _lt("Face (visible light)"),
    "palm": _lt("Palm"),
    "vein": _lt("Finger vein"),
    "photo": _lt("Photo"),
}


class AttendanceTerminalCommand(models.Model):
    """Commands as the operation log shows them, in words."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal.command"  # pylint: disable=consider-merging-classes-inherited

    details = fields.Char(compute="_compute_details")
    duration = fields.Char(
        compute="_compute_duration",
        help="From the first sending to the terminal's answer.",
    )
    result_text = fields.Char(string="Result", compute="_compute_result_text")

    @api.depends("kind", "terminal_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for command in self:
            terminal = command.terminal_id.display_name
            command.display_name = f"{labels.get(command.kind, '')}, {terminal}"

    @api.depends("kind", "values")
    @api.depends_context("lang")
    def _compute_details(self):
        for command in self:
            command.details = command._details_words()

    def _details_words(self):
        values = self.values or {}
        words = [values["code"]] if values.get("code") else []
        if name := values.get("name"):
            words.append(name)
        if values.get("privilege") == 14:
            words.append(self.env._("administrator of the terminal"))
        if values.get("card"):
            words.append(self.env._("card %(card)s", card=values["card"]))
        if biometric := BIOMETRICS.get(values.get("kind")):
            words.append(self.env._(biometric))
        if values.get("kind") == "fingerprint" and "number" in values:
            words.append(self.env._("finger %(number)s", number=values["number"]))
        if values.get("overwrite"):
            words.append(self.env._("replaces the old one"))
        if values.get("since"):
            words.append(f"{values['since']} – {values['until']}")
        return ", ".join(words)

    @api.depends("sent_at", "done_at")
    def _compute_duration(self):
        for command in self:
            if command.sent_at and command.done_at:
                spent = max(command.done_at - command.sent_at, timedelta())
                command.duration = str(spent - spent % timedelta(seconds=1))
            else:
                command.duration = False

    @api.depends("state", "reason", "return_code", "result", "answer_count")
    @api.depends_context("lang")
    def _compute_result_text(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for command in self:
            if command.reason:
                command.result_text = reasons[command.reason]
            elif command.state not in ("done", "failed"):
                command.result_text = False
            elif command.has_count and command.state == "done":
                command.result_text = self.env._(
                    "%(words)s: %(count)s",
                    words=command._answer_words(),
                    count=command.answer_count,
                )
            else:
                command.result_text = command._answer_words()

    def _answer_words(self):
        """Hook: what the terminal answered, in words of the reader's language."""
        self.ensure_one()
        return self.result or self.return_code and str(self.return_code) or ""
