from odoo import fields
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


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestHrLeaveChanged(ApprovalCommon):
    """What was agreed to and is changed then has to be agreed to again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.new_user("officer", "hr_holidays.group_hr_holidays_manager")
        cls.days = cls.leave_type("day", leave_validation_type="hr")

    def approved(self, leave_type=None, **values):
        leave_type = leave_type or self.days
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": "2026-07-13",
                "request_date_to": "2026-07-14",
                **values,
            }
        )
        if leave.approval_ids:
            self.approve(leave, "lia")
        self.assertEqual(leave.state, "validate")
        return leave

    def in_calendar(self, leave):
        """The dates that Odoo's calendar keeps free for it."""
        held = self.env["resource.calendar.leaves"].search(
            [("holiday_id", "=", leave.id)]
        )
        return [(str(row.date_from.date()), str(row.date_to.date())) for row in held]

    def test_each_change_goes_the_way_again(self):
        self.new_rule("line_manager", is_for_leave=True)
        other = self.leave_type("day", leave_validation_type="hr")
        hours = self.leave_type("hour", leave_validation_type="hr")
        times = {"request_hour_from": 13, "request_hour_to": 15}
        one_day = {"request_date_to": "2026-07-13"}
        for leave_type, filed, change in (
            (self.days, {}, {"request_date_to": "2026-07-15"}),
            (self.days, {}, {"request_date_from": "2026-07-14"}),
            (self.days, {}, {"holiday_status_id": other.id}),
            (self.days, {}, {"typed_days": 1}),
            (hours, {**times, **one_day}, {"request_hour_to": 17}),
            (hours, {**times, **one_day}, {"typed_hours": 1}),
            (hours, {**times, **one_day}, {"is_by_days": True}),
        ):
            leave = self.approved(leave_type, **filed)
            with self.subTest(change):
                self.clear_queue()
                leave.with_user(self.officer).write(change)
                self.assertEqual(leave.state, "confirm")
                self.assertEqual(self.steps(leave), [(1, "open", ["lia"])])
                self.assertEqual(self.asked(leave), ["lia"])
                self.assertEqual(self.in_calendar(leave), [])
                self.assertIn("2026-07-13", self.queued())
                told = " ".join(leave.message_ids.mapped("body"))
                self.assertIn("the approval starts anew", told)
                self.approve(leave, "lia")
                self.assertEqual(leave.state, "validate")
                self.assertEqual(len(self.in_calendar(leave)), 1)
            leave.action_refuse()

    def test_the_results_go_back_meanwhile(self):
        self.new_rule("line_manager", is_for_leave=True)
        leave = self.approved()
        self.assertEqual(self.compute("2026-07-13").leave_minutes, 540)
        leave.with_user(self.officer).request_date_from = "2026-07-14"
        for day in ("2026-07-13", "2026-07-14"):
            self.assertEqual(self.compute(day).leave_minutes, 0)
        self.approve(leave, "lia")
        found = [self.compute(f"2026-07-{day}").leave_minutes for day in (13, 14)]
        self.assertEqual(found, [0, 540])

    def test_the_same_again_changes_nothing(self):
        self.new_rule("line_manager", is_for_leave=True)
        leave = self.approved()
        leave.with_user(self.officer).write({"typed_days": 0, "notes": "The bank"})
        self.assertEqual((leave.state, self.asked(leave)), ("validate", []))

    def test_of_another_length_no_rule_asks(self):
        self.new_rule("line_manager", is_for_leave=True, above_days=1)
        leave = self.approved()
        leave.with_user(self.officer).typed_days = 1
        self.assertEqual((leave.state, self.steps(leave)), ("validate", []))
        self.assertEqual(self.in_calendar(leave), [("2026-07-13", "2026-07-14")])
        leave.with_user(self.officer).typed_days = 1.5
        self.assertEqual((leave.state, self.asked(leave)), ("confirm", ["lia"]))

    def test_without_steps_time_off_moves_nothing(self):
        words = "not allowed in the current state"
        for rule in ({}, {"is_for_trip": True}):
            if rule:
                self.new_rule("line_manager", **rule)
            leave = self.approved(self.leave_type("day"))
            leave = leave.with_user(self.officer)
            with (
                self.subTest(rule),
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                leave.request_date_to = "2026-07-13"
            leave.typed_days = 1
            self.assertEqual((leave.state, leave.number_of_days), ("validate", 1))
            leave.sudo().action_refuse()

    def test_a_context_from_outside_passes_over_nothing(self):
        self.new_rule("line_manager", "store_manager", is_for_leave=True)
        leave = self.env["hr.leave"].with_user(self.ann)
        said = dict.fromkeys(
            ("attendance_filing", "attendance_quiet", "leave_skip_state_check"), True
        )
        leave = leave.with_context(**said).create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": self.days.id,
                "request_date_from": MONDAY,
                "request_date_to": MONDAY,
            }
        )
        self.approve(leave, "lia")
        leave.write({"request_date_from": TUESDAY, "request_date_to": TUESDAY})
        self.assertEqual(self.steps(leave)[0], (1, "open", ["lia"]))
        self.days.retroactive_days, self.days.is_retroactive_limited = 0, True
        for name in ("attendance_skip_leave_rules", "attendance_quiet"):
            bare = leave.with_context(**{name: True})
            with (
                self.assertRaisesRegex(UserError, "Days Afterwards"),
                self.env.cr.savepoint(),
            ):
                bare.create(
                    {
                        "employee_id": self.person.id,
                        "holiday_status_id": self.days.id,
                        "request_date_from": "2026-07-01",
                        "request_date_to": "2026-07-01",
                    }
                )

    def test_what_is_made_as_validated_waits(self):
        self.new_rule("line_manager", is_for_leave=True)
        wizard = self.env["hr.leave.generate.multi.wizard"].with_user(self.officer)
        wizard = wizard.create(
            {
                "name": "Closed",
                "holiday_status_id": self.days.id,
                "employee_ids": self.person.ids,
                "date_from": MONDAY,
                "date_to": MONDAY,
                "company_id": self.company.id,
            }
        )
        wizard.action_generate_time_off()
        leave = self.env["hr.leave"].search([("employee_id", "=", self.person.id)])
        self.assertEqual((leave.state, self.asked(leave)), ("confirm", ["lia"]))
        self.assertEqual(self.in_calendar(leave), [])

    def test_what_time_off_divides_stays_agreed_to(self):
        self.new_rule("line_manager", is_for_leave=True)
        leave = self.approved(request_date_to="2026-07-17")
        rest = leave._split_leaves(*map(fields.Date.to_date, ("2026-07-15",) * 2))
        both = leave | rest
        self.assertEqual(len(both), 2)
        self.assertEqual(set(both.mapped("state")), {"validate"})
        self.assertEqual(self.steps(leave), [(1, "approved", ["lia"])])

    def test_a_public_holiday_of_odoo_asks_nobody(self):
        self.new_rule("line_manager", is_for_leave=True)
        leave = self.approved()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "A holiday",
                "date_from": "2026-07-13 00:00:00",
                "date_to": "2026-07-13 23:00:00",
                "company_id": self.company.id,
            }
        )
        self.assertEqual(leave.state, "validate")
        self.assertEqual(self.steps(leave), [(1, "approved", ["lia"])])

    def test_another_compensation_is_agreed_to_anew(self):
        lieu = self.leave_type("hour", requires_allocation=True)
        self.env["attendance.request.limit"].create(
            {
                "company_id": self.company.id,
                "kind": "overtime",
                "lieu_type_id": lieu.id,
            }
        )
        self.new_rule("line_manager")
        form = self.file_as("ann", "overtime")
        self.approve(form, "lia")
        form.sudo().compensation = "time_off"
        self.assertEqual((form.state, self.asked(form)), ("submitted", ["lia"]))
