import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.base.models.res_partner import _tz_get

from ..const import STORE_NAME_LENGTH

CODE_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,16}")


class AttendanceStore(models.Model):
    """A place where people work and terminals hang; not a department."""

    _name = "attendance.store"
    _description = "Store"
    _inherit = [
        "mail.thread",
        "attendance.scope.mixin",
        "attendance.named.mixin",
        "attendance.guarded.mixin",
        "attendance.code.mixin",
        "attendance.import.mixin",
    ]
    _order = "code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    _attendance_area = "organisation"
    _attendance_named_users = ("timekeeper_ids",)
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
        index="btree_not_null",
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
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
        help="Where this store hangs in the company's tree.",
    )
    holiday_calendar_id = fields.Many2one(
        "attendance.holiday.calendar",
        check_company=True,
        ondelete="restrict",
        help="The holidays of this store; empty: those of the company.",
    )
    address = fields.Char()
    phone = fields.Char()
    hours_ids = fields.One2many(
        "attendance.store.hours", "store_id", string="Opening Hours", copy=True
    )
    hours_text = fields.Char(string="Opens", compute="_compute_hours_text")
    loan_ids = fields.One2many("attendance.store.loan", "store_id", string="Loans")
    loan_count = fields.Integer(string="Loans Now", compute="_compute_loan_count")
    people_count = fields.Integer(
        string="People Now",
        compute="_compute_people_count",
        help="Those whose store this is, and those lent to it today.",
    )

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

    @api.constrains("name")
    def _check_name(self):
        for store in self:
            length = len(store.name.strip())
            if not length or len(store.name) > STORE_NAME_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The store name has %(length)s characters; it must have 1 to "
                        "%(limit)s.",
                        length=length,
                        limit=STORE_NAME_LENGTH,
                    )
                )

    @api.depends_context("lang")
    @api.depends("hours_ids.weekday", "hours_ids.time_from", "hours_ids.time_to")
    def _compute_hours_text(self):
        for store in self:
            store.hours_text = store.hours_ids._summary() or False

    @api.model
    def _people_model(self):
        """The employees as far as the login may see them."""
        employees = self.env["hr.employee"]
        if employees.has_access("read"):
            return employees
        return self.env["hr.employee.public"]

    def _people_domain(self):
        """Those who are at these stores today."""
        lent = self.env["attendance.store.loan"]._running(self.ids)
        return Domain("store_id", "in", self.ids) | Domain(
            "id", "in", lent.subselect("employee_id")
        )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_people_count(self):
        people = self._people_model()
        for store in self:
            store.people_count = people.search_count(store._people_domain())

    @api.depends_context("uid")
    @api.depends("loan_ids.date_from", "loan_ids.date_to")
    def _compute_loan_count(self):
        # sudo: a number; whom it counts is seen by those who may see loans
        loans = self.env["attendance.store.loan"].sudo()
        today = fields.Date.context_today(self)
        running = dict(
            loans._read_group(
                [
                    ("store_id", "in", self.ids),
                    ("date_from", "<=", today),
                    ("date_to", ">=", today),
                ],
                ["store_id"],
                ["__count"],
            )
        )
        counts = {store.id: count for store, count in running.items()}
        for store in self:
            store.loan_count = counts.get(store._origin.id, 0)

    def action_view_people(self):
        self.ensure_one()
        people = self._people_model()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("People of %s", self.display_name),
            "res_model": people._name,
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", people.search(self._people_domain()).ids)],
        }

    def action_view_loans(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_base.attendance_store_loan_action"
        )
        return {
            **action,
            "domain": [
                "|",
                ("store_id", "=", self.id),
                ("home_store_id", "=", self.id),
            ],
            "context": {"default_store_id": self.id},
        }

    @api.model
    def get_import_templates(self):
        label = self.env._("Import Template for Stores")
        return [self._import_template(label, "attendance_store")]

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("hr.version", "store_id", "employee_id"),
            ("attendance.store.loan", "store_id"),
        ]

    @api.depends("name", "code")
    def _compute_display_name(self):
        for store in self:
            store.display_name = (
                f"[{store.code}] {store.name}" if store.code else store.name
            )
