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

    def _attendance_without_roles(self):
        """These groups and what they imply, but for what roles and functions bring.

        Odoo's groups imply the role of every employee, so that leaving role groups
        out of ``self`` is not enough.
        """
        # sudo: which groups belong to roles is no secret
        ours = self.env["attendance.role"].sudo().search([("group_id", "!=", False)]).group_id
        ours |= self.sudo().search([("attendance_area", "!=", False)])
        found, added = self.browse(), self - ours
        while added:
            found |= added
            added = added.implied_ids - found - ours
        return found

    def _attendance_own_functions(self):
        """The functions these groups bring by themselves.

        Not those that every login has through the role of every employee: a role over
        the rosters of all must not bring the reports of all along.
        """
        seen = everybody = self.env.ref("base.group_user")
        reached = self
        while reached:
            seen |= reached
            reached = reached.implied_ids - seen
        return (seen - everybody).filtered("attendance_area")

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"implied_ids", "implied_by_ids", "user_ids"}:
            # What a role may do, and who holds it, is remembered by the record rules.
            self.env.registry.clear_cache("default", "groups")
        return result
