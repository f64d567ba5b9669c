from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_engine import BreakKind

from ..models.attendance_day_calendar import _Week
from .common import DayCommon

MONDAY, SUNDAY = "2026-03-09", "2026-03-15"
MORNING, LUNCH, AFTERNOON = (9, 12, "morning"), (12, 13, "lunch"), (13, 18, "afternoon")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestWorkingCalendar(DayCommon):
    """Without a roster the hours of Odoo's calendar count, where a policy says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.company.attendance_policy_id
        cls.policy.unscheduled_uses_calendar = True
        cls.calendar = cls.new_calendar(MORNING, LUNCH, AFTERNOON)
        cls.person.resource_calendar_id = cls.calendar
        cls.clear_queue()

    @classmethod
    def new_calendar(cls, *lines, weekdays="01234", **values):
        return cls.env["resource.calendar"].create(
            {
                "name": "Office",
                "company_id": cls.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": period,
                            "dayofweek": weekday,
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": period,
                            **more,
                        }
                    )
                    for weekday in weekdays
                    for start, end, period, *rest in lines
                    for more in rest or [{}]
                ],
                **values,
            }
        )

    def marked(self, first, last):
        """The dates on which the roster grid says that a calendar counts."""
        shown = self.env["attendance.roster.grid"].get_grid(
            [("id", "=", self.person.id)], first, last
        )
        (row,) = shown["rows"]
        return [
            day["date"]
            for day, cell in zip(shown["days"], row["cells"], strict=True)
            if "calendar" in cell[2]
        ]

    def test_the_roster_grid_says_so(self):
        week = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
        self.assertEqual(self.marked(MONDAY, SUNDAY), week)
        holidays = self.env["attendance.holiday.calendar"].create({"name": "Year"})
        for day, kind in (
            (week[0], "public_holiday"),
            (week[1], "moved_rest_day"),
            (SUNDAY, "make_up_workday"),
        ):
            holidays.holiday_ids.create(
                {
                    "calendar_id": holidays.id,
                    "name": kind,
                    "date": day,
                    "day_kind": kind,
                }
            )
        self.company.attendance_holiday_calendar_id = holidays
        self.assertEqual(self.marked(MONDAY, SUNDAY), [*week[2:], SUNDAY])
        self.override(self.person, week[2], False)
        self.assertEqual(self.marked(MONDAY, SUNDAY), [*week[3:], SUNDAY])
        self.policy.unscheduled_uses_calendar = False
        self.assertEqual(self.marked(MONDAY, SUNDAY), [])

    def names(self, *days):
        return [row.day_name for row in self.compute(*days)]

    def test_the_hours_of_the_calendar_are_due(self):
        self.assertEqual(self.figures(MONDAY), [(480, 0, 0, 0, 480)])
        row = self.compute(MONDAY)
        self.assertEqual((row.day_name, row.shift_id.id), ("work", False))
        self.send("1001", f"{MONDAY} 08:55:00", f"{MONDAY} 17:50:00")
        self.assertEqual(self.figures(MONDAY), [(480, 470, 0, 10, 0)])

    def test_a_weekday_without_hours_is_a_day_of_rest(self):
        self.assertEqual(self.names(SUNDAY), ["rest"])

    def test_only_by_policy(self):
        self.policy.unscheduled_uses_calendar = False
        self.assertEqual(self.names(MONDAY, SUNDAY), ["unscheduled"] * 2)
        self.policy.unscheduled_uses_calendar = True
        self.assertIn(MONDAY, self.queued())

    def test_a_roster_goes_before_it(self):
        self.roster(self.person, self.day_shift, MONDAY)
        self.assertEqual(self.compute(MONDAY).shift_id, self.day_shift)
        self.assertEqual(self.figures(MONDAY), [(540, 0, 0, 0, 540)])

    def test_holidays_and_make_up_workdays(self):
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Of the company", "company_id": self.company.id}
        )
        self.company.attendance_holiday_calendar_id = calendar
        for day, kind in ((MONDAY, "public_holiday"), (SUNDAY, "make_up_workday")):
            self.env["attendance.holiday"].create(
                {
                    "name": kind,
                    "calendar_id": calendar.id,
                    "date": day,
                    "day_kind": kind,
                }
            )
        self.assertEqual(self.names(MONDAY, SUNDAY), ["holiday", "work"])
        # It has the hours of the Friday before.
        self.assertEqual(self.figures(SUNDAY), [(480, 0, 0, 0, 480)])

    def test_what_changes_a_calendar_marks_its_days(self):
        self.compute(MONDAY, SUNDAY)
        other = self.new_employee("Bob", "1002")
        other.resource_calendar_id = self.new_calendar(MORNING)
        self.compute(MONDAY, employee=other)
        line = self.calendar.attendance_ids[0]
        own = [MONDAY, SUNDAY]
        for change in (
            lambda: line.write({"hour_from": 8}),
            lambda: line.copy({"dayofweek": "6"}),
            line.unlink,
            lambda: self.calendar.write({"schedule_type": "flexible"}),
            lambda: self.person.write(
                {"resource_calendar_id": other.resource_calendar_id.id}
            ),
        ):
            self.clear_queue()
            change()
            self.env.flush_all()
            with self.subTest():
                self.assertEqual(self.queued(), own)
                self.assertEqual(self.queued(other), [])

    def test_a_changed_calendar_is_judged_anew(self):
        self.assertEqual(self.figures(MONDAY), [(480, 0, 0, 0, 480)])
        monday = self.calendar.attendance_ids.filtered(lambda x: x.dayofweek == "0")
        monday.filtered(lambda x: x.hour_from == 9).hour_from = 8
        self.assertEqual(self.figures(MONDAY), [(540, 0, 0, 0, 540)])

    def test_the_calendar_of_the_date_counts(self):
        self.person.version_id.date_version = "2026-01-01"
        version = self.person.create_version({"date_version": "2026-03-10"})
        version.resource_calendar_id = self.new_calendar(MORNING)
        found = self.figures(MONDAY, "2026-03-10")
        self.assertEqual([row[0] for row in found], [480, 180])

    def test_a_calendar_without_hours_leaves_the_day_unscheduled(self):
        self.person.resource_calendar_id = self.new_calendar(
            MORNING, schedule_type="flexible"
        )
        self.assertEqual(self.names(MONDAY), ["unscheduled"])

    def test_a_leave_takes_the_hours_of_the_calendar(self):
        """Through the same planning as days."""
        days = self.env["attendance.day"]
        pair = self.person.id, self.compute(MONDAY).work_date
        planned = days._prepare_engine_inputs([pair])[pair].day_input.today
        self.assertEqual(planned.source.value, "calendar")
        self.assertEqual(planned.shift.nominal_minutes, 480)

    def test_it_is_told(self):
        told = self.compute(MONDAY).explain()["sections"][0]["sentences"]
        texts = [sentence["text"] for sentence in told]
        self.assertIn(
            "Nothing is rostered; the hours of the working calendar count.", texts
        )
        self.assertTrue([text for text in texts if "“Office”: 09:00–18:00" in text])
        told = self.compute(SUNDAY).explain()["sections"][0]["sentences"]
        self.assertIn(
            "The working calendar makes this a day of rest.",
            [sentence["text"] for sentence in told],
        )

    def shapes(self, *lines, **values):
        """Timetables and breaks in minutes of a calendar's Monday."""
        week = _Week(self.new_calendar(*lines, weekdays="0", **values))
        monday = self.compute(MONDAY).work_date
        shift = week.on(monday, None)
        return shift and [
            (
                (piece.start, piece.stop),
                [(pause.start, pause.stop, pause.kind) for pause in piece.breaks],
            )
            for piece in shift.plan
        ]

    def test_lines_become_timetables_and_breaks(self):
        noon = [(720, 780, BreakKind.FIXED)]
        for lines, expected in (
            ([MORNING, LUNCH, AFTERNOON], [((540, 1080), noon)]),
            # A gap without a line of its own parts two timetables.
            ([MORNING, AFTERNOON], [((540, 720), []), ((780, 1080), [])]),
            ([MORNING, (12, 18, "afternoon")], [((540, 1080), [])]),
            # Breaks before the first hour and after the last one are none.
            ([(8, 9, "lunch"), MORNING, LUNCH], [((540, 720), [])]),
            ([(16, 24, "afternoon")], [((960, 1440), [])]),
            ([(0, 24, "full_day")], None),
        ):
            with self.subTest(lines):
                self.assertEqual(self.shapes(*lines), expected)

    def test_every_other_week(self):
        lines = [
            (8, 12, "morning", {"week_type": "0"}),
            (9, 12, "morning", {"week_type": "1"}),
        ]
        calendar = self.new_calendar(*lines, weekdays="0", two_weeks_calendar=True)
        self.person.resource_calendar_id = calendar
        found = {row[0] for row in self.figures("2026-03-09", "2026-03-16")}
        self.assertEqual(found, {180, 240})
