from odoo import models


class AttendanceHolidayCalendar(models.Model):
    _inherit = "attendance.holiday.calendar"

    def _differing_dates(self, other):
        """The dates that are not of the same kind in two calendars, or in none."""
        kinds = [
            {(holiday.date, holiday.day_kind) for holiday in calendar.holiday_ids}
            for calendar in (self.sudo(), other.sudo())  # sudo: dates are no secret
        ]
        return {day for day, _kind in kinds[0] ^ kinds[1]}
