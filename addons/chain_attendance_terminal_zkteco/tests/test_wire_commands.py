import re

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.chain_attendance_terminal.command_values import COMMAND_VALUES

from .. import wire_commands
from ..wire_commands import CommandUnfit, dialect, line, name_of, read_results

UNIT = dialect("auto", 23, "69", "2.4.1", "9999")
CHINESE = dialect("auto", 23, "83", "", "")
ISO = dialect("auto", 23, "69", "", "2026-03-02T08:58:41")
PERSON = {"code": "1001", "name": "Ana Lim", "privilege": 14, "card": "12345"}
NAME = "\u738b\u5c0f\u660e"
SPAN = {"since": "2026-03-01 00:00:00", "until": "2026-03-01 23:59:59"}
BIO = {"code": "7", "kind": "palm", "number": 0, "template": "QUJD"}
NEVER = re.compile(rb"SHELL|PutFile|GetFile|UPGRADE|Url=|SET OPTION", re.IGNORECASE)

texts = st.text(max_size=40)
anything = st.one_of(
    texts, st.integers(), st.booleans(), st.none(), st.binary(max_size=9)
)
payloads = st.dictionaries(
    st.sampled_from(
        sorted({name for names in COMMAND_VALUES.values() for name in names})
        + ["template", "photo", "size", "format", "bio_type", "major_version"]
    ),
    anything,
)
units = st.builds(
    dialect,
    st.sampled_from(("auto", "utf-8", "gb18030", "big5", "cp1256", "cp1252")),
    st.integers(-5, 100),
    st.sampled_from(("83", "69", "", "x")),
    texts,
    texts,
)


class TestBuilders(BaseCase):
    def check(self, expected, kind, payload=None, unit=UNIT):
        self.assertEqual(line(5, kind, payload or {}, unit), b"C:5:" + expected + b"\n")

    def test_people(self):
        row = (
            b"DATA UPDATE USERINFO PIN=1001\tName=Ana Lim\tPri=14\tPasswd=\tCard=12345"
            b"\tGrp=1\tTZ=0000000100000000\tVerify=-1\tViceCard="
        )
        self.check(row + b"\tStartDatetime=0\tEndDatetime=0", "user_put", PERSON)
        self.check(row, "user_put", PERSON, CHINESE)
        self.check(b"DATA DELETE USERINFO PIN=1001", "user_delete", {"code": "1001"})

    def test_what_people_are_recognized_by(self):
        finger = {**BIO, "kind": "fingerprint", "number": 6, "size": 1640}
        self.check(
            b"DATA UPDATE FINGERTMP PIN=7\tFID=6\tSize=1640\tValid=1\tTMP=QUJD",
            "template_put",
            finger,
        )
        self.check(
            b"DATA UPDATE BIODATA Pin=7\tNo=0\tIndex=0\tValid=1\tDuress=0\tType=8"
            b"\tMajorVer=12\tMinorVer=0\tFormat=0\tTmp=QUJD",
            "template_put",
            {**BIO, "major_version": "12", "minor_version": 0},
        )
        self.check(b"DATA DELETE FINGERTMP PIN=7\tFID=6", "template_delete", finger)
        self.check(b"DATA DELETE BIODATA Pin=7\tType=8\tNo=0", "template_delete", BIO)
        self.check(
            b"DATA UPDATE USERPIC PIN=7\tSize=4\tContent=QUJD",
            "photo_put",
            {"code": "7", "photo": b"ABC"},
        )
        self.check(
            b"ENROLL_FP PIN=7\tFID=6\tRETRY=3\tOVERWRITE=0",
            "enrol",
            {**finger, "overwrite": False},
        )
        self.check(
            b"ENROLL_BIO TYPE=9\tPIN=7\tCardNo=\tRETRY=3\tOVERWRITE=2",
            "enrol",
            {**BIO, "kind": "face_visible", "overwrite": False},
            ISO,
        )

    def test_spans_and_single_words(self):
        times = b"StartTime=2026-03-01 00:00:00\tEndTime=2026-03-01 23:59:59"
        self.check(b"DATA QUERY ATTLOG " + times, "query_punches", SPAN)
        iso = times.replace(b"01 ", b"01T")
        self.check(b"VERIFY SUM ATTLOG " + iso, "count_punches", SPAN, ISO)
        for kind, word in (
            ("check", b"CHECK"),
            ("sync_time", b"CHECK"),
            ("info", b"INFO"),
            ("upload_now", b"LOG"),
            ("reboot", b"REBOOT"),
            ("clear_punches", b"CLEAR LOG"),
            ("clear_all", b"CLEAR DATA"),
            ("query_users", b"DATA QUERY USERINFO"),
        ):
            self.check(word, kind)

    def test_every_kind_has_a_builder(self):
        self.assertEqual(set(wire_commands._BUILDERS), set(COMMAND_VALUES))

    def test_what_has_no_safe_line(self):
        for kind, payload in (
            ("shell", {}),
            ("user_delete", {}),
            ("user_delete", {"code": ""}),
            ("user_delete", {"code": None}),
            ("user_delete", {"code": "1\tx"}),
            ("user_put", {**PERSON, "privilege": "14\tPri=0"}),
            ("template_put", {**BIO, "template": "QUJD\n"}),
            ("template_put", {**BIO, "template": "A" * 900_001}),
            ("template_put", {**BIO, "major_version": "1\t"}),
            ("query_punches", {**SPAN, "until": "2026-03-01\n"}),
        ):
            with self.subTest(kind, payload=str(payload)[:60]):
                with self.assertRaises(CommandUnfit):
                    line(5, kind, payload, UNIT)

    def test_names_fit_and_are_whole(self):
        for code_page, length, text, expected in (
            (
                "gb18030",
                8,
                "\u738b\u5c0f\u660e\u738b\u5c0f",
                "\u738b\u5c0f\u660e\u738b",
            ),
            ("utf-8", 8, "\u738b\u5c0f\u660e", "\u738b\u5c0f"),
            ("cp1252", 8, "Zo\u00eb \u738b", "Zo\u00eb ?"),
            ("utf-8", 23, "a\t\r\n b\x00&c\x85d\u2028e", "a b c d e"),
            ("utf-8", 8, "1234567 9", "1234567"),
        ):
            unit = dialect(code_page, length, "", "", "")
            with self.subTest(text):
                found = name_of(text, unit)
                self.assertEqual(found.decode(unit.encoding), expected)

    def test_the_unit_s_own_encoding(self):
        self.assertEqual((UNIT.encoding, CHINESE.encoding), ("utf-8", "gbk"))
        self.assertEqual(dialect("big5", 8, "83", "", "").encoding, "big5")

    def test_cards(self):
        for text, card in (
            ("", b""),
            ("0", b""),
            ("4294967295", b"4294967295"),
            ("4294967296", b""),
            ("041123456789", b""),
            ("EMP7", b""),
            ("[0A1B2C3D]", b"[0A1B2C3D]"),
        ):
            self.assertEqual(wire_commands.card_of(text), card)

    @settings(max_examples=500, deadline=None)
    @given(st.sampled_from(sorted(COMMAND_VALUES)), payloads, units)
    def test_no_payload_breaks_out_of_its_line(self, kind, payload, unit):
        try:
            found = line(1, kind, payload, unit)
        except CommandUnfit:
            return
        self.assertRegex(found, rb"\AC:1:[^\r\n\x00]+\n\Z")
        self.assertNotRegex(found, NEVER)
        if b"DELETE USERINFO" in found:
            self.assertRegex(found, rb"PIN=[A-Za-z0-9]")

    @settings(max_examples=300, deadline=None)
    @given(st.one_of(anything, st.just("")))
    def test_nobody_is_deleted_without_a_code(self, code):
        try:
            found = line(1, "user_delete", {"code": code}, UNIT)
        except CommandUnfit:
            return
        self.assertEqual(found, b"C:1:DATA DELETE USERINFO PIN=%s\n" % code.encode())
        self.assertTrue(code)

    @settings(max_examples=300, deadline=None)
    @given(texts, units)
    def test_names_add_no_field(self, name, unit):
        found = line(1, "user_put", {**PERSON, "name": name}, unit)
        keys = [part.partition(b"=")[0] for part in found.split(b"\t")]
        self.assertEqual(keys[1:4], [b"Name", b"Pri", b"Passwd"])
        self.assertNotIn(b"&", found)
        whole = found.split(b"\t")[1][5:]
        self.assertLessEqual(len(whole), unit.name_bytes)
        whole.decode(unit.encoding)


