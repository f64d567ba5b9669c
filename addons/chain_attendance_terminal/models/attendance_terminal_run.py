from odoo import fields, models

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalRun(models.Model):
    """One sending of people to terminals, from the button to the last answer."""

    _name = "attendance.terminal.run"
    _description = "Sending to Terminals"
    _inherit = ["attendance.scope.mixin"]
    _order = "id desc"

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [
            ("send", "Send people"),
            ("person", "Send one person"),
            ("automatic", "Changes of people"),
            ("copy", "Copy of another terminal"),
            ("undo", "Put back"),
            ("command", "Command"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("held", "Waits for a person"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Partly refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="running",
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    command_ids = fields.One2many("attendance.terminal.command", "run_id")
