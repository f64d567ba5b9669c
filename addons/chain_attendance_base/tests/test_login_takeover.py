from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .login_common import LoginCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestLoginTakeover(LoginCommon):
    """A clerk who sets logins gets no further by it, and no further by another's."""

    def wizard(self, people, user=None, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env["attendance.login.wizard"].with_user(user or self.clerk)
        return model.create(self.wizard_values(people, **values))

    def test_a_wizard_is_nobody_elses(self):
        wizard = self.wizard(self.li)
        self.env.flush_all()
        self.env.invalidate_all()
        other = self.new_user("clerk2")
        self.clerk_role.user_ids |= other
        for user in (other, self.boss):
            mine = wizard.with_user(user)
            self.assertFalse(mine.search([("id", "in", wizard.ids)]))
            lines = mine.env["attendance.login.wizard.line"]
            self.assertFalse(lines.search([("wizard_id", "=", wizard.id)]))
            for call in (
                lambda mine=mine: mine.read(["password"]),
                lambda mine=mine: mine.write({"password": "x"}),
                lambda mine=mine: mine.action_apply(),
                lambda mine=mine: mine.unlink(),
                lambda wizard=wizard, user=user: wizard.line_ids.with_user(user).read(
                    ["login"]
                ),
                lambda lines=lines: lines.create(
                    {"wizard_id": wizard.id, "row_id": self.wang.id, "login": "w"}
                ),
            ):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    call()
        self.assertFalse(self.li.user_id)
        wizard.action_apply()
        self.assertTrue(self.li.user_id)
        self.env.cr.execute(
            "SELECT password FROM attendance_login_wizard WHERE id = %s", (wizard.id,)
        )
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_a_line_that_comes_later_is_looked_at_too(self):
        wizard = self.wizard(self.li)
        wizard.line_ids.create(
            {"wizard_id": wizard.id, "row_id": self.zhao.id, "login": "zhao"}
        )
        with self.assertRaisesRegex(AccessError, "1 of the chosen people"):
            wizard.action_apply()
        self.assertFalse(self.zhao.user_id)

    def test_what_one_may_do_with_oneself_is_not_handed_on_over_others(self):
        # Every employee may see the own rosters; that is no function over others.
        self.clerk_role.function_ids.filtered(
            lambda line: line.area in ("rosters", "reports")
        ).write({"can_view": False, "can_edit": False, "can_create": False})
        for line in self.clerk_role.function_ids:
            if line.area in ("rosters", "reports"):
                line.write({"can_delete": False, "can_export": False})
                line.can_view = False
        viewer = self.new_role({"rosters": "view"}, name="Viewer", scope="own_stores")
        oneself = self.new_role({"rosters": "view"}, name="Oneself", scope="self")
        offered = self.env["attendance.login.wizard"].with_user(self.clerk)
        self.assertNotIn(viewer, offered._offered_roles())
        self.assertIn(oneself, offered._offered_roles())
        with self.assertRaisesRegex(ValidationError, "cannot hand out role “Viewer”"):
            self.wizard(self.li, role_ids=[Command.set(viewer.ids)])
        self.clerk_role.function_ids.filtered(
            lambda line: line.area == "rosters"
        ).can_view = True
        self.env.invalidate_all()
        self.assertIn(viewer, offered._offered_roles())

    def test_a_login_that_works_elsewhere_too(self):
        user = self.give_login(self.li)
        other = self.env["res.company"].create({"name": "Other"})
        user.company_ids |= other
        for who in (self.clerk, self.boss):
            with self.assertRaisesRegex(ValidationError, "companies in which you"):
                self.wizard(self.li, who)
        root = self.new_user("root4", "base.group_system")
        root.group_ids |= self.env.ref("chain_attendance_base.group_manager")
        self.wizard(self.li, root).action_apply()
        self.boss.company_ids |= other
        self.wizard(self.li, self.boss).action_apply()
        self.assertEqual(user.login, f"login{self.li.id}")

    def test_the_chatter_of_a_role_names_no_holder(self):
        user = self.give_login(self.zhao)
        self.simple.user_ids = user
        line = self.simple.function_ids.filtered(lambda f: f.area == "shifts")
        line.can_view = True
        texts = " ".join(self.simple.message_ids.mapped("body"))
        self.assertIn("Shifts: View", texts)
        self.assertNotIn("Zhao", texts)
        self.assertIn("Simple", " ".join(self.zhao.message_ids.mapped("body")))

    def test_a_form_tells_nothing_of_who_is_not_seen(self):
        self.new_role(
            {"employees": "view create edit"},
            scope="departments",
            department_ids=self.sales.ids,
            user_ids=self.clerk,
        )
        spec = {"home_store_id": {"fields": {"display_name": {}}}}
        loans = self.env["attendance.store.loan"].with_user(self.clerk)

        def filled(person):
            self.env.flush_all()
            self.env.invalidate_all()
            values = {"employee_id": person.id, "date_from": "2026-03-10"}
            return loans.onchange(values, ["employee_id"], spec)["value"]

        # Odoo's directory shows everybody's store; until a company limits it.
        self.assertIn("home_store_id", filled(self.zhao))
        self.company.is_attendance_directory_limited = True
        self.assertIn("home_store_id", filled(self.li))
        with self.assertRaises(AccessError):
            filled(self.zhao)
        codes = self.env["attendance.terminal.code"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            codes.onchange({"employee_id": self.zhao.id}, [], {"company_id": {}})

    def test_two_at_the_same_time_get_a_sentence(self):
        """What only the database sees, of another transaction, names the field too."""
        for model, table, column, sentence in (
            ("attendance.store", "attendance_store", "code", "has this code already"),
            ("hr.department", "hr_department", "code", "department code already"),
            ("hr.employee", "hr_employee", "employee_number", "employee number"),
            ("res.users", "res_users", "login", "same login"),
        ):
            one, two = {
                "attendance.store": lambda: (self.store, self.new_store("T009")),
                "hr.department": lambda: (self.sales, self.office),
                "hr.employee": lambda: (self.li, self.wang),
                "res.users": lambda: (self.clerk, self.boss),
            }[model]()
            self.env.flush_all()
            with (
                self.subTest(model),
                mute_logger("odoo.sql_db"),
                self.assertRaises(UniqueViolation) as caught,
                self.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE {table} SET {column} = %s WHERE id = %s",  # noqa: S608
                    (one[column], two.id),
                )
            text = self.env[model]._sql_error_to_message(caught.exception)
            self.assertIn(sentence, text)
