from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.modules.migration import load_script
from odoo.tests import freeze_time, tagged
from odoo.tools import file_path

from .common import DayCommon

SCRIPT = "chain_attendance_day/migrations/19.0.1.1.0/post-segments.py"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceDaySegment(DayCommon):
    """The rows of the manual's figure 44, as they are stored."""

    def rows(self, *days):
        """``[(date, label, from, to, due, worked, absent), ...]`` in order of time."""
        found = self.compute(*days).segment_ids.sorted(
            lambda row: (row.work_date, row.sequence)
        )
        return [
            (
                str(row.work_date),
                row.label,
                row.start_at and str(row.start_at)[11:16],
                row.stop_at and str(row.stop_at)[11:16],
                row.due_minutes,
                row.worked_minutes,
                row.absent_minutes,
            )
            for row in found
        ]

    def test_names_and_pieces(self):
        split = self.new_shift("SP", (600, 840), (1020, 1260))
        self.roster(self.person, split, "2026-03-02")
        self.send("1001", "2026-03-02 09:58:00", "2026-03-02 21:01:00")
        self.assertEqual(
            self.rows("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-07"),
            [
                ("2026-03-01", "Unscheduled", False, False, 0, 0, 0),
                ("2026-03-02", "SP", "02:00", "06:00", 240, 240, 0),
                ("2026-03-02", "SP", "09:00", "13:00", 240, 240, 0),
                ("2026-03-03", "SP", "02:00", "06:00", 240, 0, 240),
                ("2026-03-03", "SP", "09:00", "13:00", 240, 0, 240),
                ("2026-03-07", "Rest", False, False, 0, 0, 0),
            ],
        )

    def test_the_organisation_of_the_date(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        day = self.compute("2026-03-02")
        row = day.segment_ids
        for name in ("company_id", "department_id", "job_id", "store_id", "state"):
            self.assertEqual(row[name], day[name], name)
        self.assertEqual(row.home_store_id, self.store)
        self.assertEqual(row.shift_id, self.day_shift)

    def test_rows_follow_the_day(self):
        """Written anew where the day changed, kept where not, gone with it."""
        self.roster(self.person, self.day_shift, "2026-03-02")
        days = self.compute("2026-03-02", "2026-03-12")
        first, second = days.segment_ids.sorted("work_date")
        self.send("1001", "2026-03-02 08:30:00", "2026-03-02 17:30:00")
        self.compute("2026-03-02", "2026-03-12")
        self.assertFalse(first.exists())
        self.assertEqual(days[0].segment_ids.worked_minutes, 540)
        self.assertEqual(days[1].segment_ids, second)
        self.person.hire_date = "2026-03-12"
        self.assertEqual(self.compute("2026-03-02", "2026-03-12"), days[1])
        rows = self.env["attendance.day.segment"].search(
            [("employee_id", "=", self.person.id)]
        )
        self.assertEqual(rows.day_id, days[1])
        self.assertEqual(len(rows), 1)

    def test_a_day_in_progress_is_not_judged(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.send("1001", "2026-03-20 08:40:00")
        row = self.compute("2026-03-20").segment_ids
        self.assertEqual((row.state, row.due_minutes), ("in_progress", 540))
        self.cr.execute(
            "SELECT worked_minutes, late_minutes, early_minutes, absent_minutes"
            " FROM attendance_day_segment WHERE id = %s",
            [row.id],
        )
        self.assertEqual(self.cr.fetchone(), (None,) * 4)

    def test_rows_add_up_to_the_day(self):
        split = self.new_shift("SP", (600, 840), (1020, 1260))
        self.roster(self.person, split, "2026-03-02")
        self.send("1001", "2026-03-02 10:20:00", "2026-03-02 20:40:00")
        self.send("1001", "2026-03-03 11:20:00", "2026-03-03 21:40:00")
        for day in self.compute("2026-03-02", "2026-03-03", "2026-03-04"):
            for name in ("due", "worked", "late", "early", "absent"):
                figure = f"{name}_minutes"
                self.assertEqual(
                    sum(day.segment_ids.mapped(figure)), day[figure], figure
                )

    def test_missing_punches_are_counted(self):
        split = self.new_shift("SP", (600, 840), (1020, 1260))
        split.write({"has_own_punches": True, "punch_mode": "per_timetable"})
        self.roster(self.person, split, "2026-03-02")
        self.send("1001", "2026-03-02 09:58:00", "2026-03-02 16:59:00")
        self.send("1001", "2026-03-03 09:58:00", "2026-03-03 21:00:00")
        found = [
            (day.missing_in_count, day.missing_out_count)
            for day in self.compute("2026-03-02", "2026-03-03", "2026-03-04")
        ]
        self.assertEqual(found, [(0, 2), (1, 1), (0, 0)])

    def test_reading_keeps_to_the_scope_and_nobody_writes(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        row = self.compute("2026-03-02").segment_ids
        employee = "chain_attendance_base.group_employee"
        own = self.new_user("ann", employee, employee=self.person)
        other = self.new_user(
            "bob", employee, employee=self.new_employee("Bob", "1002")
        )
        rows = self.env["attendance.day.segment"]
        mine = [("id", "=", row.id)]
        self.assertEqual(rows.with_user(own).search_count(mine), 1)
        self.assertEqual(rows.with_user(other).search_count(mine), 0)
        for login in (own, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                row.with_user(login).write({"worked_minutes": 540})
            with self.assertRaises(AccessError):
                row.with_user(login).unlink()

    def test_statements_do_not_grow(self):
        people = self.env["hr.employee"]
        for number in range(10):
            people |= self.new_employee(f"P{number}", f"30{number:02d}")
        for person in people:
            self.roster(person, self.day_shift, "2025-11-03")
        days = self.env["attendance.day"]

        def queries_of(count):
            pairs = [
                (person.id, date(2025, 11, 3) + timedelta(days=number))
                for person in people
                for number in range(count)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            judged = days._judge(pairs)
            days._write_results(judged)
            before = self.cr.sql_log_count
            days._after_results(judged)
            return self.cr.sql_log_count - before

        few = queries_of(10)
        self.assertEqual(queries_of(100), few)

    def test_days_from_before_wait_for_their_rows(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        days = self.compute("2026-03-02", "2026-03-03")
        self.clear_queue()
        self.cr.execute(
            "DELETE FROM attendance_day_segment WHERE employee_id = %s",
            [self.person.id],
        )
        self.cr.execute(
            "UPDATE attendance_day SET fingerprint = 'before' WHERE employee_id = %s",
            [self.person.id],
        )
        load_script(file_path(SCRIPT), "segments").migrate(self.cr, "19.0.1.0.0")
        self.assertEqual(self.queued(), ["2026-03-02", "2026-03-03"])
        self.compute(*self.queued())
        self.env.invalidate_all()
        self.assertEqual(len(days.segment_ids), 2)

    def test_a_table_from_before_gets_the_figures_as_zero(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        day = self.compute("2026-03-02")
        self.env.flush_all()
        self.cr.execute("ALTER TABLE attendance_day DROP COLUMN leave_days")
        self.env["attendance.day"]._add_later_columns()
        self.cr.execute("SELECT leave_days FROM attendance_day WHERE id = %s", [day.id])
        self.assertEqual(self.cr.fetchone(), (0,))
