from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalReplacing(TerminalCommon):
    """A new unit takes over a terminal's place, people and history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.keeper
        cls.new_role(
            {"terminals": "view edit"}, scope="own_stores", user_ids=cls.keeper
        )
        cls.terminal.write(
            {
                "last_seen_at": "2026-03-10 09:00:00",
                "last_address": "10.0.0.1",
                "punch_stamp": "77",
                "unit_punches": 12,
                "unit_options": {"a": "b"},
                "clock_offset_seconds": 9,
                "model_name": "K14",
                "communication_key": "secret",
            }
        )

    def replace(self, serial_number="NEWSN0001", terminal=None, user=None, **values):
        wizard = self.env["attendance.terminal.replace"]
        return (
            wizard.with_user(user or self.keeper)
            .create(
                {
                    "terminal_id": (terminal or self.terminal).id,
                    "serial_number": serial_number,
                    "reason": "the screen broke",
                    **values,
                }
            )
            .action_replace()
        )

    def test_place_and_history_stay_and_the_unit_is_forgotten(self):
        self.send("1001", "2026-03-09 08:30:00")
        last = self.terminal.last_punch_at
        self.env["attendance.terminal.user"]._note_reported(
            self.terminal, [{"code": "9", "name": "N", "privilege": 0, "card": ""}]
        )
        wipe = self.env["attendance.terminal.command"].create(
            {"terminal_id": self.terminal.id, "kind": "clear_all", "values": {}}
        )
        self.replace()
        terminal = self.terminal
        self.assertEqual(terminal.serial_number, "NEWSN0001")
        self.assertEqual(
            (terminal.store_id, terminal.communication_key, terminal.last_punch_at),
            (self.store, "secret", last),
        )
        for name in ("last_seen_at", "last_address", "punch_stamp", "unit_options"):
            self.assertFalse(terminal[name], name)
        self.assertEqual((terminal.unit_punches, terminal.clock_offset_seconds), (0, 0))
        self.assertEqual(wipe.state, "cancelled")
        self.assertFalse(
            self.env["attendance.terminal.user"].search(
                [("terminal_id", "=", terminal.id)]
            )
        )
        old = terminal.replaced_ids
        self.assertEqual(
            (old.serial_number, old.replaced_by, old.reason, old.model_name),
            ("TESTSN0001", "NEWSN0001", "the screen broke", "K14"),
        )
        self.assertEqual(old.replaced_by_id, self.keeper)

    def test_punches_copied_to_the_new_unit_are_not_doubled(self):
        self.assertEqual(self.send("1001", "2026-03-09 08:30:00"), 1)
        self.replace()
        self.assertEqual(
            self.send("1001", "2026-03-09 08:30:00", "2026-03-10 08:30:00"), 1
        )

    def test_the_old_unit_is_a_stranger_with_a_note(self):
        pending = self.env["attendance.terminal.pending"]
        self.new_role(
            {"terminals": "view create"}, scope="own_stores", user_ids=self.keeper
        )
        self.replace()
        pending._note_visit("TESTSN0001", "10.0.0.1")
        waiting = pending.search([("serial_number", "=", "TESTSN0001")])
        note = waiting.with_user(self.keeper).note
        self.assertRegex(note, r"Replaced at \[1\] Terminal 1 on ")
        self.terminal.store_id = self.new_store("T2")
        self.env.invalidate_all()
        self.assertFalse(waiting.with_user(self.keeper).note)

    def test_chosen_from_those_that_called(self):
        pending = self.env["attendance.terminal.pending"]
        pending._note_visit("NEWSN0002", "10.0.0.1")
        waiting = pending.search([("serial_number", "=", "NEWSN0002")])
        action = self.terminal.action_replace()
        model = self.env["attendance.terminal.replace"]
        with Form(model.with_context(**action["context"])) as form:
            form.pending_id = waiting
            form.reason = "stolen"
        form.record.action_replace()
        self.assertEqual(self.terminal.serial_number, "NEWSN0002")
        self.assertFalse(waiting.exists())

    def test_the_same_a_blocked_or_a_foreign_number_is_refused(self):
        pending = self.env["attendance.terminal.pending"]
        with self.assertRaisesRegex(UserError, "of this terminal already"):
            self.replace("TESTSN0001")
        pending._note_visit("BADSN0001", "10.0.0.1")
        pending.search([("serial_number", "=", "BADSN0001")]).action_block()
        with self.assertRaisesRegex(UserError, "BADSN0001 is blocked"):
            self.replace("BADSN0001")
        self.env["attendance.terminal.authorization"].create(
            {
                "serial_number": "NEWSN0003",
                "authorization_code": "PAPER-3",
                "company_id": self.company.id,
            }
        )
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.replace("NEWSN0003")
        self.assertFalse(self.terminal.replaced_ids)
        self.replace("NEWSN0003", authorization_code="PAPER-3")

    def test_only_within_the_scope(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.new_store("T2").id)
        with self.assertRaises(AccessError):
            self.replace(terminal=far)
        viewer = self.new_user("viewer")
        self.new_role({"terminals": "view"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.replace(user=viewer)
        with self.assertRaises(AccessError):
            self.terminal.with_user(viewer).action_replace()
        self.assertEqual(self.terminal.serial_number, "TESTSN0001")

    def test_a_slip_before_the_first_call_replaces_nothing(self):
        slip = self.new_terminal("3", "TESTSN000O")
        slip.serial_number = "TESTSN0000"
        self.assertFalse(slip.replaced_ids)
        self.terminal.serial_number = "NEWSN0009"
        self.assertEqual(self.terminal.replaced_ids.serial_number, "TESTSN0001")

    def test_the_serial_number_of_another_store_is_not_told(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.new_store("T2").id)
        wizard = self.env["attendance.terminal.replace"].with_user(self.keeper)
        wizard = wizard.create(
            {"terminal_id": far.id, "serial_number": "X-1234", "reason": "curious"}
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.read(["old_serial_number"])

    def test_a_sending_to_the_old_unit_is_over(self):
        self.new_employee("Ann", "11")
        run = self.terminal._send_people()
        self.assertEqual(run.state, "running")
        self.replace()
        self.assertEqual(run.command_ids.mapped("state"), ["cancelled"])
        self.assertEqual(run.state, "cancelled")

    def test_a_deletion_agreed_on_for_the_old_unit_never_meets_the_new_one(self):
        for state in ("backup", "ready", "ordered"):
            with self.subTest(state=state):
                clearing = self.env["attendance.terminal.clearing"].create(
                    {
                        "terminal_id": self.terminal.id,
                        "kind": "clear_all",
                        "state": state,
                        "backup_at": "2026-03-10 09:30:00",
                        "confirmed_by_id": self.keeper.id,
                    }
                )
                clearing._give("upload_now")
                self.terminal.last_seen_at = "2026-03-10 09:50:00"
                self.replace(f"NEWSN-{state}")
                self.env.flush_all()
                self.assertNotIn(clearing.state, ("backup", "ready", "ordered"))
                states = set(clearing.command_ids.mapped("state"))
                self.assertEqual(states, {"cancelled"})
