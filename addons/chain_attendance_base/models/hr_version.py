from odoo import api, fields, models

from .attendance_scope_mixin import PERSON_COLUMNS

# By these a data scope finds where somebody is.
PLACES = {"department_id", "job_id", "store_id", "employee_id"}


class HrVersion(models.Model):
    _name = "hr.version"
    _inherit = ["hr.version", "attendance.scope.mixin"]

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = PERSON_COLUMNS

    store_id = fields.Many2one(
        "attendance.store",
        index=True,
        tracking=True,
        check_company=True,
        help="Where the person works; a transfer keeps the history.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions.employee_id._check_attendance_own_place()
        return versions

    def write(self, vals):
        if PLACES & vals.keys():
            self.employee_id._check_attendance_own_place()
        return super().write(vals)
