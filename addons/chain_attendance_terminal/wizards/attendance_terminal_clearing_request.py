from odoo import fields, models


class AttendanceTerminalClearingRequest(models.TransientModel):
    """The first of the two steps of deleting what is on a terminal."""

    _name = "attendance.terminal.clearing.request"
    _description = "Ask to Delete on a Terminal"

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        ondelete="cascade",
        domain="[('attendance_scope', '=', 'terminals.delete')]",
        default=lambda self: self.env.context.get("active_id"),
    )
    kind = fields.Selection(
        selection=lambda self: (
            self.env["attendance.terminal.clearing"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        string="What Is Deleted",
        required=True,
        default="clear_punches",
    )
    note = fields.Char(string="Why", required=True)

    def action_ask(self):
        self.ensure_one()
        clearing = self.env["attendance.terminal.clearing"]._start(
            self.terminal_id, self.kind, self.note
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": clearing._name,
            "res_id": clearing.id,
            "view_mode": "form",
        }
