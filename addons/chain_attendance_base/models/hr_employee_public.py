from odoo import api, fields, models


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

    @api.model
    def _attendance_employees_action(self):
        """What the menu "Employees" opens: Odoo's own list for who may read it."""
        own = self.env["hr.employee"].has_access("read")
        name = (
            "hr.open_view_employee_list_my"
            if own
            else "chain_attendance_base.hr_employee_public_action"
        )
        return self.env["ir.actions.actions"]._for_xml_id(name)
