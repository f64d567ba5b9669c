from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_request.tests.common import LeaveCommon

PLACE = ("employee_number", "employee_name")
FIGURES = (
    "due_minutes",
    "worked_minutes",
    "late_minutes",
    "early_minutes",
    "absent_minutes",
)
# Figure 44, oldest first, by the rules: 07-03 is 6 minutes late, and the 0.67 h that
# stand beside it belong to 07-04, the 40 minutes somebody left early. The limit for
# early departure was 60 then, or 07-04 would be absence.
DETAIL = [
    ("2014-07-01", "常日班", "08:30 - 17:30", 540, 522, 0, 18, 0, 0, 0, 0),
    ("2014-07-02", "常日班", "08:30 - 17:30", 540, 508, 0, 0, 32, 0, 0, 0),
    ("2014-07-03", "常日班", "08:30 - 17:30", 540, 534, 6, 0, 0, 0, 0, 0),
    ("2014-07-04", "常日班", "08:30 - 17:30", 540, 500, 0, 40, 0, 0, 0, 0),
    ("2014-07-05", "Rest-Day Overtime", "08:30 - 17:00", 0, 0, 0, 0, 0, 0, 510, 510),
    ("2014-07-06", "Rest", False, 0, 0, 0, 0, 0, 0, 0, 0),
    ("2014-07-07", "常日班", "08:30 - 17:30", 540, 0, 0, 0, 540, 0, 0, 0),
    ("2014-07-08", "事假", False, 0, 0, 0, 0, 0, 1, 0, 540),
    ("2014-07-09", "常日班", "08:30 - 13:00", 270, 270, 0, 0, 0, 0, 0, 0),
    ("2014-07-09", "事假", "13:00 - 17:00", 0, 0, 0, 0, 0, 0, 240, 240),
    ("2014-07-09", "常日班", "17:00 - 17:30", 30, 0, 0, 0, 30, 0, 0, 0),
    ("2014-07-10", "常日班", "08:30 - 17:30", 540, 540, 0, 0, 0, 0, 0, 0),
    ("2014-07-10", "Workday Overtime", "17:00 - 20:30", 0, 0, 0, 0, 0, 0, 210, 180),
    ("2014-07-11", "常日班", "08:30 - 17:30", 540, 0, 0, 0, 540, 0, 0, 0),
]
# Due, worked, late, early, absent, workday and rest-day overtime, personal leave.
DAILY = {
    1: (540, 522, 0, 18, 0, 0, 0, 0),
    2: (540, 508, 0, 0, 32, 0, 0, 0),
    3: (540, 534, 6, 0, 0, 0, 0, 0),
    4: (540, 500, 0, 40, 0, 0, 0, 0),
    5: (0, 0, 0, 0, 0, 0, 510, 0),
    6: (0, 0, 0, 0, 0, 0, 0, 0),
    7: (540, 0, 0, 0, 540, 0, 0, 0),
    8: (0, 0, 0, 0, 0, 0, 0, 540),
    9: (300, 270, 0, 0, 30, 0, 0, 240),
    10: (540, 540, 0, 0, 0, 180, 0, 0),
    11: (540, 0, 0, 0, 540, 0, 0, 0),
}
RECORD = {
    "2014-07-01": [("08:30", "17:12")],
    "2014-07-02": [("09:02", "17:30")],
    "2014-07-03": [("08:36", "17:30")],
    "2014-07-04": [("08:30", "16:50")],
    "2014-07-05": [("08:25", "17:05")],
    "2014-07-07": [(False, False)],
    "2014-07-09": [("08:30", "13:00"), (False, False)],
    "2014-07-10": [("08:30", "20:40")],
    "2014-07-11": [(False, False)],
}


