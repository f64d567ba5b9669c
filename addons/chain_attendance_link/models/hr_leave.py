from odoo import models


class HrLeave(models.Model):
    _name = "hr.leave"
    _inherit = ["hr.leave", "attendance.personal.link.mixin"]
