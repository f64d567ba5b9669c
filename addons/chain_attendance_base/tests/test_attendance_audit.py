from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .login_common import PASSWORD, LoginCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAttendanceAudit(LoginCommon):
    def setUp(self):
        super().setUp()
        audit = self.env["attendance.audit"]
        self.since = audit.search([], order="id desc", limit=1).id
        self.roles = self.env["attendance.role"].with_user(self.boss)

    def rows(self, kind):
        return self.audit_of(kind, self.since)

    def test_a_role_comes_changes_and_goes(self):
        role = self.roles.create({"name": "North", "scope": "self"})
        row = self.rows("role")
        self.assertEqual((row.record_name, row.before), ("North", False))
        self.assertIn("North", row.after)
        self.assertEqual(row.author_name, "boss")
        self.assertEqual(row.role_id, role)
        role.name = "South"
        row = self.rows("role")[-1]
        self.assertEqual(row.before, "Role Name: North")
        self.assertEqual(row.after, "Role Name: South")
        role.name = "South"
        self.assertEqual(len(self.rows("role")), 2)
        role.unlink()
        row = self.rows("role")[-1]
        self.assertIn("South", row.before)
        self.assertFalse(row.after)

    def test_a_scope(self):
        role = self.simple.with_user(self.boss)
        role.write({"scope": "departments", "department_ids": [(6, 0, self.sales.ids)]})
        row = self.rows("scope")
        self.assertEqual(row.before, "Data Scope: Own Department")
        self.assertEqual(row.after, "Data Scope: By Department\nDepartments: Sales")
        role.write({"scope": "employees", "employee_ids": (self.li | self.wang).ids})
        self.li.active = False
        role.write({"employee_ids": [Command.link(self.zhao.id)]})
        row = self.rows("scope")[-1]
        self.assertEqual(row.before, "Listed Employees: Li, Wang")
        self.assertEqual(row.after, "Listed Employees: Li, Wang, Zhao")

    def test_a_function(self):
        line = self.simple.function_ids.filtered(lambda f: f.area == "rosters")
        line.with_user(self.boss).write({"can_edit": False, "can_export": True})
        row = self.rows("function")
        self.assertEqual(row.record_name, "Simple")
        self.assertEqual(row.before, "Rosters: View, Edit")
        self.assertEqual(row.after, "Rosters: View, Export")
        self.assertIn("Rosters: View, Export", self.simple.message_ids[0].body)
        line.with_user(self.boss).write({"can_export": True})
        self.assertEqual(len(self.rows("function")), 1)
        group = self.env["res.groups"]._attendance_functions()["terminals", "view"]
        group.implied_by_ids |= self.simple.group_id
        self.assertEqual(self.rows("function")[-1].after, "Terminals: View")

    def test_who_holds_a_role_by_every_way(self):
        simple, group = self.simple, self.simple.group_id
        user = self.give_login(self.li)
        self.since = (
            self.env["attendance.audit"].search([], limit=1, order="id desc").id
        )
        for number, change in enumerate(
            (
                lambda: user.write({"attendance_role_ids": [Command.link(simple.id)]}),
                lambda: user.write({"group_ids": [Command.unlink(group.id)]}),
                lambda: simple.with_user(self.boss).write({"user_ids": user.ids}),
                lambda: simple.with_user(self.boss).write({"user_ids": False}),
                lambda: group.write({"user_ids": [Command.link(user.id)]}),
                lambda: group.write({"user_ids": [Command.unlink(user.id)]}),
            ),
            1,
        ):
            change()
            rows = self.rows("role")
            self.assertEqual(len(rows), number)
            row = rows[-1]
            self.assertEqual((row.user_id, row.role_id), (user, simple))
            self.assertEqual(row.employee_id, self.li)
            given = bool(number % 2)
            self.assertEqual(row.after, "Simple" if given else False)
            self.assertEqual(row.before, False if given else "Simple")
        texts = " ".join(self.li.message_ids.mapped("body"))
        self.assertIn("Simple", texts)

    def test_a_login_and_its_password(self):
        user = self.give_login(self.li)
        row = self.rows("login")
        self.assertEqual(row.author_id, self.boss)
        self.assertEqual(row.user_id, user)
        self.assertFalse(row.before)
        self.assertEqual(row.after, "8613800001111, login allowed")
        self.assertEqual(len(self.rows("password")), 1)
        user.login = "li"
        row = self.rows("login")[-1]
        self.assertEqual(row.before, "8613800001111, login allowed")
        self.assertEqual(row.after, "li, login allowed")
        user.active = False
        self.assertEqual(self.rows("login")[-1].after, "li, login forbidden")
        user.password = "Other2027x"
        user._change_password("New2028xy")
        self.assertTrue(self.sign_in(user, "New2028xy"))
        self.assertEqual(len(self.rows("password")), 3)
        everything = str(self.rows("password").read() + self.rows("login").read())
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", (user.id,))
        for secret in (PASSWORD, "Other2027x", "New2028xy", self.env.cr.fetchone()[0]):
            self.assertNotIn(secret, everything)

    def test_a_code(self):
        record = self.env["attendance.terminal.code"].create(
            {"employee_id": self.li.id, "code": "77"}
        )
        self.assertIn("77", self.rows("code").after)
        self.assertEqual(self.rows("code").employee_id, self.li)
        record.date_to = "2026-04-01"
        row = self.rows("code")[-1]
        self.assertEqual((row.before, "2026-04-01" in row.after), (False, True))
        record.unlink()
        row = self.rows("code")[-1]
        self.assertIn("77", row.before)
        self.assertFalse(row.after)

    def test_a_loan(self):
        loan = self.env["attendance.store.loan"].create(
            {
                "employee_id": self.li.id,
                "store_id": self.new_store("T002").id,
                "date_from": "2026-03-11",
                "date_to": "2026-03-12",
            }
        )
        self.assertIn("2026-03-12", self.rows("loan").after)
        loan.unlink()
        self.assertEqual(len(self.rows("loan")), 2)

    def test_many_at_once_are_one_statement(self):
        users = self.env["res.users"].browse()
        for number in range(6):
            users |= self.new_user(f"many{number}")
        few, many = users[:1], users[1:]
        counts = []
        for part in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            part.write({"active": False})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(len(self.rows("login")), 12)
        self.assertLess(counts[1], counts[0] + 12)

    def test_nobody_changes_it(self):
        self.give_login(self.li)
        row = self.rows("login")
        for user in (
            self.boss,
            self.clerk,
            self.new_user("root2", "base.group_system"),
        ):
            for change in (
                lambda r: r.write({"after": "x"}),
                lambda r: r.unlink(),
                lambda r: r.create({"kind": "login"}),
            ):
                with self.assertRaises(UserError):
                    change(row.with_user(user))
        for change in (lambda: row.write({"after": "x"}), row.unlink):
            with self.assertRaises(UserError):
                change()

    def test_who_reads_it(self):
        self.give_login(self.li)
        self.give_login(self.zhao)
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        model = self.env["attendance.audit"]
        with self.assertRaises(AccessError):
            model.with_user(keeper).search([])
        mine = model.with_user(self.clerk).search([("kind", "=", "login")])
        self.assertIn(self.li, mine.sudo().employee_id)
        self.assertNotIn(self.zhao, mine.sudo().employee_id)
        self.simple.name = "Changed"
        roles = model.with_user(self.clerk).search([("kind", "=", "role")])
        self.assertIn(self.simple, roles.role_id)
        other = self.env["res.company"].create({"name": "Other"})
        elsewhere = self.env["hr.employee"].create(
            {"name": "Sun", "company_id": other.id, "terminal_user_code": "5"}
        )
        found = model.with_user(self.boss).search([("kind", "=", "code")])
        self.assertNotIn(elsewhere, found.sudo().employee_id)

    def test_what_an_addon_brings_is_nobodys_change(self):
        roles = self.env["attendance.role"].with_context(install_mode=True)
        with patch.object(self.env.registry, "ready", False):
            roles.create({"name": "Preset", "scope": "self"})
        self.assertFalse(self.rows("role"))

    def test_no_client_says_that_an_addon_is_installed(self):
        user = self.give_login(self.li)
        before = len(self.rows("role"))
        forged = {"install_mode": True}
        user.with_user(self.boss).with_context(**forged).sudo().write(
            {"group_ids": [Command.link(self.simple.group_id.id)]}
        )
        self.assertEqual(len(self.rows("role")), before + 1)
        administrator = self.env.ref("chain_attendance_base.role_administrator")
        with self.assertRaisesRegex(UserError, "may do everything"):
            administrator.with_user(self.boss).with_context(**forged).scope = "self"

    def test_a_role_held_by_way_of_another_group(self):
        user, group = self.give_login(self.li), self.simple.group_id
        other = self.env["res.groups"].create({"name": "Sales of Odoo"})

        def news():
            rows = self.rows("role")
            since, self.since = self.since, rows[-1:].id or self.since
            return [(r.user_id, r.before, r.after) for r in rows if r.id > since]

        news()
        given, taken = (user, False, "Simple"), (user, "Simple", False)
        other.implied_ids = [Command.link(group.id)]
        self.assertEqual(news(), [])
        user.group_ids = [Command.link(other.id)]
        self.assertEqual(news(), [given])
        other.implied_ids = [Command.unlink(group.id)]
        self.assertEqual(news(), [taken])
        group.implied_by_ids = [Command.link(other.id)]
        self.assertEqual(news(), [given])
        user.group_ids = [Command.unlink(other.id)]
        self.assertEqual(news(), [taken])
        other.user_ids = [Command.link(user.id)]
        self.assertEqual(news(), [given])
        # Given once more, directly: nothing new.
        group.user_ids = [Command.link(user.id)]
        group.user_ids = [Command.unlink(user.id)]
        self.assertEqual(news(), [])
        other.unlink()
        self.assertEqual(news(), [taken])
        third = self.env["res.groups"].create(
            {
                "name": "Third",
                "implied_ids": [Command.link(group.id)],
                "user_ids": [Command.link(user.id)],
            }
        )
        self.assertEqual(news(), [given])
        third.implied_ids = [Command.clear()]
        self.assertEqual(news(), [taken])

    def test_a_role_keeps_its_group(self):
        other = self.env["res.groups"].create({"name": "Other"})
        root = self.new_user("root3", "base.group_system")
        root.group_ids |= self.env.ref("chain_attendance_base.group_manager")
        with self.assertRaisesRegex(UserError, "group of role “Simple”"):
            self.simple.with_user(root).group_id = other
        self.simple.with_user(root).group_id = self.simple.group_id
        with self.assertRaises(AccessError):
            self.simple.with_user(self.boss).group_id = other

    def test_a_login_that_is_deleted(self):
        user = self.give_login(self.li)
        user.group_ids |= self.simple.group_id
        self.env.flush_all()
        before = len(self.rows("login")), len(self.rows("role"))
        self.li.user_id = False  # Odoo deletes no login of a person
        user.unlink()
        row = self.rows("login")[-1]
        self.assertEqual(len(self.rows("login")), before[0] + 1)
        self.assertEqual(
            (row.before, row.after), ("8613800001111, login allowed", False)
        )
        self.assertEqual(row.record_name, "Li (8613800001111)")
        row = self.rows("role")[-1]
        self.assertEqual(len(self.rows("role")), before[1] + 1)
        self.assertEqual((row.before, row.role_id), ("Simple", self.simple))

    def test_rows_of_who_is_gone_are_not_for_everybody(self):
        user = self.give_login(self.zhao)
        user.group_ids |= self.simple.group_id
        number = self.rows("login").ids
        self.env.flush_all()
        self.zhao.user_id = False
        self.zhao.unlink()
        user.unlink()
        self.env.invalidate_all()
        audit = self.env["attendance.audit"].with_user(self.clerk)
        mine = [("id", ">", self.since), ("kind", "in", ("login", "password", "code"))]
        self.assertFalse(audit.search(mine))
        self.assertTrue(audit.with_user(self.boss).search([("id", "in", number)]))
