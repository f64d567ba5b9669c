"""Whoever calls over RPC may send anything: it is refused by a sentence."""

import json
from collections import Counter
from itertools import product

from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .export_common import ExportCommon

REFUSED = {
    "odoo.exceptions.AccessError",
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
}
DAILY = "attendance.report.daily"
ROWS = (
    DAILY,
    "attendance.report.detail",
    "attendance.report.monthly",
    "attendance.report.punch",
    "attendance.report.record",
    "attendance.report.request",
)
HUGE = 2**70
SHEET = {"from": "2026-03-01", "to": "2026-03-31"}
# What is no domain, or none of these rows. The text has to be named in the sentence.
DOMAINS = (
    (None, "None"),
    (5, "5"),
    ("work_date", "work_date"),
    ({"employee_id": 1}, "employee_id"),
    ([5], "5"),
    (["&"], "malformed"),
    (["nonsense"], "nonsense"),
    ([["nonsense", "=", 1]], "nonsense"),
    ([["employee_id.nonsense", "=", 1]], "nonsense"),
    ([["employee_id", "nonsense", 1]], "nonsense"),
    ([["employee_id", 5, 1]], "filter"),
    ([[5, "=", 1]], "filter"),
    ([[["x"], "=", 1]], "filter"),
    ([["employee_id", "=", HUGE]], str(HUGE)),
    ([["employee_id", "in", [1, -HUGE]]], str(HUGE)),
    ([["employee_id", "in", [{}]]], "filter"),
    ([["employee_id", "=", {"a": 1}]], "filter"),
    ([["employee_id.id", "=", HUGE]], str(HUGE)),
    ([["employee_name", "=", "a\0b"]], "employee_name"),
    ([["employee_name", "=like", "a\\"]], "employee_name"),
    ([["employee_id", "any!", [["user_id", "!=", False]]]], "any!"),
    ([["employee_id", "any", [["nonsense", "=", 1]]]], "nonsense"),
    ([["employee_name", "any", [["name", "=", 1]]]], "any"),
    ([["employee_id", "child_of", {"a": 1}]], "filter"),
    ([["id", "in", "SELECT id FROM res_users"]], "filter"),
    ([["id", "=", "1) OR (1=1"]], "filter"),
    (["!"] * 9000 + [["id", "=", 1]], "filter"),
)
NAMES = (
    (None, "names"),
    (5, "names"),
    ("due_minutes", "names"),
    ({"due_minutes": 1}, "names"),
    ([5], "5"),
    ([["due_minutes"]], "due_minutes"),
    ([{}], "{}"),
    (["nonsense"], "nonsense"),
    (["due_minutes:sum"], "due_minutes:sum"),
    (["due_minutes) FROM res_users --"], "res_users"),
    (["id"] * 501, "500"),
)
COLUMNS = (
    "id", "employee_id", "employee_name", "due_minutes", "work_date", "first_in_at",
    "state", "shift_label", "employee_id.id", "work_date.month_number",
)  # fmt: skip
OPERATORS = (
    "=",
    "!=",
    ">",
    "<=",
    "in",
    "not in",
    "=like",
    "not ilike",
    "child_of",
    "any",
)
VALUES = (
    None, True, 5, -1.5, 1e300, float("inf"), "abc", "5", "9" * 30, "2026-03-01",
    "2026-13-45", "today +99999999d", [1, "a"], [None], [[1]], [True, False], {}, [],
)  # fmt: skip
NUMBERS = (-1, HUGE, 2**31, 1.5, "1", True, [], {}, None)
IDS = (5, "1", {"a": 1}, ["1"], [1.5], [-1], [HUGE], [None], [True], [[1]])
ASKED = (
    ({"model": 5}, "model"),
    ({"model": "res.users"}, "res.users"),
    ({"columns": "due_minutes"}, "columns"),
    ({"columns": [5]}, "columns"),
    ({"columns": [["a", "b", "c"]]}, "columns"),
    ({"columns": [["nonsense", ""]]}, "nonsense"),
    ({"columns": [["due_minutes", ""]] * 101}, "columns"),
    ({"domain": 5}, "domain"),
    ({"order": "nonsense"}, "nonsense"),
    ({"order": "id; DROP TABLE res_users"}, "order"),
    ({"order": ["id"]}, "order"),
    ({"facets": 5}, "facets"),
    ({"format": "exe"}, "format"),
    ({"sheets": 5}, "sheets"),
    ({"sheets": "nonsense"}, "nonsense"),
    ({"companies": 5}, "companies"),
    ({"companies": ["a"]}, "companies"),
    ({"companies": [HUGE]}, ""),
    ({"span": ["a", "b"]}, "span"),
    ({"span": [1]}, "span"),
    (
        {
            "span": ["2026-03-02", "2026-03-01"],
            "model": "attendance.report.monthly",
            "columns": [["employee_name", ""]],
            "order": "",
        },
        "2026-03-01",
    ),
)
LAYOUTS = (
    ("read_layouts", [5]),
    ("read_layouts", [["a"]]),
    ("read_layouts", [{}]),
    ("read_layouts", ["nonsense"]),
    ("read_layouts", ["res.users"]),
    ("forget", [["a"]]),
    ("forget", ["res.users"]),
    ("remember", [DAILY, 5]),
    ("remember", [DAILY, [5]]),
    ("remember", [DAILY, [[["x"], True]]]),
    ("remember", [DAILY, [["nonsense", True]]]),
    *(("remember", [DAILY, [["id", True]], wrong]) for wrong in (-1, HUGE, "1", [1])),
    ("remember", [DAILY, [["id", True]], 2**31 - 1]),
    ("save_as", [DAILY, ["a"], [["id", True]]]),
    ("save_as", [DAILY, "a\0b", [["id", True]]]),
    ("save_as", [DAILY, "a" * 101, [["id", True]]]),
    ("save_as", [{}, "a", [["id", True]]]),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestMalformedCalls(ExportCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.boss, cls.keeper):
            user.password = user.login

    def call(self, model, method, *args, **kwargs):
        """``(name of the error, what it says)`` or ``(None, answer)``."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http"):
            answer = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                headers={"Content-Type": "application/json"},
            ).json()
        if "error" in answer:
            data = answer["error"]["data"]
            return data["name"], data["message"]
        return None, answer["result"]

    def check_refused(self, named, model, method, *args, **kwargs):
        for user in (self.boss, self.keeper):
            self.authenticate(user.login, user.login)
            with self.subTest(f"{user.login}: {model}.{method}{args}{kwargs}"[:300]):
                name, text = self.call(model, method, *args, **kwargs)
                self.assertIn(name, REFUSED, text)
                self.assertIn(named, text)

    def test_totals_of_what_is_no_filter(self):
        for domain, named in DOMAINS:
            self.check_refused(named, DAILY, "report_totals", domain, ["due_minutes"])
        for model in ROWS[1:]:
            for domain, named in DOMAINS[7:9]:
                self.check_refused(
                    named, model, "report_totals", domain, self.figure(model)
                )

    def test_every_operator_with_every_value_ends_in_an_answer_or_a_sentence(self):
        daily = self.env[DAILY].with_user(self.keeper)
        answers = Counter()
        for name, operator, value in product(COLUMNS, OPERATORS, VALUES):
            with self.subTest(f"{name} {operator} {value}"[:80]):
                try:
                    with self.cr.savepoint(flush=False):
                        daily.report_totals([(name, operator, value)], ["due_minutes"])
                    answers["found"] += 1
                except UserError:
                    answers["refused"] += 1
        self.assertGreater(min(answers.values()), 300, answers)

    def figure(self, model):
        return [self.env[model]._sum_names()[0]] if self.env[model]._sum_names() else []

    def test_totals_of_what_are_no_columns(self):
        for names, named in NAMES:
            self.check_refused(named, DAILY, "report_totals", [], names)
        for model in (*ROWS, "attendance.report.terminal", "attendance.exception"):
            self.check_refused("nonsense", model, "report_totals", [], ["nonsense"])

    def test_rows_of_what_is_no_page(self):
        for wrong in (-1, HUGE, "1"):
            for name in ("limit", "offset"):
                self.check_refused(
                    name, DAILY, "search_read", [], ["id"], **{name: wrong}
                )
        self.check_refused(
            "nonsense", DAILY, "search_read", [], ["id"], order="nonsense"
        )
        self.check_refused("nonsense", DAILY, "search_count", [["nonsense", "=", 1]])
        self.check_refused("nonsense", DAILY, "search_read", [], ["nonsense"])
        self.check_refused("nonsense", DAILY, "read", self.days_of_ann(), ["nonsense"])
        wanted = {"nonsense": {}}
        self.check_refused("nonsense", DAILY, "web_search_read", [], wanted)

    def test_groups_of_what_is_none(self):
        method = "formatted_read_group"
        for named, *args in (
            ("nonsense", [], ["nonsense"], []),
            ("nonsense", [], ["employee_id"], ["nonsense:sum"]),
            ("nonsense", [], ["employee_id"], ["due_minutes:nonsense"]),
            ("nonsense", [["nonsense", "=", 1]], ["employee_id"], []),
            ("offset", [], ["employee_id"], [], [], -1),
            ("limit", [], ["employee_id"], [], [], 0, -1),
            ("limit", [], ["employee_id"], [], [], 0, HUGE),
            ("nonsense", [], ["employee_id"], [], [], 0, 1, "nonsense"),
        ):
            for model in (DAILY, "attendance.report.monthly"):
                self.check_refused(named, model, method, *args)
        sets = [["nonsense"]]
        self.check_refused("nonsense", DAILY, "formatted_read_grouping_sets", [], sets)

    def days_of_ann(self):
        daily = self.env[DAILY]
        return daily.search([("employee_id", "=", self.person.id)]).ids

    def test_month_sheet(self):
        model = "attendance.month.sheet"
        for wrong in NUMBERS:
            self.check_refused("offset", model, "get_sheet", SHEET, wrong)
            self.check_refused("limit", model, "get_sheet", SHEET, 0, wrong)
        for wrong in IDS:
            for name in ("store_ids", "department_ids"):
                for method in ("get_sheet", "action_print"):
                    self.check_refused(name, model, method, {**SHEET, name: wrong})
        for text in (5, ["a"], "a\0b", "\ud800", "a" * 301):
            self.check_refused("text", model, "get_sheet", {**SHEET, "text": text})
        for choice in (None, 5, "x", [], {}, {"from": ["a"], "to": 5}):
            self.check_refused("month sheet", model, "get_sheet", choice)

    def test_board(self):
        model = "attendance.overview"
        for wrong in NUMBERS:
            self.check_refused("offset", model, "get_board", offset=wrong)
            self.check_refused("offset", model, "get_people", "came", offset=wrong)
        for wrong in IDS:
            for method in ("get_board", "get_trend"):
                self.check_refused("store_ids", model, method, store_ids=wrong)
        for wrong in (-1, HUGE, "1", [1], {"a": 1}):
            self.check_refused("department_id", model, "get_trend", department_id=wrong)
            self.check_refused("store_id", model, "get_people", "came", store_id=wrong)
        for wrong in (5, None, ["came"], {"a": 1}, "nonsense"):
            self.check_refused("overview", model, "get_people", wrong)

    def test_layouts(self):
        for method, args in LAYOUTS:
            self.check_refused("", "attendance.report.layout", method, *args)
        values = {"report": ["x"], "columns": [["id", True]]}
        self.check_refused("", "attendance.report.layout", "create", [values])

    def test_files(self):
        model = "attendance.report.export"
        for wrong, named in ASKED:
            self.check_refused(named, model, "ask", self.asked(**wrong))
        for domain, named in DOMAINS[4:]:
            self.check_refused(named, model, "ask", self.asked(domain=domain))
        for asked in (None, 5, "{", "[]", [], "[" * 5000):
            self.check_refused("", model, "ask", asked)

    def test_reports_by_mail(self):
        model = "attendance.report.schedule"
        values = {"name": "x", "report": DAILY}
        self.authenticate("boss", "boss")
        for wrong in (
            {"report": "nonsense"},
            {"report": "nonsense", "columns": [["id", ""]]},
            {"columns": 5},
            {"columns": [5]},
            {"columns": [[{}, ""]]},
            {"columns": [["nonsense", ""]]},
            {"domain": "[('nonsense', '=', 1)]"},
            {"domain": "5"},
            {"domain": "(" * 500},
            {"domain": f"[('id', '=', {HUGE})]"},
        ):
            with self.subTest(wrong):
                name, text = self.call(model, "create", [{**values, **wrong}])
                self.assertIn(name, REFUSED, text)

    def test_who_sees_one_store_gets_its_figures_whatever_is_asked(self):
        self.authenticate("keeper", "keeper")
        for domain in (
            [],
            ["|", ["employee_id", "=", self.far.id], ["id", ">", 0]],
            [["company_id", "any", [["id", ">", 0]]]],
            ["!", ["id", "=", -1]],
            [[1, "=", 1]],
        ):
            found = self.call(DAILY, "report_totals", domain, ["due_minutes"])
            self.assertEqual(found, (None, {"due_minutes": 1080}), domain)
        domain = [["employee_id", "=", self.far.id]]
        found = self.call(DAILY, "report_totals", domain, ["due_minutes"])
        self.assertEqual(found, (None, {"due_minutes": 0}))
