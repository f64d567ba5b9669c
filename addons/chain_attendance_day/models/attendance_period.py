from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

STATES = [
    ("open", "Not Closed"),
    ("confirming", "Being Confirmed"),
    ("reviewed", "Reviewed"),
    ("closed", "Closed"),
]
LONGEST_DAYS = 366
# What says which days a period holds.
EXTENT = {"company_id", "store_id", "date_from", "date_to"}
# What the buttons write; nobody by hand.
DECIDED = {"state", "asked_at", "closed_at", "closed_by"}


class AttendancePeriod(models.Model):
    """A span of dates that is closed as a whole: a month, as a rule.

    A period is for a company, or for one store of it. A store that has a period of its
    own over a date is not held by the company's there. Whose day it is, is decided by
    company and own store of the date, so that a person who is lent stays with the own
    store. Closing takes days out of all further change; see ``attendance.adjustment``.
    """

    _name = "attendance.period"
    _description = "Attendance Period"
    _inherit = ["mail.thread", "attendance.scope.mixin"]
    _order = "date_from desc, store_id, id desc"
    _check_company_auto = True

    _attendance_area = "periods"
    _attendance_scope_columns = {
        "store": ("store_id",),
        "department": ("store_id.department_id",),
    }

    name = fields.Char(
        string="Period", compute="_compute_name", store=True, readonly=False,
        required=True, precompute=True, tracking=True,
    )  # fmt: skip
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    store_id = fields.Many2one(
        "attendance.store",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The days of people who belong to this store. Empty: of everybody in the "
        "company, but for the stores that have periods of their own.",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._next_month()[0],
        tracking=True,
    )
    date_to = fields.Date(
        string="To",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    asked_at = fields.Datetime(string="Confirmation Asked", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Char(readonly=True, copy=False)
    confirmation_ids = fields.One2many(
        "attendance.period.confirmation", "period_id", readonly=True
    )
    asked_count = fields.Integer(string="Asked", compute="_compute_confirmation_counts")
    confirmed_count = fields.Integer(
        string="Have Confirmed", compute="_compute_confirmation_counts"
    )
    objection_count = fields.Integer(
        string="Objections", compute="_compute_confirmation_counts"
    )
    confirmed_percent = fields.Integer(
        string="Confirmed", compute="_compute_confirmation_counts"
    )
    adjustment_count = fields.Integer(
        string="Adjustments",
        compute="_compute_adjustment_count",
        help="Lines that this period takes for closed ones.",
    )
    late_count = fields.Integer(
        string="Adjusted Later",
        compute="_compute_adjustment_count",
        help="Lines about days of this period that other periods take.",
    )
    day_count = fields.Integer(string="Days", compute="_compute_day_count")

    _by_company = models.Index("(company_id, date_from, date_to)")
    _order_of_dates = models.Constraint(
        "CHECK (date_from <= date_to)", "A period ends before it begins."
    )

    @api.depends("date_from", "date_to", "store_id")
    def _compute_name(self):
        for period in self:
            is_known = period.date_from and period.date_to
            period.name = is_known and period._proposed_name()

    @api.depends("date_from")
    def _compute_date_to(self):
        for period in self:
            first = period.date_from
            period.date_to = first and first + relativedelta(months=1, days=-1)

    @api.depends("confirmation_ids.state")
    @api.depends_context("uid")
    def _compute_confirmation_counts(self):
        counts = defaultdict(dict)
        for period, state, count in self.env[
            "attendance.period.confirmation"
        ]._read_group(
            [("period_id", "in", self.ids)], ["period_id", "state"], ["__count"]
        ):
            counts[period.id][state] = count
        for period in self:
            found = counts[period.id]
            period.asked_count = sum(found.values())
            period.confirmed_count = found.get("confirmed", 0)
            period.objection_count = found.get("objected", 0)
            period.confirmed_percent = (
                100 * period.confirmed_count // (period.asked_count or 1)
            )

    @api.depends_context("uid")
    def _compute_adjustment_count(self):
        lines = self.env["attendance.adjustment"]
        for name, link in (
            ("adjustment_count", "period_id"),
            ("late_count", "closed_period_id"),
        ):
            groups = lines._read_group([(link, "in", self.ids)], [link], ["__count"])
            found = {period.id: count for period, count in groups}
            for period in self:
                period[name] = found.get(period.id, 0)

    @api.depends_context("uid")
    def _compute_day_count(self):
        days = self.env["attendance.day"]
        for period in self:
            period.day_count = days.search_count(period._day_domain())

    @api.model
    def _next_month(self):
        """First and last date after the company's last period, or of this month."""
        last = self.search(
            [("company_id", "=", self.env.company.id), ("store_id", "=", False)],
            order="date_to desc",
            limit=1,
        ).date_to
        if last:
            first = last + relativedelta(days=1)
        else:
            first = fields.Date.context_today(self).replace(day=1)
        return first, first + relativedelta(months=1, days=-1)

    def _proposed_name(self):
        """``2026-03``, or the two dates of what is no calendar month; and the store."""
        first, last = self.date_from, self.date_to
        is_month = first.day == 1 and last == first + relativedelta(months=1, days=-1)
        span = f"{first:%Y-%m}" if is_month else f"{first} – {last}"
        return f"{span} {self.store_id.name}" if self.store_id else span

    @api.constrains(*EXTENT)
    def _check_dates(self):
        for period in self:
            days = (period.date_to - period.date_from).days + 1
            if days > LONGEST_DAYS:
                raise ValidationError(
                    self.env._(
                        "A period covers at most %(limit)s days; “%(period)s” has "
                        "%(days)s.",
                        limit=LONGEST_DAYS,
                        period=period.name,
                        days=days,
                    )
                )

    @api.constrains(*EXTENT)
    def _check_overlap(self):
        """No day in two periods, and none taken out of a closed one."""
        # sudo: a period that the login may not see is in the way all the same
        periods = self.sudo()
        for period in periods:
            near = Domain("company_id", "=", period.company_id.id) & Domain(
                "id", "!=", period.id
            )
            near &= Domain("date_from", "<=", period.date_to)
            near &= Domain("date_to", ">=", period.date_from)
            same = near & Domain("store_id", "=", period.store_id.id)
            if other := periods.search(same, limit=1):
                raise ValidationError(
                    self.env._(
                        "“%(period)s” overlaps with “%(other)s” (%(first)s to "
                        "%(last)s). A day lies in one period only.",
                        period=period.name,
                        other=other.name,
                        first=format_date(self.env, other.date_from),
                        last=format_date(self.env, other.date_to),
                    )
                )
            if period.store_id:
                period._check_takes_nothing_closed(near)

    def _check_takes_nothing_closed(self, near):
        """A store's period takes days out of the company's: not of a closed one."""
        closed = near & Domain("store_id", "=", False) & Domain("state", "=", "closed")
        if other := self.search(closed, limit=1):
            raise ValidationError(
                self.env._(
                    "The days of “%(store)s” are closed with “%(other)s”; they cannot "
                    "be put into or taken out of a period of its own.",
                    store=self.store_id.name,
                    other=other.name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        periods = super().create(vals_list)
        if not self.env.su and periods.filtered(lambda p: p.state != "open"):
            raise UserError(self.env._("A period begins open."))
        # sudo: lines that waited for a period are not the business of who makes it
        self.env["attendance.adjustment"].sudo()._assign()
        return periods

    def write(self, vals):
        if not self.env.su and DECIDED & vals.keys():
            raise UserError(
                self.env._("The state of a period changes by its buttons only.")
            )
        moved = EXTENT & vals.keys()
        if moved:
            self._check_not_closed()
            for period in self.filtered("store_id"):
                period._check_takes_nothing_closed(period._near())
        result = super().write(vals)
        if moved:
            # sudo: as in create
            lines = self.env["attendance.adjustment"].sudo()
            lines._release_from(self)
            lines._assign()
        return result

    def unlink(self):
        result = super().unlink()
        # sudo: as in create
        self.env["attendance.adjustment"].sudo()._assign()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_closed(self):
        self._check_not_closed()
        for period in self.filtered("store_id"):
            period.sudo()._check_takes_nothing_closed(period._near())

    def _near(self):
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date_from", "<=", self.date_to)
            & Domain("date_to", ">=", self.date_from)
        )

    def _check_not_closed(self):
        for period in self.filtered(lambda p: p.state == "closed"):
            raise UserError(
                self.env._(
                    "“%(period)s” was closed on %(at)s by %(who)s; it does not change "
                    "any more.",
                    period=period.name,
                    at=format_datetime(self.env, period.closed_at),
                    who=period.closed_by,
                )
            )

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for period in self:
            if period.state not in states:
                raise UserError(
                    self.env._(
                        "“%(period)s” is %(state)s; that cannot be done with it.",
                        period=period.name,
                        state=labels[period.state],
                    )
                )

    def action_ask(self):
        """Ask everybody with days in it to confirm them; again, who came later."""
        self.check_access("write")
        self._check_state("open", "confirming")
        # sudo: that was looked at; nobody writes the state by hand
        periods = self.sudo()
        periods.write({"state": "confirming", "asked_at": fields.Datetime.now()})
        self.env["attendance.period.confirmation"].sudo()._ask(periods)
        return True

    def action_remind(self):
        """Remind those who were asked and have not said anything."""
        return self.confirmation_ids.action_remind()

    def action_review(self):
        """HR has looked at it: it can be closed."""
        self.check_access("write")
        self._check_state("open", "confirming")
        # sudo: as in action_ask
        self.sudo().state = "reviewed"
        return True

    def action_open(self):
        """Back from reviewed: not ready after all."""
        self.check_access("write")
        self._check_state("reviewed", "confirming")
        # sudo: as in action_ask
        for period in self.sudo():
            is_back = period.state == "reviewed" and period.asked_at
            period.state = "confirming" if is_back else "open"
        return True

    def action_close(self):
        """Show what is in the way, before anything is closed."""
        self.check_access("write")
        self._check_state("reviewed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close"),
            "res_model": "attendance.period.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_period_ids": self.ids},
        }

    def action_reopen(self):
        """Ask for the reason first."""
        self._check_may_reopen()
        self._check_state("closed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reopen"),
            "res_model": "attendance.period.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_period_ids": self.ids},
        }

    def action_days(self):
        self.ensure_one()
        return self._list_of("attendance.day", self._day_domain(), self.env._("Days"))

    def action_adjustments(self):
        self.ensure_one()
        return self._list_of(
            "attendance.adjustment",
            [("period_id", "=", self.id)],
            self.env._("Adjustments"),
        )

    def action_late_adjustments(self):
        self.ensure_one()
        return self._list_of(
            "attendance.adjustment",
            [("closed_period_id", "=", self.id)],
            self.env._("Adjusted Later"),
        )

    def action_confirmations(self):
        self.ensure_one()
        return self._list_of(
            "attendance.period.confirmation",
            [("period_id", "=", self.id)],
            self.env._("Confirmations"),
        )

    @api.model
    def _list_of(self, model, domain, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(domain),
        }
