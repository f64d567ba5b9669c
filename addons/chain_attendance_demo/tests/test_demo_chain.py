from odoo.tests import TransactionCase, tagged

from ..filed import ANNUAL, FILED, PERSONAL, REQUESTS, SICK
from ..life import punches_of, until


@tagged("post_install", "-at_install")
class TestDemoChain(TransactionCase):
    """Whatever day it was installed on: what its reports have to show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = {filed.who for filed in FILED}
        cls.people = {
            who: cls.env.ref(f"chain_attendance_demo.{who}") for who in people
        }

    def days_of(self, filed):
        """The days of a person on which there is such leave, trip or outing."""
        domain = [("employee_id", "=", self.people[filed.who].id)]
        if filed.kind in REQUESTS:
            domain.append((f"{filed.kind}_minutes", ">", 0))
        else:
            domain.append(("leave_minutes", ">", 0))
        return self.env["attendance.report.daily"].search(domain)

    def test_leave_of_each_type_has_a_column_with_figures(self):
        for kind in (ANNUAL, SICK, PERSONAL):
            column = self.env.ref(kind).report_column
            for filed in FILED:
                if filed.kind != kind:
                    continue
                with self.subTest(filed=filed):
                    days = self.days_of(filed)
                    self.assertEqual(len(days), filed.first - filed.last + 1)
                    for day in days:
                        figure = day[f"leave_{column}_minutes"]
                        whole = filed.stop is None
                        expected = 480 if whole else filed.stop - filed.start
                        self.assertGreaterEqual(figure, expected)
                        self.assertEqual(day[f"leave_{column}_days"], int(whole))
                        self.assertEqual(figure, day.leave_minutes)

    def test_who_was_on_the_road_was_not_absent(self):
        for filed in FILED:
            if filed.kind not in REQUESTS:
                continue
            with self.subTest(filed=filed):
                days = self.days_of(filed)
                self.assertEqual(len(days), filed.first - filed.last + 1)
                if filed.kind == "trip":
                    self.assertEqual(set(days.mapped("absent_minutes")), {0})

    def test_nobody_pressed_a_key_while_away_for_the_whole_day(self):
        for filed in FILED:
            if filed.kind == "outing" or filed.start:
                continue
            for day in self.days_of(filed):
                self.assertFalse(day.first_in_at, filed)
                self.assertFalse(day.exception_text, filed)

    def test_all_of_it_is_in_force(self):
        people = [person.id for person in self.people.values()]
        leaves = self.env["hr.leave"].search([("employee_id", "in", people)])
        self.assertEqual(set(leaves.mapped("state")), {"validate"})
        allocations = self.env["hr.leave.allocation"].search(
            [("employee_id", "in", people)]
        )
        self.assertEqual(set(allocations.mapped("state")), {"validate"})

    def test_until(self):
        spans = [(600, 840), (1020, 1260)]
        self.assertEqual(until(spans, None), spans)
        self.assertEqual(until(spans, 0), [])
        self.assertEqual(until(spans, 720), [(600, 720)])
        self.assertEqual(until(spans, 900), [(600, 840)])
        self.assertEqual(punches_of("1001", self.env.cr.now().date(), []), [])
