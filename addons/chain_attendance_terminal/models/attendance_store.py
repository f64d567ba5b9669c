from odoo import api, models


class AttendanceStore(models.Model):
    _inherit = "attendance.store"

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [
            ("attendance.terminal", "store_id"),
            ("attendance.punch", "store_id"),
            ("attendance.punch.archive", "store_id"),
        ]
