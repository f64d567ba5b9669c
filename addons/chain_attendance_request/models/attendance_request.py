from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)

KINDS = [
    ("overtime", "Overtime"),
    ("outing", "Outing"),
    ("trip", "Business Trip"),
    ("correction", "Punch Correction"),
]
OVERTIME_KINDS = [
    ("workday", "Workday Overtime"),
    ("rest_day", "Rest-Day Overtime"),
    ("holiday", "Holiday Overtime"),
]
STATES = [
    ("draft", "Draft"),
    ("submitted", "Filed"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
MINUTES_PER_HOUR = 60
MOST_FIGURE = 10**6
# In which the day takes notice of a request, if it needs no approval.
IN_FORCE = ("submitted", "approved")


def figure(value):
    """A figure as a form sends it; one that is none, or beyond every bound, is -1.

    That is refused with the name of the field, as any other one below 0.
    """
    return value or 0 if abs(value or 0) < MOST_FIGURE else -1


def amount_words(env, minutes, days):
    """An amount as the lists show it, in days or hours; nothing of nothing."""
    if days:
        return env._("%s d", f"{days:g}")
    if minutes:
        return env._("%s h", f"{round(minutes / MINUTES_PER_HOUR, 2):g}")
    return False


class AttendanceRequest(models.Model):
    """What somebody files about a day: overtime, an outing, a trip, a missing punch.

    Leave is Odoo's own (``hr.leave``). Times are those of the wall clock of the store
    where the person works on the first date; the instants are worked out from them.
    """

    _name = "attendance.request"
    _description = "Attendance Request"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "attendance.scope.mixin",
        "attendance.span.mixin",
    ]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _attendance_area = "requests"
    _attendance_scope_columns = PERSON_COLUMNS
    # What decides on a day; anything else may be written without computing it again.
    _effective_fields = frozenset(
        {"employee_id", "kind", "state", "is_by_days", "date_from", "date_to"}
        | {"start_minutes", "stop_minutes", "work_date", "direction"}
        | {"overtime_kind", "typed_hours", "typed_days"}
    )

    kind = fields.Selection(KINDS, required=True, default="overtime", index=True)
    state = fields.Selection(
        STATES, required=True, default="submitted", readonly=True, tracking=True
    )
    needs_approval = fields.Boolean(
        readonly=True, help="It counts once it is approved, not when it is filed."
    )
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        ondelete="cascade",
        check_company=True,
        default=lambda self: self.env.user.employee_id,
        tracking=True,
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    store_id = fields.Many2one(related="employee_id.store_id")
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    title = fields.Char(compute="_compute_title")
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today, tracking=True
    )
    date_to = fields.Date(
        string="To",
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    is_by_days = fields.Boolean(
        string="Whole Days", help="Takes the whole shifts of its dates."
    )
    start_minutes = fields.Integer(default=18 * 60)
    stop_minutes = fields.Integer(default=20 * 60)
    start_time = fields.Float(
        string="Starts", compute="_compute_start_time", inverse="_inverse_start_time"
    )
    stop_time = fields.Float(
        string="Ends", compute="_compute_stop_time", inverse="_inverse_stop_time"
    )
    work_date = fields.Date(
        string="Overtime Date",
        compute="_compute_work_date",
        store=True,
        readonly=False,
        help="The date in which the overtime is counted; proposed is the date of the "
        "shift that it goes on from.",
    )
    overtime_kind = fields.Selection(
        OVERTIME_KINDS,
        compute="_compute_overtime_kind",
        store=True,
        readonly=False,
        help="Proposed by what the overtime date is. The day itself decides; where the "
        "form says otherwise, the day's row says so.",
    )
    direction = fields.Selection(
        [("in", "Clock-In"), ("out", "Clock-Out")], help="Empty: either."
    )
    typed_hours = fields.Float(
        string="Hours Claimed", help="Instead of the hours between the two times."
    )
    typed_days = fields.Float(
        string="Days Claimed", help="Instead of the days between the two dates."
    )
    claimed_minutes = fields.Integer(
        compute="_compute_claimed", store=True, help="Of a request by hours."
    )
    claimed_days = fields.Float(
        compute="_compute_claimed", store=True, help="Of a request by whole days."
    )
    amount = fields.Char(
        string="Total (Days/Hours)", compute="_compute_amount", help="As claimed."
    )
    reason = fields.Text()
    destination = fields.Char()
    # The public ones: logins without HR rights name companions too.
    companion_ids = fields.Many2many("hr.employee.public", string="Companions")
    recent_entry_ids = fields.Many2many(
        "attendance.request.entry",
        string="Recent Documents",
        compute="_compute_recent_entry_ids",
    )
    refusal = fields.Char(string="Reason for Refusal", readonly=True)
    tz = fields.Char(
        string="Zone",
        compute="_compute_instants",
        store=True,
        precompute=True,
        help="Of the store where the person works on the first date.",
    )
    start_at = fields.Datetime(
        compute="_compute_instants", store=True, precompute=True, readonly=True
    )
    stop_at = fields.Datetime(
        compute="_compute_instants", store=True, precompute=True, readonly=True
    )

    _by_employee = models.Index("(employee_id, date_from)")

    @api.depends("kind", "overtime_kind")
    @api.depends_context("lang")
    def _compute_title(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        overtime = dict(self._fields["overtime_kind"]._description_selection(self.env))
        for request in self:
            own = request.kind == "overtime" and overtime.get(request.overtime_kind)
            request.title = own or kinds.get(request.kind)

    @api.depends("employee_id", "title", "date_from")
    def _compute_display_name(self):
        for request in self:
            request.display_name = (
                f"{request.employee_id.name}: {request.title} ({request.date_from})"
            )

    # Each has methods of its own: fields that are computed together forget each other
    # when one of them is written alone.
    @api.depends("start_minutes")
    def _compute_start_time(self):
        for request in self:
            request.start_time = request.start_minutes / MINUTES_PER_HOUR

    @api.depends("stop_minutes")
    def _compute_stop_time(self):
        for request in self:
            request.stop_time = request.stop_minutes / MINUTES_PER_HOUR

    @api.onchange("start_time")
    def _inverse_start_time(self):
        # sudo: an employee who may file but not change a form says when it is
        for request in self.sudo():
            request.start_minutes = round(figure(request.start_time) * MINUTES_PER_HOUR)

    @api.onchange("stop_time")
    def _inverse_stop_time(self):
        # sudo: an employee who may file but not change a form says when it is
        for request in self.sudo():
            request.stop_minutes = round(figure(request.stop_time) * MINUTES_PER_HOUR)

    @api.depends("date_from", "kind", "start_minutes", "stop_minutes", "is_by_days")
    def _compute_date_to(self):
        for request in self:
            first = request.date_from
            if not first:
                request.date_to = False
            elif request.kind == "correction":
                request.date_to = first
            elif request.kind == "overtime":
                is_over_midnight = request.stop_minutes <= request.start_minutes
                request.date_to = first + timedelta(days=is_over_midnight)
            elif not request.date_to or request.date_to < first:
                request.date_to = first

    def _has_last_date(self):
        return self.kind in ("outing", "trip")

    @api.depends(
        "kind", "is_by_days", "start_at", "stop_at", "date_from", "date_to",
        "typed_hours", "typed_days",
    )  # fmt: skip
    def _compute_claimed(self):
        for request in self:
            minutes, days = 0, 0.0
            if request.is_by_days:
                last = request.date_to or request.date_from
                days = request.typed_days or (last - request.date_from).days + 1
            elif request.kind != "correction" and request.start_at and request.stop_at:
                span = request.stop_at - request.start_at
                typed = round(request.typed_hours * MINUTES_PER_HOUR)
                minutes = typed or round(span.total_seconds() / 60)
            request.claimed_minutes, request.claimed_days = minutes, days

    @api.depends("claimed_minutes", "claimed_days")
    @api.depends_context("lang")
    def _compute_amount(self):
        for request in self:
            request.amount = amount_words(
                self.env, request.claimed_minutes, request.claimed_days
            )

    @api.depends("employee_id")
    def _compute_recent_entry_ids(self):
        entries = self.env["attendance.request.entry"]
        for request in self:
            request.recent_entry_ids = entries._recent_of(
                request.employee_id._origin, ("request_id", "!=", request._origin.id)
            )

    def copy_data(self, default=None):
        return super().copy_data({"state": "draft", **(default or {})})

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        requests._mark_days()
        return requests

    def write(self, vals):
        if not self._effective_fields & vals.keys():
            return super().write(vals)
        self._mark_days()
        result = super().write(vals)
        self._mark_days()
        return result

    def unlink(self):
        self._mark_days()
        return super().unlink()

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for request in self:
            if request.state not in states:
                raise UserError(
                    self.env._(
                        "“%(request)s” is %(state)s; that cannot be done with it.",
                        request=request.display_name,
                        state=labels[request.state],
                    )
                )
