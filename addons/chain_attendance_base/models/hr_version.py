from odoo import fields, models

from .attendance_scope_mixin import PERSON_COLUMNS


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
