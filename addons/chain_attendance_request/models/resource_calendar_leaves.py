from odoo import models

from ..inside import INSIDE
from .hr_leave_approval import QUIET


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    def _reevaluate_leaves(self, time_domain_dict):
        # For a public holiday Time Off takes leave out of force and puts it back.
        quiet = self.with_context(**{QUIET: INSIDE})
        return super(ResourceCalendarLeaves, quiet)._reevaluate_leaves(time_domain_dict)
