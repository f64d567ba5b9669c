from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY = "2026-07-06", "2026-07-07"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestDayExplanation(LeaveCommon):
    """Requests in the explanation of a day: what each took, and who reads why."""

    def explain(self, day=MONDAY, user=None):
        row = self.compute(day)
        return row.with_user(user or self.env.user).explain()

    def punch(self, *times, day=MONDAY):
        self.send("1001", *[f"{day} {time}:00" for time in times])

    def counted(self, told, code):
        return [
            sentence["text"]
            for section in told["sections"]
            for sentence in section["sentences"]
            if sentence["code"] == code
        ]

    def test_e1_leave_cuts_the_shift(self):
        self.take(self.by_hour, MONDAY, start=13, stop=17)
        self.punch("08:30", "13:00")
        told = self.explain()
        (leave,) = told["requests"]
        self.assertEqual(leave["times"], "13:00 – 17:00")
        self.assertEqual(
            leave["effect"], "Leave by hour: takes 240 min out of what is due."
        )
        self.assertEqual(
            self.counted(told, "piece"),
            [
                "08:30 – 13:00: due 270 min = worked 270 + late 0 + early 0 + absent "
                "0.",
                "17:00 – 17:30: due 30 min = worked 0 + late 0 + early 0 + absent 30.",
            ],
        )
        self.assertEqual(
            self.counted(told, "total"),
            ["The day: due 300 min = worked 270 + late 0 + early 0 + absent 30."],
        )
        kinds = {rect["kind"] for rect in told["timeline"]["rects"]}
        self.assertEqual(kinds, {"window", "shift", "leave", "worked", "absent"})

    def test_e3_a_day_of_leave(self):
        self.take(self.by_day, MONDAY)
        told = self.explain()
        self.assertEqual(
            told["requests"][0]["effect"],
            "Leave by day: 1 day is charged; it takes 540 min out of what is due.",
        )
        (taken,) = (f for f in told["figures"] if f["name"] == "leave_minutes")
        self.assertEqual(taken["computed"], "1d")

    def test_e8_an_outing(self):
        self.file("outing", MONDAY, "10:00", "12:00")
        self.punch("08:25", "17:35")
        told = self.explain()
        self.assertEqual(
            told["requests"][0]["effect"],
            "Outing: 120 min of the shift are out on duty and count as worked.",
        )

    def test_e10_a_correction(self):
        self.file("correction", MONDAY, "08:30", direction="in")
        self.punch("17:35")
        told = self.explain()
        first = told["punches"][0]
        self.assertEqual(
            (first["time"], first["source"], first["mark"]),
            ("08:30:00", "Punch correction", "in"),
        )
        self.assertEqual(first["link"]["model"], "attendance.request")

    def test_f2_overtime(self):
        self.file("overtime", MONDAY, "17:00", "20:30")
        self.punch("08:30", "20:40")
        told = self.explain()
        self.assertEqual(
            self.counted(told, "overtime"),
            [
                "Workday overtime, by the form as far as present: claimed 210 min, of "
                "which 180 lie outside the shift and leave; present then: 180 min.",
                "180 min, at least 30 min, rounded down to a multiple of 30 min: 180 "
                "min are recognised.",
            ],
        )

    def test_a_reason_is_for_who_may_see_the_request(self):
        form = self.file("outing", MONDAY, "10:00", "12:00", reason="At the hospital")
        self.punch("08:25", "17:35")
        manager = self.new_user("boss", "chain_attendance_base.group_manager")
        reader = self.new_user("reader")
        self.new_role({"reports": "view"}, user_ids=reader, scope="all")
        told = self.explain(user=manager)["requests"][0]
        self.assertEqual(told["reason"], "At the hospital")
        self.assertEqual(told["link"]["id"], form.id)
        told = self.explain(user=reader)["requests"][0]
        self.assertEqual((told["reason"], told["link"]), ("", None))
        self.assertEqual(told["name"], "Outing")
        mine = self.new_user("ann", employee=self.person)
        self.assertEqual(self.explain(user=mine)["requests"][0]["reason"][:6], "At the")

    def test_the_kind_of_leave_is_for_who_may_see_the_leave(self):
        self.take(self.by_hour, MONDAY, start=13, stop=17)
        self.punch("08:30", "13:00")
        reader = self.new_user("reader")
        self.new_role({"reports": "view"}, user_ids=reader, scope="all")
        told = self.explain(user=reader)
        self.assertEqual(told["requests"][0]["name"], "Leave")
        self.assertNotIn("Leave by hour", str(told))
