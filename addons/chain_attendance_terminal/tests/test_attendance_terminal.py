from psycopg2 import IntegrityError

from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..const import PENDING_LIMIT
from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestAttendanceTerminal(TerminalCommon):
    def test_code_is_one_to_six_digits(self):
        for code in ("2", "999999"):
            self.assertTrue(self.new_terminal(code, f"SN{code}00"))
        for code in ("0", "01", "1a", "1234567", "٣"):
            with self.subTest(code), self.assertRaises(ValidationError):
                self.new_terminal(code, "SNBAD1")

    def test_serial_number_characters(self):
        for serial in ("AB1", "A B C D", "ab;drop", "x" * 33, "<b>x</b>"):
            with self.subTest(serial), self.assertRaises(ValidationError):
                self.new_terminal("9", serial)

    @mute_logger("odoo.sql_db")
    def test_serial_number_is_unique_everywhere(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new_terminal("1", "TESTSN0001", company_id=other.id, store_id=False)

    def test_connection_state_and_its_search(self):
        terminal = self.terminal
        for seen, state in (
            (False, "never"),
            ("2026-03-10 07:59:00", "online"),
            ("2026-03-10 07:50:00", "offline"),
        ):
            terminal.last_seen_at = seen
            self.assertEqual(terminal.connection_state, state)
            for asked in ("never", "online", "offline"):
                found = terminal.search(
                    [("id", "=", terminal.id), ("connection_state", "=", asked)]
                )
                self.assertEqual(bool(found), asked == state, (state, asked))

    def test_pending_inbox_is_bounded(self):
        pending = self.env["attendance.terminal.pending"]
        pending._note_visit("KNOWN1", "10.0.0.1")
        for number in range(PENDING_LIMIT + 5):
            pending._note_visit(f"FLOOD{number}", "10.0.0.2")
        pending._note_visit("KNOWN1", "10.0.0.3")
        self.assertEqual(pending.search_count([]), PENDING_LIMIT)
        known = pending.search([("serial_number", "=", "KNOWN1")])
        self.assertEqual(known.visit_count, 2)
        self.assertEqual(
            (known.first_address, known.last_address), ("10.0.0.1", "10.0.0.3")
        )

    def test_a_registered_serial_waits_no_longer(self):
        pending = self.env["attendance.terminal.pending"]
        pending._note_visit("KNOWN2", "10.0.0.1")
        self.new_terminal("3", "KNOWN2")
        self.assertFalse(pending.search([("serial_number", "=", "KNOWN2")]))

    def test_a_terminal_with_punches_is_archived_not_deleted(self):
        self.send("1001", "2026-03-10 08:30:00")
        with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
            self.terminal.unlink()
        sentence, action, _button, context = caught.exception.args
        self.assertIn("Raw Punch: 1", sentence)
        server = self.env["ir.actions.server"].browse(action)
        server.with_context(**context).run()
        self.assertFalse(self.terminal.active)
        with self.assertRaisesRegex(UserError, "Raw Punch: 1"):
            self.terminal.unlink()
        self.new_terminal("4", "NOPUNCHES").unlink()

    def test_timekeeper_sees_terminals_of_the_own_store_only(self):
        user = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        foreign = self.new_terminal("2", "TESTSN0002", store_id=self.new_store("T2").id)
        self.store.timekeeper_ids = user
        found = self.env["attendance.terminal"].with_user(user).search([])
        self.assertEqual(found, self.terminal)
        with self.assertRaises(AccessError):
            foreign.with_user(user).read(["serial_number"])
        with self.assertRaises(AccessError):
            self.terminal.with_user(user).write({"name": "mine"})

    def test_store_manager_sees_terminals_of_the_own_store_only(self):
        user = self.new_user("boss", "chain_attendance_base.group_store_manager")
        self.new_terminal("2", "TESTSN0002", store_id=self.new_store("T2").id)
        self.store.manager_id = self.new_employee("Boss", user_id=user.id)
        terminals = self.env["attendance.terminal"].with_user(user)
        found = terminals.search([])
        self.assertEqual(found, self.terminal)
        self.assertEqual(found.health_reason, "It has never called.")
        with self.assertRaises(AccessError):
            found.action_health_clock()
        with self.assertRaises(AccessError):
            found.action_replace()
        menu = self.env.ref("chain_attendance_terminal.attendance_terminal_status_menu")
        self.assertIn(
            menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        )
