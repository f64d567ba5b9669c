from odoo.exceptions import AccessDenied, AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..wizards.attendance_login_wizard import MAX_PEOPLE
from .login_common import PASSWORD, LoginCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestAttendanceLogin(LoginCommon):
    def rows(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["attendance.login"].with_user(user or self.boss)

    def test_list(self):
        self.li.write({"hire_date": "2026-01-02", "sex": "male"})
        self.give_login(self.li)
        row = self.rows().browse(self.li.id)
        self.assertEqual(row.access, "allowed")
        self.assertEqual(row.login, "8613800001111")
        self.assertEqual(str(row.hire_date), "2026-01-02")
        self.assertEqual(row.gender, "male")
        self.assertEqual(row.department_id, self.sales)
        self.assertFalse(row.last_login_at)
        self.assertEqual(self.rows().browse(self.wang.id).access, "forbidden")

    def test_search_fields_of_the_manual(self):
        self.give_login(self.li)
        found = self.rows().search
        for domain in (
            [("employee_number", "ilike", "E001")],
            [("name", "ilike", "li")],
            [("access", "=", "allowed")],
            [("login", "ilike", "1380000")],
        ):
            with self.subTest(domain):
                ids = found([*domain, ("company_id", "=", self.company.id)]).ids
                self.assertEqual(ids, self.li.ids)
        head = self.sales.create({"name": "Head", "company_id": self.company.id})
        self.sales.parent_id = head
        below = found([("department_id", "child_of", head.id)])
        self.assertEqual(set(below.ids), {self.li.id, self.wang.id})

    def test_archived_on_a_filter(self):
        self.wang.active = False
        rows = self.rows()
        self.assertNotIn(self.wang.id, rows.search([]).ids)
        self.assertIn(self.wang.id, rows.search([("active", "=", False)]).ids)

    def test_roles_in_a_batch(self):
        self.give_login(self.li, role_ids=self.simple)
        self.give_login(self.wang, role_ids=self.simple)
        rows = self.rows().search([("company_id", "=", self.company.id)])
        held = {row.name: row.role_ids for row in rows}
        self.assertEqual(held["Li"], self.simple)
        self.assertFalse(held["Zhao"])
        found = self.rows().search([("role_ids", "in", self.simple.ids)])
        self.assertEqual(set(found.ids), {self.li.id, self.wang.id})
        self.env.invalidate_all()
        rows = self.rows().search([], limit=3)
        rows.mapped("name")
        with self.assertQueryCount(12):
            rows.mapped("role_ids.name")

    def test_only_the_scope_is_listed(self):
        rows = self.rows(self.clerk)
        self.assertEqual(set(rows.search([]).ids), {self.li.id, self.wang.id})
        with self.assertRaises(AccessError):
            rows.browse(self.zhao.id).check_access("read")

    def test_without_the_function_nothing_is_listed(self):
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        with self.assertRaises(AccessError):
            self.rows(keeper).search([])

    def test_nothing_is_written_into_the_list(self):
        for change in (
            lambda row: row.write({"login": "x"}),
            lambda row: row.unlink(),
            lambda row: row.create({"name": "x"}),
        ):
            with self.assertRaises(AccessError):
                change(self.rows().browse(self.li.id))

    def test_proposed_login_names(self):
        self.zhao.work_email = "zhao@example.com"
        other = self.new_employee("Qian", employee_number="E004")
        rows = self.rows()
        for person, login in (
            (self.li, "8613800001111"),
            (self.wang, "5001"),
            (self.zhao, "zhao@example.com"),
            (other, "E004"),
        ):
            row = rows.browse(person.id).sudo()
            self.assertEqual(row._proposed_login(), login)

    def test_a_new_login(self):
        self.company.partner_id.lang = "en_US"
        mails = self.env["mail.mail"].search_count([])
        self.li.work_email = "li@example.com"
        user = self.give_login(self.li, role_ids=self.simple)
        self.assertEqual(user.login, "8613800001111")
        self.assertEqual(user.name, "Li")
        self.assertEqual(user.company_ids, self.company)
        self.assertEqual(user.lang, "en_US")
        self.assertEqual(
            user.group_ids, self.env.ref("base.group_user") | self.simple.group_id
        )
        self.assertFalse(user.share)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertTrue(self.sign_in(user, PASSWORD))
        with self.assertRaises(AccessDenied):
            self.sign_in(user, "wrong")

    def test_the_password_is_kept_nowhere(self):
        form = self.wizard_form(self.li)
        form.password = form.password_again = PASSWORD
        wizard = form.save()
        wizard.action_apply()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT password, password_again FROM attendance_login_wizard "
            "WHERE id = %s",
            (wizard.id,),
        )
        self.assertEqual(self.env.cr.fetchone(), (None, None))

    def test_blank_keeps_the_password(self):
        user = self.give_login(self.li)
        form = self.wizard_form(self.li)
        form.login = "li.new"
        form.save().action_apply()
        self.assertEqual(user.login, "li.new")
        self.assertTrue(self.sign_in(user, PASSWORD))
        self.give_login(self.li, password="Other2027x", password_again="Other2027x")
        self.assertTrue(self.sign_in(user, "Other2027x"))

    def test_forbid_and_allow_again(self):
        user = self.give_login(self.li, role_ids=self.simple)
        form = self.wizard_form(self.li)
        form.access = "forbidden"
        form.save().action_apply()
        self.assertFalse(user.active)
        form = self.wizard_form(self.li)
        self.assertEqual(form.access, "forbidden")
        self.assertEqual(form.login, user.login)
        form.access = "allowed"
        form.save().action_apply()
        self.assertTrue(user.active)
        self.assertEqual(self.li.user_id, user)
        self.assertEqual(user.attendance_role_ids, self.simple)

    def test_roles_are_set_for_one(self):
        user = self.give_login(self.li, role_ids=self.simple)
        form = self.wizard_form(self.li)
        self.assertEqual(form.role_ids[:], self.simple)
        form.role_ids.clear()
        form.save().action_apply()
        self.assertFalse(user.attendance_role_ids)

    def test_bulk(self):
        user = self.give_login(self.li, role_ids=self.simple)
        other = self.new_role({"reports": "view"}, name="Other")
        form = self.wizard_form(self.li | self.wang | self.zhao)
        self.assertFalse(form.is_single)
        form.role_ids.add(other)
        form.password = form.password_again = "Bulk2026xyz"
        with form.line_ids.edit(2) as line:
            self.assertEqual(line.name, "Zhao")
            line.login = "zhao"
            self.assertEqual(line.outcome, "A new login.")
        form.save().action_apply()
        self.assertEqual(user.attendance_role_ids, self.simple | other)
        self.assertEqual(self.zhao.user_id.login, "zhao")
        self.assertEqual(self.wang.user_id.attendance_role_ids, other)
        self.assertTrue(self.sign_in(self.wang.user_id, "Bulk2026xyz"))
        # The first password is for new logins only.
        self.assertTrue(self.sign_in(user, PASSWORD))
        form = self.wizard_form(self.li | self.wang)
        form.role_mode = "set"
        form.role_ids.add(self.simple)
        form.save().action_apply()
        self.assertEqual(self.wang.user_id.attendance_role_ids, self.simple)
        form = self.wizard_form(self.li | self.wang | self.zhao)
        form.access = "forbidden"
        form.save().action_apply()
        people = self.li | self.wang | self.zhao
        self.assertFalse(any(people.user_id.mapped("active")))

    def refused(self, people, sentence, user=None, lines=(), **values):
        before = self.env["res.users"].with_context(active_test=False).search_count([])
        form = self.wizard_form(people, user)
        form.password = form.password_again = PASSWORD
        for name, value in values.items():
            setattr(form, name, value)
        for index, login in enumerate(lines):
            with form.line_ids.edit(index) as line:
                line.login = login
        with self.assertRaisesRegex(ValidationError, sentence):
            form.save().action_apply()
        after = self.env["res.users"].with_context(active_test=False).search_count([])
        self.assertEqual(before, after)

    def test_refused_logins(self):
        holder = self.new_user("Taken.Name")
        both = self.li | self.wang
        self.refused(self.li, "belongs to Taken.Name already", login="taken.NAME")
        holder.active = False
        self.refused(self.li, "whose login is closed", login="taken.name")
        self.refused(
            both, "given to Li here too|given to Wang here too", lines=("a", "A")
        )
        self.refused(both, "“b c” of Wang must not hold blanks", lines=("a", "b c"))
        self.refused(both, "name of Wang is empty", lines=("a", ""))
        self.refused(self.li, "has 65 characters; at most 64", login="x" * 65)
        self.assertTrue(self.give_login(self.li, login="x" * 64))
        self.assertFalse(self.wang.user_id)

    def test_refused_passwords(self):
        for password, again, sentence in (
            ("Abcdef12", "Abcdef13", "differ"),
            ("Abcde12", "Abcde12", "7 characters; it must have at least 8"),
            ("abcdefgh", "abcdefgh", "one letter and one digit"),
            ("12345678", "12345678", "one letter and one digit"),
            ("xx8613800001111", "xx8613800001111", "must not hold the login name"),
            ("safee001safe", "safee001safe", "must not hold the login name"),
            ("", "", "new login of Li needs a password"),
        ):
            with self.subTest(password):
                self.refused(self.li, sentence, password=password, password_again=again)
        self.assertTrue(
            self.give_login(self.li, password="Abcdef92", password_again="Abcdef92")
        )

    def test_the_password_policy_of_odoo_may_ask_for_more(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("auth_password_policy.minlength", "13")
        self.refused(self.li, "12 characters; it must have at least 13")
        params.set_param("auth_password_policy.minlength", "12")
        self.assertTrue(self.give_login(self.li))

    def test_how_many_at_once(self):
        wizard = self.env["attendance.login.wizard"].with_user(self.boss)
        line = Command.create({"row_id": self.li.id, "login": "x"})
        for count, refused in ((MAX_PEOPLE, False), (MAX_PEOPLE + 1, True)):
            page = wizard.new({"line_ids": [line] * count, "access": "forbidden"})
            sentence = page._common_problem() or ""
            self.assertEqual("at most 200" in sentence, refused)
        with self.assertRaisesRegex(ValidationError, "Choose the people"):
            wizard.create({"access": "forbidden"})

    def test_looking_at_many_costs_as_much_as_at_few(self):
        people = self.env["hr.employee"]
        for number in range(12):
            people |= self.new_employee(f"Person {number}")
        counts = []
        wizard = self.env["attendance.login.wizard"].with_user(self.boss)
        for part in (people[:2], people[2:]):
            self.env.flush_all()
            self.env.invalidate_all()
            page = wizard.new(self.wizard_values(part))
            start = self.env.cr.sql_log_count
            page.line_ids.mapped("outcome")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_the_problem_shows_before_it_is_applied(self):
        form = self.wizard_form(self.li | self.wang)
        with form.line_ids.edit(0) as line:
            line.login = "admin"
            self.assertTrue(line.has_problem)
            self.assertIn("belongs to", line.outcome)

    def test_the_departed_get_no_login(self):
        self.li.leave_date = "2026-03-09"
        self.refused(self.li, "Li left on 2026-03-09")
        self.wang.active = False
        self.refused(self.wang, "Wang is archived")
        self.li.leave_date = "2026-03-10"
        self.assertTrue(self.give_login(self.li))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestLoginEscalation(LoginCommon):
    """What somebody who only sets logins could try to get more."""

    def attack(self, people, user=None, **values):
        wizard = self.env["attendance.login.wizard"].with_user(user or self.clerk)
        wizard.create(self.wizard_values(people, **values)).action_apply()

    def test_a_clerk_sets_logins_in_the_scope(self):
        user = self.give_login(self.li, self.clerk, role_ids=self.simple)
        self.assertEqual(user.attendance_role_ids, self.simple)

    def test_people_out_of_the_scope(self):
        for people in (self.zhao, self.li | self.zhao):
            with self.assertRaisesRegex(AccessError, "1 of the chosen people"):
                self.attack(people)
        self.assertFalse(self.li.user_id)
        self.assertFalse(self.zhao.user_id)

    def test_lines_smuggled_in_later(self):
        wizard = self.env["attendance.login.wizard"].with_user(self.clerk)
        page = wizard.create(self.wizard_values(self.li))
        smuggled = Command.create({"row_id": self.zhao.id, "login": "z"})
        with self.assertRaises(AccessError):
            page.write({"line_ids": [smuggled]})
        page = wizard.create(self.wizard_values(self.li))
        page.line_ids.row_id = self.zhao.id
        with self.assertRaises(AccessError):
            page.action_apply()
        page = wizard.create(self.wizard_values(self.li))
        self.clerk_role.department_ids = self.office
        with self.assertRaises(AccessError):
            page.action_apply()

    def test_a_forged_line_tells_nothing(self):
        wizard = self.env["attendance.login.wizard"].with_user(self.clerk)
        self.env.invalidate_all()
        page = wizard.new(self.wizard_values(self.zhao))
        self.assertIn("not in the scope", page.line_ids.outcome)
        for record in (page.line_ids, page):
            for name in ("name", "employee_number", "department_id"):
                with self.subTest(name):
                    self.assertFalse(record[name])
        page = wizard.new(self.wizard_values(self.li))
        self.assertEqual(page.name, "Li")

    def test_the_administrators_role(self):
        admin_role = self.env.ref("chain_attendance_base.role_administrator")
        with self.assertRaisesRegex(ValidationError, "cannot hand out role"):
            self.attack(self.li, role_ids=[Command.set(admin_role.ids)])
        self.attack(self.li, user=self.boss, role_ids=[Command.set(admin_role.ids)])
        self.assertEqual(self.li.user_id.attendance_role_ids, admin_role)

    def test_roles_that_may_more(self):
        lists = {"scope": "departments", "department_ids": self.office.ids}
        for functions, values in (
            ({"rosters": "view"}, {"scope": "all"}),
            ({"rosters": "view"}, lists),
            ({"terminals": "view"}, {"scope": "self"}),
            ({"settings": "delete"}, {"scope": "self"}),
        ):
            role = self.new_role(functions, name="More", **values)
            with (
                self.subTest(values),
                self.assertRaisesRegex(ValidationError, "“More”"),
            ):
                self.attack(self.li, role_ids=[Command.set(role.ids)])
        self.assertFalse(self.li.user_id)
        self.attack(self.li, role_ids=[Command.set(self.clerk_role.ids)])
        self.assertEqual(self.li.user_id.attendance_role_ids, self.clerk_role)

    def test_who_sees_everybody_hands_that_on(self):
        everybody = self.new_role({"rosters": "view"}, name="Every", scope="all")
        self.clerk.attendance_role_ids |= everybody
        self.attack(self.li, role_ids=[Command.set(everybody.ids)])
        self.assertEqual(self.li.user_id.attendance_role_ids, everybody)
        # ... but not over everybody what is held over a department only.
        more = self.new_role({"rosters": "edit"}, name="More", scope="all")
        with self.assertRaisesRegex(ValidationError, "“More”"):
            self.attack(self.wang, role_ids=[Command.set(more.ids)])

    def test_oneself(self):
        self.wang.user_id = self.clerk
        with self.assertRaisesRegex(ValidationError, "is yourself"):
            self.attack(self.wang, role_ids=[Command.set(self.clerk_role.ids)])
        with self.assertRaisesRegex(ValidationError, "is yourself"):
            self.attack(self.wang, access="forbidden")

    def test_the_password_of_somebody_who_may_more(self):
        admin = self.new_user("root2", "base.group_system")
        access = self.new_user("access", "base.group_erp_manager")
        manager = self.new_user("manager2", "chain_attendance_base.group_manager")
        officer = self.new_user("officer", "hr.group_hr_manager")
        for user, acting, sentence in (
            (admin, self.boss, "administers Odoo"),
            (access, self.boss, "administers Odoo"),
            (admin, self.clerk, "administers Odoo"),
            (manager, self.clerk, "may do more than your own roles"),
            (officer, self.clerk, "rights in Odoo that you have not"),
        ):
            self.li.user_id = user
            self.env.flush_all()
            for access_wanted in ("allowed", "forbidden"):
                with (
                    self.subTest(user.login),
                    self.assertRaisesRegex(ValidationError, sentence),
                ):
                    self.attack(self.li, user=acting, access=access_wanted)
            self.assertTrue(user.active)
        self.li.user_id = admin
        root = self.new_user(
            "root4", "base.group_system", "chain_attendance_base.group_manager"
        )
        self.attack(self.li, user=root, login="root3")
        self.assertEqual(admin.login, "root3")

    def test_without_the_function(self):
        viewer = self.new_user("viewer")
        self.new_role({"settings": "view"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.attack(self.li, user=viewer)
        wizard = self.env["attendance.login.wizard"].with_user(self.clerk)
        page = wizard.create(self.wizard_values(self.li))
        with self.assertRaises(AccessError):
            page.with_user(viewer).action_apply()
        self.clerk_role.user_ids = False
        with self.assertRaises(AccessError):
            page.action_apply()

    def test_another_ones_wizard(self):
        page = (
            self.env["attendance.login.wizard"]
            .with_user(self.boss)
            .create(self.wizard_values(self.zhao))
        )
        with self.assertRaises(AccessError):
            page.with_user(self.clerk).action_apply()
