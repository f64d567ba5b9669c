from odoo import fields, models

MANAGER = "chain_attendance_base.group_manager"


class ResUsers(models.Model):
    _inherit = "res.users"

    has_attendance_digest = fields.Boolean(
        string="Daily Digest of Exceptions",
        default=True,
        help="One message a day about the exceptions of the people this login sees to.",
    )
    attendance_digest_at = fields.Datetime(
        string="Last Digest of Exceptions", readonly=True, copy=False
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["has_attendance_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["has_attendance_digest"]

    def _decides_on_others(self):
        """Whether exceptions of others are this login's to decide on."""
        grants = self._attendance_grants_of("reports", "edit")
        return self.has_group(MANAGER) or any(g.scope != "self" for g in grants)
