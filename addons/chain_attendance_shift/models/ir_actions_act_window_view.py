from odoo import fields, models


class IrActionsActWindowView(models.Model):
    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(
        selection_add=[("attendance_roster_grid", "Roster Grid")],
        ondelete={"attendance_roster_grid": "cascade"},
    )
