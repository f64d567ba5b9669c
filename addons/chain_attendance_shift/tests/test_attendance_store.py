from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..models.attendance_roster import WEEKDAYS
from .common import ShiftCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceStore(ShiftCommon):
    """The default shift of a store, for dates without a roster."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("Day", (510, 1050))
        cls.night = cls.new_shift("Night", (1320, 360))
        cls.other = cls.new_store("T002")
        cls.store.default_shift_id = cls.day
        cls.person = cls.new_employee("Ann")
        cls.person.version_id.date_version = "2026-01-01"

    def planned(self, *days, lifted=()):
        """``shift id`` (0 on rest, ``None`` without a plan) and its source."""
        dates = [date.fromisoformat(day) for day in days]
        found = self.env["attendance.roster"]._resolve(
            [self.person.id], dates, {(self.person.id, day) for day in lifted}
        )
        plans = [found.get((self.person.id, day)) for day in dates]
        return [plan and (plan.shift_id, plan.source) for plan in plans]

    def test_a_standing_roster_goes_before_the_default(self):
        roster = self.roster(self.person, self.night, "2026-07-08")
        self.assertEqual(
            self.planned("2026-07-07", "2026-07-08", "2026-07-11"),
            [
                (self.day.id, "default"),
                (self.night.id, "standing"),
                (0, "standing"),  # its rest day; the default does not fill it
            ],
        )
        found = self.env["attendance.roster"]._resolve(
            [self.person.id], [date(2026, 7, 7), date(2026, 7, 8)]
        )
        self.assertEqual(
            found[self.person.id, date(2026, 7, 7)].source_id, self.store.id
        )
        self.assertEqual(found[self.person.id, date(2026, 7, 8)].source_id, roster.id)

    def test_without_a_default_or_a_store_nothing_is_planned(self):
        self.store.default_shift_id = False
        self.assertEqual(self.planned("2026-07-07"), [None])
        self.store.default_shift_id = self.day
        self.person.store_id = False
        self.assertEqual(self.planned("2026-07-07"), [None])

    def test_rest_days_of_the_pattern(self):
        week = [f"2026-07-{n:02d}" for n in range(6, 13)]  # Monday to Sunday
        work, rest = (self.day.id, "default"), (0, "default")
        self.assertEqual(self.planned(*week), [work] * 5 + [rest] * 2)
        self.store.write({"default_works_sunday": True, "default_works_monday": False})
        self.assertEqual(self.planned(*week), [rest] + [work] * 4 + [rest, work])

    def test_a_make_up_workday_lifts_the_rest_of_the_pattern(self):
        saturday = date(2026, 7, 11)
        self.assertEqual(
            self.planned("2026-07-11", "2026-07-12", lifted=[saturday]),
            [(self.day.id, "default"), (0, "default")],
        )

    def test_a_transfer_takes_the_default_of_the_store_of_the_date(self):
        self.other.default_shift_id = self.night
        self.person.create_version(
            {"date_version": "2026-07-15", "store_id": self.other.id}
        )
        self.assertEqual(
            self.planned("2026-07-14", "2026-07-15"),
            [(self.day.id, "default"), (self.night.id, "default")],
        )
        # Before the first version the first one holds.
        self.assertEqual(self.planned("2020-01-01"), [(self.day.id, "default")])

    def test_a_loan_takes_the_default_of_the_store_lent_to(self):
        self.other.default_shift_id = self.night
        loan = self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": self.other.id,
                "date_from": "2026-07-07",
                "date_to": "2026-07-08",
            }
        )
        days = ("2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09")
        own, lent = (self.day.id, "default"), (self.night.id, "default")
        self.assertEqual(self.planned(*days), [own, lent, lent, own])
        # Where the store lent to has no default, the own one does not follow.
        self.other.default_shift_id = False
        self.assertEqual(self.planned(*days), [own, None, None, own])
        loan.unlink()
        self.assertEqual(self.planned(*days), [own] * 4)

    def test_queries_do_not_grow_with_people_and_dates(self):
        def resolve(people, count):
            dates = [date(2026, 7, 1) + timedelta(days=n) for n in range(count)]
            self.env.flush_all()
            self.env.invalidate_all()
            return self.env["attendance.roster"]._resolve(people.ids, dates)

        people = self.env["hr.employee"].create(
            [
                {
                    "name": f"P{n}",
                    "company_id": self.company.id,
                    "store_id": (self.store, self.other)[n % 2].id,
                }
                for n in range(40)
            ]
        )
        self.other.default_shift_id = self.night
        for chosen, count in ((people[0], 1), (people, 31)):
            with self.subTest(people=len(chosen)), self.assertQueryCount(6):
                found = resolve(chosen, count)
            self.assertEqual(len(found), len(chosen) * count)

    def test_a_week_without_work_is_refused(self):
        nothing = {f"default_works_{name}": False for name in WEEKDAYS}
        with self.assertRaisesRegex(ValidationError, "Store T001.*no working day"):
            self.store.write(nothing)
        self.other.write(nothing)  # no default shift, so the pattern means nothing
        with self.assertRaises(ValidationError):
            self.other.default_shift_id = self.day

    def test_a_shift_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        shift = self.new_shift("Theirs", (510, 1050), company_id=other.id)
        with self.assertRaises(UserError):
            self.store.default_shift_id = shift

    def test_the_form_shows_the_pattern_once_a_shift_is_chosen(self):
        with Form(self.other) as form:
            with self.assertRaisesRegex(AssertionError, "invisible"):
                form.default_works_saturday = True
            form.default_shift_id = self.night
            form.default_works_saturday = True
        self.assertEqual(
            self.other._default_weekdays(), [True, True, True, True, True, True, False]
        )

    def test_who_may_not_edit_stores_sets_no_default(self):
        boss = self.new_employee("Boss")
        user = self.new_user(
            "boss", "chain_attendance_base.group_store_manager", employee=boss
        )
        self.store.manager_id = boss
        with self.assertRaises(AccessError):
            self.store.with_user(user).default_shift_id = self.night
        self.new_role({"organisation": "edit"}, scope="own_stores", user_ids=user)
        self.store.with_user(user).default_shift_id = self.night
        self.assertEqual(self.store.default_shift_id, self.night)
        with self.assertRaises(AccessError):
            self.other.with_user(user).default_shift_id = self.night
