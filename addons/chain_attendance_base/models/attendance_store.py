import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

CODE_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,16}")


class AttendanceStore(models.Model):
    """A place where people work and terminals hang; not a department."""

    _name = "attendance.store"
    _description = "Store"
    _inherit = ["mail.thread", "attendance.scope.mixin"]
    _order = "code, id"
    _rec_names_search = ["name", "code"]

    _attendance_area = "organisation"
    _attendance_scope_columns = {"store": ("id",), "department": ("department_id",)}

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        required=True,
        copy=False,
        tracking=True,
        help="Letters, digits, hyphen or underscore, at most 16; unique in the "
        "company.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    zone = fields.Char(help="The region this store is counted under.")
    tz = fields.Selection(
        _tz_get,
        string="Timezone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        tracking=True,
        help="The wall clock of this store: its shifts and terminals live by it.",
    )
    manager_id = fields.Many2one(
        "hr.employee",
        string="Store Manager",
        check_company=True,
        tracking=True,
        help="Sees and plans the people of this store.",
    )
    timekeeper_ids = fields.Many2many(
        "res.users",
        string="Timekeepers",
        help="Users who keep the attendance of this store.",
    )
    department_id = fields.Many2one(
        "hr.department",
        check_company=True,
        index="btree_not_null",
        help="Where this store hangs in the company's tree.",
    )
    holiday_calendar_id = fields.Many2one(
        "attendance.holiday.calendar",
        check_company=True,
        help="The holidays of this store; empty: those of the company.",
    )
    address = fields.Char()
    phone = fields.Char()

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "A store of this company has this code already."
    )

    @api.constrains("code")
    def _check_code(self):
        for store in self:
            if not CODE_PATTERN.fullmatch(store.code):
                raise ValidationError(
                    self.env._(
                        "The store code “%(code)s” may hold letters, digits, hyphen "
                        "and underscore only, 1 to 16 of them.",
                        code=store.code,
                    )
                )

    @api.depends("name", "code")
    def _compute_display_name(self):
        for store in self:
            store.display_name = (
                f"[{store.code}] {store.name}" if store.code else store.name
            )
