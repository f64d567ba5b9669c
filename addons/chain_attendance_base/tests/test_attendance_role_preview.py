from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .login_common import LoginCommon

PRESETS = (
    "role_administrator",
    "role_management",
    "role_department_manager",
    "role_store_manager",
    "role_timekeeper",
    "role_employee",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAttendanceRolePreview(LoginCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_store = cls.new_store("T002")
        cls.zhao.store_id = cls.other_store
        cls.env["attendance.store.loan"].create(
            {
                "employee_id": cls.zhao.id,
                "store_id": cls.store.id,
                "date_from": "2026-03-10",
                "date_to": "2026-03-11",
            }
        )
        cls.wang.terminal_user_code = "22"
        cls.zhao.terminal_user_code = "33"
        cls.holder = cls.new_user("holder", employee=cls.li)
        cls.store.write({"manager_id": cls.li.id, "timekeeper_ids": cls.holder.ids})

    def page(self, role, user=None):
        action = role.with_user(self.boss).action_preview()
        page = self.env[action["res_model"]].with_user(self.boss)
        page = page.browse(action["res_id"])
        if user:
            page.user_id = user
        return page

    def test_the_numbers_are_those_of_the_record_rules(self):
        roles = self.env["attendance.role"].browse(
            self.env.ref(f"chain_attendance_base.{name}").id for name in PRESETS
        )
        roles |= self.clerk_role | self.simple
        compared = 0
        for role in roles:
            if not role.is_for_all:
                self.holder.attendance_role_ids = role
            else:
                self.holder.attendance_role_ids = False
            page = self.page(role, self.holder)
            self.env.flush_all()
            self.env.invalidate_all()
            for row in page.model_ids:
                model = self.env[row.model].with_user(self.holder)
                seen = 0
                # Whoever may not read personnel records gets public profiles.
                if row.model == "hr.employee" or model.has_access("read"):
                    seen = model.search_count([])
                with self.subTest(role=role.name, model=row.model):
                    self.assertEqual(row.row_count, seen)
                    compared += 1
        self.assertGreaterEqual(compared, len(roles) * 8)

    def test_every_scoped_model_is_there(self):
        page = self.page(self.simple)
        for name in ("hr.employee", "attendance.login", "attendance.store.loan"):
            self.assertIn(name, page.model_ids.mapped("model"))

    def test_the_page(self):
        role = self.env.ref("chain_attendance_base.role_store_manager")
        role.user_ids = self.holder
        page = self.page(role, self.holder)
        # Zhao of the other store is lent to this one.
        self.assertTrue(page.is_held)
        self.assertEqual(page.employee_ids, self.li | self.wang | self.zhao)
        self.assertEqual(page.employee_count, 3)
        self.assertEqual(page.store_ids, self.store)
        rosters = page.area_ids.filtered(lambda a: a.area == "rosters")
        self.assertEqual(rosters.functions, "View, Create, Edit, Delete, Export")
        self.assertEqual(rosters.employee_count, 3)
        self.assertNotIn("settings", page.area_ids.mapped("area"))
        self.assertIn("People", page.menu_text)
        self.assertNotIn("Settings", page.menu_text)
        self.assertIn("Settings", self.page(self.clerk_role).menu_text)

    def test_another_login_is_another_own(self):
        role = self.env.ref("chain_attendance_base.role_department_manager")
        page = self.page(role, self.holder)
        self.assertFalse(page.is_held)
        self.assertEqual(page.employee_ids, self.li | self.wang)
        self.assertEqual(page.department_ids, self.sales)
        self.zhao.user_id = self.new_user("office")
        page.user_id = self.zhao.user_id
        self.assertEqual(page.employee_ids, self.zhao)
        self.assertEqual(page.department_ids, self.office)

    def test_the_first_holder_is_proposed(self):
        self.assertEqual(self.page(self.clerk_role).user_id, self.clerk)
        self.assertEqual(self.page(self.simple).user_id, self.boss)

    def test_menus_are_those_of_odoo(self):
        for name in PRESETS:
            role = self.env.ref(f"chain_attendance_base.{name}")
            self.holder.attendance_role_ids = role if not role.is_for_all else False
            page = self.page(role, self.holder)
            self.env.registry.clear_all_caches()
            root = self.env.ref("chain_attendance_base.attendance_menu_root")
            menus = self.env["ir.ui.menu"].with_user(self.holder)
            shown = menus.browse(menus._visible_menu_ids()).sudo()
            shown = shown.search([("id", "child_of", root.id), ("id", "in", shown.ids)])
            with self.subTest(name):
                self.assertEqual(page._lens().menus().ids, shown.sorted(_path).ids)

    def test_lists_open_on_the_same_rows(self):
        role = self.env.ref("chain_attendance_base.role_store_manager")
        page = self.page(role, self.holder)
        row = page.model_ids.filtered(lambda m: m.model == "attendance.store.loan")
        action = row.action_open()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(found), row.row_count)
        people = page.action_open_people()
        found = self.env[people["res_model"]].search(people["domain"])
        self.assertEqual(found, self.li | self.wang | self.zhao)

    def test_nothing_is_changed_by_looking(self):
        before = self.holder.all_group_ids
        self.page(self.clerk_role, self.holder)
        self.assertEqual(self.holder.all_group_ids, before)

    def test_administrators_only(self):
        page = self.page(self.simple)
        for attempt in (
            self.simple.with_user(self.clerk).action_preview,
            # The line is read as the clerk, too, so within the attempt.
            lambda: page.with_user(self.clerk).model_ids[0].action_open(),  # pylint: disable=unnecessary-lambda
            page.with_user(self.clerk).action_open_people,
            lambda: (
                self.env["attendance.role.preview"]
                .with_user(self.clerk)
                .new({"role_id": self.simple.id, "user_id": self.clerk.id})
                .employee_count
            ),
        ):
            with self.assertRaises(AccessError):
                attempt()


def _path(menu):
    way = []
    while menu:
        way.insert(0, (menu.sequence, menu.id))
        menu = menu.parent_id
    return way
