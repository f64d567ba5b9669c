from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import DayCommon

# A Thursday, and the Sunday after it.
THURSDAY, SUNDAY = "2026-03-05", "2026-03-08"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestHoliday(DayCommon):
    """The calendar of the store, or the company's, says what a date is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["attendance.holiday.calendar"].create(
            {"name": "Chain", "company_id": cls.company.id}
        )
        cls.other_calendar = cls.calendar.copy({"name": "North"})
        cls.company.attendance_holiday_calendar_id = cls.calendar
        cls.north = cls.new_store("N", holiday_calendar_id=cls.other_calendar.id)
        cls.northerner = cls.new_employee("Bob", "2001", store_id=cls.north.id)
        for person in (cls.person, cls.northerner):
            cls.roster(person, cls.day_shift, "2026-03-02")
        cls.clear_queue()

    def holiday(self, day, kind="public_holiday", calendar=None):
        return self.env["attendance.holiday"].create(
            {
                "calendar_id": (calendar or self.calendar).id,
                "name": "Feast",
                "date": day,
                "day_kind": kind,
            }
        )

    def names(self, *days, employee=None):
        rows = self.compute(*days, employee=employee)
        return [(row.day_name, row.due_minutes, row.absent_minutes) for row in rows]

    def test_g3_a_public_holiday_on_a_roster_day(self):
        self.holiday(THURSDAY)
        self.assertEqual(
            self.names(THURSDAY, "2026-03-06"), [("holiday", 0, 0), ("work", 540, 540)]
        )

    def test_g4_a_holiday_added_later_and_removed_again(self):
        self.compute(THURSDAY, "2026-03-06")
        self.clear_queue()
        absent = self.names(THURSDAY)
        self.assertEqual(absent, [("work", 540, 540)])
        holiday = self.holiday(THURSDAY)
        self.work_off()
        self.assertEqual(self.stored(THURSDAY), [("holiday", 0, 0)])
        holiday.unlink()
        self.work_off()
        self.assertEqual(self.stored(THURSDAY), absent)

    def work_off(self):
        """What the scheduled job would do now."""
        queue = self.env["attendance.day.queue"]
        claimed = queue._claim()
        self.assertTrue(claimed)
        queue._release(claimed, queue._compute(claimed))
        self.assertFalse(queue.search_count([]))

    def stored(self, day):
        row = self.env["attendance.day"].search(
            [("employee_id", "=", self.person.id), ("work_date", "=", day)]
        )
        return [(row.day_name, row.due_minutes, row.absent_minutes)]

    def test_a_make_up_sunday_is_worked(self):
        self.assertEqual(self.names(SUNDAY), [("rest", 0, 0)])
        self.holiday(SUNDAY, "make_up_workday")
        self.assertEqual(self.names(SUNDAY), [("work", 540, 540)])
        self.send("1001", f"{SUNDAY} 08:30:00", f"{SUNDAY} 17:30:00")
        (row,) = self.compute(SUNDAY)
        self.assertEqual((row.worked_minutes, row.shift_id), (540, self.day_shift))
        # Where the calendar does not hold, Sunday stays Sunday.
        self.assertEqual(self.names(SUNDAY, employee=self.northerner), [("rest", 0, 0)])

    def test_a_make_up_day_of_who_has_no_roster(self):
        self.holiday(SUNDAY, "make_up_workday")
        free = self.new_employee("Free", "3001")
        self.assertEqual(self.names(SUNDAY, employee=free), [("unscheduled", 0, 0)])

    def test_a_moved_rest_day_is_rest(self):
        self.holiday(THURSDAY, "moved_rest_day")
        self.assertEqual(self.names(THURSDAY), [("rest", 0, 0)])

    def test_two_stores_with_calendars_of_their_own(self):
        self.holiday(THURSDAY)
        self.holiday("2026-03-06", calendar=self.other_calendar)
        days = (THURSDAY, "2026-03-06")
        self.assertEqual([n for n, *_ in self.names(*days)], ["holiday", "work"])
        found = self.names(*days, employee=self.northerner)
        self.assertEqual([n for n, *_ in found], ["work", "holiday"])

    def test_who_is_lent_has_the_holidays_of_the_lent_store(self):
        self.holiday(THURSDAY, calendar=self.other_calendar)
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": self.north.id,
                "date_from": THURSDAY,
                "date_to": THURSDAY,
            }
        )
        self.assertEqual(self.names(THURSDAY), [("holiday", 0, 0)])

    def test_a_holiday_tomorrow_frees_the_window_of_tonight(self):
        """The morning shift of a holiday is no neighbour that takes the out punch."""
        self.roster(self.person, self.night_shift, "2026-03-04")
        self.roster(self.person, self.day_shift, THURSDAY)
        self.send("1001", "2026-03-04 21:50:00", f"{THURSDAY} 07:30:00")
        self.assertEqual(self.compute("2026-03-04").absent_minutes, 480)
        self.holiday(THURSDAY)
        self.assertEqual(self.compute("2026-03-04").worked_minutes, 480)

    # Marks

    def known(self, *days):
        for person in (self.person, self.northerner):
            self.compute(*days, employee=person)
        self.clear_queue()

    def around(self, day):
        middle = date.fromisoformat(day)
        return [str(middle + timedelta(days=n)) for n in (-1, 0, 1)]

    def both_queued(self):
        found = self.queued(), self.queued(self.northerner)
        self.clear_queue()
        return found

    def test_a_holiday_marks_who_lives_by_its_calendar(self):
        self.known(*(f"2026-03-{number:02d}" for number in range(2, 20)))
        holiday = self.holiday(THURSDAY)
        self.assertEqual(self.both_queued(), (self.around(THURSDAY), []))
        holiday.date = "2026-03-11"
        both = self.around(THURSDAY) + self.around("2026-03-11")
        self.assertEqual(self.both_queued(), (both, []))
        holiday.day_kind = "moved_rest_day"
        self.assertEqual(self.both_queued(), (self.around("2026-03-11"), []))
        holiday.name = "Another feast"
        self.assertEqual(self.both_queued(), ([], []))
        holiday.calendar_id = self.other_calendar
        self.assertEqual(self.both_queued(), (self.around("2026-03-11"),) * 2)
        holiday.unlink()
        self.assertEqual(self.both_queued(), ([], self.around("2026-03-11")))
        self.holiday("2026-05-01")
        self.assertEqual(self.both_queued(), ([], []))

    def test_days_that_have_no_row_are_left_alone(self):
        self.known("2026-03-06")
        self.holiday(THURSDAY)
        self.assertEqual(self.both_queued(), (["2026-03-06"], []))

    def test_a_day_that_waits_already_is_marked_anew(self):
        """Its computing may have read the calendar before."""
        queue = self.env["attendance.day.queue"]
        queue._mark([(self.person.id, date.fromisoformat(THURSDAY))])
        claimed = queue._claim()
        self.holiday(THURSDAY)
        queue._release(claimed)
        self.assertEqual(self.queued(), [THURSDAY])

    def test_another_calendar_marks_the_dates_that_differ(self):
        self.holiday(THURSDAY)
        self.holiday("2026-03-10")
        self.holiday("2026-03-10", calendar=self.other_calendar)
        self.holiday("2026-03-17", calendar=self.other_calendar)
        self.known(*(f"2026-03-{number:02d}" for number in range(2, 20)))
        differing = self.around(THURSDAY) + self.around("2026-03-17")
        self.north.holiday_calendar_id = False
        self.assertEqual(self.both_queued(), ([], differing))
        self.north.phone = "1"
        self.assertEqual(self.both_queued(), ([], []))
        self.north.holiday_calendar_id = self.other_calendar
        self.assertEqual(self.both_queued(), ([], differing))
        self.company.attendance_holiday_calendar_id = False
        without = self.around(THURSDAY) + self.around("2026-03-10")
        self.assertEqual(self.both_queued(), (without, []))
        self.company.attendance_holiday_calendar_id = self.other_calendar
        with_north = self.around("2026-03-10") + self.around("2026-03-17")
        self.assertEqual(self.both_queued(), (with_north, []))
