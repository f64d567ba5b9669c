from odoo import models


class AttendanceRequest(models.Model):
    _name = "attendance.request"
    _inherit = ["attendance.request", "attendance.personal.link.mixin"]
