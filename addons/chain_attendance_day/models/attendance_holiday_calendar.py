from odoo import models

from .attendance_holiday import IN_CALENDAR


class AttendanceHolidayCalendar(models.Model):
    _inherit = "attendance.holiday.calendar"

    def unlink(self):
        # Its dates go with it in the database, and its stores fall back on the
        # company's calendar, both without a word to the models.
        companies = self.company_id.sudo()  # sudo: which calendar a company has
        calendars = self | companies.attendance_holiday_calendar_id
        touched = self.env["attendance.day"]._touched_by_holidays(
            companies.ids, calendars.holiday_ids.mapped("date"), IN_CALENDAR, [self.ids]
        )
        result = super().unlink()
        self.env["attendance.day.queue"]._mark(touched)
        return result

    def _differing_dates(self, other):
        """The dates that are not of the same kind in two calendars, or in none."""
        kinds = [
            {(holiday.date, holiday.day_kind) for holiday in calendar.holiday_ids}
            for calendar in (self.sudo(), other.sudo())  # sudo: dates are no secret
        ]
        return {day for day, _kind in kinds[0] ^ kinds[1]}
