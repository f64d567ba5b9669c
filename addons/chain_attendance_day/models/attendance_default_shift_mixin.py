from collections import defaultdict
from datetime import timedelta

from odoo import models

from odoo.addons.chain_attendance_shift.models.attendance_default_shift_mixin import (
    DEFAULT_FIELDS,
)

DAY = timedelta(days=1)


class Rostered:
    """On which dates some people have a roster, so that no default counts.

    :param standing: ``{employee id: first date of a standing roster}``.
    :param spans: ``{employee id: [(first, last), ...]}`` of dated rosters.
    :param overrides: ``{(employee id, date)}``.
    """

    def __init__(self, standing, spans, overrides):
        self.standing = standing
        self.spans = spans
        self.overrides = overrides

    def on(self, employee, day):
        start = self.standing.get(employee)
        return (
            (start is not None and start <= day)
            or (employee, day) in self.overrides
            or any(first <= day <= last for first, last in self.spans[employee])
        )


class AttendanceDefaultShiftMixin(models.AbstractModel):
    _inherit = "attendance.default.shift.mixin"

    def write(self, vals):
        if not DEFAULT_FIELDS & vals.keys():
            return super().write(vals)
        defaults = self._defaults()
        result = super().write(vals)
        changed = self.filtered(lambda s: s._defaults()[s.id] != defaults[s.id])
        changed._mark_default_days()
        return result

    def _defaults(self):
        return {s.id: (s.default_shift_id.id, s._default_weekdays()) for s in self}

    def _mark_default_days(self):
        """The days on which the default shift of these places counts.

        These are the stored days of people who have no roster and belong to one of
        the places on the date, with the days around them, whose windows are cut
        against it; and today, for people who had no row so far.
        """
        self.env.flush_all()
        people = self._default_people()
        if not people:
            return
        self.env.cr.execute(
            "SELECT employee_id, work_date FROM attendance_day"
            " WHERE employee_id = ANY(%s)",
            [people],
        )
        stored = self.env.cr.fetchall()
        today = self._today_here()
        asked = {day + DAY * n for _employee, day in stored for n in (-1, 0, 1)}
        dates = asked | today
        history = self.env["hr.employee"]._attendance_history(
            people, min(dates), max(dates)
        )
        rostered = self._rostered(people)
        decides = self._default_decides(history)

        def counts(employee, day):
            if employee not in history or rostered.on(employee, day):
                return False
            return decides(employee, day)

        self.env["attendance.day.queue"]._mark(
            [
                (employee, day)
                for employee, day in stored
                if any(counts(employee, day + DAY * n) for n in (-1, 0, 1))
            ]
            + [(e, day) for e in people for day in today if counts(e, day)]
        )

    def _rostered(self, people):
        self.env.cr.execute(
            """
            SELECT r.employee_id, r.kind, r.date_from, r.date_to
            FROM attendance_roster r
            LEFT JOIN attendance_rotation t ON t.id = r.rotation_id
            WHERE r.employee_id = ANY(%s) AND (r.kind = 'standing' OR t.active)
            """,
            [people],
        )
        standing, spans = {}, defaultdict(list)
        for employee, kind, first, last in self.env.cr.fetchall():
            if kind == "dated":
                spans[employee].append((first, last))
            else:
                standing[employee] = min(first, standing.get(employee, first))
        self.env.cr.execute(
            "SELECT employee_id, date FROM attendance_roster_override"
            " WHERE active AND employee_id = ANY(%s)",
            [people],
        )
        return Rostered(standing, spans, set(self.env.cr.fetchall()))

    def _default_people(self):
        """The ids of those who were ever in these places."""
        raise NotImplementedError

    def _default_decides(self, history):
        """``(employee id, date)`` to whether these places' default shift counts."""
        raise NotImplementedError

    def _today_here(self):
        """The dates on which these places are now."""
        raise NotImplementedError
