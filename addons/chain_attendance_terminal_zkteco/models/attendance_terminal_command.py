from odoo import models
from odoo.tools import LazyTranslate

from ..wire_commands import ENROL_FAILURES

_lt = LazyTranslate(__name__)

LABELS = {
    0: _lt("Done"),
    -1: _lt("Not supported, a value it does not take, or nothing there"),
    -2: _lt("Not possible now, or a photo of the wrong size"),
    -3: _lt("The terminal cannot read or write its memory"),
    -4: _lt("Nothing found"),
    -5: _lt("No space left on the terminal"),
    -6: _lt("The terminal does not take these values"),
    -9: _lt("The fingerprint or face has another size than named"),
    -10: _lt("This person is not on the terminal"),
    -11: _lt("The fingerprint or face is in a form it does not know"),
    -12: _lt("The fingerprint or face is damaged"),
    -22: _lt("The terminal does not know this command"),
    -30: _lt("The fingerprint or face is of another algorithm version"),
    -1001: _lt("The terminal is full"),
    -1002: _lt("The terminal does not understand this command"),
    -1003: _lt("The terminal took too long"),
    -1004: _lt("This model does not keep such data"),
    -1005: _lt("The terminal is busy"),
    -1006: _lt("Too much data for the terminal"),
    -1007: _lt("The terminal has not enough memory"),
    -1008: _lt("The terminal could not fetch the data"),
}
ENROL_LABELS = {
    2: _lt("Enrolled already, and not to be overwritten"),
    4: _lt("Enrolling did not succeed"),
    5: _lt("This finger is enrolled for somebody already"),
    6: _lt("Cancelled at the terminal"),
    7: _lt("The terminal is busy"),
}


class AttendanceTerminalCommand(models.Model):
    _inherit = "attendance.terminal.command"

    def _answer_words(self):
        self.ensure_one()
        if self.terminal_id.vendor != "zkteco":
            return super()._answer_words()
        code = self.return_code
        if self.kind == "enrol" and code in ENROL_FAILURES:
            return self._numbered(ENROL_LABELS[code], code)
        if code >= 0:
            return self.env._(LABELS[0])
        if label := LABELS.get(code):
            return self._numbered(label, code)
        return self.env._("The terminal answered %(code)s", code=code)

    def _numbered(self, label, code):
        """In words, the number for the vendor's papers, and what it is about.

        A number as general as -1 says nothing without the command.
        """
        text = self.env._(label)
        if code == -1 and self.result:
            return f"{text} (-1, {self.result})"
        return f"{text} ({code})"
