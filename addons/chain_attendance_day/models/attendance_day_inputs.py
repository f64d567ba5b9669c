"""Gathering: everything the engine wants to know, for thousands of days at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict, namedtuple
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT
from odoo.addons.chain_attendance_engine import (
    DayInput,
    DayKind,
    Employment,
    Punch,
    PunchState,
    RosterDay,
    RosterSource,
)

from ..const import NEIGHBOUR_DAYS

DAY = timedelta(days=1)
# Yesterday, today, tomorrow: windows are cut against neighbours.
REACH = range(-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
# Zones lie within 14 hours of UTC; a night reaches into the day after.
MARGIN = timedelta(days=2)
NEVER = Employment(last=date.min)

Gathered = namedtuple("Gathered", "day_input organisation fingerprint")

# What the state keys of terminals mean; every other value is undefined.
STATE_KEYS = {
    0: PunchState.IN,
    1: PunchState.OUT,
    2: PunchState.OUT,
    3: PunchState.IN,
    4: PunchState.IN,
    5: PunchState.OUT,
}
# What a terminal's direction policy makes of them; "trust" leaves them as pressed.
DIRECTIONS = {
    "alternate": PunchState.ALTERNATE,
    "ignore": PunchState.UNDEFINED,
    "in": PunchState.IN,
    "out": PunchState.OUT,
}


class AttendanceDay(models.Model):
    _inherit = "attendance.day"

    @api.model
    @api.private
    def _prepare_engine_inputs(self, pairs):
        """The engine's inputs of many days, in a fixed number of queries.

        :param pairs: ``(employee id, date)``.
        :return: ``{pair: Gathered}``; a person who no longer exists is not in it.
        """
        pairs = sorted(set(pairs))
        if not pairs:
            return {}
        employee_ids = sorted({employee for employee, _day in pairs})
        dates = {day for _employee, day in pairs}
        around = dates | {day - DAY for day in dates} | {day + DAY for day in dates}
        places = self._gather_places(employee_ids, min(around), max(around))
        employments = self._gather_employments(employee_ids)
        policies = self._gather_policies(places.company_ids)
        kinds = self._gather_day_kinds(places.calendar_ids, around)
        planned = self._plan_days(pairs, places, policies, kinds, around)
        punches = self._gather_punches(employee_ids, min(dates), max(dates))
        filed = self._gather_requests(employee_ids, min(dates), max(dates))
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        inputs = {}
        for employee, day in pairs:
            if employee not in places:
                continue
            three = [planned[employee, day + DAY * n] for n in REACH]
            inputs[employee, day] = _gathered(
                three, punches[employee], filed.get(employee, ()),
                employments[employee], now, places.on(employee, day).organisation,
            )  # fmt: skip
        return inputs

    @api.model
    def _plan_days(self, pairs, places, policies, kinds, around):
        """``{(employee id, date): RosterDay}`` of these days and their neighbours."""
        placed = {
            (employee, day + DAY * n): places.on(employee, day + DAY * n)
            for employee, day in pairs
            if employee in places
            for n in REACH
        }
        kind_of = {
            (employee, day): kinds.get((place.calendar_id, day), DayKind.WORKDAY)
            for (employee, day), place in placed.items()
        }
        lifted = {
            key for key, kind in kind_of.items() if kind is DayKind.MAKEUP_WORKDAY
        }
        employee_ids = sorted({employee for employee, _day in placed})
        rostered = self.env["attendance.roster"]._resolve(employee_ids, around, lifted)
        rules = self._gather_shifts(rostered, around)
        judges = _Judges(policies)
        return {
            (employee, day): _roster_day(
                day,
                place.zone,
                place.organisation.company_id,
                kind_of[employee, day],
                rostered.get((employee, day)),
                rules,
                judges,
            )
            for (employee, day), place in placed.items()
        }

    @api.model
    def _gather_employments(self, employee_ids):
        """First and last date of employment where Odoo knows them.

        Somebody without a hire date whose first version has no contract start was
        there before.
        """
        self.env["hr.employee"].flush_model()
        self.env["hr.version"].flush_model()
        self.env.cr.execute(
            f"""
            SELECT e.id, employment.* FROM hr_employee e
            CROSS JOIN LATERAL {EMPLOYMENT} employment WHERE e.id = ANY(%s)
            """,  # pylint: disable=sql-injection
            [employee_ids],
        )
        return {
            employee: _employment(first, last)
            for employee, first, last in self.env.cr.fetchall()
        }

    @api.model
    def _gather_policies(self, company_ids):
        """``{company id: Policy}``."""
        # sudo: the policy judges everybody's days, whoever has them computed
        companies = self.env["res.company"].sudo().browse(sorted(company_ids))
        return {
            company.id: company.attendance_policy_id._as_engine_policy()
            for company in companies
        }

    @api.model
    def _gather_shifts(self, rostered, dates):
        """``{(shift id, date): (Shift, figures)}``: each as it is in force then."""
        shift_ids = {found.shift_id for found in rostered.values()} - {0}
        return self.env["attendance.shift"]._engine_rules(shift_ids, dates)

    @api.model
    def _gather_requests(self, employee_ids, first, last):
        """``{employee id: [RequestSpan]}`` of what can bear on days of a span."""
        return defaultdict(list)

    @api.model
    def _gather_punches(self, employee_ids, first, last):
        """``{employee id: ([instants], [Punch])}``, oldest first."""
        tables = self.env["attendance.punch"]._tables_since(first - MARGIN)
        found = " UNION ALL ".join(
            f"""
            SELECT p.employee_id, p.id, p.punched_at, p.state_key, t.direction_policy
            FROM {table} p LEFT JOIN attendance_terminal t ON t.id = p.terminal_id
            WHERE p.employee_id = ANY(%s) AND p.quarantine IS NULL
              AND p.punched_at >= %s AND p.punched_at < %s
            """
            for table in tables
        )
        span = [
            employee_ids,
            datetime.combine(first - MARGIN, time()),
            datetime.combine(last + MARGIN + DAY, time()),
        ]
        self.env.cr.execute(
            f"{found} ORDER BY employee_id, punched_at, id",  # pylint: disable=sql-injection
            span * len(tables),
        )
        punches = defaultdict(lambda: ([], []))
        for employee, punch, at, state_key, policy in self.env.cr.fetchall():
            instants, values = punches[employee]
            instants.append(at)
            state = direction(state_key, policy)
            values.append(Punch(punch, at.replace(tzinfo=timezone.utc), state))
        return punches


def direction(state_key, policy):
    """What a punch says of coming and going.

    :param state_key: as pressed at the terminal.
    :param policy: the direction policy of the terminal where it was made.
    """
    return DIRECTIONS.get(policy) or STATE_KEYS.get(state_key, PunchState.UNDEFINED)


def _employment(first, last):
    """A last day before the first one is nobody's day."""
    if first and last and last < first:
        return NEVER
    return Employment(first, last)


