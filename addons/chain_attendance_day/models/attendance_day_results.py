"""What is stored with a day: its rows."""

from odoo import api, fields, models


class AttendanceDay(models.Model):
    # One concern a file.
    _inherit = "attendance.day"  # pylint: disable=consider-merging-classes-inherited

    segment_ids = fields.One2many(
        "attendance.day.segment", "day_id", string="Rows", readonly=True
    )

    @api.model
    def _after_results(self, changed):
        result = super()._after_results(changed)
        if changed:
            self.env["attendance.day.segment"]._write_segments(changed)
        return result
