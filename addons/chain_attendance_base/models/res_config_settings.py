from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_code_digits = fields.Integer(
        related="company_id.attendance_code_digits", readonly=False
    )
    is_attendance_directory_limited = fields.Boolean(
        related="company_id.is_attendance_directory_limited", readonly=False
    )
    attendance_holiday_calendar_id = fields.Many2one(
        related="company_id.attendance_holiday_calendar_id",
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
