from odoo import api, models

# What a day takes from the version of its date.
INPUTS = {
    "active",
    "contract_date_start",
    "date_version",
    "departure_date",
    "department_id",
    "employee_id",
    "job_id",
    "store_id",
}


class HrVersion(models.Model):
    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions._mark_days()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if INPUTS & vals.keys():
            self._mark_days()
        return result

    def unlink(self):
        employees = self.employee_id
        result = super().unlink()
        employees.version_ids._mark_days()
        return result

    def _mark_days(self):
        """Every day of these people that has a row or might get one."""
        self.env["attendance.day"]._mark_history(self.employee_id)
