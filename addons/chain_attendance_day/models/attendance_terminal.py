from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..const import AWAITED_DAYS, DIRECTION_MONTHS, NEIGHBOUR_DAYS


class AttendanceTerminal(models.Model):
    _inherit = "attendance.terminal"

    direction_policy = fields.Selection(
        help="What its punches say of coming and going when days are computed. The raw "
        "punches stay as they came. A change counts for the days of this month and the "
        "last; older days are not computed again because of it.",
    )

    def write(self, vals):
        policy = vals.get("direction_policy")
        changed = self.filtered(
            lambda terminal: policy and terminal.direction_policy != policy
        )
        result = super().write(vals)
        changed._mark_directions()
        return result

    def _mark_directions(self):
        """The days that punches at these terminals touch, of this month and the last.

        A year of punches is never marked by one click.
        """
        if not self:
            return
        self.flush_recordset(["direction_policy"])
        first = fields.Date.today().replace(day=1)
        first -= relativedelta(months=DIRECTION_MONTHS)
        tables = self.env["attendance.punch"]._tables_since(first)
        found = " UNION ".join(
            f"""
            SELECT employee_id, left(wall_time, 10)::date FROM {table}
            WHERE terminal_id = ANY(%s) AND employee_id IS NOT NULL
              AND quarantine IS NULL AND punched_at >= %s
            """
            for table in tables
        )
        span = [self.ids, datetime.combine(first, time())]
        self.env.cr.execute(found, span * len(tables))  # pylint: disable=sql-injection
        reach = range(-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
        self.env["attendance.day.queue"]._mark(
            [
                (employee, day + timedelta(days=number))
                for employee, day in self.env.cr.fetchall()
                for number in reach
            ]
        )

    def _health_awaited_days(self):
        """Days since its last punch on which people of its store had to work.

        Not those on which another terminal of the store was punched at later: then
        people go there.
        """
        awaited = super()._health_awaited_days()
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT t.id, count(DISTINCT d.work_date) FROM attendance_terminal t
            JOIN attendance_day d ON d.store_id = t.store_id AND d.due_minutes > 0
             AND d.work_date > COALESCE(t.last_punch_at, t.create_date)::date
             AND d.work_date < %(today)s AND d.work_date >= %(first)s
            WHERE t.id = ANY(%(ids)s) AND NOT EXISTS (
                SELECT 1 FROM attendance_terminal other
                WHERE other.store_id = t.store_id AND other.id <> t.id
                  AND other.active AND other.last_punch_at::date >= d.work_date)
            GROUP BY t.id
            """,
            {
                "ids": self.ids,
                "today": fields.Date.today(),
                "first": fields.Date.today() - timedelta(days=AWAITED_DAYS),
            },
        )
        return awaited | dict(self.env.cr.fetchall())
