"""Leave of Time Off, charged by the roster (rule 12) and cut out of the day."""

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY = "2026-07-06", "2026-07-07"
FRIDAY, SATURDAY, SUNDAY = "2026-07-10", "2026-07-11", "2026-07-12"


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 04:00:00")
class TestHrLeaveRoster(LeaveCommon):
    def test_e1_hours_cut_the_shift(self):
        self.assertEqual(
            self.charged(self.by_hour, MONDAY, start=13, stop=17), (0.444, 4)
        )
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 13:00:00")
        self.assertEqual(self.row(MONDAY), (300, 270, 30, 240))

    def test_e2_hours_to_the_end(self):
        self.assertEqual(
            self.charged(self.by_hour, MONDAY, start=13, stop=17.5), (0.5, 4.5)
        )
        self.send("1001", f"{MONDAY} 08:25:00", f"{MONDAY} 13:02:00")
        self.assertEqual(self.row(MONDAY), (270, 270, 0, 270))

    def test_e3_a_day_is_the_shift(self):
        self.assertEqual(self.charged(self.by_day, MONDAY), (1, 9))
        self.assertEqual(self.row(MONDAY), (0, 0, 0, 540))

    def test_e3a_nights_belong_to_their_date(self):
        self.on_nights(MONDAY, TUESDAY)
        leave = self.take(self.by_day, TUESDAY)
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (1, 8))
        self.assertEqual(leave.date_from, self.utc("2026-07-07 14:00:00"))
        self.assertEqual(leave.date_to, self.utc("2026-07-07 22:00:00"))
        self.send("1001", f"{MONDAY} 21:55:00", f"{TUESDAY} 06:04:00")
        self.assertEqual(self.row(MONDAY), (480, 480, 0, 0))
        self.assertEqual(self.row(TUESDAY), (0, 0, 0, 480))

    def test_e4_present_while_on_leave(self):
        self.take(self.by_day, MONDAY)
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 17:30:00")
        self.assertEqual(self.row(MONDAY), (0, 0, 0, 540))

    def test_e5_a_break_is_not_charged(self):
        shift = self.new_shift("B8", (540, 1080))
        self.env["attendance.shift.break"].create(
            {"shift_id": shift.id, "start_minutes": 720, "end_minutes": 780}
        )
        self.override(self.person, MONDAY, shift)
        self.assertEqual(
            self.charged(self.by_hour, MONDAY, start=12, stop=14), (0.125, 1)
        )
        self.send(
            "1001",
            *[f"{MONDAY} {at}:00" for at in ("09:00", "12:00", "14:00", "18:00")],
        )
        self.assertEqual(self.row(MONDAY), (420, 420, 0, 60))

    def test_e6_days_of_rest_are_not_charged(self):
        self.override(self.person, SATURDAY)
        self.override(self.person, SUNDAY, self.day_shift)
        self.override(self.person, "2026-07-13")
        leave = self.take(self.by_day, FRIDAY, "2026-07-13")
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (2, 18))

    def test_e7_the_second_half_of_a_night(self):
        self.on_nights(MONDAY)
        leave = self.take(self.by_hour, TUESDAY, start=2, stop=6)
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (0.5, 4))
        self.send("1001", f"{MONDAY} 21:55:00", f"{TUESDAY} 02:03:00")
        self.assertEqual(self.row(MONDAY), (240, 240, 0, 240))

    def test_hours_over_midnight(self):
        self.on_nights(MONDAY)
        leave = self.take(self.by_hour, MONDAY, start=23, stop=2)
        self.assertEqual(leave.number_of_hours, 3)
        self.assertEqual(leave.date_to, self.utc("2026-07-06 18:00:00"))
        entry = self.env["attendance.request.entry"].search(
            [("leave_id", "=", leave.id)]
        )
        self.assertEqual(entry.stop_text, f"{TUESDAY} 02:00")
        self.take(self.by_hour, TUESDAY, start=3, stop=4)

    def test_midnight_is_a_time(self):
        self.on_nights(MONDAY)
        leave = self.take(self.by_hour, TUESDAY, start=0, stop=2)
        self.assertEqual(leave.date_from, self.utc("2026-07-06 16:00:00"))
        self.assertEqual(leave.number_of_hours, 2)

    def test_a_type_in_hours_by_whole_days(self):
        self.on_nights(MONDAY)
        leave = self.take(self.by_hour, MONDAY, TUESDAY, is_by_days=True)
        self.assertEqual(leave.number_of_hours, 17)
        self.assertEqual(self.row(MONDAY), (0, 0, 0, 480))

    def test_holidays_and_make_up_days(self):
        self.free(MONDAY)
        self.free(TUESDAY, "moved_rest_day")
        self.free(SUNDAY, "make_up_workday")
        leave = self.take(self.by_day, MONDAY, SUNDAY)
        # Wednesday to Saturday, and the Sunday that is made up.
        self.assertEqual(leave.number_of_days, 5)

    def test_calendar_days(self):
        self.by_day.counts_calendar_days = True
        self.free(MONDAY)
        self.assertEqual(self.charged(self.by_day, MONDAY, SUNDAY), (7, 45))
        self.assertEqual(self.compute(SUNDAY).leave_minutes, 0)

    def test_a_day_of_rest_alone(self):
        self.by_day.leave_validation_type = "hr"
        self.assertEqual(self.charged(self.by_day, SUNDAY), (0, 0))
        leave = self.env["hr.leave"].search([("employee_id", "=", self.person.id)])
        with self.assertRaisesRegex(ValidationError, "not supposed to work"):
            leave.action_approve()

    def test_half_days(self):
        morning = {"request_date_to_period": "am"}
        leave = self.take(self.by_half, MONDAY, **morning)
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (0.5, 4.5))
        self.assertEqual(self.row(MONDAY)[3], 270)
        leave = self.take(
            self.by_half, TUESDAY, "2026-07-09", request_date_from_period="pm"
        )
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (2.5, 22.5))

    def test_half_a_night(self):
        self.on_nights(MONDAY)
        leave = self.take(self.by_half, MONDAY, request_date_from_period="pm")
        self.assertEqual(leave.date_from, self.utc("2026-07-06 18:00:00"))
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (0.5, 4))

    def test_the_break_is_the_border_of_half_days(self):
        shift = self.new_shift("SP", (600, 840), (1020, 1260))
        self.override(self.person, MONDAY, shift)
        leave = self.take(self.by_half, MONDAY, request_date_to_period="am")
        self.assertEqual(leave.date_to, self.utc("2026-07-06 07:30:00"))
        self.assertEqual(leave.number_of_hours, 4)

    def test_flexible_hours(self):
        shift = self.new_shift("FX", is_flexible=True, flexible_minutes=480)
        self.override(self.person, MONDAY, shift)
        self.assertEqual(self.charged(self.by_day, MONDAY), (1, 8))

    def test_the_zone_is_the_stores(self):
        there = self.new_store("T2", tz="Europe/Berlin")
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": there.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
            }
        )
        leave = self.take(self.by_hour, MONDAY, start=10, stop=12)
        self.assertEqual(leave.date_from, self.utc("2026-07-06 08:00:00"))
        self.assertEqual(leave.tz, "Europe/Berlin")

    def test_nobody_is_charged_before_being_employed(self):
        self.person.hire_date = TUESDAY
        self.assertEqual(self.charged(self.by_day, MONDAY, TUESDAY), (1, 9))

    def test_counts_as_worked(self):
        leave_type = self.leave_type("day", time_type="other")
        self.assertEqual(self.charged(leave_type, MONDAY, SUNDAY), (6, 54))
        self.assertEqual(self.row(MONDAY), (540, 540, 0, 540))

    def test_e11_weeks_later(self):
        self.assertEqual(self.row(MONDAY), (540, 0, 540, 0))
        self.clear_queue()
        leave = self.take(self.by_day, MONDAY)
        self.assertIn(MONDAY, self.queued())
        self.assertEqual(self.row(MONDAY), (0, 0, 0, 540))
        leave.action_refuse()
        self.assertEqual(self.row(MONDAY), (540, 0, 540, 0))

    def test_two_versions_with_other_calendars(self):
        self.person.contract_date_start = "2026-01-01"
        other = self.env["resource.calendar"].create({"name": "Other"})
        self.person.create_version(
            {"date_version": "2026-07-08", "resource_calendar_id": other.id}
        )
        self.assertEqual(self.take(self.by_day, MONDAY, FRIDAY).number_of_days, 5)

    def test_many_at_once(self):
        people = [self.new_employee(f"P{n}", f"20{n:02d}") for n in range(12)]
        for person in people:
            self.roster(person, self.night_shift, "2026-06-01")
        values = [
            {
                "employee_id": person.id,
                "holiday_status_id": self.by_day.id,
                "request_date_from": MONDAY,
                "request_date_to": "2026-07-19",
            }
            for person in people
        ]
        leaves = self.env["hr.leave"].create(values)
        self.assertEqual(set(leaves.mapped("number_of_days")), {10})
        self.env.flush_all()
        leaves._roster_plans()
        with self.assertQueryCount(20):
            leaves._roster_plans()


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 04:00:00")
class TestHrLeaveCalendar(LeaveCommon):
    """Where Odoo's working calendar counts."""

    def test_switched_off(self):
        self.company.attendance_leave_by_roster = False
        self.assertEqual(self.charged(self.by_day, MONDAY, SUNDAY), (5, 40))
        self.assertEqual(
            self.charged(self.by_hour, "2026-07-13", start=13, stop=17)[1], 4
        )
        leave = self.env["hr.leave"].search(
            [("employee_id", "=", self.person.id)], limit=1
        )
        self.assertFalse(leave.roster_tz)

    def test_without_a_roster(self):
        bob = self.new_employee("Bob", "1002")
        leave = self.take(self.by_day, MONDAY, SUNDAY, employee_id=bob.id)
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (5, 40))

    def test_what_is_not_planned_yet(self):
        bob = self.new_employee("Bob", "1002")
        for day in (MONDAY, TUESDAY):
            self.override(bob, day, self.day_shift)
        leave = self.take(self.by_day, MONDAY, "2026-07-08", employee_id=bob.id)
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (3, 26))

    def test_odoos_group_form(self):
        bob = self.new_employee("Bob", "1002")
        self.override(self.person, MONDAY)
        wizard = self.env["hr.leave.generate.multi.wizard"].create(
            {
                "name": "Closed",
                "holiday_status_id": self.by_day.id,
                "employee_ids": (self.person | bob).ids,
                "date_from": MONDAY,
                "date_to": SUNDAY,
                "company_id": self.company.id,
            }
        )
        wizard.action_generate_time_off()
        leaves = self.env["hr.leave"].search(
            [("holiday_status_id", "=", self.by_day.id)]
        )
        found = {leave.employee_id: leave.number_of_days for leave in leaves}
        self.assertEqual(found, {self.person: 5, bob: 5})
        self.assertEqual(leaves.filtered("roster_tz").number_of_hours, 45)
        self.assertEqual(set(leaves.mapped("state")), {"validate"})


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20 04:00:00")
class TestHrLeaveTyped(LeaveCommon):
    """A typed amount is charged; the day is cut as it is."""

    def test_days(self):
        leave = self.take(self.by_day, MONDAY, TUESDAY, typed_days=1.5)
        self.assertEqual((leave.number_of_days, leave.number_of_hours), (1.5, 13.5))
        self.assertIn("1.5 d are charged as typed", leave.amount_note)
        self.assertIn("is 2 d", leave.amount_note)
        self.assertEqual(self.row(MONDAY)[3], 540)
        leave.typed_days = 2
        self.assertFalse(leave.amount_note)

    def test_hours_are_flagged_in_the_day(self):
        leave = self.take(self.by_hour, MONDAY, start=13, stop=17, typed_hours=3)
        self.assertEqual(leave.number_of_hours, 3)
        day = self.compute(MONDAY)
        self.assertEqual(day.leave_minutes, 240)
        self.assertIn("leave_amount_differs", day.exception_codes or "")

    def test_the_balance_takes_the_typed_amount(self):
        leave_type = self.leave_type("day", requires_allocation=True)
        self.env["hr.leave.allocation"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": leave_type.id,
                "number_of_days": 10,
                "date_from": "2026-01-01",
                "state": "confirm",
            }
        ).action_approve()
        leave = self.take(leave_type, MONDAY, TUESDAY, typed_days=1.5)
        self.assertEqual(leave.balance, "8.5 of 10 d left")
        leave.action_refuse()
        leave.invalidate_recordset()
        self.assertEqual(leave.balance, "10 of 10 d left")

    def test_what_is_refused(self):
        for words, values in {
            "“Days Typed”.*between 0 and 366": {"typed_days": 367},
            "“Hours Typed”.*between 0 and 0": {"typed_hours": 1},
        }.items():
            with (
                self.subTest(words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.take(self.by_day, FRIDAY, **values)
