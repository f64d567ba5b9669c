from datetime import date

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import file_path, mute_logger

from .common import DayCommon
from .exception_common import EMPLOYEE, MONDAY, STORE_MANAGER, ExceptionCommon

SCRIPT = "chain_attendance_day/migrations/19.0.1.1.0/post-segments.py"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestExceptionOwner(ExceptionCommon):
    """Store's manager, else department's, else whom the settings name."""

    def setUp(self):
        super().setUp()
        self.department = self.env["hr.department"].create(
            {"name": "Sales", "company_id": self.company.id}
        )
        self.person.version_id.date_version = "2026-01-01"
        self.person.department_id = self.department
        self.boss, self.boss_login = self.login("boss", STORE_MANAGER)
        self.head, self.head_login = self.login("head")
        self.officer = self.new_user("officer")
        self.send("1001", f"{MONDAY} 08:30:00")

    def owner(self):
        """Who is responsible once the day is written again."""
        self.cr.execute(
            "UPDATE attendance_day SET fingerprint = NULL WHERE employee_id = %s",
            [self.person.id],
        )
        self.compute(MONDAY)
        return self.row("missing_out").owner_id

    def test_who_it_is(self):
        none = self.env["res.users"]
        self.assertEqual(self.owner(), none)
        self.company.attendance_exception_user_id = self.officer
        self.assertEqual(self.owner(), self.officer)
        self.department.manager_id = self.head
        self.assertEqual(self.owner(), self.head_login)
        self.store.manager_id = self.boss
        self.assertEqual(self.owner(), self.boss_login)
        self.boss_login.active = False
        self.assertEqual(self.owner(), self.head_login)

    def test_nobody_is_responsible_for_oneself(self):
        self.new_user("ann", employee=self.person)
        self.store.manager_id = self.person
        self.department.manager_id = self.person
        above = self.env["hr.department"].create(
            {
                "name": "Above",
                "company_id": self.company.id,
                "manager_id": self.head.id,
            }
        )
        self.department.parent_id = above
        self.assertEqual(self.owner(), self.head_login)

    def test_a_new_manager_takes_over_what_is_open(self):
        self.compute(MONDAY)
        row = self.row("missing_out")
        self.store.manager_id = self.boss
        self.assertEqual(row.owner_id, self.boss_login)
        row._decide("ignored", "Seen")
        self.store.manager_id = self.head
        self.assertEqual(row.owner_id, self.boss_login)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestExceptionAccess(ExceptionCommon, HttpCase):
    """Who sees, who decides, and what nobody does by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_store("T2")
        cls.other = cls.new_employee("Bob", "1002", store_id=cls.second.id)
        cls.roster(cls.other, cls.day_shift, MONDAY)
        cls.send("1001", f"{MONDAY} 08:30:00")
        cls.send("1002", f"{MONDAY} 08:30:00")
        pairs = [(p.id, date(2026, 3, 2)) for p in (cls.person, cls.other)]
        cls.env["attendance.day"]._recompute(pairs)
        cls.rows = cls.exceptions.search(
            [
                ("employee_id", "in", (cls.person | cls.other).ids),
                ("code", "=", "missing_out"),
            ]
        )
        cls.own = cls.rows.filtered(lambda row: row.employee_id == cls.person)
        manager = cls.new_employee("Manager")
        cls.store.manager_id = manager
        cls.manager = cls.new_user("mel", STORE_MANAGER, employee=manager)
        cls.employee = cls.new_user("ann", EMPLOYEE, employee=cls.person)

    def seen(self, user):
        return self.exceptions.with_user(user).search([("id", "in", self.rows.ids)])

    def test_who_sees_what(self):
        self.assertEqual(len(self.rows), 2)
        self.assertEqual(self.seen(self.manager), self.own)
        self.assertEqual(self.seen(self.employee), self.own)
        self.assertFalse(self.seen(self.new_user("nobody")))

    def test_other_companies_see_nothing(self):
        company = self.env["res.company"].create({"name": "Other"})
        user = self.new_user("far", "chain_attendance_base.group_manager")
        user.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        rows = self.exceptions.with_context(allowed_company_ids=company.ids)
        found = rows.with_user(user).search([("id", "in", self.rows.ids)])
        self.assertFalse(found)

    def test_the_manager_decides_and_the_employee_does_not(self):
        with self.assertRaisesRegex(AccessError, "Edit"), self.cr.savepoint():
            self.own.with_user(self.employee).action_handle()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.own.with_user(self.employee).action_ignore()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.rows.with_user(self.manager).action_handle()
        self.assertEqual(self.own.state, "open")
        self.own.with_user(self.manager).action_handle()
        self.assertEqual(self.own.state, "handled")
        self.assertEqual(self.own.decided_by_id, self.manager)

    def test_seeing_more_is_not_deciding_on_more(self):
        self.new_role({"reports": "view"}, scope="all", user_ids=self.manager)
        self.assertEqual(self.seen(self.manager), self.rows)
        mine = self.rows.with_user(self.manager)
        self.assertEqual(mine.filtered("is_deciding").ids, self.own.ids)
        with self.assertRaises(AccessError):
            mine.action_handle()

    def test_the_wizard_ignores_many_with_one_reason(self):
        self.second.manager_id = self.store.manager_id
        action = self.rows.with_user(self.manager).action_ignore()
        wizard = (
            self.env["attendance.exception.ignore"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({"reason": "Terminal was repaired"})
        )
        wizard.action_ignore()
        self.assertEqual(self.rows.mapped("state"), ["ignored"] * 2)
        self.assertEqual(set(self.rows.mapped("reason")), {"Terminal was repaired"})
        self.assertEqual(self.rows.decided_by_id, self.manager)

    @mute_logger("odoo.http")
    def call(self, method, *args, login="mel", model="attendance.exception", **kw):
        self.authenticate(login, login)
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": model, "method": method, "args": args, "kwargs": kw,
                },
            },
        ).json()  # fmt: skip
        return answer.get("error", {}).get("data", {}).get("name", answer.get("result"))

    def test_over_rpc(self):
        denied = "odoo.exceptions.AccessError"
        for user in (self.manager, self.employee):
            user.password = user.login
        other = self.rows - self.own
        for login, method, args, expected in (
            ("mel", "write", [self.own.ids, {"state": "withdrawn"}], denied),
            ("mel", "create", [[{"employee_id": self.person.id}]], denied),
            ("mel", "unlink", [self.own.ids], denied),
            ("mel", "_decide", [self.own.ids, "ignored"], denied),
            ("mel", "_sync", [{}], denied),
            ("mel", "_store", [{}, []], denied),
            ("mel", "_send_digest", [1, 1], denied),
            ("mel", "action_handle", [other.ids], denied),
            ("mel", "read", [other.ids, ["detail"]], denied),
            ("ann", "action_handle", [self.own.ids], denied),
            ("ann", "action_ignore", [self.own.ids], denied),
            ("mel", "action_handle", [self.own.ids], None),
        ):
            with self.subTest(login=login, method=method):
                self.assertEqual(self.call(method, *args, login=login), expected)
        self.env.invalidate_all()
        self.assertEqual(self.own.state, "handled")
        self.assertEqual(other.state, "open")

    def test_the_wizard_over_rpc_keeps_to_the_scope(self):
        self.manager.password = "mel"
        wizard = self.call(
            "create",
            [{"exception_ids": [(6, 0, self.rows.ids)], "reason": "X"}],
            model="attendance.exception.ignore",
        )
        if isinstance(wizard, list):
            wizard = self.call(
                "action_ignore", wizard, model="attendance.exception.ignore"
            )
        self.assertEqual(wizard, "odoo.exceptions.AccessError")
        self.env.invalidate_all()
        self.assertEqual(self.rows.mapped("state"), ["open"] * 2)

    def test_steps_lead_to_the_person_and_the_date(self):
        row = self.own.with_user(self.manager)
        punches = row.action_open_punches()
        found = self.env["attendance.punch"].search(punches["domain"])
        self.assertEqual(found.mapped("wall_time"), [f"{MONDAY} 08:30:00"])
        roster = row.action_open_roster()
        self.assertEqual(roster["context"]["roster_grid_date"], MONDAY)
        self.assertEqual(roster["domain"], [("id", "=", self.person.id)])
        self.assertEqual(row.action_open_day()["res_id"], row.day_id.id)


@tagged("post_install", "-at_install")
class TestExceptionRoles(DayCommon):
    """The roles that come along."""

    def deciding(self):
        return {
            name
            for name in (
                "group_role_management",
                "group_role_department_manager",
                "group_store_manager",
                "group_timekeeper",
                "group_employee",
            )
            if "chain_attendance_base.function_reports_edit"
            in self.env.ref(f"chain_attendance_base.{name}")
            .implied_ids.get_external_id()
            .values()
        }

    def test_who_plans_decides(self):
        load_script(file_path(SCRIPT), "segments").migrate(self.cr, "19.0.1.0.0")
        expected = {
            "group_role_department_manager",
            "group_store_manager",
            "group_timekeeper",
        }
        self.assertEqual(self.deciding(), expected)
        edit = self.env.ref("chain_attendance_base.function_reports_edit")
        self.env.ref("chain_attendance_base.group_timekeeper").implied_ids -= edit
        load_script(file_path(SCRIPT), "segments").migrate(self.cr, "19.0.1.0.0")
        self.assertEqual(self.deciding(), expected)

    def test_it_can_be_ticked_and_nothing_else_of_reports(self):
        line = self.new_role().function_ids.filtered(lambda f: f.area == "reports")
        line.can_edit = True
        self.assertTrue(line.is_editable and line.is_view_only and line.can_view)
