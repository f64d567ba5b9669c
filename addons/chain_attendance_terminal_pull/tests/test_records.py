import struct
from datetime import datetime

from odoo.tests import BaseCase

from .. import records
from ..faults import UnitFault
from .fake_unit import pack_time


def table(*rows):
    body = b"".join(rows)
    return struct.pack("<I", len(body)) + body


class TestRecords(BaseCase):
    def test_times(self):
        for at in ("2000-01-01 00:00:00", "2026-02-28 23:59:59", "2063-12-31 12:00:00"):
            wall_time = datetime.fromisoformat(at)
            self.assertEqual(records.read_time(pack_time(wall_time)), wall_time)
        # Day 31 of February.
        packed = ((26 * 12 + 1) * 31 + 30) * 86400
        self.assertIsNone(records.read_time(packed))
        self.assertIsNotNone(records.read_time(2**32 - 1))

    def test_the_size_of_a_record_is_never_guessed(self):
        cases = [
            (400, 10, 10, 40),
            (400, 9, 10, 40),
            (160, 20, 20, 8),
            (160, 10, 10, 16),
            (160, 4, 4, 40),
            (16, 1, 2, None),  # one of 16 or two of 8
            (400, 8, 8, 40),  # firmware that counts two too few
            (400, 30, 30, None),
            (401, 10, 10, None),
        ]
        for total, least, most, size in cases:
            with self.subTest(total=total, least=least, most=most):
                if size:
                    found = records.size_of(total, least, most, records.PUNCH_SIZES)
                    self.assertEqual(found, size)
                else:
                    with self.assertRaises(UnitFault) as caught:
                        records.size_of(total, least, most, records.PUNCH_SIZES)
                    self.assertEqual(caught.exception.reason, "layout")

    def test_a_table_that_was_cut_is_no_table(self):
        with self.assertRaises(UnitFault) as caught:
            records.body_of(table(b"x" * 40)[:-1])
        self.assertEqual(caught.exception.reason, "short")
        self.assertEqual(records.body_of(b""), b"")

    def test_one_impossible_date_costs_one_record(self):
        good = pack_time(datetime(2026, 3, 10, 8, 30))
        rows = [
            struct.pack("<H24sBIB8x", 1, b"1001", 15, good, 1),
            struct.pack("<H24sBIB8x", 1, b"1001", 15, 30 * 86400 + 31 * 86400, 1),
            struct.pack("<H24sBIB8x", 1, b"", 15, good, 1),
            struct.pack("<H24sBIB8x", 1, b"10\x0701", 15, good, 1),
            struct.pack("<H24sBIB8x", 1, b"\xff\xfe", 15, good, 1),
        ]
        punches, rejects = records.read_punches(table(*rows), 5, 5, list)
        self.assertEqual(
            [(p.user_code, p.wall_time, p.state_key, p.verify_mode) for p in punches],
            [("1001", datetime(2026, 3, 10, 8, 30), 1, 15)],
        )
        self.assertEqual([r.reason for r in rejects], ["time", "code", "code", "code"])
        self.assertEqual(rejects[0].raw_line, rows[1].hex())

    def test_a_row_is_no_code(self):
        """The shortest records name rows; whoever took the row since is another."""
        person = records.Person(7, "1002", "Bo", 0, "", "", 0)
        good = pack_time(datetime(2026, 3, 10, 8, 30))
        rows = [struct.pack("<HBIB", row, 1, good, 0) for row in (7, 9)]
        punches, rejects = records.read_punches(table(*rows), 2, 2, lambda: [person])
        self.assertEqual([p.user_code for p in punches], ["1002"])
        self.assertEqual([r.reason for r in rejects], ["code"])

    def test_how_names_are_written(self):
        cases = [
            ([b"Ana"], "utf-8"),
            (["王小明".encode()], "utf-8"),
            (["王小明".encode("gb18030")], "gb18030"),
            ([b"Ana", "李".encode("gb18030")], "gb18030"),
            # 24 bytes are seven characters and part of one.
            (["王" * 8 + "x"], "utf-8"),
        ]
        for names, encoding in cases:
            raw = [n if isinstance(n, bytes) else n.encode()[:23] for n in names]
            with self.subTest(names=names):
                self.assertEqual(records.encoding_of(raw), encoding)
        self.assertEqual(records.encoding_of([b"Ana"], "cp1256"), "cp1256")

    def test_names_are_cut_between_characters(self):
        cases = [
            ("Ana Lim", "utf-8", 23, "Ana Lim"),
            ("王小明王小明王小明", "utf-8", 23, "王小明王小明王"),
            ("王小明王小明", "gb18030", 8, "王小明王"),
            ("Ana\tLim\x00\n", "utf-8", 23, "AnaLim"),
            ("", "utf-8", 23, ""),
            (None, "utf-8", 23, ""),
        ]
        for name, encoding, limit, fitting in cases:
            with self.subTest(name=name):
                self.assertEqual(records.fit_name(name, encoding, limit), fitting)

    def test_cards(self):
        for text, number in (("", 0), ("4711", 4711), ("[0A1B2C3D]", 0x0A1B2C3D)):
            self.assertEqual(records.read_card(text), number)
        with self.assertRaises(UnitFault):
            records.read_card("12x")

    def test_rows_for_new_people(self):
        taken = [records.Person(row, str(row), "", 0, "", "", 0) for row in (1, 7)]
        self.assertEqual(records.row_for("1001", taken, False), 8)
        self.assertEqual(records.row_for("1001", taken, True), 1001)
        self.assertEqual(records.row_for("7", taken, True), 8)
        self.assertEqual(records.row_for("4000000", [], True), 1)

    def test_people(self):
        row = struct.pack(
            "<HB8s24sIx7sx24s",
            3,
            14,
            b"123",
            "王".encode("gb18030"),
            4711,
            b"2",
            b"1002",
        )
        people, encoding, size = records.read_people(table(row), 1)
        self.assertEqual(
            people, [records.Person(3, "1002", "王", 14, "123", "2", 4711)]
        )
        self.assertEqual((encoding, size), ("gb18030", 72))
