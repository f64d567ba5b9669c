from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ShiftCommon


@tagged("post_install", "-at_install")
class TestShiftPreview(ShiftCommon):
    """The picture of a shift being typed, and punches tried on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.attendance_policy_id.write(
            {
                "grace_late_minutes": 5,
                "grace_early_minutes": 5,
                "late_limit_minutes": 30,
                "early_limit_minutes": 30,
                "window_in_minutes": 120,
                "window_out_minutes": 240,
            }
        )

    def tried(self, shift, text):
        preview = shift.preview
        answer = shift.try_punches(preview["definition"], preview["company"], text)
        if answer["error"]:
            return answer["error"]
        figures = {line["name"]: line["text"] for line in answer["figures"]}
        named = ("worked", "late", "early", "absent", "overtime")
        return [figures[name] for name in named], answer["notes"]

    def test_a_drawing(self):
        shift = self.new_shift(
            "N",
            (1320, 360),
            break_ids=[(0, 0, {"start_minutes": 60, "end_minutes": 90})],
            has_own_windows=True,
            window_in_minutes=60,
            window_out_minutes=90,
            elastic_minutes=15,
        )
        self.assertEqual(
            shift.preview["drawing"],
            {
                "window": [1260, 1891],
                "pieces": [
                    {
                        "span": [1320, 1800],
                        "breaks": [{"span": [1500, 1530], "kind": "fixed"}],
                        "grace": [5, 5],
                    }
                ],
                "core": [],
                "flexible": 0,
                "elastic": 15,
            },
        )

    def test_punches_are_tried(self):
        day = self.new_shift("D", (510, 1050))
        night = self.new_shift("N", (1320, 360))
        automatic = self.new_shift(
            "A",
            (510, 1050),
            has_own_overtime=True,
            overtime_mode="automatic",
            has_own_limits=True,
            late_limit_minutes=3,
        )
        flexible = self.new_shift("F", is_flexible=True, flexible_minutes=480)
        for shift, text, expected in (
            (day, "08:36 17:40", (["8.9h", "6m", "0h", "0h", "0h"], [])),
            (day, "08:35, 17:30", (["9h", "0h", "0h", "0h", "0h"], [])),
            (
                day,
                "08:20",
                (["0h", "0h", "0h", "9h", "0h"], ["The clock-out is missing."]),
            ),
            (day, "", (["0h", "0h", "0h", "9h", "0h"], [])),
            (night, "21:55 06:10", (["8h", "0h", "0h", "0h", "0h"], [])),
            (night, "00:10、06:05", (["5.83h", "0h", "0h", "2.17h", "0h"], [])),
            (automatic, "08:36 18:45", (["8.9h", "0h", "0h", "6m", "1h"], [])),
            (flexible, "10:20 18:20", (["8h", "0h", "0h", "0h", "0h"], [])),
            (day, "8.30", "Type times such as 08:36 17:40, at most twenty."),
            (day, "08:60", "Type times such as 08:36 17:40, at most twenty."),
            (day, "08:30 " * 21, "Type times such as 08:36 17:40, at most twenty."),
        ):
            with self.subTest(text=text, shift=shift.name):
                self.assertEqual(self.tried(shift, text), expected)

    def test_what_is_typed_is_shown_before_it_is_saved(self):
        with Form(self.env["attendance.shift"]) as form:
            form.name = "Day"
            self.assertRegex(form.preview["error"], "Day.* at least one timetable")
            with form.timetable_ids.new() as line:
                line.start_time = 9
                line.end_time = 18
            self.assertEqual(form.preview["drawing"]["pieces"][0]["span"], [540, 1080])
            with form.break_ids.new() as line:
                line.start_time = 12
                line.end_time = 19
            self.assertRegex(form.preview["error"], "12:00 - 19:00.*in none")
            with form.break_ids.edit(0) as line:
                line.end_time = 13
            self.assertFalse(form.preview["error"])
            form.has_own_windows = True
            form.window_in_minutes = 1000
            self.assertRegex(form.preview["error"], "1000 minutes.*swallow")
            form.window_in_minutes = 30
            self.assertEqual(form.preview["drawing"]["window"][0], 510)

    def test_nonsense_from_outside_is_answered(self):
        shift = self.new_shift("D", (510, 1050))
        preview = shift.preview
        for change in (
            {"timetables": []},
            {"timetables": [{}]},
            {"punch_mode": "x", "has_own_punches": True},
            {"elastic_minutes": -1},
            {"breaks": None},
        ):
            with self.subTest(change):
                definition = {**preview["definition"], **change}
                answer = shift.try_punches(definition, preview["company"], "08:30")
                self.assertEqual(answer["error"], "The shift makes no sense yet.")

    def test_only_who_sees_shifts_of_the_company_tries(self):
        preview = self.new_shift("D", (510, 1050)).preview
        words = preview["definition"], preview["company"], "08:36 17:40"
        viewer = self.new_user("viewer")
        self.new_role({"shifts": "view"}, scope="all", user_ids=viewer)
        shifts = self.env["attendance.shift"].with_user(viewer)
        self.assertFalse(shifts.try_punches(*words)["error"])
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            shifts.try_punches(words[0], other.id, words[2])
        with self.assertRaises(AccessError):
            shifts.with_user(self.env.ref("base.public_user")).try_punches(*words)
