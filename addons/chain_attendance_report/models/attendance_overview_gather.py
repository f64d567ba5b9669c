"""Gathering: today's days of everybody whom the reader may see."""

from collections import defaultdict, namedtuple
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.chain_attendance_base.sql import array_of
from odoo.addons.chain_attendance_engine import RequestKind

from ..overview import NO_RULES, Facts, Rules, ends, judge

DAY = timedelta(days=1)
COLUMNS = (
    "id",
    "employee_id",
    "work_date",
    "company_id",
    "store_id",
    "shift_id",
    "state",
    "leave_days",
    "window_closes_at",
    "first_in_at",
    "last_out_at",
)
DayRow = namedtuple("DayRow", COLUMNS)
# One person on the board: the day that counts now, and how it stands.
Person = namedtuple("Person", "row facts standing")
# A day with its spans and rules, as it is put together.
Day = namedtuple("Day", "row pieces leave rules")
# Requests that excuse, or stand for a punch.
EXCUSES = {
    RequestKind.OUTING: "outing",
    RequestKind.TRIP: "trip",
    RequestKind.CORRECTION: "correction",
}


class AttendanceOverview(models.AbstractModel):
    # One concern a file.
    _inherit = "attendance.overview"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _gather(self, domain):
        """The :class:`Person` of everybody, by today on the clock of their store.

        Who is still on a night shift of yesterday counts by that one.

        :param domain: on ``attendance.day``.
        """
        now = fields.Datetime.now()
        clocks = self._clocks()
        dates = {clock.date() for clock in clocks.values()}
        rows = self._day_rows(
            domain
            & Domain("work_date", "<=", max(dates))
            & (
                Domain("work_date", ">=", min(dates))
                | Domain("work_date", ">=", min(dates) - DAY)
                & Domain("state", "=", "in_progress")
            )
        )
        rows = [
            row
            for row in rows
            if self._today(row, clocks) - row.work_date in (DAY, timedelta())
        ]
        facts = self._facts(rows, clocks)
        current = {}
        for row in sorted(rows, key=lambda row: row.work_date):
            is_before = row.work_date < self._today(row, clocks)
            pieces = facts[row.id].pieces
            if is_before and not (pieces and now < pieces[-1][1]):
                continue
            # Yesterday's night is going on: today's shift has not begun.
            current.setdefault(row.employee_id, row)
        return [
            Person(row, facts[row.id], judge(facts[row.id], now))
            for row in sorted(current.values(), key=lambda row: row.employee_id)
        ]

    @api.model
    def _clocks(self):
        """``{store id: what its clock shows}``; ``False`` is the company's."""
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        # sudo: the clock of a place is no secret; people are lent to other companies
        stores = self.env["attendance.store"].sudo().with_context(active_test=False)
        zones = {
            store.id: store.tz for store in stores.search_fetch(Domain.TRUE, ["tz"])
        }
        zones[False] = self.env.company.partner_id.tz or "UTC"
        walls = {
            zone: now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            for zone in set(zones.values())
        }
        return {store: walls[zone] for store, zone in zones.items()}

    @api.model
    def _today(self, row, clocks):
        return clocks[row.store_id or False].date()

    @api.model
    def _day_rows(self, domain):
        """:class:`DayRow` of the days that the reader may see."""
        query = self.env["attendance.day"]._search(domain)
        columns = (SQL.identifier(query.table, name) for name in COLUMNS)
        return [
            DayRow(*found) for found in self.env.execute_query(query.select(*columns))
        ]

    @api.model
    def _facts(self, rows, clocks):
        """``{day id: Facts}``, in a fixed number of queries."""
        rules = self._rules(rows)
        days = {
            row.id: Day(
                row,
                [],
                [],
                rules.get((row.shift_id, row.work_date, row.company_id), NO_RULES),
            )
            for row in rows
        }
        for day, kind, *span in self._segments(list(days)):
            (days[day].pieces if kind == "shift" else days[day].leave).append(span)
        excuses = self._excuses(rows)
        punches = self._punches(days, clocks, excuses)
        return {
            number: _facts_of(day, excuses.get(day.row.employee_id, ()), punches)
            for number, day in days.items()
        }

    @api.model
    def _segments(self, day_ids):
        """What is due and leave by hours: day, kind, start and stop."""
        # In SQL: who may see the day may see its rows; ten thousands of them.
        self.env["attendance.day.segment"].flush_model()
        self.env.cr.execute(
            """
            SELECT day_id, kind, start_at, stop_at FROM attendance_day_segment
            WHERE day_id = ANY(%s) AND start_at < stop_at
              AND (kind = 'leave' OR kind = 'shift' AND due_minutes > 0)
            ORDER BY day_id, start_at
            """,
            [day_ids],
        )
        return self.env.cr.fetchall()

    @api.model
    def _excuses(self, rows):
        """``{employee id: [RequestSpan]}`` of what covers, and of corrections.

        A day in progress does not say that there are any.
        """
        if not rows:
            return {}
        dates = [row.work_date for row in rows]
        # What the engine is told: who sees the day sees what it is made of.
        requests = self.env["attendance.day"]._gather_requests(
            list({row.employee_id for row in rows}), min(dates), max(dates)
        )
        return {
            employee: [span for span in spans if span.is_in_force and _excuse(span)]
            for employee, spans in requests.items()
        }

    @api.model
    def _punches(self, days, clocks, excuses):
        """``{day id: (first, last)}`` of days in progress, corrections included.

        Of those that the engine will find in the day's window, less what the day
        before has taken.
        """
        open_days = [day for day in days.values() if day.row.state == "in_progress"]
        windows = [_window(day, clocks) for day in open_days]
        # In SQL: who may see the day may see what it is made of.
        self.env.cr.execute(
            """
            SELECT v.day_id, found.first_at, found.last_at
            FROM unnest(%s::int[], %s::int[], %s::date[], %s::timestamp[],
                        %s::timestamp[])
                AS v (day_id, employee_id, work_date, since, until)
            LEFT JOIN attendance_day before ON before.employee_id = v.employee_id
                AND before.work_date = v.work_date - 1
            CROSS JOIN LATERAL (
                SELECT min(p.punched_at) AS first_at, max(p.punched_at) AS last_at
                FROM attendance_punch p
                WHERE p.employee_id = v.employee_id AND p.quarantine IS NULL
                  AND p.punched_at < v.until
                  AND p.punched_at >= greatest(v.since, before.window_closes_at,
                                               before.last_out_at + interval '1 min')
            ) found
            WHERE found.first_at IS NOT NULL
            """,
            [
                array_of(day.row.id for day in open_days),
                array_of(day.row.employee_id for day in open_days),
                array_of(day.row.work_date for day in open_days),
                array_of(since for since, _until in windows),
                array_of(until for _since, until in windows),
            ],
        )
        found = defaultdict(list)
        for day, *ends_of_day in self.env.cr.fetchall():
            found[day] += ends_of_day
        for day, (since, until) in zip(open_days, windows, strict=True):
            for span in excuses.get(day.row.employee_id, ()):
                if span.kind is RequestKind.CORRECTION:
                    at = _naive(span.start)
                    if since <= at < until:
                        found[day.row.id].append(at)
        return {day: (min(instants), max(instants)) for day, instants in found.items()}

    @api.model
    def _rules(self, rows):
        """``{(shift id, date, company id): Rules}`` of the shifts of these days."""
        keys = {
            (row.shift_id, row.work_date, row.company_id)
            for row in rows
            if row.shift_id
        }
        policies = self.env["attendance.day"]._gather_policies({key[2] for key in keys})
        shifts = self.env["attendance.shift"]._engine_rules(
            {key[0] for key in keys}, sorted({key[1] for key in keys})
        )
        return {
            (shift, day, company): _rules_of(policies[company], shifts[shift, day])
            for shift, day, company in keys
        }


