"""A leave takes what its plan says, whatever changes that afterwards."""

from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

MONDAY, TUESDAY, SUNDAY = "2026-07-06", "2026-07-07", "2026-07-12"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 04:00:00")
class TestHrLeaveCharge(LeaveCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.new_employee("Bob", "1002")
        cls.roster(cls.bob, cls.day_shift, "2026-06-01")

    def now(self, leave):
        """Days and hours of a leave, once the transaction would be committed."""
        self.env.cr.flush()
        leave.invalidate_recordset()
        return round(leave.number_of_days, 3), round(leave.number_of_hours, 3)

    def test_an_override(self):
        leave = self.take(self.by_day, MONDAY, TUESDAY)
        self.override(self.person, TUESDAY)
        self.assertEqual(self.now(leave), (1, 9))
        told = " ".join(leave.message_ids.mapped("body"))
        self.assertIn("charged 1 d instead of 2 d", told)
        self.env["attendance.roster.override"].search(
            [("employee_id", "=", self.person.id)]
        ).unlink()
        self.assertEqual(self.now(leave), (2, 18))

    def test_a_roster_comes_and_goes(self):
        leave = self.take(self.by_day, MONDAY, TUESDAY)
        dated = self.roster(self.person, self.night_shift, MONDAY)
        self.assertEqual(self.now(leave), (2, 16))
        self.assertEqual(leave.date_from, self.utc("2026-07-06 14:00:00"))
        self.assertEqual(leave.date_to, self.utc("2026-07-07 22:00:00"))
        dated.date_from = TUESDAY
        self.assertEqual(self.now(leave), (2, 17))
        dated.unlink()
        self.assertEqual(self.now(leave), (2, 18))
        self.assertEqual(leave.state, "validate")

    def test_without_any_roster_odoos_calendar_counts(self):
        leave = self.take(self.by_day, MONDAY, SUNDAY, employee_id=self.bob.id)
        self.assertEqual(self.now(leave), (5, 45))
        self.env["attendance.roster"].search(
            [("employee_id", "=", self.bob.id)]
        ).unlink()
        self.assertEqual(self.now(leave), (5, 40))
        self.assertFalse(leave.roster_tz)
        self.roster(self.bob, self.night_shift, "2026-06-01")
        self.assertEqual(self.now(leave), (5, 40))
        self.assertEqual(leave.roster_tz, "Asia/Shanghai")

    def test_a_version_of_the_shift(self):
        early = self.take(self.by_day, MONDAY)
        late = self.take(self.by_day, "2026-07-13")
        timetable = self.day_shift.timetable_ids
        self.day_shift.write(
            {
                "change_from": "2026-07-10",
                "timetable_ids": [(1, timetable.id, {"start_minutes": 570})],
            }
        )
        self.assertEqual(self.now(early), (1, 9))
        self.assertEqual(self.now(late), (1, 8))
        self.assertEqual(late.date_from, self.utc("2026-07-13 01:30:00"))

    def test_a_holiday(self):
        leave = self.take(self.by_day, MONDAY, TUESDAY)
        self.free(MONDAY)
        self.assertEqual(self.now(leave), (1, 9))
        holiday = self.env["attendance.holiday"].search([("date", "=", MONDAY)])
        holiday.date = "2026-07-20"
        self.assertEqual(self.now(leave), (2, 18))
        holiday.date = TUESDAY
        self.assertEqual(self.now(leave), (1, 9))
        holiday.unlink()
        self.assertEqual(self.now(leave), (2, 18))

    def test_the_default_shift_of_the_store(self):
        self.store.default_shift_id = self.day_shift
        eve = self.new_employee("Eve", "1003")
        leave = self.take(self.by_day, MONDAY, employee_id=eve.id)
        self.assertEqual(self.now(leave), (1, 9))
        self.store.default_shift_id = self.night_shift
        self.assertEqual(self.now(leave), (1, 8))
        self.store.default_works_monday = False
        self.assertEqual(self.now(leave), (0, 0))

    def test_the_store_of_the_person(self):
        leave = self.take(self.by_day, MONDAY)
        there = self.new_store("T2", tz="Europe/Berlin")
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": there.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
            }
        )
        self.now(leave)
        self.assertEqual(leave.roster_tz, "Europe/Berlin")
        self.assertEqual(leave.date_from, self.utc("2026-07-06 06:30:00"))

    def test_the_hire_date(self):
        leave = self.take(self.by_day, MONDAY, TUESDAY)
        self.person.hire_date = TUESDAY
        self.assertEqual(self.now(leave), (1, 9))

    def test_half_days_and_hours(self):
        half = self.take(self.by_half, MONDAY, request_date_from_period="pm")
        hours = self.take(self.by_hour, TUESDAY, start=13, stop=17)
        self.on_nights(MONDAY, TUESDAY)
        self.assertEqual(self.now(half), (0.5, 4))
        self.assertEqual(half.date_from, self.utc("2026-07-06 18:00:00"))
        self.assertEqual(self.now(hours), (0, 0))
        self.assertEqual(hours.date_from, self.utc("2026-07-07 05:00:00"))

    def test_what_was_typed_stays(self):
        days = self.take(self.by_day, MONDAY, TUESDAY, typed_days=1.5)
        hours = self.take(self.by_hour, "2026-07-08", start=13, stop=17, typed_hours=3)
        self.override(self.person, TUESDAY)
        self.on_nights("2026-07-08")
        self.assertEqual(self.now(days), (1.5, 13.5))
        self.assertEqual(self.now(hours)[1], 3)

    def test_the_balance_follows(self):
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
        leave = self.take(leave_type, MONDAY, TUESDAY)
        self.override(self.person, TUESDAY)
        self.now(leave)
        self.assertEqual(leave.balance, "9 of 10 d left")

    def test_the_calendar_of_odoo_follows(self):
        leave = self.take(self.by_day, MONDAY)
        self.on_nights(MONDAY)
        self.now(leave)
        held = self.env["resource.calendar.leaves"].search(
            [("holiday_id", "=", leave.id)]
        )
        self.assertEqual(held.date_from, self.utc("2026-07-06 14:00:00"))
        self.assertEqual(held.date_to, self.utc("2026-07-06 22:00:00"))

    def test_nothing_else_is_touched(self):
        values = [
            ("other dates", self.take(self.by_day, "2026-07-15")),
            ("other person", self.take(self.by_day, MONDAY, employee_id=self.bob.id)),
            ("long past", self.take(self.by_day, "2026-05-04")),
            ("refused", self.take(self.by_day, "2026-07-08")),
        ]
        values[-1][1].action_refuse()
        mine = self.take(self.by_day, MONDAY)
        # Each is wrong by hand, so that whoever counts it anew is found out.
        self.env.cr.flush()
        self.env.cr.execute("UPDATE hr_leave SET number_of_days = 77")
        self.env.invalidate_all()
        self.override(self.person, MONDAY, self.night_shift)
        self.override(self.person, "2026-05-04", self.night_shift)
        self.override(self.person, "2026-07-08", self.night_shift)
        self.env.cr.flush()
        self.env.invalidate_all()
        self.assertEqual(mine.number_of_days, 1)
        for name, leave in values:
            with self.subTest(name):
                self.assertEqual(leave.number_of_days, 77)

    def test_what_waits_is_counted_however_old(self):
        by_hr = self.leave_type("day", leave_validation_type="hr")
        leave = self.take(by_hr, "2026-04-06")
        self.assertEqual(leave.state, "confirm")
        self.override(self.person, "2026-04-06", self.night_shift)
        self.assertEqual(self.now(leave), (1, 8))

    def test_no_step_is_asked_for_anew(self):
        leave = self.take(self.by_day, MONDAY, TUESDAY)
        self.env["attendance.request.rule"].create(
            {
                "name": "All",
                "company_id": self.company.id,
                "step_ids": [
                    (0, 0, {"approver": "line_manager"}),
                ],
            }
        )
        self.on_nights(MONDAY)
        self.assertEqual(self.now(leave), (2, 17))
        self.assertEqual(leave.state, "validate")

    def test_switched_off(self):
        leave = self.take(self.by_day, MONDAY)
        self.company.attendance_leave_by_roster = False
        self.on_nights(MONDAY)
        self.assertEqual(self.now(leave), (1, 9))

    def test_queries_do_not_grow_with_the_leaves(self):
        people = [self.new_employee(f"P{n}", f"30{n:02d}") for n in range(30)]
        for person in people:
            self.roster(person, self.day_shift, "2026-06-01")
        leaves = self.env["hr.leave"].create(
            [
                {
                    "employee_id": person.id,
                    "holiday_status_id": self.by_day.id,
                    "request_date_from": f"2026-07-{6 + number % 5:02d}",
                    "request_date_to": "2026-07-19",
                }
                for number, person in enumerate(people)
            ]
        )
        counts = []
        for day, asked in (("2026-07-13", people[:3]), ("2026-07-14", people)):
            self.env.cr.flush()
            self.env.invalidate_all()
            for person in asked:
                self.override(person, day)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env.cr.flush()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(leaves[-1].number_of_days, 5)
        self.assertLess(counts[1], counts[0] + 25, counts)
