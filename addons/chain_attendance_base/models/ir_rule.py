from odoo import models
from odoo.http import request


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Refuse without names.

        In developer mode, which any login may switch on, Odoo's message lists the
        records by name; of what a data scope holds back even that is too much.
        """
        if (
            "attendance_scope" in records._fields
            and request
            and request.session.debug
            and not self.env.user.has_group("chain_attendance_base.group_manager")
        ):
            records = records.browse()
        return super()._make_access_error(operation, records)
