from odoo import api, models


class AttendanceTerminalCode(models.Model):
    _inherit = "attendance.terminal.code"

    @api.model_create_multi
    def create(self, vals_list):
        codes = super().create(vals_list)
        self.env["attendance.punch"]._claim(codes)
        return codes
