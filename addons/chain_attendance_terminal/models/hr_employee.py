from odoo import fields, models

# What terminals know of a person, and what says whether the person is still there.
ON_TERMINALS = {
    "active",
    "barcode",
    "company_id",
    "hire_date",
    "is_punching",
    "leave_date",
    "name",
}


class HrEmployee(models.Model):
    """On which terminals a person is."""

    _inherit = "hr.employee"

    terminal_count = fields.Integer(
        string="On Terminals",
        compute="_compute_terminal_count",
        groups="hr.group_hr_user",
    )

    def _compute_terminal_count(self):
        # sudo: a number; the terminals are seen by those who may see them
        users = self.env["attendance.terminal.user"].sudo()
        counts = dict(
            users._read_group(
                [
                    ("sent_employee_id", "in", self.ids),
                    ("confirmed_at", "!=", False),
                ],
                ["sent_employee_id"],
                ["__count"],
            )
        )
        for employee in self:
            employee.terminal_count = counts.get(employee.sudo(), 0)

    def action_view_terminals(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_terminal.attendance_terminal_person_action"
        )
        return {**action, "domain": [("employee_id", "=", self.id)], "context": {}}

    def write(self, vals):
        result = super().write(vals)
        if ON_TERMINALS & vals.keys():
            self.env["attendance.terminal.mark"]._mark(self.ids)
        return result

    def unlink(self):
        # sudo: on which terminals somebody is, whoever may see them
        users = self.env["attendance.terminal.user"].sudo()
        groups = users._read_group(
            [("sent_employee_id", "in", self.ids)], ["terminal_id"]
        )
        self.env["attendance.terminal.mark"]._mark(
            terminal_ids=[terminal.id for (terminal,) in groups]
        )
        return super().unlink()
