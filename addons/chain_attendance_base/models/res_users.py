from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL, ormcache

from .attendance_role import Own


class ScopeCondition:
    """The SQL of a data scope, worked out when a query is made.

    Record rules are remembered per login; who is where, and which stores a login
    keeps, must be looked up anew each time.
    """

    def __init__(self, area, operation):
        self.area = area
        self.operation = operation

    def __call__(self, model, alias, query):
        user = model.env.user
        model = model.with_context(attendance_operation=self.operation)
        grants = user._attendance_grants_of(self.area, self.operation)
        domain = model.env["attendance.role"]._scope_domain(model, grants, user)
        return domain.optimize_full(model)._to_sql(model, alias, query)

    def __eq__(self, other):
        return isinstance(other, ScopeCondition) and (self.area, self.operation) == (
            other.area,
            other.operation,
        )

    def __hash__(self):
        return hash((self.area, self.operation))


class ResUsers(models.Model):
    _inherit = "res.users"

    attendance_role_ids = fields.Many2many(
        "attendance.role",
        string="Attendance Roles",
        compute="_compute_attendance_role_ids",
        inverse="_inverse_attendance_role_ids",
        search="_search_attendance_role_ids",
        groups="chain_attendance_base.function_settings_view",
    )

    @api.depends("group_ids")
    def _compute_attendance_role_ids(self):
        # sudo: groups of logins are read by administrators of Odoo only
        roles = self.env["attendance.role"].sudo().search(Domain.TRUE)
        for user in self:
            held = user.sudo().group_ids
            user.attendance_role_ids = roles.filtered(
                lambda role, held=held: role.group_id in held
            ).sudo(False)

    def _inverse_attendance_role_ids(self):
        every = self.env["attendance.role"].sudo().search(Domain.TRUE).group_id
        for user in self:
            wanted = user.attendance_role_ids.sudo().group_id
            user.group_ids = [
                Command.link(group.id) if group in wanted else Command.unlink(group.id)
                for group in every
            ]

    @api.model
    def _search_attendance_role_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        roles = self.env["attendance.role"].sudo().search([("id", "in", value)])
        groups = roles.group_id
        return [("group_ids", "in", groups.ids)]

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        roles = users._attendance_audited_roles()
        users._attendance_audit({}, users._attendance_audit_state(roles))
        pairs = zip(users, vals_list, strict=True)
        with_password = [user.id for user, vals in pairs if vals.get("password")]
        self.browse(with_password)._attendance_audit_password()
        return users

    def write(self, vals):
        watched = vals.keys() & {"login", "active", "group_ids"}
        roles = self._attendance_audited_roles() if watched else {}
        before = self._attendance_audit_state(roles) if watched else {}
        result = super().write(vals)
        if watched:
            self._attendance_audit(before, self._attendance_audit_state(roles))
        if vals.get("password"):
            self._attendance_audit_password()
        return result

    def unlink(self):
        gone = self._attendance_audit_state(self._attendance_audited_roles())
        links = {user.id: user._attendance_audit_links() for user in self}
        result = super().unlink()
        self.env["attendance.audit"]._log(
            {
                **links[user_id],
                "user_id": False,
                "kind": kind,
                "before": before,
                "after": "",
                "role_id": role_id,
            }
            for user_id, (login, is_open, roles) in gone.items()
            for kind, before, role_id in (
                ("login", self._attendance_login_text(login, is_open), False),
                # sudo: as for the links
                *(("role", role.name, role.id) for role in roles.sudo()),
            )
        )
        return result

    def _attendance_audit_password(self):
        """Log a new password of these logins; never the password itself."""
        self.env["attendance.audit"]._log(
            [
                {
                    **user._attendance_audit_links(),
                    "kind": "password",
                    "before": "",
                    "after": self.env._("New password"),
                }
                for user in self.filtered(lambda u: not u.share)
            ]
        )

    def _attendance_audit_links(self):
        # sudo: a row says whom it is about, whoever made the change
        user = self.sudo().with_context(active_test=False)
        return {
            "user_id": user.id,
            "employee_id": user.employee_ids[:1].id,
            "company_id": user.company_id.id,
            # Of the partner: a login in the making has no name of its own yet.
            "record_name": f"{user.partner_id.name} ({user.login})",
        }

    @api.model
    @ormcache()
    def _attendance_audited_roles(self):
        """``{group id: role id}`` of the roles whose holders are news.

        What every employee holds is nobody's news.
        """
        # sudo: as for the links
        roles = self.env["attendance.role"].sudo().search_fetch([], ["group_id"])
        return {r.group_id.id: r.id for r in roles if not r.is_for_all}

    def _attendance_audit_state(self, roles):
        """``{user id: (login, open or not, roles)}`` of those who work in Odoo.

        :param roles: as ``_attendance_audited_roles``; before and after a change the
            same, which asks the database once.
        """
        # sudo: as for the links; archived logins hold roles too, by way of other
        # groups as well
        users = self.sudo().with_context(active_test=False)
        return {
            user.id: (
                user.login,
                user.active,
                self.env["attendance.role"].browse(
                    roles[group] for group in user.all_group_ids.ids if group in roles
                ),
            )
            for user in users
            if not user.share
        }

    def _attendance_audit(self, before, after):
        """Log how logins differ between the states ``before`` and ``after``."""
        entries = []
        # All in one recordset, so that what is read of one is read of all.
        for user in self.browse(after):
            login, is_open, roles = after[user.id]
            old_login, was_open, old_roles = before.get(user.id, ("", False, roles[:0]))
            if (login, is_open) != (old_login, was_open):
                entries.append(
                    {
                        **user._attendance_audit_links(),
                        "kind": "login",
                        "before": self._attendance_login_text(old_login, was_open),
                        "after": self._attendance_login_text(login, is_open),
                    }
                )
            entries += user._attendance_role_entries(old_roles, roles)
        self.env["attendance.audit"]._log(entries)

    def _attendance_login_text(self, login, is_open):
        if not login:
            return ""
        if is_open:
            return self.env._("%s, login allowed", login)
        return self.env._("%s, login forbidden", login)

    def _attendance_role_entries(self, before, after):
        """One entry for each role given or taken away."""
        self.ensure_one()
        return [
            {
                **self._attendance_audit_links(),
                "kind": "role",
                "role_id": role.id,
                "before": role.name if role in before else "",
                "after": role.name if role in after else "",
            }
            # sudo: as for the links
            for role in ((before | after) - (before & after)).sudo()
        ]

    def _attendance_kept_open(self, leaving):
        """Those of these logins that stay open when the people ``leaving`` leave.

        For use as sudo.
        """
        people = self.env["hr.employee"].with_context(active_test=False)
        today = fields.Date.context_today(self)
        others = people.search(
            Domain("user_id", "in", self.ids) & Domain("id", "not in", leaving.ids)
        )
        staying = others - others.filtered_domain(people._departed_domain(today))
        return self.filtered(
            lambda user: user in staying.user_id or user.has_group("base.group_system")
        )

    def _attendance_take_roles(self, roles):
        """Take these roles away; for use as sudo."""
        groups = roles.group_id & self.group_ids
        if groups:
            self.write({"group_ids": [Command.unlink(group.id) for group in groups]})

    def _attendance_grants(self):
        """``{(area, operation): (Grant, ...)}`` of this login."""
        return self.env["attendance.role"]._grants(self._get_group_ids())

    def _attendance_grants_of(self, area, operation):
        """The scopes of one function; without an area those of any area."""
        grants = self._attendance_grants()
        if area:
            return grants.get((area, operation), ())
        return tuple(
            {
                grant
                for (_area, done), found in grants.items()
                if done == operation
                for grant in found
            }
        )

    @api.private
    def _attendance_may(self, area, operation):
        """Whether any role of this login has a function."""
        self.ensure_one()
        if self.has_group("chain_attendance_base.group_manager"):
            return True
        return (area, operation) in self._attendance_grants()

    @api.private
    def _attendance_scope(self, area, operation):
        """Whose rows this login may view, create, edit or delete; for record rules.

        :return: a domain for any model that has ``attendance.scope.mixin``.
        """
        self.ensure_one()
        if self.has_group("chain_attendance_base.group_manager"):
            return Domain.TRUE
        grants = self._attendance_grants_of(area, operation)
        if not grants:
            return Domain.FALSE
        if any(grant.scope == "all" for grant in grants):
            return Domain.TRUE
        return Domain.custom(to_sql=ScopeCondition(area, operation))

    @api.private
    def _attendance_core_scope(self, area, operation):
        """As ``_attendance_scope``, for models that Odoo's own HR officers keep."""
        self.ensure_one()
        if self._is_hr_officer_without_roles():
            return Domain.TRUE
        return self._attendance_scope(area, operation)

    @api.private
    def _attendance_directory(self):
        """Which colleagues' public profiles this login sees; for a record rule.

        Odoo shows all of the company. A company may hold its directory to the data
        scopes of any area; then oneself and one's manager remain besides.
        """
        self.ensure_one()
        # sudo: a switch of the companies the login works in
        limited = self.env.companies.sudo().filtered("is_attendance_directory_limited")
        if not limited or self._is_hr_officer_without_roles():
            return Domain.TRUE
        return (
            Domain("company_id", "not in", limited.ids)
            | Domain("user_id", "=", self.id)
            | Domain("child_ids.user_id", "=", self.id)
            | self._attendance_scope(None, "view")
        )

    @ormcache("self.id")
    def _is_hr_officer_without_roles(self):
        """Whether Odoo's HR rights were given by themselves, not by a role.

        Roles and functions bring the rights of an HR officer along, over the people
        of their scope only; so no way through one of their groups counts.
        """
        officers = self.env.ref("hr.group_hr_user")
        # sudo: groups of logins are read by administrators of Odoo only
        return officers in self.sudo().group_ids._attendance_without_roles()

    @api.private
    def _attendance_linked_scope(self, operation, path):
        """For models of Odoo that carry data of people but belong to others as well.

        :param path: leads from such a model to its employees; rows without any are
            nobody's and stay as Odoo has them.
        """
        held = self._attendance_core_scope("employees", operation)
        return Domain(path, "=", False) | Domain(path, "any", held)

    @api.private
    def _attendance_linked_directory(self, path):
        """As ``_attendance_linked_scope``, for names that the directory shows."""
        held = self._attendance_directory()
        if held.is_true():
            return held
        return Domain(path, "=", False) | Domain(path, "any", held)

    def _attendance_own(self, grants):
        """Who is asking, as far as the scopes of these grants need to know.

        In one query and anew each time: what is remembered would be wrong after the
        next move. The ids go into the rule as numbers, by which PostgreSQL finds the
        rows in an index; a subquery there would make it look at all of them.
        """
        self.ensure_one()
        scopes = {grant.scope for grant in grants}
        trees = [grant for grant in grants if grant.includes_children]
        roots = {root for grant in trees for root in grant.department_ids}
        parts = []
        if scopes & {"self", "own_department", "own_stores"}:
            parts.append(SQL("SELECT 'employee', id, NULL::int FROM me"))
        if "own_department" in scopes:
            parts.append(
                SQL("SELECT DISTINCT 'department', department_id, NULL::int FROM me")
            )
        if "own_stores" in scopes:
            parts.append(self._attendance_kept_stores())
        if roots or any(grant.scope == "own_department" for grant in trees):
            parts.append(self._attendance_trees(roots))
        found = defaultdict(set)
        below = defaultdict(set)
        if parts:
            for kind, row_id, root in self.env.execute_query(
                SQL(
                    "WITH me AS (%s) %s",
                    self._attendance_me(),
                    SQL(" UNION ALL ").join(parts),
                )
            ):
                (below[root] if root else found[kind]).add(row_id)
        return Own(
            *(tuple(found[k] - {None}) for k in ("employee", "department", "store")),
            below,
        )

    def _attendance_me(self):
        """The own employee records; where one worked once is not among them."""
        employee = self.env["hr.employee"]._fields
        return SQL(
            "SELECT e.id, v.department_id FROM hr_employee e"
            " LEFT JOIN hr_version v ON v.id = e.current_version_id"
            " WHERE e.user_id = %s AND e.active",
            self.id,
            to_flush=[
                *(employee[n] for n in ("user_id", "active", "current_version_id")),
                self.env["hr.version"]._fields["department_id"],
            ],
        )

    def _attendance_kept_stores(self):
        """The stores that name this login, or its employee; archived ones too."""
        store = self.env["attendance.store"]._fields
        keepers = store["timekeeper_ids"]
        return SQL(
            "SELECT 'store', s.id, NULL::int FROM attendance_store s"
            " WHERE s.manager_id IN (SELECT id FROM me)"
            " UNION ALL SELECT 'store', %s, NULL::int FROM %s WHERE %s = %s",
            SQL.identifier(keepers.column1),
            SQL.identifier(keepers.relation),
            SQL.identifier(keepers.column2),
            self.id,
            to_flush=[store["manager_id"], keepers],
        )

    def _attendance_trees(self, roots):
        """Departments below these and below the own ones, each with its root."""
        return SQL(
            "SELECT 'below', d.id, r.id FROM hr_department r JOIN hr_department d"
            " ON d.parent_path LIKE r.parent_path || '%%'"
            " WHERE r.id = ANY(%s) OR r.id IN (SELECT department_id FROM me)",
            list(roots),
            to_flush=self.env["hr.department"]._fields["parent_path"],
        )
