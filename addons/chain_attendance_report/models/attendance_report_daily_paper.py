from odoo import models


class AttendanceReportDaily(models.Model):
    # One concern a file.
    _inherit = "attendance.report.daily"  # pylint: disable=consider-merging-classes-inherited

    def action_print_detail(self):
        """A PDF file of the detail of these rows' days."""
        return self.day_id.action_print_detail()