def _rules_of(policy, rules):
    shift, own = rules.shift, dict(rules.figures)
    return Rules(
        own.get("grace_late_minutes", policy.grace_late_minutes),
        own.get("counts_only_excess", policy.counts_only_excess),
        shift.elastic_minutes,
        shift.flexible_minutes is not None,
        not shift.plan or shift.plan[0].in_required,
        own.get("early_in_minutes", policy.early_in_minutes),
    )


def _window(day, clocks):
    """From when to when punches belong to a day in progress, as far as known."""
    row = day.row
    if day.pieces and not day.rules.is_flexible:
        since = day.pieces[0][0] - timedelta(minutes=day.rules.early_in)
    else:
        ahead = clocks[row.store_id or False] - fields.Datetime.now()
        since = datetime.combine(row.work_date, time()) - ahead
    # The engine says by when; a flexible day that is not over ends with the date.
    return since, row.window_closes_at or since + DAY


def _facts_of(day, excuses, punches):
    row = day.row
    away, covers = "", []
    for span in excuses:
        if span.takes_date(row.work_date):
            away = _excuse(span)
        elif not span.is_by_days and span.kind is not RequestKind.CORRECTION:
            covers.append((_naive(span.start), _naive(span.stop), _excuse(span)))
    if not away and row.leave_days and not day.pieces:
        away = "leave"
    pieces = [tuple(span) for span in day.pieces]
    if row.state == "in_progress":
        came_at, left_at = ends(*punches.get(row.id, (None, None)), pieces)
    else:
        came_at, left_at = row.first_in_at, row.last_out_at
    leave = [(*span, "leave") for span in day.leave]
    return Facts(pieces, leave, sorted(covers), away, came_at, left_at, day.rules)


def _excuse(span):
    """What a request is for the board: leave, outing, trip, correction, or nothing."""
    if span.kind is RequestKind.LEAVE:
        return "leave" if span.counts_as_worked else ""
    return EXCUSES.get(span.kind, "")


def _naive(instant):
    """An aware instant as the database has it."""
    return instant.astimezone(timezone.utc).replace(tzinfo=None)
