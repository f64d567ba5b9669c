from datetime import timedelta

from odoo import api, models

from ..const import NEIGHBOUR_DAYS


class AttendancePunch(models.Model):
    _inherit = "attendance.punch"

    @api.model
    def _after_store(self, owned):
        """A punch may belong to its own day, the night before or the shift after."""
        reach = range(-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
        self.env["attendance.day.queue"]._mark(
            [
                (employee, self._local_day(wall_time) + timedelta(days=days))
                for employee, wall_time in owned
                for days in reach
            ]
        )
        return super()._after_store(owned)
