from odoo import fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    employee_number = fields.Char(readonly=True)
    english_name = fields.Char(readonly=True)
    store_id = fields.Many2one("attendance.store", readonly=True)
