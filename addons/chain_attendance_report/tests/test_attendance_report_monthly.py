from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_request.tests.common import LeaveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 02:00:00")
class TestAttendanceReportMonthly(LeaveCommon):
    """What becomes of days in a month, and in any other span."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_store = cls.new_store("T9")
        cls.roster(cls.person, cls.day_shift, "2026-03-01")
        cls.send("1001", "2026-03-05 08:30:00", "2026-03-05 17:12:00")
        cls.send("1001", "2026-03-26 08:36:00", "2026-03-26 17:30:00")

    def months(self, *days, **context):
        self.env["attendance.day"]._recompute(
            [(self.person.id, self.utc(day).date()) for day in days]
        )
        return (
            self.env["attendance.report.monthly"]
            .with_context(**context)
            .search([("employee_id", "=", self.person.id)], order="month, store_id")
        )

    def test_days_of_a_month_are_one_row(self):
        row = self.months("2026-03-05", "2026-03-06", "2026-03-26")
        self.assertEqual(
            row.read(
                [
                    "day_count", "due_days", "present_days", "late_count",
                    "early_count", "absent_count", "due_minutes", "worked_minutes",
                    "late_minutes", "early_minutes", "absent_minutes",
                ],
                load=None,
            )[0],
            {
                "id": row.id, "day_count": 3, "due_days": 3, "present_days": 2,
                "late_count": 1, "early_count": 1, "absent_count": 1,
                "due_minutes": 1620, "worked_minutes": 1056, "late_minutes": 6,
                "early_minutes": 18, "absent_minutes": 540,
            },
        )  # fmt: skip
        self.assertEqual(row.shift_id, self.day_shift)

    def test_a_day_in_progress_is_counted_and_in_no_figure(self):
        rows = self.months("2026-04-01", "2026-04-02")
        self.assertEqual(rows.day_count, 2)
        self.assertEqual(rows.open_count, 1)
        self.assertEqual(rows.due_minutes, 540)

    def test_who_moves_has_a_row_for_each_place(self):
        self.months("2026-03-05")
        self.person.create_version(
            {"date_version": "2026-03-20", "store_id": self.other_store.id}
        )
        rows = self.months("2026-03-26")
        self.assertEqual(rows.store_id, self.store + self.other_store)
        self.assertEqual(
            {row.store_id: row.worked_minutes for row in rows},
            {self.store: 522, self.other_store: 534},
        )

    def test_leave_by_days_and_by_hours_is_told_apart(self):
        self.take(self.by_day, "2026-03-09", employee_id=self.person.id)
        self.take(self.by_hour, "2026-03-10", start=13, stop=17)
        row = self.months("2026-03-05", "2026-03-09", "2026-03-10")
        by_day = f"leave_{self.by_day.report_column}_"
        by_hour = f"leave_{self.by_hour.report_column}_"
        self.assertEqual(row[f"{by_day}days"], 1)
        self.assertEqual(row[f"{by_day}minutes"], 540)
        self.assertEqual(row[f"{by_day}hour_minutes"], 0)
        self.assertEqual(row[f"{by_hour}hour_minutes"], 240)
        self.assertEqual(row.day_count, 3)

    def test_a_span_over_two_months_is_one_row(self):
        row = self.months(
            "2026-03-05", "2026-03-26", "2026-04-01",
            attendance_from="2026-03-26", attendance_to="2026-04-25",
        )  # fmt: skip
        self.assertEqual(str(row.month), "2026-03-26")
        self.assertEqual(str(row.date_from), "2026-03-26")
        self.assertEqual(str(row.date_to), "2026-04-01")
        self.assertEqual(row.late_minutes, 6)
        self.assertEqual(row.day_count, 2)

    def test_a_span_that_is_none_is_refused(self):
        for start, stop, words in (
            ("2026-03-26", "2026-03-25", "before the first"),
            ("yesterday", "2026-03-25", "no dates"),
        ):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.months(attendance_from=start, attendance_to=stop)

    def test_bounds_that_a_caller_sends_are_none(self):
        for bounds in (["2026-03-01", "2026-03-01"], "x", 5, [1, 2]):
            row = self.months("2026-03-05", attendance_within=bounds)
            self.assertEqual(row.day_count, 1, bounds)

    def test_sums_are_of_all_that_is_found(self):
        self.months("2026-03-05", "2026-03-06")
        report = self.env["attendance.report.monthly"]
        domain = [("employee_id", "=", self.person.id)]
        self.assertEqual(
            report.report_totals(
                domain, ["due_minutes", "early_count", "employee_name"]
            ),
            {"due_minutes": 1080, "early_count": 1},
        )
