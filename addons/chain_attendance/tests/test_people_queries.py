import re
from collections import Counter
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_day.tests.common import DayCommon

OURS = re.compile(r"\battendance_[a-z_]+")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestPeopleQueries(DayCommon):
    """People are made in batches: what we add to Odoo's own work does not grow.

    Odoo takes some 25 statements for each new person, most of them for pictures; it
    writes the first record of each by itself. Ours, told by the tables they touch,
    are as many for 60 people as for 20.
    """

    def statements(self, call):
        """How often each of our tables is touched while ``call`` runs."""
        found = Counter()
        execute = Cursor.execute

        def counted(cursor, query, params=None, log_exceptions=True):
            text = query if isinstance(query, str) else getattr(query, "code", "")
            tables = set(OURS.findall(text))
            found["statements"] += bool(tables)
            found.update(tables)
            return execute(cursor, query, params, log_exceptions)

        self.env.flush_all()
        with patch.object(Cursor, "execute", counted):
            call()
            self.env.flush_all()
        return found

    def assert_flat(self, make):
        make(0, 5)  # what is remembered, is remembered now
        few = self.statements(lambda: make(100, 20))
        many = self.statements(lambda: make(200, 60))
        self.assertEqual(few, many)
        self.assertTrue(few["attendance_terminal_code"], "the counter sees nothing")
        self.assertLess(few["statements"], 30)

    def test_create(self):
        department = self.env["hr.department"].create({"name": "Sales"})

        def make(first, count):
            people = self.env["hr.employee"].create(
                [
                    {
                        "name": f"Person {first + n}",
                        "company_id": self.company.id,
                        "department_id": department.id,
                        "store_id": self.store.id,
                        "contract_date_start": "2026-03-01",
                    }
                    for n in range(count)
                ]
            )
            self.assertTrue(all(people.mapped("terminal_user_code")))

        self.assert_flat(make)

    def test_import(self):
        # Without stores and departments: of those Odoo looks up each row's name.
        columns = ["employee_number", "name", "terminal_user_code", "hire_date"]

        def make(first, count):
            rows = [
                [
                    f"P{first + n}",
                    f"Person {first + n}",
                    str(20000 + first + n) if n % 2 else "",
                    "2026-03-01",
                ]
                for n in range(count)
            ]
            people = self.env["hr.employee"].with_context(import_file=True)
            result = people.load(columns, rows)
            self.assertFalse(result["messages"])
            self.assertEqual(len(result["ids"]), count)

        self.assert_flat(make)

    def test_write_of_a_picture(self):
        """Odoo writes two for each person; none of our work hangs on them."""
        people = self.env["hr.employee"].create(
            [{"name": f"Person {n}", "company_id": self.company.id} for n in range(3)]
        )
        found = self.statements(lambda: people.write({"image_1920": False}))
        self.assertEqual(found["statements"], 0, found)
