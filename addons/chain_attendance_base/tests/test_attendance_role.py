from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..const import AREAS, OPERATIONS
from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceRole(AttendanceCommon):
    def test_presets_of_the_manual(self):
        roles = self.env["attendance.role"].with_context(lang="zh_CN")
        found = {role.name: role.scope for role in roles.search([])}
        for name, scope in (
            ("部门管理员", "own_department"),
            ("管理人员角色", "all"),
            ("员工默认权限", "self"),
        ):
            self.assertEqual(found[name], scope)

    def test_name_length(self):
        self.assertTrue(self.new_role(name="x" * 100))
        for name in ("x" * 101, "   "):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "100"):
                self.new_role(name=name)

    def test_a_picked_scope_needs_a_choice(self):
        for scope in ("employees", "jobs", "departments"):
            with self.subTest(scope), self.assertRaises(ValidationError):
                self.new_role(scope=scope)

    def test_every_area_has_a_line(self):
        role = self.new_role()
        self.assertEqual(role.function_ids.mapped("area"), [a for a, _label in AREAS])

    def test_a_tick_is_a_group_and_brings_the_view(self):
        role = self.new_role()
        line = role.function_ids.filtered(lambda f: f.area == "rosters")
        line.can_edit = True
        self.assertTrue(line.can_view)
        self.assertFalse(line.can_delete)
        user = self.new_user("keeper")
        role.user_ids = user
        self.assertTrue(user.has_group("chain_attendance_base.function_rosters_edit"))
        self.assertFalse(
            user.has_group("chain_attendance_base.function_rosters_delete")
        )
        line.can_edit = False
        self.assertFalse(user.has_group("chain_attendance_base.function_rosters_edit"))
        self.assertTrue(user.has_group("chain_attendance_base.function_rosters_view"))

    def test_what_is_not_done_by_hand_cannot_be_ticked(self):
        line = self.new_role().function_ids.filtered(lambda f: f.area == "reports")
        self.assertTrue(line.is_view_only)
        with self.assertRaises(UserError):
            line.can_delete = True

    def test_form(self):
        form = Form(self.env["attendance.role"])
        form.name = "Area manager"
        form.scope = "own_stores"
        role = form.save()
        with Form(role) as form, form.function_ids.edit(0) as line:
            line.can_create = True
            self.assertTrue(line.can_view)
        self.assertTrue(role.function_ids[0].can_create)

    def test_functions_of_roles_add_up(self):
        user = self.new_user("keeper")
        self.new_role({"rosters": "view"}, user_ids=user)
        self.new_role({"reports": "export"}, user_ids=user)
        self.assertTrue(user._attendance_may("rosters", "view"))
        self.assertTrue(user._attendance_may("reports", "export"))
        self.assertFalse(user._attendance_may("rosters", "edit"))

    def test_the_administrator_may_everything_and_stays_so(self):
        role = self.env.ref("chain_attendance_base.role_administrator")
        user = self.new_user("boss", "chain_attendance_base.group_manager")
        known = self.env["res.groups"]._attendance_functions()
        for area, _label in AREAS:
            for operation in OPERATIONS:
                if (area, operation) in known:
                    self.assertTrue(user._attendance_may(area, operation))
        with self.assertRaises(UserError):
            role.scope = "self"
        with self.assertRaises(UserError):
            role.function_ids[0].can_edit = False
        with self.assertRaises(UserError):
            role.unlink()

    def test_a_role_in_use_says_by_whom(self):
        user = self.new_user("keeper")
        role = self.new_role({"rosters": "view"}, user_ids=user)
        with self.assertRaisesRegex(UserError, "keeper"):
            role.unlink()
        role.user_ids = False
        group = role.sudo().group_id
        role.unlink()
        self.assertFalse(group.exists())

    def test_a_copy_may_the_same(self):
        role = self.new_role({"rosters": "edit delete"}, scope="own_stores")
        twin = role.copy()
        line = twin.function_ids.filtered(lambda f: f.area == "rosters")
        self.assertEqual((line.can_view, line.can_edit, line.can_delete), (True,) * 3)
        self.assertNotEqual(twin.sudo().group_id, role.sudo().group_id)

    def test_only_the_administrator_writes_roles(self):
        user = self.new_user("clerk")
        mine = self.new_role({"settings": "view create edit delete"}, user_ids=user)
        for change in (
            lambda: mine.with_user(user).write({"scope": "all"}),
            lambda: mine.function_ids[0].with_user(user).write({"can_edit": True}),
            lambda: mine.with_user(user).copy(),
            lambda: user.with_user(user).write(
                {"attendance_role_ids": [Command.clear()]}
            ),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_the_administrator_makes_roles_without_odoos_access_rights(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        roles = self.env["attendance.role"].with_user(boss)
        role = roles.create({"name": "North", "scope": "self"})
        self.assertFalse(role.env.su)
        self.assertEqual(len(role.function_ids), len(AREAS))
        self.assertEqual(role.copy().name, "North (copy)")
        # Whose group a role is would be a way to any right of Odoo.
        system = self.env.ref("base.group_system")
        for change in (
            lambda: roles.create({"name": "x", "group_id": system.id}),
            lambda: role.write({"group_id": system.id}),
        ):
            with self.assertRaises(AccessError):
                change()
        clerk = self.new_user("clerk")
        self.new_role({"settings": "view create edit delete"}, user_ids=clerk)
        with self.assertRaises(AccessError):
            roles.with_user(clerk).create({"name": "x"})

    def test_list(self):
        roles = self.env["attendance.role"].search([])
        self.assertEqual(roles.mapped("number"), list(range(1, len(roles) + 1)))
        action = roles[1].action_set()
        self.assertEqual(action["res_model"], roles._name)
        self.assertEqual(action["res_id"], roles[1].id)

    def test_several_are_deleted_at_once(self):
        roles = self.new_role(name="One") | self.new_role(name="Two")
        roles.unlink()
        self.assertFalse(roles.exists())

    def test_roles_of_a_login(self):
        user = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        self.assertEqual(
            user.attendance_role_ids,
            self.env.ref("chain_attendance_base.role_timekeeper"),
        )
        role = self.new_role()
        user.attendance_role_ids = role
        self.assertEqual(role.user_ids, user)
        self.assertFalse(user.has_group("chain_attendance_base.group_timekeeper"))
        found = self.env["res.users"].search([("attendance_role_ids", "in", role.ids)])
        self.assertEqual(found, user)

    def test_what_every_employee_may_is_not_the_role_s(self):
        """Else a role over all rosters would show the reports of all."""
        user = self.new_user("planner")
        role = self.new_role({"rosters": "view"}, scope="all", user_ids=user)
        ticked = role.function_ids.filtered("can_view")
        self.assertEqual(ticked.mapped("area"), ["rosters"])
        grants = user._attendance_grants()
        self.assertEqual({g.scope for g in grants["reports", "view"]}, {"self"})
        self.assertEqual({g.scope for g in grants["rosters", "view"]}, {"all", "self"})
