import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

NUMBER_PATTERN = re.compile(r"[A-Za-z0-9]{1,12}")


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "attendance.scope.mixin"]

    _attendance_area = "employees"
    _attendance_is_core = True
    _attendance_scope_columns = {
        "employee": ("id",),
        "department": ("current_version_id.department_id",),
        "job": ("current_version_id.job_id",),
        "store": ("current_version_id.store_id",),
        "lent": ("id",),
    }

    employee_number = fields.Char(
        copy=False,
        tracking=True,
        help="Letters and digits, at most 12; unique in the company.",
    )
    english_name = fields.Char()
    hire_date = fields.Date(
        tracking=True,
        groups="hr.group_hr_user",
        help="First day of employment; empty: the start of the first contract.",
    )
    leave_date = fields.Date(
        tracking=True,
        groups="hr.group_hr_user",
        help="Last day of employment; empty: the departure date, once archived.",
    )
    store_id = fields.Many2one(
        related="version_id.store_id", inherited=True, readonly=False
    )
    terminal_code_ids = fields.One2many(
        "attendance.terminal.code",
        "employee_id",
        string="Terminal User Codes",
        groups="hr.group_hr_user",
    )
    terminal_user_code = fields.Char(
        copy=False,
        compute="_compute_terminal_user_code",
        inverse="_inverse_terminal_user_code",
        search="_search_terminal_user_code",
        groups="hr.group_hr_user",
        help="The number this person keys in at the terminal: 1 to 8 digits, the "
        "first one not 0.",
    )

    _employee_number_uniq = models.Constraint(
        "UNIQUE(company_id, employee_number)",
        "An employee of this company has this number already.",
    )

    @api.constrains("employee_number")
    def _check_employee_number(self):
        for employee in self:
            number = employee.employee_number
            if number and not NUMBER_PATTERN.fullmatch(number):
                raise ValidationError(
                    self.env._(
                        "The employee number “%(number)s” may hold letters and digits "
                        "only, 1 to 12 of them.",
                        number=number,
                    )
                )

    @api.depends(
        "terminal_code_ids.code",
        "terminal_code_ids.date_from",
        "terminal_code_ids.date_to",
    )
    def _compute_terminal_user_code(self):
        today = fields.Date.context_today(self)
        held = self.env["attendance.terminal.code"]._current(self, today)
        for employee in self:
            record = held.get(employee._origin.id)
            employee.terminal_user_code = record.code if record else False

    def _inverse_terminal_user_code(self):
        today = fields.Date.context_today(self)
        for employee in self:
            code = employee.terminal_user_code
            self.env["attendance.terminal.code"]._assign(employee, code, today)

    @api.model
    def _search_terminal_user_code(self, operator, value):
        today = fields.Date.context_today(self)
        held = Domain("code", operator, value) & Domain.AND(
            [
                Domain("date_from", "=", False) | Domain("date_from", "<=", today),
                Domain("date_to", "=", False) | Domain("date_to", ">=", today),
            ]
        )
        return Domain("terminal_code_ids", "any", held)

    @api.model_create_multi
    def create(self, vals_list):
        employees = super().create(vals_list)
        employees.filtered(lambda e: not e.employee_number)._fill_employee_numbers()
        return employees

    def _fill_employee_numbers(self):
        """Propose the next free number to each of these people."""
        sequence = self.env["ir.sequence"].sudo()
        for company, employees in self.grouped("company_id").items():
            taken = set(
                self.sudo()
                .with_context(active_test=False)
                .search_fetch(
                    [("company_id", "=", company.id), ("employee_number", "!=", False)],
                    ["employee_number"],
                )
                .mapped("employee_number")
            )
            for employee in employees:
                number = sequence.next_by_code("chain_attendance.employee_number")
                while number in taken:
                    number = sequence.next_by_code("chain_attendance.employee_number")
                taken.add(number)
                employee.employee_number = number
