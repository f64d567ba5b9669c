from datetime import date, timedelta

from odoo import api, fields, models

from ..const import NEIGHBOUR_DAYS

REACH = timedelta(days=NEIGHBOUR_DAYS)


class AttendanceShift(models.Model):
    _inherit = "attendance.shift"

    def _mark_days(self, since, recognises=False):
        """The days judged by this shift, from a date on, and what borders on them.

        Windows are cut against the neighbours, so the day before the first one is
        computed again too. Of dates that have no row yet the neighbour counts as soon
        as the shift is in use: it may be planned there.
        """
        result = super()._mark_days(since, recognises)
        self.env.flush_all()
        if recognises:
            self._mark_rostered(since)
            return result
        self.env.cr.execute(
            f"""
            WITH used AS ({" UNION ALL ".join(self._use_queries())})
            SELECT near.employee_id, near.work_date FROM attendance_day near
            WHERE near.employee_id IN (SELECT employee_id FROM used)
              AND near.work_date >= %(since)s::date - %(near)s
              AND (near.work_date >= %(today)s::date - %(near)s
                   OR EXISTS (
                SELECT 1 FROM attendance_day d
                WHERE d.employee_id = near.employee_id
                  AND d.shift_id = ANY(%(shifts)s) AND d.work_date >= %(since)s
                  AND d.work_date BETWEEN near.work_date - %(near)s
                                      AND near.work_date + %(near)s))
            """,  # pylint: disable=sql-injection
            {
                "shifts": self.ids,
                "since": since or date(1, 1, 3),
                "today": fields.Date.today(),
                "near": NEIGHBOUR_DAYS,
            },
        )
        self.env["attendance.day.queue"]._mark(self.env.cr.fetchall())
        return result

    def _mark_rostered(self, since):
        """As ``_mark_days``, by what is rostered: the rows say what was recognised."""
        rostered = self | self.alternative_of_ids
        first = (since or date(1, 1, 3)) - REACH
        self.env.cr.execute(
            f"""
            SELECT d.employee_id, d.work_date FROM attendance_day d
            WHERE d.work_date >= %(first)s AND d.employee_id IN (
                SELECT employee_id FROM ({" UNION ALL ".join(self._use_queries())}) used
            )
            """,  # pylint: disable=sql-injection
            {"shifts": rostered.ids, "first": first},
        )
        pairs = self.env.cr.fetchall()
        planned = self.env["attendance.day"]._planned_days(pairs)
        ids = set(rostered.ids)
        concerned = {
            (employee, day + REACH * n)
            for (employee, day), found in planned.items()
            if found.shift and found.shift.key in ids and not (since and day < since)
            for n in (-1, 0, 1)
        }
        self.env["attendance.day.queue"]._mark(
            [pair for pair in pairs if pair in concerned]
        )

    @api.model
    def _use_queries(self):
        return [
            *super()._use_queries(),
            "SELECT shift_id, employee_id, work_date FROM attendance_day"
            " WHERE shift_id = ANY(%(shifts)s)",
        ]

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.day", "shift_id")]
