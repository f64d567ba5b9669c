from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import ShiftCommon


class HolidayCommon(ShiftCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendars = cls.env["attendance.holiday.calendar"]
        cls.calendar = cls.calendars.create(
            {"name": "CN", "company_id": cls.company.id, "is_company_default": True}
        )
        cls.day = cls.new_shift("D9", (510, 1050))
        cls.ann = cls.new_employee("Ann")
        cls.roster(cls.ann, cls.day, "2026-01-01")
        cls.years = cls.env["attendance.holiday.year"]

    def wizard(self, user=None, **values):
        """A wizard whose days are listed."""
        values = {
            "calendar_id": self.calendar.id,
            "year": 2026,
            "country_id": self.env.ref("base.cn").id,
            **values,
        }
        wizard = self.years.with_user(user or self.env.user).create(values)
        wizard.action_next()
        return wizard

    def apply(self, wizard):
        wizard.action_next()
        return wizard.action_apply()

    def line(self, wizard, day):
        return wizard.line_ids.filtered(lambda line: str(line.date) == day)

    def stored(self, calendar=None, lang="en_US"):
        days = (calendar or self.calendar).holiday_ids.with_context(lang=lang)
        return {str(day.date): (day.name, day.day_kind) for day in days}


@tagged("post_install", "-at_install")
@freeze_time("2026-09-15 04:00:00")
class TestHolidayYear(HolidayCommon):
    """From a source over the rows and the effect to the calendar."""

    def test_a_year_of_china_into_an_empty_calendar(self):
        wizard = self.wizard()
        self.assertEqual((wizard.step, len(wizard.line_ids)), ("rows", 28))
        self.assertFalse(wizard.lacks_moved_days)
        self.assertEqual(set(wizard.line_ids.mapped("state")), {"new"})
        self.assertFalse(any(wizard.line_ids.mapped("hint")))
        self.assertFalse(self.stored())
        wizard.action_next()
        self.assertEqual((wizard.step, wizard.new_count), ("effect", 28))
        self.assertFalse(self.stored())
        # Of 22 holidays and moved rest days 19 are on a weekday, of six Saturdays and
        # Sundays made up all are free before; the first nine months are past.
        self.assertIn("<td>[T001] Store T001</td>", wizard.effect)
        for number in (1, 19, 6):
            self.assertIn(f'<td class="text-end">{number}</td>', wizard.effect)
        self.assertIn("results are computed anew", wizard.effect)
        action = wizard.action_apply()
        self.assertEqual(action["res_id"], self.calendar.id)
        stored = self.stored()
        self.assertEqual(len(stored), 28)
        self.assertEqual(stored["2026-10-01"], ("National Day", "public_holiday"))
        self.assertEqual(
            stored["2026-10-06"], ("National Day: moved rest day", "moved_rest_day")
        )
        self.assertEqual(
            stored["2026-10-10"], ("National Day: make-up workday", "make_up_workday")
        )

    def test_names_are_written_in_each_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        wizard = self.wizard()
        self.line(wizard, "2026-10-02").name = "Our Day"
        self.apply(wizard)
        chinese = self.stored(lang="zh_CN")
        self.assertEqual(chinese["2026-10-01"], ("国庆节", "public_holiday"))
        self.assertEqual(chinese["2026-10-02"][0], "Our Day")
        self.assertEqual(self.stored()["2026-10-01"][0], "National Day")

    def test_only_differences_are_written(self):
        self.apply(self.wizard())
        kept = self.calendar.holiday_ids
        wizard = self.wizard()
        self.assertEqual(set(wizard.line_ids.mapped("state")), {"same"})
        self.line(wizard, "2026-10-06").day_kind = "public_holiday"
        self.line(wizard, "2026-10-07").is_taken = False
        self.line(wizard, "2026-10-10").unlink()
        wizard.line_ids = [(0, 0, {"date": "2026-11-11", "name": "Anniversary"})]
        self.assertEqual(
            [self.line(wizard, f"2026-{day}").state for day in
             ("10-06", "10-07", "11-11")],
            ["changed", "removed", "new"],
        )  # fmt: skip
        wizard.action_next()
        self.assertEqual(
            (wizard.new_count, wizard.changed_count, wizard.removed_count), (1, 1, 2)
        )
        self.assertIn("Anniversary", wizard.line_ids.mapped("name"))
        wizard.action_apply()
        stored = self.stored()
        self.assertEqual(stored["2026-10-06"][1], "public_holiday")
        self.assertEqual(stored["2026-11-11"], ("Anniversary", "public_holiday"))
        self.assertFalse({"2026-10-07", "2026-10-10"} & stored.keys())
        self.assertEqual(len(kept.exists()), 26)

    def test_what_only_the_calendar_has_is_shown_as_removed(self):
        self.calendar.holiday_ids = [
            (0, 0, {"name": "Anniversary", "date": "2026-11-11"}),
            (0, 0, {"name": "Other year", "date": "2025-11-11"}),
        ]
        wizard = self.wizard()
        self.assertEqual(self.line(wizard, "2026-11-11").state, "removed")
        self.line(wizard, "2026-11-11").is_taken = True
        self.apply(wizard)
        self.assertEqual(len(self.stored()), 30)

    def test_other_sources(self):
        self.calendar.holiday_ids = [
            (0, 0, {"name": "Founding", "date": "2025-03-03"}),
            (0, 0, {"name": "Leap", "date": "2024-02-29"}),
            (0, 0, {"name": "Moved", "date": "2025-03-04",
                    "day_kind": "moved_rest_day"}),
            (0, 0, {"name": "Now", "date": "2026-05-05"}),
        ]  # fmt: skip
        other = self.calendars.create({"name": "New", "company_id": self.company.id})
        for values, expected in (
            ({"source": "stored"}, {("2026-05-05", "Now", "same")}),
            (
                {"source": "last_year"},
                {("2026-03-03", "Founding", "new"), ("2026-05-05", "Now", "removed")},
            ),
            ({"source": "last_year", "year": 2025}, {
                ("2025-03-03", "Founding", "removed"),
                ("2025-03-04", "Moved", "removed"),
            }),
            (
                {
                    "source": "copy",
                    "source_calendar_id": self.calendar.id,
                    "calendar_id": other.id,
                },
                {("2026-05-05", "Now", "new")},
            ),
        ):  # fmt: skip
            with self.subTest(values):
                lines = self.wizard(**values).line_ids
                self.assertEqual(
                    {(str(line.date), line.name, line.state) for line in lines},
                    expected,
                )

    def test_a_new_calendar_that_becomes_the_default(self):
        self.apply(self.wizard())
        wizard = self.wizard(
            calendar_id=False,
            name="Only May Day",
            company_id=self.company.id,
            is_company_default=True,
        )
        self.line(wizard, "2026-10-01").is_taken = False
        wizard.action_next()
        # The old default has the 1st of October, a Thursday.
        self.assertIn("2026-10-01 Thu", wizard.effect)
        wizard.action_apply()
        calendar = self.calendars.search([("name", "=", "Only May Day")])
        self.assertEqual(self.company.attendance_holiday_calendar_id, calendar)
        self.assertEqual(calendar.holiday_count, 27)
        self.assertEqual(self.calendar.holiday_count, 28)

    def test_nobody_lives_by_a_calendar_that_is_not_used(self):
        wizard = self.wizard(calendar_id=False, name="Spare", is_company_default=False)
        wizard.action_next()
        self.assertIn("No working day of anybody changes", wizard.effect)

    def test_a_year_that_was_not_announced(self):
        self.assertTrue(self.wizard(year=2099).lacks_moved_days)
        self.assertFalse(self.wizard(year=2099, source="stored").lacks_moved_days)

    def test_hints_do_not_hold_anything_back(self):
        wizard = self.wizard(source="stored")
        wizard.line_ids = [
            (0, 0, {"date": "2026-09-21", "name": "a", "day_kind": "make_up_workday"}),
            (0, 0, {"date": "2026-09-26", "name": "b", "day_kind": "moved_rest_day"}),
            (0, 0, {"date": "2026-09-27", "name": "c", "day_kind": "make_up_workday"}),
        ]
        hints = [line.hint for line in wizard.line_ids]
        self.assertEqual(
            hints,
            [
                "A make-up workday on a weekday?",
                "A moved rest day at the weekend?",
                False,
            ],
        )
        self.assertEqual(wizard.line_ids.mapped("weekday"), ["Mon", "Sat", "Sun"])
        self.apply(wizard)
        self.assertEqual(len(self.stored()), 3)

    def test_bad_rows_are_refused_all_together(self):
        wizard = self.wizard(source="stored")
        wizard.line_ids = [
            (0, 0, {"date": "2027-01-01", "name": "Late"}),
            (0, 0, {"date": "2026-02-02", "name": "Once"}),
            (0, 0, {"date": "2026-02-02", "name": "Twice"}),
            (0, 0, {"date": "2026-03-03", "name": "n" * 65}),
            (0, 0, {"date": "2026-04-04", "name": " "}),
            (0, 0, {"date": "2028-01-01", "name": "Off", "is_taken": False}),
        ]
        for act in (wizard.action_next, wizard.action_apply):
            with self.assertRaises(UserError) as refused:
                act()
            said = str(refused.exception).splitlines()
            self.assertEqual(
                said,
                [
                    "“Twice”: 2026-02-02 is listed twice.",
                    "2026-03-03: its name has 65 characters; it must have 1 to 64.",
                    "2026-04-04: its name has 1 characters; it must have 1 to 64.",
                    "“Late”: its date, 2027-01-01, does not lie in 2026.",
                ],
            )
        self.assertFalse(self.stored())

    def test_each_source_asks_for_what_it_needs(self):
        for values, words in (
            ({"calendar_id": False}, "name a new one"),
            ({"country_id": False}, "Choose the country"),
            ({"source": "copy"}, "to take the days from"),
            ({"year": 1999}, "between 2000 and 2100"),
            ({"year": 2101}, "between 2000 and 2100"),
            ({"region": "Atlantis"}, "China has no region “Atlantis”"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.wizard(**values)
        with self.assertRaisesRegex(ValidationError, "65 characters"):
            self.apply(self.wizard(calendar_id=False, name="c" * 65))

    def test_only_what_was_shown_is_written(self):
        wizard = self.wizard()
        wizard.action_next()
        self.line(wizard, "2026-10-01").is_taken = False
        with self.assertRaisesRegex(UserError, "changed since the effect"):
            wizard.action_apply()
        wizard.action_back()
        wizard.action_next()
        other = self.calendars.create({"name": "O", "company_id": self.company.id})
        wizard.calendar_id = other
        with self.assertRaisesRegex(UserError, "changed since the effect"):
            wizard.action_apply()
        wizard.calendar_id = self.calendar
        self.calendar.holiday_ids = [(0, 0, {"name": "Else", "date": "2026-12-24"})]
        with self.assertRaisesRegex(UserError, "changed since the effect"):
            wizard.action_apply()

    def test_the_form(self):
        form = Form(self.years.with_context(default_calendar_id=self.calendar.id))
        self.assertEqual((form.year, form.source), (2026, "package"))
        form.country_id = self.env.ref("base.de")
        self.assertIn("BY (Bayern)", form.regions)
        form.region = "Bayern"
        wizard = form.save()
        wizard.action_next()
        self.assertIn(date(2026, 1, 6), wizard.line_ids.mapped("date"))
        with freeze_time("2026-11-27"):
            self.assertEqual(Form(self.years).year, 2027)


@tagged("post_install", "-at_install")
@freeze_time("2026-09-15 04:00:00")
class TestHolidayStores(HolidayCommon):
    """Moving stores to a calendar, with what that does."""

    def setUp(self):
        super().setUp()
        self.calendar.holiday_ids = [
            (0, 0, {"name": "Day", "date": "2026-10-01"}),
            (0, 0, {"name": "Long ago", "date": "2020-10-01"}),
        ]
        self.north = self.calendars.create(
            {"name": "North", "company_id": self.company.id}
        )

    def moved(self, *stores, calendar=None, user=None):
        wizard = (
            self.env["attendance.holiday.stores"]
            .with_user(user or self.env.user)
            .create({"calendar_id": (calendar or self.north).id})
        )
        wizard.store_ids = [(6, 0, [store.id for store in stores])]
        wizard.action_next()
        return wizard

    def test_a_store_moves_there_and_back(self):
        wizard = self.moved(self.store)
        self.assertIn("2026-10-01 Thu", wizard.effect)
        self.assertIn("Dates before 2025-01-01 Wed are not counted", wizard.effect)
        self.assertFalse(self.store.holiday_calendar_id)
        wizard.action_apply()
        self.assertEqual(self.north.store_ids, self.store)
        wizard = self.moved()
        self.assertIn("2026-10-01 Thu", wizard.effect)
        wizard.action_apply()
        self.assertFalse(self.store.holiday_calendar_id)

    def test_a_closed_store_stays(self):
        self.store.holiday_calendar_id = self.north
        self.store.active = False
        self.moved().action_apply()
        self.assertEqual(self.store.holiday_calendar_id, self.north)

    def test_a_store_of_another_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= company
        far = self.new_store("FAR", company_id=company.id)
        with self.assertRaisesRegex(UserError, "another company"):
            self.moved(far)

    def test_only_stores_that_the_login_may_edit(self):
        own = self.new_store("OWN")
        boss = self.new_employee("Boss", store_id=own.id)
        own.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role({"organisation": "view edit"}, scope="own_stores", user_ids=user)
        with self.assertRaises(AccessError):
            self.moved(own, self.store, user=user).action_apply()
        self.moved(own, user=user).action_apply()
        self.assertEqual(own.holiday_calendar_id, self.north)
        other = self.new_user("other")
        with self.assertRaises(AccessError):
            self.moved(own, user=other)
