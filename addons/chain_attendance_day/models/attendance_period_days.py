"""Which period holds which day."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.chain_attendance_base.sql import PLACE_MODELS, array_of, place_on


def period_of(company, home_store, day):
    """A sub-select: id and state of the period that holds a day; no row without one.

    A store's own period goes before the company's. To be joined with ``LATERAL``.

    :param company: SQL of the company of the date, written in the code.
    :param home_store: SQL of the person's own store of the date, likewise.
    :param day: SQL of the date, likewise.
    """
    return f"""(
        SELECT held.id, held.state, held.closed_at FROM attendance_period held
        WHERE held.company_id = {company}
          AND {day} BETWEEN held.date_from AND held.date_to
          AND (held.store_id IS NULL OR held.store_id = {home_store})
        ORDER BY held.store_id IS NULL LIMIT 1
    )"""


# A row ``d`` with company, own store and date lies in the period ``p``.
LIES_IN = """(
    d.company_id = p.company_id AND d.work_date BETWEEN p.date_from AND p.date_to
    AND (p.store_id = d.home_store_id OR p.store_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM attendance_period own
        WHERE own.company_id = d.company_id AND own.store_id = d.home_store_id
          AND d.work_date BETWEEN own.date_from AND own.date_to))
)"""


class AttendancePeriod(models.Model):
    # One concern a file.
    _inherit = "attendance.period"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _closed_pairs(self, pairs):
        """Which of these days lie in a closed period.

        A stored day lies where it was stored; a day without a row where the person
        was on the date.

        :param pairs: ``(employee id, date)``.
        :return: ``{pair: period id}`` of the closed ones.
        """
        pairs = sorted(set(pairs))
        if not pairs or not self._any_closed(pairs):
            return {}
        for model in PLACE_MODELS:
            self.env[model].flush_model()
        home = "CASE WHEN d.id IS NULL THEN place.store_id ELSE d.home_store_id END"
        held = period_of("COALESCE(d.company_id, c.id)", home, "v.work_date")
        self.env.cr.execute(
            f"""
            SELECT v.employee_id, v.work_date, period.id
            FROM unnest(%s::int[], %s::date[]) AS v(employee_id, work_date)
            JOIN hr_employee e ON e.id = v.employee_id
            LEFT JOIN attendance_day d
                ON d.employee_id = v.employee_id AND d.work_date = v.work_date
            {place_on("v.work_date")}
            CROSS JOIN LATERAL {held} period
            WHERE period.state = 'closed'
            """,  # pylint: disable=sql-injection
            [
                array_of(employee for employee, _day in pairs),
                array_of(day for _employee, day in pairs),
            ],
        )
        return {
            (employee, day): period for employee, day, period in self.env.cr.fetchall()
        }

    @api.model
    @api.private
    def _first_closed(self, spans):
        """A closed day within these spans, and what becomes of a fact about it.

        :param spans: ``[(employee id, first, last), ...]``.
        :return: ``(employee id, date, closed period, the period that takes it)`` or
            ``None``; the last is empty where no period is open.
        """
        spans = [span for span in spans if span[1] and span[1] <= span[2]]
        ends = [(employee, day) for employee, *days in spans for day in days]
        if not spans or not self._any_closed(ends):
            return None
        for model in PLACE_MODELS:
            self.env[model].flush_model()
        home = "CASE WHEN d.id IS NULL THEN place.store_id ELSE d.home_store_id END"
        held = period_of("COALESCE(d.company_id, c.id)", home, "dates.day")
        self.env.cr.execute(
            f"""
            SELECT e.id, dates.day, period.id, c.id, place.store_id
            FROM unnest(%s::int[], %s::date[], %s::date[])
                AS v(employee_id, first, last)
            JOIN hr_employee e ON e.id = v.employee_id
            JOIN attendance_period x ON x.state = 'closed'
             AND x.date_from <= v.last AND x.date_to >= v.first
            CROSS JOIN LATERAL (
                SELECT generate_series(
                    greatest(v.first, x.date_from), least(v.last, x.date_to),
                    interval '1 day')::date AS day
            ) dates
            LEFT JOIN attendance_day d
                ON d.employee_id = e.id AND d.work_date = dates.day
            {place_on("dates.day")}
            CROSS JOIN LATERAL {held} period
            WHERE period.id = x.id LIMIT 1
            """,  # pylint: disable=sql-injection
            [list(column) for column in zip(*spans, strict=True)],
        )
        found = self.env.cr.fetchone()
        if not found:
            return None
        employee, day, period, company, store = found
        closed = self.browse(period)
        return employee, day, closed, closed._taking(company, store)

    def _taking(self, company_id, store_id):
        """The open period that takes what is late for this closed one."""
        # sudo: periods are no secret
        periods = self.sudo()
        today = fields.Date.today()
        open_ones = (
            Domain("company_id", "=", company_id)
            & Domain("state", "!=", "closed")
            & Domain("store_id", "in", [False, store_id])
        )
        today_s = open_ones & Domain("date_from", "<=", today)
        today_s &= Domain("date_to", ">=", today)
        later = open_ones & Domain("date_from", ">", periods.date_to)
        for domain in (today_s, later):
            found = periods.search(domain, order="date_from, store_id", limit=1)
            if found:
                return found.sudo(False)
        return self.browse()

    @api.model
    def _any_closed(self, pairs):
        """Whether a closed period of any company is near; costs next to nothing."""
        # sudo: a period holds a day, whoever may see it
        return bool(
            self.sudo().search_count(
                [
                    ("state", "=", "closed"),
                    ("date_from", "<=", max(day for _employee, day in pairs)),
                    ("date_to", ">=", min(day for _employee, day in pairs)),
                ],
                limit=1,
            )
        )

    def _day_domain(self):
        """The stored days of this period, as a domain for ``attendance.day``."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("work_date", ">=", self.date_from)
        domain &= Domain("work_date", "<=", self.date_to)
        if self.store_id:
            return domain & Domain("home_store_id", "=", self.store_id.id)
        # sudo: which stores have periods of their own, whoever may see those
        groups = self.sudo()._read_group(
            self._near() & Domain("store_id", "!=", False),
            ["date_from:day", "date_to:day"],
            ["store_id:array_agg"],
        )
        for first, last, stores in groups:
            domain &= (
                Domain("home_store_id", "not in", stores)
                | Domain("work_date", "<", first)
                | Domain("work_date", ">", last)
            )
        return domain

    def _count_days(self, condition, joins=""):
        """``{period id: how many stored days fulfil a condition}``, in one query.

        :param condition: SQL over the day ``d``, written in the code.
        """
        self.flush_model()
        self.env.cr.execute(
            f"""
            SELECT p.id, count(*) FROM attendance_period p
            JOIN attendance_day d ON {LIES_IN} {joins}
            WHERE p.id = ANY(%s) AND {condition} GROUP BY p.id
            """,  # pylint: disable=sql-injection
            [self.ids],
        )
        return dict(self.env.cr.fetchall())

    def _waiting_pairs(self):
        """Days of these periods that wait in the queue: ``[(employee, date), ...]``."""
        self.flush_model()
        for model in PLACE_MODELS:
            self.env[model].flush_model()
        home = "CASE WHEN w.id IS NULL THEN place.store_id ELSE w.home_store_id END"
        held = period_of("COALESCE(w.company_id, c.id)", home, "q.work_date")
        self.env.cr.execute(
            f"""
            SELECT q.employee_id, q.work_date FROM attendance_day_queue q
            JOIN hr_employee e ON e.id = q.employee_id
            LEFT JOIN attendance_day w
                ON w.employee_id = q.employee_id AND w.work_date = q.work_date
            {place_on("q.work_date")}
            CROSS JOIN LATERAL {held} period
            WHERE q.work_date BETWEEN %s AND %s AND period.id = ANY(%s)
            """,  # pylint: disable=sql-injection
            [min(self.mapped("date_from")), max(self.mapped("date_to")), self.ids],
        )
        return self.env.cr.fetchall()
