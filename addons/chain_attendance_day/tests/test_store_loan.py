from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestStoreLoan(DayCommon):
    """A person who is lent works there and belongs here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.berlin = cls.new_store("T2", tz="Europe/Berlin")
        cls.person.version_id.date_version = "2026-01-01"
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.clear_queue()

    def lend(self, first, last, store=None, employee=None):
        return self.env["attendance.store.loan"].create(
            {
                "employee_id": (employee or self.person).id,
                "store_id": (store or self.berlin).id,
                "date_from": first,
                "date_to": last,
            }
        )

    def test_store_and_own_store_of_a_day(self):
        self.lend("2026-03-05", "2026-03-06")
        rows = self.compute("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07")
        self.assertEqual(
            [(row.store_id, row.home_store_id) for row in rows],
            [
                (self.store, self.store),
                (self.berlin, self.store),
                (self.berlin, self.store),
                (self.store, self.store),
            ],
        )

    def test_the_shift_lies_on_the_lent_store_s_clock(self):
        there = self.new_terminal("2", "TESTSN0002", store_id=self.berlin.id)
        self.lend("2026-03-05", "2026-03-05")
        self.send("1001", "2026-03-04 08:30:00", "2026-03-04 17:30:00")
        self.send("1001", "2026-03-05 08:30:00", "2026-03-05 17:30:00", terminal=there)
        self.assertEqual(
            self.figures("2026-03-04", "2026-03-05"), [(540, 540, 0, 0, 0)] * 2
        )
        (row,) = self.compute("2026-03-05")
        self.assertEqual(str(row.first_in_at), "2026-03-05 07:30:00")

    def test_of_two_loans_the_later_entry_decides(self):
        third = self.new_store("T3")
        self.lend("2026-03-05", "2026-03-05")
        self.env.flush_all()
        self.cr.execute(
            """
            INSERT INTO attendance_store_loan
                (employee_id, company_id, store_id, date_from, date_to)
            SELECT employee_id, company_id, %s, date_from, date_to
            FROM attendance_store_loan WHERE employee_id = %s
            """,
            [third.id, self.person.id],
        )
        self.assertEqual(self.compute("2026-03-05").store_id, third)

    def test_a_loan_changes_what_was_computed(self):
        pairs = [(self.person.id, date(2026, 3, 5))]
        days = self.env["attendance.day"]
        self.assertEqual(days._recompute(pairs), 1)
        loan = self.lend("2026-03-05", "2026-03-05", self.new_store("T3"))
        self.assertEqual(days._recompute(pairs), 1)
        self.assertEqual(days._recompute(pairs), 0)
        loan.unlink()
        self.assertEqual(days._recompute(pairs), 1)

    def span(self, first, last):
        count = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        start = date.fromisoformat(first)
        return [str(start + timedelta(days=number)) for number in range(count)]

    def test_a_loan_marks_its_dates_old_and_new(self):
        """And the days beside them, whose windows they cut."""
        other = self.new_employee("Bob", "2001")
        self.roster(other, self.day_shift, "2026-03-02")
        self.clear_queue()
        loan = self.lend("2026-03-10", "2026-03-11")
        self.assertEqual(self.queued(), self.span("2026-03-09", "2026-03-12"))
        self.assertFalse(self.queued(other))
        self.clear_queue()
        loan.write({"date_from": "2026-03-14", "date_to": "2026-03-14"})
        self.assertEqual(
            self.queued(),
            self.span("2026-03-09", "2026-03-12")
            + self.span("2026-03-13", "2026-03-15"),
        )
        self.clear_queue()
        loan.store_id = self.new_store("T3")
        self.assertEqual(self.queued(), self.span("2026-03-13", "2026-03-15"))
        self.clear_queue()
        loan.employee_id = other
        for person in (self.person, other):
            self.assertEqual(self.queued(person), self.span("2026-03-13", "2026-03-15"))
        self.clear_queue()
        loan.note = "for the fair"
        self.assertFalse(self.queued(other))
        loan.unlink()
        self.assertEqual(self.queued(other), self.span("2026-03-13", "2026-03-15"))
        self.assertFalse(self.queued())
        self.clear_queue()
        self.lend("2026-04-01", "2026-04-02")
        self.assertFalse(self.queued())

    def test_a_transfer_marks_the_dates_of_its_version(self):
        self.person.create_version({"date_version": "2026-03-10"})
        middle = self.person.create_version({"date_version": "2026-03-13"})
        self.person.create_version({"date_version": "2026-03-16"})
        self.env.flush_all()
        self.clear_queue()
        middle.store_id = self.berlin
        self.env.flush_all()
        self.assertEqual(self.queued(), self.span("2026-03-12", "2026-03-16"))
        self.clear_queue()
        # It says the same, from a day earlier on.
        middle.date_version = "2026-03-12"
        self.env.flush_all()
        self.assertEqual(self.queued(), self.span("2026-03-11", "2026-03-13"))
        self.clear_queue()
        middle.unlink()
        self.env.flush_all()
        self.assertEqual(self.queued(), self.span("2026-03-11", "2026-03-16"))
        self.clear_queue()
        # Before its first version a person is where that one says.
        self.person.version_ids.sorted("date_version")[0].store_id = self.berlin
        self.env.flush_all()
        self.assertEqual(self.queued(), self.span("2026-03-02", "2026-03-10"))

    def test_a_new_version_marks_from_its_date(self):
        self.person.create_version({"date_version": "2026-03-18"})
        self.env.flush_all()
        self.assertEqual(self.queued(), self.span("2026-03-17", "2026-03-21"))

    def test_moving_many_people_costs_no_more_queries(self):
        people = self.person
        for number in range(12):
            people |= self.new_employee(f"P{number}", f"20{number:02d}")
        for person in people:
            self.roster(person, self.day_shift, "2026-03-02")
        self.env.flush_all()

        def queries_of(versions, store):
            self.clear_queue()
            versions.mapped("store_id")
            before = self.cr.sql_log_count
            versions.with_context(tracking_disable=True).store_id = store
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries_of(people[0].version_id, self.berlin)
        few = queries_of(people[1].version_id, self.berlin)
        self.assertLessEqual(queries_of(people.version_id, self.store), few)
        self.assertTrue(all(self.queued(person) for person in people))

    def test_both_managers_see_the_day(self):
        users = []
        for store in (self.store, self.berlin):
            user = self.new_user(f"keeper {store.code}")
            store.timekeeper_ids = user
            users.append(user)
        self.new_role(
            {"reports": "view"},
            scope="own_stores",
            user_ids=self.env["res.users"].union(*users),
        )
        self.lend("2026-03-05", "2026-03-05")
        self.compute("2026-03-04", "2026-03-05", "2026-03-06")
        for user, dates in zip(users, (["04", "05", "06"], ["05"]), strict=True):
            days = self.env["attendance.day"].with_user(user)
            found = days.search([], order="work_date")
            self.assertEqual([str(day.work_date)[-2:] for day in found], dates)
            self.assertEqual(days.search_count([]), len(dates))
