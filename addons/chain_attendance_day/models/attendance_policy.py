from odoo import api, models
from odoo.tools import ormcache


class AttendancePolicy(models.Model):
    _inherit = "attendance.policy"

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        if any(policies.mapped("unscheduled_uses_calendar")):
            self.env.registry.clear_cache()
        return policies

    def write(self, vals):
        result = super().write(vals)
        if "unscheduled_uses_calendar" in vals:
            self.env.registry.clear_cache()
        if set(vals) & set(self._rules()):
            self._mark_days()
        return result

    def _mark_days(self):
        """Every stored day of the companies that judge by this policy."""
        self.env["attendance.day"]._mark_stored(
            [("company_id.attendance_policy_id", "in", self.ids)]
        )

    @api.model
    @api.private
    @ormcache()
    def _calendar_policy_ids(self):
        """The policies that fall back on working calendars; asked for each person."""
        # sudo: how a company judges, whoever changed a calendar
        policies = self.sudo().with_context(active_test=False)
        return tuple(policies.search([("unscheduled_uses_calendar", "=", True)]).ids)
