from datetime import date

from odoo.tests import freeze_time, tagged

from .common import RequestCommon

MONDAY, TUESDAY, SUNDAY = "2026-07-06", "2026-07-07", "2026-07-12"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 04:00:00")
class TestLeaveInRosters(RequestCommon):
    """Leave speaks against a plan, and whoever is on leave does not work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leave = cls.env["hr.leave"].create(
            {
                "employee_id": cls.person.id,
                "holiday_status_id": cls.leave_type("day").id,
                "request_date_from": MONDAY,
                "request_date_to": MONDAY,
            }
        )

    def conflicts(self):
        first, last = date(2026, 7, 6), date(2026, 7, 7)
        plan = {(self.person.id, day): self.day_shift.id for day in (first, last)}
        return self.env["attendance.roster"]._conflicts(plan, first, last)

    def test_a_plan_is_warned(self):
        monday = self.person.id, date(2026, 7, 6)
        self.assertEqual(self.conflicts(), {monday: ["leave"]})
        self.leave.action_refuse()
        self.env.flush_all()
        self.assertEqual(self.conflicts(), {})

    def test_the_grid_marks_and_counts_it(self):
        shown = self.env["attendance.roster.grid"].get_grid(
            [("id", "=", self.person.id)], MONDAY, SUNDAY
        )
        marks = [cell[2] for cell in shown["rows"][0]["cells"]]
        self.assertEqual(marks[:2], [["leave"], []])
        self.assertEqual(shown["headcounts"]["working"][:2], [0, 1])
        self.assertEqual(shown["headcounts"]["away"][:2], [1, 0])
