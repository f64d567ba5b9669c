from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .approval_common import MONDAY, ApprovalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestApproval(ApprovalCommon):
    """From filing to the last decision, and back."""

    def test_without_a_rule_it_counts_when_filed(self):
        form = self.file_as("ann")
        self.assertEqual((form.state, form.needs_approval), ("submitted", False))
        self.assertEqual(self.steps(form), [])

    def test_one_step_after_the_other(self):
        self.new_rule("line_manager", "store_manager")
        form = self.file_as("ann")
        self.assertTrue(form.needs_approval)
        self.assertEqual(
            self.steps(form), [(1, "open", ["lia"]), (2, "waiting", ["sam"])]
        )
        self.assertEqual(form.waits_for, "lia")
        self.assertEqual(self.asked(form), ["lia"])
        self.approve(form, "lia")
        self.assertEqual(form.state, "submitted")
        self.assertEqual(self.asked(form), ["sam"])
        self.approve(form, "sam")
        self.assertEqual(form.state, "approved")
        self.assertEqual(self.asked(form), [])
        self.assertEqual(
            [step.decided_by for step in form.sudo().approval_ids], ["lia", "sam"]
        )

    def test_it_counts_in_the_day_once_approved(self):
        self.new_rule("line_manager")
        self.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 20:05:00")
        form = self.file_as("ann", "overtime", start_minutes=1080, stop_minutes=1200)
        self.assertEqual(self.overtime(MONDAY), (0, 0, 0))
        self.clear_queue()
        self.approve(form, "lia")
        self.assertIn(MONDAY, self.queued())
        self.assertEqual(self.overtime(MONDAY), (120, 0, 0))
        form.sudo().stop_minutes = 1140
        self.assertEqual(self.overtime(MONDAY), (0, 0, 0))

    def test_refused_with_a_reason(self):
        self.new_rule("line_manager", "store_manager")
        form = self.file_as("ann")
        self.refuse(form, "lia", "We need you on Monday")
        self.assertEqual(form.state, "refused")
        self.assertEqual(form.refusal, "We need you on Monday")
        self.assertEqual(self.steps(form), [(1, "refused", ["lia"])])
        self.assertEqual(self.asked(form), [])
        told = form.sudo().message_ids.filtered(
            lambda message: self.ann.partner_id in message.partner_ids
        )
        self.assertIn("We need you on Monday", told.body)

    def test_drafts_wait_for_nobody(self):
        self.new_rule("line_manager")
        form = self.file_as("ann", state="draft")
        self.assertEqual(self.steps(form), [])
        form.action_submit()
        self.assertEqual(self.steps(form), [(1, "open", ["lia"])])

    def test_a_change_starts_anew(self):
        self.new_rule("line_manager", "store_manager")
        form = self.file_as("ann").sudo()
        self.approve(form, "lia")
        form.reason = "The bank"
        self.assertEqual(self.steps(form)[0][1], "approved")
        form.stop_minutes = 720
        self.assertEqual(self.steps(form)[0][1], "approved")
        form.stop_minutes = 780
        self.assertEqual(
            self.steps(form), [(1, "open", ["lia"]), (2, "waiting", ["sam"])]
        )
        self.assertEqual(self.asked(form), ["lia"])

    def test_a_change_of_an_approved_one_starts_anew(self):
        self.new_rule("line_manager")
        form = self.file_as("ann")
        self.approve(form, "lia")
        for name in ("ann", "lia"):
            with self.subTest(name), self.assertRaises(AccessError):
                form.with_user(self.logins[name]).write({"stop_minutes": 780})
        form.sudo().write({"stop_minutes": 780})
        self.assertEqual((form.state, self.asked(form)), ("submitted", ["lia"]))

    def test_a_longer_one_is_judged_anew(self):
        self.new_rule("line_manager", above_hours=4)
        form = self.file_as("ann")
        self.assertFalse(form.needs_approval)
        form.sudo().stop_minutes = 900
        self.assertTrue(form.needs_approval)
        form.sudo().stop_minutes = 720
        self.assertEqual((form.needs_approval, self.steps(form)), (False, []))

    def test_a_refusal_has_a_reason(self):
        self.new_rule("line_manager")
        form = self.file_as("ann")
        with self.assertRaisesRegex(UserError, "Say why"):
            self.refuse(form, "lia", "  ")
        self.assertEqual(form.state, "submitted")

    def test_taken_back(self):
        self.new_rule("line_manager")
        form = self.file_as("ann")
        self.assertTrue(form.may_cancel)
        form.action_cancel()
        self.assertEqual((form.state, self.asked(form)), ("cancelled", []))
        self.assertEqual(self.waiting_for("lia"), self.requests)
        again = self.file_as("ann")
        self.approve(again, "lia")
        again.invalidate_recordset()
        self.assertFalse(again.may_cancel)
        with self.assertRaises(AccessError):
            again.action_cancel()
        self.logins["sam"].write({"group_ids": [(4, self.store_managers().id)]})
        again.with_user(self.logins["sam"]).action_cancel()
        self.assertEqual(again.state, "cancelled")

    def store_managers(self):
        return self.env.ref("chain_attendance_base.group_store_manager")

    def test_back_to_draft_forgets_the_steps(self):
        self.new_rule("line_manager")
        form = self.file_as("ann")
        self.refuse(form, "lia")
        form.sudo().action_draft()
        self.assertEqual((form.refusal, self.steps(form)), (False, []))
        form.action_submit()
        self.assertEqual(self.asked(form), ["lia"])

    def test_many_at_once(self):
        self.new_rule("line_manager")
        forms = self.requests.union(
            *(self.file_as("ann", day=f"2026-07-{day:02d}") for day in (6, 7, 8))
        )
        mine = self.steps_made.with_user(self.logins["lia"]).search(self.to_decide)
        self.assertEqual(mine.sudo().request_id, forms)
        mine[:2].action_approve()
        self.assertEqual(
            forms.sorted("date_from").mapped("state"),
            ["approved", "approved", "submitted"],
        )
        self.answer(mine[2:].action_refuse(), "lia", "No")
        self.assertEqual(self.waiting_for("lia"), self.requests)

    def test_decided_once(self):
        self.new_rule({"approver": "logins", "user_ids": self.two_logins()})
        form = self.file_as("ann")
        self.assertEqual(self.asked(form), ["dan", "lia"])
        step = form.sudo().approval_ids
        self.approve(form, "dan")
        with self.assertRaisesRegex(UserError, "Approved"):
            step.with_user(self.logins["lia"]).action_approve()
        with self.assertRaisesRegex(UserError, "waits for no approval"):
            self.approve(form, "lia")

    def two_logins(self):
        return (self.logins["dan"] | self.logins["lia"]).ids

    def test_who_decides_is_looked_up_when_it_is_ones_turn(self):
        self.new_rule("line_manager", "store_manager")
        form = self.file_as("ann")
        self.store.manager_id = self.people["bob"]
        self.approve(form, "lia")
        self.assertEqual(self.asked(form), ["bob"])

    def test_texts_of_what_is_decided(self):
        self.new_rule("line_manager")
        self.file_as("ann", reason="The bank")
        step = self.steps_made.with_user(self.logins["lia"]).search(self.to_decide)
        self.assertEqual(
            (step.title, step.start_text, step.stop_text, step.amount, step.reason),
            ("Outing", "2026-07-06 10:00", "2026-07-06 12:00", "2 h", "The bank"),
        )
        action = step.action_open()
        self.assertEqual(action["res_model"], "attendance.request")
