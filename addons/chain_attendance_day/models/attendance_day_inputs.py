"""Gathering: everything the engine wants to know, for thousands of days at once."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timezone

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT
from odoo.addons.chain_attendance_engine import (
    DayKind,
    Employment,
    PunchState,
    RosterDay,
    RosterSource,
)
from odoo.addons.chain_attendance_shift.models.attendance_shift_versions import (
    ShiftRules,
)

from .day_book import DAY, MARGIN, REACH, Book, Gathered, RosterPrints

NEVER = Employment(last=date.min)
NO_SHIFT = ShiftRules(None, (), ())
SOURCES = {source.value: source for source in RosterSource}

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
        places, planned = self._gather_planned(pairs)
        employments = self._gather_employments(employee_ids)
        punches = self._gather_punches(employee_ids, min(dates), max(dates))
        filed = self._gather_requests(employee_ids, min(dates), max(dates))
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        rosters = defaultdict(dict)
        for (employee, day), roster_day in planned.items():
            rosters[employee][day] = roster_day
        prints = RosterPrints()
        books = {
            employee: Book(
                roster,
                punches[employee],
                filed.get(employee, ()),
                employments[employee],
                now,
                prints,
            )
            for employee, roster in rosters.items()
        }
        versions = self._gather_shift_versions(planned)
        return {
            (employee, day): Gathered(
                books[employee],
                day,
                places.on(employee, day).organisation,
                versions,
            )
            for employee, day in pairs
            if employee in books
        }

    @api.model
    @api.private
    def _planned_days(self, pairs):
        """``{(employee id, date): RosterDay}`` of these days and their neighbours.

        :param pairs: ``(employee id, date)``.
        """
        pairs = sorted(set(pairs))
        return self._gather_planned(pairs)[1] if pairs else {}

    @api.model
    def _gather_planned(self, pairs):
        """Where people were, and ``_planned_days``."""
        employee_ids = sorted({employee for employee, _day in pairs})
        dates = {day for _employee, day in pairs}
        around = dates | {day - DAY for day in dates} | {day + DAY for day in dates}
        places = self._gather_places(employee_ids, min(around), max(around))
        policies = self._gather_policies(places.company_ids)
        kinds = self._gather_day_kinds(places.calendar_ids, around)
        return places, self._plan_days(pairs, places, policies, kinds, around)

    @api.model
    def _plan_days(self, pairs, places, policies, kinds, around):
        """``{(employee id, date): RosterDay}`` of these days and their neighbours."""
        near = {day: [day + DAY * n for n in REACH] for _employee, day in pairs}
        wanted = defaultdict(set)
        for employee, day in pairs:
            wanted[employee].update(near[day])
        placed = {
            (employee, day): places.on(employee, day)
            for employee, days in wanted.items()
            if employee in places
            for day in sorted(days)
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
        shift_ids = {found.shift_id for found in rostered.values()} - {0}
        rules = self._gather_shifts(shift_ids, around)
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
    def _gather_shifts(self, shift_ids, dates):
        """``{(shift id, date): ShiftRules}``: each as it is in force then.

        Those that punches may decide for are in it too.
        """
        shifts = self.env["attendance.shift"]
        rules = shifts._engine_rules(shift_ids, dates, alternatives=True)
        others = {other for found in rules.values() for other in found.alternatives}
        others -= shift_ids
        return rules | shifts._engine_rules(others, dates) if others else rules

    @api.model
    def _gather_requests(self, employee_ids, first, last):
        """``{employee id: [RequestSpan]}`` of what can bear on days of a span."""
        return defaultdict(list)

    @api.model
    def _gather_punches(self, employee_ids, first, last):
        """``{employee id: [punch, ...]}`` as a :class:`Book` has them, oldest first."""
        policies = self._gather_directions()
        tables = self.env["attendance.punch"]._tables_since(first - MARGIN)
        found = " UNION ALL ".join(
            f"""
            SELECT p.employee_id, p.id,
                   floor(date_part('epoch', p.punched_at))::bigint AS second,
                   p.state_key, p.terminal_id, p.store_id
            FROM {table} p
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
            f"{found} ORDER BY employee_id, second, id",  # pylint: disable=sql-injection
            span * len(tables),
        )
        punches, states = defaultdict(list), {}
        for employee, key, second, pressed, terminal, store in self.env.cr.fetchall():
            said = pressed, policies.get(terminal)
            if said not in states:
                state = direction(*said)
                states[said] = state, state.value
            state, text = states[said]
            punches[employee].append(
                (key, second, state, store, f"{key} {second} {text}")
            )
        return punches

    @api.model
    def _gather_directions(self):
        """``{terminal id: direction policy}`` of those that do not go by the keys.

        Read once a batch: beside each punch it would be a text to join and to decode.
        """
        self.env.cr.execute(
            "SELECT id, direction_policy FROM attendance_terminal"
            " WHERE direction_policy = ANY(%s)",
            [list(DIRECTIONS)],
        )
        return dict(self.env.cr.fetchall())


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
    found = rules.get((rostered.shift_id, day), NO_SHIFT)
    return RosterDay(
        day,
        zone,
        judges.of(company_id, found.figures),
        shift=found.shift,
        is_rest=found.shift is None,
        day_kind=kind,
        candidates=candidates_of(found, day, rules),
        source=SOURCES[rostered.source],
        source_key=rostered.source_id,
    )


def candidates_of(found, day, rules):
    """The shifts between which punches decide; none where there is no choice.

    One that was flexible on that date, or is deleted, was none.

    :param found: the ``ShiftRules`` of the rostered shift.
    :param rules: ``{(shift id, date): ShiftRules}``, with those of its alternatives.
    """
    if not found.alternatives or found.shift.is_flexible:
        return ()
    others = (rules.get((number, day), NO_SHIFT).shift for number in found.alternatives)
    others = tuple(shift for shift in others if shift and not shift.is_flexible)
    return (found.shift, *others) if others else ()
