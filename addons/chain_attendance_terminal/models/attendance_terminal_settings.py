import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..addresses import is_address, networks_of
from ..const import NAME_BYTES, TERMINAL_LIMITS

SECRET_PATTERN = re.compile(r"[A-Za-z0-9_-]{8,64}")
KEY_PATTERN = re.compile(r"[!-~]{1,32}")


# Letters, digits and signs as papers and keypads have them.
CODE_OF_PAPERS = re.compile(r"[A-Za-z0-9_-]{4,64}")


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
        tracking=True,
        help="Not needed for a terminal with a BS module, which calls this server by "
        "itself; only for one that this server has to call.",
    )
    serve_all_employees = fields.Boolean(
        string="Serves All Employees",
        tracking=True,
        help="Yes: everybody of the company is sent to this terminal, and nobody has "
        "to be assigned to it. No: it gets only who is assigned, or belongs to its "
        "store.",
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
        help="What its punches say of coming and going when days are computed. The raw "
        "punches stay as they came.",
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
        string="Most People",
        help="How many the model can hold; 0: as the terminal says of itself.",
    )
    max_punches = fields.Integer(
        string="Most Punches",
        help="How many the model can hold; 0: as the terminal says of itself.",
    )
    max_fingerprints = fields.Integer(
        string="Most Fingerprints",
        help="How many the model can hold; 0: as the terminal says of itself.",
    )
    max_faces = fields.Integer(
        string="Most Faces",
        help="How many the model can hold; 0: as the terminal says of itself.",
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

    @api.constrains("ip_address")
    def _check_ip_address(self):
        for terminal in self:
            if terminal.ip_address and not is_address(terminal.ip_address):
                raise ValidationError(
                    self.env._(
                        "The IP address “%(address)s” of %(terminal)s must be one like "
                        "192.168.1.201.",
                        address=terminal.ip_address,
                        terminal=terminal.display_name,
                    )
                )

    @api.constrains("authorization_code")
    def _check_authorization_code(self):
        for terminal in self.sudo():  # sudo: the field has a group of its own
            code = terminal.authorization_code
            if code and not CODE_OF_PAPERS.fullmatch(code):
                raise ValidationError(
                    self.env._(
                        "The authorization code of %(terminal)s may hold letters, "
                        "digits, hyphen and underscore only, 4 to 64 of them.",
                        terminal=terminal.display_name,
                    )
                )

    @api.constrains("name_bytes")
    def _check_name_bytes(self):
        least, most = NAME_BYTES
        for terminal in self:
            if not least <= terminal.name_bytes <= most:
                raise ValidationError(
                    self.env._(
                        "The name length of %(terminal)s must be %(least)s to %(most)s "
                        "bytes, not %(value)s.",
                        terminal=terminal.display_name,
                        least=least,
                        most=most,
                        value=terminal.name_bytes,
                    )
                )

    @api.constrains(*TERMINAL_LIMITS)
    def _check_limits(self):
        for terminal in self:
            for name, most in TERMINAL_LIMITS.items():
                if not 0 <= terminal[name] <= most:
                    field = self._fields[name]._description_string(self.env)
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of %(terminal)s must be 0 to %(most)s, not "
                            "%(value)s.",
                            field=field,
                            terminal=terminal.display_name,
                            most=most,
                            value=terminal[name],
                        )
                    )
