from odoo import api, fields, models
from odoo.tools import SQL

from ..const import FIGURES
from .attendance_report_rows_mixin import PLACES


class AttendanceReportDaily(models.Model):
    """The daily report: one row a person and day, with the manual's columns."""

    _name = "attendance.report.daily"
    _description = "Daily Report"
    _inherit = ["attendance.report.mixin"]
    _auto = False
    _order = "work_date desc, employee_number, id desc"
    _rec_name = "employee_name"

    day_id = fields.Many2one("attendance.day", readonly=True)
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
    first_in_at = fields.Datetime(string="Clock-In", readonly=True)
    last_out_at = fields.Datetime(string="Clock-Out", readonly=True)
    exception_codes = fields.Char(readonly=True)
    exception_text = fields.Char(string="Exceptions", compute="_compute_exception_text")

    @property
    def _table_query(self):
        figures = SQL(", ").join(SQL.identifier("d", name) for name in FIGURES)
        places = SQL(", ").join(SQL.identifier("d", name) for name in PLACES)
        leave = SQL(", ").join(
            SQL.identifier("l", name)
            for name in ("trip_hour_minutes", *self._leave_columns())
        )
        return SQL(
            """
            SELECT d.id, d.id AS day_id, d.employee_id, e.employee_number,
                   e.name AS employee_name, e.english_name, d.shift_id, d.work_date,
                   d.state, d.day_name, d.first_in_at, d.last_out_at,
                   d.exception_codes, %(places)s, %(figures)s, %(leave)s
            FROM attendance_day d
            JOIN hr_employee e ON e.id = d.employee_id
            LEFT JOIN LATERAL (
                SELECT %(terms)s
                FROM (
                    SELECT s.kind, t.report_column, s.minutes, s.days
                    FROM attendance_day_segment s
                    LEFT JOIN hr_leave_type t ON t.id = s.leave_type_id
                    WHERE s.day_id = d.id
                ) taken
            ) l ON TRUE
            """,
            places=places,
            figures=figures,
            leave=leave,
            terms=self._leave_sql("taken"),
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
