from odoo import api, models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.private
    def _attendance_deciding(self, is_step=False):
        """What this login has to decide, or has decided; for record rules.

        :param is_step: of the steps themselves; else of what they belong to.
        """
        decided = Domain("decided_by_id", "=", self.id)
        if not is_step:
            decided = Domain("approval_ids", "any!", decided)
        # Who stands in for whom today is looked up when a query is made.
        return Domain("may_decide", "=", True) | decided
