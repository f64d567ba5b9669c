from datetime import time

from odoo import models

from odoo.addons.chain_attendance_engine import Shift, Timetable


class AttendanceShift(models.Model):
    _inherit = "attendance.shift"

    def _as_engine_shift(self):
        """This shift as the engine's value."""
        self.ensure_one()
        return Shift(
            self.id,
            tuple(
                Timetable(_wall(t.start_minutes), _wall(t.end_minutes))
                for t in self.timetable_ids.sorted(lambda t: (t.sequence, t.id))
            ),
            name=self.name,
        )

    def _mark_days(self):
        """Everybody who is or was rostered on this shift."""
        self.env["attendance.roster"].sudo().search(
            [("shift_id", "in", self.ids)]
        )._mark_days()


def _wall(minutes):
    """Minutes after midnight as a wall-clock time; 24:00 is 0:00."""
    return time(minutes // 60 % 24, minutes % 60)
