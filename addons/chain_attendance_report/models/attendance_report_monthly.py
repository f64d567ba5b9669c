from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import FIGURES
from ..month_bounds import month_bounds
from .attendance_report_rows_mixin import PLACES

# What one row is about, beside its month.
KEYS = ("employee_id", *PLACES)
# What is counted of the days of a row: a condition on the day ``d``.
DAY_COUNTS = {
    "due_days": SQL("d.due_minutes > 0"),
    "present_days": SQL("d.first_in_at IS NOT NULL OR d.last_out_at IS NOT NULL"),
    "late_count": SQL("d.late_minutes > 0"),
    "early_count": SQL("d.early_minutes > 0"),
    "absent_count": SQL("d.absent_minutes > 0"),
}


class AttendanceReportMonthly(models.Model):
    """The monthly report: a person's days of a month, or of any span, in one row.

    A row has one place: who changed department or store within the month has a row
    for each, so that everybody sees the part that is theirs. Days in progress are
    left out of every figure and counted by themselves.

    Without anything in the context a row is a calendar month; with
    ``attendance_from`` and ``attendance_to`` (dates as text, both inside) it is that
    span.
    """

    _name = "attendance.report.monthly"
    _description = "Monthly Report"
    _inherit = ["attendance.report.mixin"]
    _auto = False
    _order = "month desc, employee_number, id desc"
    _rec_name = "employee_name"

    month = fields.Date(
        readonly=True, help="The first day of the month, or of the span chosen."
    )
    date_from = fields.Date(string="First Day", readonly=True)
    date_to = fields.Date(string="Last Day", readonly=True)
    shift_id = fields.Many2one(
        "attendance.shift",
        readonly=True,
        help="The shift, where the person had no other in this span.",
    )
    day_count = fields.Integer(string="Days", readonly=True)
    open_count = fields.Integer(
        string="Days in Progress",
        readonly=True,
        help="Days that are not over yet; they are in no other figure.",
    )
    due_days = fields.Integer(string="Days Due", readonly=True)
    present_days = fields.Integer(
        string="Days Present", readonly=True, help="Days with a punch that counted."
    )
    late_count = fields.Integer(string="Times Late", readonly=True)
    early_count = fields.Integer(string="Times Early", readonly=True)
    absent_count = fields.Integer(string="Days with Absence", readonly=True)

    @property
    def _table_query(self):
        day_figures = SQL(", ").join(
            SQL(
                "CASE WHEN d.state = 'final' THEN %s ELSE 0 END AS %s",
                SQL.identifier("d", name),
                SQL.identifier(name),
            )
            for name in FIGURES
        )
        counts = SQL(", ").join(
            SQL(
                "(CASE WHEN d.state = 'final' AND (%s) THEN 1 ELSE 0 END) AS %s",
                condition,
                SQL.identifier(name),
            )
            for name, condition in DAY_COUNTS.items()
        )
        return SQL(
            """
            SELECT MIN(u.day_id) AS id, %(keys)s, u.month,
                   e.employee_number, e.name AS employee_name, e.english_name,
                   MIN(u.work_date) AS date_from, MAX(u.work_date) AS date_to,
                   CASE WHEN MIN(u.shift_id) = MAX(u.shift_id)
                        THEN MIN(u.shift_id) END AS shift_id,
                   SUM(u.day_count)::int AS day_count,
                   SUM(u.open_count)::int AS open_count,
                   %(sums)s, %(leave)s
            FROM (
                SELECT d.id AS day_id, %(day_keys)s, %(day_month)s AS month,
                       d.work_date, d.shift_id, 1 AS day_count,
                       (d.state = 'in_progress')::int AS open_count,
                       %(day_figures)s, %(counts)s, NULL AS kind,
                       NULL::int AS report_column, NULL::int AS minutes,
                       NULL::int AS days
                FROM attendance_day d
                WHERE %(day_span)s
                UNION ALL
                SELECT NULL, %(segment_keys)s, %(segment_month)s, NULL, NULL, 0, 0,
                       %(zeros)s, s.kind, t.report_column, s.minutes, s.days
                FROM attendance_day_segment s
                LEFT JOIN hr_leave_type t ON t.id = s.leave_type_id
                WHERE s.state = 'final' AND %(segment_span)s
                  AND (s.leave_type_id IS NOT NULL OR s.kind = 'trip')
            ) u
            JOIN hr_employee e ON e.id = u.employee_id
            GROUP BY %(keys)s, u.month, e.id
            HAVING MIN(u.day_id) IS NOT NULL
            """,
            keys=_listed("u", KEYS),
            sums=SQL(", ").join(
                SQL("SUM(%s)::int AS %s", SQL.identifier("u", n), SQL.identifier(n))
                for n in (*FIGURES, *DAY_COUNTS)
            ),
            leave=self._leave_sql("u"),
            day_keys=_listed("d", KEYS),
            day_month=self._month_sql("d"),
            day_figures=day_figures,
            counts=counts,
            day_span=self._span_sql("d"),
            segment_keys=_listed("s", KEYS),
            segment_month=self._month_sql("s"),
            zeros=SQL(", ").join([SQL("0")] * (len(FIGURES) + len(DAY_COUNTS))),
            segment_span=self._span_sql("s"),
        )

    def _search(self, domain, *args, **kwargs):
        """Look through the days of the months that are asked for, and no others.

        PostgreSQL cannot tell of a month on which dates its days lie; without this a
        month of one shop would read the shop's whole history.
        """
        if self._span() or "attendance_within" in self.env.context:
            return super()._search(domain, *args, **kwargs)
        within = month_bounds(Domain(domain).optimize(self))
        return self.with_context(attendance_within=within)._search(
            domain, *args, **kwargs
        )

    def _sum_names(self):
        return (*super()._sum_names(), "day_count", "open_count", *DAY_COUNTS)

    @api.model
    @api.private
    def _report_file_chunk(self, ids):
        """Only the people of these rows are summed up anew, not everybody."""
        # sudo: numbers of people, to find rows that the reader has found before
        days = self.env["attendance.day"].sudo().browse(ids).exists()
        people = days.employee_id.ids
        return super()._report_file_chunk(ids) & Domain("employee_id", "in", people)

    @api.model
    @api.private
    def _report_file_span(self, first, last):
        return [], (str(first), str(last))

    @api.model
    @api.private
    def _span(self):
        """The first and last date of the context's span, or ``None``.

        :raise UserError: for what is no date, or an end before its start.
        """
        asked = [self.env.context.get(f"attendance_{end}") for end in ("from", "to")]
        if not all(asked):
            return None
        try:
            start, stop = (fields.Date.to_date(one) for one in asked)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("The span's first and last day are no dates.")
            ) from error
        if stop < start:
            raise UserError(
                self.env._(
                    "The last day (%(stop)s) is before the first (%(start)s).",
                    start=start,
                    stop=stop,
                )
            )
        return start, stop

    @api.model
    def _month_sql(self, alias):
        if span := self._span():
            return SQL("%s::date", span[0])
        return SQL(
            "date_trunc('month', %s::timestamp)::date",
            SQL.identifier(alias, "work_date"),
        )

    @api.model
    def _span_sql(self, alias):
        if span := self._span():
            return SQL(
                "%s BETWEEN %s AND %s", SQL.identifier(alias, "work_date"), *span
            )
        terms = [SQL("TRUE")]
        within = self.env.context.get("attendance_within") or (None, None)
        for operator, day in zip((SQL(">="), SQL("<=")), within, strict=True):
            if day:
                column = SQL.identifier(alias, "work_date")
                terms.append(SQL("%s %s %s", column, operator, day))
        return SQL(" AND ").join(terms)


def _listed(alias, names):
    return SQL(", ").join(SQL.identifier(alias, name) for name in names)
