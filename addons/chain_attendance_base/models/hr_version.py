from odoo import fields, models


class HrVersion(models.Model):
    _inherit = "hr.version"

    store_id = fields.Many2one(
        "attendance.store",
        string="Store",
        index=True,
        tracking=True,
        check_company=True,
        help="Where the person works; a transfer keeps the history.",
    )
