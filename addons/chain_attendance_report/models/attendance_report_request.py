from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.sql import version_on
from odoo.addons.chain_attendance_request.models.attendance_request import (
    OVERTIME_KINDS,
    STATES,
)
from odoo.addons.chain_attendance_request.models.attendance_request_entry import (
    ALL_KINDS,
    LEAVE_STATE,
)

IN_FORCE = """({0}.state = 'approved'
               OR {0}.state = 'submitted' AND {0}.needs_approval IS NOT TRUE)"""
# What the final day gives a form: forms of one date share it in the order in which they
# were filed, each up to what it claims; see ``share_out``. NULL: the day is not over.
RECOGNISED = f"""
    CASE WHEN r.kind = 'overtime' AND {IN_FORCE.format("r")} THEN (
        SELECT greatest(0, least(r.claimed_minutes,
            d.overtime_workday_minutes + d.overtime_rest_day_minutes
            + d.overtime_holiday_minutes - COALESCE((
                SELECT sum(o.claimed_minutes) FROM attendance_request o
                WHERE o.employee_id = r.employee_id AND o.work_date = r.work_date
                  AND o.kind = 'overtime' AND {IN_FORCE.format("o")}
                  AND (o.create_date, o.id) < (r.create_date, r.id)), 0)))::int
        FROM attendance_day d
        WHERE d.employee_id = r.employee_id AND d.work_date = r.work_date
          AND d.state = 'final'
          AND NOT EXISTS (SELECT FROM attendance_day_queue q
                          WHERE q.employee_id = d.employee_id
                            AND q.work_date = d.work_date)) END
"""
# As the list of all requests has it: by hours over midnight on one date, a leave ends
# on the next one.
LEAVE_END = """
    l.request_date_to + (
        l.request_unit_hours AND l.roster_tz IS NOT NULL
        AND l.request_date_from = l.request_date_to
        AND l.request_hour_to <= l.request_hour_from)::int
"""
ROWS = f"""
    SELECT r.id, r.id AS request_id, NULL::int AS leave_id, r.kind, r.overtime_kind,
           NULL::int AS leave_type_id, r.employee_id, r.company_id, r.date_from,
           r.date_to, r.claimed_minutes, r.claimed_days, {RECOGNISED}
               AS recognised_minutes,
           r.state, COALESCE(r.needs_approval, FALSE) AS needs_approval,
           r.create_date AS entered_at, r.create_uid AS entered_by_id, r.reason,
           r.destination
    FROM attendance_request r
    UNION ALL
    SELECT -l.id, NULL, l.id, 'leave', NULL, l.holiday_status_id, l.employee_id,
           l.employee_company_id, l.request_date_from, {LEAVE_END},
           CASE WHEN l.request_unit_hours THEN round(l.number_of_hours * 60)::int
                ELSE 0 END,
           CASE WHEN l.request_unit_hours THEN 0 ELSE l.number_of_days END, NULL,
           {LEAVE_STATE}, TRUE, l.create_date, l.create_uid, NULL, NULL
    FROM hr_leave l
"""
AMOUNTS = ("claimed_days", "claimed_minutes", "recognised_minutes")


class AttendanceReportRequest(models.Model):
    """What was filed: leave, overtime, outings, trips and corrections, with sums.

    Whose rows somebody sees is said by the area Reports, as of the day's figures; the
    form behind a row asks for the rights over requests.
    """

    _name = "attendance.report.request"
    _description = "Request Report"
    _inherit = ["attendance.report.rows.mixin"]
    _auto = False
    _order = "date_from desc, id desc"
    _rec_name = "employee_name"
    _depends = {
        "attendance.request": [
            "kind", "overtime_kind", "employee_id", "company_id", "date_from",
            "date_to", "work_date", "claimed_minutes", "claimed_days", "state",
            "needs_approval", "reason", "destination",
        ],
        "hr.leave": [
            "holiday_status_id", "employee_id", "employee_company_id", "state",
            "request_date_from", "request_date_to", "request_unit_hours",
            "request_hour_from", "request_hour_to", "number_of_hours",
            "number_of_days", "roster_tz",
        ],
        "hr.employee": ["name", "employee_number", "english_name"],
        "hr.version": ["department_id", "job_id", "store_id", "date_version"],
    }  # fmt: skip

    request_id = fields.Many2one("attendance.request", readonly=True)
    leave_id = fields.Many2one("hr.leave", readonly=True)
    kind = fields.Selection(ALL_KINDS, readonly=True)
    overtime_kind = fields.Selection(OVERTIME_KINDS, readonly=True)
    leave_type_id = fields.Many2one("hr.leave.type", readonly=True)
    store_id = fields.Many2one(help="The person's store on the first date.")
    date_from = fields.Date(string="First Date", readonly=True)
    date_to = fields.Date(string="Last Date", readonly=True)
    title = fields.Char(compute="_compute_entry")
    start_text = fields.Char(string="Start", compute="_compute_entry")
    stop_text = fields.Char(string="End", compute="_compute_entry")
    amount = fields.Char(string="Total (Days/Hours)", compute="_compute_entry")
    claimed_minutes = fields.Integer(
        string="Claimed", readonly=True, help="Of what was filed by hours."
    )
    claimed_days = fields.Float(
        string="Days", readonly=True, help="Of what was filed by whole days."
    )
    recognised_minutes = fields.Integer(
        string="Recognised",
        readonly=True,
        help="What the final day gives as overtime; nothing while it is in progress.",
    )
    state = fields.Selection(STATES, readonly=True)
    needs_approval = fields.Boolean(readonly=True)
    entered_at = fields.Datetime(string="Entered On", readonly=True)
    entered_by_id = fields.Many2one("res.users", readonly=True)
    reason = fields.Text(
        readonly=True, help="Of a leave it is shown on its own form only."
    )
    destination = fields.Char(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT u.*, e.employee_number, e.name AS employee_name, e.english_name,
                   place.department_id, place.job_id, place.store_id,
                   place.store_id AS home_store_id
            FROM (%s) u
            JOIN hr_employee e ON e.id = u.employee_id
            LEFT JOIN LATERAL %s place ON TRUE
            """,
            SQL(ROWS),
            SQL(version_on("u.employee_id", "u.date_from")),
        )

    @api.depends("request_id", "leave_id")
    @api.depends_context("lang")
    def _compute_entry(self):
        """The words of the list of all requests."""
        # sudo: who sees the row sees what it is called
        entries = self.env["attendance.request.entry"].sudo()
        for row in self:
            # As that list numbers them.
            number = row.request_id.id * 2 or row.leave_id.id * 2 + 1
            for name in ("title", "start_text", "stop_text", "amount"):
                row[name] = entries.browse(number)[name]

    def _sum_names(self):
        return AMOUNTS

    def _report_file_blank_zeros(self):
        return AMOUNTS

    def action_open(self):
        """The form that this row stands for."""
        self.ensure_one()
        source = self.request_id or self.leave_id
        source.check_access("read")
        form = self.leave_id and self.env.ref(
            "chain_attendance_request.hr_leave_view_form"
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": source._name,
            "res_id": source.id,
            "views": [(form.id if form else False, "form")],
        }
