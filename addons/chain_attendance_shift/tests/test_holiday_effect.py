from datetime import date, timedelta

from odoo.tests import BaseCase, freeze_time, tagged

from ..holiday_effect import Regime, differing_dates, what_changes
from .common import ShiftCommon

THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 10, n) for n in (1, 2, 3, 4))
HOLIDAY, MOVED, MAKE_UP = "public_holiday", "moved_rest_day", "make_up_workday"


@tagged("post_install", "-at_install")
class TestHolidayDecision(BaseCase):
    def test_what_changes(self):
        for name, before, after, expected in (
            ("a holiday on a workday", (None, 1), (HOLIDAY, 1), "becomes_free"),
            ("a moved rest day", (None, 1), (MOVED, 1), "becomes_free"),
            ("on a rest day", (None, 0), (HOLIDAY, 0), None),
            ("one kind for the other", (HOLIDAY, 1), (MOVED, 1), None),
            ("rest lifted", (None, 0), (MAKE_UP, 1), "becomes_workday"),
            ("a rotation rests", (None, 0), (MAKE_UP, 0), None),
            ("a workday made up", (None, 1), (MAKE_UP, 1), None),
            ("a holiday taken away", (HOLIDAY, 1), (None, 1), "becomes_workday"),
            ("a make-up taken away", (MAKE_UP, 1), (None, 0), "becomes_free"),
            ("works on holidays", (None, 2), (HOLIDAY, 2), "works_on_holiday"),
            ("and not any more", (HOLIDAY, 2), (None, 2), "becomes_workday"),
        ):
            with self.subTest(name):
                self.assertEqual(what_changes(before, after, {2}), expected)

    def test_dates_that_differ(self):
        kinds = {7: {FRIDAY: HOLIDAY, SUNDAY: MAKE_UP}, 8: {FRIDAY: HOLIDAY}}
        before = Regime({None: 7, 1: 8}, kinds)
        for after, dates in (
            (before, set()),
            (Regime({None: 8, 1: 8}, kinds), {SUNDAY}),
            (Regime({None: 7}, kinds), {SUNDAY}),
            (Regime({None: None, 1: 8}, kinds), {FRIDAY, SUNDAY}),
            (before._replace(kinds={**kinds, 8: {FRIDAY: MOVED}}), {FRIDAY}),
            (before._replace(kinds={**kinds, 9: {FRIDAY: MOVED}}), set()),
        ):
            self.assertEqual(differing_dates(before, after), dates)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-02 04:00:00")
class TestHolidayEffect(ShiftCommon):
    """Who lives by a calendar, and what that person works before and after."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("D9", (510, 1050))
        cls.always = cls.new_shift("A8", (540, 1020), works_on_holidays=True)
        cls.calendar, cls.north = cls.env["attendance.holiday.calendar"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("CN", "North")]
        )
        cls.company.attendance_holiday_calendar_id = cls.calendar
        cls.far = cls.new_store("N", holiday_calendar_id=cls.north.id)
        cls.ann = cls.new_employee("Ann")
        cls.roster(cls.ann, cls.day, "2026-09-01")

    def effect(self, **kinds):
        """``effect(d01=..)``: the calendar of the company with these days."""
        rosters = self.env["attendance.roster"]
        before = rosters._holiday_regime(self.company)
        days = {date(2026, 10, int(name[1:])): kind for name, kind in kinds.items()}
        after = before._replace(kinds={**before.kinds, self.calendar.id: days})
        dates = differing_dates(before, after)
        return rosters._holiday_effect(self.company, before, after, dates)

    def told(self, effect):
        people = self.env["hr.employee"]
        return {
            (people.browse(c.employee_id).name, c.date.day): c.what
            for c in effect.changes
        }

    def test_kinds_of_a_standing_roster(self):
        found = self.effect(d01=HOLIDAY, d02=MOVED, d03=HOLIDAY, d04=MAKE_UP)
        self.assertEqual(
            self.told(found),
            {
                ("Ann", 1): "becomes_free",
                ("Ann", 2): "becomes_free",
                ("Ann", 4): "becomes_workday",
            },
        )
        self.assertEqual(found.past_days, 1)
        (sunday,) = (change for change in found.changes if change.date == SUNDAY)
        self.assertEqual((sunday.shift_before, sunday.shift_after), (0, self.day.id))
        self.assertEqual(sunday.store_id, self.store.id)

    def test_a_make_up_day_moves_no_rotation_and_no_change_by_hand(self):
        bob, eve = self.new_employee("Bob"), self.new_employee("Eve")
        self.rotation({bob: 0}, "2026-10-01", "2026-10-04", [self.day, None])
        self.roster(eve, self.day, "2026-09-01")
        self.override(eve, "2026-10-04")
        found = self.effect(d03=MAKE_UP, d04=MAKE_UP)
        self.assertEqual(
            self.told(found),
            {("Ann", 3): "becomes_workday", ("Ann", 4): "becomes_workday",
             ("Eve", 3): "becomes_workday"},
        )  # fmt: skip

    def test_a_default_shift_is_lifted_and_a_loan_is_followed(self):
        self.far.default_shift_id = self.day
        self.new_employee("Nora", store_id=self.far.id)
        lent = self.new_employee("Leo")
        self.roster(lent, self.day, "2026-09-01")
        self.env["attendance.store.loan"].create(
            {"employee_id": lent.id, "store_id": self.far.id,
             "date_from": "2026-10-02", "date_to": "2026-10-02"}
        )  # fmt: skip
        self.store.default_shift_id = self.day
        self.new_employee("Dora")
        self.assertEqual(
            self.told(self.effect(d02=HOLIDAY, d04=MAKE_UP)),
            {
                ("Ann", 2): "becomes_free",
                ("Ann", 4): "becomes_workday",
                ("Dora", 2): "becomes_free",
                ("Dora", 4): "becomes_workday",
                ("Leo", 4): "becomes_workday",
            },
        )

    def test_who_is_not_employed_is_not_counted(self):
        self.ann.hire_date = "2026-10-02"
        found = self.effect(d01=HOLIDAY, d02=HOLIDAY)
        self.assertEqual(self.told(found), {("Ann", 2): "becomes_free"})
        self.assertEqual(found.past_days, 0)
        self.ann.active = False
        self.assertEqual(self.told(self.effect(d02=HOLIDAY)), {})

    def test_shifts_that_work_on_holidays(self):
        gus = self.new_employee("Gus")
        self.roster(gus, self.always, "2026-09-01")
        told = self.told(self.effect(d01=HOLIDAY))
        self.assertEqual(
            told, {("Ann", 1): "becomes_free", ("Gus", 1): "works_on_holiday"}
        )

    def test_queries_do_not_grow_with_people_or_dates(self):
        for number in range(40):
            self.roster(self.new_employee(f"P{number}"), self.day, "2026-09-01")
        days = [date(2026, 10, 1) + timedelta(days=n) for n in range(31)]
        kinds = {f"d{day.day:02}": MAKE_UP if day.day % 2 else HOLIDAY for day in days}
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            found = self.effect(**kinds)
        self.assertGreater(len(found.changes), 41 * 15)
