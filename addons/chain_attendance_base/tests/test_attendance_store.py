from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceStore(AttendanceCommon):
    def test_code_characters_and_length(self):
        for code in ("A", "SH-01_x", "A" * 16):
            self.assertTrue(self.new_store(code))
        for code in ("", "A B", "店1", "A" * 17, "A\n"):
            with self.subTest(code), self.assertRaises(ValidationError):
                self.new_store(code)

    @mute_logger("odoo.sql_db")
    def test_code_is_unique_in_the_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        self.assertTrue(self.new_store("T001", company_id=other.id))
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new_store("T001")

    def test_other_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        hidden = self.new_store("X1", company_id=other.id)
        user = self.new_user("reader", "chain_attendance_base.group_manager")
        self.assertNotIn(hidden, hidden.with_user(user).search([]))
        with self.assertRaises(AccessError):
            hidden.with_user(user).read(["name"])

    def test_only_the_administrator_changes_stores(self):
        user = self.new_user("keeper", "chain_attendance_base.group_store_manager")
        store = self.store.with_user(user)
        self.assertEqual(store.name, "Store T001")
        for change in (lambda: store.write({"name": "x"}), store.unlink, store.copy):
            with self.assertRaises(AccessError):
                change()
