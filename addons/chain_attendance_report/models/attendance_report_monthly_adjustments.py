from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import end_of, start_of
from odoo.tools.misc import format_date

from odoo.addons.chain_attendance_engine import format_minutes

from ..report_file.asked import SPAN
from .attendance_report_monthly import KEYS, NO_FIGURES
from .attendance_report_rows_mixin import PLACES

VIEW_PERIODS = "chain_attendance_base.function_periods_view"
# In the context of rows that become a file.
TAKEN_AWAY = "attendance_taken_away"
ROW = ("employee_id", "month", *PLACES)


class AttendanceReportMonthly(models.Model):
    """What months are to be adjusted by, beside the figures of their days.

    A closed day never changes. What comes late is lines of ``attendance.adjustment``
    that a later period takes: they are shown in the month in which that period ends,
    and for themselves in the month of the day. They are in none of the figures. They
    are looked up for the rows on the screen, so that finding these costs nothing more.
    """

    # One concern a file.
    _inherit = "attendance.report.monthly"  # pylint: disable=consider-merging-classes-inherited

    adjustments = fields.Char(
        compute="_compute_adjustments",
        groups=VIEW_PERIODS,
        help="What came late for days of closed periods, and is taken by a period that "
        "ends in this month or span. It is in no other figure.",
    )
    adjusted_later = fields.Char(
        compute="_compute_adjustments",
        groups=VIEW_PERIODS,
        help="What came late for the days of this row, which were closed before. It is "
        "taken by another period, and is in no other figure.",
    )
    is_adjusted = fields.Boolean(
        compute="_compute_adjustments",
        search="_search_is_adjusted",
        groups=VIEW_PERIODS,
        help="Something came late for days of closed periods.",
    )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Of who has no days the list shows no figures, as files do not."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list":
            for node in arch.iterfind("./field"):
                if self._report_file_only_in(node.get("name")):
                    node.set("invisible", "kind == 'adjustments'")
        return arch, view

    @api.depends(*ROW)
    @api.depends_context("lang", *SPAN, TAKEN_AWAY)
    def _compute_adjustments(self):
        chosen = self._span()
        spans = {row: chosen or (row.month, _last(row.month)) for row in self}
        taken, later = self._adjustment_lines(set(spans.values()))
        if not taken and not later:
            # Most months, of thousands of rows each.
            self.adjustments = self.adjusted_later = self.is_adjusted = False
            return
        latest = self._latest_places({(span, key[0]) for span, *key in taken})
        for row in self:
            span, places = spans[row], tuple(row[name].id for name in PLACES)
            employee = row.employee_id.id
            # Of who has several rows in a month, the last one has them.
            is_last = latest.get((span, employee), places) == places
            row.adjustments = is_last and self._adjusted(taken[span, employee])
            row.adjusted_later = self._adjusted(later[span, employee, places])
            row.is_adjusted = bool(row.adjustments or row.adjusted_later)

    @api.model
    def _adjustment_lines(self, spans):
        """Lines that the reader may see, by what shows them.

        :return: ``{(span, employee id): lines}`` by the end of the period that takes
            them, ``{(span, employee id, places): lines}`` by their own day.
        """
        lines = self.env["attendance.adjustment"]
        people = Domain("employee_id", "in", self.employee_id.ids) & self._held_lines()
        taken, later = defaultdict(lines.browse), defaultdict(lines.browse)
        for span in spans:
            for line in lines.search(people & _between("period_id.date_to", span)):
                taken[span, line.employee_id.id] += line
            for line in lines.search(people & _between("work_date", span)):
                places = tuple(line[name].id for name in PLACES)
                later[span, line.employee_id.id, places] += line
        return taken, later

    @api.model
    def _held_lines(self):
        """The lines that the reader may see, or take away where that is wanted."""
        if not self.env.context.get(TAKEN_AWAY):
            return Domain.TRUE
        return self.env["attendance.adjustment"]._attendance_held("export")

    @api.model
    def _adjusted_rows_sql(self, leave):
        """A row for each person without days in a month that takes lines of theirs.

        Its place is that of the latest of their lines. Who may not see a line is not
        told that there is one.

        :param leave: the names of the columns of leave.
        :return: the part behind those of ``_days_sql``, whose columns it has; nothing
            for who sees no lines.
        """
        lines = self.env["attendance.adjustment"]
        if not lines.has_access("read"):
            return SQL()
        month = self._month_sql("p", "date_to")
        return SQL(
            """
            UNION ALL SELECT * FROM (
                SELECT DISTINCT ON (l.employee_id, %(month)s)
                       -l.id, %(keys)s, %(month)s, %(first)s, %(last)s, NULL::int,
                       NULL::int, %(zeros)s, %(leave)s
                FROM attendance_adjustment l
                JOIN attendance_period p ON p.id = l.period_id
                WHERE %(span)s AND l.id IN %(held)s AND NOT EXISTS (
                    SELECT FROM attendance_day d WHERE d.employee_id = l.employee_id
                        AND d.work_date BETWEEN %(first)s AND %(last)s)
                ORDER BY l.employee_id, %(month)s, l.work_date DESC, l.id DESC
            ) alone
            """,
            keys=SQL(", ").join(SQL.identifier("l", name) for name in KEYS),
            month=month,
            first=month,
            last=self._last_sql(month),
            zeros=NO_FIGURES,
            leave=SQL(", ").join([SQL("0")] * len(leave)),
            span=self._span_sql("p", "date_to"),
            held=lines._search(self._held_lines()).subselect(),
        )

    @api.model
    def _last_sql(self, month):
        """The last date of the span, or of the month that begins so."""
        if span := self._span():
            return SQL("%s::date", span[1])
        return SQL("(%s + interval '1 month' - interval '1 day')::date", month)

    @api.model
    @api.private
    def _people_of_lines(self, ids):
        # sudo: numbers of people, to find rows that the reader has found before
        lines = self.env["attendance.adjustment"].sudo().browse(ids)
        return lines.exists().employee_id.ids

    @api.model
    def _latest_places(self, pairs):
        """``{(span, employee id): places}`` of the last day of the span."""
        found = {}
        for span in {span for span, _employee in pairs}:
            people = [employee for other, employee in pairs if other == span]
            # In SQL: only which of the rows that are read is the person's last one.
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (d.employee_id) d.employee_id, %s
                    FROM attendance_day d
                    WHERE d.employee_id = ANY(%s) AND d.work_date BETWEEN %s AND %s
                    ORDER BY d.employee_id, d.work_date DESC
                    """,
                    self._places_sql("d"),
                    people,
                    *span,
                )
            )
            for employee, *places in rows:
                found[span, employee] = tuple(place or False for place in places)
        return found

    @api.model
    def _adjusted(self, lines):
        """The sums of lines as a text: ``Absent -9h, Leave +1d``; nothing of none."""
        if not lines:
            return False
        sums = defaultdict(lambda: [0, 0])
        for line in lines:
            sums[line.figure][0] += line.days
            # A day of leave is a day, and its minutes no hours beside it.
            sums[line.figure][1] += 0 if line.days else line.minutes
        labels = lines._fields["figure"]._description_selection(self.env)
        texts = ((label, _signed(*sums[figure])) for figure, label in labels)
        return ", ".join(f"{label} {text}" for label, text in texts if text) or False

    @api.model
    @api.private
    def _taken_texts(self, first, last, people):
        """What a span takes for closed days, and for which: for paper to be signed.

        :param people: ids of people whose days the reader may print.
        :return: ``{employee id: text}``, of lines that the reader may take away and of
            one's own.
        """
        lines = self.env["attendance.adjustment"]
        domain = Domain("employee_id", "in", people)
        domain &= _between("period_id.date_to", (first, last))
        # sudo: what is taken of oneself, on the paper that one signs
        own = Domain("employee_id", "in", self.env.user.sudo().employee_ids.ids)
        found = lines.sudo().search(domain & own)
        if lines.has_access("read"):
            found |= lines.search(domain & lines._attendance_held("export")).sudo()
        texts = {}
        for employee, of_person in found.grouped("employee_id").items():
            dates = sorted(set(of_person.mapped("work_date")))
            look = "MM-dd" if dates[0].year == last.year else "yyyy-MM-dd"
            days = (format_date(self.env, day, date_format=look) for day in dates)
            texts[employee.id] = self.env._(
                "%(figures)s, for %(days)s",
                figures=self._adjusted(of_person),
                days=", ".join(days),
            )
        return texts

    @api.model
    def _search_is_adjusted(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        span = self._span()
        bounds = span or self._within() or (None, None)
        lines = self.env["attendance.adjustment"]
        people = defaultdict(set)
        found = [
            (line, line.period_id.date_to)
            for line in lines.search(_between("period_id.date_to", bounds))
        ]
        found += [
            (line, line.work_date)
            for line in lines.search(_between("work_date", bounds))
        ]
        for line, day in found:
            # Of lines that no period has taken there is no date.
            if day:
                month = span[0] if span else start_of(day, "month")
                people[month].add(line.employee_id.id)
        return Domain.OR(
            Domain("month", "=", month) & Domain("employee_id", "in", list(ids))
            for month, ids in people.items()
        )


def _last(month):
    return end_of(month, "month")


def _between(name, bounds):
    """The domain of lines with this date between two dates, of which none need be."""
    first, last = bounds
    domain = Domain(name, ">=", first) if first else Domain.TRUE
    return domain & Domain(name, "<=", last) if last else domain


def _signed(days, minutes):
    """``+1d``, ``-4h``, ``+1d -4h``; nothing of nothing."""
    parts = [f"{days:+g}d"] if days else []
    if minutes:
        parts.append(("+" if minutes > 0 else "") + format_minutes(minutes))
    return " ".join(parts)
