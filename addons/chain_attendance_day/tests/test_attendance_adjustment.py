from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .period_common import PeriodCommon

DAY = "2026-03-02"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestAttendanceAdjustment(PeriodCommon):
    """Closed days do not change; what comes late becomes lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, attendance_adjustment_confirmed=True)
        )

    def setUp(self):
        super().setUp()
        self.next = self.new_period("2026-04-01", "2026-04-30")
        self.recompute(DAY, "2026-03-03")
        self.close()

    def test_a_late_punch(self):
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.assertEqual(self.recompute(DAY, "2026-03-03"), 0)
        self.assertEqual(self.stored(DAY), (540, 0, 0, 0, 540))
        self.assertEqual(
            self.adjusted(), {"worked_minutes": 540, "absent_minutes": -540}
        )
        self.assert_balanced()
        line = self.lines.search([("figure", "=", "worked_minutes")])
        self.assertEqual(line.closed_period_id, self.period)
        self.assertEqual(line.period_id, self.next)
        self.assertEqual(str(line.work_date), DAY)
        self.assertEqual(line.home_store_id, self.store)
        self.assertEqual(line.amount, "9h")

    def test_what_was_wrong_is_withdrawn_and_comes_back(self):
        """What to do about a day is no figure of it."""
        exceptions = self.env["attendance.exception"]
        other = self.new_employee("Bo", "1002")
        self.roster(other, self.day_shift, "2026-03-02")
        self.period._reopen("for the test")
        self.send("1002", f"{DAY} 08:30:00")
        self.recompute(DAY, employee=other)
        self.close()
        row = exceptions.search([("employee_id", "=", other.id)])
        self.assertEqual((row.code, row.state), ("missing_out", "open"))
        self.send("1002", f"{DAY} 17:30:00")
        self.recompute(DAY, employee=other)
        self.assertEqual(row.state, "withdrawn")
        self.assertEqual(self.stored(DAY, other), (540, 0, 0, 0, 540))
        self.assertEqual(self.adjusted(DAY, other)["worked_minutes"], 540)

    def test_what_is_wrong_again_without_a_line_is_open_again(self):
        """A loan explains punches elsewhere and changes no figure."""
        day = "2026-03-04"
        self.period._reopen("for the test")
        second = self.terminal.store_id = self.new_store("T2")
        self.send("1001", f"{day} 08:30:00", f"{day} 17:30:00")
        self.recompute(day)
        self.close()
        row = self.env["attendance.exception"].search([("work_date", "=", day)])
        self.assertEqual((row.code, row.state), ("cross_store", "open"))
        loan = self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": second.id,
                "date_from": day,
                "date_to": day,
            }
        )
        self.recompute(day)
        self.assertEqual(row.state, "withdrawn")
        loan.unlink()
        self.recompute(day)
        self.assertEqual(row.state, "open")
        self.assertFalse(self.lines.search([("work_date", "=", day)]))

    def test_a_period_that_goes_leaves_its_lines_to_the_next(self):
        """Taken away, or given to a store whose lines they are not."""
        may = self.new_period("2026-05-01", "2026-05-31")
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        lines = self.lines.search([])
        self.assertEqual(lines.period_id, self.next)
        self.next.store_id = self.new_store("T2")
        self.assertEqual(lines.period_id, may)
        again = self.new_period("2026-04-01", "2026-04-30")
        may.unlink()
        self.assertEqual(lines.period_id, again)

    def test_twice_is_once(self):
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        for _time in range(3):
            self.recompute(DAY)
        self.assertEqual(self.lines.search_count([]), 2)

    def test_line_after_line(self):
        """A first punch, a second one: all lines together give the figures now."""
        self.send("1001", f"{DAY} 08:40:00")
        self.recompute(DAY)
        self.send("1001", f"{DAY} 17:12:00")
        self.recompute(DAY)
        self.assertEqual(
            self.adjusted(DAY),
            {
                "worked_minutes": 512,
                "late_minutes": 10,
                "early_minutes": 18,
                "absent_minutes": -540,
            },
        )
        self.assert_balanced()

    def test_what_is_taken_back_gives_the_opposite(self):
        override = self.override(self.person, DAY, self.night_shift)
        self.recompute(DAY)
        self.assertEqual(
            self.adjusted(DAY), {"due_minutes": -60, "absent_minutes": -60}
        )
        override.with_env(self.env).unlink()
        self.recompute(DAY)
        self.assertEqual(self.adjusted(DAY), {})
        self.assertEqual(self.lines.search_count([]), 4)
        self.assertEqual(self.stored(DAY), (540, 0, 0, 0, 540))

    def test_a_day_that_goes_or_comes(self):
        """No longer employed; and a day that had no row when the month was closed."""
        self.person.leave_date = "2026-03-01"
        self.assertEqual(self.recompute(DAY), 0)
        self.assertEqual(self.stored(DAY), (540, 0, 0, 0, 540))
        self.assertEqual(
            self.adjusted(DAY), {"due_minutes": -540, "absent_minutes": -540}
        )
        self.person.leave_date = False
        self.recompute(DAY)
        self.assertEqual(self.adjusted(DAY), {})
        self.assertFalse(self.stored("2026-03-04"))
        self.recompute("2026-03-04")
        self.assertFalse(self.stored("2026-03-04"))
        self.assertEqual(
            self.adjusted("2026-03-04"), {"due_minutes": 540, "absent_minutes": 540}
        )

    def test_open_days_beside_closed_ones_change(self):
        self.send("1001", "2026-04-01 08:30:00", "2026-04-01 17:30:00")
        self.assertEqual(self.recompute(DAY, "2026-04-01"), 1)
        self.assertEqual(self.stored("2026-04-01"), (540, 540, 0, 0, 0))
        self.assertFalse(self.lines.search([]))

    def test_a_day_stays_where_it_was_stored(self):
        """Moved to another store afterwards, whose month is open."""
        second = self.new_store("T2")
        self.person.store_id = second
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        row = self.days.search([("work_date", "=", DAY)])
        self.assertEqual(row.home_store_id, self.store)
        self.assertEqual(self.lines.search([]).mapped("home_store_id"), self.store)

    def test_nothing_is_moved_into_a_closed_store(self):
        second = self.new_store("T2")
        closed = self.new_period("2026-04-01", "2026-04-08", second)
        self.close(closed)
        self.recompute("2026-04-02")
        version = self.person.create_version({"date_version": "2026-04-02"})
        version.store_id = second
        self.recompute("2026-04-02")
        row = self.days.search([("work_date", "=", "2026-04-02")])
        self.assertEqual(row.home_store_id, self.store)

    def test_who_takes_a_line(self):
        """The open period of today, else the first after the closed one, else none."""
        self.next.unlink()
        table = [
            # today, periods that are there, which takes it
            ("2026-04-10", [("2026-04-01", "2026-04-30")], 0),
            (
                "2026-05-10",
                [("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-31")],
                1,
            ),
            (
                "2026-06-10",
                [("2026-05-01", "2026-05-31"), ("2026-04-01", "2026-04-30")],
                1,
            ),
            ("2026-04-10", [("2026-02-01", "2026-02-28")], None),
        ]
        for today, spans, taking in table:
            with self.subTest(today=today, spans=spans), freeze_time(today):
                self.env.cr.execute("DELETE FROM attendance_adjustment")
                periods = [self.new_period(*span) for span in spans]
                self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
                self.recompute(DAY)
                lines = self.lines.search([])
                self.assertEqual(len(lines), 2)
                wanted = self.env["attendance.period"]
                if taking is not None:
                    wanted = periods[taking]
                self.assertEqual(lines.period_id, wanted)
                lines.unlink()
                for period in periods:
                    period.unlink()

    def test_the_next_period_takes_what_waits(self):
        self.next.unlink()
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        self.assertFalse(self.lines.search([]).period_id)
        later = self.new_period("2026-06-01", "2026-06-30")
        self.assertEqual(self.lines.search([]).period_id, later)

    def test_a_store_s_own_period_takes_its_lines(self):
        own = self.new_period("2026-04-01", "2026-04-30", self.store)
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        self.assertEqual(self.lines.search([]).period_id, own)

    def test_reopening_takes_lines_back(self):
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        self.clear_queue()
        self.period._reopen("It was a whole month")
        self.assertFalse(self.lines.search([]))
        self.assertIn(DAY, self.queued())
        self.settle()
        self.assertEqual(self.stored(DAY), (540, 540, 0, 0, 0))
        self.close()
        self.recompute(DAY)
        self.assertFalse(self.lines.search([]))

    def test_reopening_leaves_what_a_closed_period_has_taken(self):
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        with freeze_time("2026-05-10 08:00:00"):
            self.close(self.next)
            self.period._reopen("Again")
            self.settle()
            self.assertEqual(self.stored(DAY), (540, 540, 0, 0, 0))
            # What April had counted, March has the opposite of.
            self.assertEqual(self.adjusted(DAY), {})
            sums = dict(self.lines._read_group([], ["period_id"], ["minutes:sum"]))
            self.assertEqual(set(sums), {self.period, self.next})
            self.assertEqual(self.lines.search_count([]), 4)
            # Once more makes no difference, nor does another recompute.
            self.close(self.period)
            self.recompute(DAY)
            self.period._reopen("And again")
            self.assertEqual(self.lines.search_count([]), 4)
            self.assert_balanced()

    def test_causes(self):
        """Which input was entered after the closing."""
        self.env.cr.execute(
            "UPDATE attendance_roster SET write_date = '2026-03-01';"
            "UPDATE attendance_shift SET write_date = '2026-03-01';"
            "UPDATE attendance_policy SET write_date = '2026-03-01'"
        )
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.env.cr.execute(
            "UPDATE attendance_punch SET received_at = '2026-04-10 09:00:00'"
        )
        self.recompute(DAY)
        self.assertEqual(set(self.lines.search([]).mapped("cause_codes")), {"punch"})
        self.assertEqual(self.lines.search([])[0].cause, "A punch came in late")
        self.override(self.person, "2026-03-03", self.night_shift)
        self.recompute("2026-03-03")
        lines = self.lines.search([("work_date", "=", "2026-03-03")])
        self.assertIn("roster", lines[0].cause_codes.split(","))
        override = self.env["attendance.roster.override"].search([])
        with freeze_time("2100-01-01"):
            override.unlink()
        self.env.cr.execute(
            "UPDATE attendance_adjustment SET created_at = '2100-01-01'"
        )
        self.recompute("2026-03-03")
        last = self.lines.search(
            [("work_date", "=", "2026-03-03")], order="id desc", limit=1
        )
        self.assertEqual(last.cause_codes, "other")

    def test_queries_do_not_grow_with_days(self):
        people = self.env["hr.employee"]
        for number in range(10):
            people |= self.new_employee(f"P{number}", f"20{number:02d}")
        for person in people:
            self.roster(person, self.day_shift, "2026-03-02")
        # Nothing is stored of them: each day is what the roster makes of it now.

        def queries_of(chosen, count):
            pairs = [
                (person.id, date.fromisoformat(day))
                for person in chosen
                for day in self.dates("2026-03-02", count)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.days._recompute(pairs), 0)
            used = self.cr.sql_log_count - before
            self.env.cr.execute("DELETE FROM attendance_adjustment")
            return used

        queries_of(people[:1], 1)
        few = queries_of(people[:1], 1)
        self.assertEqual(queries_of(people, 10), few)
        self.assertEqual(queries_of(people, 30), few)
        self.assertLessEqual(few, 40)

    def test_lines_are_the_machine_s(self):
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        line = self.lines.search([], limit=1)
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        for attempt in (
            lambda mine: mine.write({"minutes": 1}),
            lambda mine: mine.unlink(),
            lambda mine: mine.copy(),
        ):
            with self.assertRaises(AccessError):
                attempt(line.with_user(boss))

    def test_readers_see_their_scope(self):
        other = self.new_employee("Far", "2001", store_id=self.new_store("T2").id)
        self.roster(other, self.day_shift, "2026-03-02")
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 17:30:00")
        self.recompute(DAY)
        self.recompute(DAY, employee=other)
        employee = self.new_user("ann", employee=self.person)
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        self.store.timekeeper_ids = keeper
        stranger = self.new_user("who", "chain_attendance_base.group_store_manager")
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        for user, people in (
            (employee, self.person),
            (keeper, self.person),
            (stranger, self.person.browse()),
            (boss, self.person | other),
        ):
            with self.subTest(user.login):
                lines = self.lines.with_user(user).search([])
                self.assertEqual(lines.sudo().employee_id, people)
