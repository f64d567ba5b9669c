from odoo import models


class HrJob(models.Model):
    _name = "hr.job"
    _inherit = ["hr.job", "attendance.scope.mixin"]

    _attendance_area = "organisation"
    _attendance_is_core = True
    _attendance_scope_columns = {"job": ("id",), "department": ("department_id",)}
