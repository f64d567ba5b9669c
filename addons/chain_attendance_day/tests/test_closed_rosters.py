from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .period_common import PeriodCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestClosedRosters(PeriodCommon):
    """The roster of a closed day is not changed by the way."""

    def setUp(self):
        super().setUp()
        self.next = self.new_period("2026-04-01", "2026-04-30")
        self.recompute("2026-03-03")
        self.close()

    def attempt(self, action, message="closed period “2026-03”"):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            action()

    def test_overrides(self):
        make = {
            "employee_id": self.person.id,
            "date": "2026-03-03",
            "shift_id": self.night_shift.id,
        }
        overrides = self.env["attendance.roster.override"]
        self.attempt(lambda: overrides.create(make))
        self.attempt(lambda: overrides.create(make), "adjustment in “2026-04”")
        made = overrides.create({**make, "is_adjustment_confirmed": True})
        # A tick holds for one saving.
        self.attempt(lambda: made.write({"shift_id": self.day_shift.id}))
        made.write({"shift_id": self.day_shift.id, "is_adjustment_confirmed": True})
        self.attempt(lambda: made.write({"date": "2026-04-03"}))
        self.attempt(made.unlink)
        made.write({"reason": "A note"})
        confirmed = made.with_context(attendance_adjustment_confirmed=True)
        confirmed.unlink()
        self.settle()
        self.assertEqual(self.stored("2026-03-03"), (540, 0, 0, 0, 540))

    def test_open_days_are_not_asked(self):
        made = self.override(self.person, "2026-04-03", self.night_shift)
        made.write({"shift_id": self.day_shift.id})
        self.attempt(lambda: made.write({"date": "2026-03-31"}))
        made.unlink()

    def test_rosters(self):
        """What it says about closed days must stay; the rest of it may change."""
        (roster,) = self.env["attendance.roster"].search(
            [("employee_id", "=", self.person.id)]
        )
        roster.write({"date_to": "2026-04-20"})
        roster.write({"date_to": "2026-03-31"})
        for values in (
            {"date_to": "2026-03-30"},
            {"date_from": "2026-03-03"},
            {"date_from": "2026-02-20", "date_to": "2026-02-25"},
            {"shift_id": self.night_shift.id},
        ):
            with self.subTest(values):
                self.attempt(lambda values=values: roster.write(values))
        roster.write({"date_from": "2026-03-01", "is_adjustment_confirmed": True})
        self.attempt(roster.unlink)
        self.attempt(lambda: self.roster(self.person, self.night_shift, "2026-03-31"))
        self.roster(self.person, self.night_shift, "2026-04-01")

    def test_the_store_of_the_date_decides(self):
        second = self.new_store("T2")
        other = self.new_employee("Bo", "1002", store_id=second.id)
        self.new_period("2026-02-01", "2026-02-28", second)
        company = self.new_period("2026-02-01", "2026-02-28")
        self.close(company)
        self.override(other, "2026-02-03", self.night_shift)
        self.attempt(
            lambda: self.override(self.person, "2026-02-03", self.night_shift),
            "“2026-02”",
        )

    def test_queries_do_not_grow_with_rosters(self):
        people = [self.new_employee(f"P{n}", f"20{n:02d}") for n in range(20)]

        def queries_of(count):
            spans = [
                (person.id, date(2026, 3, 1), date.max) for person in people[:count]
            ]
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.assertTrue(self.env["attendance.period"]._first_closed(spans))
            return self.cr.sql_log_count - before

        queries_of(1)
        self.assertEqual(queries_of(20), queries_of(1))
