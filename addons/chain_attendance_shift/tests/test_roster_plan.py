from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, Form, freeze_time, tagged

from ..conflicts import tiring_days
from .test_attendance_rotation import FIRST, LAST, RotationCommon

NINE = [(510, 1050)]
LATE = [(840, 1380)]
NIGHT = [(1320, 1800)]


@tagged("post_install", "-at_install")
class TestTiringDays(BaseCase):
    """Rest under eleven hours, and more than six days on end."""

    def tiring(self, *spans):
        """By number of the day, of the spans from the 1st on."""
        worked = {date(2026, 3, n): s for n, s in enumerate(spans, 1) if s}
        return {day.day: codes for day, codes in tiring_days(worked).items()}

    def test_rest_between_two_days(self):
        for name, spans, expected in (
            ("a day after a day", (NINE, NINE), {}),
            ("a day after a late one, 9.5 h", (LATE, NINE), {2: ["short_rest"]}),
            ("a night, then the day it ends", (NIGHT, NINE), {2: ["short_rest"]}),
            ("a night, a day off, a day", (NIGHT, None, NINE), {}),
            ("eleven hours", ([(600, 1170)], [(390, 900)]), {}),
            ("a minute less", ([(600, 1171)], [(390, 900)]), {2: ["short_rest"]}),
            ("a night that overlaps", ([(1320, 2040)], NINE), {2: ["short_rest"]}),
        ):
            with self.subTest(name):
                self.assertEqual(self.tiring(*spans), expected)

    def test_days_on_end(self):
        self.assertEqual(self.tiring(*[NINE] * 6), {})
        self.assertEqual(self.tiring(*[NINE] * 8), {7: ["long_run"], 8: ["long_run"]})
        self.assertEqual(self.tiring(*[NINE] * 6, None, *[NINE] * 6), {})


