from datetime import date, timedelta

from psycopg2.extras import Json

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_engine import ExceptionKind

from .exception_common import (
    MONDAY,
    SUNDAY,
    TUESDAY,
    ExceptionCommon,
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceException(ExceptionCommon):
    """What appears, is withdrawn by itself, stays ignored and comes back."""

    def punch_on_sunday(self):
        self.send("1001", f"{SUNDAY} 09:00:00", f"{SUNDAY} 17:00:00")

    def examples(self):
        """``{code: (date, how it comes, how it goes, its words)}``."""
        at_second = self.new_terminal_of_second_store
        return {
            "missing_out": (
                MONDAY,
                lambda: self.send("1001", f"{MONDAY} 08:30:00"),
                lambda: self.send("1001", f"{MONDAY} 17:30:00"),
                "Due at 17:30",
            ),
            "missing_in": (
                MONDAY,
                lambda: self.send("1001", f"{MONDAY} 17:30:00"),
                lambda: self.send("1001", f"{MONDAY} 08:30:00"),
                "Due at 08:30",
            ),
            "unapproved_work": (
                SUNDAY,
                self.punch_on_sunday,
                lambda: self.override(self.person, SUNDAY, self.day_shift),
                "2 punches, 8h",
            ),
            "unscheduled_work": (
                "2026-03-01",
                lambda: self.send("1001", "2026-03-01 08:30:00", "2026-03-01 17:30:00"),
                lambda: self.override(self.person, "2026-03-01", self.day_shift),
                "2 punches",
            ),
            "short_rest": (
                TUESDAY,
                lambda: self.send(
                    "1001",
                    f"{MONDAY} 08:30:00",
                    f"{MONDAY} 21:30:00",
                    f"{TUESDAY} 08:00:00",
                    f"{TUESDAY} 17:30:00",
                ),
                lambda: self.company.write({"attendance_least_rest_minutes": 620}),
                "10.5h between 21:30 and 08:00, at least 11h",
            ),
            "cross_store": (
                MONDAY,
                lambda: at_second(f"{MONDAY} 08:30:00", f"{MONDAY} 17:30:00"),
                lambda: self.env["attendance.store.loan"].create(
                    {
                        "employee_id": self.person.id,
                        "store_id": self.second.id,
                        "date_from": MONDAY,
                        "date_to": MONDAY,
                    }
                ),
                "Store T2",
            ),
        }

    def new_terminal_of_second_store(self, *times):
        self.second = self.new_store("T2")
        self.terminal.store_id = self.second
        self.send("1001", *times)

    def test_each_cause_comes_and_goes(self):
        for code in self.examples():
            with self.subTest(code=code), self.cr.savepoint() as savepoint:
                day, come, go, words = self.examples()[code]
                self.compute(MONDAY, TUESDAY, day)
                self.assertFalse(self.row(code))
                come()
                self.compute(MONDAY, TUESDAY, day)
                row = self.row(code)
                self.assertEqual((str(row.work_date), row.state), (day, "open"))
                self.assertEqual(row.detail, words)
                go()
                self.compute(MONDAY, TUESDAY, day)
                self.assertEqual(row.state, "withdrawn")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_cause_that_comes_back_is_open_again(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.assertEqual(self.found(MONDAY), {"missing_out": "open"})
        row = self.row("missing_out")
        first = row.opened_at
        self.override(self.person, MONDAY, False)
        self.assertEqual(self.found(MONDAY), {})
        self.assertEqual(row.state, "withdrawn")
        self.env["attendance.roster.override"].search([]).unlink()
        with freeze_time("2026-03-21 08:00:00"):
            self.assertEqual(self.found(MONDAY), {"missing_out": "open"})
        self.assertEqual(self.row("missing_out"), row)
        self.assertGreater(row.opened_at, first)

    def test_ignoring_needs_a_reason(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        row = self.row("missing_out")
        page = self.env["attendance.exception.ignore"].create(
            {"exception_ids": row.ids, "reason": "  "}
        )
        with self.assertRaisesRegex(UserError, "why"):
            page.action_ignore()
        page.reason = " Seen "
        page.action_ignore()
        self.assertEqual((row.state, row.reason), ("ignored", "Seen"))

    def test_ignored_stays_while_its_figures_are_the_same(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        row = self.row("missing_out")
        row._decide("ignored", "Repaired")
        self.send("1001", f"{MONDAY} 08:31:00")
        self.assertEqual(self.found(MONDAY, state=None), {"missing_out": "ignored"})
        self.assertEqual((row.reason, row.decided_by_id), ("Repaired", self.env.user))
        shorter = self.new_shift("D8", (510, 990))
        self.override(self.person, MONDAY, shorter)
        self.assertEqual(self.found(MONDAY), {"missing_out": "open"})
        self.assertEqual(row.detail, "Due at 16:30")

    def test_handled_stays_and_can_be_opened_again(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        row = self.row("missing_out")
        row.action_handle()
        self.assertEqual(row.state, "handled")
        row.action_reopen()
        self.assertEqual(row.state, "open")
        self.send("1001", f"{MONDAY} 17:30:00")
        self.compute(MONDAY)
        row.action_handle()
        self.assertEqual(row.state, "withdrawn", "its cause went")

    def test_no_alert_while_a_day_is_in_progress(self):
        self.send("1001", "2026-03-20 08:30:00")
        self.assertEqual(self.found("2026-03-20"), {})
        with freeze_time("2026-03-20 14:00:00"):
            self.assertEqual(self.found("2026-03-20"), {"missing_out": "open"})

    def test_of_two_timetables_one_row_says_both(self):
        split = self.new_shift("SP", (600, 840), (1020, 1260))
        split.write({"has_own_punches": True, "punch_mode": "per_timetable"})
        self.override(self.person, MONDAY, split)
        self.send("1001", f"{MONDAY} 09:58:00", f"{MONDAY} 16:59:00")
        self.compute(MONDAY)
        self.assertEqual(self.row("missing_out").detail, "Due at 14:00; Due at 21:00")

    def test_the_day_after_follows(self):
        """Its rest hangs on a punch of the day before, which is computed alone."""
        self.send("1001", f"{TUESDAY} 08:00:00", f"{TUESDAY} 17:30:00")
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 17:30:00")
        self.compute(MONDAY, TUESDAY)
        self.send("1001", f"{MONDAY} 21:30:00")
        self.compute(MONDAY)
        self.assertEqual(self.found(), {"short_rest": "open"})
        self.assertEqual(str(self.row("short_rest").work_date), TUESDAY)

    def test_a_day_that_goes_takes_its_exceptions(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.compute(MONDAY)
        self.person.hire_date = TUESDAY
        self.assertEqual(self.found(MONDAY, state=None), {})

    def test_codes_of_the_engine_are_all_known(self):
        known = self.exceptions._severities()
        self.assertLessEqual({kind.value for kind in ExceptionKind}, set(known))
        offered = {code for code, _name in self.exceptions._fields["code"].selection}
        self.assertEqual(set(known), offered)
        for code in known:
            self.env.ref(self.exceptions._action_name(code))

    def test_words_of_what_the_engine_says(self):
        key = [["leave", 1]]
        for code, figures, words in (
            ("key_conflict", {"keys": [1, 2]}, "2 punches"),
            ("present_on_leave", {"keys": key}, "1 punch"),
            ("core_time", {"minutes": 45, "spans": []}, "0.75h"),
            ("shift_undecided", {"fits": []}, "No shift holds all punches"),
            ("shift_undecided", {"fits": [self.day_shift.id]}, "D9 fit"),
            (
                "overtime_kind_differs",
                {"key": key[0], "claimed": "workday", "kind": "rest_day"},
                "The form says Workday Overtime, the day is Rest-Day Overtime",
            ),
            (
                "leave_amount_differs",
                {"key": key[0], "unit": "days", "typed": 0.5, "taken": 1},
                "Typed 0.5 d, taken 1 d",
            ),
            (
                "leave_amount_differs",
                {"key": key[0], "unit": "minutes", "typed": 240, "taken": 180},
                "Typed 4h, taken 3h",
            ),
        ):
            with self.subTest(code=code, figures=figures):
                self.cr.execute(
                    "INSERT INTO attendance_exception (employee_id, work_date,"
                    " company_id, code, severity, state, figures)"
                    " VALUES (%s, %s, %s, %s, '3', 'open', %s)"
                    " ON CONFLICT (employee_id, work_date, code)"
                    " DO UPDATE SET figures = EXCLUDED.figures RETURNING id",
                    [
                        self.person.id, MONDAY, self.company.id, code,
                        Json([figures]),
                    ],
                )  # fmt: skip
                row = self.exceptions.browse(self.cr.fetchone())
                row.invalidate_recordset()
                self.assertEqual(row.detail, words)

    def test_statements_do_not_grow(self):
        people = self.env["hr.employee"]
        for number in range(10):
            people |= self.new_employee(f"P{number}", f"40{number:02d}")
        days = self.env["attendance.day"]
        first = date(2025, 11, 3)
        for person in people:
            self.roster(person, self.day_shift, first)
            # A punch and no other is an exception.
            times = [f"{first + timedelta(days=n)} 08:30:00" for n in range(100)]
            self.send(person.terminal_user_code, *times)

        def queries_of(count):
            pairs = [
                (person.id, first + timedelta(days=number))
                for person in people
                for number in range(count)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            days._recompute(pairs)
            return self.cr.sql_log_count - before

        queries_of(1)
        self.cr.execute("DELETE FROM attendance_day")
        few = queries_of(10)
        self.cr.execute("DELETE FROM attendance_day")
        self.assertEqual(queries_of(100), few)
        self.assertGreater(self.exceptions.search_count([("state", "=", "open")]), 500)

    def test_the_daily_report_goes_on_saying_it(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        self.assertEqual(self.compute(MONDAY).exception_codes, "missing_out")
        self.assertEqual(self.compute(MONDAY).exception_count, 1)
        action = self.compute(MONDAY).action_open_exceptions()
        self.assertEqual(
            self.exceptions.search(action["domain"]), self.row("missing_out")
        )
