from odoo import api, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.day", "department_id")]
