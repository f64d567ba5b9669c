from datetime import date

from odoo.addons.chain_attendance_shift.tests.common import ShiftBuilders
from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon


class DayCommon(ShiftBuilders, TerminalCommon):
    """A person on the manual's day shift, a terminal, and the queue's state."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day_shift = cls.new_shift("D9", (510, 1050))
        cls.night_shift = cls.new_shift("N8", (1320, 360))
        cls.person = cls.new_employee("Ann", "1001")
        cls.company.attendance_policy_id.write(
            {"grace_late_minutes": 5, "grace_early_minutes": 5}
        )
        cls.clear_queue()

    @classmethod
    def clear_queue(cls):
        cls.env["attendance.day.queue"].search([]).unlink()

    def queued(self, employee=None):
        """The dates that wait for a person, oldest first."""
        domain = [("employee_id", "=", (employee or self.person).id)]
        rows = self.env["attendance.day.queue"].search(domain, order="work_date")
        return [str(row.work_date) for row in rows]

    def compute(self, *days, employee=None):
        """Compute these dates and return their rows."""
        employee = employee or self.person
        pairs = [(employee.id, date.fromisoformat(day)) for day in days]
        self.env["attendance.day"]._recompute(pairs)
        return self.env["attendance.day"].search(
            [("employee_id", "=", employee.id), ("work_date", "in", days)],
            order="work_date",
        )

    def figures(self, *days):
        return [
            (
                row.due_minutes,
                row.worked_minutes,
                row.late_minutes,
                row.early_minutes,
                row.absent_minutes,
            )
            for row in self.compute(*days)
        ]