@tagged("post_install", "-at_install")
@freeze_time("2013-09-20 04:00:00")
class TestRosterPlan(RotationCommon):
    """Planning from a date, and over a date range in four steps."""

    def four_steps(self, *people, **values):
        plan = self.env["attendance.rotation.plan"].create(
            {
                "person_ids": [(0, 0, {"employee_id": p.id}) for p in people],
                "date_from": FIRST,
                "date_to": LAST,
                "cycle_days": 5,
                **values,
            }
        )
        plan.action_next()
        plan.action_next()
        for slot, shift in zip(plan.slot_ids, self.cycle, strict=True):
            slot.shift_id = shift
        plan.action_next()
        return plan

    def said(self, plan):
        return {day.date.day: day.conflicts for day in plan.day_ids if day.conflicts}

    def test_from_a_date(self):
        plan = self.env["attendance.roster.plan"].create(
            {
                "employee_ids": (self.ann | self.bob).ids,
                "shift_id": self.day.id,
                "date_from": FIRST,
                "works_saturday": True,
            }
        )
        plan.action_plan()
        self.assertEqual(
            self.planned("2013-09-30", FIRST, "2013-10-05", "2013-10-06"),
            [None, "D9", "D9", "rest"],
        )
        plan.shift_id = self.night
        plan.action_plan()
        rosters = self.env["attendance.roster"].search(
            [("employee_id", "in", (self.ann | self.bob).ids)]
        )
        self.assertEqual(len(rosters), 2)
        self.assertEqual(self.planned(FIRST), ["N8"])

    def test_the_roster_grid_stays_where_a_plan_was_begun_there(self):
        closed = {"type": "ir.actions.act_window_close"}
        plan = self.env["attendance.roster.plan"].create(
            {"employee_ids": self.ann.ids, "shift_id": self.day.id}
        )
        self.assertEqual(plan.action_plan()["target"], "main")
        plan = plan.with_context(is_roster_grid=True)
        self.assertEqual(plan.action_plan(), closed)
        plan = self.four_steps(self.ann)
        self.assertEqual(
            plan.with_context(is_roster_grid=True).action_generate(), closed
        )

    def test_people_are_found_by_what_is_known_of_them(self):
        job = self.env["hr.job"].create({"name": "Guard"})
        department = self.env["hr.department"].create(
            {"name": "Shops", "company_id": self.company.id}
        )
        below = department.create({"name": "One", "parent_id": department.id})
        self.ann.write({"employee_number": "X0001", "job_id": job.id})
        self.bob.write({"department_id": below.id})
        far = self.new_employee("Zoe Far", store_id=self.new_store("T9").id)
        for values, expected in (
            ({"find_text": "X0001"}, self.ann),
            ({"find_text": "X0001, Zoe"}, self.ann | far),
            ({"find_text": "X0001，Zoe"}, self.ann | far),
            ({"find_department_id": department.id}, self.bob),
            ({"find_store_id": far.store_id.id}, far),
            ({"find_job_id": job.id}, self.ann),
        ):
            with self.subTest(values):
                plan = self.env["attendance.roster.plan"].create(
                    {"shift_id": self.day.id, **values}
                )
                plan.action_find()
                self.assertEqual(plan.employee_ids, expected)
                self.assertFalse(plan.find_text)
        with self.assertRaisesRegex(UserError, "Give a number"):
            plan.action_find()
        plan.find_text = "Nobody of that name"
        with self.assertRaisesRegex(UserError, "Nobody fits"):
            plan.action_find()
        with self.assertRaisesRegex(UserError, "Choose the people"):
            plan.create({"shift_id": self.day.id}).action_plan()
        with self.assertRaisesRegex(UserError, "Choose the shift"):
            plan.create({"employee_ids": self.ann.ids}).action_plan()

    def test_the_four_steps_of_the_manual(self):
        plan = self.four_steps(self.ann)
        self.assertEqual(plan.step, "days")
        self.assertEqual(len(plan.day_ids), 31)
        rest = [day.date.day for day in plan.day_ids if not day.shift_id]
        self.assertEqual(rest[-4:], [24, 25, 29, 30])
        self.assertIn("Ann", plan.preview)
        self.assertEqual(self.planned(FIRST), [None], "nothing is written yet")
        plan.day_ids.filtered(lambda d: d.date.day == 26).shift_id = False
        plan.action_check()
        plan.action_generate()
        self.assertEqual(self.rest_days()[-5:], [24, 25, 26, 29, 30])
        rotation = self.env["attendance.rotation"].search(
            [("roster_ids.employee_id", "=", self.ann.id)]
        )
        self.assertEqual((rotation.cycle_days, len(rotation.roster_ids)), (5, 1))
        rotation.action_undo()
        self.assertEqual(self.planned(FIRST, "2013-10-26"), [None, None])

    def test_what_is_shown_is_what_is_resolved(self):
        self.override(self.ann, "2013-10-01")
        self.override(self.bob, "2013-10-04", self.night)
        for keeps in True, False:
            plan = self.four_steps(self.ann, self.bob, keeps_overrides=keeps)
            plan.person_ids[1].cycle_offset = 2
            plan.action_check()
            shown = {
                (day.employee_id.id, day.date): day.shift_id.id or 0
                for day in plan.day_ids
            }
            plan.action_generate()
            found = self.env["attendance.roster"]._resolve(
                (self.ann | self.bob).ids, {day for _person, day in shown}
            )
            self.assertEqual(
                shown, {pair: plan.shift_id for pair, plan in found.items()}
            )

    def test_generating_again_from_a_rotation(self):
        first = self.rotation({self.ann: 3}, FIRST, LAST, self.cycle)
        self.override(self.ann, "2013-10-26")
        plans = self.env["attendance.rotation.plan"]
        with Form(plans.with_context(default_replaces_id=first.id)) as form:
            self.assertEqual(form.cycle_days, 5)
        plan = form.record
        self.assertEqual(plan.person_ids.cycle_offset, 3)
        for _step in range(3):
            plan.action_next()
        self.assertFalse(plan.day_ids.filtered(lambda day: day.date.day == 26).shift_id)
        plan.action_generate()
        self.assertFalse(first.active)
        self.assertEqual(self.planned("2013-10-26"), ["rest"])

    def test_conflicts_are_said_in_words(self):
        self.ann.hire_date = "2013-10-02"
        calendar = self.env["attendance.holiday.calendar"].create(
            {
                "name": "Holidays",
                "company_id": self.company.id,
                "holiday_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Day",
                            "date": "2013-10-07",
                            "day_kind": "public_holiday",
                        },
                    )
                ],
            }
        )
        self.store.holiday_calendar_id = calendar
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.ann.id,
                "store_id": self.new_store("T2").id,
                "date_from": "2013-10-11",
                "date_to": "2013-10-14",
            }
        )
        plan = self.four_steps(self.ann)
        self.assertEqual(
            self.said(plan),
            {
                1: "Not employed",
                7: "Holiday",
                11: "Works in another store",
                12: "Works in another store",
                13: "Works in another store",
            },
        )
        self.assertEqual(plan.conflict_count, 5)
        for day in plan.day_ids.filtered(lambda d: d.date.day in (17, 19, 20)):
            day.shift_id = self.night if day.date.day == 17 else self.day
        plan.action_check()
        said = self.said(plan)
        self.assertEqual(said[18], "Rest under 11 h")
        self.assertEqual(said[22], "More than 6 days on end")
        self.assertEqual(said[23], "More than 6 days on end")

    def test_what_lies_before_the_range_counts(self):
        self.roster(self.ann, self.night, "2013-09-25", works_saturday=True)
        plan = self.four_steps(self.ann)
        self.assertEqual(self.said(plan)[1], "Rest under 11 h")

    def test_each_step_asks_for_what_it_needs(self):
        plans = self.env["attendance.rotation.plan"]
        plan = plans.create({})
        with self.assertRaisesRegex(UserError, "Choose the people"):
            plan.action_next()
        plan.person_ids = [(0, 0, {"employee_id": self.ann.id})]
        plan.action_next()
        for values, words in (
            ({"date_to": False}, "Give a first date"),
            ({"date_from": LAST, "date_to": FIRST}, "Give a first date"),
            ({"date_from": FIRST, "date_to": "2014-10-02"}, "at most 366"),
            ({"date_to": LAST, "cycle_days": 0}, "1 to 366"),
        ):
            plan.write(values)
            with self.assertRaisesRegex(UserError, words):
                plan.action_next()
        plan.cycle_days = 3
        plan.action_next()
        plan.action_back()
        plan.cycle_days = 2
        plan.action_next()
        self.assertEqual(plan.slot_ids.mapped("number"), [1, 2])
        other = self.new_employee(
            "Other", company_id=self.env["res.company"].create({"name": "O"}).id
        )
        twice = plans.create({"person_ids": [(0, 0, {"employee_id": self.ann.id})] * 2})
        with self.assertRaisesRegex(UserError, "listed twice"):
            twice.action_next()
        both = plans.create(
            {
                "person_ids": [
                    (0, 0, {"employee_id": person.id}) for person in self.ann | other
                ]
            }
        )
        with self.assertRaisesRegex(UserError, "one company"):
            both.action_next()

    def test_a_manager_plans_the_own_people_only(self):
        boss = self.new_employee("Boss")
        self.store.manager_id = boss
        user = self.new_user(
            "boss", "chain_attendance_base.group_store_manager", employee=boss
        )
        far = self.new_employee("Far", store_id=self.new_store("T2").id)
        plans = self.env["attendance.rotation.plan"].with_user(user)
        plan = plans.create({"find_text": "Ann, Far"})
        plan.action_find()
        self.assertEqual(plan.person_ids.employee_id, self.ann)
        plan.person_ids = [(0, 0, {"employee_id": far.id})]
        with self.assertRaisesRegex(AccessError, "not yours to plan"):
            plan.action_next()
        other = self.new_user("other", "chain_attendance_base.group_store_manager")
        with self.assertRaises(AccessError):
            plan.with_user(other).read(["date_from"])

    def test_many_dates_are_listed_where_something_speaks_against_them(self):
        people = self.env["hr.employee"].create(
            [{"name": f"P{n}", "company_id": self.company.id} for n in range(60)]
        )
        plan = self.four_steps(*people)
        self.assertTrue(plan.lists_conflicts_only)
        self.assertFalse(plan.day_ids)
        self.assertIn("And 10 more people", plan.preview)
