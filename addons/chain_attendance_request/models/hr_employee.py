from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.private
    def _held_for_requests(self, operation):
        """Those of these people over whom the login has a function of requests."""
        people = self._origin
        if self.env.su:
            return people
        held = self.env.user._attendance_scope("requests", operation)
        # A scope says nothing of companies, which are the rules' business elsewhere.
        held &= Domain("company_id", "in", self.env.companies.ids)
        # sudo: scope and company decide; without HR rights nobody reads anybody
        found = (
            people.sudo()
            .with_context(active_test=False)
            .search(Domain("id", "in", people.ids) & held)
        )
        return people & found.sudo(False)

    @api.private
    def _check_held_for_requests(self, operation):
        """:raise AccessError: where there is somebody the login may not file for."""
        if self._held_for_requests(operation) != self._origin:
            raise AccessError(
                self.env._(
                    "Your data scope does not hold all of these people for “Requests”. "
                    "Nothing was changed."
                )
            )

    @api.private
    def _leave_balance(self, leave_type, day):
        """What is left to a person of a leave type, in words; nothing without quota."""
        if not (self and leave_type.requires_allocation and day):
            return False
        # sudo: Time Off shows allocations to oneself and one's approver only; the
        # caller looks after who sees the person's leave
        data = leave_type.sudo().get_allocation_data(self._origin.sudo(), day)
        figures = data[self._origin.sudo()][0][1]
        return self.env._(
            "%(left)s of %(all)s %(unit)s left",
            left=f"{round(figures['virtual_remaining_leaves'], 2):g}",
            all=f"{round(figures['max_leaves'], 2):g}",
            unit=self.env._("h")
            if leave_type.request_unit == "hour"
            else self.env._("d"),
        )
