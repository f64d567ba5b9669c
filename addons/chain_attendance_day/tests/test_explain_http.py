import io
import json

import openpyxl

from odoo.http import Request
from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .common import DayCommon

MONDAY = "2026-03-02"
PASSWORD = "a long password"
DAY, ASKED = "attendance.day", "attendance.what.if"
QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestExplainHttp(DayCommon, HttpCase):
    """Explain and what-if as a browser reaches them, as logins that may and may not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-03-01")
        cls.send("1001", f"{MONDAY} 08:36:00", f"{MONDAY} 17:30:00")
        second = cls.new_store("T2")
        cls.far = cls.new_employee("Far", "2001", store_id=second.id)
        cls.mine = cls.new_user("ann", employee=cls.person)
        cls.colleague = cls.new_user("bob", employee=cls.new_employee("Bob", "1002"))
        cls.keeper = cls.new_user("keeper", "chain_attendance_base.group_timekeeper")
        cls.store.timekeeper_ids = cls.keeper
        cls.other = cls.new_user("other", "chain_attendance_base.group_timekeeper")
        second.timekeeper_ids = cls.other
        cls.abroad = cls.new_user("abroad", "chain_attendance_base.group_manager")
        company = cls.env["res.company"].create({"name": "Another Chain"})
        cls.abroad.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        cls.users = cls.mine | cls.colleague | cls.keeper | cls.other | cls.abroad
        cls.users.password = PASSWORD

    def setUp(self):
        super().setUp()
        self.row = self.compute(MONDAY)
        self.row_of_far = self.compute(MONDAY, employee=self.far)

    def log_in(self, user):
        self.env.flush_all()
        self.authenticate(user.login, PASSWORD)

    def call_kw(self, model, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {}},
        )

    def refused(self, model, method, *args):
        with mute_logger(*QUIET), self.assertRaises(JsonRpcException) as caught:
            self.call_kw(model, method, *args)
        return str(caught.exception)

    def test_an_explanation_is_for_who_may_read_the_day(self):
        for user in (self.mine, self.keeper):
            with self.subTest(user.login):
                self.log_in(user)
                told = self.call_kw(DAY, "explain", self.row.ids)
                self.assertEqual(told["day"]["employee"], "Ann")
                self.assertEqual(len(told["punches"]), 2)
        for user in (self.colleague, self.other, self.abroad):
            with self.subTest(user.login):
                self.log_in(user)
                self.refused(DAY, "explain", self.row.ids)
                self.refused(DAY, "explain", (self.row | self.row_of_far).ids)

    def test_what_lies_behind_is_no_public_method(self):
        self.log_in(self.mine)
        pair = [[self.far.id, MONDAY]]
        for method, *args in (
            ("_judge", pair),
            ("_judge_for_reading", pair[0]),
            ("_prepare_engine_inputs", pair),
            ("_explain_punch_rows", [1]),
            ("_explain_requests", [["request", 1]]),
        ):
            with self.subTest(method):
                self.refused(DAY, method, *args)

    def test_the_printed_page(self):
        address = "/report/html/chain_attendance_day.attendance_day_explanation"
        self.log_in(self.mine)
        page = self.url_open(f"{address}/{self.row.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("6 min late", page.text)
        for user in (self.colleague, self.other, self.abroad):
            with self.subTest(user.login):
                self.log_in(user)
                with mute_logger(*QUIET):
                    page = self.url_open(f"{address}/{self.row.id}")
                self.assertNotEqual(page.status_code, 200)
                self.assertNotIn("Ann", page.text)

    def test_a_question_is_the_asker_s_and_reaches_the_own_people(self):
        values = {
            "company_id": self.company.id,
            "date_from": MONDAY,
            "date_to": MONDAY,
        }
        both = [self.person.id, self.far.id]
        found = {}
        for user in (self.keeper, self.other, self.colleague):
            self.log_in(user)
            (asked,) = self.call_kw(ASKED, "create", [values])
            judged = self.call_kw(ASKED, "judge", [asked], both)
            plan = self.call_kw(ASKED, "plan", [asked])
            found[user] = ([row[1] for row in plan["people"]], list(judged))
        self.assertEqual(
            found,
            {
                self.keeper: (["Ann"], [str(self.person.id)]),
                self.other: (["Far"], [str(self.far.id)]),
                self.colleague: ([], []),
            },
        )
        # The last one asks about the question of another.
        for method, *args in (("plan",), ("judge", both), ("read", ["date_from"])):
            with self.subTest(method):
                self.refused(ASKED, method, [asked - 1], *args)

    def test_another_company_is_out_of_reach(self):
        self.log_in(self.abroad)
        self.refused(
            ASKED,
            "create",
            [{"company_id": self.company.id, "date_from": MONDAY, "date_to": MONDAY}],
        )

    def post(self, data):
        return self.url_open(
            "/chain_attendance/what_if.xlsx",
            {"data": data, "csrf_token": Request.csrf_token(self)},
        )

    def test_the_comparison_as_a_file(self):
        asked = {
            "title": "What if",
            "span": [MONDAY, MONDAY],
            "columns": ["Due", "Late"],
            "people": [
                {
                    "name": "=1+1",
                    "number": "007",
                    "before": [540, 6],
                    "after": [540, 0],
                    "days": [[MONDAY, [540, 6], [540, 0]]],
                }
            ],
        }
        keepers = self.keeper
        self.new_role({"reports": "view export"}, user_ids=keepers, scope="self")
        self.log_in(keepers)
        answer = self.post(json.dumps(asked))
        self.assertEqual(answer.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        people, days = book.worksheets
        head = [cell.value for cell in people[3]]
        self.assertEqual(head[:3], ["Number", "Name", "Days That Differ"])
        self.assertEqual(head[-1], "Late: difference")
        row = [cell.value for cell in people[4]]
        self.assertEqual(row[:5], ["007", "=1+1", 1, 9, 9])
        self.assertEqual(people["B4"].data_type, "s")
        self.assertAlmostEqual(row[-1], -0.1)
        self.assertEqual(str(days["C4"].value)[:10], MONDAY)
        for broken in ("{", "[]", json.dumps(asked | {"columns": ["Due"]})):
            with mute_logger(*QUIET):
                self.assertEqual(self.post(broken).status_code, 400)
        self.log_in(self.colleague)
        with mute_logger(*QUIET):
            self.assertEqual(self.post(json.dumps(asked)).status_code, 403)
