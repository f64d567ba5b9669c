from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..checked import Checked
from ..const import FIGURES
from ..month_bounds import NO_BOUNDS, month_bounds
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
# What stands in their place, and in that of the numbers of days, without days.
NO_FIGURES = SQL(", ").join([SQL("0::bigint")] * (2 + len(FIGURES) + len(DAY_COUNTS)))
Within = namedtuple("Within", "first last")


class AttendanceReportMonthly(models.Model):
    """The monthly report: a person's days of a month, or of any span, in one row.

    A row has one place: who changed department or store within the month has a row
    for each, so that everybody sees the part that is theirs. Days in progress are
    left out of every figure and counted by themselves.

    Without anything in the context a row is a calendar month; with
    ``attendance_from`` and ``attendance_to`` (dates as text, both inside) it is that
    span. Who has no day in it, and something that comes late to be taken, has a row of
    the kind ``adjustments``, without figures; its number is negative.
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
    kind = fields.Selection(
        [("days", "Days"), ("adjustments", "Adjustments Alone")], readonly=True
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
        """Days and what they hold of leave are summed up by themselves first.

        So each day is looked at for its own columns only, and the many columns of
        leave for the few rows that have any.
        """
        leave = ("trip_hour_minutes", *self._leave_columns())
        return SQL(
            """
            SELECT MIN(u.day_id) AS id, %(keys)s, u.month,
                   e.employee_number, e.name AS employee_name, e.english_name,
                   MIN(u.date_from) AS date_from, MAX(u.date_to) AS date_to,
                   CASE WHEN MIN(u.first_shift) = MAX(u.last_shift)
                        THEN MIN(u.first_shift) END AS shift_id,
                   CASE WHEN MIN(u.day_id) > 0 THEN 'days' ELSE 'adjustments' END
                        AS kind,
                   %(sums)s
            FROM (%(days)s UNION ALL %(leave)s%(adjusted)s) u
            JOIN hr_employee e ON e.id = u.employee_id
            GROUP BY %(keys)s, u.month, e.id
            HAVING MIN(u.day_id) IS NOT NULL
            """,
            keys=_listed("u", KEYS),
            sums=SQL(", ").join(
                SQL("SUM(%s)::int AS %s", SQL.identifier("u", n), SQL.identifier(n))
                for n in ("day_count", "open_count", *FIGURES, *DAY_COUNTS, *leave)
            ),
            days=self._days_sql(leave),
            leave=self._leave_rows_sql(),
            adjusted=self._adjusted_rows_sql(leave),
        )

    def _days_sql(self, leave):
        """The days of each row, without their leave."""
        figures = [
            SQL(
                "COALESCE(SUM(%s) FILTER (WHERE d.state = 'final'), 0)",
                SQL.identifier("d", name),
            )
            for name in FIGURES
        ]
        counts = [
            SQL("COUNT(*) FILTER (WHERE d.state = 'final' AND (%s))", condition)
            for condition in DAY_COUNTS.values()
        ]
        named = zip((*FIGURES, *DAY_COUNTS), (*figures, *counts), strict=True)
        return SQL(
            """
            SELECT MIN(d.id) AS day_id, %(keys)s, %(month)s AS month,
                   MIN(d.work_date) AS date_from, MAX(d.work_date) AS date_to,
                   MIN(d.shift_id) AS first_shift, MAX(d.shift_id) AS last_shift,
                   COUNT(*) AS day_count,
                   COUNT(*) FILTER (WHERE d.state = 'in_progress') AS open_count,
                   %(figures)s, %(leave)s
            FROM attendance_day d WHERE %(span)s
            GROUP BY %(keys)s, %(month)s
            """,
            keys=_listed("d", KEYS),
            month=self._month_sql("d"),
            figures=SQL(", ").join(
                SQL("%s AS %s", figure, SQL.identifier(name)) for name, figure in named
            ),
            leave=SQL(", ").join(SQL("0 AS %s", SQL.identifier(n)) for n in leave),
            span=self._span_sql("d"),
        )

    def _leave_rows_sql(self):
        """Leave, and trips by hours, of each row; columns as in ``_days_sql``.

        They have the same types too: only then are sums nobody asks for left out.
        """
        return SQL(
            """
            SELECT NULL::int, %(keys)s, s.month, NULL::date, NULL::date, NULL::int,
                   NULL::int, %(zeros)s, %(leave)s
            FROM (
                SELECT %(row_keys)s, %(month)s AS month, r.kind, t.report_column,
                       r.minutes, r.days
                FROM attendance_day_segment r
                LEFT JOIN hr_leave_type t ON t.id = r.leave_type_id
                WHERE r.state = 'final' AND %(span)s
                  AND (r.leave_type_id IS NOT NULL OR r.kind = 'trip')
            ) s
            GROUP BY %(keys)s, s.month
            """,
            keys=_listed("s", KEYS),
            row_keys=_listed("r", KEYS),
            month=self._month_sql("r"),
            zeros=NO_FIGURES,
            leave=self._leave_sql("s"),
            span=self._span_sql("r"),
        )

    def _search(self, domain, *args, **kwargs):
        """Look through the days of the months that are asked for, and no others.

        PostgreSQL cannot tell of a month on which dates its days lie; without this a
        month of one shop would read the shop's whole history.
        """
        if self._span() or self._within():
            return super()._search(domain, *args, **kwargs)
        domain = Checked(self.env).domain(domain, self)
        within = month_bounds(domain)
        return self.with_context(attendance_within=Within(*within))._search(
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
        people += self._people_of_lines([-number for number in ids if number < 0])
        return super()._report_file_chunk(ids) & Domain("employee_id", "in", people)

    @api.model
    @api.private
    def _report_file_only_in(self, name):
        """Of who has no days there are no figures."""
        return ("days",) if name in self._sum_names() else ()

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
    @api.private
    def _within(self):
        """The dates that are looked through, as ``_search`` has found them."""
        within = self.env.context.get("attendance_within")
        # Whoever calls from outside can send lists only.
        return within if isinstance(within, Within) else None

    @api.model
    def _month_sql(self, alias, name="work_date"):
        """The month of a date of a row: of its day, unless it is called otherwise."""
        if span := self._span():
            return SQL("%s::date", span[0])
        first, last = self._within() or NO_BOUNDS
        if first and last and first.replace(day=1) == last.replace(day=1):
            # Told so, PostgreSQL knows how many days the month has, and hashes them.
            return SQL("%s::date", first.replace(day=1))
        return SQL(
            "date_trunc('month', %s::timestamp)::date",
            SQL.identifier(alias, name),
        )

    @api.model
    def _span_sql(self, alias, name="work_date"):
        """Whether a date of a row is among those that are looked through."""
        if span := self._span():
            return SQL("%s BETWEEN %s AND %s", SQL.identifier(alias, name), *span)
        terms = [SQL("TRUE")]
        within = self._within() or NO_BOUNDS
        for operator, day in zip((SQL(">="), SQL("<=")), within, strict=True):
            if day:
                column = SQL.identifier(alias, name)
                terms.append(SQL("%s %s %s", column, operator, day))
        return SQL(" AND ").join(terms)


def _listed(alias, names):
    return SQL(", ").join(SQL.identifier(alias, name) for name in names)
