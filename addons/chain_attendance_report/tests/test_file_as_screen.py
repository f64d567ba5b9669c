import json

from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_request.tests.common import LeaveCommon

from .report_files import read_sheets

MONDAY, TUESDAY, FRIDAY, SUNDAY = "2026-07-06", "2026-07-07", "2026-07-10", "2026-07-12"
NOW = f"{FRIDAY} 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFileAsScreen(LeaveCommon):
    """A file says what the list says: the same units, the same empty cells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.take(cls.by_day, MONDAY)
        cls.take(cls.by_hour, TUESDAY, start=13, stop=17)
        cls.take(cls.by_day, FRIDAY)
        cls.send("1001", f"{TUESDAY} 08:25:00", f"{TUESDAY} 13:02:00")

    def setUp(self):
        super().setUp()
        self.compute(MONDAY, TUESDAY, "2026-07-05", FRIDAY)

    def table(self, report, *columns, **asked):
        """The only sheet of a report of the person."""
        data = {
            "model": f"attendance.report.{report}",
            "domain": [("employee_id", "=", self.person.id)],
            "columns": [{"name": name} for name in columns],
            "companies": self.company.ids,
            **asked,
        }
        exports = self.env["attendance.report.export"]
        file, _name = exports._make_at_once(json.dumps(data))
        (table,) = read_sheets(file).values()
        return table

    def looks(self, row):
        return [None if c.value is None else c.number_format for c in row]

    def test_what_is_due_is_hours_although_days_due_are_counted(self):
        table = self.table("monthly", "employee_name", "due_minutes", "due_days")
        (row,) = table.rows
        self.assertEqual([cell.value for cell in row], ["Ann", 5, 1])
        self.assertEqual(row[1].number_format, '0"h"')
        self.assertEqual(table.sums[1].number_format, '0"h"')

    def test_what_a_row_of_the_detail_says_nothing_of(self):
        table = self.table(
            "detail",
            "label", "due_minutes", "worked_minutes", "punched_outing_minutes",
            "claimed_minutes", "counted_minutes", "outing_minutes",
            order="work_date, sequence",
            domain=[
                ("employee_id", "=", self.person.id), ("work_date", "<=", TUESDAY),
            ],
        )  # fmt: skip
        rest, leave, *pieces = table.values()
        self.assertEqual(rest[1:], [None] * 6)
        self.assertEqual(leave[1:], [None, None, None, 9, 9, None])
        self.assertEqual(self.looks(table.rows[1])[4:6], ['"1d"', '0"h"'])
        morning, by_hours, evening = pieces
        self.assertEqual(morning[1:], [4.5, 4.5, None, None, None, None])
        self.assertEqual(by_hours[1:], [None, None, None, 4, 4, None])
        # Nothing worked is something that is said.
        self.assertEqual(evening[1:], [0.5, 0, None, None, None, None])
        self.assertEqual(table.sums[1].value, 5)

    def test_a_day_in_progress_shows_what_is_known_and_sums_nothing(self):
        leave = f"leave_{self.by_day.report_column}_minutes"
        hours = f"leave_{self.by_hour.report_column}_minutes"
        table = self.table(
            "daily", "employee_name", "worked_minutes", leave, hours, order="work_date"
        )
        *_before, today = table.rows
        self.assertEqual([cell.value for cell in today[1:4]], [None, 9, None])
        self.assertEqual(today[2].number_format, '"1d"')
        self.assertEqual([cell.value for cell in table.sums[1:4]], [4.5, 9, 4])
        self.assertEqual(table.sums[2].number_format, '"1d"')

    def test_sums_on_the_screen_leave_out_what_is_in_progress(self):
        daily = self.env["attendance.report.daily"]
        column = f"leave_{self.by_day.report_column}_"
        names = [f"{column}minutes", f"{column}days", "leave_minutes", "leave_days"]
        domain = [("employee_id", "=", self.person.id)]
        self.assertEqual(
            daily.report_totals(domain, names),
            dict(zip(names, (540, 1, 780, 1), strict=True)),
        )
        found = dict(daily._read_group(domain, ["state"], [f"{column}days:sum"]))
        self.assertEqual((found["final"], found["in_progress"] or 0), (1, 0))

    def test_requests_by_days_and_by_hours(self):
        self.file("outing", TUESDAY, "10:00", "11:00")
        columns = ("title", "claimed_days", "claimed_minutes", "recognised_minutes")
        table = self.table("request", *columns, order="date_from, id")
        self.assertEqual(
            [row[1:] for row in table.values()],
            [[1, None, None], [None, 4, None], [None, 1, None], [1, None, None]],
        )
        self.assertEqual([cell.value for cell in table.sums], ["Total", 2, 5, 0])
        self.assertEqual(self.looks(table.rows[1])[2], '0"h"')
        totals = self.env["attendance.report.request"].report_totals(
            [("employee_id", "=", self.person.id)], ["claimed_days"]
        )
        self.assertEqual(totals, {"claimed_days": 2})

    def test_a_department_is_called_by_its_name(self):
        above = self.env["hr.department"].create({"name": "Head", "code": "H9"})
        sales = above.create({"name": "Sales", "code": "S9", "parent_id": above.id})
        self.person.create_version(
            {"date_version": "2026-07-01", "department_id": sales.id}
        )
        self.compute(MONDAY)
        domain = [("employee_id", "=", self.person.id), ("work_date", "=", MONDAY)]
        table = self.table("daily", "department_id", domain=domain)
        self.assertEqual(table.values(), [["Sales"]])
        arch = self.env["attendance.report.daily"].get_view(view_type="list")["arch"]
        self.assertIn("hierarchical_naming", arch)

    def test_csv(self):
        data = {
            "model": "attendance.report.detail",
            "domain": [
                ("employee_id", "=", self.person.id), ("work_date", "=", "2026-07-05"),
            ],
            "columns": [{"name": "due_minutes"}, {"name": "claimed_minutes"}],
            "companies": self.company.ids,
            "format": "csv",
        }  # fmt: skip
        exports = self.env["attendance.report.export"]
        file, _name = exports._make_at_once(json.dumps(data))
        self.assertEqual(file.read().decode("utf-8-sig").splitlines()[1:], [","])
