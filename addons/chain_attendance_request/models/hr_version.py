from odoo import models

from ..inside import INSIDE
from .hr_leave_approval import QUIET


class HrVersion(models.Model):
    _inherit = "hr.version"

    def _create_all_new_leave(self, all_new_leave_origin, all_new_leave_vals):
        # A leave that Time Off divides between two contracts was agreed to.
        quiet = self.with_context(**{QUIET: INSIDE})
        return super(HrVersion, quiet)._create_all_new_leave(
            all_new_leave_origin, all_new_leave_vals
        )
