from odoo import fields, models


class AttendanceTerminalSendPerson(models.TransientModel):
    """One person of the preview, and what would happen to them on a terminal."""

    _name = "attendance.terminal.send.person"
    _description = "Person to Send to a Terminal"

    wizard_id = fields.Many2one(
        "attendance.terminal.send", required=True, ondelete="cascade"
    )
    terminal_id = fields.Many2one("attendance.terminal", required=True, readonly=True)
    part = fields.Selection(
        [
            ("add", "Add"),
            ("change", "Change"),
            ("replace", "Delete and add: the code is another person's now"),
            ("remove", "Take off"),
            ("kept", "Kept: the only administrator"),
            ("stays", "Stays: somebody decided so"),
            ("unknown", "Stays: entered at its keys"),
            ("without_code", "Nothing: no terminal user code"),
        ],
        string="What Happens",
        required=True,
        readonly=True,
    )
    employee_id = fields.Many2one("hr.employee", readonly=True)
    user_code = fields.Char(string="Terminal User Code", readonly=True)
    name = fields.Char(string="Name on It", readonly=True)
    is_administrator = fields.Boolean(string="Terminal Administrator", readonly=True)
