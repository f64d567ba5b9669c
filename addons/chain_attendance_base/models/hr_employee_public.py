from odoo import fields, models


class HrEmployeePublic(models.Model):
    _name = "hr.employee.public"
    _inherit = ["hr.employee.public", "attendance.scope.mixin"]

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = {
        "employee": ("id",),
        "department": ("department_id",),
        "job": ("job_id",),
        "store": ("store_id",),
        "lent": ("id",),
    }

    employee_number = fields.Char(readonly=True)
    english_name = fields.Char(readonly=True)
    store_id = fields.Many2one("attendance.store", readonly=True)