class _Judges:
    """Policies of companies, with the figures that a shift has of its own."""

    def __init__(self, policies):
        self.policies = policies
        self.made = {}

    def of(self, company_id, figures):
        """The policy of a company, or one like it that judges a shift."""
        policy = self.policies[company_id]
        if not figures:
            return policy
        key = company_id, figures
        if key not in self.made:
            self.made[key] = replace(policy, **dict(figures))
        return self.made[key]


def _roster_day(day, zone, company_id, kind, rostered, rules, judges):
    if rostered is None:
        return RosterDay(day, zone, judges.of(company_id, ()), day_kind=kind)
    shift, figures = rules.get((rostered.shift_id, day), (None, ()))
    return RosterDay(
        day,
        zone,
        judges.of(company_id, figures),
        shift=shift,
        is_rest=shift is None,
        day_kind=kind,
        source=RosterSource(rostered.source),
        source_key=rostered.source_id,
    )


def _gathered(three, punches, requests, employment, now, organisation):
    yesterday, today, tomorrow = three
    instants, values = punches
    requests = tuple(r for r in requests if _is_near(r, today.date))
    start = datetime.combine(today.date - MARGIN, time())
    stop = datetime.combine(today.date + MARGIN + DAY, time())
    chosen = tuple(values[bisect_left(instants, start) : bisect_right(instants, stop)])
    day_input = DayInput(
        today, yesterday, tomorrow, punches=chosen, requests=requests,
        employment=employment, now=now,
    )  # fmt: skip
    fingerprint = repr(
        (
            [_roster_print(day) for day in three],
            [(punch.key, punch.second, punch.state.value) for punch in chosen],
            (employment.first, employment.last),
            requests,
        )
    )
    return Gathered(day_input, organisation, fingerprint)


def _is_near(request, day):
    """Whether a request can touch the windows of a date."""
    if request.is_by_days:
        first, last = request.first_date, request.last_date
    else:
        stop = request.stop or request.start
        dates = [request.start.date(), stop.date(), request.work_date]
        first, last = min(filter(None, dates)), max(filter(None, dates))
    return first - MARGIN - DAY <= day <= last + MARGIN + DAY


def _roster_print(day):
    shift = day.shift
    return (
        shift and _shift_print(shift),
        day.is_rest,
        day.day_kind.value,
        str(day.zone),
        day.policy,
    )


def _shift_print(shift):
    """Everything of a shift that the engine judges by."""
    return (
        shift.key,
        shift.plan,
        shift.flexible_minutes,
        shift.core,
        shift.elastic_minutes,
        shift.works_on_holidays,
    )
