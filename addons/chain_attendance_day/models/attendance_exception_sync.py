"""Exceptions follow the days: raised, kept, withdrawn, in a fixed number of queries."""

import json
from datetime import timedelta
from enum import Enum

from odoo import api, fields, models

from odoo.addons.chain_attendance_base.sql import PLACE_MODELS, array_of
from odoo.addons.chain_attendance_engine import DayState, Mark, PunchSource

from .attendance_day_row_mixin import PLACES

DAY = timedelta(days=1)
# How far back another rule is looked at again: what is older nobody acts on.
RESYNC_DAYS = 62
READ_MODELS = (*PLACE_MODELS, "hr.department", "res.users", "attendance.exception")

# Who sees to a row ``d`` that has the places of its day. Nobody is responsible for
# oneself.
OWNER_JOINS = """
    JOIN res_company c ON c.id = d.company_id
    LEFT JOIN attendance_store os ON os.id = d.store_id
    LEFT JOIN hr_employee sm
        ON sm.id = os.manager_id AND sm.active AND sm.id != d.employee_id
    LEFT JOIN res_users su ON su.id = sm.user_id AND su.active
    LEFT JOIN hr_department od ON od.id = d.department_id
    LEFT JOIN hr_employee dm
        ON dm.id = od.manager_id AND dm.active AND dm.id != d.employee_id
    LEFT JOIN res_users du ON du.id = dm.user_id AND du.active
    LEFT JOIN hr_department up ON up.id = od.parent_id
    LEFT JOIN hr_employee um
        ON um.id = up.manager_id AND um.active AND um.id != d.employee_id
    LEFT JOIN res_users uu ON uu.id = um.user_id AND uu.active
"""
OWNER = "COALESCE(su.id, du.id, uu.id, c.attendance_exception_user_id)"
COLUMNS = ("employee_id", "work_date", *PLACES)
# What somebody decided holds for the figures that were decided on.
REOPENS = """(x.state = 'withdrawn'
    OR x.state != 'open' AND x.figures IS DISTINCT FROM EXCLUDED.figures)"""
KEPT = (*PLACES, "owner_id", "severity", "figures")
STORE = f"""
    INSERT INTO attendance_exception AS x (
        {", ".join(COLUMNS)}, code, severity, figures, owner_id, state, opened_at)
    SELECT {", ".join(f"d.{name}" for name in COLUMNS)},
           v.code, v.severity, v.figures::jsonb, {OWNER}, 'open', %s::timestamp
    FROM unnest(%s::int[], %s::date[], %s::varchar[], %s::varchar[], %s::text[])
        AS v (employee_id, work_date, code, severity, figures)
    JOIN attendance_day d
        ON d.employee_id = v.employee_id AND d.work_date = v.work_date
    {OWNER_JOINS}
    ORDER BY v.employee_id, v.work_date, v.code
    ON CONFLICT (employee_id, work_date, code) DO UPDATE SET
        {", ".join(f"{name} = EXCLUDED.{name}" for name in KEPT)},
        state = CASE WHEN {REOPENS} THEN 'open' ELSE x.state END,
        opened_at = CASE WHEN {REOPENS} THEN EXCLUDED.opened_at ELSE x.opened_at END
    WHERE x.state = 'withdrawn'
       OR ({", ".join(f"x.{name}" for name in KEPT)})
          IS DISTINCT FROM ({", ".join(f"EXCLUDED.{name}" for name in KEPT)})
"""
WITHDRAW = """
    UPDATE attendance_exception x SET state = 'withdrawn'
    FROM unnest(%s::int[], %s::date[], %s::varchar[])
        AS g (employee_id, work_date, code)
    WHERE x.employee_id = g.employee_id AND x.work_date = g.work_date
      AND (g.code IS NULL OR g.code = x.code) AND x.state != 'withdrawn'
      AND NOT EXISTS (
          SELECT 1 FROM unnest(%s::int[], %s::date[], %s::varchar[])
              AS f (employee_id, work_date, code)
          WHERE f.employee_id = x.employee_id AND f.work_date = x.work_date
            AND f.code = x.code)
"""
SHORT_REST = """
    SELECT d.employee_id, d.work_date,
           extract(epoch FROM y.last_out_at)::bigint / 60,
           extract(epoch FROM d.first_in_at)::bigint / 60,
           c.attendance_least_rest_minutes
    FROM unnest(%s::int[], %s::date[]) AS g (employee_id, work_date)
    JOIN attendance_day d
        ON d.employee_id = g.employee_id AND d.work_date = g.work_date
    JOIN attendance_day y
        ON y.employee_id = d.employee_id AND y.work_date = d.work_date - 1
    JOIN res_company c ON c.id = d.company_id
    WHERE d.state = 'final' AND y.state = 'final'
      AND d.first_in_at >= y.last_out_at
      AND d.first_in_at - y.last_out_at
          < c.attendance_least_rest_minutes * interval '1 minute'
"""


