import random
import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import usb_files, usb_templates
from .test_usb_users import colour, monochrome

LINE = b"  1001\t2026-03-02 08:58:41\t1\t0\t1\t0\r\n"


def old_template(internal=7, finger=3):
    return struct.pack("<HHBB", 608, internal, finger, 1) + b"T" * 602


def new_template(internal=7, finger=3, data=b"TC53SS21" * 60):
    return struct.pack("<HHBB", 6 + len(data), internal, finger, 1) + data


def face(internal=7, number=0):
    return struct.pack("<HHBBHII", 2576, internal, number, 1, 0, 0, 0) + b"F" * 2560


@tagged("post_install", "-at_install")
class TestUsbFiles(BaseCase):
    """What a file is, in words that a person can act on."""

    def test_files_of_a_terminal(self):
        for name, content, kind, layout, count in (
            ("1_attlog.dat", LINE * 3, "punches", "usb", 3),
            ("anything.txt", LINE, "punches", "usb", 1),
            ("user.dat", colour() * 2, "users", "72", 2),
            ("people.dat", monochrome() * 2, "users", "28", 2),
            ("template.dat", old_template() * 2, "templates", "old", 2),
            ("template.fp10", new_template() * 2, "templates", "new", 2),
            ("template.fp10.1", new_template(), "templates", "new", 1),
            ("ssrface.dat", face() * 12, "templates", "face", 12),
        ):
            with self.subTest(name):
                found = usb_files.recognise(name, content)
                self.assertEqual(
                    (found.kind, found.layout, found.count), (kind, layout, count)
                )
                self.assertIsNone(found.problem)

    def test_foreign_files_are_named(self):
        mixed = random.Random(5).randbytes(4096)
        for name, content, problem in (
            ("1_attlog.dat", b"", "empty"),
            ("1_attlog.dat", bytes(4096), "empty"),
            ("1_attlog.dat", b"\r\n \r\n", "empty"),
            ("1_attlog.dat", mixed, "encrypted"),
            ("1_attlog.dat", b"\x81\x03\x11" * 40, "encrypted"),
            ("x.dat", mixed, "encrypted"),
            ("x.dat", b"\x81\x03\x11" * 40, "unknown"),
            ("1_attlog.dat", b"PK\x03\x04" + mixed, "archive"),
            ("1_attlog.dat", b"PK\x03\x04..xl/workbook.xml" + mixed, "office"),
            ("a.xls", b"\xd0\xcf\x11\xe0" + mixed, "office"),
            ("a", b"%PDF-1.4", "pdf"),
            ("1001.jpg", b"\xff\xd8\xff\xe0" + mixed, "picture"),
            ("a", b"\x89PNG\r\n", "picture"),
            ("a", b"<!DOCTYPE html><p>1</p>", "page"),
            ("main.gz", b"\x1f\x8b" + mixed, "firmware"),
            ("oplog.dat", b"\x01\x00\x02\x00" * 40, "operation_log"),
            ("x", b"OPLOG 4\t1\t2026-03-02 08:58:41", "operation_log"),
            ("sms.dat", b"\x01" * 332, "unused"),
            ("a.txt", b"Dear all,\nplease find", "text"),
            ("a.csv", b"1001,2026-03-02 08:58:41", "text"),
            ("a.db", b"SQLite format 3\x00" + mixed, "database"),
        ):
            with self.subTest(name=name, problem=problem):
                found = usb_files.recognise(name, content)
                self.assertIsNone(found.kind)
                self.assertEqual(found.problem, problem)

    def test_which_terminal(self):
        sn = b"SN=ZKDEMO000017\r\n"
        for name, content, expected in (
            ("1_attlog.dat", LINE, ("", "1")),
            ("012_attlog.dat", LINE, ("", "12")),
            ("ZKDEMO000017_attlog.dat", LINE, ("ZKDEMO000017", "")),
            ("C:\\stick\\AB12_attlog.DAT", LINE, ("AB12", "")),
            ("3484155200017_attlog.dat", LINE, ("3484155200017", "")),
            ("1_attlog.dat", sn + LINE, ("ZKDEMO000017", "1")),
            ("other.dat", LINE, ("", "")),
            ("attlog (1).dat", LINE, ("", "")),
        ):
            with self.subTest(name):
                found = usb_files.recognise(name, content)
                self.assertEqual((found.serial_number, found.unit_number), expected)

    def test_templates_are_taken_apart(self):
        for content, layout, expected in (
            (old_template(7, 3), "old", (7, "fingerprint", 3, "9", 602)),
            (new_template(8, 9), "new", (8, "fingerprint", 9, "10", 480)),
            (face(9, 11), "face", (9, "face", 11, "", 2560)),
        ):
            (found,) = usb_templates.read_templates(content, layout)
            self.assertEqual((*found[:4], len(found.data)), expected)
            self.assertTrue(found.is_valid)
        self.assertIsNone(usb_templates.layout_of(new_template()[:-1]))
        self.assertIsNone(usb_templates.layout_of(b""))

    @settings(deadline=None, max_examples=300)
    @given(
        st.one_of(st.text(max_size=20), st.sampled_from(["user.dat", "1_attlog.dat"])),
        st.one_of(
            st.binary(max_size=400),
            st.lists(
                st.sampled_from([LINE, colour(), monochrome(), old_template(), b"\t"]),
                max_size=4,
            ).map(b"".join),
        ),
    )
    def test_any_bytes_are_something(self, name, content):
        found = usb_files.recognise(name, content)
        self.assertNotEqual(found.kind is None, found.problem is None)
        if found.kind:
            self.assertGreater(found.count, 0)
