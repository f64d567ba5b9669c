from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_punch_months = fields.Integer(
        related="company_id.attendance_punch_months", readonly=False
    )
    attendance_archived_before = fields.Date(
        related="company_id.attendance_archived_before"
    )
    attendance_silent_hours = fields.Integer(
        related="company_id.attendance_silent_hours", readonly=False
    )