class AttendanceException(models.Model):
    # One concern a file.
    _inherit = "attendance.exception"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _sync(self, changed):
        """Raise what these days say and withdraw what they say no longer.

        A day in progress says nothing.

        :param changed: ``{pair: Judged}``.
        """
        for model in READ_MODELS:
            self.env[model].flush_model()
        found = {}
        for pair, judged in changed.items():
            if judged.row and judged.result.state is DayState.FINAL:
                for code, figures in _of_result(judged.result).items():
                    found[(*pair, code)] = figures
        governed = [(*pair, None) for pair in changed]
        self._find_more(changed, found, governed)
        self._store(found, governed)
        gone = [pair for pair, judged in changed.items() if not judged.row]
        if gone:
            self.env.cr.execute(
                """
                DELETE FROM attendance_exception x
                USING unnest(%s::int[], %s::date[]) AS g (employee_id, work_date)
                WHERE x.employee_id = g.employee_id AND x.work_date = g.work_date
                """,
                _arrays(gone),
            )

    @api.model
    def _find_more(self, changed, found, governed):
        """Hook: what the engine does not know of.

        :param found: ``{(employee id, date, code): figures}``, to be added to.
        :param governed: ``(employee id, date, code)`` of what is withdrawn unless
            found, to be added to; without a code every cause of the day.
        """
        found |= self._find_cross_store(changed)
        after = {(employee, day + DAY) for employee, day in changed} - changed.keys()
        governed += [(*pair, "short_rest") for pair in after]
        found |= self._find_short_rest([*changed, *sorted(after)])

    @api.model
    def _find_short_rest(self, pairs):
        """Whose rest between the day before and the day was shorter than it must be."""
        self.env.cr.execute(SHORT_REST, _arrays(pairs))
        return {
            (employee, day, "short_rest"): [
                {
                    "minutes": first - last,
                    "least": least,
                    "out": int(last),
                    "in": int(first),
                }
            ]
            for employee, day, last, first, least in self.env.cr.fetchall()
        }

    @api.model
    def _find_cross_store(self, changed):
        """Who punched in a store where they neither belonged nor were lent to."""
        found = {}
        for pair, judged in changed.items():
            if not judged.row or judged.result.state is not DayState.FINAL:
                continue
            place, book = judged.gathered.organisation, judged.gathered.book
            own = {None, place.store_id, place.home_store_id}
            if not place.home_store_id or own.issuperset(book.store_ids):
                continue
            stores = {
                book.stores[mark.key]
                for mark in judged.result.marks
                if mark.source is not PunchSource.CORRECTION
                and mark.mark is not Mark.OTHER_DATE
            }
            if stores - own:
                found[(*pair, "cross_store")] = [{"stores": sorted(stores - own)}]
        return found

    @api.model
    def _store(self, found, governed):
        """Write both in two statements."""
        severities = self._severities()
        rows = [
            (*key, severities[key[2]], json.dumps(figures, sort_keys=True))
            for key, figures in found.items()
        ]
        self.env.cr.execute(
            WITHDRAW, [*_arrays(governed, 3), *_arrays([row[:3] for row in rows], 3)]
        )
        if rows:
            self.env.cr.execute(STORE, [fields.Datetime.now(), *_arrays(rows, 5)])
        self.invalidate_model()

    @api.model
    @api.private
    def _withdrawn_in_closed(self, pairs):
        """Those of these days in closed periods of which something was withdrawn."""
        if not pairs:
            return set()
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT x.employee_id, x.work_date FROM attendance_exception x
            JOIN unnest(%s::int[], %s::date[]) AS g (employee_id, work_date)
                ON x.employee_id = g.employee_id AND x.work_date = g.work_date
            WHERE x.state = 'withdrawn' AND EXISTS (
                SELECT 1 FROM attendance_period p
                WHERE p.state = 'closed' AND p.company_id = x.company_id
                  AND x.work_date BETWEEN p.date_from AND p.date_to)
            """,
            _arrays(pairs),
        )
        return set(self.env.cr.fetchall())

    @api.model
    @api.private
    def _sync_rest(self, companies):
        """Look at the rest again; how long it must be has changed."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT employee_id, work_date FROM attendance_day"
            " WHERE company_id = ANY(%s) AND work_date >= %s",
            [companies.ids, fields.Date.today() - RESYNC_DAYS * DAY],
        )
        pairs = self.env.cr.fetchall()
        governed = [(*pair, "short_rest") for pair in pairs]
        self._store(self._find_short_rest(pairs), governed)

    @api.model
    @api.private
    def _assign_owners(self, stores=None):
        """Give open exceptions to who is responsible now.

        :param stores: of these stores; without, all.
        """
        for model in READ_MODELS:
            self.env[model].flush_model()
        condition = "" if stores is None else "AND d.store_id = ANY(%s)"
        self.env.cr.execute(
            f"""
            UPDATE attendance_exception x SET owner_id = {OWNER}
            FROM attendance_exception d {OWNER_JOINS}
            WHERE x.id = d.id AND d.state = 'open' {condition}
              AND x.owner_id IS DISTINCT FROM {OWNER}
            """,  # pylint: disable=sql-injection
            [] if stores is None else [stores.ids],
        )
        self.invalidate_model(["owner_id"])


def _arrays(rows, width=2):
    """The columns of rows, each as one parameter.

    :param width: how many columns there are.
    """
    columns = list(zip(*rows, strict=True)) or [()] * width
    return [array_of(values) for values in columns]


def _of_result(result):
    """``{code: [figures, ...]}`` of what the engine raised."""
    found = {}
    for raised in result.exceptions:
        figures = {name: _plain(value) for name, value in raised.figures}
        found.setdefault(raised.kind.value, []).append(figures)
    return found


def _plain(value):
    """A figure of the engine as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value
