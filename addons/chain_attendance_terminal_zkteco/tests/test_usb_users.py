import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import usb_users
from ..usb_users import COLOUR, MONOCHROME, NewUser, UserFile

PASSWORD = b"314159"


def colour(code=b"1001", name=b"Bo", privilege=0, card=0, password=PASSWORD):
    return struct.pack(
        "<HB8s24sIBH6x24s", 7, privilege, password, name, card, 1, 0, code
    )


def monochrome(code=1001, name=b"Bo", privilege=0, card=0, internal=7):
    return struct.pack(
        "<HB5s8sIxBHI", internal, privilege, PASSWORD[:5], name, card, 1, 0, code
    )


def people(content, page="auto"):
    size = usb_users.record_size(content)
    lines = UserFile(content, size, page).lines()
    return [tuple(line.person) if line.person else line.reason for line in lines]


names = st.text("ABCabc 王小明李é", max_size=20).map(str.strip)
persons = st.builds(
    NewUser,
    st.integers(1, 10**8 - 1).map(str),
    names,
    st.sampled_from([0, 14]),
    st.one_of(st.just(""), st.integers(1, 2**32 - 1).map(str)),
)


@tagged("post_install", "-at_install")
class TestUsbUsers(BaseCase):
    """People on a stick, in records of both lengths."""

    def test_records_of_both_lengths(self):
        for content in (
            colour(name=b"Bo\0garbage", privilege=14, card=99, code=b"1001\0xx"),
            monochrome(name=b"Bo\0rbage", privilege=14, card=99),
        ):
            self.assertEqual(people(content), [("1001", "Bo", 14, "99")])

    def test_names_by_code_page(self):
        for name, page, expected in (
            ("王小明".encode("gbk"), "auto", "王小明"),
            ("王小明".encode(), "auto", "王小明"),
            ("王小明".encode("big5"), "big5", "王小明"),
            ("王小明".encode("gbk")[:5], "gb18030", "王小"),
            (b"\x01<b>\x02", "auto", "<b>"),
        ):
            with self.subTest(name):
                self.assertEqual(people(colour(name=name), page)[0][1], expected)

    def test_lengths_that_both_divide_are_told_by_the_records(self):
        # 504 bytes are 7 records of 72, or 18 of 28.
        self.assertEqual(usb_users.record_size(colour() * 7), COLOUR)
        self.assertEqual(usb_users.record_size(monochrome() * 18), MONOCHROME)

    def test_what_is_no_list_of_people(self):
        for content in (b"", b"x" * 71, bytes(72), b"\xff" * 504, bytes(range(252))):
            self.assertIsNone(usb_users.record_size(content))

    def test_a_code_that_is_none(self):
        content = colour() * 20 + colour(code=b"\xff\xfe")
        self.assertEqual(people(content)[-1], "code")
        self.assertEqual(people(monochrome(code=0, internal=12)), [("12", "Bo", 0, "")])

    def test_passwords_are_blanked_and_nothing_else(self):
        for content, size in ((colour() * 3, COLOUR), (monochrome() * 3, MONOCHROME)):
            blank = usb_users.without_passwords(content, size)
            self.assertNotIn(PASSWORD[:5], blank)
            self.assertEqual(people(blank), people(content))
            self.assertEqual(len(blank), len(content))
        self.assertNotIn(b"3", usb_users.without_passwords(colour(code=b"1"), COLOUR))

    def test_what_fits_into_the_records(self):
        for code, size, problem in (
            ("1001", COLOUR, None),
            ("A7", COLOUR, None),
            ("A7", MONOCHROME, "letters"),
            ("1" * 24, COLOUR, "long"),
            ("4294967296", MONOCHROME, "long"),
            ("4294967295", MONOCHROME, None),
            ("1\t2", COLOUR, "letters"),
            ("", COLOUR, "letters"),
        ):
            with self.subTest(code):
                self.assertEqual(usb_users.code_problem(code, size), problem)

    def test_names_are_cut_at_a_character(self):
        self.assertEqual(usb_users.cut("王小明", "gb18030", 5), "王小".encode("gbk"))
        self.assertEqual(usb_users.cut("王小明", "utf-8", 8), "王小".encode())
        self.assertEqual(usb_users.cut("王x\t\n", "cp1252", 8), b"?x")

    @settings(deadline=None)
    @given(
        st.lists(persons, min_size=1, max_size=9, unique_by=lambda p: p.code),
        st.sampled_from([COLOUR, MONOCHROME]),
        st.sampled_from(["gb18030", "utf-8"]),
    )
    def test_what_is_written_is_read_the_same(self, some, size, page):
        content = usb_users.write_users(some, size, page)
        self.assertEqual(len(content), size * len(some))
        lines = UserFile(content, size, page).lines()
        self.assertEqual(len({line.internal_id for line in lines}), len(some))
        longest = usb_users.NAME_BYTES[size]
        for line, person in zip(lines, some, strict=True):
            cut = usb_users.cut(person.name, page, longest).decode(page).strip()
            self.assertEqual(
                tuple(line.person), (person.code, cut, person.privilege, person.card)
            )
        self.assertEqual(usb_users.without_passwords(content, size), content)

    @settings(deadline=None, max_examples=200)
    @given(st.binary(max_size=300), st.sampled_from([COLOUR, MONOCHROME]))
    def test_any_bytes_are_read(self, content, size):
        lines = UserFile(content, size).lines()
        self.assertEqual(len(lines), len(content) // size)
        for line in lines:
            self.assertNotEqual(line.person is None, line.reason is None)
            if line.person:
                self.assertTrue(line.person.name.isprintable())
