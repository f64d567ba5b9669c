from odoo import fields, models

VALID_ATTRIBUTES = {"__validate__", "class", "js_class", "string"}


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    type = fields.Selection(
        selection_add=[("attendance_roster_grid", "Roster Grid")],
    )

    def _validate_tag_attendance_roster_grid(self, node, name_manager, node_info):
        if not node_info["validate"]:
            return
        unknown = sorted(set(node.attrib) - VALID_ATTRIBUTES)
        if unknown or len(node):
            self._raise_view_error(
                self.env._(
                    "A roster grid has nothing inside and the attributes %(known)s "
                    "only.",
                    known=", ".join(sorted(VALID_ATTRIBUTES - {"__validate__"})),
                ),
                node,
            )

    def _get_view_info(self):
        info = {"attendance_roster_grid": {"icon": "fa fa-table"}}
        return super()._get_view_info() | info
