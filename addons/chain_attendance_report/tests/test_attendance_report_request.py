from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_request.tests.common import LeaveCommon

FRIDAY = "2026-07-03"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 08:00:00")
class TestAttendanceReportRequest(LeaveCommon):
    def rows(self, *domain):
        mine = ("employee_id", "=", self.person.id)
        return self.env["attendance.report.request"].search([mine, *domain])

    def test_every_kind(self):
        self.file("overtime", FRIDAY, "18:00", "20:00")
        self.file("outing", FRIDAY, "10:00", "11:00")
        self.file("trip", "2026-07-06", is_by_days=True, date_to="2026-07-07")
        self.file("correction", FRIDAY, "08:30")
        self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": self.leave_type("day").id,
                "request_date_from": "2026-07-09",
                "request_date_to": "2026-07-10",
            }
        )
        told = {
            row.kind: (row.claimed_minutes, row.claimed_days) for row in self.rows()
        }
        self.assertEqual(
            told,
            {
                "overtime": (120, 0),
                "outing": (60, 0),
                "trip": (0, 2),
                "correction": (0, 0),
                "leave": (0, 2),
            },
        )
        (leave,) = self.rows(("kind", "=", "leave"))
        self.assertEqual(leave.title, "Leave by day")
        self.assertEqual(
            (leave.start_text, leave.stop_text), ("2026-07-09", "2026-07-10")
        )
        self.assertEqual(leave.action_open()["res_model"], "hr.leave")
        totals = self.env["attendance.report.request"].report_totals(
            [("employee_id", "=", self.person.id)],
            ["claimed_minutes", "recognised_minutes", "id"],
        )
        self.assertEqual(totals, {"claimed_minutes": 180, "recognised_minutes": 0})

    def test_recognised_as_the_forms_say(self):
        """Forms of one date share the day's minutes, first come first served."""
        self.send("1001", f"{FRIDAY} 08:20:00", f"{FRIDAY} 20:35:00")
        forms = [
            self.file("overtime", FRIDAY, "17:30", "18:30"),
            self.file("overtime", FRIDAY, "18:30", "19:30"),
            self.file("overtime", FRIDAY, "19:30", "22:30"),
        ]
        self.assertEqual(self.rows().mapped("recognised_minutes"), [0, 0, 0])
        self.compute(FRIDAY)
        self.clear_queue()
        self.env.invalidate_all()
        rows = {row.request_id: row.recognised_minutes for row in self.rows()}
        expected = [form.recognised_minutes for form in forms]
        self.assertEqual([rows[form] for form in forms], expected)
        self.assertEqual(sum(expected), 180)
        forms[0].state = "refused"
        self.env.invalidate_all()
        (refused,) = self.rows(("request_id", "=", forms[0].id))
        self.assertEqual(refused.recognised_minutes, 0)

    def test_the_places_of_the_date(self):
        self.make_places()
        self.file("outing", FRIDAY, "10:00", "11:00")
        self.person.create_version(
            {"date_version": "2026-07-25", "store_id": self.second.id}
        )
        self.env.invalidate_all()
        self.assertEqual(self.rows().store_id, self.store)

    def test_who_may_not_open_the_form(self):
        self.file("outing", FRIDAY, "10:00", "11:00")
        reader = self.new_user("reader")
        self.new_role({"reports": "view"}, scope="all", user_ids=reader)
        row = self.rows().with_user(reader)
        self.assertEqual(row.employee_name, "Ann")
        with self.assertRaises(AccessError):
            row.action_open()
