from odoo import models


class AttendanceReportDetail(models.Model):
    # One concern a file.
    _inherit = "attendance.report.detail"  # pylint: disable=consider-merging-classes-inherited

    def action_print_detail(self):
        """A PDF file of the detail of these rows' days, each day whole."""
        return self.day_id.action_print_detail()
