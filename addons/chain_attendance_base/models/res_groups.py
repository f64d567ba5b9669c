from odoo import api, fields, models
from odoo.fields import Command, Domain

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

    @api.model_create_multi
    def create(self, vals_list):
        # Nobody holds a new group, but for those it is given to or implied by.
        watched = any(
            vals.keys() & {"user_ids", "implied_by_ids"} for vals in vals_list
        )
        before = self._attendance_audit_state({}) if watched else {}
        groups = super().create(vals_list)
        if watched:
            self.env.registry.clear_cache("default", "groups")
            self._attendance_audit(before, self._attendance_audit_state({}))
        return groups

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

    def unlink(self):
        # While an addon goes, its groups and roles go with it; that is no change.
        watched = self.env.registry.ready
        before = self._attendance_audit_state({}) if watched else {}
        result = super().unlink()
        self.env.registry.clear_cache("default", "groups")
        if watched:
            self._attendance_audit(before, self.browse()._attendance_audit_state({}))
        return result

    def _attendance_audit_state(self, vals):
        """``{role: (functions, users)}`` of the roles that writing ``vals`` touches.

        Users hold a role by way of other groups as well. Who holds what every
        employee does is left out.
        """
        # sudo: what is logged must be whole, whatever the writer may read
        roles = self.env["attendance.role"].sudo().search(Domain.TRUE)
        ticked = self._attendance_ticks_functions(vals, roles)
        if ticked or (self <= roles.group_id and vals.keys() == {"user_ids"}):
            reached = self if ticked else self.all_implied_ids
            roles = roles.filtered(lambda role: role.group_id in reached)
        users = roles.env["res.users"].with_context(active_test=False)
        return {
            role: (
                role._function_groups(),
                users
                if ticked or role.is_for_all
                else users.search(
                    [("group_ids", "in", role.group_id.all_implied_by_ids.ids)]
                ),
            )
            for role in roles
        }

    def _attendance_ticks_functions(self, vals, roles):
        """Whether writing ``vals`` only gives roles functions or takes some away."""
        commands = vals.get("implied_ids")
        if vals.keys() != {"implied_ids"} or not self <= roles.group_id:
            return False
        single = (Command.LINK, Command.UNLINK)
        if any(command[0] not in single for command in commands):
            return False
        # sudo: which groups are functions is no secret
        touched = self.sudo().browse(command[1] for command in commands)
        return all(group.attendance_area for group in touched)

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
