from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..const import LOAN_DAYS
from .attendance_scope_mixin import PERSON_COLUMNS


class AttendanceStoreLoan(models.Model):
    """A person works in another store for some days and stays with the own one.

    While it runs, the person is in the data scope of the other store, too.
    """

    _name = "attendance.store.loan"
    _description = "Loan Between Stores"
    _inherit = ["mail.thread", "attendance.scope.mixin", "attendance.audit.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _attendance_area = "employees"
    _attendance_scope_columns = PERSON_COLUMNS | {
        "store": (*PERSON_COLUMNS["store"], "store_id"),
    }

    _attendance_audit_kinds = {
        "loan": ("employee_id", "store_id", "date_from", "date_to"),
    }

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
        tracking=True,
        domain="[('attendance_scope', '=', 'employees.create')]",
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    home_store_id = fields.Many2one(
        "attendance.store",
        string="Own Store",
        compute="_compute_home_store_id",
        store=True,
        index="btree_not_null",
        help="The person's store on the first day.",
    )
    store_id = fields.Many2one(
        "attendance.store",
        string="Lent to",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        tracking=True,
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(
        string="Until", required=True, tracking=True, help="The last day."
    )
    note = fields.Char()

    def _attendance_in(self, kind, ids):
        if kind == "store" and self._attendance_changes():
            # Who borrows sees the loan. Lending, and lending for longer, is for those
            # in whose scope the person is without any loan.
            paths = PERSON_COLUMNS["store"]
            return Domain.OR(Domain(path, "in", list(ids)) for path in paths)
        return super()._attendance_in(kind, ids)

    def _attendance_lent_to(self, store_ids):
        if self._attendance_changes():
            return Domain.FALSE
        return super()._attendance_lent_to(store_ids)

    def _attendance_changes(self):
        return self.env.context.get("attendance_operation") in ("create", "edit")

    def _attendance_audit_links(self):
        return {"employee_id": self.employee_id.id, "company_id": self.company_id.id}

    _running_idx = models.Index("(store_id, date_from, date_to)")

    @api.depends("employee_id.name", "store_id.name", "date_from")
    def _compute_display_name(self):
        for loan in self:
            loan.display_name = f"{loan.employee_id.name} → {loan.store_id.name}"

    @api.depends("employee_id", "date_from")
    def _compute_home_store_id(self):
        for loan in self:
            stores = loan._own_stores()
            loan.home_store_id = stores[:1]

    def _own_stores(self):
        """The stores that are the person's own during the loan, the first one first."""
        self.ensure_one()
        if not (self.employee_id and self.date_from):
            return self.env["attendance.store"]
        # sudo: where a person works is known to whoever may lend them
        versions = (
            self.env["hr.version"]
            .sudo()
            .search_fetch(
                [("employee_id", "=", self.employee_id._origin.id)],
                ["date_version", "store_id"],
                order="date_version",
            )
        )
        begun = versions.filtered(lambda v: v.date_version <= self.date_from)
        # A date before the first record of a person counts with that record.
        held = begun[-1:] or versions[:1]
        until = self.date_to or self.date_from
        held |= versions.filtered(lambda v: self.date_from < v.date_version <= until)
        return held.store_id.sudo(False)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for loan in self:
            if loan.date_to < loan.date_from:
                raise ValidationError(
                    self.env._(
                        "Loan of %(name)s: “Until” (%(end)s) is before “From” "
                        "(%(start)s).",
                        name=loan.employee_id.name,
                        end=loan.date_to,
                        start=loan.date_from,
                    )
                )
            days = (loan.date_to - loan.date_from).days + 1
            if days > LOAN_DAYS:
                raise ValidationError(
                    self.env._(
                        "The loan of %(name)s lasts %(days)s days; the limit is "
                        "%(limit)s. Move the person to the store instead.",
                        name=loan.employee_id.name,
                        days=days,
                        limit=LOAN_DAYS,
                    )
                )

    @api.constrains("employee_id", "store_id", "date_from", "date_to")
    def _check_own_store(self):
        for loan in self:
            if loan.store_id in loan._own_stores():
                raise ValidationError(
                    self.env._(
                        "“Lent to”: %(store)s is the own store of %(name)s in these "
                        "days.",
                        store=loan.store_id.display_name,
                        name=loan.employee_id.name,
                    )
                )

    @api.constrains("employee_id", "date_from", "date_to")
    def _check_overlap(self):
        # sudo: a loan that the login does not see stands in the way all the same
        everything = self.sudo().search([("employee_id", "in", self.employee_id.ids)])
        loans_of = everything.grouped("employee_id")
        for loan in self:
            for other in loans_of[loan.employee_id] - loan:
                if other.date_from <= loan.date_to and loan.date_from <= other.date_to:
                    raise ValidationError(
                        self.env._(
                            "%(name)s is lent to %(store)s from %(start)s until "
                            "%(end)s already.",
                            name=loan.employee_id.name,
                            store=other.store_id.display_name,
                            start=other.date_from,
                            end=other.date_to,
                        )
                    )

    @api.model
    def _running(self, store_ids, day=None):
        """A query for the loans to these stores that run on ``day``, or today."""
        day = day or fields.Date.context_today(self)
        # sudo: for data scopes, which must not ask for themselves
        return self.sudo()._search(
            [
                ("store_id", "in", list(store_ids)),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ],
        )

    @api.model
    def _stores_on(self, employee_ids, date_from, date_to):
        """Where people are lent to, for all days of a range, in one query.

        :return: ``{(employee id, date): store id}``; days without a loan are missing.
        """
        # sudo: the day's work is computed whoever asks for it
        loans = self.sudo().search_fetch(
            [
                ("employee_id", "in", list(employee_ids)),
                ("date_from", "<=", date_to),
                ("date_to", ">=", date_from),
            ],
            ["employee_id", "store_id", "date_from", "date_to"],
        )
        found = {}
        for loan in loans:
            day = max(loan.date_from, date_from)
            while day <= min(loan.date_to, date_to):
                found[loan.employee_id.id, day] = loan.store_id.id
                day += timedelta(days=1)
        return found
