from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 17:00:00")  # 11 March, 01:00 in Shanghai
class TestAttendanceStoreLoan(AttendanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.new_store("T002")
        cls.third = cls.new_store("T003")
        cls.person = cls.new_employee("Li", "1001", date_version="2020-01-01")

    def lend(self, start="2026-03-11", end="2026-03-12", **values):
        return self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": self.other.id,
                "date_from": start,
                "date_to": end,
                **values,
            }
        )

    def test_dates(self):
        self.assertEqual(
            self.lend("2026-01-01", "2026-01-01").home_store_id, self.store
        )
        with (
            self.assertRaisesRegex(ValidationError, "before “From”"),
            self.cr.savepoint(),
        ):
            self.lend("2026-03-12", "2026-03-11")
        self.assertTrue(self.lend("2024-01-01", "2024-12-31"))  # 366 days
        with self.assertRaisesRegex(ValidationError, "367 days"), self.cr.savepoint():
            self.lend("2027-01-01", "2028-01-02")

    def test_overlap_names_the_other_loan(self):
        loan = self.lend()
        self.assertTrue(self.lend("2026-03-13", "2026-03-14", store_id=self.third.id))
        self.assertTrue(self.lend("2026-03-10", "2026-03-10"))
        for start, end in (("2026-03-12", "2026-03-12"), ("2026-03-11", "2026-03-11")):
            with (
                self.assertRaisesRegex(ValidationError, "Li is lent to .*T002"),
                self.cr.savepoint(),
            ):
                self.lend(start, end, store_id=self.third.id)
        with self.assertRaisesRegex(ValidationError, "T003"), self.cr.savepoint():
            loan.date_to = "2026-03-13"
        friend = self.new_employee("Wu")
        self.assertTrue(self.lend(employee_id=friend.id))

    def test_store_is_another_than_the_own_one_in_these_days(self):
        with (
            self.assertRaisesRegex(ValidationError, "own store of Li"),
            self.cr.savepoint(),
        ):
            self.lend(store_id=self.store.id)
        self.person.create_version(
            {"date_version": "2026-03-12", "store_id": self.other.id}
        )
        with (
            self.assertRaisesRegex(ValidationError, "own store of Li"),
            self.cr.savepoint(),
        ):
            self.lend()
        self.assertTrue(self.lend("2026-03-10", "2026-03-11"))
        back = self.lend("2026-03-12", "2026-03-13", store_id=self.store.id)
        self.assertEqual(back.home_store_id, self.other)

    def test_other_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= company
        far = self.new_store("F1", company_id=company.id)
        with self.assertRaises(Exception) as caught, self.cr.savepoint():
            self.lend(store_id=far.id)
        self.assertIn("compan", str(caught.exception).lower())

    def manager(self, **functions):
        boss = self.new_employee("Boss", store_id=self.other.id)
        user = self.new_user("boss", employee=boss)
        user.tz = "Asia/Shanghai"
        self.other.manager_id = boss
        self.new_role(
            functions or {"employees": "view edit"}, scope="own_stores", user_ids=user
        )
        return user

    def test_lent_people_are_in_the_scope_while_the_loan_runs(self):
        user = self.manager()
        loan = self.lend()
        models = ("hr.employee", "hr.employee.public", "attendance.terminal.code")

        def seen():
            self.env.invalidate_all()
            found = []
            for name in models:
                field = "employee_id" if "code" in name else "id"
                rows = self.env[name].with_user(user)
                found.append(
                    rows.search_count(
                        [
                            (field, "=", self.person.id),
                            ("attendance_scope", "=", "employees.view"),
                        ]
                    )
                )
            return found

        self.assertEqual(seen(), [1, 1, 1])
        self.person.with_user(user).english_name = "Lee"
        for when in ("2026-03-10 15:59:00", "2026-03-12 16:00:00"):  # a day off
            with freeze_time(when):
                self.assertEqual(seen(), [0, 0, 0])
                with self.assertRaises(AccessError):
                    self.person.with_user(user).english_name = "x"
        with freeze_time("2026-03-12 15:59:00"):  # 23:59 of the last day
            self.assertEqual(seen(), [1, 1, 1])
        loan.unlink()
        self.assertEqual(seen(), [0, 0, 0])

    def test_loans_are_held_by_scope_and_function(self):
        user = self.manager(employees="view create")
        loans = self.env["attendance.store.loan"].with_user(user)
        loan = self.lend()
        far = self.lend("2026-06-01", "2026-06-02", store_id=self.third.id)
        self.assertIn(loan, loans.search([]))
        with self.assertRaises(AccessError):
            loan.with_user(user).note = "x"
        with self.assertRaises(AccessError):
            loan.with_user(user).unlink()
        loan.unlink()
        self.assertNotIn(far, loans.search([]))
        with self.assertRaises(AccessError):
            far.with_user(user).read(["note"])
        with self.assertRaises(AccessError):
            loans.create(
                {
                    "employee_id": self.person.id,
                    "store_id": self.third.id,
                    "date_from": "2026-07-01",
                    "date_to": "2026-07-02",
                }
            )
        nobody = self.new_user("nobody")
        with self.assertRaises(AccessError):
            far.with_user(nobody).read(["note"])

    def test_people_and_loans_of_a_store(self):
        self.lend()
        self.assertEqual((self.store.people_count, self.other.people_count), (1, 1))
        self.assertEqual((self.store.loan_count, self.other.loan_count), (0, 1))
        people = self.other.action_view_people()
        self.assertEqual(people["domain"], [("id", "in", self.person.ids)])
        action = self.store.action_view_loans()
        loans = self.env["attendance.store.loan"].search(action["domain"])
        self.assertEqual(loans.store_id, self.other)
        reader = self.new_user("reader")
        reader.tz = "Asia/Shanghai"
        self.assertEqual(self.other.with_user(reader).people_count, 1)

    def test_form(self):
        with Form(self.env["attendance.store.loan"]) as form:
            form.employee_id = self.person
            form.store_id = self.other
            form.date_from = "2026-03-11"
            form.date_to = "2026-03-12"
            self.assertEqual(form.home_store_id, self.store)
        self.assertEqual(form.record.display_name, "Li → Store T002")
