"""Resolving: the rosters of thousands of people, asked for many dates at once.

Which roster decides is the engine's; this gathers its entries.
"""

from collections import defaultdict, namedtuple
from datetime import date

from odoo import api, models

from odoo.addons.chain_attendance_engine import (
    DayKind,
    RosterEntry,
    Rosters,
    RosterSource,
)

from .attendance_roster import WEEKDAYS


class RosteredDay(namedtuple("RosteredDay", "shift_id source source_id")):
    """What the roster says of one employee and date.

    ``shift_id`` is 0 on a rest day; ``source`` is a value of the engine's
    ``RosterSource``, ``source_id`` the entry that decided: an override, a roster, or
    for ``default`` a store or, negative, a department.
    """

    __slots__ = ()

    @property
    def decided_by(self):
        """``(model, id)`` of what decided."""
        if self.source == "default":
            is_store = self.source_id > 0
            model = "attendance.store" if is_store else "hr.department"
            return model, abs(self.source_id)
        if self.source == "override":
            return "attendance.roster.override", self.source_id
        return "attendance.roster", self.source_id


WORKS = ", ".join(f"r.works_{day}" for day in WEEKDAYS)
DEFAULT_WORKS = ", ".join(f"default_works_{day}" for day in WEEKDAYS)


class AttendanceRoster(models.Model):
    # One concern a file.
    _inherit = "attendance.roster"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _resolve(
        self, employee_ids, dates, make_up_days=frozenset(), *, overridden=True
    ):
        """What is planned for many people on many dates, in at most seven queries.

        An override goes before a dated roster, that before a standing one, that before
        the default shift of the store, and that before the department's.

        :param dates: the dates asked for, in any order.
        :param make_up_days: ``(employee id, date)`` that the person's holiday calendar
            makes a workday: they lift the weekly rest.
        :param overridden: false asks what the rosters say beneath changes by hand.
        :return: ``{(employee id, date): RosteredDay}``; a pair for which nothing is
            planned is not in it.
        """
        employee_ids, dates = list(employee_ids), sorted(set(dates))
        if not dates or not employee_ids:
            return {}
        lasting = self._gather_rosters(employee_ids, dates[0], dates[-1])
        overrides = {}
        if overridden:
            overrides = self._gather_overrides(employee_ids, dates[0], dates[-1])
        resolved, missing = {}, []
        for employee in employee_ids:
            entries = lasting.get(employee, [])
            rosters = Rosters(entries)
            for day in dates:
                pair = employee, day
                asked = rosters
                if pair in overrides:
                    asked = Rosters([*overrides[pair], *entries])
                choice = asked.on(day, _day_kind(pair, make_up_days))
                if choice.entry is None:
                    missing.append(pair)
                else:
                    resolved[pair] = _rostered(choice)
        return resolved | self._resolve_default(missing, make_up_days)

    @api.model
    def _gather_overrides(self, employee_ids, first, last):
        """``{(employee id, date): [RosterEntry, ...]}``."""
        self.env["attendance.roster.override"].flush_model()
        self.env.cr.execute(
            "SELECT id, employee_id, date, shift_id FROM attendance_roster_override"
            " WHERE active AND employee_id = ANY(%s) AND date BETWEEN %s AND %s",
            [employee_ids, first, last],
        )
        overrides = defaultdict(list)
        for key, employee, day, shift in self.env.cr.fetchall():
            entry = RosterEntry(
                key, RosterSource.OVERRIDE, day, day, (shift,), entered=key
            )
            overrides[employee, day].append(entry)
        return overrides

    @api.model
    def _gather_rosters(self, employee_ids, first, last):
        """``{employee id: [RosterEntry, ...]}`` of standing and dated rosters."""
        for model in ("attendance.roster", "attendance.rotation"):
            self.env[model].flush_model()
        # In SQL: thousands of rows, of which no record is needed; and days are
        # computed in whoever's name, record rules must not matter.
        self.env.cr.execute(
            f"""
            SELECT r.id, r.employee_id, r.date_from, r.date_to, r.shift_id,
                   r.rotation_id, t.date_from - r.cycle_offset, {WORKS}
            FROM attendance_roster r
            LEFT JOIN attendance_rotation t ON t.id = r.rotation_id
            WHERE r.employee_id = ANY(%s) AND r.date_from <= %s
              AND (r.kind = 'standing' OR (t.active AND r.date_to >= %s))
            """,  # pylint: disable=sql-injection
            [employee_ids, last, first],
        )
        rows = self.env.cr.fetchall()
        cycles = self._gather_cycles({row[5] for row in rows} - {None})
        entries, weeks = defaultdict(list), {}
        for key, employee, start, end, shift, rotation, cycle_start, *works in rows:
            if rotation:
                entry = RosterEntry(
                    key,
                    RosterSource.DATED,
                    start,
                    end,
                    cycles[rotation],
                    cycle_start,
                    entered=key,
                )
            else:
                entry = RosterEntry(
                    key,
                    RosterSource.STANDING,
                    start,
                    None,
                    (shift,),
                    weekly_rest=_weekly_rest(works, weeks),
                    entered=key,
                )
            entries[employee].append(entry)
        return entries

    @api.model
    def _gather_cycles(self, rotation_ids):
        """``{rotation id: (shift id or None, ...)}``."""
        if not rotation_ids:
            return {}
        self.env["attendance.rotation.slot"].flush_model()
        self.env.cr.execute(
            "SELECT rotation_id, array_agg(shift_id ORDER BY number)"
            " FROM attendance_rotation_slot WHERE rotation_id = ANY(%s)"
            " GROUP BY rotation_id",
            [sorted(rotation_ids)],
        )
        return {rotation: tuple(slots) for rotation, slots in self.env.cr.fetchall()}

    @api.model
    def _resolve_default(self, pairs, make_up_days):
        """By the default shift of where a person belongs on the date.

        The store where the person works goes before the department.
        """
        if not pairs:
            return {}
        dates = {day for _employee, day in pairs}
        history = self.env["hr.employee"]._attendance_history(
            {employee for employee, _day in pairs}, min(dates), max(dates)
        )
        places = {
            pair: (history.store_on(*pair), history.version_on(*pair).department_id)
            for pair in pairs
            if pair[0] in history
        }
        stores = self._gather_defaults(
            "attendance.store", {store for store, _department in places.values()}, 1
        )
        departments = self._gather_defaults(
            "hr.department", {department for _store, department in places.values()}, -1
        )
        rosters, resolved = {}, {}
        for pair, (store, department) in places.items():
            if (store, department) not in rosters:
                found = [stores.get(store), departments.get(department)]
                rosters[store, department] = Rosters(filter(None, found))
            asked = rosters[store, department]
            choice = asked.on(pair[1], _day_kind(pair, make_up_days))
            if choice.entry is not None:
                resolved[pair] = _rostered(choice)
        return resolved

    @api.model
    def _gather_defaults(self, model, ids, sign):
        """``{id: RosterEntry}`` of the stores or departments with a default shift.

        :param sign: 1 or -1, of their keys; the positive ones go first.
        """
        table = self.env[model]._table
        self.env[model].flush_model()
        self.env.cr.execute(
            f"SELECT id, default_shift_id, {DEFAULT_WORKS} FROM {table}"
            " WHERE id = ANY(%s) AND default_shift_id IS NOT NULL",  # pylint: disable=sql-injection
            [sorted(ids - {None})],
        )
        weeks = {}
        return {
            key: RosterEntry(
                key * sign,
                RosterSource.DEFAULT,
                date.min,
                None,
                (shift,),
                weekly_rest=_weekly_rest(works, weeks),
                entered=sign,
            )
            for key, shift, *works in self.env.cr.fetchall()
        }


def _day_kind(pair, make_up_days):
    return DayKind.MAKEUP_WORKDAY if pair in make_up_days else DayKind.WORKDAY


def _rostered(choice):
    return RosteredDay(choice.shift or 0, choice.entry.source.value, choice.entry.key)


def _weekly_rest(works, weeks):
    """ISO weekdays of rest of seven booleans; equal weeks are one object."""
    works = tuple(works)
    if works not in weeks:
        weeks[works] = frozenset(n for n, work in enumerate(works, 1) if not work)
    return weeks[works]
