from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_engine import RosterSource

from .common import DayCommon


def march(*numbers):
    return [f"2026-03-{n:02d}" for n in numbers]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 04:00:00")
class TestRotationMarks(DayCommon):
    """Which days dated rosters, changed days and departments have computed again."""

    def generate(self, first, last, *cycle, **values):
        return self.rotation({self.person: 0}, first, last, cycle, **values)

    def test_a_generation_marks_its_dates_and_their_neighbours(self):
        for first, last, marked in (
            ("2026-03-10", "2026-03-12", march(9, 10, 11, 12, 13)),
            ("2026-03-20", "2026-04-20", march(19, 20, 21)),
            ("2026-03-23", "2026-04-20", []),
        ):
            with self.subTest(first):
                self.clear_queue()
                rotation = self.generate(first, last, self.day_shift)
                self.assertEqual(self.queued(), marked)
                self.clear_queue()
                rotation.action_undo()
                self.assertEqual(self.queued(), marked)

    def test_undo_marks_what_comes_back(self):
        self.generate("2026-03-10", "2026-03-10", self.day_shift)
        again = self.generate("2026-03-10", "2026-03-10", self.night_shift)
        self.clear_queue()
        again.action_undo()
        self.assertEqual(self.queued(), march(9, 10, 11))
        (day,) = self.compute("2026-03-10")
        self.assertEqual(day.shift_id, self.day_shift)

    def test_who_leaves_a_rotation(self):
        rotation = self.generate("2026-03-10", "2026-03-10", self.day_shift)
        self.clear_queue()
        rotation.roster_ids.cycle_offset = 3
        self.assertEqual(self.queued(), march(9, 10, 11))
        self.clear_queue()
        rotation.unlink()
        self.assertEqual(self.queued(), march(9, 10, 11))

    def test_a_changed_day_marks_three(self):
        override = self.override(self.person, "2026-03-10", self.day_shift)
        self.assertEqual(self.queued(), march(9, 10, 11))
        self.clear_queue()
        override.reason = "Swapped"
        self.assertEqual(self.queued(), [])
        override.active = False
        self.assertEqual(self.queued(), march(9, 10, 11))
        self.clear_queue()
        override.active = True
        self.clear_queue()
        override.unlink()
        self.assertEqual(self.queued(), march(9, 10, 11))
        self.clear_queue()
        self.override(self.person, "2026-03-25", self.day_shift)
        self.assertEqual(self.queued(), [])

    def test_the_engine_is_told_which_roster_decided(self):
        self.generate("2026-03-09", "2026-03-11", self.day_shift, None)
        self.override(self.person, "2026-03-11", self.night_shift)
        pairs = [(self.person.id, date(2026, 3, n)) for n in (9, 10, 11)]
        inputs = self.env["attendance.day"]._prepare_engine_inputs(pairs)
        found = [inputs[pair].day_input.today for pair in pairs]
        self.assertEqual(
            [(day.source, day.is_rest) for day in found],
            [
                (RosterSource.DATED, False),
                (RosterSource.DATED, True),
                (RosterSource.OVERRIDE, False),
            ],
        )

    def test_a_timetable_marks_those_who_work_it_by_rotation_or_change(self):
        self.generate("2026-03-09", "2026-03-11", None, self.day_shift)
        self.override(self.person, "2026-03-16", self.night_shift)
        self.compute(*march(*range(8, 18)))
        self.clear_queue()
        self.change_end(self.day_shift, 1000)
        self.assertEqual(self.queued(), march(9, 10, 11))
        self.clear_queue()
        self.change_end(self.night_shift, 350)
        self.assertEqual(self.queued(), march(15, 16, 17))

    def change_end(self, shift, minutes):
        """Have the shift end so, from before anybody worked it."""
        shift = shift.with_context(attendance_change_from=date(2026, 3, 1))
        shift.timetable_ids.end_minutes = minutes

    def test_the_default_of_a_department_marks_its_days(self):
        department = self.env["hr.department"].create(
            {"name": "Shops", "company_id": self.company.id}
        )
        self.person.version_id.write(
            {"date_version": "2026-01-01", "department_id": department.id}
        )
        self.generate("2026-03-11", "2026-03-13", self.night_shift)
        self.compute(*march(9, 10, 11, 12, 13, 14))
        self.clear_queue()
        department.default_shift_id = self.day_shift
        # The 11th and the 13th are rostered, and cut against their neighbours.
        self.assertEqual(self.queued(), march(9, 10, 11, 13, 14, 20))
        (day,) = self.compute("2026-03-10")
        self.assertEqual(day.shift_id, self.day_shift)
        self.clear_queue()
        self.change_end(self.day_shift, 1000)
        self.assertEqual(self.queued(), march(9, 10, 11))
        self.store.default_shift_id = self.night_shift
        self.clear_queue()
        department.default_works_saturday = True
        self.assertEqual(self.queued(), [])

    def test_a_department_with_a_default_opens_today(self):
        nobody = self.new_employee("No code", is_punching=False)
        department = self.env["hr.department"].create(
            {"name": "Shops", "company_id": self.company.id}
        )
        nobody.department_id = department
        self.clear_queue()
        self.env["attendance.day"]._open_days()
        self.assertEqual(self.queued(nobody), [])
        department.default_shift_id = self.day_shift
        self.clear_queue()
        self.env["attendance.day"]._open_days()
        self.assertEqual(len(self.queued(nobody)), 1)

    def test_a_changed_day_is_part_of_the_history(self):
        self.override(self.person, "2026-03-10", self.day_shift)
        self.clear_queue()
        self.person.version_id.contract_date_start = "2026-03-12"
        self.assertIn("2026-03-10", self.queued())
