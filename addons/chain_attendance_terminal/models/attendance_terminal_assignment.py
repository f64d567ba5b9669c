from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..const import TERMINAL_COLUMNS


class AttendanceTerminalAssignment(models.Model):
    """A person who is to be on a terminal, besides those whom it serves anyway.

    It also holds the terminal's administrators, who may be among those it serves.
    """

    _name = "attendance.terminal.assignment"
    _description = "Terminal Assignment"
    _inherit = ["attendance.scope.mixin"]
    _order = "terminal_id, employee_id"
    _rec_name = "employee_id"
    _check_company_auto = True

    _attendance_area = "terminals"
    _attendance_scope_columns = TERMINAL_COLUMNS

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Name",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
        domain="[('attendance_scope', '=', 'employees.view')]",
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    employee_number = fields.Char(related="employee_id.employee_number")
    department_id = fields.Many2one(related="employee_id.department_id")
    job_id = fields.Many2one(related="employee_id.job_id")
    store_id = fields.Many2one(related="employee_id.store_id", string="Store")
    is_administrator = fields.Boolean(
        string="Terminal Administrator",
        help="May open the terminal's menu. Without any administrator everybody may.",
    )

    _pair_uniq = models.Constraint(
        "UNIQUE(terminal_id, employee_id)",
        "This person is assigned to this terminal already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_terminals([vals.get("terminal_id") for vals in vals_list])
        assignments = super().create(vals_list)
        assignments._check_people()
        assignments._mark_terminals()
        return assignments

    def write(self, vals):
        self._check_terminals([vals.get("terminal_id")])
        self._mark_terminals()
        result = super().write(vals)
        self._mark_terminals()
        if {"employee_id", "is_administrator"} & vals.keys():
            self._check_people()
        return result

    def unlink(self):
        self._mark_terminals()
        return super().unlink()

    def _mark_terminals(self):
        """The terminals of these assignments look at the people."""
        self.env["attendance.terminal.mark"]._mark(
            pairs=[(row.terminal_id.id, row.employee_id.id) for row in self]
        )

    @api.model
    def _check_terminals(self, terminal_ids):
        """Look at the right first: who is assigned already is told to nobody else."""
        terminals = self.env["attendance.terminal"].browse(filter(None, terminal_ids))
        terminals.check_access("write")

    def _check_people(self):
        """Who keeps a terminal puts people on it whom the login sees, nobody else."""
        if self.env.su:
            return
        people = self.employee_id
        outside = people - self._people_seen(people.ids)
        if outside:
            raise AccessError(
                self.env._(
                    "%(count)s of these people are not among the employees that you "
                    "may view, so you cannot assign them to a terminal.",
                    count=len(outside),
                )
            )

    @api.model
    def _people_seen(self, employee_ids):
        """Those of these people over whom the login has the function to view them."""
        # A colleague's public profile is not yet a person of one's own scope.
        return self.env["hr.employee"].search(
            [
                ("id", "in", list(employee_ids)),
                ("attendance_scope", "=", "employees.view"),
            ]
        )

    @api.model
    @api.private
    def _assign(self, terminals, employees, is_administrator=None):
        """Assign people to terminals, whether they are assigned already or not.

        Runs with the rights of the login.

        :param is_administrator: what they are to be; none: as they are.
        :return: how many assignments are new.
        """
        held = self.search(
            [
                ("terminal_id", "in", terminals.ids),
                ("employee_id", "in", employees.ids),
            ]
        )
        pairs = {(row.terminal_id.id, row.employee_id.id) for row in held}
        if is_administrator is not None:
            wrong = held.filtered(lambda row: row.is_administrator != is_administrator)
            wrong.write({"is_administrator": is_administrator})
        new = self.create(
            [
                {
                    "terminal_id": terminal.id,
                    "employee_id": employee.id,
                    "is_administrator": bool(is_administrator),
                }
                for terminal in terminals
                for employee in employees
                if (terminal.id, employee.id) not in pairs
            ]
        )
        return len(new)
