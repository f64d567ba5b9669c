from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestScopeWidening(AttendanceCommon):
    """Who has a function over some people gets no more by using it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.north, cls.south = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("North", "South")
            ]
        )
        cls.store.department_id = cls.north
        cls.other_store = cls.new_store("T002", department_id=cls.south.id)
        cls.keeper = cls.new_employee("Keeper", department_id=cls.north.id)
        cls.user = cls.new_user("keeper", employee=cls.keeper)
        cls.store.manager_id = cls.keeper
        cls.mine = cls.new_employee("Mine", "501", department_id=cls.north.id)
        cls.theirs = cls.new_employee(
            "Theirs",
            "502",
            department_id=cls.south.id,
            store_id=cls.other_store.id,
            date_version="2020-01-01",
        )
        cls.friend = cls.new_user("friend")
        cls.chief = cls.new_employee("Chief", department_id=cls.north.id)
        cls.chief_user = cls.new_user("chief", "base.group_system", employee=cls.chief)
        cls.chief_user.email = "chief@example.com"
        cls.env.flush_all()

    def grant(self, functions, scope="own_stores", **values):
        return self.new_role(functions, scope=scope, user_ids=self.user, **values)

    def hold(self, records, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return records.with_user(user or self.user).with_context(
            allowed_company_ids=self.company.ids
        )

    def check_refused(self, *calls, sentence=""):
        for call in calls:
            with (
                self.subTest(call.__code__.co_firstlineno),
                self.assertRaisesRegex(AccessError, sentence),
                self.cr.savepoint(),
            ):
                call()

    # Which login is whose

    def test_nobody_is_linked_to_a_login(self):
        self.grant({"employees": "view create edit"})
        people = self.hold(self.env["hr.employee"])
        new = {"name": "New", "store_id": self.store.id}
        resource = self.env["resource.resource"].create(
            {"name": "Friend", "user_id": self.friend.id, "company_id": self.company.id}
        )
        self.check_refused(
            lambda: self.hold(self.mine).write({"user_id": self.friend.id}),
            lambda: self.hold(self.mine).write({"user_id": self.user.id}),
            lambda: self.hold(self.chief).write({"user_id": False}),
            lambda: self.hold(self.mine | self.chief).write({"user_id": False}),
            lambda: self.hold(self.keeper).write({"user_id": False}),
            lambda: self.hold(self.mine.resource_id).write({"user_id": self.user.id}),
            lambda: self.hold(self.keeper.resource_id).write({"user_id": False}),
            lambda: self.hold(self.mine).write({"resource_id": resource.id}),
            lambda: people.create({**new, "user_id": self.friend.id}),
            lambda: people.create({**new, "resource_id": resource.id}),
            sentence="which login a person has",
        )
        self.hold(self.chief).write({"user_id": self.chief_user.id})
        self.hold(self.mine.resource_id).write({"user_id": False})
        self.assertTrue(people.create({**new, "user_id": False}))

    def test_logins_are_linked_by_who_edits_everybody(self):
        self.grant({"employees": "view edit"}, scope="all")
        self.hold(self.mine).write({"user_id": self.friend.id})
        self.assertEqual(self.mine.user_id, self.friend)
        officer = self.new_user("officer", "hr.group_hr_user")
        self.hold(self.mine, officer).write({"user_id": False})
        self.assertFalse(self.mine.user_id)

    def test_no_login_is_taken_over_by_its_email(self):
        friend = self.new_employee("Friend", user_id=self.friend.id)
        alone = self.new_user("alone")
        for scope in ("own_stores", "all"):
            role = self.grant({"employees": "view create edit"}, scope=scope)
            self.check_refused(
                lambda: self.hold(self.chief).write({"work_email": "x@example.com"}),
                lambda: self.hold(friend).write({"work_email": "x@example.com"}),
                lambda: self.hold(self.chief).write({"work_contact_id": False}),
                lambda: self.hold(self.mine).write(
                    {"work_contact_id": alone.partner_id.id}
                ),
                lambda: self.hold(self.env["hr.employee"]).create(
                    {
                        "name": "New",
                        "store_id": self.store.id,
                        "work_contact_id": alone.partner_id.id,
                    }
                ),
                sentence="a login gets a new password",
            )
            self.assertEqual(self.chief_user.email, "chief@example.com")
            self.hold(self.mine).write({"work_email": f"{scope}@example.com"})
            self.hold(self.keeper).write({"work_email": f"me.{scope}@example.com"})
            self.hold(self.chief).write({"work_phone": "1"})
            self.assertEqual(self.mine.work_email, f"{scope}@example.com")
            role.user_ids = False

    def test_the_email_is_changed_by_who_may_set_the_login(self):
        friend = self.new_employee("Friend", user_id=self.friend.id)
        self.grant({"employees": "view edit", "settings": "view edit"})
        self.hold(friend).write({"work_email": "new@example.com"})
        self.assertEqual(self.friend.email, "new@example.com")
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        self.hold(friend, boss).write({"work_email": "boss@example.com"})
        for who in (self.user, boss):
            with self.assertRaises(AccessError):
                self.hold(self.chief, who).write({"work_email": "x@example.com"})
        officer = self.new_user("officer", "hr.group_hr_user")
        self.hold(self.chief, officer).write({"work_email": "hr@example.com"})
        self.assertEqual(self.chief_user.email, "hr@example.com")

    def test_employee_form_within_the_scope(self):
        self.grant({"employees": "view create edit"})
        with Form(self.hold(self.env["hr.employee"])) as form:
            form.name = "New"
            form.store_id = self.store
            form.work_email = "new@example.com"
        self.assertEqual(form.record.sudo().work_contact_id.email, "new@example.com")
        with Form(form.record) as form:
            form.work_email = "newer@example.com"
        with Form(self.hold(self.chief)) as form:
            form.english_name = "The Chief"

    # Who is in charge

    def test_nobody_puts_oneself_in_charge(self):
        self.store.manager_id = False
        # Odoo tells the people of a department who manages it: employees too.
        self.grant(
            {"organisation": "view create edit", "employees": "view edit"},
            scope="departments",
            department_ids=self.north.ids,
        )
        stores = self.hold(self.env["attendance.store"])
        departments = self.hold(self.env["hr.department"])
        new = {"name": "New", "code": "N1", "department_id": self.north.id}
        me = [Command.link(self.user.id)]
        below = {"name": "Below", "parent_id": self.north.id}
        self.check_refused(
            lambda: self.hold(self.store).write({"manager_id": self.keeper.id}),
            lambda: self.hold(self.store).write({"timekeeper_ids": me}),
            lambda: stores.create({**new, "manager_id": self.keeper.id}),
            lambda: stores.create({**new, "timekeeper_ids": me}),
            lambda: stores.with_context(default_manager_id=self.keeper.id).create(new),
            lambda: self.hold(self.north).write({"manager_id": self.keeper.id}),
            lambda: departments.create({**below, "manager_id": self.keeper.id}),
            sentence="put yourself in charge",
        )
        self.check_refused(
            lambda: self.hold(self.other_store).write({"manager_id": self.mine.id}),
            lambda: self.hold(self.other_store).write({"department_id": self.north.id}),
            lambda: self.hold(self.store).write({"department_id": self.south.id}),
            lambda: self.hold(self.south).write({"parent_id": self.north.id}),
            lambda: self.hold(self.north).write(
                {"child_ids": [Command.link(self.south.id)]}
            ),
            lambda: self.hold(self.south).write({"manager_id": self.mine.id}),
        )
        self.hold(self.store).write(
            {
                "manager_id": self.mine.id,
                "timekeeper_ids": [Command.link(self.friend.id)],
            }
        )
        self.assertEqual(self.store.manager_id, self.mine)
        self.hold(self.north).write({"manager_id": self.mine.id})
        self.hold(stores).create({**new, "manager_id": self.mine.id})

    def test_who_is_in_charge_already_saves_the_store(self):
        self.grant({"organisation": "view edit"})
        store = self.hold(self.store)
        store.write({"manager_id": self.keeper.id, "phone": "1"})
        store.write({"timekeeper_ids": [Command.link(self.friend.id)]})
        self.assertEqual(self.store.timekeeper_ids, self.friend)

    def test_who_edits_everybody_may_be_in_charge(self):
        self.grant({"organisation": "view edit"}, scope="all")
        self.hold(self.other_store).write({"manager_id": self.keeper.id})
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        self.hold(self.store, boss).write({"timekeeper_ids": [Command.link(boss.id)]})
        self.assertEqual(self.store.timekeeper_ids, boss)

    # Loans

    def lend(self, person, store, user=None, **values):
        return self.hold(self.env["attendance.store.loan"], user).create(
            {
                "employee_id": person.id,
                "store_id": store.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-11",
                **values,
            }
        )

    def test_nobody_borrows_who_is_not_lent(self):
        self.grant({"employees": "view create edit"})
        self.check_refused(lambda: self.lend(self.theirs, self.store))
        loan = self.lend(self.mine, self.new_store("T003"))
        self.check_refused(
            lambda: self.hold(loan).write({"employee_id": self.theirs.id}),
            lambda: self.hold(loan).write(
                {"employee_id": self.theirs.id, "store_id": self.store.id}
            ),
        )
        self.hold(loan).write({"date_to": "2026-03-12"})
        offered = self.hold(self.env["hr.employee"]).search(
            [("attendance_scope", "=", "employees.create")]
        )
        self.assertIn(self.mine, offered)
        self.assertNotIn(self.theirs, offered)

    def test_no_sentence_names_who_is_not_in_the_scope(self):
        """Odoo asks constraints before it asks whose row it is, and as sudo."""
        self.lend(self.theirs, self.store, self.env.user, date_to="2026-03-05")
        loan = self.lend(self.mine, self.other_store, self.env.user)
        self.grant({"employees": "view create edit"})
        later = {"date_from": "2026-04-01", "date_to": "2026-04-02"}
        for call in (
            lambda: self.lend(self.theirs, self.other_store, **later),  # own store
            lambda: self.lend(self.theirs, self.store, date_from="2026-03-04"),
            lambda: self.hold(loan).write({"employee_id": self.theirs.id}),
            lambda: self.hold(self.env["attendance.terminal.code"]).create(
                {"employee_id": self.theirs.id, "code": "501"}
            ),
        ):
            with self.assertRaises(AccessError) as caught, self.cr.savepoint():
                call()
            self.assertNotIn("Theirs", str(caught.exception))

    def test_who_borrows_neither_keeps_nor_lends_on(self):
        third = self.new_store("T003")
        loan = self.lend(self.theirs, self.store, self.env.user)
        self.grant({"employees": "view create edit delete"})
        person = self.hold(self.theirs)
        self.assertEqual(person.name, "Theirs")
        self.assertEqual(self.hold(loan).store_id, self.store)
        offered = self.hold(self.env["hr.employee"]).search(
            [("attendance_scope", "=", "employees.create")]
        )
        self.assertNotIn(self.theirs, offered)
        later = {"date_from": "2026-03-12", "date_to": "2026-12-31"}
        self.check_refused(
            lambda: self.hold(loan).write({"date_to": "2026-12-31"}),
            lambda: self.lend(self.theirs, self.store, **later),
            lambda: self.lend(self.theirs, third, **later),
            lambda: self.hold(self.theirs).write({"store_id": self.store.id}),
            lambda: self.hold(self.theirs).write({"department_id": self.north.id}),
            lambda: self.hold(self.theirs.version_id).write(
                {"store_id": self.store.id}
            ),
            lambda: self.hold(self.theirs).create_version(
                {"date_version": "2026-03-05", "store_id": self.store.id}
            ),
            lambda: self.hold(self.theirs).unlink(),
        )
        self.assertEqual(self.theirs.store_id, self.other_store)
        self.hold(loan).unlink()  # sent back early

    # Where oneself is

    def test_nobody_goes_back_to_where_one_was(self):
        self.keeper.version_id.write(
            {"date_version": "2020-01-01", "store_id": self.other_store.id}
        )
        now = self.keeper.create_version({"date_version": "2025-01-01"})
        now.store_id = self.store
        was = self.keeper.version_ids - now
        foreign = self.mine.create_version({"date_version": "2025-06-01"})
        foreign.store_id = self.other_store
        self.grant(
            {"employees": "view create edit delete"},
            scope="departments",
            department_ids=self.north.ids,
        )
        self.check_refused(
            lambda: self.hold(was).write({"date_version": "2025-02-01"}),
            lambda: self.hold(now).write({"date_version": "2026-12-01"}),
            lambda: self.hold(now).unlink(),
            lambda: self.hold(foreign).write({"employee_id": self.keeper.id}),
            lambda: self.hold(self.keeper).write({"date_version": "2026-12-01"}),
            sentence="depends on your own department",
        )
        self.assertEqual(self.keeper.current_version_id.store_id, self.store)
        self.hold(now).write({"job_title": "Keeper"})

    # A transfer that is to come

    def test_a_transfer_gives_rights_on_its_day(self):
        self.grant({"employees": "view"}, scope="own_stores")
        cron = self.env.ref("hr.ir_cron_data_employee_update_current_version")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        people = self.env["hr.employee.public"]
        mine = [
            ("id", "=", self.theirs.id),
            ("attendance_scope", "=", "employees.view"),
        ]
        self.theirs.create_version({"date_version": "2026-03-11"}).write(
            {"store_id": self.store.id}
        )
        new = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - triggers
        self.assertEqual(
            [str(at) for at in new.mapped("call_at")], ["2026-03-11 00:00:00"]
        )
        self.mine.create_version({"date_version": "2026-03-11"})
        again = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(again - triggers, new)
        self.assertFalse(self.hold(people).search(mine))
        with freeze_time("2026-03-11 00:00:05"):
            self.assertFalse(self.hold(people).search(mine))
            self.env["hr.employee"]._cron_update_current_version_id()
            self.assertTrue(self.hold(people).search(mine))

    # Companies

    def test_no_role_reaches_into_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        there = {"company_id": other.id}
        store = self.new_store("O001", **there)
        person = self.new_employee("Far", "77", store_id=store.id, **there)
        # The same login has a person there too, who keeps that store.
        twin = self.new_employee("Twin", "78", store_id=store.id, **there)
        twin.user_id = self.user
        store.manager_id = twin
        areas = {"employees": "view create edit export", "settings": "view edit"}
        for scope, picked in (
            ("all", {}),
            ("own_stores", {}),
            ("employees", {"employee_ids": (person | self.mine).ids}),
        ):
            role = self.grant(areas, scope=scope, **picked)
            with self.subTest(scope):
                for name in ("hr.employee", "attendance.login"):
                    rows = self.hold(self.env[name])
                    self.assertIn(self.mine.id, rows.search([]).ids)
                    self.assertNotIn(person.id, rows.search([]).ids)
                    elsewhere = rows.with_context(allowed_company_ids=other.ids)
                    with self.assertRaises(AccessError):
                        elsewhere.search([])
                with self.assertRaises(AccessError):
                    self.hold(person).write({"english_name": "X"})
                with self.assertRaises(AccessError):
                    self.hold(self.env["attendance.login.wizard"]).create(
                        {"line_ids": [Command.create({"row_id": person.id})]}
                    )
                self.assertNotIn(person, self.hold(role).employee_ids)
            role.user_ids = False
        self.check_refused(lambda: self.hold(twin).write({"english_name": "X"}))

    def test_visitors_see_nothing(self):
        portal = self.env["res.users"].create(
            {
                "name": "Visitor",
                "login": "visitor",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.new_employee("Visitor", "79").user_id = portal
        self.grant({"employees": "view"}, scope="all")
        for user in (portal, self.env.ref("base.public_user")):
            for name in (
                "attendance.audit",
                "attendance.login",
                "attendance.role",
                "attendance.store",
                "attendance.store.loan",
                "attendance.terminal.code",
                "hr.employee",
                "hr.version",
            ):
                with self.subTest(name), self.assertRaises(AccessError):
                    self.env[name].with_user(user).search([])
