from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestHrEmployeeScope(AttendanceCommon):
    """A login whose HR rights come from a role stays within its scope."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        departments = cls.env["hr.department"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("North", "South")]
        )
        cls.north, cls.south = departments
        cls.other_store = cls.new_store("T002")
        cls.keeper = cls.new_employee("Keeper", department_id=cls.north.id)
        cls.user = cls.new_user("keeper", employee=cls.keeper)
        cls.store.manager_id = cls.keeper
        cls.mine = cls.new_employee("Mine", "501", department_id=cls.north.id)
        cls.theirs = cls.new_employee(
            "Theirs", "502", department_id=cls.south.id, store_id=cls.other_store.id
        )
        cls.everybody = cls.keeper | cls.mine | cls.theirs

    def grant(self, scope, functions="view create edit export"):
        return self.new_role({"employees": functions}, scope=scope, user_ids=self.user)

    def as_keeper(self, records):
        self.env.invalidate_all()
        return records.with_user(self.user).with_context(
            allowed_company_ids=self.company.ids
        )

    def check_sees_own_people_only(self):
        people = self.as_keeper(self.env["hr.employee"])
        mine = self.keeper | self.mine
        self.assertEqual(people.search([("id", "in", self.everybody.ids)]), mine)
        self.assertEqual(people.search_count([("id", "in", self.everybody.ids)]), 2)
        self.assertEqual(
            people.search([("terminal_user_code", "in", ["501", "502"])]), self.mine
        )
        self.assertEqual(
            people._read_group([("id", "in", self.everybody.ids)], [], ["__count"]),
            [(2,)],
        )
        groups = people.formatted_read_group(
            [("id", "in", self.everybody.ids)], ["store_id"], ["__count"]
        )
        self.assertEqual([group["__count"] for group in groups], [2])
        self.assertFalse(people.name_search("Theirs"))
        self.assertTrue(people.name_search("Mine"))
        self.assertEqual(self.as_keeper(self.mine).terminal_user_code, "501")
        for refused in (
            lambda p: p.read(["name"]),
            lambda p: p.read(["terminal_user_code", "barcode", "private_phone"]),
            lambda p: p.export_data(["name"]),
            lambda p: p.write({"english_name": "X"}),
            lambda p: p.write({"terminal_user_code": "5"}),
            lambda p: p.version_ids.read(["wage"]),
            lambda p: p.unlink(),
        ):
            with self.assertRaises(AccessError):
                refused(self.as_keeper(self.theirs))
        codes = self.as_keeper(self.theirs.terminal_code_ids)
        self.assertFalse(codes.search([("id", "in", codes.ids)]))
        exported = self.as_keeper(self.mine).export_data(
            ["name", "employee_number", "terminal_user_code"]
        )
        self.assertEqual(exported["datas"][0][2], "501")

    def test_own_stores(self):
        self.grant("own_stores")
        self.check_sees_own_people_only()

    def test_own_department(self):
        self.grant("own_department")
        self.check_sees_own_people_only()

    def test_edits_within_the_scope_and_hands_nobody_over(self):
        for scope, field, outside in (
            ("own_stores", "store_id", self.other_store),
            ("own_department", "department_id", self.south),
        ):
            with self.subTest(scope):
                role = self.grant(scope)
                person = self.as_keeper(self.mine)
                person.write({"english_name": scope, "terminal_user_code": "55"})
                person.write({"hire_date": "2026-01-01", "mobile_phone": "138"})
                self.assertEqual(self.mine.english_name, scope)
                with self.assertRaises(AccessError):
                    person.write({field: outside.id})
                self.assertNotEqual(self.mine[field], outside)
                with self.assertRaises(AccessError):
                    self.as_keeper(self.theirs).write({field: self.mine[field].id})
                with self.assertRaises(AccessError):
                    person.version_id.write({field: outside.id})
                role.user_ids = False
                role.unlink()

    def test_creates_within_the_scope(self):
        for scope, inside, outside in (
            ("own_stores", {"store_id": self.store.id}, {"store_id": self.other_store.id}),
            (
                "own_department",
                {"department_id": self.north.id},
                {"department_id": self.south.id},
            ),
        ):
            with self.subTest(scope):
                role = self.grant(scope)
                people = self.as_keeper(self.env["hr.employee"])
                values = {"name": "New", "company_id": self.company.id}
                new = people.create({**values, **inside})
                self.assertTrue(new.terminal_user_code)
                self.assertTrue(new.sudo().work_contact_id)
                for wrong in (outside, {}):
                    with self.assertRaises(AccessError):
                        people.create({**values, **wrong})
                role.user_ids = False
                role.unlink()

    def test_creating_takes_no_right_to_edit(self):
        self.grant("own_stores", "view create")
        people = self.as_keeper(self.env["hr.employee"])
        new = people.create(
            {"name": "New", "store_id": self.store.id, "terminal_user_code": "77"}
        )
        self.assertEqual(new.terminal_user_code, "77")
        with self.assertRaises(AccessError):
            new.write({"english_name": "X"})

    def test_form_within_the_scope(self):
        self.grant("own_stores")
        with Form(self.as_keeper(self.env["hr.employee"])) as form:
            form.name = "New"
            form.store_id = self.store
        self.assertEqual(form.record.store_id, self.store)
        with Form(form.record) as form:
            form.english_name = "Neo"

    def test_later_record_within_the_own_store_only(self):
        self.grant("own_stores")
        person = self.as_keeper(self.mine)
        version = person.create_version({"date_version": "2026-04-01"})
        self.assertEqual(version.sudo().store_id, self.store)
        with self.assertRaises(AccessError):
            version.write({"store_id": self.other_store.id})
        away = {"date_version": "2026-05-01", "store_id": self.other_store.id}
        with self.assertRaises(AccessError):
            person.create_version(away)
        with self.assertRaises(AccessError):
            self.as_keeper(self.env["hr.version"]).create(
                {**away, "employee_id": self.mine.id}
            )
        with self.assertRaises(AccessError):
            self.as_keeper(self.env["hr.version"]).create(
                {
                    "date_version": "2026-05-01",
                    "store_id": self.store.id,
                    "employee_id": self.theirs.id,
                }
            )

    def test_history_from_another_store_is_seen_and_not_touched(self):
        self.theirs.version_id.date_version = "2026-01-01"
        self.theirs.create_version({"date_version": "2026-03-05"}).write(
            {"store_id": self.store.id}
        )
        self.assertEqual(self.theirs.store_id, self.store)
        self.grant("own_stores")
        person = self.as_keeper(self.theirs)
        old, new = person.version_ids.sorted("date_version")
        self.assertEqual(old.store_id.id, self.other_store.id)
        new.write({"job_title": "Cashier"})
        with self.assertRaises(AccessError):
            old.write({"job_title": "Cashier"})

    def test_viewer_reads_but_does_not_write(self):
        self.grant("own_stores", "view")
        public = self.as_keeper(self.env["hr.employee.public"])
        scope = [("attendance_scope", "=", "employees.view")]
        people = [("id", "in", self.everybody.ids)]
        self.assertEqual(
            public.search([*scope, *people]).ids, (self.keeper | self.mine).ids
        )
        with self.assertRaises(AccessError):
            self.as_keeper(self.mine).write({"english_name": "X"})
        with self.assertRaises(AccessError):
            self.as_keeper(self.env["hr.employee"]).create({"name": "New"})

    def test_without_the_export_function(self):
        self.grant("own_stores", "view edit")
        with self.assertRaises(AccessError):
            self.as_keeper(self.mine).export_data(["name"])

    def test_hr_officers_of_odoo_keep_their_rights(self):
        officer = self.new_user(
            "officer", "hr.group_hr_user", "base.group_allow_export"
        )
        people = self.everybody.with_user(officer).with_context(
            allowed_company_ids=self.company.ids
        )
        found = people.search([("id", "in", people.ids)])
        self.assertEqual(found, self.everybody)
        people.write({"english_name": "X"})
        people.export_data(["name"])
        new = people.create({"name": "New", "company_id": self.company.id})
        self.assertTrue(new.terminal_user_code)

    def menu_shown_to(self, user):
        menus = self.env["ir.ui.menu"].with_user(user)
        return self.env.ref("chain_attendance_base.attendance_employee_menu").id in (
            menus._visible_menu_ids()
        )

    def test_menu_opens_the_list_that_the_login_may_read(self):
        server = self.env.ref("chain_attendance_base.hr_employee_action_server")
        self.assertFalse(self.menu_shown_to(self.user))
        role = self.grant("own_stores", "view")
        self.assertTrue(self.menu_shown_to(self.user))
        action = server.with_user(self.user).run()
        self.assertEqual(action["res_model"], "hr.employee.public")
        line = role.function_ids.filtered(lambda f: f.area == "employees")
        line.can_edit = True
        action = server.with_user(self.user).run()
        self.assertEqual(action["res_model"], "hr.employee")
        officer = self.new_user("officer", "hr.group_hr_user")
        self.assertTrue(self.menu_shown_to(officer))
        action = server.with_user(officer).run()
        self.assertEqual(action["res_model"], "hr.employee")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestEmployeeDirectory(AttendanceCommon):
    """Odoo shows all of the company; a company may hold that to the data scopes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_store = cls.new_store("T002")
        cls.boss = cls.new_employee("Boss", store_id=cls.other_store.id)
        cls.self = cls.new_employee("Self", parent_id=cls.boss.id)
        cls.user = cls.new_user("self", employee=cls.self)
        cls.colleague = cls.new_employee("Colleague")
        cls.stranger = cls.new_employee("Stranger", store_id=cls.other_store.id)
        cls.everybody = cls.boss | cls.self | cls.colleague | cls.stranger

    def visible(self):
        """Who is found by search, read and name_search, on both models alike."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = []
        for model in ("hr.employee.public", "hr.employee"):
            people = self.env[model].with_user(self.user)
            searched = people.search([("id", "in", self.everybody.ids)]).ids
            names = {p.id: p.name for p in self.everybody.sudo()}
            named = [
                key for key in names if key in dict(people.name_search(names[key]))
            ]
            read = []
            for key in names:
                self.env.invalidate_all()
                try:
                    people.browse(key).read(["name", "employee_number", "store_id"])
                    read.append(key)
                except AccessError:
                    pass
            found += [set(searched), set(named), set(read)]
        self.assertTrue(all(other == found[0] for other in found), found)
        return self.env["hr.employee"].browse(found[0])

    def test_off_is_as_ever(self):
        self.assertEqual(set(self.visible()), set(self.everybody))

    def test_on_without_any_role(self):
        self.company.is_attendance_directory_limited = True
        self.assertEqual(set(self.visible()), set(self.self | self.boss))
        self.company.is_attendance_directory_limited = False
        self.assertEqual(set(self.visible()), set(self.everybody))

    def test_on_with_a_role_of_any_area(self):
        self.company.is_attendance_directory_limited = True
        self.store.timekeeper_ids = self.user
        self.new_role({"rosters": "view"}, scope="own_stores", user_ids=self.user)
        self.assertEqual(
            set(self.visible()), set(self.self | self.boss | self.colleague)
        )

    def test_officers_see_all(self):
        self.company.is_attendance_directory_limited = True
        self.user.group_ids |= self.env.ref("hr.group_hr_user")
        self.assertEqual(set(self.visible()), set(self.everybody))

    def test_own_profile_opens(self):
        self.company.is_attendance_directory_limited = True
        self.self.child_ids = self.stranger
        self.env.flush_all()
        self.env.invalidate_all()
        public = self.env["hr.employee.public"].with_user(self.user)
        view = self.env.ref("hr.hr_employee_public_view_form")
        arch = public.get_view(view.id, "form")
        fields = [name for name in arch["models"]["hr.employee.public"] if name != "id"]
        for person in (self.self, self.boss):
            [values] = public.browse(person.id).web_read(
                {name: {} for name in fields if name in public._fields}
            )
            self.assertEqual(values["employee_number"], person.employee_number)

    def test_settings(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        with Form(settings) as form:
            form.is_attendance_directory_limited = True
            form.attendance_code_digits = 5
        form.record.execute()
        self.assertTrue(self.company.is_attendance_directory_limited)
        self.assertEqual(self.company.attendance_code_digits, 5)
