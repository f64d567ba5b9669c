from .common import DayCommon

MONDAY, TUESDAY, SUNDAY = "2026-03-02", "2026-03-03", "2026-03-08"
EMPLOYEE = "chain_attendance_base.group_employee"
STORE_MANAGER = "chain_attendance_base.group_store_manager"


class ExceptionCommon(DayCommon):
    """A person on the day shift, and the exceptions of the own days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, MONDAY)
        cls.exceptions = cls.env["attendance.exception"]

    def found(self, *days, state="open"):
        """``{code: state}`` of the person's exceptions, after computing the dates."""
        if days:
            self.compute(*days)
        rows = self.exceptions.search([("employee_id", "=", self.person.id)])
        return {row.code: row.state for row in rows if not state or row.state == state}

    def row(self, code):
        return self.exceptions.search(
            [("employee_id", "=", self.person.id), ("code", "=", code)]
        )

    def login(self, name, *groups, **values):
        employee = self.new_employee(name, **values)
        return employee, self.new_user(name, *groups, employee=employee)
