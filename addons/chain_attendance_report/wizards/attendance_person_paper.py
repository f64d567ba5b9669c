from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.date_utils import end_of, start_of


class AttendancePersonPaper(models.TransientModel):
    """Which days of people are put on paper, and how."""

    _name = "attendance.person.paper"
    _description = "Print Attendance"
    # Logins without HR rights link people too.
    _inherit = ["hr.mixin"]

    employee_ids = fields.Many2many(
        "hr.employee",
        string="People",
        required=True,
        domain="[('attendance_scope', '=', 'reports.view')]",
        default=lambda self: self._default_employee_ids(),
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: start_of(fields.Date.context_today(self), "month"),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: end_of(fields.Date.context_today(self), "month"),
    )
    content = fields.Selection(
        [
            ("month", "A page for each person, to be signed"),
            ("detail", "Attendance detail"),
        ],
        string="What",
        default="month",
        required=True,
    )

    @api.model
    def _default_employee_ids(self):
        context = self.env.context
        if context.get("active_model") not in ("hr.employee", "hr.employee.public"):
            return []
        return context.get("active_ids") or []

    def action_print(self):
        """Make the PDF file."""
        self.ensure_one()
        # sudo: numbers of people; their days are read as the login
        people = self.sudo().employee_ids.ids
        if not people:
            raise UserError(self.env._("Choose at least one person."))
        first, last = self.date_from.isoformat(), self.date_to.isoformat()
        if self.content == "month":
            monthly = self.env["attendance.report.monthly"]
            return monthly._print_months([[first, last, people]])
        return self.env["attendance.day"]._print_detail(
            {"from": first, "to": last, "people": people}
        )
