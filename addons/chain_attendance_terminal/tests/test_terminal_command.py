from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, freeze_time, tagged

from ..command_values import COMMAND_VALUES, CommandValueError, check_values
from ..models.attendance_terminal_command import LIMITS, CommandResult
from .common import TerminalCommon

PERSON = {"code": "1015", "name": "Ana", "privilege": 0, "card": ""}
SPAN = {"since": "2026-03-01 00:00:00", "until": "2026-03-02 23:59:59"}
FINGER = {"code": "1015", "kind": "fingerprint", "number": 6}


class TestCommandValues(BaseCase):
    def test_what_each_kind_takes(self):
        for kind, values in (
            ("user_put", PERSON),
            ("user_put", {**PERSON, "privilege": 14, "card": "[0A1B2C3D]"}),
            ("user_put", {**PERSON, "name": "\u738b\u5c0f\u660e\t&\n", "code": "A-1"}),
            ("user_delete", {"code": "0001"}),
            ("template_put", FINGER),
            ("template_delete", {**FINGER, "kind": "face", "number": 14}),
            ("photo_put", {"code": "1"}),
            ("enrol", {**FINGER, "overwrite": True}),
            ("query_punches", SPAN),
            ("count_punches", SPAN),
            ("query_users", {}),
            ("query_templates", {"code": "", "kind": "palm"}),
            ("reboot", {}),
        ):
            with self.subTest(kind, values=values):
                check_values(kind, values)

    def test_what_is_refused(self):
        for kind, field, values in (
            ("shell", "kind", {}),
            ("user_delete", "code", {}),
            ("user_delete", "code", {"code": ""}),
            ("user_delete", "code", {"code": "1\tName=x"}),
            ("user_delete", "code", {"code": "1&2"}),
            ("user_delete", "code", {"code": "1\n"}),
            ("user_delete", "code", {"code": "\u0661"}),
            ("user_delete", "code", {"code": 1}),
            ("user_delete", "code", {"code": "1" * 25}),
            ("user_delete", "more", {"code": "1", "more": 1}),
            ("user_put", "name", {**PERSON, "name": "x" * 257}),
            ("user_put", "name", {**PERSON, "name": "a\x00"}),
            ("user_put", "name", {**PERSON, "name": "\ud800"}),
            ("user_put", "privilege", {**PERSON, "privilege": 6}),
            ("user_put", "privilege", {**PERSON, "privilege": False}),
            ("user_put", "card", {**PERSON, "card": "1\t"}),
            ("template_put", "number", {**FINGER, "number": 10}),
            ("template_put", "number", {**FINGER, "number": True}),
            ("template_put", "kind", {**FINGER, "kind": "iris"}),
            ("enrol", "kind", {**FINGER, "kind": "photo", "overwrite": True}),
            ("enrol", "overwrite", {**FINGER, "overwrite": 1}),
            ("query_punches", "since", {**SPAN, "since": "2026-3-1 0:00:00"}),
            ("query_punches", "since", {**SPAN, "since": "2026-02-30 00:00:00"}),
            ("query_punches", "until", {**SPAN, "until": "2026-02-28 00:00:00"}),
            ("query_templates", "code", {"code": "*", "kind": "face"}),
            ("reboot", "now", {"now": True}),
            ("reboot", "values", []),
        ):
            with self.subTest(kind, values=values):
                with self.assertRaises(CommandValueError) as refused:
                    check_values(kind, values)
                self.assertEqual(refused.exception.field, field)
                self.assertIn(refused.exception.limit, LIMITS)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalCommand(TerminalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commands = cls.env["attendance.terminal.command"]
        cls.other = cls.new_terminal("2", "TESTSN0002")

    def queue(self, kind, /, terminal=None, **values):
        terminal = terminal or self.terminal
        return self.commands._queue(
            [{"terminal_id": terminal.id, "kind": kind, "values": values}]
        )

    def hand_out(self, limit=20, terminal=None):
        due = self.commands._due(terminal or self.terminal, limit)
        due._mark_sent()
        return due

    def tell(self, *results, terminal=None):
        return self.commands._note_results(
            terminal or self.terminal, [CommandResult(*result) for result in results]
        )

    def test_every_kind_is_a_known_command(self):
        kinds = [kind for kind, _label in self.commands._fields["kind"].selection]
        self.assertEqual(kinds, list(COMMAND_VALUES))

    def test_refused_in_words_and_as_a_whole(self):
        rows = [
            {"terminal_id": self.terminal.id, "kind": "reboot", "values": {}},
            {"terminal_id": self.terminal.id, "kind": "user_delete", "values": {}},
        ]
        with self.assertRaisesRegex(ValidationError, "Take person off.*“code”"):
            self.commands._queue(rows)
        self.assertFalse(self.commands.search([("kind", "=", "reboot")], limit=1))

    def test_nothing_is_deleted_without_a_clearing(self):
        for kind in ("clear_punches", "clear_all"):
            with self.assertRaises(ValidationError):
                self.queue(kind)

    def test_handed_out_in_order_a_restart_last(self):
        first = self.queue("reboot")
        second = self.queue("info")
        again = self.queue("reboot")
        third = self.queue("user_delete", code="7")
        self.queue("info", terminal=self.other)
        self.assertEqual(self.hand_out(), second + third + first)
        self.assertEqual(self.hand_out(), again)
        self.assertEqual(third.user_code, "7")
        self.assertFalse(self.hand_out())

    def test_offered_again_with_growing_pauses_then_given_up(self):
        command = self.queue("user_put", **PERSON)
        minute = 0
        for pause in (5, 10, 20, 40, 60, None):
            with freeze_time(f"2026-03-10 {10 + minute // 60}:{minute % 60:02d}:00"):
                self.assertEqual(self.hand_out(), command)
                self.assertFalse(self.hand_out())
            minute += pause or 0
        self.assertEqual(command.tries, 6)
        self.assertEqual(str(command.sent_at), "2026-03-10 10:00:00")
        with freeze_time("2026-03-10 13:30:00"):
            self.assertFalse(self.hand_out())
            self.expire()
        self.assertEqual((command.state, command.reason), ("expired", "silent"))
        with freeze_time("2026-03-11 10:00:00"):
            self.tell((command.id, True, 0, ""))
        self.assertEqual((command.state, command.reason), ("done", False))

    def expire(self):
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            self.commands._cron_expire()

    def test_what_would_do_harm_twice_is_offered_once(self):
        command = self.queue("reboot")
        self.assertEqual(self.hand_out(), command)
        with freeze_time("2026-03-10 10:59:00"):
            self.assertFalse(self.hand_out())
            self.expire()
            self.assertEqual(command.state, "sent")
        with freeze_time("2026-03-10 11:00:00"):
            self.expire()
        self.assertEqual(command.state, "expired")

    def test_what_a_terminal_never_fetched_grows_old(self):
        short, long = self.queue("reboot"), self.queue("user_put", **PERSON)
        with freeze_time("2026-03-11 10:00:00"):
            self.assertEqual(self.commands._due(self.terminal, 20), long)
            self.expire()
        self.assertEqual((short.state, short.reason), ("expired", "old"))
        self.assertEqual(long.state, "waiting")
        with freeze_time("2026-04-09 10:00:00"):
            self.expire()
        self.assertEqual(long.state, "expired")

    def test_only_its_own_that_were_sent_are_answered_and_once(self):
        sent = self.queue("info") + self.queue("check")
        self.hand_out()
        waiting = self.queue("info")
        far = self.queue("info", terminal=self.other)
        self.hand_out(terminal=self.other)
        ids = [*sent.ids, waiting.id, far.id, 0, -1, 10**12]
        with patch.object(type(self.commands), "_after_answer", autospec=True) as told:
            answered = self.tell(*[(i, i != sent[1].id, -1, "x") for i in ids[::-1]])
            self.assertFalse(self.tell((sent[0].id, False, -3, "y")))
        self.assertEqual(answered, sent)
        self.assertEqual([call.args[0] for call in told.call_args_list], [sent])
        self.assertEqual(sent.mapped("state"), ["done", "failed"])
        self.assertEqual(sent.mapped("result"), ["x", "x"])
        self.assertEqual((waiting.state, far.state), ("waiting", "sent"))

    def test_an_old_command_never_undoes_a_later_one(self):
        """Deleted, the answer lost, sent again: a second deletion must not follow."""
        off = self.queue("user_delete", code="1015")
        self.hand_out()
        on = self.queue("user_put", **PERSON)
        other = self.queue("user_put", **{**PERSON, "code": "9"})
        self.hand_out()
        self.tell((on.id, True, 0, ""))
        self.assertEqual((off.state, off.reason), ("cancelled", "overtaken"))
        with freeze_time("2026-03-10 10:05:00"):
            self.assertEqual(self.hand_out(), other)
        self.tell((off.id, True, 0, ""))
        self.assertEqual(off.state, "cancelled")

    def test_of_two_without_an_answer_the_later_is_offered_again(self):
        old = self.queue("user_put", **PERSON)
        finger = self.queue("template_put", **FINGER)
        new = self.queue("user_put", **{**PERSON, "name": "Ann"})
        self.assertEqual(self.hand_out(), old + finger + new)
        with freeze_time("2026-03-10 10:05:00"):
            self.assertEqual(self.hand_out(), finger + new)
        self.assertEqual(old.reason, "overtaken")

    def test_a_person_cancels_what_was_not_fetched(self):
        sent = self.queue("info")
        self.hand_out()
        waiting = self.queue("info")
        far_store = self.new_store("T2")
        far = self.queue(
            "info", terminal=self.new_terminal("3", "TESTSN0003", store_id=far_store.id)
        )
        user = self.new_user("keeper")
        self.store.timekeeper_ids = user
        role = self.new_role({"terminals": "view"}, scope="own_stores", user_ids=user)
        with self.assertRaises(AccessError):
            waiting.with_user(user).action_cancel()
        role.user_ids = False
        self.new_role({"terminals": "view edit"}, scope="own_stores", user_ids=user)
        for held in (far, waiting + far):
            with self.assertRaises(AccessError):
                held.with_user(user).action_cancel()
        (waiting + sent).with_user(user).action_cancel()
        self.assertEqual((waiting + sent).mapped("state"), ["cancelled", "sent"])
        self.assertEqual(waiting.reason, "person")
        with self.assertRaises(UserError):
            sent.with_user(user).action_cancel()

    def test_nobody_makes_or_writes_commands_by_hand(self):
        command = self.queue("info")
        user = self.new_user("keeper")
        everything = "view create edit delete export"
        self.new_role({"terminals": everything}, scope="all", user_ids=user)
        mine = command.with_user(user)
        for refused in (
            lambda: mine.write({"state": "done"}),
            mine.unlink,
            lambda: mine.create({"terminal_id": self.terminal.id, "kind": "reboot"}),
        ):
            with self.assertRaises(AccessError):
                refused()
