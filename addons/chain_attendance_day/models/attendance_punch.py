from datetime import timedelta

from odoo import api, models

from ..const import NEIGHBOUR_DAYS


class AttendancePunch(models.Model):
    _inherit = "attendance.punch"

    @api.model
    def _after_store(self, owned):
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
        return super()._after_store(owned)
