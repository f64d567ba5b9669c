from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceHoliday(AttendanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["attendance.holiday.calendar"].create({"name": "CN"})

    def new(self, name="National Day", date="2026-10-01", **values):
        return self.env["attendance.holiday"].create(
            {"calendar_id": self.calendar.id, "name": name, "date": date, **values}
        )

    def test_names_from_both_sides(self):
        self.assertTrue(self.new("n" * 64))
        self.calendar.name = "c" * 64
        for name in ("n" * 65, " "):
            with (
                self.assertRaisesRegex(ValidationError, "holiday name"),
                self.cr.savepoint(),
            ):
                self.new(name, "2026-10-02")
            with (
                self.assertRaisesRegex(ValidationError, "holiday calendar"),
                self.cr.savepoint(),
            ):
                self.calendar.name = name

    def test_dates_from_both_sides(self):
        self.assertTrue(self.new(date="2000-01-01"))
        self.assertTrue(self.new(date="2100-12-31"))
        for date in ("1999-12-31", "2101-01-01"):
            with (
                self.assertRaisesRegex(ValidationError, "must lie between"),
                self.cr.savepoint(),
            ):
                self.new(date=date)

    @mute_logger("odoo.sql_db")
    def test_a_date_once_in_a_calendar(self):
        self.new()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new("Again")

    def test_form_and_default_of_the_company(self):
        with Form(self.calendar) as form:
            with form.holiday_ids.new() as line:
                line.name = "Spring Festival"
                line.date = "2026-02-17"
            with form.holiday_ids.new() as line:
                line.name = "Instead"
                line.date = "2026-02-14"
                line.day_kind = "make_up_workday"
            form.is_company_default = True
        self.assertEqual(self.calendar.holiday_count, 2)
        self.assertEqual(self.company.attendance_holiday_calendar_id, self.calendar)
        copy = self.calendar.copy()
        self.assertEqual((copy.name, len(copy.holiday_ids)), ("CN (copy)", 2))
        self.assertFalse(copy.is_company_default)
        self.calendar.is_company_default = False
        self.assertFalse(self.company.attendance_holiday_calendar_id)

    def test_settings_functions_are_needed(self):
        user = self.new_user("editor")
        self.new_role({"settings": "edit"}, scope="all", user_ids=user)
        calendar = self.calendar.with_user(user)
        calendar.holiday_ids = [(0, 0, {"name": "x", "date": "2026-01-01"})]
        calendar.is_company_default = True
        self.assertEqual(self.company.attendance_holiday_calendar_id, self.calendar)
        with self.assertRaises(AccessError):
            calendar.copy()
        reader = self.calendar.with_user(self.new_user("reader"))
        self.assertEqual(reader.name, "CN")
        for change in (
            lambda: reader.write({"name": "x"}),
            lambda: reader.write({"is_company_default": False}),
            lambda: reader.holiday_ids.write({"name": "x"}),
            reader.unlink,
        ):
            with self.assertRaises(AccessError):
                change()

    def test_other_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        hidden = self.calendar.create({"name": "O", "company_id": other.id})
        user = self.new_user("admin2", "chain_attendance_base.group_manager")
        with self.assertRaises(AccessError):
            hidden.with_user(user).read(["name"])
