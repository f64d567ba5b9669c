from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceRoleSecurity(AttendanceCommon):
    """Nobody gets more than the roles say, by whatever way the groups came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user("clerk")
        cls.mine = cls.new_employee("Clerk", user_id=cls.user.id)
        cls.other = cls.new_employee("Other")

    def _seen(self):
        people = self.mine | self.other
        return (
            self.env["hr.employee"]
            .with_user(self.user)
            .search([("id", "in", people.ids)])
        )

    def test_the_role_of_all_employees_stays_within_its_scope(self):
        """Its group is implied by Odoo's own; what it brings makes no HR officer."""
        role = self.env.ref("chain_attendance_base.role_employee")
        line = role.function_ids.filtered(lambda f: f.area == "employees")
        line.can_edit = True
        self.assertTrue(self.user.has_group("hr.group_hr_user"))
        self.assertFalse(self.user._is_hr_officer_without_roles())
        self.assertEqual(self._seen(), self.mine)
        with self.assertRaises(AccessError):
            self.other.with_user(self.user).write({"english_name": "Changed"})

    def test_a_function_given_without_a_role_has_no_scope(self):
        self.user.group_ids += self.env.ref(
            "chain_attendance_base.function_employees_edit"
        )
        self.assertFalse(self.user._is_hr_officer_without_roles())
        self.assertFalse(self._seen())

    def test_an_officer_of_odoo_keeps_what_odoo_gives(self):
        self.user.group_ids += self.env.ref("hr.group_hr_manager")
        self.new_role({"employees": "view edit"}, user_ids=self.user)
        self.assertEqual(self._seen(), self.mine | self.other)

    def test_who_is_no_officer_any_more_is_told_apart_at_once(self):
        role = self.new_role({"employees": "view edit"}, user_ids=self.user)
        officers = self.env.ref("hr.group_hr_user")
        for change in (
            lambda: self.user.write({"group_ids": [Command.link(officers.id)]}),
            lambda: officers.write({"user_ids": [Command.link(self.user.id)]}),
        ):
            change()
            self.assertEqual(self._seen(), self.mine | self.other)
            self.user.write({"group_ids": [Command.unlink(officers.id)]})
            self.assertIn(role.group_id, self.user.group_ids)
            self.assertEqual(self._seen(), self.mine)

    def test_a_function_taken_from_either_side_is_gone_at_once(self):
        role = self.new_role({"rosters": "view"}, user_ids=self.user)
        known = self.env["res.groups"]._attendance_functions()
        group = known["reports", "export"]
        self.assertFalse(self.user._attendance_may("reports", "export"))
        group.write({"implied_by_ids": [Command.link(role.group_id.id)]})
        self.assertTrue(self.user._attendance_may("reports", "export"))
        group.write({"implied_by_ids": [Command.unlink(role.group_id.id)]})
        self.assertFalse(self.user._attendance_may("reports", "export"))

    def test_the_administrator_of_attendance_need_not_be_odoo_s(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        self.assertFalse(boss.has_group("base.group_erp_manager"))
        roles = self.env["attendance.role"].with_user(boss)
        role = roles.create({"name": "New", "scope": "own_stores"})
        line = role.function_ids.filtered(lambda f: f.area == "rosters")
        line.can_edit = True
        role.user_ids = self.user
        self.assertTrue(self.user._attendance_may("rosters", "edit"))
        self.assertEqual(roles.search([("user_ids", "in", self.user.ids)]), role)
        role.copy()
        role.user_ids = False
        role.unlink()
        self.assertFalse(self.user._attendance_may("rosters", "edit"))

    def test_a_role_cannot_stand_on_a_group_of_somebody_else(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        roles = self.env["attendance.role"].with_user(boss)
        system = self.env.ref("base.group_system")
        with self.assertRaises(AccessError):
            roles.create({"name": "New", "scope": "self", "group_id": system.id})
        role = roles.create({"name": "New", "scope": "self"})
        with self.assertRaises(AccessError):
            role.write({"group_id": system.id})

    def test_an_archived_login_comes_back_with_its_role(self):
        gone = self.new_user("gone")
        role = self.new_role({"rosters": "view"}, user_ids=self.user | gone)
        gone.active = False
        self.assertEqual(role.user_ids, self.user)
        role.user_ids = self.user | self.new_user("new")
        self.assertIn(role.group_id, gone.group_ids)

    def test_a_scope_outlives_whom_it_names(self):
        role = self.new_role(
            {"employees": "view edit"},
            scope="employees",
            employee_ids=[Command.set((self.mine | self.other).ids)],
            user_ids=self.user,
        )
        self.assertEqual(self._seen(), self.mine | self.other)
        self.other.unlink()
        self.assertEqual(self._seen(), self.mine)
        role.user_ids = False
        self.assertFalse(self.user._attendance_may("employees", "view"))

    def test_nobody_widens_the_own_scope_by_moving_oneself(self):
        head, sub = self.env["hr.department"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Head", "Sub")]
        )
        sub.parent_id = head
        self.mine.department_id, self.other.department_id = sub, head
        third = self.new_employee("Third", department_id=sub.id)
        role = self.new_role(
            {"employees": "view create edit"},
            scope="own_department",
            user_ids=self.user,
        )
        self.assertEqual(self._seen(), self.mine)
        mine = self.mine.with_user(self.user)
        for change in (
            lambda: mine.write({"department_id": head.id}),
            lambda: mine.current_version_id.write({"department_id": head.id}),
            lambda: mine.write({"store_id": self.new_store("T002").id}),
            lambda: third.with_user(self.user).write({"user_id": self.user.id}),
            lambda: mine.create_version(
                {"date_version": "2031-01-01", "department_id": head.id}
            ),
        ):
            with self.assertRaisesRegex(AccessError, "(?i)ask an administrator"):
                change()
        mine.write({"english_name": "Me"})
        third.with_user(self.user).write({"english_name": "Third"})
        role.scope = "all"
        mine.write({"department_id": head.id})
        self.assertEqual(self.mine.department_id, head)
