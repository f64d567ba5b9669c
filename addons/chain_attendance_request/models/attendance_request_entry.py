from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    PERSON_COLUMNS,
)
from odoo.addons.chain_attendance_shift.models.shift_definition import clock

from .attendance_request import KINDS, OVERTIME_KINDS, STATES, amount_words

ALL_KINDS = [("leave", "Leave"), *KINDS]
# The state of a leave, in the words of a request.
LEAVE_STATE = """
    CASE l.state WHEN 'validate' THEN 'approved' WHEN 'refuse' THEN 'refused'
         WHEN 'cancel' THEN 'cancelled' ELSE 'submitted' END
"""

RECENT = 10


class AttendanceRequestEntry(models.Model):
    """Every request and leave in one list, to look through and to open."""

    _name = "attendance.request.entry"
    _description = "Request or Leave"
    _inherit = ["attendance.scope.mixin"]
    _auto = False
    _order = "date_from desc, id desc"

    _depends = {
        "attendance.request": [
            "kind", "overtime_kind", "employee_id", "company_id", "date_from",
            "date_to", "is_by_days", "start_minutes", "stop_minutes",
            "claimed_minutes", "claimed_days", "state", "needs_approval", "reason",
        ],
        "hr.leave": [
            "holiday_status_id", "employee_id", "employee_company_id", "state",
            "request_date_from", "request_date_to", "request_unit_hours",
            "request_hour_from", "request_hour_to", "number_of_hours",
            "number_of_days", "roster_tz",
        ],
    }  # fmt: skip

    _attendance_area = "requests"
    _attendance_scope_columns = PERSON_COLUMNS

    kind = fields.Selection(ALL_KINDS, readonly=True)
    overtime_kind = fields.Selection(OVERTIME_KINDS, readonly=True)
    leave_type_id = fields.Many2one("hr.leave.type", readonly=True)
    title = fields.Char(compute="_compute_title")
    employee_id = fields.Many2one("hr.employee", string="Name", readonly=True)
    employee_number = fields.Char(
        string="Number", related="employee_id.employee_number"
    )
    department_id = fields.Many2one(related="employee_id.department_id")
    company_id = fields.Many2one("res.company", readonly=True)
    date_from = fields.Date(string="First Date", readonly=True)
    date_to = fields.Date(string="Last Date", readonly=True)
    start_minutes = fields.Integer(readonly=True)
    stop_minutes = fields.Integer(readonly=True)
    start_text = fields.Char(string="Start", compute="_compute_texts")
    stop_text = fields.Char(string="End", compute="_compute_texts")
    claimed_minutes = fields.Integer(string="Minutes", readonly=True)
    claimed_days = fields.Float(string="Days", readonly=True)
    amount = fields.Char(string="Total (Days/Hours)", compute="_compute_amount")
    state = fields.Selection(STATES, readonly=True)
    needs_approval = fields.Boolean(
        readonly=True,
        help="As long as it is filed and nobody agreed, it does not count.",
    )
    entered_at = fields.Datetime(string="Entered On", readonly=True)
    reason = fields.Text(
        readonly=True, help="Of a leave it is shown on its own form only."
    )
    request_id = fields.Many2one("attendance.request", readonly=True)
    leave_id = fields.Many2one("hr.leave", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT r.id * 2 AS id, r.kind, r.overtime_kind, NULL::int AS leave_type_id,
                   r.employee_id, r.company_id, r.date_from, r.date_to,
                   CASE WHEN r.is_by_days THEN NULL ELSE r.start_minutes END
                       AS start_minutes,
                   CASE WHEN r.is_by_days OR r.kind = 'correction' THEN NULL
                        ELSE r.stop_minutes END AS stop_minutes,
                   r.claimed_minutes, r.claimed_days, r.state,
                   COALESCE(r.needs_approval, FALSE) AS needs_approval,
                   r.create_date AS entered_at, r.reason,
                   r.id AS request_id, NULL::int AS leave_id
            FROM attendance_request r
            UNION ALL
            SELECT l.id * 2 + 1, 'leave', NULL, l.holiday_status_id,
                   l.employee_id, l.employee_company_id,
                   l.request_date_from,
                   -- By hours over midnight on one date: it ends on the next.
                   l.request_date_to + (
                       l.request_unit_hours AND l.roster_tz IS NOT NULL
                       AND l.request_date_from = l.request_date_to
                       AND l.request_hour_to <= l.request_hour_from)::int,
                   CASE WHEN l.request_unit_hours
                        THEN round(l.request_hour_from * 60)::int END,
                   CASE WHEN l.request_unit_hours
                        THEN round(l.request_hour_to * 60)::int END,
                   CASE WHEN l.request_unit_hours
                        THEN round(l.number_of_hours * 60)::int ELSE 0 END,
                   CASE WHEN l.request_unit_hours THEN 0 ELSE l.number_of_days END,
                   %s, TRUE, l.create_date, NULL, NULL, l.id
            FROM hr_leave l
            """,
            SQL(LEAVE_STATE),
        )

    @api.depends("kind", "overtime_kind", "leave_type_id")
    @api.depends_context("lang")
    def _compute_title(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        overtime = dict(self._fields["overtime_kind"]._description_selection(self.env))
        for entry in self:
            # sudo: the name of a leave type, to whom the leave is shown
            leave = entry.leave_type_id.sudo().name
            entry.title = (
                leave or overtime.get(entry.overtime_kind) or kinds.get(entry.kind)
            )

    @api.depends("employee_id", "title", "date_from")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = (
                f"{entry.employee_id.name}: {entry.title} ({entry.date_from})"
            )

    @api.depends("date_from", "date_to", "start_minutes", "stop_minutes")
    def _compute_texts(self):
        for entry in self:
            is_correction = entry.kind == "correction"
            # A minute that is NULL reads as 0; a span always has an end.
            has_times = is_correction or entry.stop_minutes or entry.start_minutes
            start = f" {clock(entry.start_minutes)}" if has_times else ""
            stop = f" {clock(entry.stop_minutes)}" if has_times else ""
            entry.start_text = f"{entry.date_from}{start}"
            entry.stop_text = False if is_correction else f"{entry.date_to}{stop}"

    @api.depends("claimed_minutes", "claimed_days")
    @api.depends_context("lang")
    def _compute_amount(self):
        for entry in self:
            entry.amount = amount_words(
                self.env, entry.claimed_minutes, entry.claimed_days
            )

    @api.model
    @api.private
    def _recent_of(self, employee, *others):
        """The latest documents of a person that the login may see.

        :param others: what leaves out the one that is being looked at.
        """
        if not employee or not self.has_access("read"):
            return self
        return self.search([("employee_id", "=", employee.id), *others], limit=RECENT)

    def action_open(self):
        """The form that this line stands for."""
        self.ensure_one()
        source = self.request_id or self.leave_id
        form = self.leave_id and self.env.ref(
            "chain_attendance_request.hr_leave_view_form"
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": source._name,
            "res_id": source.id,
            "views": [(form.id if form else False, "form")],
        }
