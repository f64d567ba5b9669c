from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .approval_common import ApprovalCommon

MONDAY, TUESDAY = "2026-08-03", "2026-08-04"
OWN_ACTIVITIES = [
    "hr_holidays.mail_act_leave_approval",
    "hr_holidays.mail_act_leave_second_approval",
]


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestHrLeaveApproval(ApprovalCommon):
    """Leave goes through the same steps, and Time Off validates it after the last."""

    def take(self, validation="no_validation", unit="day", name="ann", **values):
        kind = self.leave_type(unit, leave_validation_type=validation)
        leaves = self.env["hr.leave"].with_user(self.logins[name])
        leave = leaves.create(
            {
                "employee_id": self.people[name].id,
                "holiday_status_id": kind.id,
                "request_date_from": MONDAY,
                "request_date_to": MONDAY,
                **values,
            }
        )
        return leave.sudo(False)

    def test_without_a_rule_it_is_time_offs(self):
        self.new_rule("line_manager", is_for_trip=True)
        self.assertEqual(self.take().state, "validate")
        leave = self.take("manager", request_date_from=TUESDAY, request_date_to=TUESDAY)
        self.assertEqual(leave.state, "confirm")
        self.assertEqual(self.steps(leave), [])

    def test_every_kind_of_validation_waits_for_the_last_step(self):
        self.new_rule("line_manager", "store_manager", is_for_leave=True)
        for day, validation in enumerate(("no_validation", "manager", "hr", "both"), 3):
            date = f"2026-08-{day:02d}"
            leave = self.take(validation, request_date_from=date, request_date_to=date)
            with self.subTest(validation):
                self.assertEqual(leave.state, "confirm")
                self.assertEqual(self.asked(leave), ["lia"])
                self.assertFalse(leave.sudo().activity_search(OWN_ACTIVITIES))
                self.assertNotIn(
                    "automatically", " ".join(leave.sudo().message_ids.mapped("body"))
                )
                self.approve(leave, "lia")
                self.assertEqual(leave.state, "confirm")
                self.approve(leave, "sam")
                self.assertEqual(leave.state, "validate")
                self.assertEqual(self.asked(leave), [])

    def test_the_day_takes_notice_then(self):
        self.new_rule("line_manager")
        leave = self.take(request_date_from="2026-07-15", request_date_to="2026-07-15")
        self.clear_queue()
        self.approve(leave, "lia")
        self.assertIn("2026-07-15", self.queued())

    def test_refused(self):
        self.new_rule("line_manager", "store_manager")
        leave = self.take()
        self.refuse(leave, "lia", "Stocktaking")
        self.assertEqual(leave.state, "refuse")
        self.assertEqual(self.steps(leave), [(1, "refused", ["lia"])])
        told = " ".join(leave.sudo().message_ids.mapped("body"))
        self.assertIn("Stocktaking", told)

    def test_time_off_officers_do_not_pass_over_a_step(self):
        self.new_rule("line_manager")
        officer = self.new_user("officer", "hr_holidays.group_hr_holidays_manager")
        leave = self.take("hr").with_user(officer)
        self.assertFalse(leave.can_approve or leave.can_validate)
        with self.assertRaisesRegex(AccessError, "waits for lia"):
            leave.action_approve()
        with self.assertRaisesRegex(UserError, "waits for lia first"):
            leave.write({"state": "validate"})
        leave.action_refuse()
        self.assertEqual((leave.state, self.asked(leave)), ("refuse", []))

    def test_the_buttons_of_time_off_decide_the_step(self):
        self.new_rule("line_manager")
        leave = self.take("hr")
        with self.assertRaises(AccessError):
            leave.with_user(self.logins["bob"]).action_approve()
        leave.with_user(self.logins["lia"]).action_approve()
        self.assertEqual(leave.state, "validate")

    def test_moved_to_another_date_it_starts_anew(self):
        self.new_rule("line_manager", "store_manager")
        leave = self.take("hr")
        self.approve(leave, "lia")
        leave.with_user(self.ann).write(
            {"request_date_from": TUESDAY, "request_date_to": TUESDAY}
        )
        self.assertEqual(
            self.steps(leave), [(1, "open", ["lia"]), (2, "waiting", ["sam"])]
        )
        self.assertEqual(self.asked(leave), ["lia"])

    def test_length_and_type(self):
        self.new_rule("line_manager", is_for_leave=True, above_days=1)
        self.assertEqual(self.take().state, "validate")
        long = self.take(request_date_from="2026-08-10", request_date_to="2026-08-11")
        self.assertEqual((long.state, long.number_of_days), ("confirm", 2))
        hours = self.take(
            unit="hour", request_date_from=TUESDAY, request_date_to=TUESDAY,
            request_hour_from=13, request_hour_to=17,
        )  # fmt: skip
        self.assertEqual(hours.state, "validate")

    def test_another_length_is_judged_anew(self):
        self.new_rule("line_manager", is_for_leave=True, above_days=1)
        for validation, state in (
            ("manager", "confirm"),
            ("no_validation", "validate"),
        ):
            leave = self.take(
                validation, request_date_from="2026-08-10", request_date_to="2026-08-11"
            )
            with self.subTest(validation):
                self.assertEqual(self.asked(leave), ["lia"])
                leave.sudo().request_date_to = "2026-08-10"
                self.assertEqual((leave.state, self.asked(leave)), (state, []))
                found = leave.sudo().activity_search(OWN_ACTIVITIES)
                self.assertEqual(bool(found), state == "confirm")
                if state == "confirm":
                    leave.sudo().request_date_to = "2026-08-12"
                    self.assertEqual(self.asked(leave), ["lia"])
                    self.assertFalse(leave.sudo().activity_search(OWN_ACTIVITIES))
                leave.sudo().action_refuse()

    def test_who_takes_leave_does_not_approve_it(self):
        self.new_rule("store_manager")
        leave = self.take(name="sam")
        self.assertEqual((leave.state, self.steps(leave)), ("validate", []))

    def test_an_approver_opens_the_form(self):
        # A line manager approves leave in Time Off anyway.
        self.new_rule("store_manager")
        leave = self.take("hr")
        (step,) = self.steps_made.with_user(self.logins["sam"]).search(self.to_decide)
        self.assertEqual((step.title, step.amount), ("Leave by day", "1 d"))
        action = step.action_open()
        mine = leave.with_user(self.logins["sam"])
        self.env.invalidate_all()
        views = mine.get_views([action["views"][0]], {})
        names = views["models"]["hr.leave"]["fields"]
        (shown,) = mine.web_read({name: {} for name in names})
        self.assertTrue(shown["may_decide"])
        with self.assertRaises(AccessError):
            leave.with_user(self.logins["bob"]).read(["state"])
        with self.assertRaises(AccessError):
            mine.write({"state": "validate"})
