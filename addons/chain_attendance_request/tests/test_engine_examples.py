"""The examples of the manual with requests, from the form to the stored day."""

from odoo.tests import freeze_time, tagged

from .common import RequestCommon

MONDAY, TUESDAY, SUNDAY = "2026-07-06", "2026-07-07", "2026-07-05"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestEngineExamples(RequestCommon):
    """due, worked, late, early, absent; overtime; and what else a request changes."""

    def punch(self, *times, day=MONDAY):
        self.send("1001", *[f"{day} {time}:00" for time in times])

    def test_overtime_as_far_as_present(self):
        for day, start, stop, out, recognised in (
            ("2026-07-06", "18:00", "20:30", "20:35", 150),
            ("2026-07-07", "17:00", "20:30", "20:40", 180),
            ("2026-07-08", "18:00", "21:00", "20:10", 120),
        ):
            with self.subTest(start=start, out=out):
                form = self.file("overtime", day, start, stop)
                self.punch("08:30", out, day=day)
                self.assertEqual(self.overtime(day), (recognised, 0, 0))
                form.action_cancel()
                self.assertEqual(self.overtime(day), (0, 0, 0))

    def test_overtime_extends_the_window(self):
        self.punch("08:30", "22:10")
        self.file("overtime", MONDAY, "17:30", "22:00")
        self.assertEqual(self.figures(MONDAY), [(540, 540, 0, 0, 0)])
        self.assertEqual(self.overtime(MONDAY), (270, 0, 0))

    def test_overtime_over_midnight(self):
        shift = self.new_shift("Late", (840, 1380))
        self.override(self.person, MONDAY, shift)
        self.send("1001", "2026-07-06 13:55:00", "2026-07-07 01:35:00")
        form = self.file("overtime", MONDAY, "23:00", "01:30")
        self.assertEqual(str(form.date_to), TUESDAY)
        self.assertEqual(str(form.work_date), MONDAY)
        self.assertEqual(self.overtime(MONDAY), (150, 0, 0))

    def test_overtime_after_midnight_is_of_the_shift_before(self):
        self.override(self.person, MONDAY, self.new_shift("Late", (840, 1440)))
        form = self.file("overtime", TUESDAY, "00:00", "01:30")
        self.assertEqual(str(form.work_date), MONDAY)

    def test_overtime_on_a_day_of_rest(self):
        self.punch("08:25", "17:05", day=SUNDAY)
        form = self.file("overtime", SUNDAY, "08:30", "17:00")
        self.assertEqual(form.overtime_kind, "rest_day")
        self.assertEqual(form.title, "Rest-Day Overtime")
        self.assertEqual(self.figures(SUNDAY)[0][0], 0)
        self.assertEqual(self.overtime(SUNDAY), (0, 510, 0))

    def test_overtime_with_corrections(self):
        self.file("overtime", SUNDAY, "09:00", "14:00")
        self.file("correction", SUNDAY, "10:01")
        self.file("correction", SUNDAY, "14:09")
        self.assertEqual(self.overtime(SUNDAY), (0, 210, 0))

    def test_overtime_on_a_make_up_workday(self):
        self.set_holiday(SUNDAY, "make_up_workday")
        form = self.file("overtime", SUNDAY, "18:00", "20:00")
        self.assertEqual(form.overtime_kind, "workday")
        self.punch("08:30", "20:00", day=SUNDAY)
        self.assertEqual(self.overtime(SUNDAY), (120, 0, 0))

    def test_overtime_on_a_holiday(self):
        self.set_holiday(MONDAY, "public_holiday")
        form = self.file("overtime", MONDAY, "09:00", "12:00")
        self.assertEqual(form.overtime_kind, "holiday")
        self.punch("09:00", "12:00")
        self.assertEqual(self.overtime(MONDAY), (0, 0, 180))

    def set_holiday(self, day, kind):
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Days", "company_id": self.company.id}
        )
        self.company.attendance_holiday_calendar_id = calendar
        self.env["attendance.holiday"].create(
            {"calendar_id": calendar.id, "name": "X", "date": day, "day_kind": kind}
        )

    def test_outing_inside_the_shift(self):
        self.file("outing", MONDAY, "10:00", "12:00")
        self.punch("08:25", "17:35")
        self.assertEqual(self.figures(MONDAY), [(540, 540, 0, 0, 0)])
        self.assertEqual(self.compute(MONDAY).outing_minutes, 120)

    def test_trip_for_the_whole_day(self):
        self.file("trip", MONDAY, date_to=TUESDAY, is_by_days=True)
        self.assertEqual(self.figures(MONDAY, TUESDAY), [(540, 540, 0, 0, 0)] * 2)
        self.assertEqual(self.compute(TUESDAY).trip_minutes, 540)

    def test_correction_of_a_missing_punch(self):
        self.punch("17:35")
        self.assertEqual(self.figures(MONDAY), [(540, 0, 0, 0, 540)])
        punches = self.env["attendance.punch"].search_count([])
        self.file("correction", MONDAY, "08:30", direction="in")
        self.assertEqual(self.figures(MONDAY), [(540, 540, 0, 0, 0)])
        self.assertEqual(self.env["attendance.punch"].search_count([]), punches)

    def test_leave_by_days(self):
        self.take_leave("day", MONDAY, MONDAY)
        self.assertEqual(self.figures(MONDAY), [(0, 0, 0, 0, 0)])
        self.assertEqual(self.compute(MONDAY).leave_minutes, 540)

    def test_leave_by_hours(self):
        self.take_leave("hour", MONDAY, MONDAY, 13, 17)
        self.punch("08:30", "13:00")
        self.assertEqual(self.figures(MONDAY), [(300, 270, 0, 0, 30)])

    def test_leave_that_counts_as_worked(self):
        self.take_leave("day", MONDAY, MONDAY, time_type="other")
        self.assertEqual(self.figures(MONDAY), [(540, 540, 0, 0, 0)])

    def test_leave_counts_once_it_is_validated(self):
        leave = self.take_leave("day", MONDAY, MONDAY, leave_validation_type="hr")
        self.assertEqual(self.figures(MONDAY), [(540, 0, 0, 0, 540)])
        leave.action_approve()
        self.assertEqual(self.figures(MONDAY), [(0, 0, 0, 0, 0)])
        leave.action_refuse()
        self.assertEqual(self.figures(MONDAY), [(540, 0, 0, 0, 540)])

    def take_leave(self, unit, first, last, start=None, stop=None, **values):
        hours = {"request_hour_from": start, "request_hour_to": stop} if start else {}
        return self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": self.leave_type(unit, **values).id,
                "request_date_from": first,
                "request_date_to": last,
                **hours,
            }
        )
