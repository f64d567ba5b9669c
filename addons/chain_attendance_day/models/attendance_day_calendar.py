"""Odoo's working calendar where no roster says anything, by policy (rule 13)."""

from dataclasses import replace
from datetime import timedelta

from odoo import api, models

from odoo.addons.chain_attendance_base.sql import array_of
from odoo.addons.chain_attendance_engine import DayKind, EngineError, RosterSource
from odoo.addons.chain_attendance_shift.models.shift_definition import engine_shift

from .attendance_day_places import DAY_KINDS

DAY = timedelta(days=1)
HOUR_MINUTES = 60
BREAK = "lunch"
# On which the hours of a calendar are not due.
FREE_KINDS = ("public_holiday", "moved_rest_day")
# A make-up workday without hours of its own has those of a day so far back at most.
WEEK_DAYS = 7


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _plan_days(self, pairs, places, policies, kinds, around):
        planned = super()._plan_days(pairs, places, policies, kinds, around)
        missing = {
            pair: day
            for pair, day in planned.items()
            if day.source is RosterSource.NONE and day.policy.unscheduled_uses_calendar
        }
        if missing:
            planned |= self._plan_by_calendar(missing)
        return planned

    @api.model
    def _plan_by_calendar(self, missing):
        """What the working calendars of people say of dates without a roster.

        A calendar without hours, a flexible one, says nothing: such a day stays
        unscheduled.

        :param missing: ``{(employee id, date): RosterDay}``, and so the result.
        """
        calendar_of = self._gather_calendars(list(missing))
        weeks = self._weeks(calendar_of)
        found = {}
        for pair, calendar in calendar_of.items():
            planned, week = missing[pair], weeks[calendar]
            if not week.shifts:
                continue
            shift = week.on(pair[1], planned.day_kind)
            found[pair] = replace(
                planned,
                shift=shift,
                is_rest=shift is None,
                source=RosterSource.CALENDAR,
                source_key=calendar if shift else None,
            )
        return found

    @api.model
    @api.private
    def _works_by_calendar(self, kinds):
        """Those dates without a roster on which hours of a working calendar are due.

        :param kinds: ``{(employee id, date): kind of the holiday}``, if it is one.
        """
        policy_ids = self.env["attendance.policy"]._calendar_policy_ids()
        if not policy_ids:
            return set()
        # sudo: whose company judges so, and its hours, of people who are shown
        people = self.env["hr.employee"].sudo().browse({one for one, _day in kinds})
        people = people.filtered(
            lambda one: one.company_id.attendance_policy_id.id in policy_ids
        )
        by_calendar = set(people.ids)
        pairs = [
            pair
            for pair, kind in kinds.items()
            if pair[0] in by_calendar and kind not in FREE_KINDS
        ]
        if not pairs:
            return set()
        calendar_of = self._gather_calendars(pairs)
        weeks = self._weeks(calendar_of)
        return {
            pair
            for pair, calendar in calendar_of.items()
            if weeks[calendar].on(pair[1], DAY_KINDS.get(kinds[pair]))
        }

    @api.model
    def _weeks(self, calendar_of):
        """``{calendar id: _Week}`` of these days."""
        # sudo: people are judged by their hours, whoever may see those
        calendars = self.env["resource.calendar"].sudo()
        return {
            calendar: _Week(calendars.browse(calendar))
            for calendar in sorted(set(calendar_of.values()))
        }

    @api.model
    def _gather_calendars(self, pairs):
        """``{(employee id, date): calendar id}`` by the version of the date."""
        self.env["hr.version"].flush_model()
        self.env.cr.execute(
            """
            SELECT v.employee_id, v.work_date, version.resource_calendar_id
            FROM unnest(%s::int[], %s::date[]) AS v (employee_id, work_date)
            CROSS JOIN LATERAL (
                SELECT x.resource_calendar_id FROM hr_version x
                WHERE x.employee_id = v.employee_id AND x.active
                ORDER BY x.date_version > v.work_date,
                         abs(x.date_version - v.work_date) LIMIT 1
            ) version
            WHERE version.resource_calendar_id IS NOT NULL
            """,
            [array_of(pair[0] for pair in pairs), array_of(pair[1] for pair in pairs)],
        )
        return {
            (person, day): calendar for person, day, calendar in self.env.cr.fetchall()
        }

    @api.model
    @api.private
    def _mark_unscheduled(self, domain):
        """Days without a roster, of companies that judge them by working calendars."""
        policy_ids = self.env["attendance.policy"]._calendar_policy_ids()
        if policy_ids:
            self._mark_stored(
                [
                    ("company_id.attendance_policy_id", "in", policy_ids),
                    ("shift_id", "=", False),
                    *domain,
                ]
            )


class _Week:
    """The hours of a working calendar as shifts.

    :param calendar: a ``resource.calendar``
    """

    def __init__(self, calendar):
        self.lines = calendar.attendance_ids
        self.shifts = {}
        if calendar.flexible_hours or calendar.duration_based:
            return
        lines = self.lines.filtered(lambda line: not line.display_type)
        weeks = ("0", "1") if calendar.two_weeks_calendar else (False,)
        for week in weeks:
            for weekday in {line.dayofweek for line in lines}:
                shift = _shift_of(
                    calendar.name,
                    lines.filtered(
                        lambda line, week=week, weekday=weekday: (
                            line.dayofweek == weekday
                            and (line.week_type or False) == week
                        )
                    ),
                )
                if shift:
                    self.shifts[week, int(weekday)] = shift
        self.has_two_weeks = calendar.two_weeks_calendar

    def on(self, day, kind):
        """The shift of a date; a make-up workday lifts the day of rest."""
        shift = self._of(day)
        if shift is None and kind is DayKind.MAKEUP_WORKDAY:
            before = (self._of(day - DAY * n) for n in range(1, WEEK_DAYS + 1))
            shift = next(filter(None, before), None)
        return shift

    def _of(self, day):
        week = str(self.lines.get_week_type(day)) if self.has_two_weeks else False
        return self.shifts.get((week, day.weekday()))


def _shift_of(name, lines):
    """The engine's shift of a day's lines; ``None`` where they make none.

    Lines that adjoin are one timetable, in which the breaks are.
    """
    tables, breaks = [], []
    for line in lines.sorted("hour_from"):
        start, end = (
            round(hour * HOUR_MINUTES) for hour in (line.hour_from, line.hour_to)
        )
        if end <= start:
            continue
        if line.day_period == BREAK:
            # Before the first hour of work it is none.
            if tables and tables[-1][1] == start:
                breaks.append((start, end))
                tables[-1][1] = end
        elif tables and tables[-1][1] == start:
            tables[-1][1] = end
        else:
            tables.append([start, end])
    if breaks and tables[-1][1] == breaks[-1][1]:
        # Neither is it one after the last.
        tables[-1][1] = breaks.pop()[0]
    return _engine_shift(name, tables, breaks)


def _engine_shift(name, tables, breaks):
    if not tables:
        return None
    definition = {
        "timetables": [
            {**_span(*table), "is_in_required": True, "is_out_required": True}
            for table in tables
        ],
        "breaks": [
            {**_span(*pause), "kind": "fixed", "beyond_minutes": 0, "is_paid": False}
            for pause in breaks
        ],
        "core": [],
        "is_flexible": False,
        "flexible_minutes": 0,
        "elastic_minutes": 0,
        "works_on_holidays": False,
    }
    try:
        # It is no shift of the database, so that it has no number.
        return engine_shift(None, definition, name)
    except EngineError:
        return None


def _span(start, end):
    return {"start_minutes": start, "end_minutes": end}
