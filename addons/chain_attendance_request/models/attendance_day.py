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

    @api.model
    def _cause_conditions(self):
        """Requests come first: as a rule they are what is filed late."""
        near = """
            x.employee_id = v.employee_id AND x.write_date > v.since
            AND {first} <= v.work_date + 1 AND {last} >= v.work_date - 1
        """
        request = near.format(
            first="least(x.date_from, x.work_date)",
            last="greatest(x.date_to, x.work_date)",
        )
        leave = near.format(first="x.request_date_from", last="x.request_date_to")
        filed = f"""
            EXISTS (SELECT 1 FROM attendance_request x WHERE {request})
            OR EXISTS (SELECT 1 FROM hr_leave x WHERE {leave})
        """
        return {"request": filed, **super()._cause_conditions()}
