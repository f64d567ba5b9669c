import json

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_day.tests.common import DayCommon

from .report_files import read_sheets

COLUMNS = (
    "employee_number",
    "employee_name",
    "shift_label",
    "work_date",
    "due_minutes",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceReportDaily(DayCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.employee_number = "A1"
        cls.far = cls.new_employee(
            "=Far", "2001", employee_number="A2", store_id=cls.new_store("T2").id
        )
        for person in (cls.person, cls.far):
            cls.roster(person, cls.day_shift, "2026-03-02")
        cls.boss = cls.new_user("boss", "chain_attendance_base.group_manager")
        cls.keeper = cls.new_user("keeper", "chain_attendance_base.group_timekeeper")
        cls.store.timekeeper_ids = cls.keeper
        for user in (cls.boss, cls.keeper):
            user.password = "a long password"

    def setUp(self):
        super().setUp()
        self.compute("2026-03-06", "2026-03-07")
        self.compute("2026-03-06", employee=self.far)

    def test_rows_and_labels(self):
        rows = self.env["attendance.report.daily"].search(
            [("employee_id", "=", self.person.id)], order="work_date"
        )
        self.assertEqual(rows.mapped("employee_number"), ["A1", "A1"])
        self.assertEqual(rows.mapped("shift_label"), ["D9", "Rest"])
        self.assertEqual(rows.mapped("due_minutes"), [540, 0])

    def test_every_exception_has_a_name(self):
        from odoo.addons.chain_attendance_engine import ExceptionKind

        names = self.env["attendance.report.daily"]._exception_names()
        self.assertEqual(set(names), {kind.value for kind in ExceptionKind})

    def fetch(self, login, columns=COLUMNS, **asked):
        self.authenticate(login, "a long password")
        data = {
            "model": "attendance.report.daily",
            "domain": [],
            "order": "employee_number, work_date",
            "title": "Daily",
            "columns": [{"name": name, "label": ""} for name in columns],
            **asked,
        }
        return self.url_open(
            "/chain_attendance/report.xlsx",
            data={
                "data": json.dumps(data),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def rows(self, answer):
        """The head and the rows of the file."""
        (table,) = read_sheets(answer.content).values()
        return [table.head, *table.values()]

    def test_the_file_holds_the_reader_s_scope(self):
        whole = self.rows(self.fetch("boss"))
        self.assertEqual(whole[0][:2], ["Employee Number", "Name"])
        self.assertEqual([row[0] for row in whole[1:]], ["A1", "A1", "A2"])
        self.assertEqual(whole[3][1], "=Far")
        scoped = self.rows(self.fetch("keeper"))
        self.assertEqual([row[0] for row in scoped[1:]], ["A1", "A1"])

    @mute_logger("odoo.http")
    def test_nonsense_is_refused(self):
        for asked in (
            {"model": "res.users"},
            {"columns": []},
            {"columns": [{"name": "password", "label": ""}]},
            {"domain": 7},
            {"columns": "x"},
        ):
            with self.subTest(asked):
                self.assertEqual(self.fetch("boss", **asked).status_code, 400)

    @mute_logger("odoo.http")
    def test_who_may_look_but_not_take_away_is_told_what_is_missing(self):
        viewer = self.new_user("viewer")
        viewer.password = "a long password"
        role = self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        seen = self.env["attendance.report.daily"].with_user(viewer).search([])
        self.assertEqual(len(seen), 3)
        answer = self.fetch("viewer")
        self.assertEqual(answer.status_code, 403)
        self.assertIn("do not let you export from “Reports”", answer.text)
        role.function_ids.filtered(lambda f: f.area == "reports").can_export = True
        answer = self.fetch("viewer")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual([row[0] for row in self.rows(answer)[1:]], ["A1", "A1", "A2"])
        role.write({"scope": "employees", "employee_ids": [(4, self.far.id)]})
        self.assertEqual(
            [row[0] for row in self.rows(self.fetch("viewer"))[1:]], ["A2"]
        )

    @mute_logger("odoo.http")
    def test_the_export_of_another_area_does_not_do(self):
        user = self.new_user("clerk")
        user.password = "a long password"
        self.new_role(
            {"reports": "view", "rosters": "view export"}, scope="all", user_ids=user
        )
        self.assertEqual(self.fetch("clerk").status_code, 403)

    def test_odoo_s_own_export_asks_for_the_function_too(self):
        user = self.new_user("viewer")
        role = self.new_role({"reports": "view"}, scope="all", user_ids=user)
        rows = self.env["attendance.report.daily"].with_user(user).search([])
        with self.assertRaisesRegex(AccessError, "Reports"):
            rows.export_data(["employee_number"])
        role.function_ids.filtered(lambda f: f.area == "reports").can_export = True
        self.assertEqual(len(rows.export_data(["employee_number"])["datas"]), 3)

    def test_a_domain_does_not_reach_out_of_the_scope(self):
        domain = [("employee_id", "=", self.far.id)]
        answer = self.fetch("keeper", domain=domain)
        self.assertEqual(len(self.rows(answer)), 1)
        domain = ["|", ("id", "!=", 0), ("employee_number", "=", "A2")]
        answer = self.fetch("keeper", domain=domain)
        self.assertEqual([row[0] for row in self.rows(answer)[1:]], ["A1", "A1"])

    def test_the_own_store_of_who_is_lent(self):
        second = self.far.store_id
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": second.id,
                "date_from": "2026-03-06",
                "date_to": "2026-03-06",
            }
        )
        self.compute("2026-03-06", "2026-03-07")
        columns = ("work_date", "store_id", "home_store_id")
        rows = self.rows(self.fetch("keeper", columns, order="work_date"))
        here, there = self.store.display_name, second.display_name
        self.assertEqual(rows[0][1:], ["Store", "Own Store"])
        self.assertEqual([row[1:] for row in rows[1:]], [[there, here], [here, here]])
        # Who keeps the other store sees the lent day, and their own people.
        keeper = self.new_user("far keeper")
        keeper.password = "a long password"
        second.timekeeper_ids = keeper
        self.new_role({"reports": "view export"}, scope="own_stores", user_ids=keeper)
        rows = self.rows(self.fetch("far keeper", ("employee_number", "work_date")))
        self.assertEqual([row[0] for row in rows[1:]], ["A1", "A2"])
