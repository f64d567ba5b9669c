from odoo import api, models


class AttendanceHoliday(models.Model):
    _inherit = "attendance.holiday"

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        holidays._plan_changed()
        return holidays

    def write(self, vals):
        self._plan_changed()
        result = super().write(vals)
        self._plan_changed()
        return result

    def unlink(self):
        self._plan_changed()
        return super().unlink()

    def _plan_changed(self):
        self.env["hr.leave"]._plan_changed(
            [(row.calendar_id.company_id.id, row.date, row.date) for row in self],
            of_companies=True,
        )
