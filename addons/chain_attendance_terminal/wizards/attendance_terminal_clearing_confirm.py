from odoo import fields, models


class AttendanceTerminalClearingConfirm(models.TransientModel):
    """The second step of deleting what is on a terminal, by another person."""

    _name = "attendance.terminal.clearing.confirm"
    _description = "Confirm a Deletion on a Terminal"

    clearing_id = fields.Many2one(
        "attendance.terminal.clearing",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    terminal_id = fields.Many2one(related="clearing_id.terminal_id", related_sudo=False)
    kind = fields.Selection(related="clearing_id.kind", related_sudo=False)
    asked_by_id = fields.Many2one(related="clearing_id.user_id", related_sudo=False)
    note = fields.Char(related="clearing_id.note", related_sudo=False)
    backup_at = fields.Datetime(related="clearing_id.backup_at", related_sudo=False)
    unit_count = fields.Integer(related="clearing_id.unit_count", related_sudo=False)
    stored_count = fields.Integer(
        related="clearing_id.stored_count", related_sudo=False
    )
    is_matched = fields.Boolean(related="clearing_id.is_matched", related_sudo=False)
    typed_code = fields.Char(string="Code of the Terminal")

    def action_confirm(self):
        self.ensure_one()
        self.clearing_id._confirm(self.typed_code)
        return {"type": "ir.actions.act_window_close"}
