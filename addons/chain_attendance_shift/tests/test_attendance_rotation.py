from datetime import date, timedelta

from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.chain_attendance_engine import rotate

from .common import ShiftCommon

FIRST, LAST = "2013-10-01", "2013-10-31"


class RotationCommon(ShiftCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("D9", (510, 1050))
        cls.night = cls.new_shift("N8", (1320, 360))
        cls.ann = cls.new_employee("Ann")
        cls.bob = cls.new_employee("Bob")
        cls.cycle = [cls.day, cls.day, cls.day, None, None]

    def planned(self, *days, person=None, lifted=()):
        """``D9``, ``N8``, ``rest`` or ``None``, of each date."""
        person = person or self.ann
        dates = [date.fromisoformat(day) for day in days]
        found = self.env["attendance.roster"]._resolve(
            [person.id], dates, {(person.id, date.fromisoformat(day)) for day in lifted}
        )
        names = {self.day.id: "D9", self.night.id: "N8", 0: "rest"}
        plans = [found.get((person.id, day)) for day in dates]
        return [plan and names[plan.shift_id] for plan in plans]

    def rest_days(self, person=None):
        days = [f"2013-10-{n:02d}" for n in range(1, 32)]
        planned = self.planned(*days, person=person)
        return [n for n, plan in enumerate(planned, 1) if plan == "rest"]


@tagged("post_install", "-at_install")
@freeze_time("2013-09-20 04:00:00")
class TestAttendanceRotation(RotationCommon):
    """Dated rosters: the H cases, teams, precedence, undo, and who may what."""

    def test_h1_deleting_the_second_restores_the_first(self):
        self.roster(self.ann, self.day, "2013-07-01")
        second = self.roster(self.ann, self.night, "2013-07-15")
        self.assertEqual(self.planned("2013-07-12", "2013-07-15"), ["D9", "N8"])
        second.unlink()
        self.assertEqual(self.planned("2013-07-15"), ["D9"])

    def test_h2_a_cycle_of_five_as_in_figure_35(self):
        self.rotation({self.ann: 0}, FIRST, LAST, self.cycle)
        rest = self.rest_days()
        self.assertEqual([n for n in rest if n >= 24], [24, 25, 29, 30])
        self.assertEqual(rest, [4, 5, 9, 10, 14, 15, 19, 20, 24, 25, 29, 30])

    def test_h3_a_changed_day_stays_when_generated_again(self):
        first = self.rotation({self.ann: 0}, FIRST, LAST, self.cycle)
        self.override(self.ann, "2013-10-26")
        again = self.rotation({self.ann: 0}, FIRST, LAST, [self.night])
        self.assertEqual(
            self.planned("2013-10-25", "2013-10-26", "2013-10-27"),
            ["N8", "rest", "N8"],
        )
        self.assertFalse(first.active)
        self.assertEqual(first.replaced_by_id, again)

    def test_h4_after_the_last_date_the_standing_shift_is_back(self):
        self.roster(self.ann, self.night, "2013-01-01")
        self.rotation({self.ann: 0}, FIRST, LAST, [self.day])
        self.assertEqual(
            self.planned("2013-09-30", "2013-10-01", "2013-10-31", "2013-11-01"),
            ["N8", "D9", "D9", "N8"],
        )

    def test_teams_stand_at_different_days_of_the_cycle(self):
        team = {self.ann: 0, self.bob: 2}
        self.rotation(team, FIRST, LAST, self.cycle)
        start = date(2013, 10, 1)
        for person, offset in team.items():
            expected = [
                day.day
                for day, slot in rotate(
                    self.cycle,
                    start - timedelta(days=offset),
                    start,
                    date(2013, 10, 31),
                )
                if slot is None
            ]
            self.assertEqual(self.rest_days(person), expected)
        self.assertEqual(self.rest_days(self.bob)[:4], [2, 3, 7, 8])

    def test_the_order_of_the_four_levels(self):
        self.store.default_shift_id = self.day
        self.assertEqual(self.planned("2013-10-07"), ["D9"])
        self.roster(self.ann, self.night, "2013-10-01")
        self.assertEqual(self.planned("2013-10-07"), ["N8"])
        self.rotation({self.ann: 0}, FIRST, LAST, [self.day])
        self.assertEqual(self.planned("2013-10-07"), ["D9"])
        self.override(self.ann, "2013-10-07", self.night)
        self.assertEqual(self.planned("2013-10-07"), ["N8"])
        self.override(self.ann, "2013-10-07")
        self.assertEqual(self.planned("2013-10-07"), ["rest"])
        plan = self.env["attendance.roster"]._resolve(
            self.ann.ids, [date(2013, 10, 7), date(2013, 10, 8)]
        )
        self.assertEqual(
            [found.source for found in plan.values()], ["override", "dated"]
        )
        self.assertEqual(
            [found.decided_by[0] for found in plan.values()],
            ["attendance.roster.override", "attendance.roster"],
        )

    def test_the_department_fills_what_the_store_leaves(self):
        department = self.env["hr.department"].create(
            {"name": "Shops", "company_id": self.company.id}
        )
        self.ann.department_id = department
        department.default_shift_id = self.night
        self.assertEqual(self.planned("2013-10-07", "2013-10-06"), ["N8", "rest"])
        plan = self.env["attendance.roster"]._resolve(self.ann.ids, [date(2013, 10, 7)])
        (found,) = plan.values()
        self.assertEqual(found.decided_by, ("hr.department", department.id))
        self.store.default_shift_id = self.day
        self.assertEqual(self.planned("2013-10-07"), ["D9"])
        with self.assertRaisesRegex(ValidationError, "department “Shops”"):
            department.write(
                {
                    f"default_works_{name}": False
                    for name in ("monday", "tuesday", "wednesday", "thursday", "friday")
                }
            )

    def test_a_make_up_day_lifts_weekly_rest_only(self):
        self.roster(self.ann, self.day, "2013-09-01")
        sunday, rest = "2013-09-29", "2013-10-04"
        self.assertEqual(self.planned(sunday, lifted=[sunday]), ["D9"])
        self.rotation({self.ann: 0}, FIRST, LAST, self.cycle)
        self.assertEqual(self.planned(rest, lifted=[rest]), ["rest"])

    def test_generating_again_doubles_nothing(self):
        for _time in range(2):
            self.rotation({self.ann: 0, self.bob: 0}, FIRST, LAST, self.cycle)
        rotations = self.env["attendance.rotation"].search(
            [("roster_ids.employee_id", "=", self.ann.id)]
        )
        self.assertEqual(len(rotations), 1)
        self.assertEqual(len(rotations.roster_ids), 2)

    def test_a_generation_of_fewer_people_leaves_the_others_alone(self):
        both = self.rotation({self.ann: 0, self.bob: 0}, FIRST, LAST, [self.day])
        self.rotation({self.ann: 0}, FIRST, LAST, [self.night])
        self.assertTrue(both.active)
        self.assertEqual(self.planned("2013-10-02"), ["N8"])
        self.assertEqual(self.planned("2013-10-02", person=self.bob), ["D9"])

    def test_undo_is_one_step(self):
        first = self.rotation({self.ann: 0}, FIRST, LAST, [self.day])
        changed = self.override(self.ann, "2013-10-26")
        second = self.rotation(
            {self.ann: 0},
            FIRST,
            LAST,
            [self.night],
            keeps_overrides=False,
            tuned={(self.ann.id, date(2013, 10, 27)): 0},
        )
        days = "2013-10-25", "2013-10-26", "2013-10-27"
        self.assertEqual(self.planned(*days), ["N8", "N8", "rest"])
        self.assertFalse(changed.active)
        with self.assertRaisesRegex(UserError, "not in force any more"):
            first.action_undo()
        second.action_undo()
        self.assertEqual(self.planned(*days), ["D9", "rest", "D9"])
        self.assertTrue(first.active and changed.active)
        first.action_undo()
        self.assertEqual(self.planned(*days), [None, "rest", None])
        with self.assertRaisesRegex(UserError, "not in force any more"):
            first.action_undo()

    def test_a_changed_day_is_reset(self):
        self.rotation({self.ann: 0}, FIRST, LAST, [self.day])
        self.override(self.ann, "2013-10-26")
        self.override(self.ann, "2013-10-27")
        overrides = self.env["attendance.roster.override"]
        overrides._reset([(self.ann.id, date(2013, 10, 26))])
        self.assertEqual(self.planned("2013-10-26", "2013-10-27"), ["D9", "rest"])

    def test_what_is_refused(self):
        for first, last, cycle, words in (
            (LAST, FIRST, [self.day], "lies before the first"),
            ("1013-10-01", LAST, [self.day], "too long"),
            (FIRST, LAST, [], "1 to 366 days; this one has 0"),
            (FIRST, LAST, [None] * 367, "this one has 367"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self.rotation({self.ann: 0}, first, last, cycle)
        with self.assertRaisesRegex(ValidationError, "before 2000-01-01"):
            self.override(self.ann, "1999-12-31")
        rotation = self.rotation({self.ann: 0}, FIRST, LAST, [self.day])
        with self.assertRaisesRegex(UserError, "generate it again"):
            self.env["attendance.rotation.slot"].create(
                {"rotation_id": rotation.id, "number": 2}
            )

    def test_the_form_makes_a_rotation(self):
        with Form(self.env["attendance.rotation"]) as form:
            form.date_from, form.date_to = FIRST, LAST
            for shift in (self.day, self.env["attendance.shift"]):
                with form.slot_ids.new() as slot:
                    slot.shift_id = shift
            with form.roster_ids.new() as line:
                line.employee_id = self.ann
                line.cycle_offset = 1
        rotation = form.record
        self.assertEqual(rotation.slot_ids.mapped("number"), [1, 2])
        self.assertEqual(rotation.roster_ids.kind, "dated")
        self.assertEqual(self.planned(FIRST, "2013-10-02"), ["rest", "D9"])

    def test_a_shift_in_use_is_not_deleted(self):
        self.rotation({self.ann: 0}, FIRST, LAST, [self.day])
        self.override(self.ann, FIRST, self.night)
        for shift in self.day, self.night:
            with self.assertRaises(RedirectWarning), self.cr.savepoint():
                shift.unlink()

    def test_a_shift_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        shift = self.new_shift("Theirs", (510, 1050), company_id=other.id)
        with self.assertRaises(UserError):
            self.rotation({self.ann: 0}, FIRST, LAST, [shift])
        with self.assertRaises(UserError):
            self.override(self.ann, FIRST, shift)


@tagged("post_install", "-at_install")
@freeze_time("2013-09-20 04:00:00")
class TestRotationAccess(RotationCommon):
    """A manager plans the own people, and undoes only what holds nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        boss = cls.new_employee("Boss")
        cls.store.manager_id = boss
        cls.user = cls.new_user(
            "boss", "chain_attendance_base.group_store_manager", employee=boss
        )
        cls.far = cls.new_employee("Far", store_id=cls.new_store("T2").id)

    def test_a_manager_generates_and_undoes_for_the_own_people(self):
        mine = self.rotation({self.ann: 0}, FIRST, LAST, [self.day], self.user)
        self.assertEqual(self.planned(FIRST), ["D9"])
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.rotation({self.far: 0}, FIRST, LAST, [self.day], self.user)
        mine.action_undo()
        self.assertEqual(self.planned(FIRST), [None])

    def test_what_holds_somebody_else_is_left_alone(self):
        theirs = self.rotation({self.ann: 0, self.far: 0}, FIRST, LAST, [self.day])
        theirs = theirs.with_user(self.user)
        seen = self.env["attendance.roster"].with_user(self.user)
        seen = seen.search([("rotation_id", "=", theirs.id)])
        self.assertEqual(seen.employee_id, self.ann)
        for change in (
            theirs.action_undo,
            theirs.unlink,
            lambda: theirs.write({"name": "X"}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                change()
        mine = self.rotation({self.ann: 0}, FIRST, LAST, [self.night], self.user)
        with self.assertRaisesRegex(UserError, "generate it again"):
            mine.write({"date_to": "2013-12-31"})

    def test_days_of_somebody_else_are_not_changed(self):
        overrides = self.env["attendance.roster.override"].with_user(self.user)
        day = date(2013, 10, 1)
        mine = overrides._set({(self.ann.id, day): 0})
        self.assertEqual(mine.create_uid, self.user)
        with self.assertRaises(AccessError), self.cr.savepoint():
            overrides._set({(self.far.id, day): 0})
        theirs = self.override(self.far, FIRST)
        with self.assertRaises(AccessError), self.cr.savepoint():
            overrides._reset([(self.far.id, day)])
        self.assertTrue(theirs.active)
        with self.assertRaisesRegex(UserError, "not rewritten"):
            mine.write({"shift_id": self.day.id})
        mine.write({"reason": "Swapped"})
