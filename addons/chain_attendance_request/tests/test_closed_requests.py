from datetime import date

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

DAY = "2026-06-03"
CONFIRMED = {"is_adjustment_confirmed": True}
FIGURES = ("due_minutes", "worked_minutes", "absent_minutes", "leave_minutes")


@tagged("post_install", "-at_install")
@freeze_time("2026-07-08 08:00:00")
class TestClosedRequests(LeaveCommon):
    """Rule 16: what is filed late about a closed day becomes an adjustment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = cls.env["attendance.adjustment"]
        cls.june, cls.july = cls.env["attendance.period"].create(
            [
                {"company_id": cls.company.id, "date_from": first, "date_to": last}
                for first, last in (
                    ("2026-06-01", "2026-06-30"),
                    ("2026-07-01", "2026-07-31"),
                )
            ]
        )
        cls.clear_queue()
        cls.keeper = cls.new_user("keeper", "chain_attendance_base.group_store_manager")
        cls.boss = cls.new_employee("Boss", "1009", user_id=cls.keeper.id)
        cls.store.manager_id = cls.boss
        cls.user = cls.new_user("ann", employee=cls.person)

    def setUp(self):
        super().setUp()
        self.compute("2026-06-02", DAY, "2026-06-04", "2026-06-29", "2026-06-30")
        self.clear_queue()

    def close(self):
        self.settle()
        self.june.action_review()
        self.june._close()

    def settle(self):
        queue = self.env["attendance.day.queue"]
        rows = queue.search([])
        pairs = [(row.employee_id.id, row.work_date) for row in rows]
        self.env["attendance.day"]._recompute(pairs)
        rows.unlink()

    def sums(self):
        """``{figure: (minutes, days)}`` of all lines."""
        groups = self.lines._read_group([], ["figure"], ["minutes:sum", "days:sum"])
        return {name: (m, d) for name, m, d in groups if m or d}

    def refused(self, action, words="closed period “2026-06”", error=UserError):
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            action()

    def test_e11_open(self):
        self.assertEqual(self.row(DAY), (540, 0, 540, 0))
        self.take(self.by_day, DAY)
        self.settle()
        self.assertEqual(self.row(DAY), (0, 0, 0, 540))
        self.assertFalse(self.sums())

    def test_e11_closed(self):
        self.close()
        self.refused(lambda: self.take(self.by_day, DAY))
        self.refused(lambda: self.take(self.by_day, DAY), "adjustment in “2026-07”")
        self.take(self.by_day, DAY, **CONFIRMED)
        for _time in range(2):
            self.settle()
            self.assertEqual(self.row(DAY), (540, 0, 540, 0))
            self.assertEqual(
                self.sums(),
                {
                    "due_minutes": (-540, 0),
                    "absent_minutes": (-540, 0),
                    "leave_minutes": (540, 1),
                },
            )
        line = self.lines.search([("figure", "=", "leave_minutes")])
        self.assertEqual((line.period_id, line.amount), (self.july, "1d"))
        self.assertIn("request", line.cause_codes.split(","))

    def test_leave_that_is_withdrawn_again(self):
        self.close()
        leave = self.take(self.by_day, DAY, **CONFIRMED)
        self.settle()
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            leave.action_withdraw()
        page = self.go_on(leave, "action_withdraw")
        page.action_go_on()
        self.assertEqual(leave.state, "cancel")
        self.settle()
        self.assertEqual(self.sums(), {})
        self.assertEqual(self.lines.search_count([]), 6)

    def go_on(self, records, method, user=None):
        """The page that a button leads to."""
        records = records.with_user(user or self.env.user)
        try:
            with self.env.cr.savepoint():
                getattr(records, method)()
        except RedirectWarning as warning:
            _words, action, _button = warning.args[:3]
        pages = records.env["attendance.closed.confirmation"]
        return pages.with_context(**action["context"]).create({})

    def test_leave_of_hours_and_what_is_moved(self):
        waiting = self.leave_type("day", leave_validation_type="hr")
        leave = self.take(waiting, "2026-07-01", "2026-07-02")
        self.close()
        moved = {"request_date_from": "2026-06-30"}
        self.refused(lambda: leave.write(moved))
        leave.write({"request_date_to": "2026-07-03", "notes": "A note"})
        leave.write({**moved, **CONFIRMED})
        leave.with_context(attendance_adjustment_confirmed=True).unlink()
        self.refused(lambda: self.take(self.by_hour, DAY, start=13, stop=17))
        self.take(self.by_hour, DAY, start=13, stop=17, **CONFIRMED)
        self.settle()
        self.assertEqual(
            self.sums(),
            {
                "due_minutes": (-240, 0),
                "absent_minutes": (-240, 0),
                "leave_minutes": (240, 0),
            },
        )

    def test_requests(self):
        """Each kind; filing, changing, cancelling and deleting."""
        self.close()
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 20:35:00")
        for kind, times, values in (
            ("overtime", ("18:00", "20:30"), {}),
            ("outing", ("13:00", "14:00"), {}),
            ("trip", (), {"is_by_days": True}),
            ("correction", ("08:30", None), {}),
        ):
            with self.subTest(kind):
                self.refused(lambda v=(kind, DAY, *times), w=values: self.file(*v, **w))
                made = self.file(kind, DAY, *times, **values, **CONFIRMED)
                self.refused(lambda made=made: made.write({"date_from": "2026-06-04"}))
                made.write({"reason": "A word"})
                with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
                    made.action_cancel()
                self.refused(made.unlink)
                self.go_on(made, "action_cancel").action_go_on()
                self.assertEqual(made.state, "cancelled")
                made.unlink()

    def test_overtime_becomes_a_line(self):
        self.close()
        self.send("1001", f"{DAY} 08:30:00", f"{DAY} 20:35:00")
        self.file("overtime", DAY, "18:00", "20:30", **CONFIRMED)
        self.settle()
        self.assertEqual(self.sums()["overtime_workday_minutes"], (150, 0))
        self.assertEqual(self.overtime(DAY), (0, 0, 0))

    def test_drafts_are_asked_when_they_are_filed(self):
        self.close()
        draft = self.file("overtime", DAY, "18:00", "20:30", state="draft")
        with self.assertRaises(RedirectWarning), self.env.cr.savepoint():
            draft.action_submit()
        self.go_on(draft, "action_submit").action_go_on()
        self.assertEqual(draft.state, "submitted")

    def test_open_days_are_not_asked(self):
        self.close()
        made = self.file("overtime", "2026-07-01", "18:00", "20:30")
        self.assertFalse(made.closed_warning)
        made.action_cancel()
        # Of a night into July, the work date lies in June.
        self.refused(
            lambda: self.file("overtime", "2026-06-30", "22:00", "01:00"),
        )

    def test_the_form_says_so_beforehand(self):
        self.close()
        form = self.env["attendance.request"].new(
            {"kind": "outing", "employee_id": self.person.id, "date_from": DAY}
        )
        self.assertIn("adjustment in “2026-07”", form.closed_warning)
        form.date_from = "2026-07-02"
        self.assertFalse(form.closed_warning)

    def test_who_may(self):
        """Not the person, unless the company lets everybody."""
        self.close()
        mine = self.env["attendance.request"].with_user(self.user)
        values = {
            "kind": "outing",
            "employee_id": self.person.id,
            "date_from": DAY,
            "start_minutes": 600,
            "stop_minutes": 660,
            **CONFIRMED,
        }
        self.refused(lambda: mine.create(values), "Ask who keeps your attendance")
        confirmed = mine.with_context(attendance_adjustment_confirmed=True)
        self.refused(lambda: confirmed.create(values), "Ask who keeps")
        theirs = self.env["attendance.request"].with_user(self.keeper)
        made = theirs.create(values)
        self.refused(
            made.with_user(self.user).action_cancel, "Ask who keeps your attendance"
        )
        self.go_on(made, "action_cancel", self.keeper).action_go_on()
        self.company.attendance_files_into_closed = True
        self.refused(
            lambda: mine.create({**values, "is_adjustment_confirmed": False}),
            "Tick “Count as Adjustment”",
        )
        mine.create(values)

    def test_leave_of_oneself(self):
        self.close()
        mine = self.env["hr.leave"].with_user(self.user)
        values = {
            "employee_id": self.person.id,
            "holiday_status_id": self.by_day.id,
            "request_date_from": DAY,
            "request_date_to": DAY,
            **CONFIRMED,
        }
        self.refused(lambda: mine.create(values), "Ask who keeps your attendance")
        self.company.attendance_files_into_closed = True
        mine.create(values)

    def test_the_leave_form_for_many(self):
        self.close()
        other = self.new_employee("Bo", "1002")
        form = (
            self.env["attendance.leave.filing"]
            .with_user(self.keeper)
            .create(
                {
                    "employee_ids": [(6, 0, (self.person | other).ids)],
                    "leave_type_id": self.by_day.id,
                    "date_from": DAY,
                }
            )
        )
        self.assertIn("closed period “2026-06”", form.closed_warning)
        self.refused(form.action_file)
        form.is_adjustment_confirmed = True
        form.action_file()
        self.assertEqual(
            self.env["hr.leave"].search_count(
                [("employee_id", "in", (self.person | other).ids)]
            ),
            2,
        )

    def test_one_form_for_many(self):
        self.close()
        form = (
            self.env["attendance.request.batch"]
            .with_user(self.keeper)
            .create(
                {
                    "kind": "outing",
                    "employee_ids": [(6, 0, self.person.ids)],
                    "date_from": DAY,
                    "date_to": DAY,
                    "start_time": 10,
                    "stop_time": 11,
                }
            )
        )
        form.action_file()
        self.assertIn("closed period “2026-06”", form.line_ids.refusal)
        form.action_back()
        form.is_adjustment_confirmed = True
        form.action_file()
        self.assertFalse(form.line_ids)
        self.assertEqual(
            self.env["attendance.request"].search_count([("date_from", "=", DAY)]), 1
        )

    def test_the_page_calls_nothing_else(self):
        page = self.env["attendance.closed.confirmation"].create(
            {"model": "hr.employee", "method": "unlink", "numbers": "1"}
        )
        with self.assertRaises(UserError):
            page.action_go_on()
        # Nor more than the login may.
        self.close()
        made = self.file("outing", DAY, "10:00", "11:00", **CONFIRMED)
        page = self.env["attendance.closed.confirmation"].with_user(self.user)
        page = page.create(
            {
                "model": "attendance.request",
                "method": "action_cancel",
                "numbers": str(made.id),
            }
        )
        with self.assertRaises(UserError):
            page.action_go_on()
        self.assertEqual(made.state, "submitted")

    def test_approval_is_in_the_way_of_nothing(self):
        """It is warned of before closing; deciding afterwards makes lines."""
        self.env["attendance.request.rule"].create(
            {
                "name": "All",
                "company_id": self.company.id,
                "step_ids": [(0, 0, {"approver": "store_manager"})],
            }
        )
        made = self.file("trip", DAY, is_by_days=True)
        self.assertTrue(made.needs_approval)
        found = {f.code: f for f in self.june._findings()}
        self.assertEqual(found["waiting attendance.request"].count, 1)
        self.assertFalse(found["waiting attendance.request"].is_blocking)
        self.clear_queue()
        self.close()
        made.with_user(self.keeper).action_approve_step()
        self.assertEqual(made.state, "approved")
        self.settle()
        self.assertEqual(self.sums()["worked_minutes"], (540, 0))

    def test_leave_that_waits_is_found(self):
        waiting = self.leave_type("day", leave_validation_type="hr")
        self.take(waiting, DAY)
        found = {f.code: f.count for f in self.june._findings()}
        self.assertEqual(found["waiting hr.leave"], 1)
        self.assertEqual(
            {f.code: f.count for f in self.july._findings()}["waiting hr.leave"], 0
        )

    def test_lines_balance(self):
        """Leave, an outing and a late punch, one after the other."""
        self.close()
        for step in (
            lambda: self.file("outing", DAY, "10:00", "11:30", **CONFIRMED),
            lambda: self.send("1001", f"{DAY} 08:50:00", f"{DAY} 17:10:00"),
            lambda: self.take(self.by_hour, DAY, start=14, stop=16, **CONFIRMED),
        ):
            step()
            self.settle()
            found = {name: minutes for name, (minutes, _d) in self.sums().items()}
            parts = ("worked", "late", "early", "absent")
            self.assertEqual(
                found.get("due_minutes", 0),
                sum(found.get(f"{name}_minutes", 0) for name in parts),
            )
        # Row and lines together are what an open day would be.
        day = self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id), ("work_date", "=", DAY)]
        )
        both = {n: day[n] + self.sums().get(n, (0, 0))[0] for n in FIGURES}
        self.june._reopen("To compare")
        self.settle()
        day.invalidate_recordset()
        self.assertEqual(both, {name: day[name] for name in FIGURES})
        self.assertEqual(day.work_date, date(2026, 6, 3))
