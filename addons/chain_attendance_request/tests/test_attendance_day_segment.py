from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY, SUNDAY = "2026-07-06", "2026-07-07", "2026-07-05"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestRequestsInSegments(LeaveCommon):
    """Leave, overtime, outings and trips in the rows of a day."""

    def rows(self, day):
        """``[(kind, label, due, taken, claimed, days), ...]`` as they are printed."""
        return [
            (
                row.kind,
                row.label,
                row.due_minutes,
                row.minutes,
                row.claimed_minutes,
                row.days,
            )
            for row in self.compute(day).segment_ids.sorted("sequence")
        ]

    def test_leave_by_hours_cuts(self):
        """The manual's 07-09: three rows for one day."""
        leave = self.take(self.by_hour, MONDAY, start=13, stop=17)
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 13:00:00")
        self.assertEqual(
            self.rows(MONDAY),
            [
                ("shift", "D9", 270, 0, 0, 0),
                ("leave", "Leave by hour", 0, 240, 0, 0),
                ("shift", "D9", 30, 0, 0, 0),
            ],
        )
        day = self.compute(MONDAY)
        row = day.segment_ids.filtered("leave_id")
        self.assertEqual((row.leave_id, row.leave_type_id), (leave, self.by_hour))
        self.assertFalse(row.request_id)
        self.assertEqual(str(row.start_at), f"{MONDAY} 05:00:00")
        self.assertEqual((day.leave_hour_minutes, day.leave_days), (240, 0))

    def test_leave_by_days(self):
        self.take(self.by_day, MONDAY)
        self.assertEqual(self.rows(MONDAY), [("leave", "Leave by day", 0, 540, 0, 1)])
        day = self.compute(MONDAY)
        self.assertEqual((day.leave_hour_minutes, day.leave_days), (0, 1))

    def test_overtime_claimed_and_recognised(self):
        """The manual's 07-10: 3.5 h by the form, 3 h beside the shift."""
        form = self.file("overtime", MONDAY, "17:00", "20:30")
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 20:40:00")
        self.assertEqual(
            self.rows(MONDAY),
            [
                ("shift", "D9", 540, 0, 0, 0),
                ("overtime", "Workday Overtime", 0, 180, 210, 0),
            ],
        )
        day = self.compute(MONDAY)
        self.assertEqual(day.claimed_workday_minutes, 210)
        self.assertEqual(day.segment_ids.request_id, form)

    def test_overtime_on_a_day_of_rest(self):
        self.file("overtime", SUNDAY, "08:30", "17:00")
        self.send("1001", f"{SUNDAY} 08:25:00", f"{SUNDAY} 17:05:00")
        self.assertEqual(
            self.rows(SUNDAY), [("overtime", "Rest-Day Overtime", 0, 510, 510, 0)]
        )
        self.assertEqual(self.compute(SUNDAY).claimed_rest_day_minutes, 510)

    def test_what_covers_follows_the_pieces(self):
        outing = self.file("outing", MONDAY, "10:00", "12:00", reason="Bank")
        self.send("1001", f"{MONDAY} 08:25:00", f"{MONDAY} 17:35:00")
        self.assertEqual(
            self.rows(MONDAY),
            [("shift", "D9", 540, 0, 0, 0), ("outing", "Outing", 0, 120, 0, 0)],
        )
        self.assertEqual(self.compute(MONDAY).segment_ids.request_id, outing)
        self.file("trip", TUESDAY, is_by_days=True, reason="Fair")
        self.assertEqual(
            self.rows(TUESDAY),
            [("shift", "D9", 540, 0, 0, 0), ("trip", "Business Trip", 0, 540, 0, 1)],
        )
        self.assertEqual(self.compute(TUESDAY).trip_days, 1)

    def test_leave_that_counts_as_worked(self):
        training = self.leave_type("day", name="Training", time_type="other")
        self.take(training, MONDAY)
        self.assertEqual(
            self.rows(MONDAY),
            [("shift", "D9", 540, 0, 0, 0), ("worked_leave", "Training", 0, 540, 0, 1)],
        )

    def test_leave_of_a_type_is_summed(self):
        """What the monthly report has in a column."""
        self.take(self.by_day, MONDAY)
        self.take(self.by_hour, TUESDAY, start=13, stop=17)
        self.take(self.by_hour, "2026-07-08", start=9, stop=10)
        self.compute(MONDAY, TUESDAY, "2026-07-08")
        sums = self.env["attendance.day.segment"]._read_group(
            [("employee_id", "=", self.person.id), ("leave_type_id", "!=", False)],
            ["leave_type_id"],
            ["minutes:sum", "days:sum"],
        )
        self.assertEqual(
            {kind.name: figures for kind, *figures in sums},
            {"Leave by day": [540, 1], "Leave by hour": [300, 0]},
        )

    def test_what_is_deleted_leaves_the_row(self):
        request = self.file("outing", MONDAY, "10:00", "12:00", reason="Bank")
        row = self.compute(MONDAY).segment_ids.filtered("request_id")
        self.env.flush_all()
        self.cr.execute("DELETE FROM attendance_request WHERE id = %s", [request.id])
        row.invalidate_recordset()
        self.assertTrue(row.exists())
        self.assertFalse(row.request_id)
