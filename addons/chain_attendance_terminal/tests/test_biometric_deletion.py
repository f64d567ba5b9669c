from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .test_attendance_biometric import BiometricCommon, finger


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestBiometricDeletion(BiometricCommon):
    """Templates go at once here, and on each terminal with its word for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_terminal("2", "TESTSN0002", fingerprint_version="10")
        cls.commands = cls.env["attendance.terminal.command"]

    def setUp(self):
        super().setUp()
        self.collect(finger(), finger(number=5))
        self.before = self.commands.search([], order="id desc", limit=1).id or 0

    def put(self, state="done", terminal=None, number=6):
        return self.commands.create(
            {
                "terminal_id": (terminal or self.second).id,
                "kind": "template_put",
                "values": {"code": "1001", "kind": "fingerprint", "number": number},
                "employee_id": self.person.id,
                "user_code": "1001",
                "state": state,
            }
        )

    def proof(self):
        return self.env["attendance.biometric.deletion"].search(
            [("company_id", "=", self.company.id)]
        )

    def asked(self, proof=None):
        """``(terminal, kind, number)`` of the commands of a proof."""
        lines = (proof or self.proof()).line_ids
        return sorted(
            (line.command_id.terminal_id.code, line.command_id.kind, line.number)
            for line in lines
        )

    def answer(self, command, state="done", code=0):
        command.write(
            {"state": state, "return_code": code, "done_at": "2026-03-10 11:00:00"}
        )
        command._after_answer()

    def run_cron(self):
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            self.biometrics._cron_forget()

    def test_withdrawn_consent_deletes_the_templates_and_not_the_person(self):
        self.put()
        waiting = self.put("waiting", number=5)
        self.person.biometric_consent_on = False
        self.assertFalse(self.kept())
        self.assertEqual(waiting.state, "cancelled")
        proof = self.proof()
        self.assertEqual(
            (proof.reason, proof.template_count, proof.employee_name, proof.what),
            ("consent", 2, "Ann", "Fingerprint: 2"),
        )
        self.assertEqual(proof.user_id, self.env.user)
        self.assertEqual(
            self.asked(),
            [
                ("1", "template_delete", 5),
                ("1", "template_delete", 6),
                ("2", "template_delete", 6),
            ],
        )

    def test_who_leaves_is_taken_off_whole(self):
        self.env["attendance.terminal.user"]._note_reported(
            self.second,
            [{"code": "01001", "name": "Ann", "privilege": 0, "card": ""}],
        )
        self.person.write({"departure_date": "2026-03-09", "active": False})
        self.assertFalse(self.kept())
        self.assertEqual(self.proof().reason, "left")
        self.assertEqual(
            self.asked(), [("1", "user_delete", 0), ("2", "user_delete", 0)]
        )
        self.assertEqual(
            set(self.proof().line_ids.mapped("user_code")), {"1001", "01001"}
        )

    def test_a_leave_date_to_come_deletes_the_day_after(self):
        self.person.leave_date = "2026-03-12"
        for day, count in (("2026-03-12", 2), ("2026-03-13", 0)):
            with freeze_time(f"{day} 03:00:00"):
                self.run_cron()
                self.assertEqual(len(self.kept()), count)
        self.assertEqual(self.proof().reason, "left")

    def test_a_code_that_ends_and_one_that_is_changed(self):
        self.person.terminal_user_code = "1005"
        self.assertEqual(len(self.kept()), 2)
        self.person.is_punching = False
        for day, count in (("2026-03-10", 2), ("2026-03-11", 0)):
            with freeze_time(f"{day} 03:00:00"):
                self.run_cron()
                self.assertEqual(len(self.kept()), count)
        self.assertEqual(self.proof().reason, "code")

    def test_the_next_holder_of_a_code_is_not_taken_off(self):
        self.person.terminal_code_ids.write({"date_to": "2026-03-09"})
        other = self.new_employee("Bo")
        other.terminal_code_ids = [(0, 0, {"code": "1001", "date_from": "2026-03-10"})]
        self.run_cron()
        self.assertFalse(self.kept())
        self.assertEqual(
            self.asked(),
            [("1", "template_delete", 5), ("1", "template_delete", 6)],
        )

    def test_a_person_whose_record_goes_leaves_a_proof(self):
        self.person.unlink()
        self.assertFalse(self.kept())
        self.assertEqual(self.proof().employee_name, "Ann")
        self.assertEqual(self.asked(), [("1", "user_delete", 0)])

    def test_answers_are_the_proof(self):
        self.put()
        self.person.biometric_consent_on = False
        proof = self.proof()
        one, two, three = proof.line_ids.sorted("id")
        self.assertEqual(proof.open_count, 3)
        self.answer(one.command_id)
        self.answer(two.command_id, "failed", -1)
        self.answer(three.command_id, "expired")
        self.assertEqual(
            proof.line_ids.sorted("id").mapped("state"),
            ["confirmed", "refused", "silent"],
        )
        self.assertEqual(str(one.answered_at), "2026-03-10 11:00:00")
        self.assertEqual(proof.open_count, 2)
        proof.action_ask_again()
        with self.assertRaisesRegex(UserError, "nothing to ask again"):
            proof.action_ask_again()
        self.assertEqual((two.state, three.state), ("waiting", "waiting"))
        self.answer(two.command_id)
        # A person who is taken off has no template left.
        gone = self.commands._queue(
            [
                {
                    "terminal_id": three.terminal_id.id,
                    "kind": "user_delete",
                    "values": {"code": "1001"},
                    "user_code": "1001",
                }
            ]
        )
        self.answer(gone)
        self.assertEqual(three.state, "confirmed")
        self.assertEqual(proof.open_count, 0)

    def test_templates_that_were_only_sent_are_deleted_too(self):
        self.biometrics._forget(self.person, "consent")
        self.put()
        self.person.biometric_consent_on = False
        self.assertEqual(len(self.proof()), 2)
        self.assertEqual(self.asked(self.proof()[0]), [("2", "template_delete", 6)])
        self.run_cron()
        self.assertEqual(len(self.proof()), 2)

    def test_by_hand_only_what_was_chosen(self):
        self.put()
        self.put(number=5)
        user = self.new_user("keeper")
        self.store.timekeeper_ids = user
        role = self.new_role({"terminals": "view"}, scope="own_stores", user_ids=user)
        mine = self.kept(number=5).with_user(user)
        for context in ({}, {"attendance_forgotten": True}):
            with self.assertRaises(AccessError):
                mine.with_context(**context).unlink()
        known = self.env["res.groups"]._attendance_functions()
        role.sudo().group_id.implied_ids = [(4, known["terminals", "delete"].id)]
        mine.with_context(attendance_forgotten=True).unlink()
        self.assertEqual(self.kept().number, 6)
        self.assertEqual(
            self.asked(), [("1", "template_delete", 5), ("2", "template_delete", 5)]
        )
        proof = self.proof().with_user(user)
        self.assertEqual(proof.reason, "hand")
        self.assertTrue(proof.line_ids.mapped("state"))
        proof.line_ids.sudo().state = "silent"
        for call in (
            proof.action_ask_again,
            lambda: proof.write({"reason": "left"}),
            lambda: proof.line_ids.write({"state": "confirmed"}),
            proof.unlink,
        ):
            with self.assertRaises(AccessError):
                call()
        # Somebody who left is still in the scope of the store.
        self.person.active = False
        self.assertTrue(proof.search([("employee_id", "=", self.person.id)]))

    def test_templates_nobody_uses_are_deleted_by_age(self):
        with self.assertRaisesRegex(ValidationError, "1 to 120 months"):
            self.company.attendance_template_months = 121
        self.company.attendance_template_months = 6
        self.send("1001", "2026-03-10 18:00:00")
        for day, count in (("2026-09-05", 2), ("2026-09-12", 0)):
            with freeze_time(f"{day} 03:00:00"):
                self.run_cron()
                self.assertEqual(len(self.kept()), count)
        run = self.env["attendance.retention.run"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual((run.kind, run.count), ("templates", 2))
        self.assertEqual(self.proof().reason, "age")

    def test_a_sending_does_not_take_the_deletion_back(self):
        self.env["attendance.terminal.user"]._note_reported(
            self.terminal, [{"code": "1001", "name": "Ann", "privilege": 0, "card": ""}]
        )
        self.person.leave_date = "2026-03-09"
        line = self.proof().line_ids
        self.assertEqual(line.terminal_id, self.terminal)
        self.assertEqual(
            (line.command_id.kind, line.command_id.state), ("user_delete", "waiting")
        )
        self.terminal._send_changes()
        self.assertEqual(line.command_id.state, "waiting")
        self.terminal._send_people(everything=True)
        self.assertEqual(line.command_id.state, "waiting")

    def test_a_terminal_that_is_gone_is_not_asked_again(self):
        self.person.biometric_consent_on = False
        proof = self.proof()
        self.assertEqual(set(proof.line_ids.mapped("state")), {"waiting"})
        self.terminal.unlink()
        self.assertEqual(set(proof.line_ids.mapped("state")), {"silent"})
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "nothing to ask"):
            proof.action_ask_again()
