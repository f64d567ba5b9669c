from odoo import fields, models


class AttendanceTerminalSendLine(models.TransientModel):
    """What sending people would change on one terminal, in numbers."""

    _name = "attendance.terminal.send.line"
    _description = "Terminal to Send People to"

    wizard_id = fields.Many2one(
        "attendance.terminal.send", required=True, ondelete="cascade"
    )
    terminal_id = fields.Many2one("attendance.terminal", required=True, readonly=True)
    add_count = fields.Integer(string="To Add", readonly=True)
    change_count = fields.Integer(string="To Change", readonly=True)
    remove_count = fields.Integer(string="To Take Off", readonly=True)
    kept_count = fields.Integer(
        string="Kept",
        readonly=True,
        help="People who stay although they need not be there: the only administrator, "
        "and those of whom somebody decided so.",
    )
    unknown_count = fields.Integer(
        string="Unknown on It",
        readonly=True,
        help="Entered at the keys of the terminal; they are never taken off.",
    )
    without_code_count = fields.Integer(
        string="Without Code",
        readonly=True,
        help="People who should be on the terminal but have no terminal user code.",
    )
    order_count = fields.Integer(string="Commands", readonly=True)
    is_mass_removal = fields.Boolean(readonly=True)
    problem = fields.Char(readonly=True)
