"""What a person should know before filing; nothing here refuses anything."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.chain_attendance_shift.models.shift_definition import clock

MINUTES_PER_DAY = 24 * 60
# A trip of a year is not looked at date by date.
DATES_SHOWN = 62
OVER = ("refused", "cancelled")


def common_minutes(spans, start, stop):
    """How many minutes between two ends lie in some spans."""
    return sum(max(0, min(stop, last) - max(start, first)) for first, last in spans)


class AttendanceRequest(models.Model):
    # One concern a file.
    _inherit = "attendance.request"  # pylint: disable=consider-merging-classes-inherited

    warning = fields.Text(string="Please Note", compute="_compute_warning")
    quota_text = fields.Char(
        string="Quota", compute="_compute_quota_text", help="Of the calendar month."
    )

    @api.depends("employee_id", "kind", "date_from", "state")
    @api.depends_context("lang")
    def _compute_quota_text(self):
        limits = self.env["attendance.request.limit"]._of(self)
        quotas = {
            request: limits[request.company_id.id, request.kind].monthly_quota
            for request in self
            if request.kind == "correction"
            and request.date_from
            and (request.company_id.id, request.kind) in limits
        }
        used = self._corrections_used([r for r in quotas if quotas[r]])
        self.quota_text = False
        for request in self:
            if quotas.get(request):
                request.quota_text = self.env._(
                    "%(used)s of %(quota)s used in %(month)s",
                    used=used[request.id],
                    quota=quotas[request],
                    month=format_date(
                        self.env, request.date_from, date_format="MMMM y"
                    ),
                )

    @api.depends(
        "employee_id", "kind", "state", "is_by_days", "date_from", "date_to",
        "start_minutes", "stop_minutes", "work_date", "claimed_minutes",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_warning(self):
        asked = self.filtered(
            lambda r: r.employee_id and r.date_from and r.state not in OVER
        )
        (self - asked).warning = False
        plan = Plan(asked)
        caps = asked._cap_warnings()
        for request in asked:
            said = [*request._plan_warnings(plan), *caps[request.id]]
            request.warning = "\n".join(said) or False

    def _cap_warnings(self):
        found = {request.id: [] for request in self}
        limits = self.env["attendance.request.limit"]._of(self)
        overtime = self.filtered(lambda r: r.kind == "overtime")
        sums = self._overtime_sums(overtime)
        for request in overtime:
            limit = limits.get((request.company_id.id, "overtime"))
            if limit:
                words = request._cap_words(limit, sums[request.id])
                found[request.id] = [sentence for sentence, _is_above in words]
        return found

    def _plan_warnings(self, plan):
        """What the roster and Time Off say about these dates, in sentences."""
        person = self.employee_id.name
        dates = plan.dates_of(self)
        employee = self.employee_id._origin.id
        for day in dates:
            if (employee, day) in plan.leave:
                yield self.env._(
                    "%(person)s is on leave on %(day)s.",
                    person=person,
                    day=format_date(self.env, day),
                )
                break
        free = [plan.free.get((employee, day)) for day in dates]
        if all(free):
            yield self._free_warning(free[0])
        elif not self.is_by_days and self.kind != "correction":
            yield from self._hours_warnings(plan)

    def _free_warning(self, why):
        values = {
            "person": self.employee_id.name,
            "day": format_date(self.env, self.date_from),
            "why": {
                "rest": self.env._("a rest day"),
                "holiday": self.env._("a holiday"),
                "unscheduled": self.env._("not rostered"),
            }[why],
        }
        if self.kind in ("overtime", "correction"):
            return self.env._("For %(person)s %(day)s is %(why)s.", **values)
        return self.env._(
            "For %(person)s %(day)s is %(why)s: there is no time that this could "
            "cover, and it would count 0.",
            **values,
        )

    def _hours_warnings(self, plan):
        """Where the hours lie outside of the shift, or overtime inside."""
        spans = plan.spans_around(self)
        days = ((self.date_to or self.date_from) - self.date_from).days
        start = self.start_minutes
        stop = self.stop_minutes + days * MINUTES_PER_DAY
        inside = common_minutes(spans, start, stop)
        if self.kind == "overtime" and inside:
            yield self.env._(
                "%(minutes)s minutes of it lie within the shift of %(person)s; they "
                "are no overtime.",
                minutes=inside,
                person=self.employee_id.name,
            )
        elif self.kind != "overtime" and not inside and spans:
            yield self.env._(
                "%(person)s is rostered for %(hours)s: this lies outside, and would "
                "count 0.",
                person=self.employee_id.name,
                hours=", ".join(
                    f"{clock(first % MINUTES_PER_DAY)}–{clock(last % MINUTES_PER_DAY)}"
                    for first, last in spans
                    if 0 <= first < MINUTES_PER_DAY
                ),
            )


class Plan:
    """What is rostered around some requests, looked up in bulk.

    :ivar free: ``{(employee id, date): why}`` of dates without hours.
    :ivar leave: the pairs with leave that was not refused.
    """

    def __init__(self, requests):
        env = requests.env
        pairs = {
            (request.employee_id._origin.id, day)
            for request in requests
            for day in self._dates_around(request)
        }
        self.free, self.leave, self._spans = {}, set(), {}
        people = {employee for employee, _day in pairs if employee}
        if not people:
            return
        dates = sorted({day for _employee, day in pairs})
        rosters = env["attendance.roster"]
        self.leave = set(rosters._on_leave(list(people), dates[0], dates[-1]))
        kinds = rosters._day_kinds(people, dates[0], dates[-1])
        make_up = {pair for pair, kind in kinds.items() if kind == "make_up_workday"}
        planned = rosters._resolve(people, dates, make_up)
        # sudo: hours of a shift are no secret
        shifts = env["attendance.shift"].sudo()
        shifts = shifts.browse({found.shift_id for found in planned.values()} - {0})
        hours = {shift.id: shift._spans() for shift in shifts}
        on_holidays = set(shifts.filtered("works_on_holidays").ids)
        for pair in pairs:
            self._note(pair, planned.get(pair), kinds.get(pair), hours, on_holidays)

    def _note(self, pair, plan, kind, hours, on_holidays):
        is_holiday = kind in ("public_holiday", "moved_rest_day")
        if is_holiday and not (plan and plan.shift_id in on_holidays):
            self.free[pair] = "holiday" if kind == "public_holiday" else "rest"
        elif not plan:
            self.free[pair] = "unscheduled"
        elif not plan.shift_id:
            self.free[pair] = "rest"
        else:
            self._spans[pair] = hours[plan.shift_id]

    @staticmethod
    def dates_of(request):
        last = request.date_to or request.date_from
        if request.kind == "overtime":
            last = request.date_from
        count = min((last - request.date_from).days + 1, DATES_SHOWN)
        return [request.date_from + timedelta(days=number) for number in range(count)]

    def _dates_around(self, request):
        """A night of the date before reaches into the first one."""
        last = min(
            request.date_to or request.date_from,
            request.date_from + timedelta(days=DATES_SHOWN),
        )
        count = (last - request.date_from).days + 3
        first = request.date_from - timedelta(days=1)
        return [first + timedelta(days=number) for number in range(count)]

    def spans_around(self, request):
        """The hours near a request, in minutes after midnight of its first date."""
        employee = request.employee_id._origin.id
        return [
            (
                start + (day - request.date_from).days * MINUTES_PER_DAY,
                stop + (day - request.date_from).days * MINUTES_PER_DAY,
            )
            for day in self._dates_around(request)
            for start, stop in self._spans.get((employee, day), [])
        ]
