from odoo import models

from odoo.addons.chain_attendance_shift.models.attendance_default_shift_mixin import (
    DEFAULT_FIELDS,
)

# Of a store also what decides on the kind of a date, and on its times.
PLANNING = DEFAULT_FIELDS | {"holiday_calendar_id", "tz"}


class AttendanceDefaultShiftMixin(models.AbstractModel):
    _inherit = "attendance.default.shift.mixin"

    def write(self, vals):
        result = super().write(vals)
        if PLANNING & vals.keys():
            self.env.flush_all()
            self.env["hr.leave"]._plan_changed(
                (employee, None, None) for employee in self._default_people()
            )
        return result
