import re
from collections import Counter

from odoo import api, fields, models
from odoo.fields import Command

LOGIN_LENGTH = 64
# A shorter login name or number may be in a password by chance.
TELLING_LENGTH = 3


class AttendanceLoginWizardLine(models.TransientModel):
    """One person whose login is set."""

    _name = "attendance.login.wizard.line"
    _description = "Login Settings of a Person"

    wizard_id = fields.Many2one(
        "attendance.login.wizard", required=True, ondelete="cascade"
    )
    row_id = fields.Many2one("attendance.login", string="Person", required=True)
    employee_number = fields.Char(compute="_compute_person")
    name = fields.Char(compute="_compute_person")
    department_id = fields.Many2one("hr.department", compute="_compute_person")
    login = fields.Char(string="Login Name")
    outcome = fields.Char(
        compute="_compute_outcome", help="What will be done, or why it cannot be."
    )
    has_problem = fields.Boolean(compute="_compute_outcome")

    @api.depends(
        "login",
        "row_id",
        "wizard_id.line_ids.login",
        "wizard_id.login",
        "wizard_id.access",
        "wizard_id.role_ids",
        "wizard_id.password",
    )
    def _compute_outcome(self):
        for wizard, lines in self.grouped("wizard_id").items():
            problems = wizard.line_ids._problems()
            # While the form is open, a line of it may be another object.
            by_row = {line.row_id.id: text for line, text in problems.items() if text}
            for line in lines:
                problem = by_row.get(line.row_id.id)
                line.has_problem = bool(problem)
                line.outcome = problem or line._outcome()

    @api.depends("row_id")
    @api.depends_context("uid")
    def _compute_person(self):
        # A forged line tells nothing about people out of the scope.
        within = self.env["attendance.login.wizard"]._within_scope(self.row_id.ids)
        for line in self:
            row = line.row_id & within
            line.employee_number = row.employee_number
            line.name = row.name
            line.department_id = row.department_id

    def _outcome(self):
        user = self._user()
        if self.wizard_id.access == "forbidden":
            if user.active:
                return self.env._("The login is closed.")
            return self.env._("There is no open login; nothing changes.")
        if not user:
            return self.env._("A new login.")
        if not user.active:
            return self.env._("The login is opened again.")
        return self.env._("The login stays open.")

    def _employee(self):
        """The person, for those who may set the login; see ``_problems``."""
        # sudo: clerks who set logins need no HR rights
        people = self.env["hr.employee"].sudo().with_context(active_test=False)
        together = self.wizard_id.line_ids.row_id.ids
        return people.browse(self.row_id.id).with_prefetch(together)

    def _user(self):
        """The person's login, open or not."""
        return self._employee().user_id

    def _wanted_login(self):
        wizard = self.wizard_id
        return (wizard.login if wizard.is_single else self.login) or ""

    def _problems(self):
        """``{line: sentence}`` of what is wrong with the lines of one wizard."""
        wizard = self.wizard_id
        within = wizard._within_scope(self.row_id.ids)
        inside = self.filtered(lambda line: line.row_id.id in within.ids)
        outside = self.env._("This person is not in the scope in which you set logins.")
        problems = dict.fromkeys(self - inside, outside)
        holders = wizard._holders()
        wanted = Counter(line._wanted_login().lower() for line in inside)
        for line in inside:
            user, name = line._user(), line._employee().name
            problems[line] = wizard._target_problem(user, name)
            if not problems[line] and wizard.access != "forbidden":
                problems[line] = (
                    line._departed_problem()
                    or line._login_problem(holders, wanted)
                    or line._password_problem()
                )
        return problems

    def _departed_problem(self):
        employee = self._employee()
        today = fields.Date.context_today(self)
        if not employee.filtered_domain(employee._departed_domain(today)):
            return None
        if not employee.active:
            return self.env._(
                "%s is archived: a departed person gets no login.", employee.name
            )
        return self.env._(
            "%(name)s left on %(day)s: a departed person gets no login. Change the "
            "leave date first.",
            name=employee.name,
            day=employee.leave_date or employee.current_version_id.departure_date,
        )

    def _login_problem(self, holders, wanted):
        """A sentence if the wanted login name cannot be this person's, or ``None``.

        :param holders: ``{login in small letters: its user}``.
        :param wanted: ``{login in small letters: how many lines want it}``.
        """
        return self._login_text_problem() or self._login_taken_problem(holders, wanted)

    def _login_text_problem(self):
        login, name = self._wanted_login(), self._employee().name
        if not login.strip():
            return self.env._("The login name of %s is empty.", name)
        if len(login) > LOGIN_LENGTH:
            return self.env._(
                "The login name of %(name)s has %(length)s characters; at most "
                "%(limit)s are allowed.",
                name=name,
                length=len(login),
                limit=LOGIN_LENGTH,
            )
        if re.search(r"\s", login):
            return self.env._(
                "The login name “%(login)s” of %(name)s must not hold blanks.",
                login=login,
                name=name,
            )
        return None

    def _login_taken_problem(self, holders, wanted):
        login, name = self._wanted_login(), self._employee().name
        holder = holders.get(login.lower())
        if holder and holder != self._user():
            if not holder.active:
                return self.env._(
                    "The login name “%(login)s” of %(name)s belongs to %(holder)s "
                    "already, whose login is closed.",
                    login=login,
                    name=name,
                    holder=holder.name,
                )
            return self.env._(
                "The login name “%(login)s” of %(name)s belongs to %(holder)s already.",
                login=login,
                name=name,
                holder=holder.name,
            )
        if wanted[login.lower()] > 1:
            others = self.wizard_id.line_ids.filtered(
                lambda line: (
                    line.row_id != self.row_id
                    and line._wanted_login().lower() == login.lower()
                )
            )
            return self.env._(
                "The login name “%(login)s” of %(name)s is given to %(holder)s here "
                "too.",
                login=login,
                name=name,
                holder=others[:1]._employee().name,
            )
        return None

    def _password_problem(self):
        if self._user() and not self.wizard_id.is_single:
            return None
        password = (self.wizard_id.password or "").lower()
        employee = self._employee()
        if not password:
            if self._user():
                return None
            return self.env._("The new login of %s needs a password.", employee.name)
        for held in (self._wanted_login(), employee.employee_number):
            if held and len(held) >= TELLING_LENGTH and held.lower() in password:
                return self.env._(
                    "The new password of %s must not hold the login name or the "
                    "employee number.",
                    employee.name,
                )
        return None

    def _forbid(self):
        """Close the open logins of these lines; for use as sudo, after the checks."""
        users = self.env["res.users"].union(*(line._user() for line in self))
        users.filtered("active").write({"active": False})

    def _allow(self):
        """Open or make the logins of these lines; for use as sudo, after the checks."""
        fresh = self.filtered(lambda line: not line._user())
        for line in self - fresh:
            user, wizard = line._user(), line.wizard_id
            values = {}
            if not user.active:
                values["active"] = True
            if user.login != line._wanted_login():
                values["login"] = line._wanted_login()
            commands = wizard._role_commands(user)
            if commands:
                values["group_ids"] = commands
            if wizard.is_single and wizard.password:
                values["password"] = wizard.password
            if values:
                user.write(values)
        # No letter of invitation: most of these people have no mailbox.
        users = self.env["res.users"].with_context(no_reset_password=True)
        users.create([line._prepare_user() for line in fresh])

    def _prepare_user(self):
        employee, wizard = self._employee(), self.wizard_id
        company = employee.company_id
        groups = self.env.ref("base.group_user") | wizard.role_ids.group_id
        values = {
            "name": employee.name,
            "create_employee_id": employee.id,
            "login": self._wanted_login(),
            "password": wizard.password,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(groups.ids)],
            "lang": company.partner_id.lang or self.env.lang,
            "tz": employee.tz or self.env.user.tz,
        }
        contact = employee.work_contact_id
        if contact and not contact.with_context(active_test=False).user_ids:
            values["partner_id"] = contact.id
        return values
