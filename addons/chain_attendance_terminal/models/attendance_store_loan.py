from odoo import api, models


class AttendanceStoreLoan(models.Model):
    _inherit = "attendance.store.loan"

    @api.model_create_multi
    def create(self, vals_list):
        loans = super().create(vals_list)
        loans._mark_terminals(loans.employee_id)
        return loans

    def write(self, vals):
        employees = self.employee_id
        result = super().write(vals)
        self._mark_terminals(employees | self.employee_id)
        return result

    def unlink(self):
        self._mark_terminals(self.employee_id)
        return super().unlink()

    @api.model
    def _mark_terminals(self, employees):
        """The terminals of both stores look at these people."""
        self.env["attendance.terminal.mark"]._mark(employees.ids)
