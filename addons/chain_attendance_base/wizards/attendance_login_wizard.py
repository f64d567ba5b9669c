import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from .provisional_lines import UnknownLine, settle

MAX_PEOPLE = 200
PASSWORD_LENGTH = 8


class AttendanceLoginWizard(models.TransientModel):
    """Set who may log in, with which roles, name and password; for one or many.

    Whoever has the function "Settings: Edit" may do so for the people in the data
    scope of that function, and hand on no more than is in the own hands.
    """

    _name = "attendance.login.wizard"
    _description = "Login Settings"

    line_ids = fields.One2many("attendance.login.wizard.line", "wizard_id", "People")
    is_single = fields.Boolean(compute="_compute_is_single")
    employee_number = fields.Char(related="line_ids.employee_number")
    name = fields.Char(related="line_ids.name")
    department_id = fields.Many2one(related="line_ids.department_id")
    access = fields.Selection(
        [("allowed", "Allowed"), ("forbidden", "Forbidden")],
        string="Login Allowed",
        required=True,
        default="allowed",
    )
    role_mode = fields.Selection(
        [("add", "Add to Those Held"), ("set", "Replace Those Held")],
        string="What to Do With Roles",
        required=True,
        default="add",
    )
    role_ids = fields.Many2many(
        "attendance.role",
        "attendance_login_wizard_role_rel",
        string="Roles Held",
        domain="[('id', 'in', offered_role_ids)]",
        help="Besides the role that every employee with a login holds.",
    )
    offered_role_ids = fields.Many2many(
        "attendance.role", compute="_compute_offered_role_ids"
    )
    login = fields.Char(
        string="Login Name",
        help="The employee's mobile number: with it the employee logs in. At most 64 "
        "characters, no blanks.",
    )
    password = fields.Char(
        string="New Password",
        help="Leave it empty to keep the password; a new login needs one. At least 8 "
        "characters, with a letter and a digit, without the login name or the employee "
        "number. For several people it is the first password of the new logins among "
        "them. Odoo does not force anybody to change it: ask them to.",
    )
    password_again = fields.Char(string="Once More")

    @api.depends("line_ids")
    def _compute_is_single(self):
        for wizard in self:
            wizard.is_single = len(wizard.line_ids) == 1

    @api.depends_context("uid")
    def _compute_offered_role_ids(self):
        self.offered_role_ids = self._offered_roles()

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") not in ("attendance.login", "hr.employee"):
            return values
        rows = self._within_scope(context.get("active_ids") or [])
        if len(rows) > MAX_PEOPLE:
            raise ValidationError(self._too_many(len(rows)))
        # sudo: telephone numbers of the people in the scope, to propose a login name
        proposals = {row.id: row.sudo()._proposed_login() for row in rows}
        values["line_ids"] = [
            Command.create({"row_id": row.id, "login": proposals[row.id]})
            for row in rows
        ]
        if len(rows) == 1:
            values["login"] = proposals[rows.id]
            values["role_mode"] = "set"
            values["role_ids"] = [Command.set(rows.role_ids.ids)]
            if rows.user_id and rows.access == "forbidden":
                values["access"] = "forbidden"
        return values

    @api.model
    def _within_scope(self, ids):
        """The people among these whose logins the acting login may set."""
        rows = self.env["attendance.login"].with_context(active_test=False)
        if not rows.has_access("read"):
            return rows
        scope = Domain("attendance_scope", "=", "settings.edit")
        return rows.search(Domain("id", "in", ids) & scope)

    @api.model
    def _offered_roles(self):
        """The roles that the acting login may hand out.

        An administrator hands out any. Others hand on the functions that they have
        themselves: over the own stores, department or person of whoever gets the
        role; over fixed people only from a role over everybody, or the very same one.
        """
        user = self.env.user
        roles = self.env["attendance.role"].search(Domain.TRUE)
        roles = roles.filtered(lambda role: not role.is_for_all)
        if user.has_group("chain_attendance_base.group_manager"):
            return roles
        return roles.filtered(lambda role: self._is_offered(role, user))

    @api.model
    def _is_offered(self, role, user):
        if role.is_administrator:
            return False
        grants = user._attendance_grants()
        functions = role._function_groups()
        held = [
            grants.get((group.attendance_area, group.attendance_operation), ())
            for group in functions
        ]
        if not all(held):
            return False
        if role.scope == "self":
            return True
        if role.scope in ("own_department", "own_stores"):
            # What one may do with oneself only is not handed on over others.
            return all(any(g.scope != "self" for g in found) for found in held)
        everybody = [g for found in grants.values() for g in found if g.scope == "all"]
        return bool(everybody or role.scope != "all") and all(
            any(g.scope == "all" or g.role_id == role.id for g in found)
            for found in held
        )

    @api.model
    def _target_problem(self, user, name):
        """Whose login is not for the acting login to change, as a sentence.

        :param user: a login, as sudo; whoever sets its password could log in with it.
        """
        acting = self.env.user
        if not user or acting.has_group("base.group_system"):
            return None
        if user == acting:
            return self.env._("%s is yourself: another person sets your login.", name)
        if user.has_group("base.group_erp_manager"):
            return self.env._(
                "%s administers Odoo: only an administrator of Odoo sets that login.",
                name,
            )
        # sudo: ids of companies and groups only
        mine = acting.sudo()
        if user.company_ids - mine.company_ids:
            return self.env._(
                "%s works in companies in which you do not: only an administrator of "
                "Odoo sets that login.",
                name,
            )
        if acting.has_group("chain_attendance_base.group_manager"):
            return None
        roles = user.attendance_role_ids
        beyond = roles - self._offered_roles().sudo()
        if beyond:
            return self.env._(
                "%(name)s holds role “%(role)s”, which may do more than your own "
                "roles: only an administrator sets that login.",
                name=name,
                role=beyond[0].name,
            )
        rights = user.all_group_ids - roles.group_id.all_implied_ids
        if rights - mine.all_group_ids:
            return self.env._(
                "%s has rights in Odoo that you have not: only an administrator sets "
                "that login.",
                name,
            )
        return None

    @api.model
    def _too_many(self, count):
        return self.env._(
            "Logins of at most %(limit)s people are set at a time; %(count)s are "
            "chosen.",
            limit=MAX_PEOPLE,
            count=count,
        )

    def _common_problem(self):
        """What is wrong with the choices for all, as a sentence; or nothing."""
        self.ensure_one()
        if not self.line_ids:
            return self.env._("Choose the people first.")
        if len(self.line_ids) > MAX_PEOPLE:
            return self._too_many(len(self.line_ids))
        if self.access == "forbidden":
            return None
        wrong = self.role_ids - self.offered_role_ids
        if wrong:
            return self.env._(
                "You cannot hand out role “%(role)s”: it may do more than your own "
                "roles, or for more people.",
                role=wrong[0].name,
            )
        return self._password_problem()

    def _password_problem(self):
        password = self.password or ""
        if password != (self.password_again or ""):
            return self.env._("The new password and its repetition differ.")
        if not password:
            return None
        # sudo: the length that Odoo's own password policy asks for
        params = self.env["ir.config_parameter"].sudo()
        asked = params.get_param("auth_password_policy.minlength", "0")
        limit = max(PASSWORD_LENGTH, int(asked) if asked.isdigit() else 0)
        if len(password) < limit:
            return self.env._(
                "The new password has %(length)s characters; it must have at least "
                "%(limit)s.",
                length=len(password),
                limit=limit,
            )
        if not re.search(r"[^\W\d_]", password) or not re.search(r"\d", password):
            return self.env._(
                "The new password must hold at least one letter and one digit."
            )
        return None

    def _holders(self):
        """``{login in small letters: its user}`` of the logins wanted here."""
        wanted = {line._wanted_login().lower() for line in self.line_ids}
        users = self.env["res.users"]
        users.flush_model(["login"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, lower(login) FROM res_users WHERE lower(login) IN %s",
                tuple(wanted) or (None,),
            )
        )
        # sudo: a login is there once in Odoo, whoever has it, archived or not
        return {login: users.sudo().browse(user_id) for user_id, login in rows}

    @api.constrains(
        "line_ids",
        "access",
        "role_mode",
        "role_ids",
        "login",
        "password",
        "password_again",
    )
    def _check_all(self):
        """Refuse before anything is stored, the password least of all."""
        # Odoo runs constraints as sudo: then no company would be held back.
        for wizard in self.sudo(False):
            wizard._check()

    def _check(self):
        self.ensure_one()
        rows = self.line_ids.row_id
        outside = set(rows.ids) - set(self._within_scope(rows.ids).ids)
        if outside or not self.env.user._attendance_may("settings", "edit"):
            raise AccessError(
                self.env._(
                    "The logins of %(count)s of the chosen people are not in the data "
                    "scope in which you may set logins.",
                    count=len(outside) or len(rows),
                )
            )
        problem = self._common_problem()
        if problem:
            raise ValidationError(problem)
        problems = self.line_ids._problems()
        for line in self.line_ids:
            if problems.get(line):
                raise ValidationError(problems[line])

    def action_apply(self):
        self.ensure_one()
        self._check()
        # From here on as sudo: writing users is for administrators of Odoo. What may
        # be done to whom was looked at just now, as the acting login.
        wizard = self.sudo()
        if self.access == "forbidden":
            wizard.line_ids._forbid()
        else:
            wizard.line_ids._allow()
        # Nothing of the password remains.
        self.write({"password": False, "password_again": False})
        return {"type": "ir.actions.act_window_close"}

    def write(self, vals):
        if vals.keys() == {"password", "password_again"} and not any(vals.values()):
            # Forgetting the password needs no second look at what is set by now.
            self.check_access("write")
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET password = NULL, password_again = NULL "
                    "WHERE id IN %s",
                    SQL.identifier(self._table),
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["password", "password_again"])
            return True
        return super().write(self._settled(vals))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._settled(vals) for vals in vals_list])

    def onchange(self, values, field_names, fields_spec):
        return super().onchange(self._settled(values), field_names, fields_spec)

    def _settled(self, vals):
        """Values in which no line is named by an id that only the browser knows."""
        if not vals.get("line_ids"):
            return vals
        lines = {line.row_id.id: line.id for line in self.line_ids}
        try:
            commands = settle(vals["line_ids"], lines, "row_id")
        except UnknownLine:
            raise UserError(
                self.env._(
                    "This window and the server disagree about whose login is set. "
                    "Nothing was changed: close it and open it again."
                )
            ) from None
        return {**vals, "line_ids": commands}

    def _role_commands(self, user):
        """What to do to the groups of ``user``; for use as sudo."""
        commands = [Command.link(group.id) for group in self.role_ids.group_id]
        if self.role_mode == "set":
            held = user.attendance_role_ids - self.role_ids
            commands += [Command.unlink(group.id) for group in held.group_id]
        return commands
