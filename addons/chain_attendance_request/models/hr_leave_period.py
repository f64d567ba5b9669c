"""Leave on days of a closed period."""

from odoo import api, models

# What decides on which dates a leave is, and of whom.
MOVING = {
    "employee_id", "holiday_status_id", "request_date_from", "request_date_to",
    "request_hour_from", "request_hour_to", "request_date_from_period",
    "request_date_to_period", "is_by_days", "typed_days", "typed_hours",
}  # fmt: skip
OVER = ("refuse", "cancel")


class HrLeave(models.Model):
    _name = "hr.leave"
    _inherit = ["attendance.closed.fact.mixin", "hr.leave"]

    @api.depends("employee_id", "request_date_from", "request_date_to")
    @api.depends_context("lang")
    def _compute_closed_warning(self):
        return super()._compute_closed_warning()

    def write(self, vals):
        withdrawn = self.browse()
        if vals.get("state", "validate") != "validate":
            withdrawn = self.filtered(lambda leave: leave.state == "validate")
        if not MOVING & vals.keys() and not withdrawn:
            return super().write(vals)
        confirmed = self._confirming([vals])
        moved = self._counting() if MOVING & vals.keys() else withdrawn
        spans = moved._closed_spans()
        result = super(HrLeave, confirmed).write(vals)
        if MOVING & vals.keys():
            spans += self._counting()._closed_spans()
        confirmed._check_closed(spans)
        return result

    def action_withdraw(self):
        self._counting()._ask_closed("action_withdraw")
        return super().action_withdraw()

    def action_refuse(self):
        self.filtered(lambda leave: leave.state == "validate")._ask_closed(
            "action_refuse"
        )
        return super().action_refuse()

    def _counting(self):
        return self.filtered(lambda leave: leave.state not in OVER)

    def _closed_spans(self):
        return [
            (leave.employee_id._origin.id, leave.request_date_from, last)
            for leave in self
            if (last := leave.request_date_to)
            and leave.request_date_from
            and leave.employee_id
        ]
