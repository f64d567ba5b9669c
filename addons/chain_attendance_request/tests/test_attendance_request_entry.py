from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import RequestCommon

MONDAY, TUESDAY = "2026-07-06", "2026-07-07"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestEntry(RequestCommon):
    """All documents in one list, in the manual's words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env["attendance.request.entry"]

    def lines(self, *domain, user=None):
        """``(title, start, end, amount, state)``, the latest first."""
        mine = ("employee_id", "=", self.person.id)
        entries = self.entries.with_user(user) if user else self.entries
        return [
            (e.title, e.start_text, e.stop_text, e.amount, e.state)
            for e in entries.search([mine, *domain])
        ]

    def take_leave(self, unit, **values):
        return self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": self.leave_type(unit).id,
                **values,
            }
        )

    def test_what_waits_for_approval(self):
        counting = self.file("outing", "2026-07-08", "10:00", "11:30")
        waiting = self.file("outing", "2026-07-09", "10:00", "11:30")
        waiting.needs_approval = True
        found = self.entries.search([("needs_approval", "=", True)])
        self.assertIn(waiting, found.request_id)
        self.assertNotIn(counting, found.request_id)

    def test_every_kind_has_its_line(self):
        self.file("overtime", "2026-07-05", "09:00", "14:00")
        self.file("correction", "2026-07-07", "10:01")
        self.file("outing", "2026-07-08", "10:00", "11:30", typed_hours=2)
        self.file("trip", "2026-07-09", date_to="2026-07-10", is_by_days=True)
        self.take_leave(
            "hour",
            request_date_from="2026-07-13",
            request_date_to="2026-07-13",
            request_hour_from=13,
            request_hour_to=17,
        )
        self.take_leave(
            "day", request_date_from="2026-07-14", request_date_to="2026-07-15"
        )
        self.assertEqual(
            self.lines(),
            [
                ("Leave by day", "2026-07-14", "2026-07-15", "2 d", "approved"),
                (
                    "Leave by hour", "2026-07-13 13:00", "2026-07-13 17:00", "4 h",
                    "approved",
                ),
                ("Business Trip", "2026-07-09", "2026-07-10", "2 d", "submitted"),
                ("Outing", "2026-07-08 10:00", "2026-07-08 11:30", "2 h", "submitted"),
                ("Punch Correction", "2026-07-07 10:01", False, False, "submitted"),
                (
                    "Rest-Day Overtime", "2026-07-05 09:00", "2026-07-05 14:00", "5 h",
                    "submitted",
                ),
            ],
        )  # fmt: skip

    def test_a_correction_at_midnight_has_its_time(self):
        self.file("correction", MONDAY, "00:00")
        self.assertEqual(self.lines()[0][1], "2026-07-06 00:00")

    def test_each_line_opens_what_it_stands_for(self):
        form = self.file("trip", MONDAY, is_by_days=True)
        leave = self.take_leave(
            "day", request_date_from=TUESDAY, request_date_to=TUESDAY
        )
        opened = [
            (action["res_model"], action["res_id"])
            for action in [
                entry.action_open()
                for entry in self.entries.search([("employee_id", "=", self.person.id)])
            ]
        ]
        self.assertEqual(
            opened, [("hr.leave", leave.id), ("attendance.request", form.id)]
        )

    def test_states(self):
        form = self.file("trip", MONDAY, is_by_days=True)
        form.action_cancel()
        leave = self.take_leave(
            "day", request_date_from=TUESDAY, request_date_to=TUESDAY
        )
        leave.action_refuse()
        self.assertEqual([line[4] for line in self.lines()], ["refused", "cancelled"])

    def test_recent_documents(self):
        self.file("trip", MONDAY, is_by_days=True)
        for number in range(8, 20):
            form = self.file("correction", f"2026-07-{number:02d}", "08:30")
        recent = form.recent_entry_ids
        self.assertEqual(len(recent), 10)
        self.assertNotIn(form, recent.request_id)
        self.assertEqual(recent[0].start_text, "2026-07-18 08:30")

    def test_who_sees_what(self):
        self.file("trip", MONDAY, is_by_days=True)
        bob = self.new_employee("Bob", "1002")
        user = self.new_user("bob", employee=bob)
        self.assertEqual(self.lines(user=user), [])
        boss = self.new_user("boss", employee=self.new_employee("Boss"))
        self.store.manager_id = boss.employee_id
        self.new_role({"requests": "view"}, scope="own_stores", user_ids=boss)
        self.assertEqual(len(self.lines(user=boss)), 1)
        entry = self.entries.search([("employee_id", "=", self.person.id)])
        with self.assertRaises(AccessError):
            entry.with_user(user).read(["title"])
