from collections import defaultdict

from odoo import api, models


class AttendanceStoreLoan(models.Model):
    _inherit = "attendance.store.loan"

    @api.model_create_multi
    def create(self, vals_list):
        loans = super().create(vals_list)
        loans._mark_days()
        return loans

    def write(self, vals):
        if not {"employee_id", "store_id", "date_from", "date_to"} & vals.keys():
            return super().write(vals)
        self._mark_days()
        result = super().write(vals)
        self._mark_days()
        return result

    def unlink(self):
        self._mark_days()
        return super().unlink()

    def _mark_days(self):
        """The dates of these loans and their neighbours."""
        spans = defaultdict(list)
        for loan in self:
            spans[loan.employee_id.id].append((loan.date_from, loan.date_to))
        self.env["attendance.day"]._mark_history(self.employee_id, spans)
