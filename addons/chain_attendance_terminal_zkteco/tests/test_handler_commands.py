from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import handler
from ..messages import TerminalRequest

PERSON = {"code": "1015", "name": "\u738b\u5c0f\u660e", "privilege": 0, "card": ""}
FINGER = {"code": "1015", "kind": "fingerprint", "number": 6}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestHandlerCommands(TerminalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commands = cls.env["attendance.terminal.command"]

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def ask(self, verb="getrequest", body=None, serial="TESTSN0001", **query):
        self.env.flush_all()
        method = "GET" if body is None else "POST"
        query["sn"] = serial
        reply = handler.answer(
            self.env.registry,
            TerminalRequest(method, verb, query, body or b"", "", "10.0.0.9"),
        )
        self.env.invalidate_all()
        self.assertEqual(reply.status, 200)
        return reply.data

    def queue(self, kind, /, **values):
        row = {"terminal_id": self.terminal.id, "kind": kind, "values": values}
        return self.commands._queue([row])

    def answer(self, command, code=0, verb="DATA", more=""):
        text = f"ID={command.id}&Return={code}&CMD={verb}{more}\n"
        return self.ask("devicecmd", text.encode())

    def test_fetched_done_and_shown_in_words(self):
        command = self.queue("user_put", **PERSON)
        line = b"C:%d:DATA UPDATE USERINFO PIN=1015\tName=" % command.id
        self.assertTrue(self.ask().startswith(line + PERSON["name"].encode()))
        self.assertEqual(command.state, "sent")
        self.assertEqual(self.ask(), b"OK")
        self.assertEqual(self.answer(command, -1001), b"OK")
        self.assertEqual((command.state, command.return_code), ("failed", -1001))
        self.assertEqual(command.result_text, "The terminal is full (-1001)")
        self.assertEqual(command.details, f"1015, {PERSON['name']}")
        self.assertEqual(command.display_name, "Send person, [1] Terminal 1")

    def test_an_idle_poll_is_one_statement_and_a_command_ends_it(self):
        self.assertEqual(self.ask(), b"OK")
        self.env.flush_all()
        with self.assertQueryCount(1):
            handler.answer(
                self.env.registry,
                TerminalRequest(
                    "GET", "getrequest", {"sn": "TESTSN0001"}, b"", "", "10.0.0.9"
                ),
            )
        command = self.queue("info")
        self.assertEqual(self.ask(), b"C:%d:INFO\n" % command.id)
        self.answer(command, verb="INFO")
        self.assertEqual(self.ask(), b"OK")

    def test_names_in_the_encoding_of_the_terminal_s_language(self):
        self.ask("cdata", options="all", language="83", pushver="2.2.14")
        self.assertEqual(self.terminal.push_language, "83")
        self.assertEqual(self.terminal.push_version, "2.2.14")
        self.queue("user_put", **PERSON)
        self.assertIn(b"\tName=\xcd\xf5\xd0\xa1\xc3\xf7\tPri=0", self.ask())

    def test_hostile_words_of_the_handshake_are_only_content(self):
        self.ask("cdata", options="all", language="\x00<b>" * 9, pushver="9" * 500)
        self.assertEqual(self.terminal.push_version, "9" * 16)
        self.assertEqual(self.ask("cdata", options="all")[:10], b"GET OPTION")
        self.assertFalse(self.terminal.push_version)

    def test_at_most_20_commands_and_40_kilobytes_an_answer(self):
        for number in range(25):
            self.queue("user_delete", code=str(number + 1))
        self.assertEqual(self.ask().count(b"\n"), 20)
        self.assertEqual(self.ask().count(b"\n"), 5)
        payload = {**FINGER, "template": "A" * 30_000}
        with patch.object(type(self.commands), "_payload", lambda _self: payload):
            first, second = (self.queue("template_put", **FINGER) for _i in range(2))
            self.assertTrue(self.ask().startswith(b"C:%d:" % first.id))
            self.assertEqual(second.state, "waiting")
            payload["template"] = "A" * 300_000
            self.assertGreater(len(self.ask()), 300_000)

    def test_offered_again_with_the_same_id(self):
        command = self.queue("user_delete", code="7")
        first = self.ask()
        with freeze_time("2026-03-10 10:05:00"):
            command.retry_at = "2026-03-10 10:05:00"
            self.assertEqual(self.ask(), first)
        self.assertEqual(command.tries, 2)

    def test_what_cannot_be_sent_is_closed_and_holds_nothing_up(self):
        gone = self.queue("photo_put", code="7")
        unfit = self.queue("template_put", **FINGER)
        last = self.queue("check")

        def missing(command):
            return None if command.kind == "photo_put" else dict(command.values or {})

        with patch.object(type(self.commands), "_payload", missing):
            self.assertEqual(self.ask(), b"C:%d:CHECK\n" % last.id)
        self.assertEqual((gone.state, gone.reason), ("failed", "gone"))
        self.assertEqual((unfit.state, unfit.reason), ("failed", "unfit"))

    def test_results_out_of_order_of_others_and_broken(self):
        mine = self.queue("info") + self.queue("user_delete", code="7")
        self.ask()
        other = self.new_terminal("2", "TESTSN0002")
        far = self.commands._queue([{"terminal_id": other.id, "kind": "info"}])
        self.ask(serial="TESTSN0002")
        body = (
            f"ID={mine[1].id}&SN=TESTSN0001&Return=0&CMD=DATA\r\nrubbish\xff\r\n"
            f"ID={far.id}&Return=0&CMD=INFO\r\nUserCount=77\r\n"
            f"ID={10**9}&Return=0&CMD=INFO\r\nID=\x00&Return=x\r\n"
            f"ID={mine[0].id}\r\nSN=TESTSN0001\r\nReturn=0\r\nCMD=INFO\r\n"
            "UserCount=3\r\n~DeviceName=Demo\x00Face\r\nTransactionCount=12\r\n"
        )
        self.assertEqual(self.ask("devicecmd", body.encode("latin-1")), b"OK")
        self.assertEqual(mine.mapped("state"), ["done", "done"])
        self.assertEqual(far.state, "sent")
        self.assertEqual(self.terminal.unit_users, 3)
        self.assertEqual(self.terminal.unit_punches, 12)
        self.assertFalse(other.unit_users)

    def test_the_other_terminal_gets_no_command_of_this_one(self):
        self.new_terminal("2", "TESTSN0002")
        self.queue("user_put", **PERSON)
        self.assertEqual(self.ask(serial="TESTSN0002"), b"OK")

    def test_an_info_block_nobody_asked_for_is_not_believed(self):
        command = self.queue("info")
        self.answer(command, verb="INFO", more="\nUserCount=9")
        self.assertEqual(command.state, "waiting")
        self.assertFalse(self.terminal.unit_users)

    def test_counts(self):
        span = {"since": "2026-03-01 00:00:00", "until": "2026-03-02 00:00:00"}
        count, again = (
            self.queue(kind, **span) for kind in ("count_punches", "query_punches")
        )
        self.ask()
        self.answer(count, verb="VERIFY SUM", more="&AttlogCount=0")
        self.answer(again, 37)
        self.assertTrue(count.has_count)
        self.assertEqual((count.answer_count, again.answer_count), (0, 37))
        self.assertEqual(again.result_text, "Done: 37")

    def test_enrolment_that_did_not_succeed(self):
        command = self.queue("enrol", **FINGER, overwrite=False)
        self.ask()
        self.answer(command, 6, "ENROLL_FP")
        self.assertEqual(command.state, "failed")
        self.assertEqual(command.result_text, "Cancelled at the terminal (6)")
        self.assertEqual(command.details, "1015, Fingerprint, finger 6")
