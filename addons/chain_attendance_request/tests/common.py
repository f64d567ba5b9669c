from datetime import datetime

from odoo.addons.chain_attendance_day.tests.common import DayCommon


class RequestCommon(DayCommon):
    """A person on the manual's day shift, and builders for what is filed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-06-01", works_saturday=True)
        cls.requests = cls.env["attendance.request"]

    @classmethod
    def file(cls, kind, day, start=None, stop=None, **values):
        """``file("overtime", "2026-07-06", "18:00", "20:30")``."""
        times = {}
        for name, text in (("start_minutes", start), ("stop_minutes", stop)):
            if text:
                hours, minutes = map(int, text.split(":"))
                times[name] = hours * 60 + minutes
        return cls.env["attendance.request"].create(
            {
                "kind": kind,
                "employee_id": cls.person.id,
                "date_from": day,
                **times,
                **values,
            }
        )

    @classmethod
    def leave_type(cls, unit, **values):
        return cls.env["hr.leave.type"].create(
            {
                "name": f"Leave by {unit}",
                "request_unit": unit,
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
                "company_id": cls.company.id,
                **values,
            }
        )

    def overtime(self, day):
        """Recognised overtime of a day: workday, rest day, holiday."""
        row = self.compute(day)
        return (
            row.overtime_workday_minutes,
            row.overtime_rest_day_minutes,
            row.overtime_holiday_minutes,
        )

    @staticmethod
    def utc(text):
        return datetime.fromisoformat(text)


class LeaveCommon(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_day = cls.leave_type("day")
        cls.by_half = cls.leave_type("half_day")
        cls.by_hour = cls.leave_type("hour")

    @classmethod
    def take(cls, leave_type, first, last=None, start=None, stop=None, **values):
        """``take(by_hour, MONDAY, start=13, stop=17)``."""
        hours = {}
        if start is not None:
            hours = {"request_hour_from": start, "request_hour_to": stop}
        return cls.env["hr.leave"].create(
            {
                "employee_id": cls.person.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": first,
                "request_date_to": last or first,
                **hours,
                **values,
            }
        )

    def charged(self, *args, **values):
        leave = self.take(*args, **values)
        return round(leave.number_of_days, 3), round(leave.number_of_hours, 3)

    def row(self, day):
        """Due, worked, absent, leave minutes of a computed day."""
        row = self.compute(day)
        return (
            row.due_minutes,
            row.worked_minutes,
            row.absent_minutes,
            row.leave_minutes,
        )

    def on_nights(self, *days):
        for day in days:
            self.override(self.person, day, self.night_shift)

    def free(self, day, kind="public_holiday"):
        calendar = self.company.attendance_holiday_calendar_id
        if not calendar:
            calendar = self.env["attendance.holiday.calendar"].create(
                {"name": "Holidays", "company_id": self.company.id}
            )
            self.company.attendance_holiday_calendar_id = calendar
        self.env["attendance.holiday"].create(
            {
                "name": "A holiday",
                "calendar_id": calendar.id,
                "date": day,
                "day_kind": kind,
            }
        )
