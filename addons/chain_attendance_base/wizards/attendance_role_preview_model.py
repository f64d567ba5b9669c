from odoo import fields, models

from ..const import AREAS


class AttendanceRolePreviewModel(models.TransientModel):
    """How many rows of one model the role of a preview sees."""

    _name = "attendance.role.preview.model"
    _description = "Rows Seen as a Role"

    preview_id = fields.Many2one(
        "attendance.role.preview", required=True, ondelete="cascade"
    )
    model = fields.Char(string="Technical Name", readonly=True)
    name = fields.Char(string="List", readonly=True)
    area = fields.Selection(AREAS, string="Menu Area", readonly=True)
    row_count = fields.Integer(string="Rows Seen", readonly=True)

    def action_open(self):
        self.ensure_one()
        preview = self.preview_id
        model, domain = preview._lens().seen(self.model)
        return preview._open(model._name, model, domain)
