from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon

DAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestWantedPeople(TerminalCommon):
    """Who is to be on a terminal on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.second.id)
        cls.ann = cls.new_employee("Ann", "11")
        cls.bo = cls.new_employee("Bo", "12", store_id=cls.second.id)

    def wanted(self, terminal=None, day=DAY, employees=None):
        """``"11 12"``: the codes of those who are to be on it."""
        terminal = terminal or self.terminal
        ids = None if employees is None else employees.ids
        found = terminal._wanted_people(day, ids)[terminal.id]
        return " ".join(sorted(found.people))

    def lend(self, employee, store, first, last):
        return self.env["attendance.store.loan"].create(
            {
                "employee_id": employee.id,
                "store_id": store.id,
                "date_from": first,
                "date_to": last,
            }
        )

    def assign(self, terminal, employee, **values):
        return self.env["attendance.terminal.assignment"].create(
            {"terminal_id": terminal.id, "employee_id": employee.id, **values}
        )

    def test_people_of_its_store(self):
        self.assertEqual(self.wanted(), "11")
        self.assertEqual(self.wanted(self.far), "12")
        self.terminal.serve_store_employees = False
        self.assertEqual(self.wanted(), "")
        self.terminal.store_id = False
        self.terminal.serve_store_employees = True
        self.assertEqual(self.wanted(), "")

    def test_lent_people_are_at_both_stores_for_these_days(self):
        self.lend(self.ann, self.second, "2026-03-10", "2026-03-12")
        for day, there in ((9, "12"), (10, "11 12"), (12, "11 12"), (13, "12")):
            self.assertEqual(self.wanted(self.far, date(2026, 3, day)), there)
            self.assertEqual(self.wanted(day=date(2026, 3, day)), "11")

    def test_a_transfer_by_its_date(self):
        self.ann.create_version(
            {"date_version": "2026-03-20", "store_id": self.second.id}
        )
        self.assertEqual(self.wanted(day=date(2026, 3, 19)), "11")
        self.assertEqual(self.wanted(day=date(2026, 3, 20)), "")
        self.assertEqual(self.wanted(self.far, date(2026, 3, 20)), "11 12")

    def test_employment_and_archive(self):
        self.ann.write({"hire_date": "2026-03-05", "leave_date": "2026-03-15"})
        for day, there in ((4, ""), (5, "11"), (15, "11"), (16, "")):
            self.assertEqual(self.wanted(day=date(2026, 3, day)), there)
        self.bo.active = False
        self.assertEqual(self.wanted(self.far), "")

    def test_the_code_of_the_day(self):
        self.ann.terminal_code_ids.date_to = "2026-03-09"
        self.env["attendance.terminal.code"].create(
            {"employee_id": self.ann.id, "code": "77", "date_from": "2026-03-10"}
        )
        self.assertEqual(self.wanted(day=date(2026, 3, 9)), "11")
        self.assertEqual(self.wanted(), "77")
        nobody = self.new_employee("No Code")
        nobody.terminal_code_ids.unlink()
        found = self.terminal._wanted_people(DAY)[self.terminal.id]
        self.assertEqual(found.without_code, nobody.ids)

    def test_assigned_besides_and_as_administrator(self):
        self.assign(self.terminal, self.bo, is_administrator=True)
        self.assertEqual(self.wanted(), "11 12")
        found = self.terminal._wanted_people(DAY)[self.terminal.id].people
        self.assertEqual(found["12"].privilege, 14)
        self.assertEqual(found["11"].privilege, 0)
        # An administrator of one terminal is none of the other.
        other = self.far._wanted_people(DAY)[self.far.id].people
        self.assertEqual(other["12"].privilege, 0)

    def test_everybody_of_the_company_and_nobody_of_another(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        self.env["hr.employee"].with_company(other).create(
            {"name": "Else", "company_id": other.id, "terminal_user_code": "13"}
        )
        self.terminal.serve_all_employees = True
        self.assertEqual(self.wanted(), "11 12")
        self.assertEqual(self.wanted(employees=self.bo), "12")

    def test_what_is_sent_is_one_line_and_the_card(self):
        self.ann.write({"name": "Ann\tPri=14\n x", "barcode": "CARD9"})
        person = self.terminal._wanted_people(DAY)[self.terminal.id].people["11"]
        self.assertEqual((person.name, person.card), ("Ann Pri=14 x", "CARD9"))

    def test_the_number_of_queries_does_not_grow(self):
        def count(terminals):
            self.env.invalidate_all()
            terminals.mapped("serve_all_employees")
            terminals.company_id.mapped("name")
            with self.assertQueryCount(2):
                terminals._wanted_people(DAY)

        count(self.terminal)
        more = self.terminal | self.far
        for number in range(20):
            store = self.new_store(f"N{number}")
            more |= self.new_terminal(
                f"5{number}", f"MANY{number:04}", store_id=store.id,
                serve_all_employees=number % 2 == 0,
            )  # fmt: skip
        for number in range(30):
            self.new_employee(f"P{number}", f"4{number}")
        count(more)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestAssignmentAccess(TerminalCommon):
    """Who keeps a terminal assigns people whom the login may view."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.second.id)
        cls.ann = cls.new_employee("Ann", "11")
        cls.bo = cls.new_employee("Bo", "12", store_id=cls.second.id)
        cls.user = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.user

    def assign(self, terminal, employee):
        return (
            self.env["attendance.terminal.assignment"]
            .with_user(self.user)
            .create({"terminal_id": terminal.id, "employee_id": employee.id})
        )

    def allow(self, terminals, employees=None):
        functions = {"terminals": terminals}
        if employees:
            functions["employees"] = employees
        return self.new_role(functions, scope="own_stores", user_ids=self.user)

    def test_own_people_on_own_terminals(self):
        self.allow("view edit", "view")
        row = self.assign(self.terminal, self.ann)
        row.is_administrator = True
        for terminal, employee in (
            (self.terminal, self.bo),
            (self.far, self.ann),
            (self.far, self.bo),
        ):
            with self.assertRaises(AccessError):
                self.assign(terminal, employee)
        with self.assertRaises(AccessError):
            row.employee_id = self.bo
        row.unlink()

    def test_without_the_function(self):
        self.allow("view", "view")
        with self.assertRaises(AccessError):
            self.assign(self.terminal, self.ann)

    def test_without_seeing_people(self):
        self.allow("view edit")
        with self.assertRaises(AccessError):
            self.assign(self.terminal, self.ann)

    def test_another_company_s_people(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        person = (
            self.env["hr.employee"]
            .with_company(other)
            .create({"name": "Else", "company_id": other.id})
        )
        self.new_role(
            {"terminals": "view edit", "employees": "view"},
            scope="all",
            user_ids=self.user,
        )
        with self.assertRaises(AccessError):
            self.assign(self.terminal, person)
