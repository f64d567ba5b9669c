from odoo import api, fields, models
from odoo.fields import Domain

from ..const import AREAS, OPERATIONS


class ResGroups(models.Model):
    _inherit = "res.groups"

    attendance_area = fields.Selection(
        AREAS,
        help="The menu area in which this group is one function of access roles.",
    )
    attendance_operation = fields.Selection(
        [(operation, operation.capitalize()) for operation in OPERATIONS],
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
        ours = (
            self.env["attendance.role"]
            .sudo()
            .search([("group_id", "!=", False)])
            .group_id
        )
        ours |= self.sudo().search([("attendance_area", "!=", False)])
        found, added = self.browse(), self - ours
        while added:
            found |= added
            added = added.implied_ids - found - ours
        return found

    def write(self, vals):
        watched = vals.keys() & {"user_ids", "implied_ids", "implied_by_ids"}
        before = self._attendance_audit_state(vals) if watched else {}
        result = super().write(vals)
        if watched:
            # What a role may do, and who holds it, is remembered by the record rules.
            self.env.registry.clear_cache("default", "groups")
        if watched:
            self._attendance_audit(before, self._attendance_audit_state(vals))
        return result

    def _attendance_audit_state(self, vals):
        """``{role: (functions, users)}`` of the roles that writing ``vals`` touches."""
        # sudo: what is logged must be whole, whatever the writer may read
        roles = self.env["attendance.role"].sudo()
        if "implied_by_ids" in vals:
            roles = roles.search(Domain.TRUE)
        else:
            roles = roles.search([("group_id", "in", self.ids)])
        return {
            role: (
                role._function_groups(),
                role.group_id.with_context(active_test=False).user_ids
                if "user_ids" in vals
                else role.env["res.users"],
            )
            for role in roles
        }

    def _attendance_audit(self, before, after):
        """Log which functions roles gained or lost, and who holds them now."""
        entries = []
        for role, (functions, users) in after.items():
            old_functions, old_users = before.get(role, (functions[:0], users[:0]))
            if functions != old_functions:
                entries.append(
                    {
                        "kind": "function",
                        "role_id": role.id,
                        "record_name": role.name,
                        "before": old_functions._attendance_words(functions),
                        "after": functions._attendance_words(old_functions),
                    }
                )
            for user in (users | old_users) - (users & old_users):
                held, holds = user in old_users, user in users
                entries += user._attendance_role_entries(
                    role if held else role[:0], role if holds else role[:0]
                )
        self.env["attendance.audit"]._log(entries)

    def _attendance_words(self, other):
        """``Area: View, Edit`` of the areas in which ``other`` differs."""
        areas = self._fields["attendance_area"]._description_selection(self.env)
        operations = dict(
            self._fields["attendance_operation"]._description_selection(self.env)
        )
        lines = []
        for area, label in areas:
            mine = self.filtered(lambda g, area=area: g.attendance_area == area)
            theirs = other.filtered(lambda g, area=area: g.attendance_area == area)
            if mine and mine != theirs:
                held = set(mine.mapped("attendance_operation"))
                names = [operations[done] for done in OPERATIONS if done in held]
                lines.append(f"{label}: {', '.join(names)}")
        return "\n".join(lines)
