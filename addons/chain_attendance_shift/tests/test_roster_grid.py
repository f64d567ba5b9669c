from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import ShiftCommon

FIRST, LAST = "2026-11-02", "2026-11-08"


class GridCommon(ShiftCommon):
    """A store with two people, another one with a third, and a shift for all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("Day", (510, 1050), code="D", color=4)
        cls.night = cls.new_shift("Night", (1320, 360), code="N")
        cls.ann = cls.new_employee("Ann", employee_number="G1")
        cls.bob = cls.new_employee("Bob", employee_number="G2")
        cls.second = cls.new_store("T002")
        cls.far = cls.new_employee("Far", employee_number="G3", store_id=cls.second.id)
        cls.grid = cls.env["attendance.roster.grid"]
        for person in (cls.ann, cls.bob, cls.far):
            cls.roster(person, cls.day, "2026-01-05")

    def cells(self, person, first=FIRST, last=LAST):
        """``{date: [shift, source, marks]}`` of one person."""
        shown = self.grid.get_grid([("id", "=", person.id)], first, last)
        (row,) = shown["rows"]
        return {
            day["date"]: cell
            for day, cell in zip(shown["days"], row["cells"], strict=True)
        }


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterGrid(GridCommon):
    """What the grid shows."""

    def show(self, domain=(), **options):
        company = ("company_id", "=", self.company.id)
        return self.grid.get_grid([company, *domain], FIRST, LAST, **options)

    def test_days_people_and_shifts(self):
        shown = self.show()
        self.assertEqual(len(shown["days"]), 7)
        self.assertEqual(
            [day["date"] for day in shown["days"] if day["today"]], ["2026-11-04"]
        )
        self.assertEqual([day["weekday"] for day in shown["days"]], list(range(1, 8)))
        self.assertEqual([row["number"] for row in shown["rows"]], ["G1", "G2", "G3"])
        shift = shown["shifts"][str(self.day.id)]
        self.assertEqual((shift["code"], shift["color"]), ("D", 4))
        self.assertEqual((shift["hours"], shift["minutes"]), ("08:30 - 17:30", 540))

    def test_a_week_of_a_standing_roster(self):
        cells = self.cells(self.ann)
        self.assertEqual(
            [cell[0] for cell in cells.values()], [self.day.id] * 5 + [0, 0]
        )
        self.assertEqual({cell[1] for cell in cells.values()}, {"standing"})
        self.assertEqual({tuple(cell[2]) for cell in cells.values()}, {()})

    def test_nothing_planned(self):
        stranger = self.new_employee("Nobody's")
        self.assertEqual(
            set(map(str, self.cells(stranger).values())), {str([None, "", []])}
        )

    def test_pages_and_groups(self):
        first = self.show(groupby="store_id", limit=2)
        second = self.show(groupby="store_id", limit=2, offset=2)
        self.assertEqual(first["people_count"], 3)
        self.assertEqual(
            [row["name"] for row in first["rows"] + second["rows"]],
            ["Ann", "Bob", "Far"],
        )
        self.assertEqual(
            [(group["id"], group["count"]) for group in first["groups"]],
            [(self.store.id, 2), (self.second.id, 1)],
        )
        self.assertEqual(second["rows"][0]["group"], self.second.id)
        self.assertEqual(second["headcounts"], first["headcounts"])

    def test_people_without_what_is_grouped_by_come_last(self):
        self.new_employee("Abe", store_id=False)
        shown = self.show(groupby="store_id")
        self.assertEqual(shown["rows"][-1]["name"], "Abe")
        self.assertEqual(shown["rows"][-1]["group"], False)
        self.assertEqual(shown["groups"][-1], {"id": False, "name": "None", "count": 1})

    def test_headcounts_are_of_the_whole_search(self):
        self.override(self.bob, "2026-11-03", self.night)
        self.override(self.far, "2026-11-03")
        self.new_employee("Nobody's")
        found = self.show(limit=1)["headcounts"]
        self.assertEqual(found["working"], [3, 2, 3, 3, 3, 0, 0])
        self.assertEqual(found["rest"], [0, 1, 0, 0, 0, 3, 3])
        self.assertEqual(found["none"], [1] * 7)
        self.assertEqual(found["shifts"][str(self.night.id)], [0, 1, 0, 0, 0, 0, 0])

    def test_who_is_on_leave_or_has_a_holiday_is_not_counted(self):
        self.set_holidays(("Feast", "2026-11-05", "public_holiday"))
        guard = self.new_shift("Guard", (510, 1050), works_on_holidays=True)
        self.override(self.bob, "2026-11-05", guard)
        found = self.show()["headcounts"]
        self.assertEqual(found["working"], [3, 3, 3, 1, 3, 0, 0])
        self.assertEqual(found["away"], [0, 0, 0, 2, 0, 0, 0])
        self.assertEqual(found["shifts"][str(guard.id)], [0, 0, 0, 1, 0, 0, 0])

    def set_holidays(self, *days):
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Days", "company_id": self.company.id}
        )
        self.company.attendance_holiday_calendar_id = calendar
        self.env["attendance.holiday"].create(
            [
                {
                    "calendar_id": calendar.id,
                    "name": name,
                    "date": day,
                    "day_kind": kind,
                }
                for name, day, kind in days
            ]
        )

    def test_marks(self):
        self.set_holidays(
            ("Feast", "2026-11-05", "public_holiday"),
            ("Instead", "2026-11-07", "make_up_workday"),
        )
        self.ann.leave_date = "2026-11-07"
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.ann.id,
                "store_id": self.second.id,
                "date_from": "2026-11-06",
                "date_to": "2026-11-06",
            }
        )
        self.company.attendance_roster_lock_date = "2026-11-02"
        cells = self.cells(self.ann)
        self.assertEqual(cells["2026-11-02"][2], ["locked"])
        self.assertEqual(cells["2026-11-05"][2], ["public_holiday"])
        self.assertEqual(cells["2026-11-06"][2], ["other_store"])
        self.assertEqual(
            cells["2026-11-07"], [self.day.id, "standing", ["make_up_workday"]]
        )
        self.assertEqual(cells["2026-11-08"], [None, "", ["not_employed"]])
        shown = self.show()
        self.assertEqual(shown["days"][3]["names"], {"public_holiday": "Feast"})
        self.assertEqual(shown["lock_date"], "2026-11-02")

    def test_days_that_people_were_told_otherwise(self):
        self.env["attendance.roster.publication"]._publish(
            self.ann.ids, date(2026, 11, 2), date(2026, 11, 4)
        )
        self.override(self.ann, "2026-11-03")
        self.override(self.ann, "2026-11-05")
        marked = [day for day, cell in self.cells(self.ann).items() if cell[2]]
        self.assertEqual(marked, ["2026-11-03"])
        self.assertEqual(self.cells(self.ann)["2026-11-03"][2], ["unpublished"])
        self.assertEqual(self.cells(self.bob)["2026-11-03"][2], [])

    def test_tiring_days_are_marked(self):
        self.override(self.ann, "2026-11-03", self.night)
        cells = self.cells(self.ann)
        self.assertEqual(cells["2026-11-04"][2], ["short_rest"])
        self.override(self.bob, "2026-11-07", self.day)
        self.override(self.bob, "2026-11-08", self.day)
        self.assertEqual(self.cells(self.bob)["2026-11-08"][2], ["long_run"])

    def test_dates_that_cannot_be_shown(self):
        for first, last in (
            ("2026-11-02", "2026-11-01"),
            ("2026-11-01", "2027-01-02"),
            ("yesterday", "2026-11-02"),
            (False, "2026-11-02"),
        ):
            with self.subTest(first), self.assertRaisesRegex(UserError, str(first)):
                self.grid.get_grid([], first, last)
        self.assertEqual(
            len(self.grid.get_grid([], "2026-11-01", "2027-01-01")["days"]), 62
        )

    def test_what_cannot_be_grouped_by(self):
        for name in ("name", "no_such_field", "id"):
            with self.subTest(name), self.assertRaisesRegex(UserError, name):
                self.show(groupby=name)

    def test_queries_do_not_grow_with_people(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.show(groupby="store_id", limit=500)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(40):
            person = self.new_employee(f"P{number}")
            self.roster(person, self.day, "2026-01-05")
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 45)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterGridScope(GridCommon):
    """Who sees and changes whose rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_employee("Boss", employee_number="G0")
        cls.store.manager_id = cls.boss
        cls.user = cls.new_user("boss", employee=cls.boss)
        cls.role = cls.new_role(
            {"rosters": "view create edit"}, scope="own_stores", user_ids=cls.user
        )
        cls.mine = cls.grid.with_user(cls.user)

    def test_a_manager_sees_the_own_store(self):
        shown = self.mine.get_grid([], FIRST, LAST)
        self.assertEqual([row["number"] for row in shown["rows"]], ["G1", "G2", "G0"])
        self.assertTrue(all(row["may_edit"] for row in shown["rows"]))
        self.assertEqual(shown["people_count"], 3)
        self.assertEqual(sum(shown["headcounts"]["working"]), 10)
        self.assertTrue(shown["may_edit"])
        self.assertFalse(shown["may_export"])

    def test_the_domain_widens_nothing(self):
        for domain in ([], [("id", "=", self.far.id)], [(1, "=", 1)]):
            shown = self.mine.get_grid(domain, FIRST, LAST)
            self.assertNotIn(self.far.id, [row["id"] for row in shown["rows"]])

    def test_who_may_look_only(self):
        looker = self.new_user("looker", employee=self.new_employee("Looker"))
        self.new_role({"rosters": "view"}, scope="all", user_ids=looker)
        shown = self.grid.with_user(looker).get_grid([], FIRST, LAST)
        self.assertIn(self.far.id, [row["id"] for row in shown["rows"]])
        self.assertFalse(shown["may_edit"])
        self.assertFalse(any(row["may_edit"] for row in shown["rows"]))

    def test_rows_that_one_may_see_but_not_plan(self):
        self.new_role({"rosters": "view"}, scope="all", user_ids=self.user)
        shown = self.mine.get_grid([], FIRST, LAST)
        may = {row["number"]: row["may_edit"] for row in shown["rows"]}
        self.assertEqual(may, {"G0": True, "G1": True, "G2": True, "G3": False})

    def test_an_employee_sees_the_own_row(self):
        user = self.new_user("ann", employee=self.ann)
        shown = self.grid.with_user(user).get_grid([], FIRST, LAST)
        self.assertEqual([row["number"] for row in shown["rows"]], ["G1"])

    def test_a_lent_person_is_the_borrowers(self):
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.far.id,
                "store_id": self.store.id,
                "date_from": "2026-11-03",
                "date_to": "2026-11-05",
            }
        )
        shown = self.mine.get_grid([("id", "=", self.far.id)], FIRST, LAST)
        self.assertEqual([row["name"] for row in shown["rows"]], ["Far"])

    def test_history_of_who_is_out_of_scope(self):
        self.override(self.far, "2026-11-03", self.night)
        with self.assertRaisesRegex(Exception, "not in your data scope"):
            self.mine.get_history(self.far.id, "2026-11-03")
        self.assertEqual(
            [entry["what"] for entry in self.mine.get_history(self.ann.id, FIRST)],
            ["Day 08:30 - 17:30"],
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterLock(GridCommon):
    """Up to the lock date no roster changes, whoever tries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spare = cls.new_employee("Spare")
        cls.ahead = cls.rotation(
            {cls.bob: 0}, "2026-12-01", "2026-12-31", [cls.day, None]
        )
        cls.behind = cls.rotation(
            {cls.bob: 0}, "2026-10-01", "2026-11-30", [cls.night, None]
        )
        cls.old = cls.override(cls.ann, "2026-11-02", cls.night)
        cls.company.attendance_roster_lock_date = "2026-11-02"

    def refused(self):
        return self.assertRaisesRegex(UserError, "locked up to 11/02/2026")

    def test_days(self):
        with self.refused():
            self.override(self.ann, "2026-11-02")
        with self.refused():
            self.old.active = False
        with self.refused():
            self.old.unlink()
        self.old.reason = "A word more"
        self.override(self.ann, "2026-11-03")
        with self.refused():
            self.grid.set_cells(
                [[self.bob.id, "2026-11-03", 0], [self.bob.id, "2026-11-02", 0]],
                FIRST,
                LAST,
            )

    def test_standing_rosters(self):
        with self.refused():
            self.roster(self.spare, self.day, "2026-11-02")
        later = self.roster(self.spare, self.day, "2026-11-03")
        later.shift_id = self.night
        early = self.env["attendance.roster"].search(
            [("employee_id", "=", self.ann.id)]
        )
        with self.refused():
            early.works_sunday = True
        with self.refused():
            early.unlink()
        with self.refused():
            later.date_from = "2026-11-01"

    def test_rotations(self):
        with self.refused():
            self.rotation({self.spare: 0}, "2026-11-01", "2026-11-30", [self.day])
        with self.refused():
            self.behind.action_undo()
        self.ahead.action_undo()
        self.assertFalse(self.ahead.active)

    def test_without_a_lock_date(self):
        self.company.attendance_roster_lock_date = False
        self.old.active = False
        self.behind.action_undo()

    def test_another_company_is_not_locked(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= company
        person = self.env["hr.employee"].create(
            {"name": "Else", "company_id": company.id}
        )
        shift = self.day.sudo().copy({"company_id": company.id})
        override = self.env["attendance.roster.override"].create(
            {"employee_id": person.id, "date": "2026-10-01", "shift_id": shift.id}
        )
        self.assertEqual(override.date, date(2026, 10, 1))

    def test_who_moved_it_is_in_the_audit(self):
        row = self.env["attendance.audit"].search([("kind", "=", "lock")], limit=1)
        self.assertEqual((row.before, row.after), (False, "2026-11-02"))
        self.assertEqual(row.record_name, self.company.name)

    def test_a_date_before_all_time(self):
        with self.assertRaisesRegex(UserError, "1999-12-31"):
            self.company.attendance_roster_lock_date = "1999-12-31"
