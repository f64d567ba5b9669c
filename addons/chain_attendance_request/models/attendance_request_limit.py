from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from .attendance_request import KINDS, OVERTIME_KINDS

MOST_DAYS = 366
MOST_QUOTA = 31
MOST_TIMES = 5
MOST_MONTHS = 60
MINUTES_PER_DAY = 24 * 60
# The longest each cap can be, in hours.
CAPS = {"day": 24, "week": 7 * 24, "month": 31 * 24}
HIGHEST = {
    "deadline_days": MOST_DAYS,
    "notice_days": MOST_DAYS,
    "ahead_days": MOST_DAYS,
    "monthly_quota": MOST_QUOTA,
    "least_minutes": MINUTES_PER_DAY,
    "step_minutes": MINUTES_PER_DAY,
    **{f"{period}_cap_hours": hours for period, hours in CAPS.items()},
    **{f"lieu_{kind}_factor": MOST_TIMES for kind, _label in OVERTIME_KINDS},
    "lieu_months": MOST_MONTHS,
}


class AttendanceRequestLimit(models.Model):
    """What a company asks of requests of one kind. Without a row nothing is asked."""

    _name = "attendance.request.limit"
    _description = "Limits of Requests"
    _order = "company_id, kind"

    kind = fields.Selection(KINDS, required=True, default="overtime")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    has_deadline = fields.Boolean(string="Filing Ends")
    deadline_days = fields.Integer(
        string="Days Afterwards",
        default=3,
        help="So many days after the last date it can be filed still; 0: on that date.",
    )
    notice_days = fields.Integer(
        string="Days Before",
        help="It is filed at least so many days before the first date; 0: also later.",
    )
    ahead_days = fields.Integer(
        string="Days Ahead",
        help="The last date is at most so many days ahead; 0: as far as one likes.",
    )
    monthly_quota = fields.Integer(
        string="Corrections a Month",
        help="So many corrections of a person count in a calendar month; 0: no limit.",
    )
    is_reason_required = fields.Boolean(string="Reason Required")
    is_evidence_required = fields.Boolean(
        string="Evidence Required", help="At least one file is attached to the form."
    )
    allows_in = fields.Boolean(string="Clock-In Can Be Corrected", default=True)
    allows_out = fields.Boolean(string="Clock-Out Can Be Corrected", default=True)
    least_minutes = fields.Integer(
        string="At Least", help="Shorter overtime is not filed; 0: any."
    )
    step_minutes = fields.Integer(
        string="In Steps Of",
        help="What is claimed is a multiple of so many minutes; 0: any.",
    )
    day_cap_hours = fields.Float(
        string="Hours a Day", help="Overtime claimed for a date; 0: no cap."
    )
    week_cap_hours = fields.Float(
        string="Hours a Week",
        help="Overtime claimed from Monday to Sunday; 0: no cap.",
    )
    month_cap_hours = fields.Float(
        string="Hours a Month",
        help="Overtime claimed in a calendar month; 0: no cap.",
    )
    is_cap_strict = fields.Boolean(
        string="Refuse Above the Caps", help="Otherwise the form only warns."
    )
    lieu_type_id = fields.Many2one(
        "hr.leave.type",
        string="Leave Type",
        domain="[('requires_allocation', '=', True), "
        "('company_id', 'in', [False, company_id])]",
        help="Recognised overtime for which a form asks time off in lieu is added to "
        "the balance of this type. Empty: overtime is paid.",
    )
    lieu_workday_factor = fields.Float(string="Workday Overtime Times", default=1)
    lieu_rest_day_factor = fields.Float(string="Rest-Day Overtime Times", default=1)
    lieu_holiday_factor = fields.Float(string="Holiday Overtime Times", default=1)
    lieu_months = fields.Integer(
        string="Expires After",
        default=3,
        help="Months from the overtime date on; 0: it does not expire.",
    )
    summary = fields.Char(compute="_compute_summary")

    _kind_uniq = models.Constraint(
        "UNIQUE(company_id, kind)", "The limits of this kind are there already."
    )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for limit in self:
            limit.display_name = kinds.get(limit.kind)

    @api.depends(
        "kind", *HIGHEST, "has_deadline", "is_reason_required", "is_evidence_required",
        "allows_in", "allows_out", "lieu_type_id",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_summary(self):
        for limit in self:
            limit.summary = " · ".join(limit._words())

    def _words(self):
        """What is asked, a few words each."""
        env = self.env
        is_correction, is_overtime = self.kind == "correction", self.kind == "overtime"
        sides = self.allows_in, self.allows_out
        caps = " / ".join(f"{self[f'{p}_cap_hours']:g}" for p in CAPS)
        asked = [
            (self.has_deadline, env._("%s days afterwards", self.deadline_days)),
            (self.notice_days, env._("%s days before", self.notice_days)),
            (self.ahead_days, env._("%s days ahead", self.ahead_days)),
            (
                is_correction and self.monthly_quota,
                env._("%s a month", self.monthly_quota),
            ),
            (is_correction and sides == (True, False), env._("clock-in only")),
            (is_correction and sides == (False, True), env._("clock-out only")),
            (
                is_overtime and self.least_minutes,
                env._("from %s min", self.least_minutes),
            ),
            (is_overtime and self.step_minutes, env._("by %s min", self.step_minutes)),
            (is_overtime and self._has_caps(), env._("%s h a day/week/month", caps)),
            (is_overtime and self.lieu_type_id, env._("time off in lieu")),
            (self.is_reason_required, env._("reason")),
            (self.is_evidence_required, env._("evidence")),
        ]
        return [words for is_asked, words in asked if is_asked]

    def _has_caps(self):
        return any(self[f"{period}_cap_hours"] for period in CAPS)

    @api.constrains(*HIGHEST)
    def _check_figures(self):
        labels = {
            name: self._fields[name].get_description(self.env)["string"]
            for name in HIGHEST
        }
        for limit in self:
            for name, highest in HIGHEST.items():
                if not 0 <= limit[name] <= highest:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” must lie between 0 and %(highest)s; it is "
                            "%(value)s.",
                            field=labels[name],
                            highest=highest,
                            value=f"{limit[name]:g}",
                        )
                    )

    @api.constrains("allows_in", "allows_out")
    def _check_sides(self):
        for limit in self:
            if not limit.allows_in and not limit.allows_out:
                raise ValidationError(
                    self.env._("Clock-in or clock-out can be corrected, or both.")
                )

    @api.model
    @api.private
    def _of(self, requests):
        """``{(company id, kind): limits}`` that hold for these requests."""
        # sudo: what is asked of everybody who files
        limits = self.sudo().search([("company_id", "in", requests.company_id.ids)])
        return {(limit.company_id.id, limit.kind): limit for limit in limits}

    def _why_untimely(self, request, filed, today):
        """Why a request cannot be filed on a date; empty where it can.

        :param filed: the date on which it was filed.
        """
        first = request.date_from
        last = request.date_to or first
        late, early, ahead = (filed - last).days, (first - filed).days, last - today
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.has_deadline and late > self.deadline_days:
            return self.env._(
                "%(kind)s of %(day)s can be filed at most %(limit)s days afterwards "
                "(“Days Afterwards”); it is %(days)s days ago.",
                kind=kind,
                day=format_date(self.env, last),
                limit=self.deadline_days,
                days=late,
            )
        if self.notice_days and early < self.notice_days:
            return self.env._(
                "%(kind)s of %(day)s has to be filed at least %(limit)s days before "
                "(“Days Before”).",
                kind=kind,
                day=format_date(self.env, first),
                limit=self.notice_days,
            )
        if self.ahead_days and ahead.days > self.ahead_days:
            return self.env._(
                "%(kind)s can be filed for at most %(limit)s days ahead (“Days "
                "Ahead”); %(day)s is %(days)s days ahead.",
                kind=kind,
                day=format_date(self.env, last),
                limit=self.ahead_days,
                days=ahead.days,
            )
        return ""
