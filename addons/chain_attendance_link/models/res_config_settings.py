from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_link_days = fields.Integer(
        related="company_id.attendance_link_days", readonly=False
    )
    attendance_link_question = fields.Selection(
        related="company_id.attendance_link_question", readonly=False
    )
