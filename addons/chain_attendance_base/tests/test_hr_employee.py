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

    def test_number_is_unique_in_the_company(self):
        self.new_employee("Ann", employee_number="A1").action_archive()
        bob = self.new_employee("Bob", employee_number="A2")
        taken = "A1 belongs to Ann.*given to Bob"
        with self.assertRaisesRegex(ValidationError, taken):
            self.new_employee("Bob", employee_number="A1")
        with self.assertRaisesRegex(ValidationError, taken):
            bob.employee_number = "A1"
        with self.assertRaisesRegex(ValidationError, "Cid.*given to Dan"):
            self.env["hr.employee"].create(
                [
                    {
                        "name": name,
                        "company_id": self.company.id,
                        "employee_number": "A3",
                    }
                    for name in ("Cid", "Dan")
                ]
            )
        other = self.env["res.company"].create({"name": "Other Chain"})
        twin = self.new_employee(
            "Eve", employee_number="A1", company_id=other.id, store_id=False
        )
        self.env.user.company_ids |= other
        with self.assertRaisesRegex(ValidationError, "A1 belongs to Ann"):
            twin.company_id = self.company

    @mute_logger("odoo.sql_db")
    def test_database_keeps_numbers_apart(self):
        ann = self.new_employee("Ann", employee_number="A1")
        bob = self.new_employee("Bob", employee_number="A2")
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            bob._write({"employee_number": ann.employee_number})

    def test_a_form_offers_the_next_number_without_taking_it(self):
        people = self.env["hr.employee"]
        offered = [people.default_get(["employee_number"]) for _ in range(2)]
        self.assertEqual(offered[0], offered[1])
        number = offered[0]["employee_number"]
        self.new_employee("Ann", employee_number=number)
        coming = people.default_get(["employee_number"])["employee_number"]
        self.assertEqual(int(coming), int(number) + 1)

    def test_numbers_of_many_cost_few_queries(self):
        start = self.env.ref("chain_attendance_base.employee_number_sequence")
        first = start.number_next_actual
        self.env["hr.employee"].create(
            [
                {
                    "name": f"P{n}",
                    "company_id": self.company.id,
                    "employee_number": f"{first + n:05d}",
                }
                for n in range(30)
            ]
        )
        people = self.env["hr.employee"].with_context(
            allowed_company_ids=self.company.ids
        )
        people._next_employee_numbers(self.company.id, 1)
        with self.assertQueryCount(20):
            numbers = people._next_employee_numbers(self.company.id, 500)
        self.assertEqual(len(set(numbers)), 500)

    def test_english_name_length(self):
        self.assertTrue(self.new_employee("Good", english_name="x" * 64))
        with self.assertRaisesRegex(ValidationError, "64"):
            self.new_employee("Bad", english_name="x" * 65)

    def test_leave_date_lies_not_before_the_hire_date(self):
        person = self.new_employee(
            "Ann", hire_date="2026-03-01", leave_date="2026-03-01"
        )
        with self.assertRaisesRegex(ValidationError, "Ann.*2026-02-28"):
            person.leave_date = "2026-02-28"

    def test_archive_before_the_first_day(self):
        person = self.new_employee("Ann", hire_date="2026-04-01")
        person.action_archive()
        self.assertEqual(str(person.leave_date), "2026-04-01")

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
