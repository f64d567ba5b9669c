import hmac

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .attendance_terminal import SERIAL_PATTERN
from .attendance_terminal_settings import CODE_OF_PAPERS


class AttendanceTerminalAuthorization(models.Model):
    """The papers of a terminal: its serial number and its authorization code.

    An administrator enters or imports them when terminals are bought. From then on
    nobody registers this serial number, for whatever company, without its code; one
    without papers here needs none.

    What it is good for and what not: terminals never send this code. It keeps a
    wrong or a stranger's unit from being registered by mistake. It proves nothing of
    a call; a communication key, an address or a path secret does that.
    """

    _name = "attendance.terminal.authorization"
    _description = "Terminal Papers"
    _order = "serial_number, id"
    _rec_name = "serial_number"

    serial_number = fields.Char(required=True, help="Of the terminal to come.")
    authorization_code = fields.Char(required=True, help="As its papers say.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    note = fields.Char(help="For example the delivery.")
    terminal_id = fields.Many2one(
        "attendance.terminal", string="Registered as", compute="_compute_terminal_id"
    )

    _serial_uniq = models.Constraint(
        "UNIQUE(serial_number)", "There are papers of this serial number already."
    )

    @api.depends("serial_number")
    def _compute_terminal_id(self):
        terminals = self.env["attendance.terminal"].with_context(active_test=False)
        found = terminals.search(
            [("serial_number", "in", self.mapped("serial_number"))]
        ).grouped("serial_number")
        for paper in self:
            paper.terminal_id = found.get(paper.serial_number, terminals.browse())

    @api.constrains("serial_number", "authorization_code")
    def _check_form(self):
        for paper in self:
            if not SERIAL_PATTERN.fullmatch(paper.serial_number):
                raise ValidationError(
                    self.env._(
                        "The serial number “%(serial)s” may hold letters, digits, "
                        "hyphen and underscore only, 4 to 32 of them.",
                        serial=paper.serial_number,
                    )
                )
            if not CODE_OF_PAPERS.fullmatch(paper.authorization_code):
                raise ValidationError(
                    self.env._(
                        "The authorization code of %(serial)s may hold letters, "
                        "digits, hyphen and underscore only, 4 to 64 of them.",
                        serial=paper.serial_number,
                    )
                )

    @api.model
    @api.private
    def _refuses(self, terminal):
        """Whether there are papers of the terminal's serial number, and not its own."""
        # sudo: papers are for administrators; who registers only has to match them
        paper = self.sudo().search([("serial_number", "=", terminal.serial_number)])
        if not paper:
            return False
        given = (terminal.authorization_code or "").encode()
        return terminal.company_id != paper.company_id or not hmac.compare_digest(
            paper.authorization_code.encode(), given
        )
