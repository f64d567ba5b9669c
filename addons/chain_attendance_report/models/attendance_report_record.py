from odoo import fields, models
from odoo.tools import SQL

from .attendance_report_rows_mixin import ZONE_JOINS, wall_sql


class AttendanceReportRecord(models.Model):
    """The attendance record: when a person came and went, per piece of the shift.

    A day without a shift has a row if somebody punched.
    """

    _name = "attendance.report.record"
    _description = "Attendance Record"
    _inherit = ["attendance.report.segment.mixin"]
    _auto = False
    _order = "work_date desc, employee_number, sequence, id"
    _rec_name = "employee_name"

    time_label = fields.Char(
        string="From - To",
        readonly=True,
        help="The piece of the shift, on the clock of the store. +1 is the day after.",
    )
    in_at = fields.Datetime(string="Clock-In", readonly=True)
    out_at = fields.Datetime(string="Clock-Out", readonly=True)
    in_label = fields.Char(
        string="In",
        readonly=True,
        help="The clock-in, on the clock of the store. +1 is the day after.",
    )
    out_label = fields.Char(
        string="Out",
        readonly=True,
        help="The clock-out, on the clock of the store. +1 is the day after.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT d.id, d.segment_id, d.day_id, d.employee_id, d.employee_number,
                   d.employee_name, d.english_name, %(places)s, d.work_date, d.state,
                   d.sequence, d.shift_id,
                   %(start)s || ' - ' || %(stop)s AS time_label,
                   d.in_at, d.out_at, %(in_label)s AS in_label,
                   %(out_label)s AS out_label, d.late_minutes, d.early_minutes
            FROM (%(ends)s) d
            %(zone)s
            """,
            ends=self._ends_sql(),
            places=self._places_sql("d"),
            start=wall_sql(SQL("d.start_at")),
            stop=wall_sql(SQL("d.stop_at")),
            in_label=wall_sql(SQL("d.in_at")),
            out_label=wall_sql(SQL("d.out_at")),
            zone=ZONE_JOINS,
        )

    def _ends_sql(self):
        """Pieces with their in and out; of a day without pieces, its first row.

        The only piece of a day has the in and out of the day, also where the row is
        older than the columns that hold them.
        """
        other_piece = SQL(
            "EXISTS (SELECT FROM attendance_day_segment o WHERE o.day_id = s.day_id"
            " AND o.kind = 'shift' AND o.id != s.id)"
        )
        is_own = SQL(
            "s.kind = 'shift' AND (s.in_at IS NOT NULL OR s.out_at IS NOT NULL OR %s)",
            other_piece,
        )
        return SQL(
            """
            SELECT s.id, s.id AS segment_id, s.day_id, s.employee_id,
                   e.employee_number, e.name AS employee_name, e.english_name,
                   %(places)s, s.work_date, s.state, s.sequence, s.shift_id,
                   CASE WHEN s.kind = 'shift' THEN s.start_at END AS start_at,
                   CASE WHEN s.kind = 'shift' THEN s.stop_at END AS stop_at,
                   CASE WHEN %(is_own)s THEN s.in_at ELSE day.first_in_at END AS in_at,
                   CASE WHEN %(is_own)s THEN s.out_at ELSE day.last_out_at END
                       AS out_at,
                   s.late_minutes, s.early_minutes
            FROM attendance_day_segment s
            JOIN attendance_day day ON day.id = s.day_id
            JOIN hr_employee e ON e.id = s.employee_id
            WHERE s.kind = 'shift' OR (
                s.sequence = 1
                AND (day.first_in_at IS NOT NULL OR day.last_out_at IS NOT NULL)
                AND NOT %(other_piece)s)
            """,
            places=self._places_sql("s"),
            is_own=is_own,
            other_piece=other_piece,
        )

    def _sum_names(self):
        return ("late_minutes", "early_minutes")
