from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

MONTHS = 12
FIRST_YEAR = 2000
LAST_YEAR = 2100


class AttendancePeriodMaker(models.TransientModel):
    """The periods of a year: a month each, from a day of the month on."""

    _name = "attendance.period.maker"
    _description = "Make the Periods of a Year"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    store_ids = fields.Many2many(
        "attendance.store",
        string="Stores",
        domain="[('company_id', '=', company_id)]",
        help="One period a month for each of these stores. Empty: for the company.",
    )
    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year
    )
    first_day = fields.Integer(
        string="Begins On",
        required=True,
        default=1,
        help="Day of the month, 1 to 28. With 26, the period of March goes from the "
        "26th of February to the 25th of March.",
    )
    summary = fields.Char(compute="_compute_summary")

    @api.depends("company_id", "store_ids", "year", "first_day")
    def _compute_summary(self):
        for page in self:
            if not page._is_right():
                page.summary = False
                continue
            spans = page._spans()
            missing = page._missing()
            page.summary = self.env._(
                "%(count)s periods from %(first)s to %(last)s; %(there)s are there "
                "already.",
                count=len(missing),
                first=spans[0][0],
                last=spans[-1][1],
                there=len(spans) * max(1, len(page.store_ids)) - len(missing),
            )

    def _is_right(self):
        is_year = FIRST_YEAR <= self.year <= LAST_YEAR
        return is_year and 1 <= self.first_day <= 28

    def _spans(self):
        """First and last date of each month of the year."""
        spans = []
        for month in range(1, MONTHS + 1):
            first = date(self.year, month, self.first_day)
            if self.first_day > 1:
                first -= relativedelta(months=1)
            spans.append((first, first + relativedelta(months=1, days=-1)))
        return spans

    def _missing(self):
        """Values of the periods that would be made; those that are there stay."""
        spans = self._spans()
        # sudo: a period that the login may not see is there all the same
        there = (
            self.env["attendance.period"]
            .sudo()
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("date_from", "<=", spans[-1][1])
                & Domain("date_to", ">=", spans[0][0])
            )
        )
        known = {(p.store_id.id, p.date_from, p.date_to) for p in there}
        return [
            {
                "company_id": self.company_id.id,
                "store_id": store.id,
                "date_from": first,
                "date_to": last,
                "name": self._name_of(store, number),
            }
            for store in self.store_ids or [self.env["attendance.store"]]
            for number, (first, last) in enumerate(spans, 1)
            if (store.id, first, last) not in known
        ]

    def _name_of(self, store, month):
        name = f"{self.year}-{month:02}"
        return f"{name} {store.name}" if store else name

    def action_make(self):
        """Make those that are not there yet, and show the year."""
        self.ensure_one()
        if not self._is_right():
            raise UserError(
                self.env._(
                    "A year between %(first)s and %(last)s is needed, and a day of "
                    "the month from 1 to 28.",
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                )
            )
        self.env["attendance.period"].create(self._missing())
        return self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_day.attendance_period_action"
        )
