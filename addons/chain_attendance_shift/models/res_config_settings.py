from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_roster_lock_date = fields.Date(
        related="company_id.attendance_roster_lock_date", readonly=False
    )
