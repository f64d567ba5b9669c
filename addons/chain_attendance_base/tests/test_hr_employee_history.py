from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from ..sql import place_on
from .common import AttendanceCommon

FIRST = date(2026, 3, 1)


@freeze_time("2026-03-11 08:00:00")
@tagged("post_install", "-at_install")
class TestHrEmployeeHistory(AttendanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stores = [cls.new_store(code) for code in ("H1", "H2", "H3", "H4")]
        own, after, lent, _later = cls.stores
        cls.person = cls.new_employee("Li", store_id=own.id, date_version="2026-03-05")
        cls.person.create_version({"date_version": "2026-03-15", "store_id": after.id})
        cls.loan = cls.env["attendance.store.loan"].create(
            {
                "employee_id": cls.person.id,
                "store_id": lent.id,
                "date_from": "2026-03-10",
                "date_to": "2026-03-12",
            }
        )

    def history(self, first=FIRST, last=date(2026, 3, 31)):
        return self.env["hr.employee"]._attendance_history(self.person.ids, first, last)

    def stores_by_day(self):
        """``{date: number of the store in ``stores``, from 1}`` of March."""
        history = self.history()
        numbers = {store.id: n for n, store in enumerate(self.stores, 1)}
        days = [FIRST + timedelta(days=n) for n in range(31)]
        return {day: numbers.get(history.store_on(self.person.id, day)) for day in days}

    def test_where_somebody_works(self):
        found = self.stores_by_day()
        expected = {1: 1, 5: 1, 9: 1, 10: 3, 12: 3, 13: 1, 14: 1, 15: 2, 31: 2}
        self.assertEqual({day: found[date(2026, 3, day)] for day in expected}, expected)

    def test_the_own_store_is_told_apart(self):
        version = self.history().version_on(self.person.id, self.loan.date_from)
        self.assertEqual(version.store_id, self.stores[0].id)

    def test_of_two_loans_the_later_entry_decides(self):
        # A constraint refuses it; two at the same moment get past it.
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO attendance_store_loan
                (employee_id, company_id, store_id, date_from, date_to)
            VALUES (%s, %s, %s, '2026-03-12', '2026-03-20')
            """,
            [self.person.id, self.person.company_id.id, self.stores[3].id],
        )
        found = self.stores_by_day()
        expected = {11: 3, 12: 4, 15: 4, 20: 4, 21: 2}
        self.assertEqual({day: found[date(2026, 3, day)] for day in expected}, expected)
        self.assert_sql_agrees()

    def assert_sql_agrees(self):
        """``place_on`` says the same of each day of March."""
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT days::date, s.id FROM hr_employee e
            CROSS JOIN generate_series(date '2026-03-01', '2026-03-31', '1 day') days
            {place_on("days::date")} WHERE e.id = %s
            """,  # pylint: disable=sql-injection
            [self.person.id],
        )
        numbers = {store.id: n for n, store in enumerate(self.stores, 1)}
        found = {day: numbers.get(store) for day, store in self.env.cr.fetchall()}
        self.assertEqual(found, self.stores_by_day())

    def test_sql_says_the_same(self):
        self.assert_sql_agrees()

    def test_without_a_store(self):
        self.person = self.new_employee("Wu")
        self.assertEqual(set(self.stores_by_day().values()), {None})
        self.assert_sql_agrees()

    def test_two_queries_for_everybody(self):
        people = self.person | self.new_employee("A") | self.new_employee("B")
        self.env.flush_all()
        with self.assertQueryCount(2):
            history = self.env["hr.employee"]._attendance_history(
                people.ids, FIRST, FIRST
            )
        self.assertTrue(all(person in history for person in people.ids))
        self.assertFalse(0 in history)
        self.assertFalse(history.loans)
