from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .common import DayCommon

EAST = "Pacific/Kiritimati"
WEST = "Pacific/Pago_Pago"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestEmployment(DayCommon):
    """Days lie inside the employment, and who is where opens them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.version_id.date_version = "2026-01-01"
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.clear_queue()

    def employed(self):
        days = [f"2026-03-{number:02d}" for number in range(2, 14)]
        found = [str(row.work_date) for row in self.compute(*days)]
        return (found[0], found[-1]) if found else None

    def test_rows_only_between_hire_and_leave_date(self):
        self.assertEqual(self.employed(), ("2026-03-02", "2026-03-13"))
        self.person.write({"hire_date": "2026-03-05", "leave_date": "2026-03-10"})
        self.assertEqual(self.employed(), ("2026-03-05", "2026-03-10"))

    def test_the_hire_date_goes_before_the_contract(self):
        self.person.version_id.contract_date_start = "2026-03-06"
        self.assertEqual(self.employed(), ("2026-03-06", "2026-03-13"))
        self.person.hire_date = "2026-03-04"
        self.assertEqual(self.employed(), ("2026-03-04", "2026-03-13"))

    def test_the_leave_date_goes_before_the_departure(self):
        self.person.version_id.departure_date = "2026-03-09"
        self.assertEqual(self.employed(), ("2026-03-02", "2026-03-13"))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hr_employee SET active = false WHERE id = %s", [self.person.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self.employed(), ("2026-03-02", "2026-03-09"))
        self.person.leave_date = "2026-03-11"
        self.assertEqual(self.employed(), ("2026-03-02", "2026-03-11"))

    def test_an_employment_that_ends_before_it_starts_has_no_day(self):
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hr_employee SET hire_date = '2026-03-10', leave_date = '2026-03-05'"
            " WHERE id = %s",
            [self.person.id],
        )
        self.env.invalidate_all()
        self.assertIsNone(self.employed())

    def test_dates_and_archiving_mark_the_person_s_days(self):
        other = self.new_employee("Bob", "2001")
        self.roster(other, self.day_shift, "2026-03-02")
        self.clear_queue()
        # Those on which the person is employed now and was not, or the reverse, and
        # the day that borders on them.
        before = [f"2026-03-{number:02d}" for number in range(2, 6)]
        after = [f"2026-03-{number:02d}" for number in range(18, 22)]
        for change, marked in (
            ({"hire_date": "2026-03-05"}, before),
            ({"hire_date": False}, before),
            ({"leave_date": "2026-03-19"}, after[1:]),
            ({"leave_date": False}, after[1:]),
            ({"active": False, "departure_date": "2026-03-18"}, after),
            ({"active": True}, after),
        ):
            with self.subTest(change):
                self.person.write(change)
                self.assertEqual(self.queued(), marked)
                self.assertFalse(self.queued(other))
                self.clear_queue()
        # A departure date decides nothing while the person is active.
        self.person.work_phone = "1"
        self.person.version_id.departure_date = "2026-03-17"
        self.env.flush_all()
        self.assertFalse(self.queued())

    def test_a_punch_before_the_hire_date_counts_once_that_is_corrected(self):
        late = self.new_employee("Late", "3001", hire_date="2026-03-10")
        self.send("3001", "2026-03-09 08:30:00", "2026-03-09 17:30:00")
        self.assertFalse(self.compute("2026-03-09", employee=late))
        self.clear_queue()
        late.hire_date = "2026-03-09"
        self.assertIn("2026-03-09", self.queued(late))
        self.assertTrue(self.compute("2026-03-09", employee=late))

    def today(self, zone="Asia/Shanghai"):
        """The clock of the database decides which days have begun."""
        self.cr.execute("SELECT (now() AT TIME ZONE %s)::date", [zone])
        return self.cr.fetchone()[0]

    def opened(self):
        self.clear_queue()
        self.env["attendance.day"]._open_days()
        return self.queued()

    def test_no_day_is_opened_outside_the_employment(self):
        today = self.today()
        with freeze_time(f"{today} 08:00:00"):
            self.assertEqual(self.opened(), [str(today)])
            self.person.hire_date = today + timedelta(days=1)
            self.assertEqual(self.opened(), [])
            self.person.hire_date = today
            self.assertEqual(self.opened(), [str(today)])
            self.person.hire_date = False
            self.compute(str(today - timedelta(days=4)))
            self.person.leave_date = today - timedelta(days=2)
            expected = [str(today - timedelta(days=n)) for n in (3, 2)]
            self.assertEqual(self.opened(), expected)
            # The days up to the last one are opened also once the record is closed.
            self.person.active = False
            self.assertEqual(self.opened(), expected)
            self.person.leave_date = False
            self.assertEqual(self.opened(), [])

    def test_a_day_begins_in_the_zone_of_the_store_of_today(self):
        today = self.today()
        loan = self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": self.new_store("EAST", tz=EAST).id,
                "date_from": today - timedelta(days=3),
                "date_to": today + timedelta(days=3),
            }
        )
        self.assertEqual(self.opened(), [str(self.today(EAST))])
        loan.store_id = self.new_store("WEST", tz=WEST)
        self.assertEqual(self.opened(), [str(self.today(WEST))])
        loan.unlink()
        self.assertEqual(self.opened(), [str(today)])

    def test_the_first_day_in_a_zone_ahead_begins_there(self):
        """On the eve of a loan to the east the lent store's midnight counts."""
        ahead, here = self.today(EAST), self.today(WEST)
        self.store.tz = WEST
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": self.new_store("EAST", tz=EAST).id,
                "date_from": ahead,
                "date_to": ahead,
            }
        )
        self.assertLess(here, ahead)
        self.assertEqual(self.opened(), [str(ahead)])