@tagged("post_install", "-at_install")
@freeze_time("2014-08-20 08:00:00")
class TestManualMonth(LeaveCommon):
    """The manual's own employee in July 2014: figures 44 to 48.

    Its month cannot be recomputed from its printed days (it drops the full day of
    leave, shows a truncated 58 minutes and counts days that are not printed), so the
    month here is the sum of the days.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.attendance_policy_id.early_limit_minutes = 60
        cls.wang = cls.new_employee(
            "王连飞", "8001", employee_number="10001", english_name="Wang"
        )
        cls.day = cls.new_shift("常日班", (510, 1050))
        cls.roster(cls.wang, cls.day, "2014-07-01")
        cls.send_and_file()
        cls.env["attendance.day"]._recompute(
            [(cls.wang.id, cls.date(number)) for number in DAILY]
        )

    @classmethod
    def date(cls, number):
        return cls.utc(f"2014-07-{number:02}").date()

    @classmethod
    def send_and_file(cls):
        cls.send(
            "8001",
            *(
                f"2014-07-{text}:00"
                for text in (
                    "01 08:30", "01 17:12", "02 09:02", "02 17:30", "03 08:36",
                    "03 17:30", "04 08:30", "04 16:50", "05 08:25", "05 17:05",
                    "09 08:30", "09 13:00", "10 08:30", "10 20:40",
                )
            ),
        )  # fmt: skip
        person = {"employee_id": cls.wang.id}
        cls.file("overtime", "2014-07-05", "08:30", "17:00", **person)
        cls.file("overtime", "2014-07-10", "17:00", "20:30", **person)
        cls.by_day.name = cls.by_hour.name = "事假"
        cls.take(cls.by_day, "2014-07-08", **person)
        cls.take(cls.by_hour, "2014-07-09", start=13, stop=17, **person)

    def found(self, report, **context):
        return (
            self.env[report]
            .with_context(**context)
            .search([("employee_id", "=", self.wang.id)])
        )

    def leave(self, row, part):
        """What the columns of both types called personal leave hold."""
        return sum(
            row[f"leave_{leave_type.report_column}_{part}"]
            for leave_type in (self.by_day, self.by_hour)
        )

    def test_figure_44(self):
        rows = self.found("attendance.report.detail")
        self.assertEqual(set(rows.mapped("employee_number")), {"10001"})
        self.assertEqual(
            [
                (
                    str(row.work_date),
                    row.label,
                    row.time_label,
                    *(row[name] for name in FIGURES),
                    row.claimed_days,
                    row.claimed_hour_minutes,
                    row.counted_minutes,
                )
                for row in rows.sorted(lambda row: (row.work_date, row.sequence))
            ],
            DETAIL,
        )
        # The newest day is first, and within a day the order of time.
        self.assertEqual(
            [(row.work_date.day, row.sequence) for row in rows[:6]],
            [(11, 1), (10, 1), (10, 2), (9, 1), (9, 2), (9, 3)],
        )

    def test_the_record_of_the_month(self):
        rows = self.found("attendance.report.record")
        found = {}
        for row in rows.sorted(lambda row: (row.work_date, row.sequence)):
            ends = (row.in_label, row.out_label)
            found.setdefault(str(row.work_date), []).append(ends)
        self.assertEqual(found, RECORD)
        rest = rows.filtered(lambda row: row.work_date.day == 5)
        self.assertEqual((rest.label, rest.time_label), ("Rest-Day Overtime", False))

    def test_figures_45_and_46(self):
        rows = self.found("attendance.report.daily").sorted("work_date")
        self.assertEqual(
            {
                row.work_date.day: (
                    *(row[name] for name in FIGURES),
                    row.overtime_workday_minutes,
                    row.overtime_rest_day_minutes,
                    self.leave(row, "minutes"),
                )
                for row in rows
            },
            DAILY,
        )
        self.assertEqual(rows.mapped("claimed_workday_minutes"), [0] * 9 + [210] + [0])

    def test_figures_47_and_48(self):
        """Of July, or of the manual's query 07-01 to 07-31: the same row."""
        span = {"attendance_from": "2014-07-01", "attendance_to": "2014-07-31"}
        for context in ({}, span):
            row = self.found("attendance.report.monthly", **context)
            self.assertEqual(
                (
                    *(row[name] for name in FIGURES),
                    row.overtime_workday_minutes,
                    row.overtime_rest_day_minutes,
                    self.leave(row, "minutes"),
                ),
                tuple(map(sum, zip(*DAILY.values(), strict=True))),
            )
            self.assertEqual(
                (self.leave(row, "days"), self.leave(row, "hour_minutes")), (1, 240)
            )
            self.assertEqual((row.leave_days, row.leave_hour_minutes), (1, 240))
            self.assertEqual(
                (row.late_count, row.early_count, row.absent_count), (1, 2, 4)
            )
            self.assertEqual((row.due_days, row.present_days), (8, 7))
            self.assertEqual((row.day_count, row.open_count), (11, 0))
            self.assertEqual(row.employee_name, "王连飞")
            self.assertEqual(row.english_name, "Wang")
            self.assertEqual(row.shift_id, self.day)

    def test_a_week_of_it(self):
        row = self.found(
            "attendance.report.monthly",
            attendance_from="2014-07-07",
            attendance_to="2014-07-09",
        )
        self.assertEqual([row[name] for name in FIGURES], [840, 270, 0, 0, 570])
        self.assertEqual((row.leave_days, row.leave_hour_minutes), (1, 240))

    def test_months_are_found_by_the_dates_of_their_days(self):
        """The search looks at those dates only, and finds what it would find anyway."""
        august = self.utc("2014-08-04").date()
        self.env["attendance.day"]._recompute([(self.wang.id, august)])
        monthly = self.env["attendance.report.monthly"]
        mine = [("employee_id", "=", self.wang.id)]
        for months, found in (
            ([], [8, 7]),
            ([("month", "=", "2014-07-01")], [7]),
            ([("month", ">=", "2014-07-01"), ("month", "<=", "2014-07-31")], [7]),
            ([("month", ">", "2014-07-01")], [8]),
            (["|", ("month", "<", "2014-08-01"), ("month", "=", "2014-08-01")], [8, 7]),
            ([("month", "=", "2014-06-01")], []),
            (["!", ("month", "=", "2014-07-01")], [8]),
        ):
            with self.subTest(months=months):
                rows = monthly.search([*mine, *months])
                self.assertEqual([row.month.month for row in rows], found)
        query = monthly._search([("month", "=", "2014-07-01")])
        text = query.select().code
        self.assertEqual(text.count('"work_date" >= '), 2)
        self.assertEqual(text.count('"work_date" <= '), 2)

    def test_sums_at_the_foot(self):
        mine = [("employee_id", "=", self.wang.id)]
        for report in ("attendance.report.detail", "attendance.report.daily"):
            totals = self.env[report].report_totals(mine, [*FIGURES, "employee_id"])
            self.assertEqual(
                list(totals.items()),
                list(zip(FIGURES, (4080, 2874, 6, 58, 1142), strict=True)),
            )
            late = [*mine, ("late_minutes", ">", 0)]
            totals = self.env[report].report_totals(late, FIGURES)
            self.assertEqual(list(totals.values()), [540, 534, 6, 0, 0])

    def test_the_reader_s_scope(self):
        """Rows, sums and months are those of the people whom a login sees."""
        other = self.new_store("T9")
        for login, values, count in (
            ("theirs", {"scope": "employees", "employee_ids": self.wang}, 14),
            ("others", {"scope": "own_stores"}, 0),
        ):
            user = self.new_user(login)
            if login == "others":
                other.timekeeper_ids = user
            values = {
                name: [Command.set(value.ids)] if name == "employee_ids" else value
                for name, value in values.items()
            }
            self.new_role({"reports": "view"}, user_ids=user, **values)
            detail = self.env["attendance.report.detail"].with_user(user)
            self.assertEqual(len(detail.search([])), count, login)
            totals = detail.report_totals([], FIGURES)
            self.assertEqual(totals["due_minutes"], 4080 if count else 0)
            record = self.env["attendance.report.record"].with_user(user)
            self.assertEqual(len(record.search([])), 10 if count else 0)
            monthly = self.env["attendance.report.monthly"].with_user(user)
            self.assertEqual(len(monthly.search([])), 1 if count else 0)