class TestResults(BaseCase):
    def check(self, body, *expected):
        found = read_results(body)
        self.assertEqual([(r.command_id, r.return_code) for r in found], [*expected])
        return found

    def test_several_in_one_post_and_any_line_ends(self):
        for end in (b"\n", b"\r\n", b"\r", b"\n\n"):
            body = end.join((b"ID=1&Return=0&CMD=DATA", b"ID=2&Return=-10&CMD=DATA"))
            self.check(body, (1, 0), (2, -10))
        self.check(b"ID=1&Return=0&CMD=DATA&ID=2&Return=37", (1, 0), (2, 37))

    def test_dialects(self):
        self.check(b"ID=4711&SN=ZKDEMO000017&Return=0&CMD=LOG\n", (4711, 0))
        self.check(b"id=4711&return=0&cmd=LOG", (4711, 0))
        (found,) = self.check(b"ID=5\nSN=X\nReturn=0\nCMD=CHECK\nContent=a&b\n", (5, 0))
        self.assertEqual((found.verb, found.block), ("CHECK", ["Content=a&b"]))

    def test_a_block_below(self):
        first, second = self.check(
            b"ID=1&Return=0&CMD=INFO\nUserCount=3\n~DeviceName=\xcd\xf5&x\n"
            b"ID=2&Return=0&CMD=VERIFY SUM&AttlogCount=12\n",
            (1, 0),
            (2, 0),
        )
        self.assertEqual(first.block, ["UserCount=3", "~DeviceName=\u738b&x"])
        self.assertEqual(wire_commands.count_of("count_punches", second), 12)
        (below,) = read_results(b"ID=2&Return=0&CMD=VERIFY SUM\nAttlogCount=7")
        self.assertEqual(wire_commands.count_of("count_punches", below), 7)

    def test_what_is_no_result(self):
        for body in (
            b"",
            b"\x00\xff",
            b"Return=0",
            b"ID=&Return=0",
            b"ID=x&Return=0",
            b"ID=1",
            b"ID=1&Return=",
            b"ID=1&Return=--1",
            b"ID=99999999999&Return=0",
            b"ID=1&Return=99999999999",
            b"ID=0&Return=0",
        ):
            self.check(body)

    def test_counts_and_failures(self):
        for kind, code, is_done in (
            ("query_punches", 37, True),
            ("query_punches", -1, False),
            ("enrol", 0, True),
            ("enrol", 2, False),
            ("enrol", 6, False),
            ("user_put", 2, True),
        ):
            self.assertEqual(wire_commands.is_done(kind, code), is_done)

    @settings(max_examples=300, deadline=None)
    @given(st.binary(max_size=300))
    def test_any_bytes_are_read(self, body):
        for prefix in (b"", b"ID=1&Return=0&CMD=INFO\n", b"ID="):
            self.assertLessEqual(len(read_results(prefix + body)), 1000)
