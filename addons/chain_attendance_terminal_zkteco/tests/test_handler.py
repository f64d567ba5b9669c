from unittest.mock import patch

import psycopg2

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import handler
from ..messages import TerminalRequest

AT = "2026-03-02 08:58:41"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestHandler(TerminalCommon):
    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def ask(
        self,
        method="GET",
        verb="getrequest",
        body=b"",
        kind="text/plain",
        address="10.0.0.9",
        **query,
    ):
        query.setdefault("sn", "TESTSN0001")
        self.env.flush_all()
        reply = handler.answer(
            self.env.registry,
            TerminalRequest(method, verb, query, body, kind, address),
        )
        self.env.invalidate_all()
        return reply.status, reply.text

    def push(self, body, **query):
        query = {"table": "ATTLOG", "stamp": "9999", **query}
        return self.ask("POST", "cdata", body.encode(), **query)

    def test_a_batch_is_counted_whole(self):
        status, text = self.push(f"1\t{AT}\nrubbish\n1\t{AT}\n")
        self.assertEqual((status, text), (200, "OK: 3\n"))
        self.assertEqual(len(self.punches()), 1)

    def test_a_column_that_an_update_changed_is_no_trouble(self):
        attempts = [psycopg2.errors.FeatureNotSupported(), handler.OK]
        with (
            patch.object(handler, "_attempt", side_effect=attempts),
            patch.object(handler, "forget_plans") as forget,
        ):
            self.assertEqual(self.ask(), (200, "OK"))
        forget.assert_called_once_with(self.env.registry)

    def test_passwords_and_templates_among_the_punches_are_not_kept(self):
        template = "Qk" * 60
        self.push(
            f"USER PIN=1\tName=A\tPasswd=4321\nFP PIN=1\tFID=0\tTMP={template}\n"
            f"{template}\n"
        )
        rejects = self.env["attendance.punch.reject"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(len(rejects), 3)
        kept = " ".join(rejects.mapped("raw_line"))
        self.assertNotIn("4321", kept)
        self.assertNotIn("QkQk", kept)

    def test_many_unreadable_lines_are_kept_by_few_statements(self):
        body = "".join(f"rubbish {number}\n" for number in range(1500))
        self.push(body)
        count = self.env.cr.sql_log_count
        self.assertEqual(self.push(body), (200, "OK: 1500\n"))
        self.assertLess(self.env.cr.sql_log_count - count, 30)
        rejects = self.env["attendance.punch.reject"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual((len(rejects), set(rejects.mapped("times_seen"))), (1500, {2}))

    def test_the_stamp_comes_back_at_the_next_handshake(self):
        self.push(f"1\t{AT}\n", stamp="20260302T085841")
        _status, text = self.ask(verb="cdata", options="all")
        self.assertIn("\nATTLOGStamp=20260302T085841\n", text)
        self.assertIn("\nTimeZone=8\n", text)

    def test_contact_address_and_firmware_are_noted(self):
        self.ask(info="Ver 8.0.4.3,10,10,500,192.168.1.2")
        terminal = self.terminal
        self.assertEqual(str(terminal.last_seen_at)[:10], str(self.cr.now())[:10])
        self.assertEqual(terminal.first_address, "10.0.0.9")
        self.assertEqual(terminal.firmware, "Ver 8.0.4.3")

    def test_hostile_parameters_and_figures_are_only_content(self):
        long = "9" * 5000
        self.assertEqual(self.push(f"1\t{AT}\t{long}\t{long}\n")[0], 200)
        self.assertEqual(self.punches().state_key, 255)
        self.assertEqual(self.push(f"2\t{AT}\n", stamp="\x00<b>")[0], 200)
        self.assertEqual(self.terminal.punch_stamp, "<b>")
        self.assertEqual(self.ask(info="Ver\x00 8" + "x" * 99)[0], 200)
        self.assertEqual(len(self.terminal.firmware), 64)

    def test_files_are_never_offered(self):
        self.assertEqual(self.ask(verb="file", url="/etc/passwd")[0], 404)

    def test_unknown_verbs_and_tables_are_answered_ok(self):
        for verb in ("nosuch", "test", "exchange", "punches", "__class__"):
            with self.subTest(verb):
                self.assertEqual(self.ask("POST", verb, b"x"), (200, "OK"))

    def test_form_bodies_are_refused_before_anything_else(self):
        reply = self.ask(
            "POST", "cdata", kind="application/x-www-form-urlencoded", table="ATTLOG"
        )
        self.assertEqual(reply[0], 503)

    @mute_logger("odoo.addons.chain_attendance_terminal_zkteco.handler")
    def test_trouble_with_the_store_asks_the_unit_to_come_again(self):
        store = type(self.env["attendance.punch"])
        with patch.object(store, "_store", side_effect=psycopg2.OperationalError):
            self.assertEqual(self.push(f"1\t{AT}\n"), (503, "BUSY\n"))
        self.assertEqual(self.push(f"1\t{AT}\n")[0], 200)

    @mute_logger("odoo.addons.chain_attendance_terminal_zkteco.handler")
    def test_a_fault_of_ours_is_answered_in_the_unit_s_words(self):
        """Whatever entrance it came by: Odoo's error page means nothing to a unit."""
        store = type(self.env["attendance.punch"])
        with patch.object(store, "_store", side_effect=RuntimeError("x")):
            self.assertEqual(self.push(f"1\t{AT}\nrubbish\n"), (503, "BUSY\n"))
        self.assertFalse(self.punches())
        self.assertEqual(self.push(f"1\t{AT}\n")[0], 200)

    def test_a_blocked_serial_number_is_told_so(self):
        pending = self.env["attendance.terminal.pending"]
        pending._note_visit("BLOCKED01", "10.0.0.9")
        query = {"verb": "cdata", "options": "all", "sn": "BLOCKED01"}
        self.assertEqual(self.ask(**query), (403, "UNKNOWN DEVICE\n"))
        row = pending.search([("serial_number", "=", "BLOCKED01")])
        row.action_block()
        self.assertEqual(self.ask(**query), (403, "BLOCKED\n"))
        self.assertEqual(self.push(f"1\t{AT}\n", sn="BLOCKED01"), (403, "BLOCKED\n"))
        row.action_unblock()
        self.assertEqual(self.ask(**query), (403, "UNKNOWN DEVICE\n"))

    def test_a_replaced_unit_is_a_stranger_and_the_new_one_begins_anew(self):
        self.push(f"1\t{AT}\n", stamp="20260302T085841")
        self.terminal.serial_number = "NEWSN0001"
        self.assertEqual(self.push(f"1\t{AT}\n"), (403, "UNKNOWN DEVICE\n"))
        _status, text = self.ask(verb="cdata", options="all", sn="NEWSN0001")
        self.assertNotIn("20260302T085841", text)
        self.assertEqual(self.push(f"1\t{AT}\n", sn="NEWSN0001")[0], 200)
        self.assertEqual(len(self.punches()), 1)

    def test_a_key_in_the_handshake_vouches_for_its_address(self):
        """Most units send the key in the handshake and never again."""
        self.terminal.communication_key = "88888888"
        shake = {"verb": "cdata", "options": "all"}
        self.assertEqual(self.push(f"1\t{AT}\n"), (403, "UNKNOWN DEVICE\n"))
        self.assertEqual(self.ask(**shake, pushcommkey="88888887")[0], 403)
        self.assertEqual(self.ask()[0], 403)
        self.assertEqual(self.ask(**shake, pushcommkey="88888888")[0], 200)
        self.assertEqual(self.push(f"1\t{AT}\n"), (200, "OK: 1\n"))
        for _poll in range(2):
            self.assertEqual(self.ask()[0], 200)
        self.assertEqual(self.ask(**shake)[0], 403, "each handshake shows the key")
        self.assertEqual(self.ask(comkey="88888887")[0], 403)
        self.assertEqual(self.ask(address="10.0.0.10")[0], 403)
        self.assertEqual(self.ask()[0], 200)
        self.assertEqual(self.ask(verb="cdata", type="time")[0], 200)
        self.terminal.communication_key = "99999999"
        self.assertEqual(self.ask()[0], 403, "another key begins anew")

    def test_a_key_meant_for_every_request_vouches_for_none(self):
        self.terminal.communication_key = "88888888"
        self.assertEqual(self.ask(comkey="88888888")[0], 200)
        self.assertEqual(self.ask()[0], 403)

    def test_a_collision_is_tried_again(self):
        store = type(self.env["attendance.punch"])
        real = store._store
        collisions = [psycopg2.errors.SerializationFailure] * 2

        def collide(*arguments):
            if collisions:
                raise collisions.pop()
            return real(*arguments)

        with patch.object(store, "_store", collide):
            self.assertEqual(self.push(f"1\t{AT}\n"), (200, "OK: 1\n"))
        self.assertEqual(len(self.punches()), 1)
