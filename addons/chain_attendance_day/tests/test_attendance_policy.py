from odoo.tests import freeze_time, tagged

from .common import DayCommon

DAY, NIGHT = "2026-03-10", "2026-03-28"


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestAttendancePolicy(DayCommon):
    """What a company says of its days, with a shift and without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.company.attendance_policy_id

    def judge(self, policy, shift, *times, day=DAY):
        """``(due, worked, late, early, absent), (workday, rest day, holiday), codes``.

        :param shift: a shift, ``None`` for a day of rest, ``False`` for no roster
        """
        self.policy.write(policy)
        if shift is not False:
            self.override(self.person, day, shift)
        self.send("1001", *[f"{day} {time}:00" for time in times])
        (figures,) = self.figures(day)
        row = self.compute(day)
        return (
            figures,
            (
                row.overtime_workday_minutes,
                row.overtime_rest_day_minutes,
                row.overtime_holiday_minutes,
            ),
            row.exception_codes or "",
        )

    def check(self, rows):
        """``(what, policy, shift, times, *expected)``, each on the same data."""
        for what, policy, shift, times, *expected in rows:
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                found = self.judge(policy, shift, *times.split())
                savepoint.rollback()
                self.env.invalidate_all()
                self.assertEqual(found, tuple(expected))

    def test_days_without_a_shift(self):
        nothing = (0, 0, 0, 0, 0)
        automatic = {"overtime_mode": "automatic"}
        self.check(
            [
                ("F6", {}, None, "09:00 17:00", nothing, (0, 0, 0), "unapproved_work"),
                (
                    "F6, automatic",
                    automatic,
                    None,
                    "09:00 17:00",
                    nothing,
                    (0, 480, 0),
                    "",
                ),
                (
                    "in units of an hour",
                    automatic | {"overtime_unit_minutes": 60},
                    None,
                    "09:00 16:45",
                    nothing,
                    (0, 420, 0),
                    "",
                ),
                (
                    "less a rest of half an hour",
                    automatic | {"overtime_rest_minutes": 30},
                    None,
                    "09:00 17:00",
                    nothing,
                    (0, 450, 0),
                    "",
                ),
                (
                    "below the minimum",
                    automatic | {"overtime_least_minutes": 481},
                    None,
                    "09:00 17:00",
                    nothing,
                    (0, 0, 0),
                    "",
                ),
                (
                    "in and out in turn",
                    automatic | {"punch_mode": "pairs"},
                    None,
                    "09:00 12:00 13:00 17:00",
                    nothing,
                    (0, 420, 0),
                    "",
                ),
                (
                    "rounded to the quarter",
                    automatic | {"round_in_minutes": 15, "overtime_unit_minutes": 1},
                    None,
                    "08:50 17:00",
                    nothing,
                    (0, 480, 0),
                    "",
                ),
                (
                    "without a roster",
                    automatic,
                    False,
                    "09:00 17:00",
                    nothing,
                    (480, 0, 0),
                    "unscheduled_work",
                ),
            ]
        )

    def test_days_with_a_shift(self):
        d9 = self.day_shift
        no_overtime = (0, 0, 0)
        f4 = {"overtime_mode": "automatic", "overtime_least_minutes": 60}
        whole = (540, 540, 0, 0, 0)
        own = self.new_shift("O9", (510, 1050), has_own_overtime=True)
        limits = self.new_shift("L9", (510, 1050), has_own_limits=True)
        rounded = self.new_shift("R9", (510, 1050), has_own_rounding=True)
        keys = self.new_shift("K9", (510, 1050), has_own_punches=True)
        keys.deducts_punched_outing = True
        self.check(
            [
                ("F4", f4, d9, "08:30 18:05", whole, no_overtime, ""),
                ("F4, 75 minutes", f4, d9, "08:30 18:45", whole, (60, 0, 0), ""),
                (
                    "from half an hour after the end",
                    f4 | {"overtime_delay_minutes": 30},
                    d9,
                    "08:30 19:00",
                    whole,
                    (60, 0, 0),
                    "",
                ),
                (
                    "before the start too",
                    f4 | {"overtime_before_start": True},
                    d9,
                    "07:30 18:00",
                    whole,
                    (90, 0, 0),
                    "",
                ),
                ("a shift's own form", f4, own, "08:30 18:45", whole, no_overtime, ""),
                (
                    "work without a form",
                    {"flags_unapproved_workday": True},
                    d9,
                    "08:30 18:45",
                    whole,
                    no_overtime,
                    "unapproved_work",
                ),
                (
                    "rounded up to the quarter",
                    {"round_in_minutes": 15},
                    d9,
                    "08:36 17:30",
                    (540, 525, 15, 0, 0),
                    no_overtime,
                    "",
                ),
                (
                    "not rounded by the shift",
                    {"round_in_minutes": 15},
                    rounded,
                    "08:36 17:30",
                    (540, 534, 6, 0, 0),
                    no_overtime,
                    "",
                ),
                (
                    "late without a limit",
                    {"is_late_limited": False},
                    d9,
                    "09:40 17:30",
                    (540, 470, 70, 0, 0),
                    no_overtime,
                    "",
                ),
                (
                    "limited by the shift",
                    {"is_late_limited": False},
                    limits,
                    "09:40 17:30",
                    (540, 470, 0, 0, 70),
                    no_overtime,
                    "",
                ),
                (
                    "only what exceeds",
                    {"counts_only_excess": True},
                    d9,
                    "08:38 17:30",
                    (540, 537, 3, 0, 0),
                    no_overtime,
                    "",
                ),
                (
                    "less than nine tenths",
                    {"least_worked_percent": 90},
                    d9,
                    "09:40 17:30",
                    (540, 0, 0, 0, 540),
                    no_overtime,
                    "",
                ),
                (
                    "a missing end by minutes",
                    {"missing_out": "minutes", "missing_out_minutes": 45},
                    d9,
                    "08:30",
                    (540, 495, 0, 45, 0),
                    no_overtime,
                    "missing_out",
                ),
                (
                    "a punched outing is shown",
                    {},
                    d9,
                    "08:30 12:00 13:00 17:30",
                    whole,
                    no_overtime,
                    "",
                ),
                (
                    "and deducted",
                    {"deducts_punched_outing": True},
                    d9,
                    "08:30 12:00 13:00 17:30",
                    (540, 480, 0, 0, 60),
                    no_overtime,
                    "",
                ),
                (
                    "by the shift alone",
                    {},
                    keys,
                    "08:30 12:00 13:00 17:30",
                    (540, 480, 0, 0, 60),
                    no_overtime,
                    "",
                ),
            ]
        )

    def test_a_holiday_stays_due(self):
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "Of the store", "company_id": self.company.id}
        )
        calendar.holiday_ids = [(0, 0, {"name": "A day", "date": DAY})]
        self.store.holiday_calendar_id = calendar
        works = self.new_shift("H9", (510, 1050), works_on_holidays=True)
        nothing = (0, 0, 0, 0, 0)
        stays = {"holiday_stays_due": True}
        self.check(
            [
                ("F7", {}, works, "08:30 17:30", nothing, (0, 0, 540), ""),
                (
                    "due as on any day",
                    stays,
                    works,
                    "08:36 17:30",
                    (540, 534, 6, 0, 0),
                    (0, 0, 0),
                    "",
                ),
                (
                    "of a shift that does not work on holidays",
                    stays,
                    self.day_shift,
                    "",
                    nothing,
                    (0, 0, 0),
                    "",
                ),
            ]
        )

    def test_due_of_the_night_in_which_the_clocks_change(self):
        self.store.tz = "Europe/Berlin"
        for measure, due in (("elapsed", 420), ("nominal", 480)):
            with self.subTest(measure):
                figures, _overtime, _codes = self.judge(
                    {"due_measure": measure}, self.night_shift, day=NIGHT
                )
                self.assertEqual(figures, (due, 0, 0, 0, due))

    def test_each_rule_marks_the_days(self):
        self.compute(DAY)
        for name in self.policy._rules():
            field, value = self.policy._fields[name], self.policy[name]
            if field.type == "selection":
                values = [key for key, _label in field.selection if key != value]
                other = values[0]
            else:
                other = not value if field.type == "boolean" else value + 1
            with self.subTest(name):
                self.clear_queue()
                self.policy[name] = other
                self.assertEqual(self.queued(), [DAY])
        self.clear_queue()
        self.policy.write({"name": "New", "sequence": 3})
        self.assertEqual(self.queued(), [])
