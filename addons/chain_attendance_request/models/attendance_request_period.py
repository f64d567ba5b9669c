"""Requests about days of a closed period."""

from odoo import api, models

from .attendance_request import IN_FORCE
from .attendance_request_check import Refusals


class AttendanceRequest(models.Model):
    _name = "attendance.request"
    _inherit = ["attendance.closed.fact.mixin", "attendance.request"]

    @api.depends("employee_id", "date_from", "date_to", "work_date")
    @api.depends_context("lang")
    def _compute_closed_warning(self):
        return super()._compute_closed_warning()

    def write(self, vals):
        # Deciding on it is not asked: that was done when it was filed, or it was filed
        # while the period was open.
        if not (self._effective_fields - {"state"}) & vals.keys():
            return super().write(vals)
        confirmed = self._confirming([vals])
        spans = self._counting()._closed_spans()
        result = super(AttendanceRequest, confirmed).write(vals)
        spans += self._counting()._closed_spans()
        confirmed._check_closed(spans)
        return result

    def action_submit(self):
        self._ask_closed("action_submit")
        return super().action_submit()

    def action_cancel(self):
        self._counting()._ask_closed("action_cancel")
        return super().action_cancel()

    def _counting(self):
        return self.filtered(lambda request: request.state in IN_FORCE)

    def _closed_spans(self):
        """The dates it says, and the one in which its overtime counts."""
        spans = []
        for request in self:
            dates = {request.date_from, request.date_to, request.work_date} - {False}
            employee = request.employee_id._origin.id
            if employee and dates:
                spans.append((employee, min(dates), max(dates)))
        return spans

    def _check_closed(self, spans, is_confirmed=False):
        """Who files for many people at once is told of each who is refused."""
        refusals = self.env.context.get("attendance_refusals")
        if not isinstance(refusals, Refusals):
            return super()._check_closed(spans, is_confirmed)
        if not self._first_closed_of(spans):
            return None
        for request in self:
            found = self._first_closed_of(request._closed_spans())
            if found and not request._is_closed_allowed(is_confirmed):
                request._refuse(request._closed_words(found))
        return None
