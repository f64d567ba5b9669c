from datetime import date

from odoo.exceptions import RedirectWarning, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..models.what_if import COMPARED
from .common import DayCommon

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-03-{day:02d}" for day in (9, 10, 11, 12))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestRecognition(DayCommon):
    """Punches decide which shift a day was (rule 10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late_shift = cls.new_shift("L14", (840, 1320))
        cls.day_shift.alternative_ids = cls.late_shift
        cls.roster(cls.person, cls.day_shift, "2026-03-02")

    def choose(self, shifts):
        self.day_shift.write(
            {"change_from": "2026-03-02", "alternative_ids": [Command.set(shifts.ids)]}
        )

    def judged(self, day, *times):
        """``(shift, figures)`` of a day with these punches."""
        if times:
            self.send("1001", *[f"{day} {time}:00" for time in times])
        row = self.compute(day)
        return row.shift_id, self.figures(day)[0]

    def test_the_shift_that_holds_the_punches(self):
        for day, times, shift, figures in (
            (MONDAY, ("08:30", "17:30"), self.day_shift, (540, 540, 0, 0, 0)),
            (TUESDAY, ("13:50", "22:05"), self.late_shift, (480, 480, 0, 0, 0)),
            (WEDNESDAY, (), self.day_shift, (540, 0, 0, 0, 540)),
        ):
            with self.subTest(day=day):
                self.assertEqual(self.judged(day, *times), (shift, figures))

    def test_without_a_choice_it_is_what_is_rostered(self):
        self.choose(self.env["attendance.shift"])
        shift, figures = self.judged(TUESDAY, "13:50", "22:05")
        self.assertEqual(shift, self.day_shift)
        self.assertNotEqual(figures, (480, 480, 0, 0, 0))

    def test_a_single_punch_that_fits_two_is_undecided(self):
        near = self.new_shift("B9", (550, 1080))
        self.choose(near)
        _rostered, figures = self.judged(MONDAY, "08:45")
        self.assertEqual(figures, (0, 0, 0, 0, 0))
        (row,) = self.compute(MONDAY).segment_ids
        self.assertEqual(row.kind, "undecided")
        (found,) = self.env["attendance.exception"].search(
            [("employee_id", "=", self.person.id), ("state", "=", "open")]
        )
        self.assertEqual(found.code, "shift_undecided")
        self.judged(MONDAY, "17:30")
        self.assertEqual(found.state, "withdrawn")

    def test_the_explanation_says_so(self):
        self.judged(TUESDAY, "13:50", "22:05")
        row = self.compute(TUESDAY)
        told = str(row.explain())
        self.assertIn("recognised by the punches", told)

    def test_the_version_of_the_shift_that_won(self):
        self.judged(TUESDAY, "13:50", "22:05")
        self.late_shift.write(
            {
                "change_from": "2026-03-11",
                "timetable_ids": [
                    Command.update(
                        self.late_shift.timetable_ids.id, {"start_minutes": 900}
                    )
                ],
            }
        )
        self.assertEqual(self.judged(TUESDAY), (self.late_shift, (480, 480, 0, 0, 0)))
        self.assertFalse(self.compute(TUESDAY).shift_since)
        self.judged(THURSDAY, "15:00", "22:00")
        row = self.compute(THURSDAY)
        self.assertEqual(row.shift_id, self.late_shift)
        self.assertEqual(row.shift_since, date(2026, 3, 11))
        self.assertEqual(row.due_minutes, 420)

    def test_a_choice_counts_from_its_date_on(self):
        """And is withdrawn with the change."""
        self.compute(MONDAY)
        other = self.new_shift("N22", (1200, 1380))
        self.day_shift.write(
            {"change_from": "2026-04-01", "alternative_ids": [Command.set(other.ids)]}
        )
        rules = self.day_shift._engine_rules(
            self.day_shift.ids,
            [date(2026, 3, 31), date(2026, 4, 1)],
            alternatives=True,
        )
        self.assertEqual(
            [found.alternatives for found in rules.values()],
            [(self.late_shift.id,), (other.id,)],
        )
        self.day_shift.action_withdraw_change()
        self.assertEqual(self.day_shift.alternative_ids, self.late_shift)

    def test_marks(self):
        """A change of either shift marks the days rostered on the one, no other."""
        standby = self.new_employee("Standby", "1002")
        self.roster(standby, self.night_shift, "2026-03-02")
        for day in (MONDAY, TUESDAY, WEDNESDAY):
            self.compute(day)
            self.compute(day, employee=standby)
        self.judged(TUESDAY, "13:50", "22:05")
        for change in (
            lambda: self.late_shift.timetable_ids.write({"end_minutes": 1310}),
            lambda: self.day_shift.timetable_ids.write({"end_minutes": 1040}),
            lambda: self.day_shift.write({"alternative_ids": [Command.clear()]}),
        ):
            self.clear_queue()
            with self.subTest(change=change):
                change_from = {"attendance_change_from": TUESDAY}
                self.late_shift = self.late_shift.with_context(**change_from)
                self.day_shift = self.day_shift.with_context(**change_from)
                change()
                self.assertEqual(self.queued(), [MONDAY, TUESDAY, WEDNESDAY])
                self.assertFalse(self.queued(standby))

    def test_what_if_of_an_alternative(self):
        self.judged(TUESDAY, "14:08", "22:00")
        asked = (
            self.env["attendance.what.if"]
            .with_company(self.company)
            .create(
                {
                    "change": "shift",
                    "shift_id": self.day_shift.id,
                    "other_shift_id": self.night_shift.id,
                    "date_from": TUESDAY,
                    "date_to": TUESDAY,
                }
            )
        )
        judged = asked.judge(self.person.ids)[self.person.id]
        worked = COMPARED.index("worked_minutes")
        self.assertEqual(judged["before"][worked], 472)
        self.assertEqual(judged["after"][worked], 0)

    def test_refusals(self):
        flexible = self.env["attendance.shift"].create(
            {
                "name": "Flex",
                "company_id": self.company.id,
                "is_flexible": True,
                "flexible_minutes": 480,
            }
        )
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.late_shift.copy({"company_id": other.id, "name": "Foreign"})
        for shifts, sentence in (
            (self.day_shift, "its own alternative"),
            (flexible, "flexible hours have no start"),
            (foreign, "different companies"),
        ):
            with (
                self.subTest(sentence),
                self.assertRaisesRegex(ValidationError, sentence),
                self.env.cr.savepoint(),
            ):
                self.day_shift.alternative_ids = shifts
        with (
            self.assertRaisesRegex(ValidationError, "at most 10"),
            self.env.cr.savepoint(),
        ):
            self.day_shift.alternative_ids = self.env["attendance.shift"].create(
                [
                    {
                        "name": f"S{hour}",
                        "company_id": self.company.id,
                        "timetable_ids": [
                            Command.create(
                                {
                                    "start_minutes": hour * 60,
                                    "end_minutes": hour * 60 + 120,
                                }
                            )
                        ],
                    }
                    for hour in range(11)
                ]
            )
        with (
            self.assertRaisesRegex(ValidationError, "flexible hours have no start"),
            self.env.cr.savepoint(),
        ):
            self.late_shift.write(
                {
                    "is_flexible": True,
                    "flexible_minutes": 480,
                    "timetable_ids": [Command.clear()],
                }
            )
        with (
            self.assertRaisesRegex(RedirectWarning, "in use"),
            self.env.cr.savepoint(),
        ):
            self.late_shift.unlink()
