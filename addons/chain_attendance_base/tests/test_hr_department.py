from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..hooks import post_init_hook
from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestHrDepartment(AttendanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = cls.env["hr.department"]
        cls.root = cls.company.attendance_root_department_id

    def new(self, name="Sales", **values):
        return self.departments.create(
            {"name": name, "company_id": self.company.id, **values}
        )

    def test_a_new_company_has_a_head_office_that_may_be_renamed(self):
        self.assertEqual(self.root.name, "Head Office")
        self.assertEqual(self.root.with_context(lang="zh_CN").name, "总公司")
        self.assertEqual(self.root.company_id, self.company)
        self.root.name = "Holding"
        self.company._ensure_root_department()
        self.assertEqual(self.company.attendance_root_department_id.name, "Holding")

    def test_code_length_from_both_sides(self):
        for code in ("A", "ABCDEF", "一二三四五六"):
            self.assertEqual(self.new(code=code).code, code)
        for code in ("", "   ", "ABCDEFG"):
            with (
                self.subTest(code),
                self.assertRaisesRegex(ValidationError, "department code"),
                self.cr.savepoint(),
            ):
                self.new(code=code)
        with (
            self.assertRaisesRegex(ValidationError, "department code"),
            self.cr.savepoint(),
        ):
            self.new(code="OK").code = False
        self.assertEqual(self.new(code=" X1 ").code, "X1")

    def test_name_length_from_both_sides(self):
        self.assertEqual(len(self.new("n" * 128).name), 128)
        for name in ("n" * 129, "  "):
            with (
                self.assertRaisesRegex(ValidationError, "department name"),
                self.cr.savepoint(),
            ):
                self.new(name)

    @mute_logger("odoo.sql_db")
    def test_code_is_unique_in_the_company_and_among_shared_ones(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.new(code="X")
        self.assertTrue(self.new(code="X", company_id=other.id))
        self.assertTrue(self.new(code="X", company_id=False))
        for company in (self.company.id, False):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.new(code="X", company_id=company)

    def test_codes_are_proposed_in_one_query(self):
        self.new(code="003").active = False
        names = [f"D{number}" for number in range(5)]
        batch = [{"name": name, "company_id": self.company.id} for name in names]
        batch[2]["code"] = "004"
        real = type(self.departments)._free_codes
        with patch.object(
            type(self.departments), "_free_codes", autospec=True, side_effect=real
        ) as asked:
            made = self.departments.create(batch)
        self.assertEqual(asked.call_count, 1)
        # 001 is the head office, 003 an archived one, 004 given.
        self.assertEqual(made.mapped("code"), ["002", "005", "004", "006", "007"])
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.departments._free_codes({self.company.id: 9})

    def test_copy_and_quick_creation_give_new_codes(self):
        first = self.new(code="A1")
        copy = first.copy()
        self.assertNotEqual(copy.code, "A1")
        self.assertTrue(copy.code)
        made = self.departments.name_create("Quick")[0]
        self.assertTrue(self.departments.browse(made).code)

    def test_hook_fills_existing_rows_and_leaves_the_tree(self):
        parent = self.new("Old")
        child = self.new("Older", parent_id=parent.id, active=False)
        self.env.flush_all()
        both = parent + child
        self.cr.execute(
            "UPDATE hr_department SET code = NULL WHERE id = ANY(%s)", [both.ids]
        )
        both.invalidate_recordset()
        roots = self.env["res.company"].search([]).attendance_root_department_id
        post_init_hook(self.env)
        self.assertEqual(len(set(both.mapped("code"))), 2)
        self.assertTrue(all(both.mapped("code")))
        self.assertFalse(parent.parent_id)
        self.assertEqual(child.parent_id, parent)
        found = self.env["res.company"].search([]).attendance_root_department_id
        self.assertEqual(found, roots)

    def test_form_of_the_menu_proposes_code_and_head_office(self):
        model = self.departments.with_context(attendance_default_root=True)
        with Form(model) as form:
            form.name = "Shop"
            self.assertEqual(form.parent_id, self.root)
            self.assertEqual(form.code, "002")
            form.code = "SHOP"
        self.assertEqual(form.record.code, "SHOP")
        with Form(self.departments) as form:
            form.name = "Elsewhere"
            self.assertFalse(form.parent_id)
        form = Form(self.departments)
        form.name = "No Code"
        form.code = False
        with (
            self.assertRaisesRegex(AssertionError, "code is a required field"),
            self.cr.savepoint(),
        ):
            form.save()

    def test_pickers_find_code_name_and_full_name(self):
        child = self.new("Tills", code="TILL9", parent_id=self.root.id)
        for text in ("TILL9", "till9", "Tills", "Head Office / Tills", "office / t"):
            with self.subTest(text):
                found = [row[0] for row in self.departments.name_search(text)]
                self.assertIn(child.id, found)
        for text in ("TILL9", "Tills", "Head Office / Tills"):
            found = self.departments.name_search(text, operator="=")
            self.assertEqual([row[0] for row in found], [child.id])

    def test_tree_without_limit_of_depth(self):
        at = self.root
        for level in range(40):
            at = self.new(f"L{level}", parent_id=at.id)
        self.assertEqual(at.indented_name, "\u2003" * 40 + "└ L39")
        self.assertEqual(self.root.indented_name, "Head Office")
        rows = self.departments.search(
            [("id", "child_of", self.root.id)], order="parent_path"
        )
        self.assertEqual((rows[0], rows[-1], len(rows)), (self.root, at, 41))
        with self.assertRaises(UserError):
            self.root.parent_id = at

    def test_scope_of_own_department(self):
        own = self.new("Own")
        below = self.new("Below", parent_id=own.id)
        other = self.new("Other")
        person = self.new_employee("Boss", department_id=own.id)
        user = self.new_user("boss", employee=person)
        self.new_role(
            {"organisation": "view create edit delete"},
            scope="own_department",
            user_ids=user,
        )
        own.with_user(user).note = "ours"
        below.with_user(user).name = "Still below"
        with self.assertRaises(AccessError):
            other.with_user(user).note = "theirs"
        with self.assertRaises(AccessError):
            other.with_user(user).unlink()
        model = self.departments.with_user(user)
        made = model.create({"name": "New", "parent_id": own.id})
        self.assertTrue(made.code)
        for parent in (other.id, False):
            with self.assertRaises(AccessError):
                model.create({"name": "Outside", "parent_id": parent})
        with self.assertRaises(AccessError):
            made.parent_id = other
        jobs = self.env["hr.job"]
        job = jobs.create({"name": "J", "department_id": own.id})
        foreign = jobs.create({"name": "J", "department_id": other.id})
        job.with_user(user).name = "J2"
        with self.assertRaises(AccessError):
            foreign.with_user(user).name = "J3"
        store = self.new_store("OWN1", department_id=own.id)
        store.with_user(user).write({"hours_ids": [(0, 0, {"weekday": "1"})]})
        store.with_user(user).hours_ids.time_to = 22
        with self.assertRaises(AccessError):
            self.store.with_user(user).zone = "x"
        with self.assertRaises(AccessError):
            self.env["attendance.store.hours"].with_user(user).create(
                {"store_id": self.store.id}
            )
        made.with_user(user).unlink()

    def test_viewers_change_nothing_and_officers_of_odoo_keep_all(self):
        viewer = self.new_user("viewer")
        self.new_role({"organisation": "view"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.root.with_user(viewer).note = "x"
        with self.assertRaises(AccessError):
            self.departments.with_user(viewer).create({"name": "x"})
        officer = self.new_user("officer", "hr.group_hr_user")
        made = self.departments.with_user(officer).create({"name": "By HR"})
        self.root.with_user(officer).note = "y"
        made.unlink()
        self.assertFalse(made.exists())
