from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import handler
from ..messages import TerminalRequest


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestHandlerQueries(TerminalCommon):
    """The time, a person whom the unit does not know, and access control."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.new_employee("Ann\tPri=14", "1001")
        cls.bob = cls.new_employee("Bob", "1002", store_id=False)

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def ask(self, method="GET", verb="cdata", body=b"", **query):
        query = {"sn": "TESTSN0001", **query}
        self.env.flush_all()
        request = TerminalRequest(method, verb, query, body, "text/plain", "10.0.0.9")
        reply = handler.answer(self.env.registry, request)
        self.env.invalidate_all()
        return reply.status, reply.data

    def test_the_time_in_the_terminals_zone(self):
        status, text = self.ask(type="time")
        self.assertEqual((status, text), (200, b"Time=2026-03-10T18:00:00+08:00\n"))

    def test_a_person_who_is_for_this_terminal_is_told(self):
        for pin in ("1001", "0001001"):
            status, text = self.ask(table="RemoteAtt", pin=pin)
            self.assertEqual(status, 200)
            self.assertTrue(
                text.startswith(
                    b"DATA UPDATE USERINFO PIN=1001\tName=Ann Pri=14\tPri=0"
                ),
                text,
            )
            self.assertEqual(text.count(b"\n"), 1)

    def test_nobody_else_is_told(self):
        for pin in ("1002", "4711", "", "%", "1001' OR '1'='1", "9" * 99, "\x00"):
            with self.subTest(pin):
                self.assertEqual(self.ask(table="RemoteAtt", pin=pin), (200, b"OK"))
        self.terminal.serve_all_employees = True
        self.assertIn(b"Name=Bob\t", self.ask(table="RemoteAtt", pin="1002")[1])

    def test_an_unknown_serial_is_told_nothing(self):
        for query in ({"table": "RemoteAtt", "pin": "1001"}, {"type": "time"}):
            status, text = self.ask(sn="GUESSED001", **query)
            self.assertEqual((status, text), (403, b"UNKNOWN DEVICE\n"))

    def test_access_control_is_answered_and_shown(self):
        self.assertFalse(self.terminal.speaks_access_control)
        for verb in ("registry", "push", "querydata", "rtdata"):
            self.terminal.speaks_access_control = False
            self.assertEqual(self.ask("POST", verb, b"~DeviceName=x"), (200, b"OK"))
            self.assertTrue(self.terminal.speaks_access_control, verb)
        self.assertEqual(self.terminal.health_state, "danger")
        self.assertIn("access-control", self.terminal.health_reason)
        self.ask(options="all", pushver="2.4.1", devicetype="att")
        self.assertFalse(self.terminal.speaks_access_control)
        self.ask(options="all", pushver="3.1.2", devicetype="acc")
        self.assertTrue(self.terminal.speaks_access_control)

    def test_its_events_are_kept_as_they_came(self):
        line = b"time=2026-03-10 08:00:00\tpin=1001\tcardno=0\tevent=0\n"
        status, _text = self.ask("POST", "cdata", line, table="rtlog")
        self.assertEqual(status, 200)
        self.assertFalse(self.punches())
        kept = self.env["attendance.punch.reject"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertIn("pin=1001", kept.raw_line)
