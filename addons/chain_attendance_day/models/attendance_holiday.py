from odoo import api, models

# The calendar of the store where the person is; without one the company's.
IN_CALENDAR = """
    COALESCE(s.holiday_calendar_id, c.attendance_holiday_calendar_id) = ANY(%s)
"""


class AttendanceHoliday(models.Model):
    _inherit = "attendance.holiday"

    @api.model_create_multi
    def create(self, vals_list):
        holidays = super().create(vals_list)
        self.env["attendance.day.queue"]._mark(holidays._touched_days())
        return holidays

    def write(self, vals):
        if not {"calendar_id", "date", "day_kind"} & vals.keys():
            return super().write(vals)
        before = self._touched_days()
        result = super().write(vals)
        self.env["attendance.day.queue"]._mark(before + self._touched_days())
        return result

    def unlink(self):
        before = self._touched_days()
        result = super().unlink()
        self.env["attendance.day.queue"]._mark(before)
        return result

    def _touched_days(self):
        """The known days of who lives by these calendars, on these dates."""
        touched = []
        for calendar, holidays in self.grouped("calendar_id").items():
            touched += self.env["attendance.day"]._touched_by_holidays(
                calendar.company_id.ids,
                holidays.mapped("date"),
                IN_CALENDAR,
                [calendar.ids],
            )
        return touched
