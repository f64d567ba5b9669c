import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..addresses import networks_of

SECRET_PATTERN = re.compile(r"[A-Za-z0-9_-]{8,64}")
KEY_PATTERN = re.compile(r"[!-~]{1,32}")


class AttendanceTerminal(models.Model):
    """How a terminal is read, and what it must show to be believed."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    code_page = fields.Selection(
        [
            ("auto", "As the terminal says"),
            ("utf-8", "UTF-8"),
            ("gb18030", "Chinese (GBK)"),
            ("big5", "Chinese, traditional (Big5)"),
            ("cp1256", "Arabic (Windows-1256)"),
            ("cp1252", "Western (Windows-1252)"),
        ],
        default="auto",
        required=True,
        help="How names that this terminal sends are read.",
    )
    communication_key = fields.Char(
        copy=False,
        groups="chain_attendance_base.function_terminals_edit",
        help="If set, the terminal must send this key. Many models cannot.",
    )
    is_bound_to_address = fields.Boolean(
        string="Bound to Its Addresses",
        tracking=True,
        help="Data from any other network address is refused.",
    )
    allowed_addresses = fields.Char(
        help="Addresses or networks, separated by commas: 203.0.113.7, 10.8.0.0/16.",
    )
    path_secret = fields.Char(
        copy=False,
        groups="chain_attendance_base.function_terminals_edit",
        help="If set, the terminal must call /<secret>/iclock/ instead of /iclock/.",
    )

    @api.constrains("is_bound_to_address", "allowed_addresses")
    def _check_allowed_addresses(self):
        for terminal in self:
            try:
                networks = networks_of(terminal.allowed_addresses)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The allowed addresses of %(terminal)s must be addresses like "
                        "203.0.113.7 or networks like 10.8.0.0/16, separated by "
                        "commas: %(error)s.",
                        terminal=terminal.display_name,
                        error=error,
                    )
                ) from error
            if terminal.is_bound_to_address and not networks:
                raise ValidationError(
                    self.env._(
                        "%(terminal)s is bound to its addresses: name at least one, or "
                        "all its data is refused.",
                        terminal=terminal.display_name,
                    )
                )

    @api.constrains("path_secret")
    def _check_path_secret(self):
        for terminal in self.sudo():  # sudo: the field has a group of its own
            secret = terminal.path_secret
            if secret and not SECRET_PATTERN.fullmatch(secret):
                raise ValidationError(
                    self.env._(
                        "The path secret of %(terminal)s may hold letters, digits, "
                        "hyphen and underscore only, 8 to 64 of them.",
                        terminal=terminal.display_name,
                    )
                )

    @api.constrains("communication_key")
    def _check_communication_key(self):
        for terminal in self.sudo():  # sudo: the field has a group of its own
            key = terminal.communication_key
            if key and not KEY_PATTERN.fullmatch(key):
                raise ValidationError(
                    self.env._(
                        "The communication key of %(terminal)s may hold 1 to 32 "
                        "letters, digits and signs, without blanks.",
                        terminal=terminal.display_name,
                    )
                )
