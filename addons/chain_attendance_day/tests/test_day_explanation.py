import ast
import inspect
import re
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons import chain_attendance_engine as engine

from ..models.day_teller import Teller
from .common import DayCommon
from .period_common import PeriodCommon

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MONDAY, TUESDAY = "2026-03-02", "2026-03-03"
SPAN = (engine.Span(29_540_000, 29_540_030),)
GAP = {"spans": SPAN, "minutes": 30, "grace": 5, "limit": 30}
# Figures of every code, so that each sentence of it is told once.
TRACES = {
    "roster": [
        {"source": source, "key": key, "shift": shift, "day_kind": kind}
        for source in engine.RosterSource
        for key in (1, -1)
        for shift in (1, None)
        for kind in engine.DayKind
    ],
    "recognition": [{"fits": ()}, {"fits": (1, 2)}],
    "window": [{"spans": SPAN}, {"spans": ()}],
    "stretch": [{"start": SPAN[0].start, "stop": SPAN[0].stop}],
    "missing": [
        {"end": end, "at": SPAN[0].start, "fill": fill.value, "minutes": 20}
        for end in ("in", "out")
        for fill in engine.MissingEnd
    ],
    "elastic": [
        {"first_in": SPAN[0].stop, "start": SPAN[0].start, "move": move}
        for move in (-30, 0, 30)
    ],
    "gap": [
        {**GAP, "kind": kind, "counted": counted, "limit": limit}
        for kind, counts in {
            "start": ("grace", "late", "absent"),
            "after_cover": ("grace", "late", "absent"),
            "end": ("grace", "early", "absent"),
            "before_cover": ("grace", "early", "absent"),
            "between": ("absent",),
            "no_punch": ("absent",),
            "whole": ("absent",),
        }.items()
        for counted in counts
        for limit in (30, None)
    ],
    "piece": [
        {"start": SPAN[0].start, "stop": SPAN[0].stop, "due": 30, "worked": 20,
         "late": 4, "early": 3, "absent": 3}
    ],
    "break_credit": [{"present": 240, "beyond": 360, "minutes": 60, "credited": 60}],
    "below_percent": [{"worked": 90, "due": 540, "percent": 50}],
    "flexible": [{"due": 480, "present": 420, "worked": 420, "absent": 60}],
    "leave": [{"key": 1, "minutes": 240, "days": days} for days in (0, 1)],
    "cover": [
        {"key": 1, "kind": kind, "minutes": 60, "days": days}
        for kind in (
            engine.RequestKind.OUTING,
            engine.RequestKind.TRIP,
            engine.RequestKind.LEAVE,
        )
        for days in (0, 1)
    ],
    "overtime": [
        {"mode": mode, "kind": kind, "claimed": 240, "net": 210, "automatic": 160,
         "raw": 160, "rest": rest, "least": 30, "unit": 30, "recognised": 150}
        for mode in engine.OvertimeMode
        for kind in engine.OvertimeKind
        for rest in (0, 30)
    ],
    "in_progress": [{"until": SPAN[0].stop}],
}  # fmt: skip
EXCEPTIONS = {
    engine.ExceptionKind.OVERTIME_KIND_DIFFERS: {
        "claimed": engine.OvertimeKind.WORKDAY,
        "kind": engine.OvertimeKind.HOLIDAY,
    },
    engine.ExceptionKind.LEAVE_AMOUNT_DIFFERS: {
        "unit": "days",
        "typed": 2,
        "taken": 1,
    },
}


def codes_of_the_engine():
    """Every code that the engine's source hands to ``explain``."""
    codes = set()
    for path in Path(inspect.getfile(engine)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (
                getattr(node.func, "attr", "") == "explain" and node.args
            ):
                codes.add(ast.literal_eval(node.args[0]))
    return codes


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestDayExplanation(DayCommon):
    """The sentences that must be there, with their figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.short = cls.new_shift("B8", (540, 1080))
        cls.short.break_ids = [(0, 0, {"start_minutes": 720, "end_minutes": 780})]
        cls.policy = cls.company.attendance_policy_id

    def explain(self, *times, day=MONDAY, shift=None, lang="en_US"):
        """The explanation of a day on a shift with these punches."""
        if shift is not None:
            self.roster(self.person, shift, "2026-03-01")
        if times:
            self.send("1001", *[t if " " in t else f"{day} {t}" for t in times])
        row = self.compute(day)
        # The frozen clock's dates are of another class and print as such.
        row._recompute([(row.employee_id.id, row.work_date)])
        return row.with_context(lang=lang).explain()

    def told(self, explanation, section, code=None):
        (found,) = (s for s in explanation["sections"] if s["name"] == section)
        return [
            sentence["text"]
            for sentence in found["sentences"]
            if code is None or sentence["code"] == code
        ]

    def marks(self, explanation):
        return [(punch["time"], punch["mark"]) for punch in explanation["punches"]]

    def figures(self, explanation):
        return {f["name"]: f["computed"] for f in explanation["figures"]}

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

    # Words

    def teller(self, lang, **policy):
        roster = engine.RosterDay(
            engine.minute_at(SPAN[0].start).date(),
            engine.minute_at(0).tzinfo,
            engine.Policy(**policy),
        )
        env = self.env(context={"lang": lang})
        return Teller(env, engine.DayInput(roster), lambda kind, key: str(key))

    def assert_words(self, lang, text, message):
        self.assertTrue(text, message)
        self.assertEqual(bool(CHINESE.search(text)), lang == "zh_CN", message)
        self.assertNotIn("%(", text)

    def test_every_code_of_the_engine_has_its_sentence(self):
        self.assertEqual(set(TRACES), codes_of_the_engine())
        for lang in ("en_US", "zh_CN"):
            for excess in (False, True):
                teller = self.teller(lang, counts_only_excess=excess)
                for code, lines in TRACES.items():
                    for figures in lines:
                        line = engine.TraceLine(code, tuple(figures.items()))
                        told = teller.tell(line)
                        self.assertTrue(told, line)
                        for text in told:
                            self.assert_words(lang, text, line)

    def test_every_mark_exception_and_name_has_its_sentence(self):
        for lang in ("en_US", "zh_CN"):
            teller = self.teller(lang)
            for mark in engine.Mark:
                for timetable in (None, 1):
                    self.assert_words(lang, teller.mark(mark, timetable), mark)
            for kind in engine.ExceptionKind:
                figures = EXCEPTIONS.get(kind, {"at": SPAN[0].start, "minutes": 7})
                found = engine.DayException(kind, tuple(figures.items()))
                self.assert_words(lang, teller.exception(found), kind)
            for mode in engine.PunchMode:
                told = self.teller(lang, punch_mode=mode).rules("R", has_own=True)
                for text in told:
                    self.assert_words(lang, text, mode)
            for name in engine.DayName:
                if name is not engine.DayName.WORK:
                    self.assert_words(lang, teller.tell_name(name), name)

    def test_a_day_in_chinese(self):
        told = self.explain("08:36:00", "17:12:00", shift=self.day_shift, lang="zh_CN")
        gaps = self.told(told, "counted", "gap")
        self.assertEqual(
            gaps,
            [
                "08:30 – 08:36：迟到6分钟（允许5分钟以内；超过30分钟算缺勤）。",
                "17:12 – 17:30：早退18分钟（允许5分钟以内；超过30分钟算缺勤）。",
            ],
        )

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
