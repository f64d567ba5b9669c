from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

# So many people are found, assigned or taken off at once.
PEOPLE_LIMIT = 1000
TERMINALS_LIMIT = 100


class AttendanceTerminalBind(models.TransientModel):
    """Find people and assign them to terminals, or end their assignment.

    For who may edit the terminals, over people whom the login may view.
    """

    _name = "attendance.terminal.bind"
    _inherit = ["hr.mixin"]
    _description = "Assign People to Terminals"

    terminal_ids = fields.Many2many(
        "attendance.terminal",
        string="Chosen Terminals",
        domain="[('attendance_scope', '=', 'terminals.edit')]",
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    operation = fields.Selection(
        [("assign", "Assign"), ("end", "End the assignment")],
        required=True,
        default="assign",
    )
    employee_number = fields.Char(
        help="Part of the employee number, or several numbers separated by commas."
    )
    name = fields.Char(string="Employee Name", help="Part of the name.")
    department_ids = fields.Many2many(
        "hr.department",
        string="Departments",
        help="With those below them.",
    )
    job_ids = fields.Many2many("hr.job", string="Job Positions")
    store_ids = fields.Many2many("attendance.store", string="Stores")
    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        domain="[('attendance_scope', '=', 'employees.view'),"
        " ('company_id', '=?', company_id)]",
    )
    is_administrator = fields.Boolean(
        string="As Terminal Administrators",
        help="They may open the terminal's menu.",
    )

    @api.depends("terminal_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.terminal_ids.company_id[:1]

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        context = self.env.context
        ids = context.get("active_ids") or []
        if context.get("active_model") == "attendance.terminal":
            values["terminal_ids"] = [Command.set(ids)]
        elif context.get("default_terminal_id"):
            values["terminal_ids"] = [Command.set([context["default_terminal_id"]])]
        return values

    def _people_domain(self):
        """What was typed and chosen; all of it has to fit."""
        domain = Domain("attendance_scope", "=", "employees.view")
        company = self.company_id or self.env.company
        domain &= Domain("company_id", "=", company.id)
        numbers = (self.employee_number or "").replace("，", ",").split(",")
        numbers = [number.strip() for number in numbers if number.strip()]
        if len(numbers) > 1:
            domain &= Domain("employee_number", "in", numbers)
        elif numbers:
            domain &= Domain("employee_number", "ilike", numbers[0])
        if self.name and self.name.strip():
            domain &= Domain("name", "ilike", self.name.strip())
        if self.department_ids:
            domain &= Domain("department_id", "child_of", self.department_ids.ids)
        if self.job_ids:
            domain &= Domain("job_id", "in", self.job_ids.ids)
        if self.store_ids:
            domain &= Domain("store_id", "in", self.store_ids.ids)
        return domain

    def action_find(self):
        """Add those who fit to the people chosen already."""
        self.ensure_one()
        found = self.env["hr.employee"].search(
            self._people_domain(), limit=PEOPLE_LIMIT + 1
        )
        self._check_count(len(found | self.employee_ids))
        if not found:
            raise UserError(
                self.env._("Nobody fits what you typed and chose. Try with less of it.")
            )
        self.employee_ids |= found
        return self._reopen()

    def action_clear(self):
        self.ensure_one()
        self.employee_ids = False
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign People"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_count(self, count):
        if count > PEOPLE_LIMIT:
            raise UserError(
                self.env._(
                    "More than %(limit)s people fit; choose a department, a store or a "
                    "job position besides.",
                    limit=PEOPLE_LIMIT,
                )
            )

    def _check(self):
        self.ensure_one()
        if not self.terminal_ids:
            raise UserError(self.env._("Choose at least one terminal."))
        if not self.employee_ids:
            raise UserError(self.env._("Choose the people first."))
        self._check_count(len(self.employee_ids))
        if len(self.terminal_ids) > TERMINALS_LIMIT:
            raise UserError(
                self.env._(
                    "People are assigned to at most %(limit)s terminals at once.",
                    limit=TERMINALS_LIMIT,
                )
            )
        self.terminal_ids.check_access("write")

    def action_apply(self):
        """Assign them, or end it; the terminals follow when they are sent to."""
        self._check()
        assignments = self.env["attendance.terminal.assignment"]
        if self.operation == "assign":
            is_administrator = True if self.is_administrator else None
            assignments._assign(self.terminal_ids, self.employee_ids, is_administrator)
        else:
            assignments.search(
                [
                    ("terminal_id", "in", self.terminal_ids.ids),
                    ("employee_id", "in", self.employee_ids.ids),
                ]
            ).unlink()
        return {"type": "ir.actions.act_window_close"}

    def action_apply_and_send(self):
        """The same, and show what is to be sent now."""
        terminals = self.terminal_ids
        self.action_apply()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "chain_attendance_terminal.attendance_terminal_send_action"
            ),
            "context": {
                "active_model": "attendance.terminal",
                "active_ids": terminals.ids,
            },
        }
