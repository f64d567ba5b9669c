from datetime import timedelta

from odoo import api, models

from ..const import NEIGHBOUR_DAYS
from .attendance_day_queue import mark_of

# Each day once, after all punches are in: see `AttendanceDayQueue._mark`.
STORED_DAYS = f"""
    SELECT DISTINCT s.employee_id, left(s.wall_time, 10)::date + away AS work_date
    FROM stored s,
        generate_series(-{NEIGHBOUR_DAYS}, {NEIGHBOUR_DAYS}) AS away
    WHERE s.employee_id IS NOT NULL AND s.quarantine IS NULL
"""


class AttendancePunch(models.Model):
    _inherit = "attendance.punch"

    @api.model
    def _insert(self, rows):
        queue = self.env["attendance.day.queue"]
        is_awake = queue._is_awake()
        stored = super()._insert(rows)
        if any(employee and not mark for employee, _at, mark in stored):
            queue._after_mark(is_awake)
        return stored

    @api.model
    def _insert_more(self):
        return [*super()._insert_more(), f"marked AS ({mark_of(STORED_DAYS)})"]

    @api.model
    def _after_move(self, owned):
        """A punch may belong to its own day, the night before or the shift after."""
        days = {(employee, wall_time[:10]) for employee, wall_time in owned}
        self.env["attendance.day.queue"]._mark(
            {
                (employee, day + timedelta(days=away))
                for employee, text in days
                for day in [self._local_day(text)]
                for away in range(-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
            }
        )
        return super()._after_move(owned)
