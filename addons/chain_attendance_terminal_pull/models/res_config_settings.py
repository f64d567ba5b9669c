from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_pull_networks = fields.Char(
        related="company_id.attendance_pull_networks", readonly=False
    )
