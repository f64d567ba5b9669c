from odoo import models


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "attendance.scope.mixin"]

    _attendance_area = "organisation"
    _attendance_is_core = True
    _attendance_scope_columns = {"department": ("id",)}
