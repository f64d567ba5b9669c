from odoo import api, models


class HrJob(models.Model):
    _inherit = "hr.job"

    @api.model
    def _deletion_guards(self):
        return super()._deletion_guards() + [("attendance.coverage.need", "job_id")]
