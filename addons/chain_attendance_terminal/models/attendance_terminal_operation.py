from odoo import fields, models


class AttendanceTerminal(models.Model):
    """What was sent to a terminal, and what may be."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    open_command_count = fields.Integer(
        compute="_compute_open_command_count", string="Commands under Way"
    )

    def _compute_open_command_count(self):
        domain = [
            ("terminal_id", "in", self.ids),
            ("state", "in", ("waiting", "sent")),
        ]
        counts = dict(
            self.env["attendance.terminal.command"]._read_group(
                domain, ["terminal_id"], ["__count"]
            )
        )
        for terminal in self:
            terminal.open_command_count = counts.get(terminal, 0)

    def action_view_commands(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_command_action"
        )
        return {
            **action,
            "domain": [("terminal_id", "=", self.id)],
            "context": {},
        }
