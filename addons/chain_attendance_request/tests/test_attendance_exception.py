from odoo.tests import Form, freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY, SUNDAY = "2026-07-06", "2026-07-07", "2026-07-05"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestExceptionsAndRequests(LeaveCommon):
    """One click from an exception to what settles it."""

    def row(self, code, *days):
        self.compute(*days)
        return self.env["attendance.exception"].search(
            [
                ("employee_id", "=", self.person.id),
                ("code", "=", code),
                ("state", "=", "open"),
            ],
            order="work_date",
        )

    def fill_in(self, action):
        """The form that an action opens, saved as it is but for the reason."""
        requests = self.env[action["res_model"]].with_context(**action["context"])
        # As a browser asks, which knows times as hours only.
        shown = requests.onchange({}, [], {"start_time": {}})["value"]
        minutes = action["context"]["default_start_minutes"]
        self.assertEqual(shown["start_time"], minutes / 60)
        with Form(requests) as form:
            form.reason = "Forgotten"
        return form.record

    def test_a_correction_has_the_time_that_was_due(self):
        split = self.new_shift("SP", (600, 840), (1020, 1260))
        split.write({"has_own_punches": True, "punch_mode": "per_timetable"})
        self.override(self.person, TUESDAY, split)
        self.override(self.person, "2026-07-08", self.night_shift)
        for day, punches, code, filed in (
            (MONDAY, ["08:30"], "missing_out", (MONDAY, 1050, "out")),
            (TUESDAY, ["16:55", "21:00", "13:59"], "missing_in", (TUESDAY, 600, "in")),
            ("2026-07-08", ["21:58"], "missing_out", ("2026-07-09", 360, "out")),
        ):
            with self.subTest(day=day):
                self.send("1001", *[f"{day} {time}:00" for time in punches])
                row = self.row(code, day).filtered(
                    lambda r, d=day: str(r.work_date) == d
                )
                request = self.fill_in(row.action_correct())
                self.assertEqual(
                    (
                        str(request.date_from),
                        request.start_minutes,
                        request.direction,
                    ),
                    filed,
                )
                self.assertEqual(request.employee_id, self.person)
                self.compute(day)
                self.assertEqual(row.state, "withdrawn")

    def test_a_correction_that_waits_is_told(self):
        self.send("1001", f"{MONDAY} 08:30:00")
        row = self.row("missing_out", MONDAY)
        self.assertFalse(row.correction_text)
        self.file("correction", MONDAY, "17:30", direction="out")
        self.env.invalidate_all()
        self.assertIn("17:30", row.correction_text)

    def test_an_overtime_form_over_what_was_worked(self):
        self.send("1001", f"{SUNDAY} 09:00:00", f"{SUNDAY} 17:30:00")
        row = self.row("unapproved_work", SUNDAY)
        form = self.fill_in(row.action_file_overtime())
        self.assertEqual((str(form.work_date), form.claimed_minutes), (SUNDAY, 510))
        self.compute(SUNDAY)
        self.assertEqual(row.state, "withdrawn")

    def test_an_overtime_form_after_the_shift(self):
        told = {"has_own_overtime": True, "flags_unapproved_workday": True}
        self.override(self.person, MONDAY, self.new_shift("Told", (510, 1050), **told))
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 20:00:00")
        row = self.row("unapproved_work", MONDAY)
        form = self.fill_in(row.action_file_overtime())
        self.assertEqual((form.start_minutes, form.stop_minutes), (1050, 1200))
        self.compute(MONDAY)
        self.assertEqual(row.state, "withdrawn")

    def test_present_on_leave(self):
        leave = self.take(self.by_day, MONDAY)
        self.send("1001", f"{MONDAY} 08:35:00", f"{MONDAY} 17:00:00")
        row = self.row("present_on_leave", MONDAY)
        self.assertEqual(row.detail, "2 punches")
        leave.action_refuse()
        self.compute(MONDAY)
        self.assertEqual(row.state, "withdrawn")

    def test_what_a_form_says_else(self):
        form = self.file("overtime", SUNDAY, "09:00", "12:00", overtime_kind="workday")
        self.send("1001", f"{SUNDAY} 09:00:00", f"{SUNDAY} 12:00:00")
        row = self.row("overtime_kind_differs", SUNDAY)
        action = row.action_open_request()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("attendance.request", form.id)
        )
        form.overtime_kind = "rest_day"
        self.compute(SUNDAY)
        self.assertEqual(row.state, "withdrawn")

    def caps(self, **values):
        limits = self.env["attendance.request.limit"]
        return limits.create(
            {"kind": "overtime", "company_id": self.company.id, **values}
        )

    def work_late(self, *days):
        for day in days:
            self.file("overtime", day, "18:00", "20:00")
            self.send("1001", f"{day} 08:30:00", f"{day} 20:00:00")
        return self.row("overtime_cap", *days)

    def test_recognised_overtime_above_a_cap(self):
        limit = self.caps(week_cap_hours=3)
        rows = self.work_late(MONDAY, TUESDAY, "2026-07-13")
        self.assertEqual([str(row.work_date) for row in rows], [TUESDAY])
        self.assertEqual(rows.detail, "4h in the week, at most 3h")
        self.assertEqual(rows.severity, "1")
        with self.subTest("the day before decides, too"):
            self.env["attendance.request"].search(
                [("work_date", "=", MONDAY)]
            ).action_cancel()
            self.compute(MONDAY)
            self.assertEqual(rows.state, "withdrawn")
        with self.subTest("the cap is lowered"):
            limit.week_cap_hours = 1
            self.assertEqual(len(self.row("overtime_cap", MONDAY)), 2)
        with self.subTest("the cap goes"):
            limit.unlink()
            self.assertFalse(self.row("overtime_cap", MONDAY))

    def test_a_week_over_the_end_of_a_month(self):
        """June 30 and July 1 are in one week; a later day of July is computed."""
        self.caps(week_cap_hours=3)
        self.work_late("2026-06-30", "2026-07-01")
        rows = self.row("overtime_cap", "2026-07-15")
        self.assertEqual([str(row.work_date) for row in rows], ["2026-07-01"])

    def test_no_caps_no_question(self):
        self.assertFalse(self.work_late(MONDAY, TUESDAY))
