from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_least_rest_minutes = fields.Integer(
        related="company_id.attendance_least_rest_minutes", readonly=False
    )
    attendance_exception_user_id = fields.Many2one(
        related="company_id.attendance_exception_user_id",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    has_attendance_digest = fields.Boolean(
        related="company_id.has_attendance_digest", readonly=False
    )
    attendance_digest_hour = fields.Integer(
        related="company_id.attendance_digest_hour", readonly=False
    )
