from datetime import date

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
        if not is_new_person(self.env):
            self._place_punches(versions.employee_id, versions._first_day())
        return versions

    def write(self, vals):
        if EMPLOYMENT & vals.keys():
            self._mark_terminals(self.employee_id)
        if is_new_person(self.env) or not DATED_PLACES & vals.keys():
            return super().write(vals)
        employees, before = self.employee_id, self._first_day()
        result = super().write(vals)
        since = min(before, self._first_day())
        self._place_punches(employees | self.employee_id, since)
        return result

    def unlink(self):
        employees, since = self.employee_id, self._first_day()
        result = super().unlink()
        self._place_punches(employees, since)
        return result

    def _first_day(self):
        """The first date whose places these versions say.

        A person's first version says those of all dates before it too.
        """
        # sudo: dates of all versions of these people, whoever moves them
        people = self.sudo().with_context(active_test=False).employee_id
        # One query for all of them.
        people = people.browse(people.ids)
        first = {person.version_ids.sorted("date_version")[:1] for person in people}
        if any(version in self for version in first):
            return date.min
        return min(self.mapped("date_version"), default=date.max)

    @api.model
    def _place_punches(self, employees, since):
        """The punches of these people follow their department, job and store."""
        if employees:
            self.env["attendance.punch"]._refresh_places(employees.ids, since)
            self._mark_terminals(employees)

    @api.model
    def _mark_terminals(self, employees):
        """The terminals where these people were and will be look at them."""
        self.env["attendance.terminal.mark"]._mark(employees.ids)
