"""Gathering: everything the engine wants to know, for thousands of days at once."""

from bisect import bisect_left, bisect_right
from collections import defaultdict, namedtuple
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.chain_attendance_engine import (
    DayInput,
    Employment,
    Punch,
    PunchState,
    RosterDay,
    RosterSource,
)

DAY = timedelta(days=1)
# Zones lie within 14 hours of UTC; a night reaches into the day after.
MARGIN = timedelta(days=2)

Organisation = namedtuple("Organisation", "company_id department_id job_id store_id")
Version = namedtuple("Version", "date_from organisation zone")
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
        versions = self._gather_versions(employee_ids)
        employments = self._gather_employments(employee_ids)
        policies = self._gather_policies(versions)
        rostered = self.env["attendance.roster"]._resolve(employee_ids, around)
        shifts = self._gather_shifts({d.shift_id for d in rostered.values()})
        punches = self._gather_punches(employee_ids, min(dates), max(dates))
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        days = {}

        def roster_day(employee, day):
            key = (employee, day)
            if key not in days:
                version = _version_on(versions[employee], day)
                policy = policies[version.organisation.company_id]
                days[key] = _roster_day(day, version, policy, rostered.get(key), shifts)
            return days[key]

        inputs = {}
        for employee, day in pairs:
            if employee not in versions:
                continue
            three = [roster_day(employee, day + DAY * n) for n in (-1, 0, 1)]
            inputs[employee, day] = _gathered(
                three, punches[employee], employments[employee], now,
                _version_on(versions[employee], day).organisation,
            )  # fmt: skip
        return inputs

    @api.model
    def _gather_versions(self, employee_ids):
        """``{employee id: [Version, ...]}`` from the first date to the last."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT v.employee_id, v.date_version, e.company_id, v.department_id,
                   v.job_id, v.store_id, COALESCE(s.tz, p.tz, 'UTC')
            FROM hr_version v
            JOIN hr_employee e ON e.id = v.employee_id
            JOIN res_company c ON c.id = e.company_id
            JOIN res_partner p ON p.id = c.partner_id
            LEFT JOIN attendance_store s ON s.id = v.store_id
            WHERE v.employee_id = ANY(%s) AND v.active
            ORDER BY v.employee_id, v.date_version
            """,
            [employee_ids],
        )
        versions = defaultdict(list)
        for (
            employee,
            day,
            company,
            department,
            job,
            store,
            zone,
        ) in self.env.cr.fetchall():
            organisation = Organisation(company, department, job, store)
            versions[employee].append(Version(day, organisation, ZoneInfo(zone)))
        return versions

    @api.model
    def _gather_employments(self, employee_ids):
        """First and last date of employment where Odoo knows them.

        Somebody whose first version has no contract start was there before.
        """
        self.env.cr.execute(
            """
            SELECT e.id, (array_agg(v.contract_date_start ORDER BY v.date_version))[1],
                   CASE WHEN e.active THEN NULL ELSE max(v.departure_date) END
            FROM hr_employee e JOIN hr_version v ON v.employee_id = e.id
            WHERE e.id = ANY(%s) AND v.active GROUP BY e.id
            """,
            [employee_ids],
        )
        return {
            employee: Employment(first, last)
            for employee, first, last in self.env.cr.fetchall()
        }

    @api.model
    def _gather_policies(self, versions):
        """``{company id: Policy}`` of the companies that occur."""
        ids = {v.organisation.company_id for found in versions.values() for v in found}
        companies = self.env["res.company"].sudo().browse(sorted(ids))
        return {
            company.id: company.attendance_policy_id._as_engine_policy()
            for company in companies
        }

    @api.model
    def _gather_shifts(self, shift_ids):
        shifts = self.env["attendance.shift"].sudo().browse(sorted(shift_ids - {0}))
        return {shift.id: shift._as_engine_shift() for shift in shifts}

    @api.model
    def _gather_punches(self, employee_ids, first, last):
        """``{employee id: ([instants], [Punch])}``, oldest first."""
        self.env.cr.execute(
            """
            SELECT employee_id, id, punched_at, state_key FROM attendance_punch
            WHERE employee_id = ANY(%s) AND quarantine IS NULL
              AND punched_at >= %s AND punched_at < %s
            ORDER BY employee_id, punched_at, id
            """,
            [
                employee_ids,
                datetime.combine(first - MARGIN, time()),
                datetime.combine(last + MARGIN + DAY, time()),
            ],
        )
        punches = defaultdict(lambda: ([], []))
        for employee, punch, at, state_key in self.env.cr.fetchall():
            instants, values = punches[employee]
            instants.append(at)
            state = STATE_KEYS.get(state_key, PunchState.UNDEFINED)
            values.append(Punch(punch, at.replace(tzinfo=timezone.utc), state))
        return punches


def _version_on(versions, day):
    """The version in force; before the first one, the first."""
    found = versions[0]
    for version in versions[1:]:
        if version.date_from > day:
            break
        found = version
    return found


def _roster_day(day, version, policy, rostered, shifts):
    if rostered is None:
        return RosterDay(day, version.zone, policy)
    shift = shifts.get(rostered.shift_id)
    return RosterDay(
        day,
        version.zone,
        policy,
        shift=shift,
        is_rest=shift is None,
        source=RosterSource(rostered.source),
        source_key=rostered.source_id,
    )


def _gathered(three, punches, employment, now, organisation):
    yesterday, today, tomorrow = three
    instants, values = punches
    start = datetime.combine(today.date - MARGIN, time())
    stop = datetime.combine(today.date + MARGIN + DAY, time())
    chosen = tuple(values[bisect_left(instants, start) : bisect_right(instants, stop)])
    day_input = DayInput(
        today, yesterday, tomorrow, punches=chosen, employment=employment, now=now
    )
    fingerprint = repr(
        (
            [_roster_print(day) for day in three],
            [(punch.key, punch.second, punch.state.value) for punch in chosen],
            (employment.first, employment.last),
        )
    )
    return Gathered(day_input, organisation, fingerprint)


def _roster_print(day):
    shift = day.shift
    return (
        shift and (shift.key, shift.plan),
        day.is_rest,
        day.day_kind.value,
        str(day.zone),
        day.policy,
    )
