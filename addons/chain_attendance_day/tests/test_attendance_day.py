from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceDay(DayCommon):
    """The way from punches to rows; arithmetic is tested in the engine."""

    def test_the_manual_s_days(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.send("1001", "2026-03-02 08:30:00", "2026-03-02 17:12:59")
        self.send("1001", "2026-03-03 09:02:00", "2026-03-03 17:30:00")
        self.send("1001", "2026-03-04 08:36:00", "2026-03-04 17:30:00")
        self.assertEqual(
            self.figures("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"),
            [
                (540, 522, 0, 18, 0),
                (540, 508, 0, 0, 32),
                (540, 534, 6, 0, 0),
                (540, 0, 0, 0, 540),
            ],
        )

    def test_a_night_belongs_to_the_day_it_starts(self):
        self.roster(self.person, self.night_shift, "2026-03-02")
        self.send("1001", "2026-03-02 21:47:00", "2026-03-03 06:12:00")
        (row,) = self.compute("2026-03-02")
        self.assertEqual(row.worked_minutes, 480)
        self.assertEqual(str(row.first_in_at), "2026-03-02 13:47:00")
        self.assertEqual(str(row.last_out_at), "2026-03-02 22:12:00")

    def test_names_of_days(self):
        self.roster(self.person, self.day_shift, "2026-03-05")
        rows = self.compute("2026-03-04", "2026-03-05", "2026-03-07")
        self.assertEqual(rows.mapped("day_name"), ["unscheduled", "work", "rest"])
        self.assertEqual(rows.mapped("shift_id"), self.day_shift)

    def test_an_open_window_is_in_progress_and_a_future_day_has_no_row(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.send("1001", "2026-03-20 08:40:00")
        (row,) = self.compute("2026-03-20", "2026-03-23")
        self.assertEqual((row.state, row.due_minutes), ("in_progress", 540))
        self.assertEqual(str(row.window_closes_at), "2026-03-20 13:31:00")
        self.cr.execute(
            "SELECT absent_minutes FROM attendance_day WHERE id = %s", [row.id]
        )
        self.assertEqual(self.cr.fetchone(), (None,))

    @freeze_time("2026-03-20 13:31:00")
    def test_a_closed_window_is_marked(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        with freeze_time("2026-03-20 08:00:00"):
            self.compute("2026-03-20")
        self.clear_queue()
        self.cr.execute(
            "UPDATE attendance_day SET window_closes_at = now() AT TIME ZONE 'UTC'"
            " WHERE employee_id = %s",
            [self.person.id],
        )
        self.env["attendance.day"]._mark_closed_windows()
        self.assertEqual(self.queued(), ["2026-03-20"])

    def test_an_equal_result_writes_nothing(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.send("1001", "2026-03-02 08:30:00", "2026-03-02 17:30:00")
        pairs = [(self.person.id, date(2026, 3, 2))]
        self.assertEqual(self.env["attendance.day"]._recompute(pairs), 1)
        self.assertEqual(self.env["attendance.day"]._recompute(pairs), 0)
        self.send("1001", "2026-03-02 12:00:00")
        self.assertEqual(self.env["attendance.day"]._recompute(pairs), 1)

    def test_quarantined_punches_do_not_count(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.terminal.commissioned_on = "2026-03-03"
        self.send("1001", "2026-03-02 08:30:00", "2026-03-02 17:30:00")
        self.assertEqual(self.figures("2026-03-02"), [(540, 0, 0, 0, 540)])

    def test_organisation_of_the_date(self):
        second = self.new_store("T2", tz="Europe/Berlin")
        self.person.version_id.date_version = "2026-01-01"
        self.person.create_version({"date_version": "2026-03-05"}).store_id = second
        rows = self.compute("2026-03-04", "2026-03-05")
        self.assertEqual(rows.mapped("store_id"), self.store | second)
        self.assertEqual(rows[0].store_id, self.store)

    def test_queries_do_not_grow_with_days(self):
        """Nor with people, loans and holidays."""
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Chain", "company_id": self.company.id}
        )
        self.company.attendance_holiday_calendar_id = calendar
        second = self.new_store("T2")
        first = date(2025, 12, 1)
        people = self.env["hr.employee"]
        for number in range(10):
            people |= self.new_employee(f"P{number}", f"20{number:02d}")
        for person in people:
            self.roster(person, self.day_shift, first)
            self.env["attendance.store.loan"].create(
                {
                    "employee_id": person.id,
                    "store_id": second.id,
                    "date_from": "2026-01-05",
                    "date_to": "2026-01-09",
                }
            )
        self.env["attendance.holiday"].create(
            [
                {
                    "calendar_id": calendar.id,
                    "name": "Feast",
                    "date": first + timedelta(days=number),
                }
                for number in range(0, 100, 10)
            ]
        )
        days = self.env["attendance.day"]

        def queries_of(count, chosen):
            pairs = [
                (person.id, first + timedelta(days=number))
                for person in chosen
                for number in range(count)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(days._recompute(pairs), len(pairs))
            used = self.cr.sql_log_count - before
            self.cr.execute("DELETE FROM attendance_day")
            return used

        # Places are made once, and what is cached is read.
        queries_of(100, people)
        few = queries_of(1, people[:1])
        self.assertEqual(queries_of(100, people), few)
        # With requests and leave where their addon is, periods that are closed, what
        # people have confirmed, rows and exceptions, places, the shifts between which
        # punches decide, and what terminals say of coming and going.
        self.assertLessEqual(few, 38)

    def test_readers_see_their_scope(self):
        other = self.new_employee("Far", "2001", store_id=self.new_store("T2").id)
        self.compute("2026-03-04")
        self.compute("2026-03-04", employee=other)
        employee = self.new_user("ann", employee=self.person)
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        self.store.timekeeper_ids = keeper
        stranger = self.new_user("who", "chain_attendance_base.group_store_manager")
        manager = self.new_user("boss", "chain_attendance_base.group_manager")
        for user, people in (
            (employee, self.person),
            (keeper, self.person),
            (stranger, self.person.browse()),
            (manager, self.person | other),
        ):
            with self.subTest(user.login):
                days = self.env["attendance.day"].with_user(user)
                self.assertEqual(days.search([]).sudo().employee_id, people)
                sums = days._read_group([], [], ["__count", "due_minutes:sum"])
                self.assertEqual(sums[0][0], len(people))
        row = self.env["attendance.day"].search([("employee_id", "=", other.id)])
        with self.assertRaises(AccessError):
            row.with_user(keeper).read(["worked_minutes"])
        for user in (employee, keeper, manager):
            mine = self.env["attendance.day"].with_user(user)
            with self.assertRaises(AccessError):
                mine.create({"employee_id": self.person.id})
            with self.assertRaises(AccessError):
                row.with_user(user).write({"worked_minutes": 1})
