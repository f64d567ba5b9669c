from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.models.attendance_scope_mixin import (
    ROW_COLUMNS,
)

FIGURES = {
    "due_minutes": "Due",
    "worked_minutes": "Worked",
    "late_minutes": "Late",
    "early_minutes": "Early",
    "absent_minutes": "Absent",
    "overtime_workday_minutes": "Workday Overtime",
    "overtime_rest_day_minutes": "Rest-Day Overtime",
    "overtime_holiday_minutes": "Holiday Overtime",
}


class AttendanceReportDaily(models.Model):
    """The daily report: one row a person and day, with the manual's columns."""

    _name = "attendance.report.daily"
    _description = "Daily Report"
    _inherit = ["attendance.scope.mixin"]
    _auto = False
    _order = "work_date desc, employee_number, id desc"
    _rec_name = "employee_name"

    _attendance_area = "reports"
    _attendance_scope_columns = ROW_COLUMNS | {"store": ("store_id", "home_store_id")}

    day_id = fields.Many2one("attendance.day", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    employee_number = fields.Char(readonly=True)
    employee_name = fields.Char(string="Name", readonly=True)
    english_name = fields.Char(readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    store_id = fields.Many2one(
        "attendance.store",
        readonly=True,
        help="Where the person worked: the own store, or the one they were lent to.",
    )
    home_store_id = fields.Many2one(
        "attendance.store",
        string="Own Store",
        readonly=True,
        help="The store to which the person belonged on that date.",
    )
    job_id = fields.Many2one("hr.job", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    shift_id = fields.Many2one("attendance.shift", readonly=True)
    shift_label = fields.Char(string="Shift of the Day", compute="_compute_shift_label")
    work_date = fields.Date(string="Date", readonly=True)
    state = fields.Selection(
        [("final", "Final"), ("in_progress", "In Progress")], readonly=True
    )
    day_name = fields.Selection(
        [
            ("work", "Work"),
            ("rest", "Rest"),
            ("holiday", "Holiday"),
            ("unscheduled", "Unscheduled"),
        ],
        readonly=True,
    )
    due_minutes = fields.Integer(string="Due", readonly=True)
    worked_minutes = fields.Integer(string="Worked", readonly=True)
    late_minutes = fields.Integer(string="Late", readonly=True)
    early_minutes = fields.Integer(string="Early", readonly=True)
    absent_minutes = fields.Integer(string="Absent", readonly=True)
    overtime_workday_minutes = fields.Integer(string="Workday Overtime", readonly=True)
    overtime_rest_day_minutes = fields.Integer(
        string="Rest-Day Overtime", readonly=True
    )
    overtime_holiday_minutes = fields.Integer(string="Holiday Overtime", readonly=True)
    first_in_at = fields.Datetime(string="Clock-In", readonly=True)
    last_out_at = fields.Datetime(string="Clock-Out", readonly=True)
    exception_codes = fields.Char(readonly=True)
    exception_text = fields.Char(string="Exceptions", compute="_compute_exception_text")

    @property
    def _table_query(self):
        figures = SQL(", ").join(SQL.identifier("d", name) for name in FIGURES)
        return SQL(
            """
            SELECT d.id, d.id AS day_id, d.employee_id, e.employee_number,
                   e.name AS employee_name, e.english_name, d.department_id, d.store_id,
                   d.home_store_id, d.job_id, d.company_id, d.shift_id, d.work_date,
                   d.state, d.day_name, d.first_in_at, d.last_out_at,
                   d.exception_codes, %s
            FROM attendance_day d JOIN hr_employee e ON e.id = d.employee_id
            """,
            figures,
        )

    @api.depends("shift_id", "day_name")
    @api.depends_context("lang")
    def _compute_shift_label(self):
        names = dict(self._fields["day_name"]._description_selection(self.env))
        for row in self:
            # sudo: an archived shift, or one of another company, still has a name
            shift = row.shift_id.sudo().name
            row.shift_label = shift or names.get(row.day_name)

    @api.depends("exception_codes")
    @api.depends_context("lang")
    def _compute_exception_text(self):
        names = self._exception_names()
        for row in self:
            codes = (row.exception_codes or "").split(",")
            row.exception_text = ", ".join(names.get(code, code) for code in codes)

    def action_explain(self):
        """How the figures of the row came to be."""
        self.ensure_one()
        return self.day_id.action_explain()

    @api.model
    def _exception_names(self):
        """The engine's exceptions in the reader's language."""
        return {
            "missing_in": self.env._("Clock-in missing"),
            "missing_out": self.env._("Clock-out missing"),
            "key_conflict": self.env._("State keys contradict"),
            "shift_undecided": self.env._("Shift undecided"),
            "present_on_leave": self.env._("Present while on leave"),
            "unapproved_work": self.env._("Unapproved work"),
            "unscheduled_work": self.env._("Unscheduled work"),
            "overtime_kind_differs": self.env._("Overtime kind differs"),
            "leave_amount_differs": self.env._("Leave amount differs"),
            "core_time": self.env._("Core time missed"),
        }
