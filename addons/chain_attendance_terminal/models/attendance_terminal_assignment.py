from odoo import fields, models

# Rows about a person on a terminal lie in the scope of the terminal's store and in
# that of the person.
ON_TERMINAL_COLUMNS = {
    "employee": ("employee_id",),
    "store": ("terminal_id.store_id",),
    "department": ("terminal_id.store_id.department_id",),
}


class AttendanceTerminalAssignment(models.Model):
    """A person who is to be on a terminal, besides those whom it serves anyway."""

    _name = "attendance.terminal.assignment"
    _description = "Person Assigned to a Terminal"
    _inherit = ["attendance.scope.mixin"]
    _order = "terminal_id, employee_id"
    _rec_name = "employee_id"
    _check_company_auto = True

    _attendance_area = "terminals"
    _attendance_scope_columns = {
        "store": ("terminal_id.store_id",),
        "department": ("terminal_id.store_id.department_id",),
    }

    terminal_id = fields.Many2one(
        "attendance.terminal",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
        domain="[('attendance_scope', '=', 'employees.view')]",
    )
    company_id = fields.Many2one(
        related="terminal_id.company_id", store=True, index=True, precompute=True
    )
    is_administrator = fields.Boolean(
        string="Terminal Administrator",
        help="May open the terminal's menu.",
    )

    _pair_uniq = models.Constraint(
        "UNIQUE(terminal_id, employee_id)", "This person is assigned already."
    )
