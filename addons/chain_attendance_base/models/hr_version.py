from odoo import fields, models


class HrVersion(models.Model):
    _inherit = "hr.version"

    store_id = fields.Many2one(
        "attendance.store",
        index=True,
        tracking=True,
        check_company=True,
        help="Where the person works; a transfer keeps the history.",
    )
