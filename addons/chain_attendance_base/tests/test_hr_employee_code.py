from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..hooks import post_init_hook
from .common import AttendanceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestHrEmployeeCode(AttendanceCommon):
    def spans(self, person):
        """``[(code, first day, last day)]``, oldest first."""
        rows = person.terminal_code_ids.sorted(lambda r: r._span())
        return [(r.code, str(r.date_from or ""), str(r.date_to or "")) for r in rows]

    def test_proposed_from_the_number_when_it_fits_and_is_free(self):
        self.assertEqual(
            self.new_employee("Ann", employee_number="1009").terminal_user_code, "1009"
        )
        for number in ("A77", "0123", "123456789", "B9"):
            with self.subTest(number):
                code = self.new_employee("Bob", employee_number=number)
                self.assertNotEqual(code.terminal_user_code, number)
                self.assertTrue(code.terminal_user_code)

    def test_lowest_free_code_is_nobodys_number(self):
        self.new_employee("Ann", "1", employee_number="N1")
        self.new_employee("Two", employee_number="2", is_punching=False)
        person = self.new_employee("Bob", employee_number="N2")
        self.assertEqual(person.terminal_user_code, "3")

    def test_no_proposal_for_who_does_not_punch(self):
        person = self.new_employee("Ann", employee_number="1009", is_punching=False)
        self.assertFalse(person.terminal_code_ids)
        with self.assertRaisesRegex(ValidationError, "Ann"):
            person.terminal_user_code = "1009"
        person.write({"is_punching": True})
        self.assertEqual(person.terminal_user_code, "1009")

    def test_unticking_ends_the_code_today_and_ticking_resumes_it(self):
        person = self.new_employee("Ann", "1009")
        person.is_punching = False
        self.assertEqual(self.spans(person), [("1009", "", "2026-03-10")])
        person.is_punching = True
        self.assertEqual(self.spans(person), [("1009", "", "")])

    def test_longest_code_of_the_company(self):
        self.company.attendance_code_digits = 3
        for code in ("1", "999"):
            self.assertTrue(self.new_employee("Good", code))
        with self.assertRaisesRegex(ValidationError, "1 to 3 digits"):
            self.new_employee("Bad", "1000")
        person = self.new_employee("Long", employee_number="1000")
        self.assertLessEqual(len(person.terminal_user_code), 3)
        for digits in (0, 9):
            with self.assertRaisesRegex(ValidationError, "1 to 8"):
                self.company.attendance_code_digits = digits
        for digits in (1, 8):
            self.company.attendance_code_digits = digits

    def test_no_code_is_left(self):
        self.company.attendance_code_digits = 1
        people = [self.new_employee(f"P{n}") for n in range(10)]
        codes = [person.terminal_user_code for person in people]
        self.assertEqual(codes, [*"123456789", False])

    def test_overlap_within_one_batch_names_both(self):
        with self.assertRaisesRegex(ValidationError, "Ann.*Bob|Bob.*Ann"):
            self.env["hr.employee"].create(
                [
                    {
                        "name": name,
                        "company_id": self.company.id,
                        "terminal_user_code": "77",
                    }
                    for name in ("Ann", "Bob")
                ]
            )

    def test_swap_of_two_codes(self):
        ann, bob = self.new_employee("Ann", "11"), self.new_employee("Bob", "12")
        self.env["attendance.terminal.code"]._assign(
            {ann: "12", bob: "11"}, date(2026, 3, 10)
        )
        self.assertEqual((ann.terminal_user_code, bob.terminal_user_code), ("12", "11"))
        self.assertEqual(
            self.spans(ann), [("11", "", "2026-03-09"), ("12", "2026-03-10", "")]
        )

    def test_same_code_in_two_companies(self):
        other = self.env["res.company"].create({"name": "Other Chain"})
        self.new_employee("Ann", "1009")
        person = self.new_employee("Bob", "1009", company_id=other.id, store_id=False)
        self.assertEqual(person.terminal_user_code, "1009")

    def test_move_to_another_company(self):
        other = self.env["res.company"].create({"name": "Other Chain"})
        self.env.user.company_ids |= other
        person = self.new_employee("Ann", "1009", employee_number="A9")
        person.write({"company_id": other.id, "store_id": False})
        rows = person.terminal_code_ids.sorted(lambda r: r._span())
        self.assertEqual(rows.company_id, self.company | other)
        self.assertEqual(
            self.spans(person), [("1009", "", "2026-03-09"), ("1009", "2026-03-10", "")]
        )
        heir = self.new_employee("Bob", "1009")
        self.assertEqual(self.spans(heir), [("1009", "2026-03-10", "")])

    def test_move_to_another_company_on_the_code_s_first_day(self):
        other = self.env["res.company"].create({"name": "Other Chain"})
        self.env.user.company_ids |= other
        person = self.new_employee("Ann", "1009", employee_number="A9")
        person.terminal_code_ids.date_from = "2026-03-10"
        person.write({"company_id": other.id, "store_id": False})
        self.assertEqual(person.terminal_code_ids.company_id, other)
        self.assertEqual(person.terminal_user_code, "1009")

    def test_archive_ends_the_code_today(self):
        person = self.new_employee("Ann", "1009")
        person.action_archive()
        self.assertEqual(str(person.leave_date), "2026-03-10")
        self.assertEqual(self.spans(person), [("1009", "", "2026-03-10")])

    def test_departure_wizard_fills_the_leave_date(self):
        person = self.new_employee("Ann", "1009")
        for day in ("2026-03-31", "2026-03-20", "2026-04-15"):
            self.env["hr.departure.wizard"].create(
                {"employee_ids": person.ids, "departure_date": day}
            ).action_register_departure()
            self.assertEqual(str(person.leave_date), day)
            self.assertEqual(self.spans(person), [("1009", "", day)])
        self.assertTrue(person.active)
        self.env["hr.departure.wizard"].with_context(employee_termination=True).create(
            {"employee_ids": person.ids, "departure_date": "2026-03-08"}
        ).action_register_departure()
        self.assertFalse(person.active)
        self.assertEqual(self.spans(person), [("1009", "", "2026-03-08")])

    def test_return_gives_the_free_code_back(self):
        person = self.new_employee("Ann", "1009")
        person.write({"active": False, "leave_date": "2026-03-01"})
        person.action_unarchive()
        self.assertFalse(person.leave_date)
        self.assertEqual(
            self.spans(person), [("1009", "", "2026-03-01"), ("1009", "2026-03-10", "")]
        )
        person.action_archive()
        person.action_unarchive()
        self.assertEqual(self.spans(person)[-1], ("1009", "2026-03-10", ""))

    def test_return_does_not_take_a_code_that_somebody_has_since(self):
        person = self.new_employee("Ann", "1009", employee_number="A9")
        person.write({"active": False, "leave_date": "2026-03-01"})
        heir = self.new_employee("Bob", "1009")
        person.action_unarchive()
        self.assertEqual(heir.terminal_user_code, "1009")
        self.assertNotEqual(person.terminal_user_code, "1009")
        self.assertTrue(person.terminal_user_code)
        self.assertTrue(person.message_ids.filtered(lambda m: "Bob" in (m.body or "")))

    def test_putting_off_the_leave_does_not_overlap_the_heir(self):
        person = self.new_employee("Ann", "1009", leave_date="2026-03-01")
        self.new_employee("Bob", "1009")
        with self.assertRaisesRegex(ValidationError, "Bob.*Ann"):
            person.leave_date = "2026-03-20"

    def test_a_code_held_before_starts_today_also_as_a_correction(self):
        self.new_employee("Ann", "1009", leave_date="2026-03-01")
        person = self.new_employee("Bob", "2009")
        person.terminal_user_code = "1009"
        self.assertEqual(self.spans(person)[-1], ("1009", "2026-03-10", ""))

    def test_who_punched_cannot_be_deleted(self):
        person = self.new_employee("Ann", "1009")
        self.patch(type(person.terminal_code_ids), "_is_used", lambda self: True)
        with self.assertRaisesRegex(UserError, "Ann has punched"):
            person.unlink()

    def test_who_changed_a_code_is_told_in_the_chatter(self):
        person = self.new_employee("Ann", "1009")
        self.assertFalse(
            person.message_ids.filtered(lambda m: "1009" in (m.body or ""))
        )
        person.terminal_user_code = "2009"
        self.assertRegex(person.message_ids[0].body, "1009.*2009")
        self.assertEqual(person.message_ids[0].author_id, self.env.user.partner_id)

    def test_form_proposes_number_and_code(self):
        with Form(self.env["hr.employee"]) as form:
            self.assertTrue(form.employee_number)
            self.assertEqual(form.terminal_user_code, form.employee_number)
            form.name = "Ann"
            form.employee_number = "2001"
            self.assertEqual(form.terminal_user_code, "2001")
            form.terminal_user_code = "55"
            form.employee_number = "2002"
            self.assertEqual(form.terminal_user_code, "55")
        person = form.record
        self.assertEqual(
            (person.employee_number, person.terminal_user_code), ("2002", "55")
        )

    def test_form_requires_number_and_code(self):
        form = Form(self.env["hr.employee"])
        form.name = "Ann"
        form.employee_number = False
        with self.assertRaisesRegex(AssertionError, "employee_number"):
            form.save()
        form.employee_number = "2001"
        form.terminal_user_code = False
        with self.assertRaisesRegex(AssertionError, "terminal_user_code"):
            form.save()
        form.is_punching = False
        self.assertFalse(form.save().terminal_user_code)

    def test_search_by_code_and_without(self):
        ann = self.new_employee("Ann", "98765432")
        bob = self.new_employee("Bob", is_punching=False)
        people = [("id", "in", (ann | bob).ids)]
        for term, found in (
            (("terminal_user_code", "=", False), bob),
            (("terminal_user_code", "!=", False), ann),
            (("terminal_user_code", "ilike", "8765"), ann),
            (("terminal_user_code", "!=", "98765432"), bob),
            (("terminal_user_code", "in", ["98765432", False]), ann | bob),
        ):
            with self.subTest(term):
                self.assertEqual(ann.search([*people, term]), found)

    def test_install_hook_fills_codes(self):
        person = self.new_employee("Old", employee_number="4711")
        person.terminal_code_ids.unlink()
        post_init_hook(self.env)
        self.assertEqual(person.terminal_user_code, "4711")

    def test_entering_many_costs_no_more_queries_for_codes(self):
        counts = []
        for size in (20, 40):
            people = self.env["hr.employee"].create(
                [
                    {
                        "name": f"P{size}/{n}",
                        "company_id": self.company.id,
                        "is_punching": False,
                    }
                    for n in range(size)
                ]
            )
            self.env.flush_all()
            before = self.cr.sql_log_count
            people._write({"is_punching": True})
            people.invalidate_recordset()
            people.sudo()._propose_terminal_codes()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(people.terminal_code_ids), size)
        self.assertLessEqual(counts[1], counts[0] + 2)
        self.assertLessEqual(counts[1], 40)
