from odoo import fields, models


# One concern a file: together they would be far too long.
class AttendanceTerminal(models.Model):  # pylint: disable=consider-merging-classes-inherited
    """The codes that a terminal sent and that nobody holds."""

    _inherit = "attendance.terminal"

    unknown_code_count = fields.Integer(
        string="Unknown Codes", compute="_compute_unknown_code_count"
    )

    def _compute_unknown_code_count(self):
        for terminal in self:
            terminal.unknown_code_count = self.env[
                "attendance.code.unknown"
            ].search_count(terminal._unknown_codes())

    def _unknown_codes(self):
        return [("dismissed_id", "=", False), ("terminal_ids", "in", self.ids)]

    def action_view_unknown_codes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_code_unknown_action"
        )
        return {**action, "domain": self._unknown_codes(), "context": {}}
