from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..hooks import post_init_hook
from .common import AttendanceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestHrEmployee(AttendanceCommon):
    def test_free_numbers_are_proposed(self):
        people = self.env["hr.employee"].create(
            [{"name": name, "company_id": self.company.id} for name in "AB"]
        )
        numbers = people.mapped("employee_number")
        self.assertTrue(all(number.isdigit() for number in numbers))
        self.assertEqual(len(set(numbers)), 2)

    def test_a_taken_number_is_skipped(self):
        sequence = self.env.ref("chain_attendance_base.employee_number_sequence")
        taken = f"{sequence.number_next_actual:05d}"
        self.new_employee("Typed", employee_number=taken)
        self.assertNotEqual(self.new_employee("Next").employee_number, taken)

    def test_number_characters_and_length(self):
        for number in ("A1", "123456789012"):
            self.assertTrue(self.new_employee("Good", employee_number=number))
        for number in ("1-2", "工1", "1234567890123"):
            with self.subTest(number), self.assertRaises(ValidationError):
                self.new_employee("Bad", employee_number=number)

    @mute_logger("odoo.sql_db")
    def test_number_is_unique_in_the_company(self):
        self.new_employee("Ann", employee_number="A1")
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new_employee("Bob", employee_number="A1")

    def test_install_hook_fills_people_that_are_there(self):
        person = self.new_employee("Old")
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hr_employee SET employee_number = NULL WHERE id = %s", [person.id]
        )
        person.invalidate_recordset()
        post_init_hook(self.env)
        self.assertTrue(person.employee_number)

    def test_store_is_dated(self):
        person = self.new_employee("Ann")
        second = self.new_store("T002")
        version = person.create_version({"date_version": "2026-05-01"})
        version.store_id = second
        self.assertEqual(person._get_version(version.date_version).store_id, second)
        self.assertEqual(person.store_id, self.store)

    def test_public_profile_shows_number_and_store(self):
        person = self.new_employee("Ann", employee_number="A77")
        user = self.new_user("reader")
        self.env.flush_all()
        public = self.env["hr.employee.public"].with_user(user).browse(person.id)
        self.assertEqual(public.employee_number, "A77")
        self.assertEqual(public.store_id, self.store)
        self.assertEqual(person.with_user(user).employee_number, "A77")
