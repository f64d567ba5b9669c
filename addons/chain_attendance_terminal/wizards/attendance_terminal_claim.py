from odoo import api, fields, models
from odoo.exceptions import UserError


class AttendanceTerminalClaim(models.TransientModel):
    """Register a terminal that called: where it hangs, its number and its code.

    Everything is done with the login's own rights: a terminal is registered for a
    store in whose scope the login may create terminals, for no other.
    """

    _name = "attendance.terminal.claim"
    _description = "Register Terminal"

    pending_id = fields.Many2one(
        "attendance.terminal.pending",
        string="Serial Number",
        required=True,
        ondelete="cascade",
        domain="[('is_blocked', '=', False)]",
    )
    first_seen_at = fields.Datetime(related="pending_id.first_seen_at")
    last_address = fields.Char(related="pending_id.last_address")
    note = fields.Char(related="pending_id.note")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    store_id = fields.Many2one(
        "attendance.store",
        check_company=True,
        domain="[('company_id', '=', company_id), "
        "('attendance_scope', '=', 'terminals.create')]",
        help="Where it hangs.",
    )
    code = fields.Char(
        string="Terminal Code",
        compute="_compute_code",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="1 to 6 digits, the first one not 0; the next free one is proposed.",
    )
    name = fields.Char(string="Short Name", required=True)
    description = fields.Char()
    vendor = fields.Selection(
        selection=lambda self: self._vendors(),
        required=True,
        default=lambda self: self._vendors()[:1] and self._vendors()[0][0],
    )
    authorization_code = fields.Char(
        help="On the papers that came with the terminal; needed if they are kept here."
    )

    @api.model
    def _vendors(self):
        field = self.env["attendance.terminal"]._fields["vendor"]
        return field._description_selection(self.env)

    @api.depends("company_id")
    def _compute_code(self):
        for claim in self:
            claim.code = claim._next_code()

    def _next_code(self):
        """One more than the highest number of the company's terminals."""
        # sudo: a number is unique in the company, whoever sees its terminals
        highest = (
            self.env["attendance.terminal"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [("company_id", "=", self.company_id.id)],
                order="code_number desc",
                limit=1,
            )
        )
        return str(highest.code_number + 1)

    def action_claim(self):
        """The new terminal's form."""
        self.ensure_one()
        self.pending_id.check_access("read")
        if self.pending_id.is_blocked:
            raise UserError(
                self.env._(
                    "The serial number %(serial)s is blocked. Unblock it first.",
                    serial=self.pending_id.serial_number,
                )
            )
        terminal = self.env["attendance.terminal"].create(self._prepare_terminal())
        return {
            "type": "ir.actions.act_window",
            "res_model": "attendance.terminal",
            "res_id": terminal.id,
            "view_mode": "form",
        }

    def _prepare_terminal(self):
        return {
            "code": self.code,
            "name": self.name,
            "description": self.description,
            "serial_number": self.pending_id.serial_number,
            "vendor": self.vendor,
            "store_id": self.store_id.id,
            "company_id": self.company_id.id,
            "authorization_code": self.authorization_code,
        }
