from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .test_roster_publication import FIRST, LAST, PublicationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterMonth(PublicationCommon):
    """A person's month: what each day says, who may look, what it sums up to."""

    def month(self, employee=None, month="2026-11-01", user=None):
        months = self.env["attendance.roster.month"].with_user(user or self.planner)
        return months.get_month((employee or self.ann).id, month)

    def day_of(self, day, **asked):
        found = {each["date"]: each for each in self.month(**asked)["days"]}
        return found[day]

    def holiday(self, name, day, kind="public_holiday"):
        company = self.company
        if not company.attendance_holiday_calendar_id:
            company.attendance_holiday_calendar_id = self.env[
                "attendance.holiday.calendar"
            ].create({"name": "Days", "company_id": company.id})
        self.env["attendance.holiday"].create(
            {
                "calendar_id": company.attendance_holiday_calendar_id.id,
                "name": name,
                "date": day,
                "day_kind": kind,
            }
        )

    def test_whole_weeks_as_the_language_has_them(self):
        for week_start, first, last in (
            ("1", "2026-10-26", "2026-12-06"),
            ("7", "2026-11-01", "2026-12-05"),
            ("6", "2026-10-31", "2026-12-04"),
        ):
            self.env["res.lang"]._lang_get("en_US").week_start = week_start
            dates = [day["date"] for day in self.month(month="2026-11-17")["days"]]
            self.assertEqual((dates[0], dates[-1]), (first, last))
            self.assertEqual(len(dates) % 7, 0)

    def test_what_is_planned(self):
        self.override(self.ann, "2026-11-04", self.night)
        found = self.month()
        days = {day["date"]: day for day in found["days"]}
        day = days["2026-11-03"]
        self.assertEqual(
            (day["shift"], day["hours"], day["source"], day["works"], day["minutes"]),
            (self.day.id, "08:30 - 17:30", "standing", True, 540),
        )
        self.assertEqual(days["2026-11-04"]["source"], "override")
        self.assertEqual(days["2026-11-04"]["hours"], "22:00 - 06:00")
        self.assertEqual(days["2026-11-07"]["shift"], 0)
        self.assertEqual(found["shifts"][str(self.night.id)]["name"], "Night")
        self.assertEqual(found["employee"]["name"], "Ann")
        self.assertEqual((found["today"], found["month"]), ("2026-10-26", "2026-11-01"))

    def test_nothing_planned(self):
        self.assertIsNone(self.day_of("2026-11-03", employee=self.boss)["shift"])

    def test_totals_are_of_the_month(self):
        self.override(self.ann, "2026-11-04", self.night)
        self.override(self.ann, "2026-12-02", self.night)
        self.assertEqual(
            self.month()["totals"],
            {
                "days": 21,
                "minutes": 20 * 540 + 480,
                "shifts": [
                    {"id": self.day.id, "days": 20, "minutes": 20 * 540},
                    {"id": self.night.id, "days": 1, "minutes": 480},
                ],
            },
        )

    def test_holidays_and_make_up_days(self):
        self.holiday("Day Off", "2026-11-03")
        self.holiday("Swap", "2026-11-07", "make_up_workday")
        off, swap = self.day_of("2026-11-03"), self.day_of("2026-11-07")
        self.assertEqual(
            (off["holiday"], off["marks"]), ("Day Off", ["public_holiday"])
        )
        self.assertEqual((off["works"], off["minutes"]), (False, 0))
        self.assertEqual((swap["shift"], swap["holiday"]), (self.day.id, "Swap"))
        self.assertEqual(swap["marks"], ["make_up_workday"])
        self.day.works_on_holidays = True
        self.assertTrue(self.day_of("2026-11-03")["works"])

    def test_lent_and_not_employed(self):
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.ann.id,
                "store_id": self.far.store_id.id,
                "date_from": "2026-11-03",
                "date_to": "2026-11-03",
            }
        )
        self.ann.leave_date = "2026-11-12"
        lent, gone = self.day_of("2026-11-03"), self.day_of("2026-11-13")
        self.assertEqual((lent["store"], lent["marks"]), ("Store T2", ["other_store"]))
        self.assertEqual((gone["marks"], gone["works"]), (["not_employed"], False))
        self.assertEqual(self.month()["totals"]["days"], 9)

    def test_locked(self):
        self.company.attendance_roster_lock_date = "2026-11-02"
        self.assertEqual(self.day_of("2026-11-02")["marks"], ["locked"])
        self.assertEqual(self.day_of("2026-11-03")["marks"], [])

    def test_what_differs_from_what_was_told(self):
        self.assertEqual(self.day_of("2026-11-04")["marks"], [])
        self.publish(self.ann)
        self.override(self.ann, "2026-11-04", self.night)
        day = self.day_of("2026-11-04")
        self.assertIn("unpublished", day["marks"])
        self.assertEqual(day["told"], "Day 08:30 - 17:30")
        self.publish(self.ann)
        self.assertNotIn("unpublished", self.day_of("2026-11-04")["marks"])

    def test_news_until_it_is_seen(self):
        self.publish(self.ann, note="Read me.")
        found = self.month(user=self.clerk)["publication"]
        self.assertEqual(len(found["days"]), 7)
        self.assertEqual((found["by"], found["note"]), ("planner", "Read me."))
        self.lines.browse(found["lines"]).with_user(self.clerk).action_seen()
        self.override(self.ann, "2026-11-04", self.night)
        self.publish(self.ann)
        self.override(self.ann, "2026-11-05", self.night)
        self.override(self.ann, "2026-11-04", self.day)
        self.publish(self.ann)
        found = self.month(user=self.clerk)
        self.assertEqual(found["publication"]["days"], ["2026-11-05"])
        self.assertEqual(len(found["publication"]["lines"]), 2)
        days = {day["date"]: day for day in found["days"]}
        self.assertEqual(days["2026-11-05"]["before"], "Day 08:30 - 17:30")
        self.assertNotIn("news", days["2026-11-04"]["marks"])
        lines = self.lines.browse(found["publication"]["lines"])
        lines.with_user(self.clerk).action_seen()
        found = self.month(user=self.clerk)["publication"]
        self.assertEqual(found["days"], [])
        self.assertEqual(found["seen_at"], "2026-10-26 04:00:00")

    def test_one_marks_the_cells_of_the_grid(self):
        self.publish(self.ann)
        self.override(self.ann, "2026-11-04", self.night)
        grid = self.env["attendance.roster.grid"].with_user(self.planner)
        domain = [("id", "in", (self.ann | self.bob).ids)]
        rows = grid.get_grid(domain, str(FIRST), str(LAST))["rows"]
        marked = {
            (row["name"], day)
            for row in rows
            for day, cell in enumerate(row["cells"])
            if "unpublished" in cell[2]
        }
        self.assertEqual(marked, {("Ann", 2)})

    def test_own_one_is_the_default(self):
        months = self.env["attendance.roster.month"]
        found = months.with_user(self.clerk).get_month(False, "2026-11-01")
        self.assertEqual(found["employee"]["id"], self.ann.id)
        self.assertTrue(found["is_own"])
        self.assertFalse(found["may_edit"])
        stranger = months.with_user(self.new_user("stranger"))
        found = stranger.get_month(False, "2026-11-01")
        self.assertEqual(found, {"employee": False})

    def test_who_may_look(self):
        self.assertTrue(self.month(self.bob)["may_edit"])
        self.assertFalse(self.month(self.bob)["is_own"])
        for user, employee in (
            (self.clerk, self.bob),
            (self.planner, self.far),
            (self.new_user("stranger"), self.ann),
        ):
            with self.assertRaisesRegex(AccessError, "your own roster"):
                self.month(employee, user=user)
        with self.assertRaises(AccessError):
            self.env["attendance.roster.month"].with_user(self.planner).get_month(
                self.env["hr.employee"].search([], order="id desc", limit=1).id + 1,
                "2026-11-01",
            )

    def test_who_may_edit(self):
        """It takes create and edit, as the grid asks for."""
        self.role.user_ids = False
        role = self.new_role(
            {"rosters": "view edit"}, scope="own_stores", user_ids=self.planner
        )
        self.assertFalse(self.month()["may_edit"])
        role.user_ids = False
        self.new_role(
            {"rosters": "view create edit"}, scope="own_stores", user_ids=self.planner
        )
        self.assertTrue(self.month()["may_edit"])

    def test_who_is_offered_the_button(self):
        people = self.env["hr.employee.public"]
        for user, expected in (
            (self.clerk, ["Ann"]),
            (self.planner, ["Ann", "Bob", "Boss"]),
        ):
            profiles = people.with_user(user).search([("store_id", "!=", False)])
            shown = profiles.filtered("is_roster_visible").mapped("name")
            self.assertEqual(sorted(shown), expected)

    def test_a_month_that_is_none(self):
        for month in ("next", "2026-13-01", "1999-12-31", False):
            with self.assertRaisesRegex(UserError, "is no month"):
                self.month(month=month)

    def test_plain_employees_have_the_menu(self):
        menu = self.env.ref("chain_attendance_shift.attendance_roster_month_menu")
        visible = self.env["ir.ui.menu"].with_user(self.clerk)._visible_menu_ids()
        self.assertLessEqual({menu.id, menu.parent_id.id}, visible)
        self.assertEqual(menu.sequence, 5)

    def test_a_notice_leads_to_it(self):
        line = self.publish(self.ann).line_ids
        action = self.env.ref("chain_attendance_shift.attendance_roster_month_action")
        self.assertEqual(line._get_access_action()["url"], f"/odoo/{action.path}")

    def test_hours_of_the_date(self):
        later = [(1, self.day.timetable_ids.id, {"start_minutes": 540})]
        self.day.write({"change_from": date(2026, 11, 5), "timetable_ids": later})
        self.assertEqual(self.day_of("2026-11-04")["hours"], "08:30 - 17:30")
        self.assertEqual(self.day_of("2026-11-05")["hours"], "09:00 - 17:30")
        self.assertEqual(self.day_of("2026-11-05")["minutes"], 510)
