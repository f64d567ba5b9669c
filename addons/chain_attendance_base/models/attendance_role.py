from collections import defaultdict, namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import ormcache

from ..const import AREAS, ROLE_NAME_LENGTH, SCOPES

# What one role grants in an area: whose rows.
Grant = namedtuple(
    "Grant", "role_id scope department_ids includes_children job_ids employee_ids"
)
# Who is asking: the own employee records, and where they are now, as far as the
# scopes in question depend on it; ``below``: {department id: it and those below}.
Own = namedtuple("Own", "employee_ids department_ids store_ids below")


class AttendanceRole(models.Model):
    """What a login may do in each menu area, and whose data it sees there.

    A role stands on a group of its own, which implies one group for each function.
    A login holds a role when it is in that group. Several roles add up: a function
    that any of them has is there, over the people of all those that have it.
    """

    _name = "attendance.role"
    _description = "Access Role"
    _inherit = ["mail.thread", "attendance.audit.mixin"]
    _order = "sequence, id"

    _attendance_audit_kinds = {
        "role": ("name", "description"),
        "scope": (
            "scope",
            "employee_ids",
            "job_ids",
            "department_ids",
            "includes_children",
        ),
    }

    name = fields.Char(
        string="Role Name",
        required=True,
        translate=True,
        tracking=True,
        help="At most 100 characters.",
    )
    sequence = fields.Integer(default=50)
    number = fields.Integer(
        string="No.", compute="_compute_number", help="The place in the list of roles."
    )
    description = fields.Text(translate=True)
    scope = fields.Selection(
        SCOPES,
        string="Data Scope",
        required=True,
        default="self",
        tracking=True,
        help="Whose data logins with this role see.",
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        "attendance_role_employee_rel",
        "role_id",
        "employee_id",
        string="Listed Employees",
        tracking=True,
    )
    job_ids = fields.Many2many("hr.job", string="Job Positions", tracking=True)
    department_ids = fields.Many2many(
        "hr.department", string="Departments", tracking=True
    )
    includes_children = fields.Boolean(
        string="With Sub-Departments",
        default=True,
        tracking=True,
        help="Departments below the chosen ones, or below the own one, are in the "
        "scope.",
    )
    group_id = fields.Many2one(
        "res.groups",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_erp_manager",
    )
    function_ids = fields.One2many(
        "attendance.role.function", "role_id", string="Functions"
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Logins",
        compute="_compute_user_ids",
        inverse="_inverse_user_ids",
        search="_search_user_ids",
    )
    user_count = fields.Integer(string="Number of Logins", compute="_compute_user_ids")
    is_administrator = fields.Boolean(
        compute="_compute_kind", help="May do everything; cannot be narrowed."
    )
    is_for_all = fields.Boolean(
        compute="_compute_kind", help="Every login of an employee holds this role."
    )

    _group_uniq = models.Constraint("UNIQUE(group_id)", "A group serves one role.")

    @api.constrains("name")
    def _check_name(self):
        for role in self:
            if not role.name.strip() or len(role.name) > ROLE_NAME_LENGTH:
                raise ValidationError(
                    self.env._(
                        "The role name has %(length)s characters; it must have 1 to "
                        "%(limit)s.",
                        length=len(role.name.strip()),
                        limit=ROLE_NAME_LENGTH,
                    )
                )

    @api.constrains("scope", "employee_ids", "job_ids", "department_ids")
    def _check_scope(self):
        pickers = {
            "employees": "employee_ids",
            "jobs": "job_ids",
            "departments": "department_ids",
        }
        for role in self:
            picker = pickers.get(role.scope)
            if picker and not role[picker]:
                raise ValidationError(
                    self.env._(
                        "The data scope of role “%(role)s” is “%(scope)s”, but nothing "
                        "is chosen under “%(picker)s”.",
                        role=role.name,
                        scope=role._scope_label(),
                        picker=self._fields[picker]._description_string(self.env),
                    )
                )

    def _scope_label(self):
        labels = dict(self._fields["scope"]._description_selection(self.env))
        return labels[self.scope]

    @api.depends("group_id")
    def _compute_kind(self):
        administrator = self.env.ref("chain_attendance_base.group_manager")
        for_all = self.env.ref("chain_attendance_base.group_employee")
        for role in self:
            group = role.sudo().group_id  # sudo: which group it is tells no secret
            role.is_administrator = group == administrator
            role.is_for_all = group == for_all

    @api.depends("sequence")
    def _compute_number(self):
        places = {role.id: place for place, role in enumerate(self.search([]), 1)}
        for role in self:
            role.number = places.get(role._origin.id, 0)

    @api.depends("group_id.user_ids")
    def _compute_user_ids(self):
        for role in self:
            # sudo: who may read roles may read who holds them
            users = role.sudo().group_id.user_ids.filtered("active")
            role.user_ids = users
            role.user_count = len(users)

    def _inverse_user_ids(self):
        for role in self:
            # sudo: writing a role is an administrator's; see the access rights
            role.sudo().group_id.user_ids = [Command.set(role.user_ids.ids)]

    @api.model
    def _search_user_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: who may read roles may read who holds them
        groups = self.env["res.groups"].sudo().search([("user_ids", "in", value)])
        roles = self.sudo().search([("group_id", "in", groups.ids)])
        return [("id", "in", roles.ids)]

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        if any("group_id" in vals for vals in vals_list):
            # Whose group a role is, administrators of Odoo alone may say.
            self._check_field_access(self._fields["group_id"], "write")
        # sudo: a role's group belongs to it; its rights are the function lines
        groups = self.env["res.groups"].sudo()
        vals_list = [
            vals
            if vals.get("group_id")
            else {**vals, "group_id": groups.create(self._prepare_group(vals)).id}
            for vals in vals_list
        ]
        # sudo: the access right was looked at above; what is left is the group's field
        roles = super(AttendanceRole, self.sudo()).create(vals_list)
        roles._ensure_functions()
        self._forget()
        return roles.with_env(self.env)

    def _attendance_audit_links(self):
        return {"role_id": self.id}

    def action_set(self):
        """Open the form, from the list's button."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_preview(self):
        """Open the page that shows what this role sees."""
        self.ensure_one()
        page = self.env["attendance.role.preview"].create(
            {
                "role_id": self.id,
                "user_id": (self.user_ids[:1] or self.env.user).id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("View as “%s”", self.name),
            "res_model": page._name,
            "res_id": page.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @api.model
    def _prepare_group(self, vals):
        return {
            # Names of groups are unique among those without a privilege.
            "name": self.env["ir.sequence"]
            .sudo()
            .next_by_code("attendance.role.group"),
            "comment": vals.get("name"),
            "implied_ids": [Command.link(self.env.ref("base.group_user").id)],
        }

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for role, vals in zip(self, vals_list, strict=True):
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%s (copy)", role.name)
        return vals_list

    def copy(self, default=None):
        roles = super().copy(default)
        for old, new in zip(self.sudo(), roles.sudo(), strict=True):
            functions = old.group_id.implied_ids.filtered("attendance_area")
            new.group_id.implied_ids = [Command.link(group.id) for group in functions]
        return roles

    def write(self, vals):
        if vals.keys() - {"name", "description", "sequence", "user_ids"}:
            self._check_changeable()
        if "group_id" in vals:
            self._check_same_group(vals["group_id"])
        result = super().write(vals)
        self._forget()
        return result

    def _check_same_group(self, group_id):
        """A role with another group would have other functions and other holders."""
        self._check_field_access(self._fields["group_id"], "write")
        if self.env["attendance.audit"]._is_brought_along():
            return
        for role in self:
            if role.sudo().group_id.id != group_id:  # sudo: access was looked at
                raise UserError(
                    self.env._(
                        "The group of role “%s” cannot be changed: change its "
                        "functions and logins instead.",
                        role.name,
                    )
                )

    def _check_changeable(self):
        """The administrator's role stays as it is, or nobody could mend a mistake."""
        if self.env["attendance.audit"]._is_brought_along():
            return
        for role in self:
            if role.is_administrator:
                raise UserError(
                    self.env._(
                        "“%s” may do everything; its scope and functions cannot be "
                        "changed.",
                        role.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for role in self:
            if role.is_administrator or role.is_for_all:
                raise UserError(
                    self.env._(
                        "“%s” belongs to the application and cannot be deleted.",
                        role.name,
                    )
                )
            if role.user_ids:
                names = role.user_ids[:5].mapped("display_name")
                raise UserError(
                    self.env._(
                        "Role “%(role)s” is held by %(count)s logins and cannot be "
                        "deleted: %(names)s%(more)s.",
                        role=role.name,
                        count=role.user_count,
                        names=", ".join(names),
                        more="…" if role.user_count > len(names) else "",
                    )
                )

    def unlink(self):
        groups = self.sudo().group_id.filtered(
            lambda group: not group.get_external_id()[group.id]
        )
        result = super().unlink()
        groups.unlink()
        self._forget()
        return result

    @api.model
    def _forget(self):
        """Scopes are remembered until a role changes; then at once no longer."""
        self.env.registry.clear_cache("default", "groups")

    def _ensure_functions(self):
        """Give each role a line for each area."""
        lines = self.env["attendance.role.function"]
        for role in self:
            there = set(role.function_ids.mapped("area"))
            lines.create(
                [
                    {"role_id": role.id, "area": area}
                    for area, _label in AREAS
                    if area not in there
                ]
            )

    def _function_groups(self):
        """The functions of this role itself.

        Every role makes its holder an internal user, and every internal user holds
        the role of employees: what that one may do is over oneself only. So what is
        reached through another role's group is that role's, over its people.
        """
        self.ensure_one()
        # sudo: groups are read by administrators of Odoo only
        role = self.sudo()
        others = role.search([("id", "!=", role.id)]).group_id
        seen, reached = others, role.group_id
        while reached:
            seen |= reached
            reached = reached.implied_ids - seen
        return (seen - others).filtered("attendance_area")

    @api.model
    @ormcache("group_ids")
    def _grants(self, group_ids):
        """What the roles of a login grant together.

        :param group_ids: all groups of the login, implied ones too.
        :return: ``{(area, operation): (Grant, ...)}``.
        """
        grants = defaultdict(list)
        # Archived people and places too: their rows stay, and restoring them must not
        # wait until this is forgotten.
        every = self.sudo().with_context(active_test=False)
        roles = every.search([("group_id", "in", list(group_ids))])
        for role in roles:
            grant = Grant(
                role.id,
                role.scope,
                tuple(role.department_ids.ids),
                role.includes_children,
                tuple(role.job_ids.ids),
                tuple(role.employee_ids.ids),
            )
            for group in role._function_groups():
                key = (group.attendance_area, group.attendance_operation)
                grants[key].append(grant)
        return {key: tuple(found) for key, found in grants.items()}

    @api.model
    @api.private
    def _scope_domain(self, model, grants, user):
        """The rows of ``model`` that these grants give ``user``, for use as sudo."""
        own = user._attendance_own(grants)
        return Domain.OR(model._attendance_scope_domain(grant, own) for grant in grants)
