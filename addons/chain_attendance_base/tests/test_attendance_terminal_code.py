from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from ..models.attendance_terminal_code import code_key
from .common import AttendanceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestAttendanceTerminalCode(AttendanceCommon):
    def test_normal_form(self):
        for text, key in (
            (" 0126", "126"),
            ("126", "126"),
            ("000", "0"),
            ("A007", "A007"),
            ("", ""),
            (None, ""),
            ("١٢", "١٢"),
        ):
            self.assertEqual(code_key(text), key)

    def test_digits_only_and_length(self):
        for code in ("1", "12345678"):
            self.new_employee(f"P{code}", code)
        for code in ("0", "012", "12a", "123456789", "١٢"):
            with self.subTest(code), self.assertRaises(ValidationError):
                self.new_employee("Bad", code)

    def test_first_code_is_valid_since_ever(self):
        person = self.new_employee("Ann", "1009")
        self.assertFalse(person.terminal_code_ids.date_from)
        self.assertEqual(person.terminal_user_code, "1009")

    def test_reused_code_starts_today_and_overlap_names_both(self):
        first = self.new_employee("Ann", "1009")
        with self.assertRaises(ValidationError) as caught:
            self.new_employee("Bob", "1009")
        self.assertRegex(str(caught.exception), "Ann.*Bob")
        first.terminal_user_code = False
        self.assertEqual(str(first.terminal_code_ids.date_to), "2026-03-09")
        second = self.new_employee("Bob", "1009")
        self.assertEqual(str(second.terminal_code_ids.date_from), "2026-03-10")

    def test_a_typing_mistake_nobody_punched_with_leaves_no_trace(self):
        person = self.new_employee("Ann", "1009")
        person.terminal_user_code = "2009"
        self.assertEqual(person.terminal_code_ids.mapped("code"), ["2009"])
        self.assertFalse(person.terminal_code_ids.date_from)

    def test_end_before_start_is_refused(self):
        person = self.new_employee("Ann", "1009")
        with self.assertRaisesRegex(ValidationError, "ends on"):
            person.terminal_code_ids.write(
                {"date_from": "2026-03-02", "date_to": "2026-03-01"}
            )

    def test_search_by_current_code(self):
        person = self.new_employee("Ann", "98765432")
        by_code = [("terminal_user_code", "=", "98765432")]
        self.assertEqual(person.search(by_code), person)
        person.terminal_user_code = False
        self.assertFalse(person.search(by_code))

    def test_no_rights_without_hr(self):
        person = self.new_employee("Ann", "1009")
        user = self.new_user("keeper", "chain_attendance_base.group_store_manager")
        with self.assertRaises(AccessError):
            person.terminal_code_ids.with_user(user).read(["code"])
        with self.assertRaises(AccessError):
            person.with_user(user).read(["terminal_user_code"])
