from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .explanation_common import MONDAY, TUESDAY, ExplanationCommon
from .period_common import PeriodCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestDayExplanation(ExplanationCommon):
    """The sentences that must be there, with their figures."""

    def test_what_the_day_alone_does_not_tell(self):
        """A rest that was too short hangs on the day before."""
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 21:30:00")
        self.send("1001", f"{TUESDAY} 08:00:00", f"{TUESDAY} 17:30:00")
        self.roster(self.person, self.day_shift, "2026-03-01")
        self.compute(MONDAY)
        told = self.explain(day=TUESDAY)
        self.assertEqual(
            told["exceptions"],
            [
                {
                    "code": "short_rest",
                    "text": "Rest too short: 10.5h between 21:30 and 08:00, at least "
                    "11h.",
                }
            ],
        )
        row = self.env["attendance.exception"].search([("code", "=", "short_rest")])
        row._decide("ignored", "Agreed")
        self.assertTrue(self.explain(day=TUESDAY)["exceptions"])
        self.cr.execute("UPDATE attendance_exception SET state = 'withdrawn'")
        row.invalidate_recordset()
        self.assertFalse(row.with_context(lang="en_US").day_id.explain()["exceptions"])

    def test_a1_on_time(self):
        told = self.explain("08:12:00", "17:41:00", shift=self.day_shift)
        self.assertEqual(told["status"]["kind"], "same")
        self.assertEqual(
            self.told(told, "planned"),
            [
                "The standing roster gives shift “D9”.",
                "Shift “D9”: 08:30–17:30, 9h due.",
                f"Rules “{self.policy.name}”: up to 5 min late and 5 min early are "
                "allowed.",
                "More than 30 min late is absence.",
                "More than 30 min early is absence.",
                "The first punch of the day is the clock-in, the last the clock-out.",
                "Punches belong to this day: 06:30 – 21:30.",
            ],
        )
        self.assertEqual(
            self.told(told, "counted"),
            [
                "Present by punches: 08:12 – 17:41.",
                "08:30 – 17:30: due 540 min = worked 540 + late 0 + early 0 + absent "
                "0.",
                "The day: due 540 min = worked 540 + late 0 + early 0 + absent 0.",
            ],
        )
        self.assertEqual(self.marks(told), [("08:12:00", "in"), ("17:41:00", "out")])
        self.assertEqual(told["punches"][0]["terminal"], "Terminal 1")

    def test_a4_and_a6_late_and_absent(self):
        told = self.explain("08:36:00", "17:30:00", shift=self.day_shift)
        self.assertEqual(
            self.told(told, "counted", "gap"),
            [
                "08:30 – 08:36: 6 min late (allowed: up to 5 min; absence: above 30 "
                "min)."
            ],
        )
        told = self.explain("09:02:00", "17:30:00", day=TUESDAY)
        self.assertEqual(
            self.told(told, "counted", "gap"),
            [
                "08:30 – 09:02: coming 32 min late is more than 30 min, so all of it "
                "is absence."
            ],
        )
        self.assertEqual(self.figures(told)["absent_minutes"], "0.53h")

    def test_a9_a_missing_end(self):
        told = self.explain("08:25:00", shift=self.day_shift)
        self.assertEqual(
            self.told(told, "counted", "missing"),
            [
                "The clock-out of 17:30 is missing: what hangs on it does not count as "
                "present."
            ],
        )
        self.assertEqual(
            told["exceptions"],
            [{"code": "missing_out", "text": "The clock-out is missing (17:30)."}],
        )

    def test_a10_a_punched_outing(self):
        told = self.explain(
            "08:20:00", "12:01:00", "12:58:00", "17:35:00", shift=self.day_shift
        )
        self.assertEqual(
            self.told(told, "counted", "punched_outing"),
            ["12:01 – 12:58: 57 min out by punches; shown, not deducted."],
        )
        self.assertEqual(
            [mark for _time, mark in self.marks(told)],
            ["in", "inner_out", "inner_in", "out"],
        )
        self.assertEqual(self.figures(told)["punched_outing_minutes"], "0.95h")

    def test_b1_duplicates_and_b5_outside_the_window(self):
        self.policy.grace_late_minutes = 0
        told = self.explain(
            "08:29:10", "08:29:50", "17:29:40", "17:30:20", shift=self.day_shift
        )
        self.assertEqual(
            self.marks(told),
            [
                ("08:29:10", "in"),
                ("08:29:50", "duplicate"),
                ("17:29:40", "duplicate"),
                ("17:30:20", "out"),
            ],
        )
        self.assertEqual(told["punches"][1]["text"], "Not used: the same punch again")
        told = self.explain("05:50:00", "17:30:00", day=TUESDAY)
        self.assertEqual(self.marks(told)[0], ("05:50:00", "unmatched"))
        self.assertEqual(
            told["punches"][0]["text"], "Not used: outside the window of the shift"
        )

    def test_c1_a_night(self):
        told = self.explain(
            f"{MONDAY} 21:47:00", f"{TUESDAY} 06:12:00", shift=self.night_shift
        )
        self.assertEqual(
            self.told(told, "counted", "stretch"),
            ["Present by punches: 21:47 – 06:12 next day."],
        )
        self.assertEqual(
            self.marks(told), [("21:47:00", "in"), ("06:12:00 next day", "out")]
        )
        (midnight,) = told["timeline"]["midnights"]
        self.assertEqual(midnight["text"], "03-03")

    @freeze_time("2026-03-02 15:30:00")
    def test_c7_in_progress(self):
        told = self.explain("21:55:00", shift=self.night_shift)
        self.assertEqual(
            self.told(told, "counted"),
            [
                "The day is in progress: punches count until 10:00 next day, and only "
                "then it is judged. Nobody is absent yet.",
                "Due so far: 480 min.",
            ],
        )
        self.assertEqual(self.figures(told)["absent_minutes"], "")

    def test_d2_a_break(self):
        told = self.explain("09:00:00", "13:00:00", shift=self.short)
        self.assertIn(
            "Shift “B8”: 09:00–18:00, 8h due. Break: 12:00–13:00.",
            self.told(told, "planned", "shift"),
        )
        self.assertEqual(
            self.told(told, "counted", "total"),
            ["The day: due 480 min = worked 180 + late 0 + early 0 + absent 300."],
        )
        kinds = {rect["kind"] for rect in told["timeline"]["rects"]}
        self.assertEqual(kinds, {"window", "shift", "break", "worked", "absent"})

    def test_f6_work_on_a_rest_day(self):
        self.roster(self.person, self.day_shift, "2026-03-01")
        told = self.explain("09:00:00", "17:00:00", day="2026-03-07")
        self.assertEqual(
            told["exceptions"],
            [
                {
                    "code": "unapproved_work",
                    "text": "Work without an overtime form: 480 min.",
                }
            ],
        )

    def test_g1_to_g3_names(self):
        told = self.explain()
        self.assertEqual(
            self.told(told, "planned")[0], "Nothing is planned for this day."
        )
        self.assertEqual(
            self.told(told, "counted"),
            ["Unscheduled: nothing is due, nobody is absent."],
        )
        self.roster(self.person, self.day_shift, "2026-03-01")
        told = self.explain("10:00:00", day="2026-03-07")
        self.assertEqual(
            self.told(told, "planned")[0],
            "The standing roster makes this a day of rest.",
        )
        self.assertEqual(
            told["punches"][0]["text"], "Not used: nothing is due that it could serve"
        )
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Chain", "company_id": self.company.id}
        )
        self.company.attendance_holiday_calendar_id = calendar
        self.env["attendance.holiday"].create(
            {"calendar_id": calendar.id, "name": "Feast", "date": TUESDAY}
        )
        told = self.explain(day=TUESDAY)
        self.assertEqual(
            self.told(told, "planned")[1:3],
            ["The calendar calls it a public holiday.", "It is “Feast”."],
        )
        self.assertIn(
            "Holiday: nothing is due, nobody is absent.", self.told(told, "counted")
        )

    def test_h5_the_version_of_the_shift(self):
        self.roster(self.person, self.day_shift, "2026-03-01")
        timetable = self.day_shift.timetable_ids
        self.day_shift.write(
            {
                "change_from": "2026-03-12",
                "timetable_ids": [(1, timetable.id, {"start_minutes": 540})],
            }
        )
        before, after = self.explain(day="2026-03-11"), self.explain(day="2026-03-12")
        self.assertEqual(
            self.told(before, "planned", "shift"),
            ["Shift “D9”: 08:30–17:30, 9h due. The shift was so until 03/11/2026."],
        )
        self.assertEqual(
            self.told(after, "planned", "shift"),
            ["Shift “D9”: 09:00–17:30, 8.5h due. The shift is so since 03/12/2026."],
        )

    def test_where_the_plan_comes_from(self):
        self.override(self.person, MONDAY, self.short)
        told = self.explain()
        self.assertEqual(
            self.told(told, "planned")[0],
            "A change by hand of this day gives shift “B8”.",
        )
        self.rotation({self.person: 0}, TUESDAY, "2026-03-06", [self.short, None])
        told = self.explain(day=TUESDAY)
        self.assertEqual(
            self.told(told, "planned")[0], "The dated roster gives shift “B8”."
        )
        link = told["sections"][0]["sentences"][0]["link"]
        self.assertEqual(link["model"], "attendance.rotation")
        self.store.default_shift_id = self.day_shift
        told = self.explain(day="2026-03-10")
        self.assertEqual(
            self.told(told, "planned")[0],
            "The default shift of the store gives shift “D9”.",
        )

    def test_a_shift_s_own_figures_are_said(self):
        self.day_shift.write({"has_own_limits": True, "grace_late_minutes": 9})
        told = self.explain(shift=self.day_shift)
        self.assertEqual(
            self.told(told, "planned", "rules")[0],
            f"Rules “{self.policy.name}”, with figures of the shift's own: up to 9 min "
            "late and 0 min early are allowed.",
        )

    def test_a_change_that_waits_is_said_and_both_are_shown(self):
        self.explain("08:30:00", "17:30:00", shift=self.day_shift)
        self.send("1001", f"{MONDAY} 18:00:00")
        row = self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id), ("work_date", "=", MONDAY)]
        )
        self.override(self.person, MONDAY, self.short)
        told = row.explain()
        self.assertEqual(told["status"]["kind"], "waiting")
        due = next(f for f in told["figures"] if f["name"] == "due_minutes")
        self.assertEqual((due["stored"], due["computed"]), ("9h", "8h"))
        self.assertTrue(due["differs"])
        self.assertEqual(row.due_minutes, 540)

    def test_nothing_is_written(self):
        self.explain("08:30:00", "17:30:00", shift=self.day_shift)
        self.override(self.person, MONDAY, self.short)
        row = self.env["attendance.day"].search([("work_date", "=", MONDAY)])
        self.clear_queue()
        self.env.flush_all()
        self.cr.execute("SELECT * FROM attendance_day ORDER BY id")
        before = self.cr.fetchall()
        row.explain()
        self.env.flush_all()
        self.cr.execute("SELECT * FROM attendance_day ORDER BY id")
        self.assertEqual(self.cr.fetchall(), before)
        self.assertEqual(self.queued(), [])

    def test_the_clock_of_the_store_is_named_where_it_is_another(self):
        row = self.compute(MONDAY)
        self.store.tz = "Asia/Shanghai"
        far = row.with_context(tz="Europe/Berlin").explain()["day"]["zone_note"]
        self.assertIn("Asia/Shanghai", far)
        self.assertIn("Europe/Berlin", far)
        # Another name of the same clock is no other clock.
        near = row.with_context(tz="Asia/Singapore").explain()["day"]["zone_note"]
        self.assertEqual(near, "")

    # Access

    def test_who_reads_the_day_reads_its_explanation_and_nobody_else(self):
        self.roster(self.person, self.day_shift, "2026-03-01")
        row = self.explain("08:30:00")["day"]["id"]
        other_store = self.new_store("T2")
        other = self.new_employee("Far", "2001", store_id=other_store.id)
        colleague = self.new_user("bob", employee=self.new_employee("Bob", "1002"))
        mine = self.new_user("ann", employee=self.person)
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        self.store.timekeeper_ids = keeper
        stranger = self.new_user("who", "chain_attendance_base.group_store_manager")
        other_store.manager_id = other
        days = self.env["attendance.day"].browse(row)
        for user in (mine, keeper):
            with self.subTest(user.login):
                told = days.with_user(user).explain()
                self.assertEqual(told["day"]["employee"], "Ann")
                links = [s["link"] for s in told["sections"][0]["sentences"]]
                for link in filter(None, links):
                    record = self.env[link["model"]].browse(link["id"])
                    self.assertTrue(record.with_user(user).has_access("read"))
        for user in (colleague, stranger):
            with self.subTest(user.login), self.assertRaises(AccessError):
                days.with_user(user).explain()

    def test_the_printed_page(self):
        row = self.explain("08:36:00", "17:30:00", shift=self.day_shift)["day"]["id"]
        reports = self.env["ir.actions.report"]
        name = "chain_attendance_day.attendance_day_explanation"
        for lang, words in (
            ("en_US", ("Explanation of an Attendance Day", "6 min late", "<svg")),
            ("zh_CN", ("考勤说明", "迟到6分钟", "签名")),
        ):
            page, kind = reports.with_context(lang=lang)._render_qweb_html(name, [row])
            self.assertEqual(kind, "html")
            for word in words:
                self.assertIn(word, page.decode())
        colleague = self.new_user("bob", employee=self.new_employee("Bob", "1002"))
        with self.assertRaises(AccessError):
            reports.with_user(colleague)._render_qweb_html(name, [row])


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 04:00:00")
class TestClosedDayExplanation(PeriodCommon):
    """A closed period holds the old figures; what is known now is shown beside them."""

    def test_both_are_told_and_reading_adjusts_nothing(self):
        self.send("1001", f"{MONDAY} 08:36:00", f"{MONDAY} 17:30:00")
        self.close()
        row = self.days.search(
            [("employee_id", "=", self.person.id), ("work_date", "=", MONDAY)]
        )
        self.assertNotEqual(row.explain()["status"]["kind"], "waiting")
        self.send("1001", f"{MONDAY} 08:30:00")
        told = row.explain()
        self.assertEqual(told["status"]["kind"], "closed")
        late = next(f for f in told["figures"] if f["name"] == "late_minutes")
        self.assertEqual((late["stored"], late["computed"]), ("6m", ""))
        self.assertEqual(self.adjusted(), {})
        self.recompute(MONDAY)
        self.assertEqual(self.adjusted()["late_minutes"], -6)
        self.assertEqual(row.explain()["status"]["kind"], "closed")
