from odoo import fields, models

from ..const import AREAS


class AttendanceRolePreviewArea(models.TransientModel):
    """What the role of a preview may do in one menu area, and over how many people."""

    _name = "attendance.role.preview.area"
    _description = "Functions Seen as a Role"

    preview_id = fields.Many2one(
        "attendance.role.preview", required=True, ondelete="cascade"
    )
    area = fields.Selection(AREAS, string="Menu Area", readonly=True)
    functions = fields.Char(readonly=True)
    employee_count = fields.Integer(string="People in the Scope", readonly=True)
