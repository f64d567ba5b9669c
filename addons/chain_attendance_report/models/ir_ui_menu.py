from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """The overview is for who looks at others, not at oneself alone."""
        hidden = super()._load_menus_blacklist()
        user = self.env.user
        if user.has_group("chain_attendance_base.group_manager"):
            return hidden
        grants = user._attendance_grants_of("reports", "view")
        if any(grant.scope != "self" for grant in grants):
            return hidden
        menu = self.env.ref(
            "chain_attendance_report.attendance_overview_menu", raise_if_not_found=False
        )
        return [*hidden, *(menu.ids if menu else ())]
