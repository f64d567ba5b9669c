from odoo import fields, models

from .attendance_terminal_assignment import ON_TERMINAL_COLUMNS


class AttendanceTerminalUser(models.Model):
    """What is on a terminal under one user code, as far as it is known here.

    Written when the terminal acknowledges a command and when it tells its people
    itself; never by hand. ``confirmed_digest`` is the digest of the row that the
    terminal acknowledged, ``sent_digest`` of the one that is on its way.
    """

    _name = "attendance.terminal.user"
    _description = "Person on a Terminal"
    _inherit = ["attendance.scope.mixin"]
    _order = "terminal_id, user_code"
    _rec_name = "user_code"

    _attendance_area = "terminals"
    _attendance_scope_columns = ON_TERMINAL_COLUMNS

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
    user_code = fields.Char(string="Terminal User Code", required=True, readonly=True)
    code_key = fields.Char(required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, index=True)
    employee_number = fields.Char(related="employee_id.employee_number")
    name_on_unit = fields.Char(string="Name on It", readonly=True)
    privilege = fields.Integer(readonly=True, help="0 user, 14 administrator.")
    card_number = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("found", "Found on it"),
            ("sending", "On the way"),
            ("on_unit", "On it"),
            ("removing", "Being taken off"),
            ("failed", "Refused"),
        ],
        required=True,
        readonly=True,
        default="found",
    )
    sent_digest = fields.Char(readonly=True)
    confirmed_digest = fields.Char(readonly=True)
    confirmed_at = fields.Datetime(readonly=True)
    reported_at = fields.Datetime(
        string="Told by It", readonly=True, help="When the terminal told this itself."
    )
    problem = fields.Char(readonly=True)

    _code_uniq = models.Constraint(
        "UNIQUE(terminal_id, code_key)", "This code is on the terminal already."
    )
