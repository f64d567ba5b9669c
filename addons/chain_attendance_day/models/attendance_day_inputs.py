"""Gathering: everything the engine wants to know, for thousands of days at once."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT
from odoo.addons.chain_attendance_engine import (
    DayInput,
    DayKind,
    EmployeeInput,
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


class Gathered:
    """What is known of one day.

    :param book: the :class:`_Book` of the person, the same for all their days.
    """

    __slots__ = ("book", "day", "fingerprint", "organisation")

    def __init__(self, book, day, organisation):
        self.book = book
        self.day = day
        self.organisation = organisation
        self.fingerprint = book.fingerprint(day)

    @property
    def day_input(self):
        """The engine's input of this day alone."""
        return self.book.day_input(self.day)


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
        rosters = defaultdict(dict)
        for (employee, day), roster_day in planned.items():
            rosters[employee][day] = roster_day
        prints = _RosterPrints()
        books = {
            employee: _Book(
                roster,
                punches[employee],
                filed.get(employee, ()),
                employments[employee],
                now,
                prints,
            )
            for employee, roster in rosters.items()
        }
        return {
            (employee, day): Gathered(
                books[employee], day, places.on(employee, day).organisation
            )
            for employee, day in pairs
            if employee in books
        }

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


class _Book:
    """Everything known of one person, for some of their days.

    :param roster: ``{date: RosterDay}``: the days and their neighbours.
    :param punches: ``([instants], [Punch])``, oldest first.
    :param prints: the :class:`_RosterPrints` of the batch.
    """

    __slots__ = (
        "instants", "prints", "punch_prints", "request_prints", "source",
    )  # fmt: skip

    def __init__(self, roster, punches, requests, employment, now, prints):
        self.instants, values = punches
        self.prints = prints
        self.source = EmployeeInput(
            roster, tuple(values), tuple(requests), employment, now
        )
        self.punch_prints = [
            f"{punch.key} {punch.second} {punch.state.value}" for punch in values
        ]
        self.request_prints = [
            (*_dates_of(request, roster), repr(request)) for request in requests
        ]

    def near(self, day):
        """Where the punches that can touch a date begin and end."""
        start = datetime.combine(day - MARGIN, time())
        stop = datetime.combine(day + MARGIN + DAY, time())
        return slice(
            bisect_left(self.instants, start), bisect_right(self.instants, stop)
        )

    def day_input(self, day):
        source = self.source
        before, today, after = (source.roster[day + DAY * n] for n in REACH)
        return DayInput(
            today,
            before,
            after,
            punches=source.punches[self.near(day)],
            requests=tuple(
                request
                for request, (first, last, _print) in zip(
                    source.requests, self.request_prints, strict=True
                )
                if first - MARGIN <= day <= last + MARGIN
            ),
            employment=source.employment,
            now=source.now,
        )

    def fingerprint(self, day):
        """A text that differs when anything does that the day is judged by.

        Anything that marks the day, and no more: punches and requests of the date and
        of the two beside it.
        """
        source, prints = self.source, self.prints
        parts = [prints.of(source.roster[day + DAY * n]) for n in REACH]
        start, stop = prints.span(day, source.roster[day].zone)
        first, last = (
            bisect_left(self.instants, start),
            bisect_left(self.instants, stop),
        )
        parts += self.punch_prints[first:last]
        parts.append(str([source.employment.holds(day + DAY * n) for n in REACH]))
        parts += [
            text
            for first, last, text in self.request_prints
            if first - DAY <= day <= last + DAY
        ]
        return "|".join(parts)


def _dates_of(request, roster):
    """First and last date of a request, on the clock of where the person is."""
    if request.is_by_days:
        return request.first_date, request.last_date
    zone = next(iter(roster.values())).zone
    ends = (request.start, request.stop or request.start)
    dates = [end.astimezone(zone).date() for end in ends]
    if request.work_date:
        dates.append(request.work_date)
    return min(dates), max(dates)


class _RosterPrints:
    """What roster days are judged by, in a few characters each.

    Most days of a batch share shift and policy: what they look like is written once.
    """

    def __init__(self):
        self.known, self.spans = {}, {}

    def span(self, day, zone):
        """The instants, naive, at which a date and those beside it begin and end."""
        key = day, id(zone)
        if key not in self.spans:
            midnights = (
                datetime.combine(day + DAY * n, time(), zone)
                for n in (-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
            )
            self.spans[key] = tuple(
                midnight.astimezone(timezone.utc).replace(tzinfo=None)
                for midnight in midnights
            )
        return self.spans[key]

    def of(self, day):
        key = id(day.shift), id(day.policy), id(day.zone), day.day_kind, day.is_rest
        if key not in self.known:
            shift = day.shift
            text = repr(
                (
                    shift and _shift_print(shift),
                    day.is_rest,
                    day.day_kind.value,
                    str(day.zone),
                    day.policy,
                )
            )
            digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
            # Kept with what it is of: another object may not get the same id.
            self.known[key] = digest, day
        return self.known[key][0]


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
