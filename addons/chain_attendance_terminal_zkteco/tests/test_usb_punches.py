from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import usb_punches, wire

AT = "2026-03-02 08:58:41"

codes = st.text("0123456789ABX", min_size=1, max_size=9)
times = st.datetimes().map(lambda at: at.replace(microsecond=0))
noise = st.one_of(
    st.binary(max_size=60),
    st.sampled_from([f" 1\t{AT}\t1\t0\t1\t0".encode(), b"SN=ABC123", b"", b" "]),
)


def punches(text, number=""):
    """``(code, time, state, verify, work code)`` of the good lines."""
    raw = text if isinstance(text, bytes) else text.encode()
    lines = usb_punches.PunchFile(raw, number).lines()
    return [
        (p.user_code, str(p.wall_time), p.state_key, p.verify_mode, p.work_code)
        for p in (line.punch for line in lines)
        if p
    ]


@tagged("post_install", "-at_install")
class TestUsbPunches(BaseCase):
    """Punch files of every layout, read without a database."""

    def test_as_a_terminal_writes_it(self):
        for end in ("\r\n", "\n", "\r"):
            text = f"     1001\t{AT}\t1\t0\t15\t7{end}    12\t{AT}\t1\t1\t1\t0"
            with self.subTest(end=end):
                self.assertEqual(
                    punches(text), [("1001", AT, 0, 15, "7"), ("12", AT, 1, 1, "0")]
                )

    def test_the_order_of_the_fields(self):
        five = ("5", AT, 1, 15, "")
        for text, number, expected in (
            # Terminal 3 is on every line; its number is no key.
            (f"5\t{AT}\t3\t1\t15\t0\n6\t{AT}\t3\t0\t1\t0", "", ("5", AT, 1, 15, "0")),
            # As on the wire: keys differ, or none was pressed.
            (f"5\t{AT}\t1\t15\t0\t0\n6\t{AT}\t0\t1\t0\t0", "", ("5", AT, 1, 15, "0")),
            (f"5\t{AT}\t0\t15\t0\t0", "", ("5", AT, 0, 15, "0")),
            (f"5\t{AT}\t255\t15\t0\t0", "", ("5", AT, 255, 15, "0")),
            (f"5\t{AT}\t1\t15\t0\t0\t0\t0", "", ("5", AT, 1, 15, "0")),
            # The file's name says which number it is.
            (f"5\t{AT}\t1\t0\t15\t0\t0", "1", ("5", AT, 0, 15, "0")),
            # Four columns, by the place of the time.
            (f"5\t{AT}\t1\t15", "", five),
            (f"{AT}\t5\t1\t15", "", five),
            (f"1\t5\t{AT}\t1", "", ("5", AT, 1, 0, "")),
            (f"5\tWang Li\t{AT}\t1", "", ("5", AT, 1, 0, "")),
            (f"5\t{AT}", "", ("5", AT, 255, 0, "")),
            (f"5\t{AT.replace('-', '/')}\t1\t15", "", five),
        ):
            with self.subTest(text):
                self.assertEqual(punches(text, number)[0], expected)

    def test_lines_that_are_no_punch_say_why(self):
        text = (
            f"SN=ZKDEMO000017\r\n 1\t{AT}\t1\t0\t1\t0\r\n\r\nCHECKSUM=abc\r\n"
            f" 1\t2026-13-02 08:58:41\t1\t0\t1\t0\r\n\t{AT}\t1\t0\t1\t0\r\nrubbish\r\n"
            f"{'1' * 25}\t{AT}\t1\t0\t1\t0\r\n1\x002\t{AT}\t1\t0\t1\t0"
        )
        lines = usb_punches.PunchFile(text.encode()).lines()
        self.assertEqual(
            [(line.number, line.reason) for line in lines],
            [
                (1, "heading"),
                (2, None),
                (4, "heading"),
                (5, "time"),
                (6, "code"),
                (7, "fields"),
                (8, "code"),
                (9, "code"),
            ],
        )

    def test_broken_bytes(self):
        line = f"1\t{AT}\t1\t0\t1\t"
        for raw in (
            b"\xef\xbb\xbf" + line.encode(),
            b"\xff\xfe" + line.encode("utf-16-le"),
            f"\x00\x001\x00\t{AT}\t1\t0\t1\t".encode(),
            line.encode() + b"\xff\xfe",
            line.encode() + "午餐".encode("gbk"),
            b"\x00\x00\n" + line.encode() + b"\n\x1a",
        ):
            with self.subTest(raw):
                self.assertEqual([p[:3] for p in punches(raw, "1")], [("1", AT, 0)])

    def test_a_nul_never_reaches_the_database(self):
        for line in usb_punches.PunchFile(
            f"1\t{AT}\t1\x00\t0\nx\x00y".encode()
        ).lines():
            self.assertNotIn("\x00", line.text)

    @settings(deadline=None, max_examples=200)
    @given(st.lists(noise, max_size=12), st.sampled_from([b"\n", b"\r\n", b"\r"]))
    def test_every_line_is_counted_once_and_none_fails(self, raw_lines, end):
        content = end.join(raw_lines)
        file = usb_punches.PunchFile(content)
        expected = [
            raw
            for raw in wire.LINE_ENDS.split(usb_punches.without_mark(content))
            if raw.strip(usb_punches.BLANK)
        ]
        lines = file.lines()
        self.assertEqual(len(lines), len(expected))
        self.assertEqual(len(file), len(expected))
        for line in lines:
            self.assertNotEqual(line.punch is None, line.reason is None)
        stretches = [file.lines(start, start + 3) for start in range(0, len(file), 3)]
        self.assertEqual(sum(stretches, []), lines)

    @settings(deadline=None)
    @given(
        st.lists(st.tuples(codes, times, st.integers(0, 5)), min_size=1, max_size=9),
        st.integers(6, 254),
        st.sampled_from([5, 9]),
    )
    def test_what_a_terminal_writes_is_read_the_same(self, some, number, width):
        text = "".join(
            f"{code.rjust(width)}\t{at.isoformat(' ')}\t{number}\t{state}\t1\t0\r\n"
            for code, at, state in some
        )
        self.assertEqual(
            punches(text),
            [(code, str(at), state, 1, "0") for code, at, state in some],
        )
