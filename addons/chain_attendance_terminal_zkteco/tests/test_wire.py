from datetime import datetime

from odoo.tests import BaseCase, tagged

from .. import wire

AT = "2026-03-02 08:58:41"


@tagged("post_install", "-at_install")
class TestWire(BaseCase):
    def test_punch_lines_of_every_length(self):
        for line in (
            f"1001\t{AT}",
            f"1001\t{AT}\t0\t15",
            f"1001\t{AT}\t0\t15\t0\t0\t0\t0\t36.5\t0",
            f" 1001 \t{AT.replace(' ', 'T')}\t0\t15\t\t\t\t\t\t\t+28800\teyJ9\t",
        ):
            with self.subTest(line):
                punch = wire.read_punch(line)
                self.assertEqual(punch.user_code, "1001")
                self.assertEqual(str(punch.wall_time), AT)
                self.assertEqual(punch.raw_line, line)

    def test_state_key_and_verify_mode(self):
        for text, state in (("0", 0), ("5", 5), ("255", 255), ("", 255), ("x", 255)):
            self.assertEqual(wire.read_punch(f"1\t{AT}\t{text}").state_key, state)
        self.assertEqual(wire.read_punch(f"1\t{AT}\t99999").state_key, 255)
        self.assertEqual(wire.read_punch(f"1\t{AT}\t0\t15").verify_mode, 15)

    def test_rejected_lines_say_why(self):
        for line, reason in (
            ("", "fields"),
            ("1001", "fields"),
            (f"\t{AT}", "code"),
            (f"{'1' * 25}\t{AT}", "code"),
            ("1001\tyesterday", "time"),
            ("1001\t2026-02-30 08:00:00", "time"),
            ("1001\t2026-03-02 24:00:00", "time"),
            ("1001\t٢٠٢٦-03-02 08:00:00", "time"),
        ):
            with self.subTest(line):
                self.assertEqual(wire.read_punch(line).reason, reason)

    def test_every_line_is_counted_once(self):
        body = f"1\t{AT}\r\nrubbish\r\r\n2\t{AT}\n\n \n3\t{AT}".encode()
        punches, rejects = wire.read_punches(body)
        self.assertEqual([p.user_code for p in punches], ["1", "2", "3"])
        self.assertEqual([r.raw_line for r in rejects], ["rubbish"])

    def test_text_of_units(self):
        for raw, text in (
            ("王".encode(), "王"),
            ("王".encode("gb18030"), "王"),
            (b"a\x00b", "a\\0b"),
            (b"\xff", "\\xff"),
        ):
            self.assertEqual(wire.decode(raw), text)

    def test_zone_as_units_read_it(self):
        winter, summer = datetime(2026, 1, 1), datetime(2026, 7, 1)
        for zone, at, value in (
            ("Asia/Shanghai", winter, 8),
            ("Asia/Kolkata", winter, 330),
            ("Pacific/Apia", winter, 780),
            ("America/New_York", winter, -5),
            ("Europe/Berlin", winter, 1),
            ("Europe/Berlin", summer, 2),
            ("America/St_Johns", winter, -210),
        ):
            with self.subTest(zone):
                self.assertEqual(wire.zone_value(zone, at), value)

    def test_handshake_ends_every_line(self):
        text = wire.handshake("ZKDEMO000017", "", 8)
        self.assertTrue(text.startswith("GET OPTION FROM: ZKDEMO000017\n"))
        self.assertTrue(text.endswith("\n"))
        self.assertIn("\nATTLOGStamp=None\n", text)
        self.assertIn("\nStamp=77\n", wire.handshake("X", "77", 8))
        self.assertIn(
            "\nTransFlag=TransData AttLog\tOpLog\tEnrollUser\tChgUser\n", text
        )
        self.assertIn("\nOPERLOGStamp=None\n", text)
        text = wire.handshake("X", "77", 8, {"operlog": "88"})
        self.assertIn("\nOPERLOGStamp=88\n", text)
        self.assertIn("\nOpStamp=88\n", text)
