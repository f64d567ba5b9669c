import io
from unittest.mock import Mock, patch

from werkzeug.test import EnvironBuilder

from odoo.service import server
from odoo.tests import freeze_time, tagged
from odoo.tools import config, mute_logger

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import entrance, messages
from ..messages import TerminalAnswer

AT = "2026-03-02 08:58:41"
LINE = f"1\t{AT}\t0\t1\n".encode()


def broken_line():
    """A line that breaks while it is being read."""
    source = io.BytesIO(LINE)
    return Mock(wraps=source, read=Mock(side_effect=ConnectionResetError))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestEntrance(TerminalCommon):
    """What Odoo would never show us, as a WSGI server hands it over."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.env.flush_all()

    def ask(self, path="/iclock/cdata", *, query=None, **environ):
        if query is None:
            query = "SN=TESTSN0001&table=ATTLOG&Stamp=9999"
        builder = EnvironBuilder("/", method="POST", data=LINE)
        values = builder.get_environ() | {
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REMOTE_ADDR": "10.0.0.9",
        }
        values |= environ
        values = {name: value for name, value in values.items() if value is not None}
        reply = entrance.reply_to(values)
        self.env.invalidate_all()
        return reply and (reply.status, reply.text)

    def test_every_type_of_content_is_seen_as_it_was_sent(self):
        for number, kind in enumerate(
            (
                None,
                "text/plain",
                "application/push;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
            )
        ):
            line = f"{number + 1}\t{AT}\n".encode()
            with self.subTest(kind):
                reply = self.ask(
                    CONTENT_TYPE=kind,
                    CONTENT_LENGTH=str(len(line)),
                    **{"wsgi.input": io.BytesIO(line)},
                )
                self.assertEqual(reply, (200, "OK: 1\n"))
                self.assertEqual(len(self.punches()), number + 1)

    def test_no_host_is_no_trouble(self):
        self.assertEqual(self.ask(HTTP_HOST=None), (200, "OK: 1\n"))

    def test_a_cut_or_broken_body_stores_nothing(self):
        for broken in (io.BytesIO(LINE[:-3]), io.BytesIO(), broken_line()):
            reply = self.ask(**{"wsgi.input": broken})
            self.assertEqual(reply, (400, "BAD LENGTH\n"))
        self.assertFalse(self.punches())

    def test_a_chunked_body_is_read_to_its_end_or_refused(self):
        chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": None}
        self.assertEqual(self.ask(**chunked, **{"wsgi.input_terminated": None})[0], 411)
        self.assertFalse(self.punches())
        self.assertEqual(
            self.ask(**chunked, **{"wsgi.input_terminated": True}), (200, "OK: 1\n")
        )

    def test_lengths_that_are_none_and_bodies_that_are_too_large(self):
        for length, status in (
            ("-1", 400),
            ("1e3", 400),
            ("٣", 400),
            (str(entrance.JUNK_LIMIT + 1), 413),
            ("9" * 5000, 413),
        ):
            with self.subTest(length):
                self.assertEqual(self.ask(CONTENT_LENGTH=length)[0], status)
        with patch.object(entrance, "JUNK_LIMIT", 4):
            endless = {"HTTP_TRANSFER_ENCODING": "chunked"}
            reply = self.ask(**endless, **{"wsgi.input_terminated": True})
            self.assertEqual(reply[0], 413)

    def test_a_chain_may_wait_in_line(self):
        self.addCleanup(entrance._make_room.cache_clear)
        for socket in (None, Mock(), Mock(listen=Mock(side_effect=OSError))):
            entrance._make_room.cache_clear()
            with patch.object(server, "server", Mock(socket=socket)):
                self.assertEqual(self.ask()[0], 200)
                self.assertEqual(self.ask()[0], 200)
            if socket:
                socket.listen.assert_called_once_with(1024)

    def test_of_a_stranger_no_large_body_is_read(self):
        large = LINE * 4000
        for query, reply in (
            ("SN=STRANGER01&table=ATTLOG", (403, "UNKNOWN DEVICE\n")),
            ("SN=TESTSN0001&table=ATTLOG", (200, "OK: 4000\n")),
        ):
            for how in (
                {"CONTENT_LENGTH": str(len(large))},
                {
                    "HTTP_TRANSFER_ENCODING": "chunked",
                    "CONTENT_LENGTH": None,
                    "wsgi.input_terminated": True,
                },
            ):
                source = io.BytesIO(large)
                with self.subTest(query, **how):
                    asked = self.ask(query=query, **how, **{"wsgi.input": source})
                    self.assertEqual(asked, reply)
                    if reply[0] == 403:
                        self.assertLessEqual(source.tell(), entrance.STRANGER_LIMIT + 1)
        pending = self.env["attendance.terminal.pending"]
        self.assertTrue(pending.search([("serial_number", "=", "STRANGER01")]))

    @mute_logger("odoo.addons.chain_attendance_terminal_zkteco.handler")
    def test_of_a_body_that_is_too_large_what_fits_is_kept(self):
        lines = [f"{number}\t{AT}\t0\t1\n".encode() for number in range(1, 7)]
        with patch.object(messages, "BODY_LIMIT", len(lines[0]) * 4 + 3):
            for body, count in ((b"".join(lines), 6), (b"".join(lines)[:-1], 6)):
                length = str(len(body))
                source = {"wsgi.input": io.BytesIO(body)}
                reply = self.ask(CONTENT_LENGTH=length, **source)
                self.assertEqual(reply, (200, f"OK: {count}\n"))
        kept = self.punches().mapped("user_code")
        self.assertEqual(sorted(kept), ["1", "2", "3", "4"])
        cut = self.env["attendance.punch.reject"].search([("reason", "=", "size")])
        self.assertIn("2 lines", cut.raw_line)
        self.assertEqual(cut.times_seen, 2)

    def test_strange_query_strings_are_only_content(self):
        for query, status in (
            ("SN=TESTSN0001&table=ATTLOG&Stamp=%zz%00%ff", 200),
            ("SN=TESTSN0001&table=ATTLOG&SN=OTHER00001", 200),
            ("SN=TESTSN0001&table=ATTLOG&" + "x=1&" * 5000, 200),
            ("sn=TESTSN0001&TABLE=attlog", 200),
            ("", 403),
            ("SN", 403),
            ("SN=%27%20OR%201%3D1--", 403),
        ):
            with self.subTest(query[:40]):
                self.assertEqual(self.ask(query=query)[0], status)

    def test_other_methods_and_other_paths(self):
        self.assertEqual(self.ask(REQUEST_METHOD="PUT")[0], 405)
        for path in ("/web/login", "/iclockwork", "/", "/a/b/iclock/cdata"):
            self.assertIsNone(self.ask(path))

    def test_without_the_one_database_it_is_odoo_s(self):
        for names in ([], ["one", "two"], None):
            with patch.dict(config.options, {"db_name": names}):
                self.assertIsNone(self.ask())

    def test_without_this_addon_in_the_database_it_is_odoo_s(self):
        """The terminals of another vendor may be at home there all the same."""
        others = self.registry._init_modules - {"chain_attendance_terminal_zkteco"}
        with patch.object(self.registry, "_init_modules", others):
            self.assertIsNone(self.ask())

    @mute_logger("odoo.addons.chain_attendance_terminal_zkteco.entrance")
    def test_nothing_leaves_it_but_an_answer(self):
        with patch.object(entrance, "answer", side_effect=RuntimeError("x")):
            self.assertEqual(self.ask(), (503, "BUSY\n"))

    def test_a_proxy_is_believed_only_in_proxy_mode(self):
        headers = {
            "HTTP_X_FORWARDED_HOST": "clock.example.test",
            "HTTP_X_FORWARDED_FOR": "198.51.100.4",
        }
        for mode, address in ((False, "10.0.0.9"), (True, "198.51.100.4")):
            with patch.dict(config.options, {"proxy_mode": mode}):
                self.ask(**headers)
            self.assertEqual(self.terminal.last_address, address)

    def test_an_idle_poll_is_one_statement(self):
        poll = {"REQUEST_METHOD": "GET", "query": "SN=TESTSN0001"}
        path = "/iclock/getrequest"
        self.assertEqual(self.ask(path, **poll), (200, "OK"))
        with self.assertQueryCount(1):
            self.assertEqual(self.ask(path, **poll), (200, "OK"))

    def test_a_refused_or_blocked_terminal_is_never_answered_idle(self):
        poll = {"REQUEST_METHOD": "GET", "query": "SN=TESTSN0001"}
        self.ask("/iclock/getrequest", **poll)
        self.terminal.communication_key = "1"
        self.env.flush_all()
        self.assertEqual(self.ask("/iclock/getrequest", **poll)[0], 403)
        self.assertEqual(self.terminal.refused_reason, "key")
        self.terminal.communication_key = False
        self.terminal.active = False
        self.env.flush_all()
        self.assertEqual(self.ask("/iclock/getrequest", **poll)[0], 403)

    def test_one_serial_from_two_addresses_is_noted(self):
        self.ask(REMOTE_ADDR="10.0.0.9")
        self.assertFalse(self.terminal.rival_address)
        self.ask(REMOTE_ADDR="198.51.100.4")
        self.assertEqual(self.terminal.rival_address, "10.0.0.9")

    def test_the_answer_has_a_length_and_no_cookie(self):
        sent = []
        body = entrance._send(
            TerminalAnswer(200, "OK: 1\n"), lambda *words: sent.append(words)
        )
        self.assertEqual(body, [b"OK: 1\n"])
        status, headers = sent[0]
        self.assertEqual(status, "200 OK")
        self.assertEqual(dict(headers)["Content-Length"], "6")
        self.assertEqual(dict(headers)["Content-Type"], "text/plain")
