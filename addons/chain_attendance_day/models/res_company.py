from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        touched = []
        if "attendance_holiday_calendar_id" in vals:
            touched += self._days_of_other_calendar(
                vals["attendance_holiday_calendar_id"]
            )
        result = super().write(vals)
        self.env["attendance.day.queue"]._mark(touched)
        if "attendance_policy_id" in vals:
            self.env["attendance.day"]._mark_stored([("company_id", "in", self.ids)])
        return result

    def _days_of_other_calendar(self, calendar_id):
        """Days whose kind differs once these companies live by another calendar."""
        after = self.env["attendance.holiday.calendar"].browse(calendar_id)
        touched = []
        for company in self:
            before = company.attendance_holiday_calendar_id
            touched += self.env["attendance.day"]._touched_by_holidays(
                company.ids,
                before._differing_dates(after),
                "c.id = ANY(%s) AND s.holiday_calendar_id IS NULL",
                [company.ids],
            )
        return touched
