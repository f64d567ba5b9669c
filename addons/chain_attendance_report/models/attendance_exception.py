from odoo import api, models

from ..checked import Checked


class AttendanceException(models.Model):
    """Exceptions are a report too: there are files of their list."""

    _name = "attendance.exception"
    _inherit = ["attendance.exception", "attendance.report.file.mixin"]

    @api.model
    @api.readonly
    def report_totals(self, domain, names):
        """Nothing in the list has a sum; see ``attendance.report.rows.mixin``."""
        Checked(self.env).names(names, "names", self)
        return {}
