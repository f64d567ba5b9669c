from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DayCommon

MONDAY, TUESDAY = "2026-03-02", "2026-03-03"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-04 06:40:00")
class TestAttendanceCoveragePresent(DayCommon):
    """People needed against those who were there, two days later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, MONDAY)
        cls.env["attendance.coverage.need"].create(
            [
                {
                    "store_id": cls.store.id,
                    "weekday": str(weekday),
                    "start_minutes": 540,
                    "end_minutes": 1080,
                }
                for weekday in range(7)
            ]
        )

    def shown(self, day, user=None, **options):
        coverage = self.env["attendance.coverage"].with_user(user or self.env.user)
        found = coverage.get_coverage(
            [self.store.id], day, day, measure="present", **options
        )
        return found["stores"][0]["days"][0] if found["stores"] else None

    def hours(self, day, *hours, **options):
        slots = self.shown(day, **options)["slots"]
        return [(slots[hour][0], slots[hour][3]) for hour in hours]

    def work(self, day, *times, employee=None):
        code = (employee or self.person).terminal_user_code
        for time in times:
            self.send(code, f"{day} {time}")
        self.compute(day, employee=employee)

    def test_from_the_first_to_the_last_punch(self):
        self.work(MONDAY, "08:20:00", "12:01:00", "12:50:00", "16:20:00")
        self.assertEqual(
            self.hours(MONDAY, 8, 9, 12, 15, 16, 17, 18),
            [
                # Before the need: half of the hour nobody is there.
                (0, "empty"),
                (1, "met"),
                (1, "met"),
                (1, "met"),
                (0, "short"),
                (0, "short"),
                (0, "empty"),
            ],
        )
        # To the quarter: 16:20 is 16:15.
        self.assertEqual(self.shown(MONDAY)["short_minutes"], 105)

    def test_the_quarter_is_forgiven(self):
        self.work(MONDAY, "09:07:00", "17:53:00")
        self.assertEqual(self.shown(MONDAY)["short_minutes"], 0)
        self.work(TUESDAY, "09:08:00", "17:50:00")
        self.assertEqual(self.shown(TUESDAY)["short_minutes"], 30)

    def test_gaps_and_breaks_of_the_shift(self):
        split = self.new_shift("S8", (600, 840), (1020, 1260))
        self.roster(self.person, split, MONDAY)
        self.work(MONDAY, "09:55:00", "14:02:00", "16:55:00", "21:01:00")
        self.assertEqual(
            [there for there, _state in self.hours(MONDAY, 10, 14, 16, 17, 20, 21)],
            [1, 0, 0, 1, 1, 0],
        )

    def test_night(self):
        self.roster(self.person, self.night_shift, MONDAY)
        self.send("1001", f"{MONDAY} 21:55:00")
        self.work(MONDAY)
        self.send("1001", f"{TUESDAY} 06:03:00")
        self.work(MONDAY)
        self.assertEqual(self.hours(MONDAY, 21, 22, 23)[1:], [(1, "over")] * 2)
        self.assertEqual([n for n, _s in self.hours(TUESDAY, 0, 5, 6)], [1, 1, 0])

    def test_one_punch_only(self):
        self.work(MONDAY, "08:20:00")
        day = self.shown(MONDAY)
        self.assertEqual((day["slots"][10][0], day["unplaced"]), (0, 1))

    def test_today_and_later(self):
        today, tomorrow = "2026-03-04", "2026-03-05"
        self.work(today, "08:30:00")
        for day in (today, tomorrow):
            found = self.shown(day)
            self.assertFalse(found["is_known"])
            self.assertEqual(found["slots"][10], [0, 1, 0, "unknown"])
            self.assertEqual((found["short_minutes"], found["worst"]), (0, 0))

    def test_a_night_that_is_not_over(self):
        """Nobody is missing yet who has not clocked out yet."""
        self.roster(self.person, self.night_shift, MONDAY)
        with freeze_time(f"{MONDAY} 18:00:00"):
            self.work(MONDAY, "21:55:00")
            self.assertEqual(self.compute(MONDAY).state, "in_progress")
            self.assertEqual(self.shown(MONDAY)["unplaced"], 1)

    def test_where_the_person_was(self):
        """Of a loan the day is in the other store."""
        second = self.new_store("T2")
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": second.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
            }
        )
        self.work(MONDAY, "08:20:00", "17:40:00")
        self.assertEqual(self.hours(MONDAY, 10), [(0, "short")])
        found = self.env["attendance.coverage"].get_coverage(
            [second.id], MONDAY, MONDAY, measure="present"
        )
        self.assertEqual(found["stores"][0]["days"][0]["slots"][10][0], 1)

    def test_who_may_look(self):
        """Presence is of the area "Reports": the function and the scope of both."""
        self.work(MONDAY, "08:20:00", "17:40:00")
        coverage = self.env["attendance.coverage"]
        user = self.new_user("boss", employee=self.new_employee("Boss"))
        self.store.manager_id = user.employee_id
        self.new_role({"rosters": "view"}, scope="all", user_ids=user)
        asked = coverage.with_user(user)
        keys = [key for key, *_words in asked.get_options()["measures"]]
        self.assertEqual(keys, ["rostered"])
        self.assertIsNone(self.shown(MONDAY, user))
        with self.assertRaises(AccessError):
            asked.get_people(self.store.id, MONDAY, 600, 660, "present")
        self.new_role({"reports": "view"}, scope="own_stores", user_ids=user)
        keys = [key for key, *_words in asked.get_options()["measures"]]
        self.assertEqual(keys, ["rostered", "present"])
        self.assertEqual(self.hours(MONDAY, 10, user=user), [(1, "met")])
        found = coverage.with_user(user).get_people(
            self.store.id, MONDAY, 600, 660, "present"
        )
        self.assertEqual([one["name"] for one in found["people"]], ["Ann"])

    def test_who_was_there_by_name(self):
        self.work(MONDAY, "08:20:00", "17:40:00")
        found = self.env["attendance.coverage"].get_people(
            self.store.id, MONDAY, 600, 660, "present"
        )
        self.assertEqual(found["people"][0]["spans"], [(495, 1065)])
