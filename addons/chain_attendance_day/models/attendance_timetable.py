from odoo import api, models


class AttendanceTimetable(models.Model):
    _inherit = "attendance.timetable"

    @api.model_create_multi
    def create(self, vals_list):
        timetables = super().create(vals_list)
        timetables.shift_id._mark_days()
        return timetables

    def write(self, vals):
        shifts = self.shift_id
        result = super().write(vals)
        (shifts | self.shift_id)._mark_days()
        return result

    def unlink(self):
        shifts = self.shift_id
        result = super().unlink()
        shifts._mark_days()
        return result
