"""Days of closed periods: held as they are, and what they would be different by."""

from collections import namedtuple

from psycopg2.extras import execute_values

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import array_of
from odoo.addons.chain_attendance_engine import DayState

from .attendance_adjustment import ADJUSTED
from .attendance_period_days import period_of

# A day of a closed period as it is stored: nothing where it has no row.
Held = namedtuple("Held", "period since organisation figures")
LINE_COLUMNS = (
    "employee_id",
    "work_date",
    "closed_period_id",
    "figure",
    "minutes",
    "days",
    "cause_codes",
    "created_at",
    "company_id",
    "department_id",
    "job_id",
    "store_id",
    "home_store_id",
)
ORGANISATION = LINE_COLUMNS[-5:]
FIGURE_COLUMNS = (*ADJUSTED, "leave_days")


class AttendanceDay(models.Model):
    # One concept, one file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _known_days(self, inputs):
        """A day with lines is judged all the same: the row alone is not what it is.

        And so is a closed one of which something was withdrawn: its row does not show
        that it was judged otherwise since.
        """
        known = super()._known_days(inputs)
        known -= self.env["attendance.adjustment"]._sums(known).keys()
        return known - self.env["attendance.exception"]._withdrawn_in_closed(known)

    @api.model
    def _hold_closed(self, judged):
        """Days of closed periods stay as they are; what differs becomes lines.

        A day lies where it was stored, also when the person was moved to another store
        afterwards, and nothing is moved into a closed period either. The periods are
        locked against being closed until these days are written.
        """
        result = super()._hold_closed(judged)
        if not judged or not self._lock_periods(judged):
            return result
        held = self._closed_days(judged)
        if held:
            found = {pair: judged.pop(pair) for pair in held}
            self._adjust({pair: (day, found[pair]) for pair, day in held.items()})
            self._sync_closed(found)
        return result

    @api.model
    def _sync_closed(self, judged):
        """What was wrong with a closed day is put right by an adjustment as well."""
        self.env["attendance.exception"]._sync(
            {
                pair: found
                for pair, found in judged.items()
                if found.result.state is not DayState.IN_PROGRESS
            }
        )

    @api.model
    def _lock_periods(self, judged):
        """Whether any period that can hold one of these days is closed.

        Those that are not cannot be closed before this transaction ends; one that was
        closed after it began makes it fail, and it is tried again.
        """
        self.env["attendance.period"].flush_model()
        days = [day for _employee, day in judged]
        places = {
            found.gathered.organisation.home_store_id
            for found in judged.values()
            if found.gathered
        }
        self.env.cr.execute(
            """
            SELECT p.state FROM attendance_period p
            WHERE p.date_from <= %s AND p.date_to >= %s
              AND (p.store_id IS NULL OR p.store_id = ANY(%s) OR p.store_id IN (
                  SELECT d.home_store_id FROM attendance_day d
                  WHERE d.employee_id = ANY(%s) AND d.work_date BETWEEN %s AND %s))
            ORDER BY p.id FOR SHARE
            """,
            [
                max(days),
                min(days),
                sorted(places - {None}),
                sorted({employee for employee, _day in judged}),
                min(days),
                max(days),
            ],
        )
        return any(state == "closed" for (state,) in self.env.cr.fetchall())

    @api.model
    def _closed_days(self, judged):
        """``{pair: Held}`` of those in a closed period."""
        pairs = [pair for pair, found in judged.items() if found.gathered]
        places = [judged[pair].gathered.organisation for pair in pairs]
        was = period_of("d.company_id", "d.home_store_id", "v.work_date")
        comes = period_of("v.company_id", "v.home_store_id", "v.work_date")
        figures = ", ".join(f"COALESCE(d.{name}, 0)" for name in FIGURE_COLUMNS)
        where = ", ".join(f"d.{name}" for name in ORGANISATION)
        self.env.cr.execute(
            f"""
            SELECT v.employee_id, v.work_date, d.id,
                   CASE WHEN was.state = 'closed' THEN was.id ELSE comes.id END,
                   CASE WHEN was.state = 'closed' THEN was.closed_at
                        ELSE comes.closed_at END,
                   {where}, {figures}
            FROM unnest(%s::int[], %s::date[], %s::int[], %s::int[])
                AS v(employee_id, work_date, company_id, home_store_id)
            LEFT JOIN attendance_day d
                ON d.employee_id = v.employee_id AND d.work_date = v.work_date
            LEFT JOIN LATERAL {was} was ON TRUE
            LEFT JOIN LATERAL {comes} comes ON TRUE
            WHERE was.state = 'closed' OR comes.state = 'closed'
            """,  # pylint: disable=sql-injection
            [
                array_of(employee for employee, _day in pairs),
                array_of(day for _employee, day in pairs),
                array_of(place.company_id for place in places),
                array_of(place.home_store_id for place in places),
            ],
        )
        held = {}
        for employee, day, row, period, since, *values in self.env.cr.fetchall():
            place, figures = values[: len(ORGANISATION)], values[len(ORGANISATION) :]
            if row is None:
                place = list(judged[employee, day].gathered.organisation)
            held[employee, day] = Held(
                period, since, place, dict(zip(FIGURE_COLUMNS, figures, strict=True))
            )
        return held

    @api.model
    def _adjust(self, held):
        """Write the lines by which closed days differ from what they are judged now.

        :param held: ``{pair: (Held, Judged)}``.
        """
        lines = self.env["attendance.adjustment"]
        sums = lines._sums(list(held))
        differing = {}
        for pair, (day, judged) in held.items():
            if judged.result.state is DayState.IN_PROGRESS:
                # Not over: it is judged again when it is.
                continue
            found = _difference(day, judged, sums.get(pair, {}))
            if found:
                differing[pair] = found
        if not differing:
            return
        causes = self._late_causes([(*pair, held[pair][0].since) for pair in differing])
        now = fields.Datetime.now()
        execute_values(
            self.env.cr,
            f"INSERT INTO attendance_adjustment ({', '.join(LINE_COLUMNS)}) VALUES %s",  # pylint: disable=sql-injection
            [
                (
                    *pair,
                    held[pair][0].period,
                    figure,
                    minutes,
                    days,
                    causes[pair],
                    now,
                    *held[pair][0].organisation,
                )
                for pair, found in differing.items()
                for figure, (minutes, days) in found.items()
            ],
            page_size=1000,
        )
        lines._assign()

    @api.model
    def _late_causes(self, days):
        """Which inputs of days were entered or changed after their closing.

        What was taken out left nothing behind and is told as “other”.

        :param days: ``[(employee id, date, since), ...]``.
        :return: ``{pair: codes of attendance.adjustment, joined by commas}``.
        """
        self.env.flush_all()
        conditions = self._cause_conditions()
        columns = ", ".join(f"({sql})" for sql in conditions.values())
        self.env.cr.execute(
            f"""
            SELECT v.employee_id, v.work_date, {columns}
            FROM (
                SELECT u.employee_id, u.work_date, greatest(u.since, (
                    SELECT max(a.created_at) FROM attendance_adjustment a
                    WHERE a.employee_id = u.employee_id AND a.work_date = u.work_date
                )) AS since
                FROM unnest(%s::int[], %s::date[], %s::timestamp[])
                    AS u(employee_id, work_date, since)
            ) v
            LEFT JOIN attendance_day d
                ON d.employee_id = v.employee_id AND d.work_date = v.work_date
            JOIN hr_employee e ON e.id = v.employee_id
            """,  # pylint: disable=sql-injection
            [list(column) for column in zip(*days, strict=True)],
        )
        return {
            (employee, day): ",".join(
                code for code, is_so in zip(conditions, found, strict=True) if is_so
            )
            or "other"
            for employee, day, *found in self.env.cr.fetchall()
        }

    @api.model
    def _cause_conditions(self):
        """``{code: SQL}`` over ``v`` (person, date, since), the day ``d`` and ``e``."""
        near = "BETWEEN v.work_date - 1 AND v.work_date + 1"
        punches = " UNION ALL ".join(
            f"""
            SELECT 1 FROM {table} x WHERE x.employee_id = v.employee_id
              AND x.punched_at >= v.work_date - 1 AND x.punched_at < v.work_date + 3
              AND x.received_at > v.since
            """
            for table in ("attendance_punch", "attendance_punch_archive")
        )
        return {
            "punch": f"EXISTS ({punches})",
            "roster": f"""
                EXISTS (SELECT 1 FROM attendance_roster x
                        WHERE x.employee_id = v.employee_id
                          AND x.date_from <= v.work_date + 1
                          AND COALESCE(x.date_to, v.work_date) >= v.work_date - 1
                          AND x.write_date > v.since)
                OR EXISTS (SELECT 1 FROM attendance_roster_override x
                           WHERE x.employee_id = v.employee_id AND x.date {near}
                             AND x.write_date > v.since)
            """,
            "shift": """
                EXISTS (SELECT 1 FROM attendance_shift x
                        WHERE x.id = d.shift_id AND x.write_date > v.since)
            """,
            "holiday": f"""
                EXISTS (SELECT 1 FROM attendance_holiday x
                        WHERE x.company_id = COALESCE(d.company_id, e.company_id)
                          AND x.date {near} AND x.write_date > v.since)
            """,
            "policy": """
                EXISTS (SELECT 1 FROM res_company x
                        JOIN attendance_policy y ON y.id = x.attendance_policy_id
                        WHERE x.id = COALESCE(d.company_id, e.company_id)
                          AND y.write_date > v.since)
            """,
            "loan": """
                EXISTS (SELECT 1 FROM attendance_store_loan x
                        WHERE x.employee_id = v.employee_id
                          AND daterange(x.date_from, x.date_to, '[]')
                              && daterange(v.work_date - 1, v.work_date + 1, '[]')
                          AND x.write_date > v.since)
            """,
        }

    @api.model
    def _after_results(self, changed):
        """A figure that changes withdraws what its person has confirmed."""
        result = super()._after_results(changed)
        if changed:
            rows = self.env["attendance.period.confirmation"]
            # sudo: days are computed in whoever's name
            rows.sudo()._withdraw(list(changed))
        return result


def _difference(held, judged, earlier):
    """``{figure: (minutes, days)}`` by which a day and its lines are not right."""
    is_there = judged.row is not None
    found = {}
    for name in ADJUSTED:
        new = (getattr(judged.result.totals, name) or 0) if is_there else 0
        minutes, days = earlier.get(name, (0, 0))
        minutes = new - held.figures[name] - minutes
        if name == "leave_minutes":
            new = (judged.result.totals.leave_days or 0) if is_there else 0
            days = new - held.figures["leave_days"] - days
        else:
            days = 0
        if minutes or days:
            found[name] = minutes, days
    return found
