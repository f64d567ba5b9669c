"""What speaks against planning somebody on a date."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT, PLACE_MODELS, place_on

from ..conflicts import RUN_DAYS, tiring_days


class AttendanceRoster(models.Model):
    # One concern a file.
    _inherit = "attendance.roster"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    @api.private
    def _conflicts(self, planned, first, last):
        """What speaks against a plan; it does not ask who may see these people.

        :param planned: ``{(employee id, date): shift id, or 0 for rest}`` of the dates
            from ``first`` to ``last``; what comes before and after is resolved.
        :return: ``{(employee id, date): [code, ...]}`` of working days, codes as in
            ``_conflict_words``.
        """
        people = sorted({employee for employee, _day in planned})
        if not people:
            return {}
        self.env.flush_all()
        found = defaultdict(list)
        for code, pairs in (
            ("not_employed", self._not_employed(planned)),
            ("leave", self._on_leave(people, first, last)),
            ("holiday", self._on_holiday(people, first, last)),
            ("other_store", self._in_other_store(people, first, last)),
        ):
            for pair in pairs:
                if planned.get(pair):
                    found[pair].append(code)
        for pair, codes in self._tiring(planned, people, first, last).items():
            found[pair] += codes
        return dict(found)

    @api.model
    @api.private
    def _conflict_words(self):
        return {
            "not_employed": self.env._("Not employed"),
            "leave": self.env._("On leave"),
            "holiday": self.env._("Holiday"),
            "other_store": self.env._("Works in another store"),
            "short_rest": self.env._("Rest under 11 h"),
            "long_run": self.env._("More than 6 days on end"),
        }

    @api.model
    def _not_employed(self, planned):
        people = sorted({employee for employee, _day in planned})
        self.env.cr.execute(
            f"""
            SELECT e.id, employment.* FROM hr_employee e
            CROSS JOIN LATERAL {EMPLOYMENT} employment WHERE e.id = ANY(%s)
            """,  # pylint: disable=sql-injection
            [people],
        )
        known = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for employee, day in planned:
            start, end = known.get(employee, (None, None))
            if (start and day < start) or (end and day > end):
                yield employee, day

    @api.model
    def _on_leave(self, people, first, last):
        """By Time Off, where it is installed: leave that was not refused."""
        if "hr.leave" not in self.env:
            return []
        self.env.cr.execute(
            """
            SELECT DISTINCT l.employee_id, day::date FROM hr_leave l
            CROSS JOIN generate_series(
                greatest(l.request_date_from, %s), least(l.request_date_to, %s),
                interval '1 day') AS day
            WHERE l.employee_id = ANY(%s)
              AND l.state IN ('confirm', 'validate1', 'validate')
            """,
            [first, last, people],
        )
        return self.env.cr.fetchall()

    @api.model
    def _on_holiday(self, people, first, last):
        """Public holidays and moved rest days where the person works on the date."""
        kinds = self._day_kinds(people, first, last)
        return [pair for pair, kind in kinds.items() if kind != "make_up_workday"]

    @api.model
    @api.private
    def _day_kinds(self, people, first, last):
        """What the dates are by the holiday calendar of where each person works.

        :return: ``{(employee id, date): day kind}`` of the dates that a calendar holds,
            the kind as in ``attendance.holiday``.
        """
        for model in (*PLACE_MODELS, "attendance.holiday"):
            self.env[model].flush_model()
        self.env.cr.execute(
            f"""
            SELECT e.id, h.date, h.day_kind FROM attendance_holiday h
            JOIN hr_employee e ON e.id = ANY(%s)
            {place_on("h.date")}
            WHERE h.date BETWEEN %s AND %s
              AND h.calendar_id = COALESCE(
                s.holiday_calendar_id, c.attendance_holiday_calendar_id)
            """,  # pylint: disable=sql-injection
            [list(people), first, last],
        )
        return {(employee, day): kind for employee, day, kind in self.env.cr.fetchall()}

    @api.model
    def _in_other_store(self, people, first, last):
        history = self.env["hr.employee"]._attendance_history(people, first, last)
        for employee, loans in history.loans.items():
            for loan in loans:
                day, end = max(loan.date_from, first), min(loan.date_to, last)
                while day <= end:
                    own = history.version_on(employee, day).store_id
                    if history.store_on(employee, day) != own:
                        yield employee, day
                    day += timedelta(days=1)

    @api.model
    def _tiring(self, planned, people, first, last):
        before = [first - timedelta(days=n) for n in range(1, RUN_DAYS + 1)]
        around = [*before, last + timedelta(days=1)]
        known = self._resolve(people, around)
        plan = {pair: found.shift_id for pair, found in known.items()} | planned
        # sudo: as in _resolve; shifts are no secret
        shifts = self.env["attendance.shift"].sudo().browse(set(plan.values()) - {0})
        spans = {shift.id: shift._spans() for shift in shifts}
        worked = defaultdict(dict)
        for (employee, day), shift in plan.items():
            if spans.get(shift):
                worked[employee][day] = spans[shift]
        return {
            (employee, day): codes
            for employee, days in worked.items()
            for day, codes in tiring_days(days).items()
            if (employee, day) in planned
        }
