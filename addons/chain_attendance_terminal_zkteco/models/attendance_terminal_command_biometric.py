from odoo import models

# Nothing matched; no such person on the unit.
GONE = (-4, -10)


class AttendanceTerminalCommand(models.Model):
    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal.command"  # pylint: disable=consider-merging-classes-inherited

    def _says_it_is_gone(self):
        if self.terminal_id.vendor != "zkteco":
            return super()._says_it_is_gone()
        return self.return_code in GONE
