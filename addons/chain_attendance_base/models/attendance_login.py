import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class AttendanceLogin(models.Model):
    """Who of the employees may log in, under which name, with which roles.

    One row an employee, with the employee's id; read-only. The wizard
    ``attendance.login.wizard`` changes what it shows.
    """

    _name = "attendance.login"
    _description = "Login"
    _inherit = ["attendance.scope.mixin"]
    _auto = False
    _order = "employee_number, id"
    _rec_names_search = ["name", "employee_number", "login"]
    _depends = {
        "hr.employee": [
            "active",
            "company_id",
            "current_version_id",
            "employee_number",
            "hire_date",
            "name",
            "user_id",
        ],
        "hr.version": [
            "active",
            "contract_date_start",
            "department_id",
            "employee_id",
            "job_id",
            "sex",
            "store_id",
        ],
        "res.users": ["active", "login"],
    }

    _attendance_area = "settings"

    active = fields.Boolean(readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    store_id = fields.Many2one("attendance.store", readonly=True)
    employee_number = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    gender = fields.Selection(
        [("male", "Male"), ("female", "Female"), ("other", "Other")], readonly=True
    )
    hire_date = fields.Date(readonly=True)
    access = fields.Selection(
        [("allowed", "Allowed"), ("forbidden", "Forbidden")],
        string="Login Allowed",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Odoo User", readonly=True)
    login = fields.Char(string="Login Name", readonly=True)
    last_login_at = fields.Datetime(string="Last Login", readonly=True)
    role_ids = fields.Many2many(
        "attendance.role",
        string="Roles Held",
        compute="_compute_role_ids",
        search="_search_role_ids",
        help="Besides the role that every employee with a login holds.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT e.id, e.id AS employee_id, e.active, e.company_id,
                   e.employee_number, e.name,
                   v.department_id, v.job_id, v.store_id, v.sex AS gender,
                   COALESCE(e.hire_date, (
                       SELECT MIN(c.contract_date_start) FROM hr_version c
                       WHERE c.employee_id = e.id AND c.active
                   )) AS hire_date,
                   CASE WHEN u.active THEN 'allowed' ELSE 'forbidden' END AS access,
                   u.id AS user_id, u.login,
                   (SELECT MAX(l.create_date) FROM res_users_log l
                    WHERE l.create_uid = u.id) AS last_login_at
            FROM hr_employee e
            LEFT JOIN hr_version v ON v.id = e.current_version_id
            LEFT JOIN res_users u ON u.id = e.user_id
            """
        )

    @api.depends("user_id")
    def _compute_role_ids(self):
        # sudo: who may read logins may read which roles they hold; a closed login
        # keeps its roles
        users = self.sudo().user_id
        held = {user.id: user.attendance_role_ids.ids for user in users}
        for row in self:
            row.role_ids = held.get(row.sudo().user_id.id, [])

    @api.model
    def _search_role_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: as for reading the roles
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users._search([("attendance_role_ids", "in", value)])
        return Domain("user_id", "in", found)

    def _proposed_login(self):
        """A login name for this person; for use as sudo."""
        self.ensure_one()
        employee = self.employee_id
        if employee.user_id:
            return employee.user_id.login
        for number in (employee.mobile_phone, employee.work_phone):
            digits = re.sub(r"\D", "", number or "")
            if digits:
                return digits
        return (employee.work_email or employee.employee_number or "").strip()

    def action_login_settings(self):
        """Open the wizard for these people."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_base.attendance_login_wizard_action"
        )
        action["context"] = {"active_model": self._name, "active_ids": self.ids}
        return action
