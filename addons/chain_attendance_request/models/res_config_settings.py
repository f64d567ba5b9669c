from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    attendance_leave_by_roster = fields.Boolean(
        related="company_id.attendance_leave_by_roster", readonly=False
    )
    attendance_files_into_closed = fields.Boolean(
        related="company_id.attendance_files_into_closed", readonly=False
    )
