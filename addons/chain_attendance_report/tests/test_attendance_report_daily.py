import io
import json

import openpyxl

from odoo import http
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_day.tests.common import DayCommon

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
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        return [[cell.value for cell in row] for row in sheet.iter_rows()]

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
    def test_without_the_right_to_export_there_is_no_file(self):
        user = self.new_user("ann", employee=self.person)
        user.password = "a long password"
        self.assertEqual(self.fetch("ann").status_code, 403)
