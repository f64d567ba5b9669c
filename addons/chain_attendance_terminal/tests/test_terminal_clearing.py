from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..models.attendance_terminal_command import CommandResult
from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalClearing(TerminalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commands = cls.env["attendance.terminal.command"]
        cls.first, cls.second, cls.editor, cls.viewer = (
            cls.new_user(name) for name in ("first", "second", "editor", "viewer")
        )
        cls.new_role(
            {"terminals": "view delete"}, scope="all", user_ids=cls.first + cls.second
        )
        cls.new_role({"terminals": "view edit"}, scope="all", user_ids=cls.editor)
        cls.new_role({"terminals": "view"}, scope="all", user_ids=cls.viewer)
        cls.send("1", "2026-03-10 08:30:00", "2026-03-10 12:00:00")

    def ask(self, user=None, terminal=None, kind="clear_punches"):
        request = self.env["attendance.terminal.clearing.request"]
        request = request.with_user(user or self.first).create(
            {
                "terminal_id": (terminal or self.terminal).id,
                "kind": kind,
                "note": "moves away",
            }
        )
        clearing = self.env["attendance.terminal.clearing"]
        return clearing.browse(request.action_ask()["res_id"])

    def answer(self, is_done=True, count=None, code=0, only=None):
        """The terminal fetches what waits and answers it; the kinds of it."""
        due = self.commands._due(self.terminal, 20)
        due._mark_sent()
        for command in due.filtered(lambda c: only is None or c.kind == only):
            counted = count if command.kind == "count_punches" else None
            self.commands._note_results(
                self.terminal, [CommandResult(command.id, is_done, code, "", counted)]
            )
        return due.mapped("kind")

    def confirm(self, clearing, user=None, code=None):
        wizard = self.env["attendance.terminal.clearing.confirm"]
        wizard = wizard.with_user(user or self.second).create(
            {"clearing_id": clearing.id, "typed_code": code}
        )
        return wizard.action_confirm()

    def test_backup_second_person_rest_then_deletion(self):
        clearing = self.ask()
        self.assertEqual(clearing.user_id, self.first)
        with self.assertRaises(UserError):
            self.confirm(clearing)
        self.assertEqual(self.answer(count=2), ["query_punches", "count_punches"])
        self.assertEqual(clearing.state, "ready")
        self.assertTrue(clearing.is_matched)
        with self.assertRaisesRegex(AccessError, "cannot confirm"):
            self.confirm(clearing, self.first, "1")
        self.confirm(clearing)
        self.assertEqual(self.answer(), ["upload_now"])
        self.assertEqual(self.answer(), ["clear_punches"])
        self.assertEqual(clearing.state, "done")
        self.assertEqual(clearing.confirmed_by_id, self.second)
        told = " ".join(self.terminal.message_ids.mapped("body"))
        for words in ("first asked to delete", "second confirmed", "Deleted on"):
            self.assertIn(words, told)

    def test_counts_that_differ_need_the_code(self):
        clearing = self.ask(kind="clear_all")
        self.answer(count=3)
        self.assertFalse(clearing.is_matched)
        for typed in (None, "", "2"):
            with self.assertRaisesRegex(UserError, "counted 3"):
                self.confirm(clearing, code=typed)
        self.confirm(clearing, code=" 1 ")
        self.answer()
        self.assertEqual(self.answer(), ["clear_all"])

    def test_no_figure_is_no_agreement(self):
        clearing = self.ask()
        self.answer()
        self.assertEqual((clearing.state, clearing.is_matched), ("ready", False))

    def test_without_the_upload_nothing_is_deleted(self):
        clearing = self.ask()
        self.answer(is_done=False, code=-1)
        self.assertEqual(clearing.state, "failed")
        with self.assertRaises(UserError):
            self.confirm(clearing, code="1")
        self.assertFalse(self.answer())

    def test_an_empty_terminal_has_nothing_to_upload(self):
        clearing = self.ask()
        self.answer(count=0, only="count_punches")
        query = clearing.command_ids.filtered(lambda c: c.kind == "query_punches")
        self.commands._note_results(
            self.terminal, [CommandResult(query.id, False, -1, "")]
        )
        self.assertEqual((clearing.state, clearing.is_matched), ("ready", False))

    def test_the_rest_that_does_not_come_stops_it(self):
        clearing = self.ask()
        self.answer(count=2)
        self.confirm(clearing)
        self.answer(is_done=False, code=-3)
        self.assertEqual(clearing.state, "failed")
        self.assertFalse(self.answer())

    def test_a_deletion_is_told_once_only(self):
        clearing = self.ask()
        self.answer(count=2)
        self.confirm(clearing)
        self.answer()
        self.assertEqual(self.answer(only="none"), ["clear_punches"])
        with freeze_time("2026-03-10 10:59:00"):
            self.assertFalse(self.answer())
        with self.assertRaises(UserError):
            clearing.with_user(self.editor).action_cancel()
        clearing.command_ids.filtered(lambda c: c.state == "sent")._end(
            "expired", "silent"
        )
        self.assertEqual(clearing.state, "failed")

    def test_an_old_upload_does_not_count(self):
        clearing = self.ask()
        with self.assertRaisesRegex(UserError, "under way"):
            self.ask(self.second)
        self.answer(count=2)
        with freeze_time("2026-03-10 14:00:01"):
            with self.assertRaisesRegex(UserError, "more than 4 hours"):
                self.confirm(clearing)
            self.assertEqual(self.ask(self.second).user_id, self.second)
        self.assertEqual(clearing.state, "cancelled")

    def test_cancelled_by_whoever_may_edit(self):
        clearing = self.ask()
        for user in (self.viewer, self.second):
            with self.assertRaises(AccessError):
                clearing.with_user(user).action_cancel()
        clearing.with_user(self.editor).action_cancel()
        self.assertEqual(clearing.state, "cancelled")
        self.assertEqual(set(clearing.command_ids.mapped("state")), {"cancelled"})
        self.assertFalse(self.answer())
        with self.assertRaises(UserError):
            clearing.with_user(self.editor).action_cancel()

    def test_cancelled_after_the_confirmation_while_it_waits(self):
        clearing = self.ask()
        self.answer(count=2)
        self.confirm(clearing)
        self.answer()
        clearing.with_user(self.editor).action_cancel()
        self.assertFalse(self.answer())
        self.assertEqual(clearing.state, "cancelled")

    def test_a_late_answer_is_believed(self):
        clearing = self.ask()
        self.answer(count=2)
        self.confirm(clearing)
        self.answer()
        wipe = self.commands._due(self.terminal, 20)
        wipe._mark_sent()
        wipe._end("expired", "silent")
        self.assertEqual(clearing.state, "failed")
        self.commands._note_results(
            self.terminal, [CommandResult(wipe.id, True, 0, "", None)]
        )
        self.assertEqual((wipe.state, clearing.state), ("done", "done"))

    def test_who_may_not_ask_or_confirm(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.new_store("T2").id)
        keeper = self.new_user("keeper")
        self.store.timekeeper_ids = keeper
        self.new_role(
            {"terminals": "view edit delete"}, scope="own_stores", user_ids=keeper
        )
        for user, terminal in (
            (self.editor, self.terminal),
            (self.viewer, self.terminal),
            (keeper, far),
        ):
            with self.assertRaises(AccessError):
                self.ask(user, terminal)
        clearing = self.ask(terminal=far)
        clearing.sudo().write({"state": "ready", "backup_at": "2026-03-10 10:00:00"})
        for user in (self.editor, self.viewer, keeper):
            with self.assertRaises(AccessError):
                self.confirm(clearing, user, "2")
            with self.assertRaises(AccessError):
                clearing.with_user(user)._confirm("2")
        self.assertEqual(clearing.state, "ready")

    def test_nobody_writes_deletions_or_their_commands_by_hand(self):
        clearing = self.ask()
        for refused in (
            lambda: clearing.with_user(self.first).write({"state": "ready"}),
            lambda: clearing.with_user(self.first).unlink(),
            lambda: clearing.with_user(self.first).create(
                {"terminal_id": self.terminal.id, "kind": "clear_all"}
            ),
        ):
            with self.assertRaises(AccessError):
                refused()
        row = {
            "terminal_id": self.terminal.id,
            "kind": "clear_punches",
            "clearing_id": clearing.id,
        }
        for state, values in (
            ("backup", {}),
            ("ordered", {}),
            ("ordered", {"confirmed_by_id": self.first.id}),
        ):
            clearing.sudo().write({"state": state, **values})
            with self.assertRaises(ValidationError):
                self.commands._queue([row])

    def test_archived_terminals_are_left_alone(self):
        self.terminal.active = False
        with self.assertRaises(UserError):
            self.ask()
