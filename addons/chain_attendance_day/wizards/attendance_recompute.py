from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..const import MOST_DAYS

NAMED = 3


class AttendanceRecompute(models.TransientModel):
    """Which people's days are computed again, and between which dates."""

    _name = "attendance.recompute"
    _description = "Recompute Days"
    # Logins without HR rights link people too.
    _inherit = ["hr.mixin"]

    employee_ids = fields.Many2many(
        "hr.employee",
        string="Employees",
        context={"active_test": False},
        help="Nobody chosen, and no store or department: all whose days you see.",
    )
    store_ids = fields.Many2many("attendance.store", string="Stores")
    department_ids = fields.Many2many(
        "hr.department", string="Departments", help="With the departments below them."
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=fields.Date.context_today,
        help="Today at the latest: dates ahead have no result.",
    )
    people_count = fields.Integer(string="People", compute="_compute_counts")
    day_count = fields.Integer(string="Days", compute="_compute_counts")

    @api.model
    def default_get(self, fields_list):
        """The people and dates of the rows that were ticked."""
        values = super().default_get(fields_list)
        rows = self._ticked_rows()
        if not rows:
            return values
        dates = rows.mapped("work_date")
        return values | {
            "employee_ids": [fields.Command.set(rows.employee_id.ids)],
            "date_from": min(dates),
            "date_to": max(dates),
        }

    def _ticked_rows(self):
        """Rows of persons' days in the list from which this was opened."""
        model = self.env.get(self.env.context.get("active_model"))
        if model is None or not {"employee_id", "work_date"} <= model._fields.keys():
            return None
        return model.browse(self.env.context.get("active_ids") or []).exists()

    @api.depends("employee_ids", "store_ids", "department_ids", "date_from", "date_to")
    def _compute_counts(self):
        for wizard in self:
            wizard.people_count = wizard._all_people().search_count(
                wizard._people_domain()
            )
            wizard.day_count = wizard.people_count * wizard._date_count()

    @api.model
    def _all_people(self):
        return self.env["hr.employee"].with_context(active_test=False)

    def _people_domain(self):
        """Whom it is about: always within what the login sees in reports.

        Who is archived has days too, up to the departure.
        """
        self.ensure_one()
        days = self.env["attendance.day"]._search(
            [("work_date", ">=", self.date_from), ("work_date", "<=", self.date_to)]
        )
        domain = Domain("company_id", "in", self.env.companies.ids)
        domain &= Domain("active", "=", True) | Domain(
            "id", "in", days.subselect("employee_id")
        )
        if not self.env.su:
            domain &= Domain("attendance_scope", "=", "reports.view")
        chosen = []
        if self.employee_ids:
            chosen.append(Domain("id", "in", self.employee_ids._origin.ids))
        if self.store_ids:
            chosen.append(Domain("store_id", "in", self.store_ids._origin.ids))
        if self.department_ids:
            below = self.department_ids._origin.ids
            chosen.append(Domain("department_id", "child_of", below))
        return domain & Domain.OR(chosen) if chosen else domain

    def _date_count(self):
        if not self.date_from or not self.date_to:
            return 0
        return max(0, (self._last_date() - self.date_from).days + 1)

    def _last_date(self):
        # Somewhere it is tomorrow already.
        return min(self.date_to, fields.Date.today() + timedelta(days=1))

    def action_start(self):
        """Put the days into the queue and show how far they are."""
        self.ensure_one()
        self._check()
        people = self._all_people().search(self._people_domain())
        self._check_people(people)
        run = self.env["attendance.recomputation"]._start(
            people, self.date_from, self._last_date(), self._subject(people)
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recomputation"),
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
            "target": "current",
        }

    def _check(self):
        if self.date_to < self.date_from:
            raise ValidationError(
                self.env._(
                    "“To” lies before “From”: %(last)s, %(first)s.",
                    last=self.date_to,
                    first=self.date_from,
                )
            )
        if not self._date_count():
            raise ValidationError(
                self.env._("“From” lies ahead: dates ahead have no result.")
            )

    def _check_people(self, people):
        if self.employee_ids - people:
            raise AccessError(
                self.env._("The days of some of these people are not yours to see.")
            )
        if not people:
            raise UserError(self.env._("Nobody fits whose days you may see."))
        count = len(people) * self._date_count()
        if count > MOST_DAYS:
            raise UserError(
                self.env._(
                    "At most %(limit)s days are computed at once; these are %(count)s. "
                    "Choose fewer people or dates.",
                    limit=f"{MOST_DAYS:,}",
                    count=f"{count:,}",
                )
            )

    def _subject(self, people):
        """Who was chosen, in a few words."""
        chosen = [*self.store_ids, *self.department_ids, *self.employee_ids]
        names = [record.display_name for record in chosen[:NAMED]]
        if not names:
            return self.env._("Everybody (%s)", len(people))
        more, text = len(chosen) - len(names), ", ".join(names)
        if not more:
            return text
        return self.env._("%(names)s and %(more)s more", names=text, more=more)
