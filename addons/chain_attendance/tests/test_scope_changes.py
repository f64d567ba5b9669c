from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .attempts import Attempts
from .common import ASKER, WORK_DAY, ScopeCommon
from .test_scope_matrix import QUIET


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestScopeChanges(ScopeCommon):
    """Scopes add up for each function, change at once, and nobody widens his own."""

    def seen(self, model="attendance.day"):
        """The names whose rows the asker sees, asked as a new request would."""
        self.env.invalidate_all()
        rows = self.as_asker(model).search([]).sudo()
        return set(rows.employee_id.mapped("name"))

    def test_scopes_add_up_for_each_function_and_not_across(self):
        self.give_role("all", {"reports": "view"})
        self.give_role("self", {"rosters": "edit"})
        self.give_role("own_stores", {"rosters": "view"})
        self.assertEqual(self.seen(), set(self.people) - {"bea"})
        self.assertEqual(self.seen("attendance.roster"), {ASKER, "leo", "rob", "una"})
        rosters = self.as_asker("attendance.roster")
        rosters.browse(self.rosters[ASKER].id).works_sunday = True
        attempts = Attempts(self.env)
        with mute_logger(*QUIET):
            for name in set(self.people) - {ASKER}:
                row = rosters.browse(self.rosters[name].id)
                attempts.refused(
                    f"edit {name}", lambda r=row: r.write({"works_sunday": True})
                )
        attempts.conclude(self, "edit where only another role views", 7)

    def test_export_is_held_to_its_own_scope(self):
        self.give_role("all", {"reports": "view"})
        self.give_role("own_stores", {"reports": "export"})
        days = self.as_asker("attendance.day").search([])
        self.assertEqual(len(days), 7)
        lines = days.export_data(["employee_id/name"])["datas"]
        self.assertEqual({line[0] for line in lines}, {"leo", "rob", "una"})

    def test_a_changed_role_changes_what_is_seen_at_once(self):
        role = self.give_role("self", {"reports": "view"})
        self.assertEqual(self.seen(), {ASKER})
        role.scope = "own_stores"
        self.assertEqual(self.seen(), {ASKER, "leo", "rob", "una"})
        role.write({"scope": "jobs", "job_ids": self.jobs["boss"].ids})
        self.assertEqual(self.seen(), {ASKER, "rob", "tom"})
        role.job_ids = self.jobs["guard"]
        self.assertEqual(self.seen(), {ASKER, "una"})
        role.user_ids = False
        self.assertEqual(self.seen(), {ASKER})
        self.user.group_ids += role.sudo().group_id
        self.assertEqual(self.seen(), {ASKER, "una"})
        role.function_ids.filtered(lambda f: f.area == "reports").can_view = False
        self.assertEqual(self.seen(), {ASKER})

    def test_moves_of_people_and_managers_count_at_once(self):
        self.give_role("own_stores", {"rosters": "view", "reports": "view"})
        roster = "attendance.roster"
        self.assertEqual(self.seen(roster), {ASKER, "leo", "rob", "una"})
        self.people["leo"].store_id = self.stores["s1"]
        self.assertEqual(self.seen(roster), {ASKER, "rob", "una"})
        # The day's result stays where it was made.
        self.assertEqual(self.seen(), {ASKER, "leo", "rob", "una"})
        self.stores["s2"].manager_id = self.people["rob"]
        self.assertEqual(self.seen(roster), {ASKER})
        self.assertEqual(self.seen(), {ASKER})
        self.stores["s1"].timekeeper_ids = self.user
        self.assertEqual(self.seen(roster), {ASKER, "amy", "leo", "sam"})

    def test_a_moved_department_counts_at_once(self):
        self.give_role("own_department", {"rosters": "view"})
        roster = "attendance.roster"
        self.assertEqual(self.seen(roster), {ASKER, "amy", "leo", "tom"})
        self.departments["leaf"].parent_id = self.departments["root"]
        self.assertEqual(self.seen(roster), {ASKER, "amy"})
        self.people[ASKER].department_id = self.departments["leaf"]
        self.assertEqual(self.seen(roster), {ASKER, "leo", "tom"})

    def test_an_archived_place_stays_in_the_scope(self):
        role = self.give_role("jobs", {"rosters": "view"})
        self.jobs["boss"].active = False
        role.sequence = 77  # forgets what is remembered
        self.assertEqual(self.seen("attendance.roster"), {ASKER, "rob", "tom"})

    def test_the_context_does_not_bring_back_an_old_post(self):
        """A former employee record of the same login is no post of today."""
        self.give_role("own_department", {"rosters": "view"})
        former = self.people["sam"]  # of the department above
        former.write({"active": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_employee SET user_id = %s, company_id = %s WHERE id = %s",
            [self.user.id, self.companies["B"].id, former.id],
        )
        self.env.invalidate_all()
        rows = self.as_asker("attendance.roster").with_context(active_test=False)
        names = set(rows.search([]).sudo().employee_id.mapped("name"))
        self.assertEqual(names, {ASKER, "amy", "leo", "tom"})

    def test_hr_rights_that_were_taken_away_are_gone(self):
        """An HR officer of Odoo sees all; one by a role sees the role's scope."""
        officer = self.env.ref("hr.group_hr_user")
        self.user.group_ids += officer
        people = self.as_asker("hr.employee")
        self.assertIn(self.people["sam"], people.search([]))
        self.give_role("own_stores", {"employees": "edit"})
        self.assertIn(self.people["sam"], people.search([]))
        self.user.group_ids -= officer
        self.env.invalidate_all()
        self.assertEqual(set(people.search([]).mapped("name")), {"leo", "rob", "una"})

    def test_a_function_by_itself_is_over_nobody(self):
        """Without a role nothing says over whom."""
        self.user.group_ids += self.env.ref(
            "chain_attendance_base.function_employees_edit"
        )
        found = self.as_asker("hr.employee").search([("company_id", "!=", False)])
        self.assertFalse(found)

    def test_a_group_that_brings_a_role_is_held_to_it(self):
        role = self.give_role("own_stores", {"employees": "edit"})
        bundle = self.env["res.groups"].create(
            {"name": "Bundle", "implied_ids": [Command.link(role.sudo().group_id.id)]}
        )
        role.user_ids = False
        self.user.group_ids += bundle
        found = self.as_asker("hr.employee").search([])
        self.assertEqual(set(found.mapped("name")), {"leo", "rob", "una"})

    @mute_logger(*QUIET)
    def test_nobody_widens_his_own_rights(self):
        role = self.give_role("own_stores")
        other = self.new_role({"reports": "view"}, scope="all")
        manager = self.env.ref("chain_attendance_base.group_manager")
        me = self.user.with_user(self.user)
        attempts = Attempts(self.env)
        mine, theirs = role.with_user(self.user), other.with_user(self.user)
        add = [Command.link(manager.id)]
        for label, call in {
            "groups": lambda: me.write({"group_ids": add}),
            "roles": lambda: me.write(
                {"attendance_role_ids": [Command.link(other.id)]}
            ),
            "scope": lambda: mine.write({"scope": "all"}),
            "logins": lambda: theirs.write({"user_ids": [Command.link(me.id)]}),
            "role group": lambda: mine.write({"group_id": manager.id}),
            "new role": lambda: mine.create({"name": "Mine", "scope": "all"}),
            "copy": lambda: mine.copy({"scope": "all"}),
            "matrix": lambda: mine.function_ids[0].write({"can_delete": True}),
            "members": lambda: manager.with_user(self.user).write(
                {"user_ids": [Command.link(me.id)]}
            ),
            "functions": lambda: (
                role.sudo().group_id.with_user(self.user).write({"implied_ids": add})
            ),
            "rule": lambda: (
                self.env["ir.rule"]
                .with_user(self.user)
                .search([], limit=1)
                .write({"active": False})
            ),
        }.items():
            attempts.refused(label, call)
        attempts.conclude(self, "widening the own rights", 11)
        self.assertFalse(self.user.has_group("chain_attendance_base.group_manager"))

    @mute_logger(*QUIET)
    def test_core_records_of_people_out_of_scope(self):
        """What Odoo gives an HR officer beside the employee is held back as well."""
        banks = {}
        for name in ("leo", "sam"):
            employee = self.people[name]
            banks[name] = self.env["res.partner.bank"].create(
                {"acc_number": f"62{name}", "partner_id": employee.work_contact_id.id}
            )
        self.give_role("own_stores")
        attempts = Attempts(self.env)
        bank = self.as_asker("res.partner.bank")
        self.assertEqual(bank.browse(banks["leo"].id).acc_number, "62leo")
        resource = self.as_asker("resource.resource")
        sam, leo = (self.people[name].resource_id.id for name in ("sam", "leo"))
        resource.browse(leo).name = "Leo"
        code = self.people["sam"].terminal_code_ids
        for label, call in {
            "bank account": lambda: bank.browse(banks["sam"].id).read(["acc_number"]),
            "resource name": lambda: resource.browse(sam).write({"name": "X"}),
            "resource login": lambda: resource.browse(sam).write(
                {"user_id": self.user.id}
            ),
            "resource": lambda: resource.browse(sam).read(["name"]),
            "code by the person": lambda: (
                self.as_asker("hr.employee")
                .browse(self.people["leo"].id)
                .write({"terminal_code_ids": [Command.link(code.id)]})
            ),
            "departure": lambda: (
                self.as_asker("hr.employee")
                .browse(self.people["sam"].id)
                .action_archive()
            ),
        }.items():
            attempts.refused(label, call)
        attempts.nothing(
            "bank accounts",
            lambda: bank.search_count([("acc_number", "=", "62sam")]),
        )
        attempts.conclude(self, "core records", 7)

    def test_the_audit_of_who_is_gone_is_for_those_who_see_all(self):
        gone = self.new_employee("gus", "7999")
        gone.unlink()
        for label, expected in (("own_stores", 0), ("self", 0), ("all", 1)):
            role = self.give_role(label, {"settings": "view"})
            rows = self.as_asker("attendance.audit")
            found = rows.search_count(
                ["|", ("before", "like", "7999"), ("after", "like", "7999")]
            )
            self.assertEqual(found, expected, label)
            self.assertTrue(rows.search_count([("kind", "=", "scope")]), label)
            role.user_ids = False

    @mute_logger(*QUIET)
    def test_no_oracle_on_fields_that_cannot_be_read(self):
        """Counting by a hidden field would spell it out letter by letter."""
        self.give_role("own_stores", {"reports": "view", "employees": "view"})
        attempts = Attempts(self.env)
        for model, path in (
            ("hr.employee", "private_phone"),
            ("attendance.day", "employee_id.private_phone"),
            ("attendance.report.daily", "employee_id.private_phone"),
            ("attendance.day", "employee_id.terminal_code_ids.code"),
            ("attendance.day", "employee_id.user_id.password"),
        ):
            domain = [(path, "like", "5")]
            attempts.unread(
                f"{model} {path}",
                lambda m=model, d=domain: self.as_asker(m).search_count(d),
            )
        attempts.conclude(self, "hidden fields", 5)

    def test_queries_do_not_grow(self):
        """As many for 80 rows as for few, whatever departments and roles there are."""
        self.give_role("own_department", {"reports": "view"})
        self.add_days(30, 60)
        few = self.queries_of_a_list()
        self.add_days(61, 120)
        for number in range(5):
            self.env["hr.department"].create(
                {"name": f"D{number}", "parent_id": self.departments["north"].id}
            )
        many = self.queries_of_a_list()
        self.assertLessEqual(many, few)
        for scope in ("own_stores", "jobs", "employees"):
            self.give_role(scope, {"reports": "view"})
        self.assertLessEqual(self.queries_of_a_list(), many)
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        self.assertLessEqual(many - self.queries_of_a_list(boss), MORE_QUERIES)

    def add_days(self, first, last):
        """More days of everybody, this many days after those there are."""
        self.env.cr.execute(
            """
            INSERT INTO attendance_day
                (employee_id, work_date, company_id, department_id, job_id, store_id,
                 state, day_name)
            SELECT d.employee_id, d.work_date + n, d.company_id, d.department_id,
                   d.job_id, d.store_id, 'final', 'work'
            FROM attendance_day d, generate_series(%s, %s) n
            WHERE d.company_id = %s AND d.work_date = %s
            """,
            [first, last, self.company.id, WORK_DAY],
        )

    def queries_of_a_list(self, user=None):
        context = {"allowed_company_ids": self.company.ids}
        days = self.env(user=user or self.user, context=context)["attendance.day"]
        spec = {"work_date": {}, "employee_id": {"fields": {"display_name": {}}}}
        for _round in range(2):  # the first one fills what is remembered
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            days.web_search_read([], spec, limit=80)
        return self.env.cr.sql_log_count - before


# What a scoped list may take beyond the administrator's: who is asking, once for the
# list, once for reading its rows, once for its count, once for its people.
MORE_QUERIES = 4
