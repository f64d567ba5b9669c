from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .common import DayCommon

PEOPLE = 20
DATES = 1000


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestDayTable(DayCommon):
    """What the table of results must be able to do."""

    @mute_logger("odoo.schema")
    def test_days_of_a_database_without_the_own_store_get_it(self):
        self.compute("2026-03-04")
        self.cr.execute("ALTER TABLE attendance_day DROP home_store_id")
        self.env.invalidate_all()
        self.registry.init_models(
            self.cr, ["attendance.day"], {"module": "chain_attendance_day"}
        )
        self.env.invalidate_all()
        row = self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id), ("work_date", "=", "2026-03-04")]
        )
        self.assertEqual(row.home_store_id, self.store)

    def fill(self):
        """Many days of people who each have a department, job and store."""
        departments, jobs, stores, people = [], [], [], []
        for number in range(PEOPLE):
            names = {"name": f"G{number}", "company_id": self.company.id}
            departments.append(self.env["hr.department"].create(names).id)
            jobs.append(self.env["hr.job"].create(names).id)
            stores.append(self.new_store(f"G{number}").id)
            people.append(self.new_employee(f"G{number}").id)
        self.env.flush_all()
        self.cr.execute(
            """
            INSERT INTO attendance_day (employee_id, company_id, department_id, job_id,
                store_id, home_store_id, work_date, state, day_name)
            SELECT e, %s, d, j, s, s, date '2023-01-01' + n, 'final', 'work'
            FROM unnest(%s, %s, %s, %s) AS t(e, d, j, s), generate_series(1, %s) AS n
            ORDER BY n
            """,
            [self.company.id, people, departments, jobs, stores, DATES],
        )
        self.cr.execute("ANALYZE attendance_day")
        return departments, jobs, stores, people

    def plan(self, user, model):
        """The plan of the first page of a month's list, as the login opens it."""
        rows = self.env[model].with_user(user)
        month = [("work_date", ">=", "2025-01-01"), ("work_date", "<=", "2025-01-31")]
        query = rows._search(month, order=rows._order, limit=80)
        self.cr.execute(SQL("EXPLAIN %s", query.select()))
        return "\n".join(line for (line,) in self.cr.fetchall())

    def test_lists_of_scopes_find_their_rows_by_an_index(self):
        departments, jobs, stores, people = self.fill()
        user = self.new_user("boss")
        self.new_employee("Boss", department_id=departments[3], user_id=user.id)
        self.env["attendance.store"].browse(stores[3]).timekeeper_ids = user
        for values in (
            {"scope": "own_department"},
            {"scope": "own_stores"},
            {"scope": "jobs", "job_ids": [(6, 0, jobs[3:4])]},
            {"scope": "employees", "employee_ids": [(6, 0, people[3:4])]},
        ):
            role = self.new_role({"reports": "view"}, user_ids=user, **values)
            with self.subTest(values["scope"]):
                plan = self.plan(user, "attendance.day")
                self.assertNotIn("Seq Scan on attendance_day ", plan)
                self.assertIn("attendance_day_", plan)
            role.user_ids = False
