from odoo import api, models

from odoo.addons.chain_attendance_base.models.hr_employee import is_new_person
from odoo.addons.chain_attendance_base.models.hr_employee_history import (
    DATED_PLACES,
)

EMPLOYMENT = {"contract_date_start", "departure_date"}


class HrVersion(models.Model):
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions._place_punches(versions.employee_id)
        return versions

    def write(self, vals):
        if EMPLOYMENT & vals.keys():
            self._mark_terminals(self.employee_id)
        if not DATED_PLACES & vals.keys():
            return super().write(vals)
        employees = self.employee_id
        result = super().write(vals)
        self._place_punches(employees | self.employee_id)
        return result

    def unlink(self):
        employees = self.employee_id
        result = super().unlink()
        self._place_punches(employees)
        return result

    @api.model
    def _place_punches(self, employees):
        """The punches of these people follow their department, job and store."""
        if employees and not is_new_person(self.env):
            self.env["attendance.punch"]._refresh_places(employees.ids)
            self._mark_terminals(employees)

    @api.model
    def _mark_terminals(self, employees):
        """The terminals where these people were and will be look at them."""
        self.env["attendance.terminal.mark"]._mark(employees.ids)
