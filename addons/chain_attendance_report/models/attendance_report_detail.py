from odoo import fields, models
from odoo.tools import SQL

from .attendance_report_rows_mixin import ZONE_JOINS, wall_sql

# The figures of a row as they are stored, in the manual's order.
ROW_FIGURES = (
    "due_minutes",
    "worked_minutes",
    "late_minutes",
    "early_minutes",
    "absent_minutes",
    "punched_outing_minutes",
    "outing_minutes",
    "trip_minutes",
)
# Zeros that are left empty beside those of every report.
BLANK_ZERO = ("punched_outing_minutes", "outing_minutes", "trip_minutes")
# What rows that are no piece of a shift say nothing of, and those that nobody filed.
ONLY_IN = {
    **dict.fromkeys(("due_minutes", "worked_minutes"), ("shift",)),
    **dict.fromkeys(
        ("claimed_minutes", "counted_minutes"),
        ("leave", "worked_leave", "overtime", "outing", "trip"),
    ),
}


class AttendanceReportDetail(models.Model):
    """The attendance detail: each piece of a day, leave and overtime, in one row.

    These are the rows of the manual's figure 44: a leave that covers part of a shift
    cuts it, so that one day may have three of them.
    """

    _name = "attendance.report.detail"
    _description = "Attendance Detail"
    _inherit = ["attendance.report.segment.mixin"]
    _auto = False
    _order = "work_date desc, employee_number, sequence, id"
    _rec_name = "employee_name"

    kind = fields.Selection(
        selection=lambda self: (
            self.env["attendance.day.segment"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        readonly=True,
    )
    leave_type_id = fields.Many2one("hr.leave.type", readonly=True)
    overtime_kind = fields.Selection(
        [
            ("workday", "Workday"),
            ("rest_day", "Rest Day"),
            ("holiday", "Public Holiday"),
        ],
        readonly=True,
    )
    start_at = fields.Datetime(string="From", readonly=True)
    stop_at = fields.Datetime(string="To", readonly=True)
    time_label = fields.Char(
        string="From - To",
        readonly=True,
        help="On the clock of the store. +1 is the day after.",
    )
    due_minutes = fields.Integer(string="Due", readonly=True)
    worked_minutes = fields.Integer(string="Worked", readonly=True)
    absent_minutes = fields.Integer(string="Absent", readonly=True)
    punched_outing_minutes = fields.Integer(string="Punched Outing", readonly=True)
    outing_minutes = fields.Integer(string="Outing", readonly=True)
    trip_minutes = fields.Integer(string="Business Trip", readonly=True)
    claimed_minutes = fields.Integer(
        string="Claimed",
        readonly=True,
        help="What was asked for: the hours of overtime, days or hours of leave.",
    )
    claimed_days = fields.Integer(readonly=True)
    claimed_hour_minutes = fields.Integer(string="Claimed by Hours", readonly=True)
    counted_minutes = fields.Integer(
        string="Recognised",
        readonly=True,
        help="Of overtime, what is recognised; of leave, the minutes cut out of what "
        "was due; of an outing or business trip, the minutes within the shift.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT d.id, d.id AS segment_id, d.day_id, d.employee_id,
                   e.employee_number, e.name AS employee_name, e.english_name,
                   %(places)s, d.work_date, d.state, d.sequence, d.kind, d.shift_id,
                   d.leave_type_id, d.overtime_kind, d.start_at, d.stop_at,
                   CASE WHEN d.days = 0 THEN %(start)s || ' - ' || %(stop)s END
                       AS time_label,
                   %(figures)s,
                   CASE WHEN d.kind = 'overtime' THEN d.claimed_minutes
                        ELSE d.minutes END AS claimed_minutes,
                   d.days AS claimed_days,
                   CASE WHEN d.kind = 'overtime' THEN d.claimed_minutes
                        WHEN d.days = 0 THEN d.minutes
                        ELSE 0 END AS claimed_hour_minutes,
                   d.minutes AS counted_minutes
            FROM attendance_day_segment d
            JOIN hr_employee e ON e.id = d.employee_id
            %(zone)s
            """,
            places=self._places_sql("d"),
            start=wall_sql(SQL("d.start_at")),
            stop=wall_sql(SQL("d.stop_at")),
            figures=SQL(", ").join(SQL.identifier("d", name) for name in ROW_FIGURES),
            zone=ZONE_JOINS,
        )

    def _sum_names(self):
        return ROW_FIGURES

    def _report_file_blank_zeros(self):
        return (*super()._report_file_blank_zeros(), *BLANK_ZERO)

    def _report_file_only_in(self, name):
        return ONLY_IN.get(name, ())
