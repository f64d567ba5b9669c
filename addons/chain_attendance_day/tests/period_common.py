from datetime import date, timedelta

from ..models.attendance_adjustment import ADJUSTED
from .common import DayCommon

PARTS = ("worked_minutes", "late_minutes", "early_minutes", "absent_minutes")


class PeriodCommon(DayCommon):
    """A person with a month of days, and the period of that month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.days = cls.env["attendance.day"]
        cls.lines = cls.env["attendance.adjustment"]
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.period = cls.new_period("2026-03-01", "2026-03-31")
        cls.clear_queue()

    @classmethod
    def new_period(cls, first, last, store=None, **values):
        return cls.env["attendance.period"].create(
            {
                "company_id": cls.company.id,
                "store_id": store and store.id,
                "date_from": first,
                "date_to": last,
                **values,
            }
        )

    def close(self, periods=None):
        """By the machine's way: whatever waits is computed first."""
        periods = self.period if periods is None else periods
        self.settle()
        periods.filtered(lambda p: p.state != "reviewed").action_review()
        periods._close()

    def settle(self):
        """Compute what waits."""
        queue = self.env["attendance.day.queue"]
        rows = queue.search([])
        pairs = [(row.employee_id.id, row.work_date) for row in rows]
        if pairs:
            self.days._recompute(pairs)
        rows.unlink()

    def recompute(self, *days, employee=None):
        employee = employee or self.person
        return self.days._recompute(
            [(employee.id, date.fromisoformat(day)) for day in days]
        )

    def adjusted(self, day=None, employee=None):
        """``{figure: minutes}`` of the lines of a person, of a day or of all."""
        domain = [("employee_id", "=", (employee or self.person).id)]
        if day:
            domain.append(("work_date", "=", day))
        groups = self.lines._read_group(domain, ["figure"], ["minutes:sum"])
        return {figure: minutes for figure, minutes in groups if minutes}

    def assert_balanced(self):
        """due = worked + late + early + absent, for the lines of each day."""
        groups = self.lines._read_group(
            [], ["employee_id", "work_date:day", "figure"], ["minutes:sum"]
        )
        sums = {}
        for employee, day, figure, minutes in groups:
            sums.setdefault((employee, day), dict.fromkeys(ADJUSTED, 0))[figure] = (
                minutes
            )
        for key, found in sums.items():
            parts = sum(found[name] for name in PARTS)
            self.assertEqual(found["due_minutes"], parts, key)

    def stored(self, day, employee=None):
        """Due, worked, late, early, absent as they are stored."""
        row = self.days.search(
            [
                ("employee_id", "=", (employee or self.person).id),
                ("work_date", "=", day),
            ]
        )
        return row and (row.due_minutes, *(row[name] for name in PARTS))

    @staticmethod
    def dates(first, count):
        first = date.fromisoformat(first)
        return [str(first + timedelta(days=number)) for number in range(count)]
