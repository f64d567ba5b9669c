from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import RequestCommon

MONDAY = "2026-07-06"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestLieu(RequestCommon):
    """Overtime that is compensated by time off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lieu_type = cls.leave_type("hour", requires_allocation=True)
        cls.limit = cls.env["attendance.request.limit"].create(
            {
                "kind": "overtime",
                "company_id": cls.company.id,
                "lieu_type_id": cls.lieu_type.id,
                "lieu_workday_factor": 1.5,
                "lieu_rest_day_factor": 2,
                "lieu_months": 3,
            }
        )

    def evening(self, day=MONDAY, **values):
        """Two hours of recognised overtime."""
        self.file("correction", day, "08:30")
        self.file("correction", day, "20:10")
        return self.file(
            "overtime", day, "18:00", "20:00", compensation="time_off", **values
        )

    def settle(self, *days):
        """What the queue and the scheduled job do; how many forms were settled."""
        self.compute(*(days or [MONDAY]))
        self.clear_queue()
        count = len(self.requests._lieu_due())
        # A job commits between forms.
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=60
        ):
            self.requests._cron_settle_lieu()
        return count

    def given(self):
        return self.env["hr.leave.allocation"].search(
            [("employee_id", "=", self.person.id), ("state", "=", "validate")]
        )

    def test_what_is_recognised_is_given(self):
        form = self.evening()
        self.settle()
        allocation = self.given()
        self.assertEqual(form.lieu_allocation_id, allocation)
        self.assertEqual(allocation.holiday_status_id, self.lieu_type)
        self.assertAlmostEqual(allocation.number_of_hours_display, 3)
        self.assertEqual(str(allocation.date_from), MONDAY)
        self.assertEqual(str(allocation.date_to), "2026-10-06")
        self.assertEqual((form.lieu_given, form.lieu_balance), ("3 h", "3 h"))

    def test_again_changes_nothing(self):
        self.evening()
        self.assertEqual([self.settle(), self.settle()], [1, 0])
        self.assertEqual(len(self.given()), 1)

    def test_the_kind_of_the_day_has_its_factor(self):
        sunday = "2026-07-05"
        self.file("correction", sunday, "09:00")
        self.file("correction", sunday, "11:00")
        form = self.file(
            "overtime", sunday, "09:00", "11:00",
            compensation="time_off", overtime_kind="workday",
        )  # fmt: skip
        self.settle(sunday)
        self.assertEqual(form.lieu_minutes, 240)

    def test_it_follows_the_result(self):
        form = self.evening()
        self.settle()
        form.typed_hours = 1
        self.settle()
        self.assertAlmostEqual(self.given().number_of_hours_display, 1.5)
        form.typed_hours = 0
        self.settle()
        self.assertAlmostEqual(self.given().number_of_hours_display, 3)
        self.assertEqual(len(self.given()), 1)

    def test_an_open_day_leaves_it_as_it_is(self):
        form = self.evening()
        self.settle()
        form.typed_hours = 1
        # The day waits in the queue now.
        self.assertEqual(self.requests._lieu_due(), [])
        self.assertEqual(form.lieu_minutes, 180)

    def test_cancelling_takes_it_back(self):
        form = self.evening()
        self.settle()
        form.action_cancel()
        self.settle()
        self.assertFalse(self.given())
        self.assertFalse(form.lieu_minutes)
        form.action_draft()
        form.action_submit()
        self.settle()
        self.assertEqual(len(self.given()), 1)

    def test_a_form_that_gave_time_off_is_not_deleted(self):
        form = self.evening()
        self.settle()
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            form.unlink()
        form.action_cancel()
        self.settle()
        form.unlink()

    def test_pay_gives_nothing_and_takes_back(self):
        form = self.evening()
        self.settle()
        form.compensation = "pay"
        self.settle()
        self.assertFalse(self.given())

    def test_what_was_taken_already_is_said(self):
        form = self.evening()
        self.settle()
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": self.lieu_type.id,
                "request_date_from": "2026-07-21",
                "request_date_to": "2026-07-21",
                "request_hour_from": 9,
                "request_hour_to": 12,
            }
        )
        self.assertEqual(leave.state, "validate")
        form.action_cancel()
        self.settle()
        self.assertIn("already taken", form.lieu_problem)
        self.assertEqual(form.lieu_minutes, 180)
        leave.action_refuse()
        self.settle()
        self.assertFalse(form.lieu_problem)
        self.assertFalse(self.given())

    def test_leave_by_days(self):
        self.limit.lieu_type_id = self.leave_type("day", requires_allocation=True)
        self.person.resource_calendar_id.hours_per_day = 8
        form = self.evening()
        self.settle()
        self.assertAlmostEqual(self.given().number_of_days, 0.375)
        form.typed_hours = 1
        self.settle()
        self.assertAlmostEqual(self.given().number_of_days, 0.1875, places=2)

    def test_without_an_end(self):
        self.limit.lieu_months = 0
        self.evening()
        self.settle()
        self.assertFalse(self.given().date_to)

    def test_without_a_leave_type_it_stays_as_it_is(self):
        self.evening()
        self.settle()
        self.limit.lieu_type_id = False
        self.assertEqual(self.settle(), 0)
        self.assertEqual(len(self.given()), 1)

    def test_without_a_leave_type_it_cannot_be_chosen(self):
        self.limit.lieu_type_id = False
        with self.assertRaisesRegex(ValidationError, "name no leave type"):
            self.evening()

    def test_nobody_writes_own_balances(self):
        user = self.new_user("ann", employee=self.person)
        self.new_role({"requests": "view edit"}, user_ids=user)
        form = self.evening()
        self.settle()
        with self.assertRaises(AccessError):
            form.with_user(user).write({"lieu_minutes": 0})
        mine = self.requests.with_user(user).with_context(default_lieu_minutes=9)
        forged = mine.create(
            {
                "kind": "overtime",
                "date_from": "2026-07-07",
                "lieu_allocation_id": form.lieu_allocation_id.id,
            }
        )
        self.assertFalse(forged.sudo().lieu_allocation_id)
        self.assertFalse(forged.lieu_minutes)
