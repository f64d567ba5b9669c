"""Another working calendar of a person, where a policy falls back on it."""

from odoo import models


class HrVersion(models.Model):
    # One concern a file.
    _inherit = "hr.version"  # pylint: disable=consider-merging-classes-inherited

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env["attendance.day"]._mark_unscheduled(
                [("employee_id", "in", self.employee_id.ids)]
            )
        return result
