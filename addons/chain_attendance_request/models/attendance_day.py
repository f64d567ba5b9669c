from odoo import api, models


class AttendanceDay(models.Model):
    _inherit = "attendance.day"

    @api.model
    def _gather_requests(self, employee_ids, first, last):
        found = super()._gather_requests(employee_ids, first, last)
        for model in ("attendance.request", "hr.leave"):
            spans = self.env[model]._engine_requests(employee_ids, first, last)
            for employee, requests in spans.items():
                found[employee] += requests
        return found
