from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestDayVersions(DayCommon):
    """A day says which version of its shift and which policy it was judged by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.days = [f"2026-03-{day:02d}" for day in (10, 11, 12, 13)]
        for day in cls.days:
            cls.send("1001", f"{day} 08:50:00", f"{day} 17:31:00")

    def change_shift(self, since):
        self.day_shift.write(
            {
                "change_from": since,
                "timetable_ids": [
                    Command.update(
                        self.day_shift.timetable_ids.id, {"start_minutes": 540}
                    )
                ],
            }
        )

    def since(self):
        return [str(row.shift_since or "") for row in self.compute(*self.days)]

    def test_the_version_of_the_shift(self):
        self.assertEqual(self.since(), [""] * 4)
        self.change_shift("2026-03-12")
        self.assertEqual(self.since(), ["", "", "2026-03-12", "2026-03-12"])

    def test_a_day_of_rest_has_no_version(self):
        self.compute(*self.days)
        self.change_shift("2026-03-12")
        self.env["attendance.roster.override"]._set(
            {(self.person.id, date(2026, 3, 13)): 0}
        )
        self.assertEqual(self.since(), ["", "", "2026-03-12", ""])

    def test_another_policy_writes_the_day_again(self):
        before = self.company.attendance_policy_id
        self.assertEqual(self.compute(*self.days).policy_id, before)
        after = before.copy()
        self.company.attendance_policy_id = after
        self.assertEqual(self.compute(*self.days).policy_id, after)
        pairs = [(self.person.id, date.fromisoformat(day)) for day in self.days]
        self.assertEqual(self.env["attendance.day"]._recompute(pairs), 0)
