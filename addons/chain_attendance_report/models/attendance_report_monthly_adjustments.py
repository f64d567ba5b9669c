from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.date_utils import end_of, start_of

from odoo.addons.chain_attendance_engine import format_minutes

from ..report_file.asked import SPAN
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
        people = Domain("employee_id", "in", self.employee_id.ids)
        if self.env.context.get(TAKEN_AWAY):
            people &= lines._attendance_held("export")
        taken, later = defaultdict(lines.browse), defaultdict(lines.browse)
        for span in spans:
            for line in lines.search(people & _between("period_id.date_to", span)):
                taken[span, line.employee_id.id] += line
            for line in lines.search(people & _between("work_date", span)):
                places = tuple(line[name].id for name in PLACES)
                later[span, line.employee_id.id, places] += line
        return taken, later

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
