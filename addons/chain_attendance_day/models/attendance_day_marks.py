"""Which days an input touches: they are computed again, and no others."""

from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import place_on

from ..const import NEIGHBOUR_DAYS

NEAR = timedelta(days=NEIGHBOUR_DAYS)
DAY = timedelta(days=1)
EVER = ((date.min, date.max),)


class AttendanceDay(models.Model):
    # One concept, one file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _mark_stored(self, domain):
        """Have the stored days of a domain computed again: an input changed.

        And those beside them, whose windows are cut against theirs.
        """
        # sudo: whatever changed an input touches days whoever may see them
        found = self.sudo().search(domain)
        self.env.cr.execute(
            """
            SELECT DISTINCT near.employee_id, near.work_date FROM attendance_day d
            JOIN attendance_day near ON near.employee_id = d.employee_id
             AND near.work_date BETWEEN d.work_date - %s AND d.work_date + %s
            WHERE d.id = ANY(%s)
            """,
            [NEIGHBOUR_DAYS, NEIGHBOUR_DAYS, found.ids],
        )
        self.env["attendance.day.queue"]._mark(self.env.cr.fetchall())

    @api.model
    @api.private
    def _mark_employed(self, before, after, spans=None):
        """The dates on which people are employed now and were not, or the reverse.

        :param before: ``{employee id: Employment}``, of the same people as ``after``.
        :param spans: ``{employee id: [(first, last), ...]}``: further dates.
        """
        found = defaultdict(list)
        for employee, more in (spans or {}).items():
            found[employee] += more
        for employee, employment in after.items():
            found[employee] += differing(_span(before[employee]), _span(employment))
        found = {employee: dates for employee, dates in found.items() if dates}
        self._mark_history(self.env["hr.employee"].browse(sorted(found)), found)

    @api.model
    @api.private
    def _mark_history(self, employees, spans=None):
        """The days of these people from their first row, roster or punch to today.

        Wider than the stored rows: a corrected contract brings days back.

        :param spans: ``{employee id: [(first, last), ...]}`` narrows them to these
            dates and the neighbours, whose windows these dates cut.
        """
        if not employees:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT e.id, least(
                (SELECT min(d.work_date) FROM attendance_day d
                 WHERE d.employee_id = e.id),
                (SELECT min(r.date_from) FROM attendance_roster r
                 WHERE r.employee_id = e.id),
                (SELECT min(o.date) FROM attendance_roster_override o
                 WHERE o.employee_id = e.id),
                (SELECT min(n.punched_at)::date - 1 FROM attendance_punch n
                 WHERE n.employee_id = e.id AND n.quarantine IS NULL))
            FROM hr_employee e WHERE e.id = ANY(%s)
            """,
            [employees.ids],
        )
        # Somewhere it is tomorrow already; a date ahead has no row.
        today = fields.Date.today() + timedelta(days=1)
        pairs = set()
        for employee, known in self.env.cr.fetchall():
            wanted = EVER if spans is None else spans.get(employee, ())
            for first, last in wanted if known else ():
                first = max(known, first - NEAR if first > date.min else first)
                last = min(today, last + NEAR if last < date.max else last)
                pairs |= {
                    (employee, first + timedelta(days=number))
                    for number in range((last - first).days + 1)
                }
        self.env["attendance.day.queue"]._mark(pairs)

    @api.model
    @api.private
    def _touched_by_holidays(self, company_ids, dates, condition, values):
        """Known days that something on these dates of a holiday calendar touches.

        A day is touched by its own date and by its neighbours', which its window is
        cut against. Known is what is stored or waits to be computed.

        :param condition: SQL over the person ``e`` and the joins of ``place_on``.
        :return: ``[(employee id, date), ...]``
        """
        dates = sorted(set(dates))
        if not dates:
            return []
        self.env.flush_all()
        reach = {day + NEAR * n for day in dates for n in (-1, 0, 1)}
        self.env.cr.execute(
            f"""
            WITH known AS (
                SELECT employee_id, work_date FROM attendance_day
                WHERE company_id = ANY(%s) AND work_date = ANY(%s)
                UNION SELECT employee_id, work_date FROM attendance_day_queue
                WHERE work_date = ANY(%s)
            )
            SELECT DISTINCT known.employee_id, known.work_date FROM known
            JOIN hr_employee e ON e.id = known.employee_id
            JOIN unnest(%s::date[]) AS changed(day)
                ON changed.day BETWEEN known.work_date - %s AND known.work_date + %s
            {place_on("changed.day")}
            WHERE {condition}
            """,  # pylint: disable=sql-injection
            [
                sorted(company_ids),
                sorted(reach),
                sorted(reach),
                dates,
                NEIGHBOUR_DAYS,
                NEIGHBOUR_DAYS,
                *values,
            ],
        )
        return self.env.cr.fetchall()


def differing(one, other):
    """The dates that lie in one of two spans ``(first, last)`` and not in the other."""
    (first, last), (start, stop) = one, other
    if last < start or stop < first:
        return [one, other]
    spans = []
    if first != start:
        spans.append((min(first, start), max(first, start) - DAY))
    if last != stop:
        spans.append((min(last, stop) + DAY, max(last, stop)))
    return spans


def _span(employment):
    return employment.first or date.min, employment.last or date.max
