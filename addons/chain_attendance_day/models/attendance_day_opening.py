"""Which days begin, and which are over: what has them computed without a punch."""

from odoo import api, models

from odoo.addons.chain_attendance_base.sql import EMPLOYMENT, place_on

from ..const import CATCH_UP_DAYS

# Of whom a day is expected: a row ``e`` with the joins of ``place_on``.
EXPECTED = """(
    EXISTS (SELECT 1 FROM attendance_roster r WHERE r.employee_id = e.id)
    OR EXISTS (SELECT 1 FROM attendance_roster_override r WHERE r.employee_id = e.id)
    OR s.default_shift_id IS NOT NULL
    OR EXISTS (SELECT 1 FROM hr_department d
               WHERE d.id = place.department_id AND d.default_shift_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM attendance_terminal_code t WHERE t.employee_id = e.id)
)"""


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _mark_closed_windows(self):
        """Days in progress whose window is over can be judged now."""
        self.env.cr.execute(
            """
            SELECT d.employee_id, d.work_date FROM attendance_day d
            WHERE d.state = 'in_progress'
              AND d.window_closes_at <= now() AT TIME ZONE 'UTC'
              AND NOT EXISTS (SELECT 1 FROM attendance_day_queue q
                              WHERE q.employee_id = d.employee_id
                              AND q.work_date = d.work_date)
            """
        )
        self.env["attendance.day.queue"]._mark(self.env.cr.fetchall())

    @api.model
    def _cron_open_days(self):
        # Terminals mark the same days meanwhile; see there.
        self.env["attendance.day.queue"]._new_transaction()
        self._open_days()

    @api.model
    def _open_days(self):
        """Open the days that have begun where people are.

        For everybody who is rostered, works in a store with a default shift or holds
        a terminal code: each date after the last row, so that a server that was down
        loses no day, up to today on the wall clock of the store where the person is
        today, inside the employment.
        """
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT e.id, opened.day::date
            FROM hr_employee e
            CROSS JOIN LATERAL {EMPLOYMENT} employment
            CROSS JOIN LATERAL (
                SELECT max(near.day) AS today FROM (
                    SELECT (now() AT TIME ZONE 'UTC')::date + days AS day
                    FROM generate_series(-1, 1) AS days
                ) near
                {place_on("near.day")}
                WHERE (now() AT TIME ZONE COALESCE(s.tz, p.tz, 'UTC'))::date >= near.day
            ) clock
            {place_on("clock.today")}
            CROSS JOIN LATERAL (
                SELECT max(a.work_date) AS day FROM attendance_day a
                WHERE a.employee_id = e.id AND a.work_date <= clock.today
            ) last
            CROSS JOIN LATERAL generate_series(
                greatest(COALESCE(last.day + 1, clock.today), clock.today - %s,
                         employment.first_day),
                least(clock.today, employment.last_day), interval '1 day'
            ) AS opened(day)
            WHERE (e.active OR employment.last_day IS NOT NULL) AND {EXPECTED}
            """,  # pylint: disable=sql-injection
            [CATCH_UP_DAYS],
        )
        self.env["attendance.day.queue"]._mark(self.env.cr.fetchall())
        self.env["attendance.punch"]._assign_strays()
