from datetime import date, timedelta

from psycopg2.extras import Json

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import file_path, mute_logger

from odoo.addons.chain_attendance_engine import ExceptionKind

from .common import DayCommon

SCRIPT = "chain_attendance_day/migrations/19.0.1.1.0/post-segments.py"
MONDAY, TUESDAY, SUNDAY = "2026-03-02", "2026-03-03", "2026-03-08"
EMPLOYEE = "chain_attendance_base.group_employee"
STORE_MANAGER = "chain_attendance_base.group_store_manager"


class ExceptionCommon(DayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, MONDAY)
        cls.exceptions = cls.env["attendance.exception"]

    def found(self, *days, state="open"):
        """``{code: state}`` of the person's exceptions, after computing the dates."""
        if days:
            self.compute(*days)
        rows = self.exceptions.search([("employee_id", "=", self.person.id)])
        return {row.code: row.state for row in rows if not state or row.state == state}

    def row(self, code):
        return self.exceptions.search(
            [("employee_id", "=", self.person.id), ("code", "=", code)]
        )

    def login(self, name, *groups, **values):
        employee = self.new_employee(name, **values)
        return employee, self.new_user(name, *groups, employee=employee)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceException(ExceptionCommon):
    """What appears, is withdrawn by itself, stays ignored and comes back."""

    def punch_on_sunday(self):
        self.send("1001", f"{SUNDAY} 09:00:00", f"{SUNDAY} 17:00:00")

    def examples(self):
        """``{code: (date, how it comes, how it goes, its words)}``."""
        at_second = self.new_terminal_of_second_store
        return {
            "missing_out": (
                MONDAY,
                lambda: self.send("1001", f"{MONDAY} 08:30:00"),
                lambda: self.send("1001", f"{MONDAY} 17:30:00"),
                "Due at 17:30",
            ),
            "missing_in": (
                MONDAY,
                lambda: self.send("1001", f"{MONDAY} 17:30:00"),
                lambda: self.send("1001", f"{MONDAY} 08:30:00"),
                "Due at 08:30",
            ),
            "unapproved_work": (
                SUNDAY,
                self.punch_on_sunday,
                lambda: self.override(self.person, SUNDAY, self.day_shift),
                "2 punches, 8h",
            ),
            "unscheduled_work": (
                "2026-03-01",
                lambda: self.send("1001", "2026-03-01 08:30:00", "2026-03-01 17:30:00"),
                lambda: self.override(self.person, "2026-03-01", self.day_shift),
                "2 punches",
            ),
            "short_rest": (
                TUESDAY,
                lambda: self.send(
                    "1001",
                    f"{MONDAY} 08:30:00",
                    f"{MONDAY} 21:30:00",
                    f"{TUESDAY} 08:00:00",
                    f"{TUESDAY} 17:30:00",
                ),
                lambda: self.company.write({"attendance_least_rest_minutes": 620}),
                "10.5h between 21:30 and 08:00, at least 11h",
            ),
            "cross_store": (
                MONDAY,
                lambda: at_second(f"{MONDAY} 08:30:00", f"{MONDAY} 17:30:00"),
                lambda: self.env["attendance.store.loan"].create(
                    {
                        "employee_id": self.person.id,
                        "store_id": self.second.id,
                        "date_from": MONDAY,
                        "date_to": MONDAY,
                    }
                ),
                "Store T2",
            ),
        }

    def new_terminal_of_second_store(self, *times):
        self.second = self.new_store("T2")
        self.terminal.store_id = self.second
        self.send("1001", *times)

    def test_each_cause_comes_and_goes(self):
        for code in self.examples():
            with self.subTest(code=code), self.cr.savepoint() as savepoint:
                day, come, go, words = self.examples()[code]
                self.compute(MONDAY, TUESDAY, day)
                self.assertFalse(self.row(code))
                come()
                self.compute(MONDAY, TUESDAY, day)
                row = self.row(code)
                self.assertEqual((str(row.work_date), row.state), (day, "open"))
                self.assertEqual(row.detail, words)
                go()
                self.compute(MONDAY, TUESDAY, day)
                self.assertEqual(row.state, "withdrawn")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_cause_that_comes_back_is_open_again(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.assertEqual(self.found(MONDAY), {"missing_out": "open"})
        row = self.row("missing_out")
        first = row.opened_at
        self.override(self.person, MONDAY, False)
        self.assertEqual(self.found(MONDAY), {})
        self.assertEqual(row.state, "withdrawn")
        self.env["attendance.roster.override"].search([]).unlink()
        with freeze_time("2026-03-21 08:00:00"):
            self.assertEqual(self.found(MONDAY), {"missing_out": "open"})
        self.assertEqual(self.row("missing_out"), row)
        self.assertGreater(row.opened_at, first)

    def test_ignored_stays_while_its_figures_are_the_same(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        row = self.row("missing_out")
        row._decide("ignored", "Repaired")
        self.send("1001", f"{MONDAY} 08:31:00")
        self.assertEqual(self.found(MONDAY, state=None), {"missing_out": "ignored"})
        self.assertEqual((row.reason, row.decided_by_id), ("Repaired", self.env.user))
        shorter = self.new_shift("D8", (510, 990))
        self.override(self.person, MONDAY, shorter)
        self.assertEqual(self.found(MONDAY), {"missing_out": "open"})
        self.assertEqual(row.detail, "Due at 16:30")

    def test_handled_stays_and_can_be_opened_again(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        row = self.row("missing_out")
        row.action_handle()
        self.assertEqual(row.state, "handled")
        row.action_reopen()
        self.assertEqual(row.state, "open")
        self.send("1001", f"{MONDAY} 17:30:00")
        self.compute(MONDAY)
        row.action_handle()
        self.assertEqual(row.state, "withdrawn", "its cause went")

    def test_no_alert_while_a_day_is_in_progress(self):
        self.send("1001", "2026-03-20 08:30:00")
        self.assertEqual(self.found("2026-03-20"), {})
        with freeze_time("2026-03-20 14:00:00"):
            self.assertEqual(self.found("2026-03-20"), {"missing_out": "open"})

    def test_of_two_timetables_one_row_says_both(self):
        split = self.new_shift("SP", (600, 840), (1020, 1260))
        split.write({"has_own_punches": True, "punch_mode": "per_timetable"})
        self.override(self.person, MONDAY, split)
        self.send("1001", f"{MONDAY} 09:58:00", f"{MONDAY} 16:59:00")
        self.compute(MONDAY)
        self.assertEqual(self.row("missing_out").detail, "Due at 14:00; Due at 21:00")

    def test_the_day_after_follows(self):
        """Its rest hangs on a punch of the day before, which is computed alone."""
        self.send("1001", f"{TUESDAY} 08:00:00", f"{TUESDAY} 17:30:00")
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 17:30:00")
        self.compute(MONDAY, TUESDAY)
        self.send("1001", f"{MONDAY} 21:30:00")
        self.compute(MONDAY)
        self.assertEqual(self.found(), {"short_rest": "open"})
        self.assertEqual(str(self.row("short_rest").work_date), TUESDAY)

    def test_a_day_that_goes_takes_its_exceptions(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        self.person.hire_date = TUESDAY
        self.assertEqual(self.found(MONDAY, state=None), {})

    def test_codes_of_the_engine_are_all_known(self):
        known = self.exceptions._severities()
        self.assertLessEqual({kind.value for kind in ExceptionKind}, set(known))
        offered = {code for code, _name in self.exceptions._fields["code"].selection}
        self.assertEqual(set(known), offered)
        for code in known:
            self.env.ref(self.exceptions._action_name(code))

    def test_words_of_what_the_engine_says(self):
        key = [["leave", 1]]
        for code, figures, words in (
            ("key_conflict", {"keys": [1, 2]}, "2 punches"),
            ("present_on_leave", {"keys": key}, "1 punch"),
            ("core_time", {"minutes": 45, "spans": []}, "0.75h"),
            ("shift_undecided", {"fits": []}, "No shift holds all punches"),
            ("shift_undecided", {"fits": [self.day_shift.id]}, "D9 fit"),
            (
                "overtime_kind_differs",
                {"key": key[0], "claimed": "workday", "kind": "rest_day"},
                "The form says Workday Overtime, the day is Rest-Day Overtime",
            ),
            (
                "leave_amount_differs",
                {"key": key[0], "unit": "days", "typed": 0.5, "taken": 1},
                "Typed 0.5 d, taken 1 d",
            ),
            (
                "leave_amount_differs",
                {"key": key[0], "unit": "minutes", "typed": 240, "taken": 180},
                "Typed 4h, taken 3h",
            ),
        ):
            with self.subTest(code=code, figures=figures):
                self.cr.execute(
                    "INSERT INTO attendance_exception (employee_id, work_date,"
                    " company_id, code, severity, state, figures)"
                    " VALUES (%s, %s, %s, %s, '3', 'open', %s)"
                    " ON CONFLICT (employee_id, work_date, code)"
                    " DO UPDATE SET figures = EXCLUDED.figures RETURNING id",
                    [
                        self.person.id, MONDAY, self.company.id, code,
                        Json([figures]),
                    ],
                )  # fmt: skip
                row = self.exceptions.browse(self.cr.fetchone())
                row.invalidate_recordset()
                self.assertEqual(row.detail, words)

    def test_statements_do_not_grow(self):
        people = self.env["hr.employee"]
        for number in range(10):
            people |= self.new_employee(f"P{number}", f"40{number:02d}")
        days = self.env["attendance.day"]
        first = date(2025, 11, 3)
        for person in people:
            self.roster(person, self.day_shift, first)
            # A punch and no other is an exception.
            times = [f"{first + timedelta(days=n)} 08:30:00" for n in range(100)]
            self.send(person.terminal_user_code, *times)

        def queries_of(count):
            pairs = [
                (person.id, first + timedelta(days=number))
                for person in people
                for number in range(count)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            days._recompute(pairs)
            return self.cr.sql_log_count - before

        queries_of(1)
        self.cr.execute("DELETE FROM attendance_day")
        few = queries_of(10)
        self.cr.execute("DELETE FROM attendance_day")
        self.assertEqual(queries_of(100), few)
        self.assertGreater(self.exceptions.search_count([("state", "=", "open")]), 500)

    def test_the_daily_report_goes_on_saying_it(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.assertEqual(self.compute(MONDAY).exception_codes, "missing_out")
        self.assertEqual(self.compute(MONDAY).exception_count, 1)
        action = self.compute(MONDAY).action_open_exceptions()
        self.assertEqual(
            self.exceptions.search(action["domain"]), self.row("missing_out")
        )


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
