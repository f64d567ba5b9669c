from datetime import date

from odoo import api, models

EVER = [(date.min, date.max)]


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

    @api.model
    def _mark_history(self, employees, spans=None):
        result = super()._mark_history(employees, spans)
        self.env["hr.leave"]._plan_changed(
            (employee, first, last)
            for employee in employees.ids
            for first, last in (EVER if spans is None else spans.get(employee, ()))
        )
        return result
