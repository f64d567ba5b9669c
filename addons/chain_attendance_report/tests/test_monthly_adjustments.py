import json

from lxml import etree, html

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_day.tests.period_common import PeriodCommon

from ..report_file.asked import read
from .report_files import read_sheets

DAY = "2026-03-02"
MARCH, APRIL = "2026-03-01", "2026-04-01"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestMonthlyAdjustments(PeriodCommon):
    """March is closed without punches; what comes late is April's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, attendance_adjustment_confirmed=True)
        )
        cls.second = cls.new_store("T2")

    def setUp(self):
        super().setUp()
        self.next = self.new_period("2026-04-01", "2026-04-30")
        self.recompute(DAY, "2026-03-03", "2026-04-01")
        self.close()
        self.send("1001", f"{DAY} 08:40:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        self.env.invalidate_all()

    def months(self, *domain, user=None, **context):
        report = self.env["attendance.report.monthly"].with_context(**context)
        mine = ("employee_id", "=", self.person.id)
        if user:
            report = report.with_user(user)
        return report.search([mine, *domain], order="month, id")

    def told(self, rows):
        return [(str(row.month), row.adjustments, row.adjusted_later) for row in rows]

    def test_in_the_month_that_takes_them_and_in_their_own(self):
        lines = "Worked +8.83h, Late +10m, Absent -9h"
        self.assertEqual(
            self.told(self.months()), [(MARCH, False, lines), (APRIL, lines, False)]
        )
        self.assertEqual(self.months()[0].absent_minutes, 2 * 540)

    def test_a_span_as_the_period_takes_the_same(self):
        rows = self.months(attendance_from="2026-03-26", attendance_to="2026-05-02")
        self.assertEqual(rows.adjustments, "Worked +8.83h, Late +10m, Absent -9h")
        rows = self.months(attendance_from="2026-03-26", attendance_to="2026-04-25")
        self.assertFalse(rows.adjustments)

    def test_days_and_hours_of_leave_are_told_apart(self):
        line = self.lines.search([("figure", "=", "worked_minutes")])
        for minutes, days in ((480, 1), (-240, 0), (60, 0), (0, 1)):
            line.copy({"figure": "leave_minutes", "minutes": minutes, "days": days})
        self.assertIn("Leave +2d -3h", self.months()[1].adjustments)

    def test_who_moved_has_them_once(self):
        self.person.create_version(
            {"date_version": "2026-04-06", "store_id": self.second.id}
        )
        self.recompute("2026-04-02", "2026-04-07")
        self.env.invalidate_all()
        rows = self.months(("month", "=", APRIL))
        found = {row.store_id: bool(row.adjustments) for row in rows}
        self.assertEqual(found, {self.store: False, self.second: True})

    def test_those_that_have_any_are_found(self):
        bob = self.new_employee("Bob", "1002")
        self.roster(bob, self.day_shift, "2026-03-02")
        self.recompute("2026-04-01", employee=bob)
        report = self.env["attendance.report.monthly"]
        ours = ("employee_id", "in", (self.person + bob).ids)
        adjusted = ("is_adjusted", "=", True)
        self.assertEqual(
            report.search([ours, adjusted], order="month").mapped("month"),
            self.months().mapped("month"),
        )
        april = report.search([ours, adjusted, ("month", "=", APRIL)])
        self.assertEqual(april.employee_id, self.person)
        span = report.with_context(attendance_from=APRIL, attendance_to="2026-04-30")
        self.assertEqual(span.search([ours, adjusted]).employee_id, self.person)
        self.assertFalse(report.search([ours, adjusted, ("month", "=", "2026-05-01")]))

    def test_within_the_scope_of_periods(self):
        viewer = self.new_user("viewer")
        self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        # Everybody has the periods of their own days.
        rows = self.months(user=viewer)
        self.assertEqual(len(rows), 2)
        self.assertFalse(any(rows.mapped("adjustments")))
        self.assertFalse(self.months(("is_adjusted", "=", True), user=viewer))
        keeper = self.new_user("keeper")
        self.new_role({"reports": "view"}, scope="all", user_ids=keeper)
        bob = self.new_employee("Bob", "1002")
        listed = self.new_role(
            {"periods": "view"}, scope="employees", user_ids=keeper, employee_ids=bob
        )
        self.assertFalse(any(self.months(user=keeper).mapped("adjustments")))
        self.assertFalse(self.months(("is_adjusted", "=", True), user=keeper))
        listed.employee_ids = self.person
        self.env.invalidate_all()
        self.assertTrue(self.months(user=keeper)[1].adjustments)

    def test_in_a_file(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        asked = {
            "model": "attendance.report.monthly",
            "domain": [("employee_id", "=", self.person.id), ("month", "=", APRIL)],
            "columns": [{"name": "employee_name"}, {"name": "adjustments"}],
            "companies": self.company.ids,
        }
        exports = self.env["attendance.report.export"].with_user(boss)
        file, _name = exports._make_at_once(json.dumps(asked))
        (table,) = read_sheets(file).values()
        self.assertEqual(
            table.values(), [["Ann", "Worked +8.83h, Late +10m, Absent -9h"]]
        )
        # Seeing them is not taking them away.
        clerk = self.new_user("clerk")
        functions = {"reports": "view export", "periods": "view"}
        self.new_role(functions, scope="all", user_ids=clerk)
        self.assertTrue(self.months(user=clerk)[1].adjustments)
        file, _name = exports.with_user(clerk)._make_at_once(json.dumps(asked))
        (table,) = read_sheets(file).values()
        self.assertEqual(table.values(), [["Ann", None]])

    def leave_in_march(self):
        """Ann has no days in April any more, and lines that April takes."""
        self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id), ("work_date", ">=", APRIL)]
        ).unlink()
        self.env.invalidate_all()

    def test_who_has_no_days_has_a_row_without_figures(self):
        self.leave_in_march()
        lines = "Worked +8.83h, Late +10m, Absent -9h"
        march, april = self.months()
        self.assertEqual(self.told(march + april)[1], (APRIL, lines, False))
        self.assertEqual((march.kind, april.kind), ("days", "adjustments"))
        self.assertLess(april.id, 0)
        self.assertEqual(april.store_id, self.store)
        self.assertEqual(
            (april.due_minutes, april.day_count, april.open_count), (0, 0, 0)
        )
        ends = (str(april.date_from), str(april.date_to))
        self.assertEqual(ends, (APRIL, "2026-04-30"))
        self.assertEqual(self.months(("is_adjusted", "=", True)), march + april)
        self.assertEqual(self.months(("month", "=", APRIL)), april)
        self.env.invalidate_all()
        span = {"attendance_from": "2026-03-26", "attendance_to": "2026-05-02"}
        self.assertEqual(self.told(self.months(**span)), [("2026-03-26", lines, False)])
        self.assertFalse(
            self.months(attendance_from="2026-03-26", attendance_to="2026-04-25")
        )
        self.env.invalidate_all()
        # Read by its number, as the browser reads it, it is the same row.
        self.assertEqual(
            april.browse(april.id).read(["adjustments"])[0]["id"], april.id
        )
        totals = april.report_totals(
            [("id", "in", (march + april).ids)], ["due_minutes"]
        )
        self.assertEqual(totals, {"due_minutes": march.due_minutes})

    def test_a_row_without_days_is_seen_with_its_lines_only(self):
        self.leave_in_march()
        viewer = self.new_user("viewer")
        self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        self.assertEqual(self.months(user=viewer).mapped("kind"), ["days"])
        bob = self.new_employee("Bob", "1002")
        role = self.new_role(
            {"periods": "view"}, scope="employees", user_ids=viewer, employee_ids=bob
        )
        self.assertEqual(len(self.months(user=viewer)), 1)
        role.employee_ids = self.person
        self.env.invalidate_all()
        self.assertEqual(len(self.months(user=viewer)), 2)

    def test_a_row_without_days_in_a_file(self):
        self.leave_in_march()
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        names = ("id", "employee_name", "due_minutes", "late_count", "adjustments")
        asked = {
            "model": "attendance.report.monthly",
            "domain": [("employee_id", "=", self.person.id), ("month", "=", APRIL)],
            "columns": [{"name": name} for name in names],
            "companies": self.company.ids,
        }
        exports = self.env["attendance.report.export"].with_user(boss)
        lines = "Worked +8.83h, Late +10m, Absent -9h"
        file, _name = exports._make_at_once(json.dumps(asked))
        (table,) = read_sheets(file).values()
        self.assertEqual(table.values(), [[1, "Ann", None, None, lines]])
        reader = exports._reader(read(asked))
        self.assertEqual(reader.some(list(reader.ids())).columns[1], ["Ann"])
        # Who may not take lines away is not told of them by a row either.
        clerk = self.new_user("clerk")
        functions = {"reports": "view export", "periods": "view"}
        self.new_role(functions, scope="all", user_ids=clerk)
        file, _name = exports.with_user(clerk)._make_at_once(json.dumps(asked))
        (table,) = read_sheets(file).values()
        self.assertEqual(table.values(), [])

    def paper(self, user, rows):
        """The text of the page to be signed."""
        action = rows.with_user(user).action_print_months()
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user)
            ._render_qweb_pdf(action["report_name"], None, data=dict(action["data"]))
        )
        text = html.fromstring(content.decode()).text_content()
        return " ".join(text.split())

    def test_the_page_to_be_signed_says_what_is_taken(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        own = self.new_user("own", employee=self.person)
        self.new_role({"reports": "view"}, scope="self", user_ids=own)
        clerk = self.new_user("clerk")
        functions = {"reports": "view export", "periods": "view"}
        self.new_role(functions, scope="all", user_ids=clerk)
        march, april = self.months()
        taken = "Worked +8.83h, Late +10m, Absent -9h, for 03-02"
        self.assertIn(f"closed days: {taken}", self.paper(boss, april))
        self.assertNotIn("closed days", self.paper(boss, march))
        self.assertIn(taken, self.paper(own, april))
        # Who may not take lines away has none on paper.
        self.assertNotIn("closed days", self.paper(clerk, april))

    def test_a_page_of_who_has_no_days(self):
        self.leave_in_march()
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        text = self.paper(boss, self.months(("month", "=", APRIL)))
        for words in ("Ann", "April 2026", "Absent -9h, for 03-02", "Employee: sign"):
            self.assertIn(words, text)
        clerk = self.new_user("clerk")
        functions = {"reports": "view export", "periods": "view"}
        self.new_role(functions, scope="all", user_ids=clerk)
        with self.assertRaisesRegex(AccessError, "no day"):
            self.paper(clerk, self.months(("month", "=", APRIL)))

    def test_the_list_shows_no_figures_without_days(self):
        arch = self.env["attendance.report.monthly"].get_view(view_type="list")["arch"]
        node = etree.fromstring(arch).find("./field[@name='due_minutes']")
        self.assertEqual(node.get("invisible"), "kind == 'adjustments'")

    def test_looked_up_for_a_page_and_not_for_each_row(self):
        def queries(count):
            people = self.env["hr.employee"]
            for number in range(count):
                people |= self.new_employee(f"P{count}{number}", f"{count}{number:03}")
            for person in people:
                self.recompute("2026-04-01", employee=person)
            rows = self.env["attendance.report.monthly"].search_fetch(
                [("employee_id", "in", people.ids)], ["adjustments"]
            )
            before = self.env.cr.sql_log_count
            rows.mapped("adjustments")
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertEqual(queries(2), queries(9))
