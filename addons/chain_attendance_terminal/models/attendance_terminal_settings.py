import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..addresses import networks_of

SECRET_PATTERN = re.compile(r"[A-Za-z0-9_-]{8,64}")
KEY_PATTERN = re.compile(r"[!-~]{1,32}")


class AttendanceTerminal(models.Model):
    """How a terminal is used: whom it serves, what it takes, how it is trusted."""

    # One concern a file: together they would be far too long.
    _inherit = "attendance.terminal"  # pylint: disable=consider-merging-classes-inherited

    authorization_code = fields.Char(
        copy=False,
        groups="chain_attendance_base.function_terminals_edit",
        help="Noted on the terminal's papers. Whoever claims a pending terminal with "
        "this serial number must give it.",
    )
    ip_address = fields.Char(
        string="IP Address",
        help="Only for terminals that this server calls itself. A terminal that pushes "
        "its punches (with a BS module) needs none.",
    )
    serve_all_employees = fields.Boolean(
        string="Serves All Employees",
        tracking=True,
        help="Everybody of the company is sent to this terminal; nobody has to be "
        "assigned to it.",
    )
    serve_store_employees = fields.Boolean(
        string="Serves Its Store",
        default=True,
        tracking=True,
        help="People of the terminal's store, and those lent to it, are sent to this "
        "terminal without being assigned. They leave it when they leave the store.",
    )
    can_enroll = fields.Boolean(
        string="May Upload Fingerprints",
        tracking=True,
        help="Only such a terminal collects the fingerprints and faces of people. They "
        "go to the other terminals of the same algorithm.",
    )
    is_provisioned_automatically = fields.Boolean(
        string="Follows Changes by Itself",
        default=True,
        tracking=True,
        help="People who are hired, moved, lent or leave are sent to this terminal, or "
        "taken off it, without a person sending them.",
    )
    direction_policy = fields.Selection(
        [
            ("trust", "As pressed at the terminal"),
            ("alternate", "In and out alternately"),
            ("ignore", "None"),
            ("in", "Entrance: always in"),
            ("out", "Exit: always out"),
        ],
        string="Direction of Punches",
        default="trust",
        required=True,
        tracking=True,
    )
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
        help="How names are written for this terminal and read from it.",
    )
    name_bytes = fields.Integer(
        string="Name Length",
        default=23,
        help="Bytes that a name on the terminal may have, 8 to 64; a Chinese character "
        "takes two, or three in UTF-8. Old black and white models: 8.",
    )
    max_users = fields.Integer(
        string="Most People", help="0: as the terminal says of itself."
    )
    max_punches = fields.Integer(
        string="Most Punches", help="0: as the terminal says of itself."
    )
    max_fingerprints = fields.Integer(
        string="Most Fingerprints", help="0: as the terminal says of itself."
    )
    max_faces = fields.Integer(
        string="Most Faces", help="0: as the terminal says of itself."
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
