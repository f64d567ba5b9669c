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
