from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestScopeOfDays(DayCommon):
    """Results stay where the person was on their date; scopes change at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        first = cls.person.version_id
        first.date_version = "2026-01-01"
        first.write({"department_id": cls.old.id, "job_id": cls.clerk.id})
        cls.person.create_version({"date_version": "2026-03-10"}).write(
            {
                "department_id": cls.new.id,
                "job_id": cls.driver.id,
                "store_id": cls.second.id,
            }
        )
        cls.user = cls.new_user("boss")
        cls.boss = cls.new_employee(
            "Boss", department_id=cls.old.id, user_id=cls.user.id
        )

    def setUp(self):
        super().setUp()
        self.compute("2026-03-09", "2026-03-10", "2026-03-11")

    def seen(self):
        """The dates that the login sees, the same by search, count and sum."""
        days = self.env["attendance.day"].with_user(self.user)
        domain = [("employee_id", "=", self.person.id)]
        found = days.search(domain, order="work_date")
        self.assertEqual(days.search_count(domain), len(found))
        self.assertEqual(days._read_group(domain, [], ["__count"]), [(len(found),)])
        return [str(day.work_date)[-2:] for day in found]

    def test_departments_job_and_store_of_the_date(self):
        rows = self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id)], order="work_date"
        )
        self.assertEqual(
            [(r.department_id, r.job_id, r.store_id, r.company_id) for r in rows],
            [(self.old, self.clerk, self.store, self.company)]
            + [(self.new, self.driver, self.second, self.company)] * 2,
        )

    def test_the_old_department_sees_the_old_days_the_new_one_the_new(self):
        self.new_role({"reports": "view"}, scope="own_department", user_ids=self.user)
        self.assertEqual(self.seen(), ["09"])
        row = self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id), ("work_date", "=", "2026-03-10")]
        )
        with self.assertRaises(AccessError):
            row.with_user(self.user).read(["worked_minutes"])
        self.boss.department_id = self.new
        self.assertEqual(self.seen(), ["10", "11"])
        row.with_user(self.user).read(["worked_minutes"])
        self.boss.department_id = self.old
        self.assertEqual(self.seen(), ["09"])

    def test_a_transfer_counts_at_once(self):
        self.new_role({"reports": "view"}, scope="own_department", user_ids=self.user)
        self.assertEqual(self.seen(), ["09"])
        self.person.version_ids.sorted("date_version")[1].date_version = "2026-03-11"
        self.compute("2026-03-09", "2026-03-10", "2026-03-11")
        self.assertEqual(self.seen(), ["09", "10"])

    def test_a_changed_role_counts_at_once(self):
        role = self.new_role({"reports": "view"}, user_ids=self.user)
        self.assertEqual(self.seen(), [])
        for values, dates in (
            ({"scope": "departments", "department_ids": self.old}, ["09"]),
            ({"scope": "departments", "department_ids": self.new}, ["10", "11"]),
            ({"scope": "jobs", "job_ids": self.clerk}, ["09"]),
            ({"scope": "jobs", "job_ids": self.driver}, ["10", "11"]),
            ({"scope": "employees", "employee_ids": self.person}, ["09", "10", "11"]),
            ({"scope": "employees", "employee_ids": self.boss}, []),
            ({"scope": "all"}, ["09", "10", "11"]),
            ({"scope": "own_department"}, ["09"]),
        ):
            role.write(
                {
                    name: value if isinstance(value, str) else [Command.set(value.ids)]
                    for name, value in values.items()
                }
            )
            self.assertEqual(self.seen(), dates, values)
        line = role.function_ids.filtered(lambda f: f.area == "reports")
        line.can_view = False
        # What remains is what every employee with a login sees.
        self.assertEqual(self.seen(), [])
        line.can_view = True
        self.assertEqual(self.seen(), ["09"])

    def test_gaining_and_losing_a_role_counts_at_once(self):
        self.new_role({"reports": "view"}, user_ids=self.user)
        wide = self.new_role({"reports": "view"}, name="Wide", scope="all")
        self.assertEqual(self.seen(), [])
        wide.user_ids = self.user
        self.assertEqual(self.seen(), ["09", "10", "11"])
        wide.user_ids = False
        self.assertEqual(self.seen(), [])

    def test_another_store_manager_counts_at_once(self):
        self.new_role({"reports": "view"}, scope="own_stores", user_ids=self.user)
        self.assertEqual(self.seen(), [])
        self.store.manager_id = self.boss
        self.assertEqual(self.seen(), ["09"])
        self.second.timekeeper_ids = self.user
        self.assertEqual(self.seen(), ["09", "10", "11"])
        self.store.manager_id = False
        self.assertEqual(self.seen(), ["10", "11"])
        self.second.timekeeper_ids = False
        self.assertEqual(self.seen(), [])

    def test_departments_below_are_in_the_scope_where_the_role_says_so(self):
        self.new.parent_id = self.old
        role = self.new_role(
            {"reports": "view"}, scope="own_department", user_ids=self.user
        )
        self.assertEqual(self.seen(), ["09", "10", "11"])
        role.includes_children = False
        self.assertEqual(self.seen(), ["09"])
        role.includes_children = True
        self.new.parent_id = False
        self.assertEqual(self.seen(), ["09"])
