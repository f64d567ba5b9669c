from odoo import api, fields, models

from ..const import AREAS, OPERATIONS


class ResGroups(models.Model):
    _inherit = "res.groups"

    attendance_area = fields.Selection(
        AREAS,
        string="Attendance Area",
        help="The menu area in which this group is one function of access roles.",
    )
    attendance_operation = fields.Selection(
        [(operation, operation.capitalize()) for operation in OPERATIONS],
        string="Attendance Operation",
    )

    @api.model
    def _attendance_functions(self):
        """``{(area, operation): group}`` of every function a role can have."""
        # sudo: which functions exist is no secret
        found = self.sudo().search([("attendance_area", "!=", False)], order="id")
        return {(g.attendance_area, g.attendance_operation): g for g in found}

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"implied_ids", "implied_by_ids", "user_ids"}:
            # What a role may do, and who holds it, is remembered by the record rules.
            self.env.registry.clear_cache("default", "groups")
        return result
