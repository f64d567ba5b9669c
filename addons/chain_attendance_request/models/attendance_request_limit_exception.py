from odoo import api, models

from .attendance_request_limit import CAPS

FIELDS = {"kind", "company_id", *(f"{period}_cap_hours" for period in CAPS)}


class AttendanceRequestLimit(models.Model):
    # One concern a file.
    _inherit = "attendance.request.limit"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        limits = super().create(vals_list)
        limits._look_again()
        return limits

    def write(self, vals):
        result = super().write(vals)
        if FIELDS & vals.keys():
            self._look_again()
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self.env["attendance.exception"]._sync_caps(companies)
        return result

    def _look_again(self):
        """Caps of overtime have changed: who is above them?"""
        overtime = self.filtered(lambda limit: limit.kind == "overtime")
        if overtime:
            self.env["attendance.exception"]._sync_caps(overtime.company_id)
