from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ShiftCommon


@tagged("post_install", "-at_install")
class TestAttendanceRoster(ShiftCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_employee("Ann")
        cls.day = cls.new_shift("Day", (510, 1050))
        cls.night = cls.new_shift("Night", (1320, 360))

    def shift_on(self, text):
        day = date.fromisoformat(text)
        found = self.env["attendance.roster"]._resolve([self.person.id], [day])
        return found[self.person.id, day].shift_id if found else None

    def test_the_latest_start_in_force_holds(self):
        self.roster(self.person, self.day, "2026-07-01")
        later = self.roster(self.person, self.night, "2026-07-15")
        self.assertIsNone(self.shift_on("2026-06-30"))
        self.assertEqual(self.shift_on("2026-07-14"), self.day.id)
        self.assertEqual(self.shift_on("2026-07-15"), self.night.id)
        later.unlink()
        self.assertEqual(self.shift_on("2026-07-15"), self.day.id)

    def test_of_two_with_the_same_start_the_later_entry_holds(self):
        self.roster(self.person, self.day, "2026-07-01")
        self.roster(self.person, self.night, "2026-07-01")
        self.assertEqual(self.shift_on("2026-07-01"), self.night.id)

    def test_weekly_rest_days(self):
        self.roster(self.person, self.day, "2026-07-01")
        self.assertEqual(self.shift_on("2026-07-04"), 0)
        self.assertEqual(self.shift_on("2026-07-05"), 0)
        self.assertEqual(self.shift_on("2026-07-06"), self.day.id)

    def test_a_week_without_work_is_refused(self):
        with self.assertRaises(ValidationError):
            self.roster(
                self.person,
                self.day,
                "2026-07-01",
                **{
                    f"works_{name}": False
                    for name in ("monday", "tuesday", "wednesday", "thursday", "friday")
                },
            )

    def test_shift_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        shift = self.new_shift("Theirs", (510, 1050), company_id=other.id)
        with self.assertRaises(UserError):
            self.roster(self.person, shift, "2026-07-01")

    def test_many_people_and_dates_take_two_queries(self):
        people = self.env["hr.employee"].create(
            [{"name": f"P{n}", "company_id": self.company.id} for n in range(50)]
        )
        for person in people:
            self.roster(person, self.day, "2026-07-01")
        dates = [date(2026, 7, 1) + timedelta(days=n) for n in range(31)]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            found = self.env["attendance.roster"]._resolve(people.ids, dates)
        self.assertEqual(len(found), 50 * 31)

    def test_a_store_manager_plans_only_the_own_store(self):
        manager = self.new_employee("Boss")
        user = self.new_user(
            "boss", "chain_attendance_base.group_store_manager", employee=manager
        )
        self.store.manager_id = manager
        foreign = self.new_employee("Far", store_id=self.new_store("T2").id)
        rosters = self.env["attendance.roster"].with_user(user)
        values = {"shift_id": self.day.id, "date_from": "2026-07-01"}
        mine = rosters.create({"employee_id": self.person.id, **values})
        mine.write({"works_saturday": True})
        with self.assertRaises(AccessError):
            rosters.create({"employee_id": foreign.id, **values})
        theirs = self.roster(foreign, self.day, "2026-07-01")
        self.assertNotIn(theirs, rosters.search([]))
        for change in (
            lambda: theirs.with_user(user).write({"works_sunday": True}),
            theirs.with_user(user).unlink,
            lambda: mine.write({"employee_id": foreign.id}),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                change()
