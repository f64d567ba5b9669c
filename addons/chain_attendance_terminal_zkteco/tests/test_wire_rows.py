import re

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .. import wire, wire_rows

AT = "2026-03-02 09:10:02"
TEMPLATE = "TS9TUzIx" * 40 + "=="
PASSWORD = "314159"

lines = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [
            f"OPLOG 4\t1\t{AT}\t0\t0\t0\t0".encode(),
            b"USER PIN=1\tName=x",
            b"FP PIN=1\tTMP=",
            b"",
            b" ",
        ]
    ),
)


@tagged("post_install", "-at_install")
class TestWireRows(BaseCase):
    def test_rows_of_the_units_log(self):
        for line, operation, operator, objects in (
            (f"OPLOG 4\t1\t{AT}\t0\t0\t0\t0", 4, "1", "0 0 0 0"),
            (f"OPLOG 76\t0\t{AT}\tDHCP\t", 76, "0", "DHCP"),
            (f"oplog 0\t\t{AT}", 0, "", ""),
            (f"OPLOG 32767\t1\t{AT}\t", 32767, "1", ""),
        ):
            with self.subTest(line):
                row = wire_rows.read_row(line)
                self.assertEqual(row.operation, operation)
                self.assertEqual(row.operator_code, operator)
                self.assertEqual(row.objects, objects)
                self.assertEqual(str(row.wall_time), AT)

    def test_rejected_rows_say_why(self):
        for line, reason in (
            (f"OPLOG x\t1\t{AT}", "fields"),
            (f"OPLOG 32768\t1\t{AT}", "fields"),
            (f"OPLOG -1\t1\t{AT}", "fields"),
            ("OPLOG 4\t1", "fields"),
            ("OPLOG 4\t1\tyesterday", "time"),
            ("rubbish", "table"),
            ("USER", "fields"),
            ("USER nothing", "fields"),
            ("USER Name=x", "code"),
            (f"USER PIN={'1' * 25}", "code"),
        ):
            with self.subTest(line):
                self.assertEqual(wire_rows.read_row(line).reason, reason)
        self.assertEqual(wire_rows.read_row(f"USER PIN={'1' * 24}").code, "1" * 24)

    def test_people(self):
        for line, expected in (
            ("USER PIN=2\tName=a=b\tPri=14\tCard=[0A1B]", ("2", "a=b", 14, "[0A1B]")),
            ("USER pin=A1\tNAME= 王 \tCard=[0000000000]", ("A1", "王", 0, "")),
            ("user PIN=3\tPrivilege=2\tPri=\tCard=0", ("3", "", 2, "")),
            ("USER PIN=4\tPri=256\tCard=77", ("4", "", 0, "77")),
            ("USER PIN=5\tPri=255", ("5", "", 255, "")),
        ):
            with self.subTest(line):
                self.assertEqual(
                    tuple(wire_rows.read_user(wire_rows.read_row(line))), expected
                )

    def test_a_table_names_the_kind_of_its_lines(self):
        for table, line, kind in (
            ("userinfo", "PIN=1\tName=x", "USER"),
            ("userinfo", "USER PIN=1\tName=x", "USER"),
            ("fingertmp", "PIN=1\tFID=6", "FP"),
            ("face", "PIN=1\tFID=0", "FACE"),
            ("biodata", "BIODATA Pin=1\tNo=0", "BIODATA"),
        ):
            with self.subTest(table):
                row = wire_rows.read_row(line, table)
                self.assertEqual((row.kind, row.code), (kind, "1"))

    def test_passwords_and_content_leave_nothing_behind(self):
        for line in (
            f"USER PIN=1\tName=x\tPasswd={PASSWORD}\tCard=",
            f"USER PIN=\tPASSWD={PASSWORD}\tCard=",
            f"UZER PIN=1 Passwd = {PASSWORD}",
            f"FP PIN=1\tFID=6\tTMP={TEMPLATE}",
            f"BIODATA Pin=\tTmp={TEMPLATE}",
            f"BIOPHOTO PIN=1\tContent={TEMPLATE}",
            TEMPLATE,
            f"FP PIN=1 TM\x00P{TEMPLATE}",
        ):
            with self.subTest(line[:30]):
                kept = str(wire_rows.read_row(line))
                self.assertNotIn(PASSWORD, kept)
                self.assertNotIn("TS9TUzIx", kept)

    def test_code_pages(self):
        for raw, page, text in (
            ("王".encode(), "auto", "王"),
            ("王".encode("gb18030"), "auto", "王"),
            ("王".encode("big5"), "big5", "王"),
            ("é".encode("cp1252"), "cp1252", "é"),
            ("王".encode(), "utf-8", "王"),
            (b"\xff", "big5", "\\xff"),
            (b"a\x00", "cp1252", "a\\0"),
        ):
            with self.subTest(f"{raw} {page}"):
                self.assertEqual(wire_rows.decode(raw, page), text)

    def test_a_line_of_one_megabyte(self):
        line = b"BIODATA Pin=1\tTmp=" + b"A" * 2**20
        rows, rejects = wire_rows.read_rows(line + b"\n", "biodata")
        self.assertEqual((len(rows), rejects), (1, []))
        self.assertLessEqual(len(rows[0].raw_line), wire_rows.LINE_LENGTH)

    def test_info_by_position(self):
        self.assertEqual(
            wire_rows.read_info("Ver 8,10,20,500,192.168.1.2,10,7,12,3,111"),
            {
                "firmware": "Ver 8",
                "unit_users": 10,
                "unit_fingerprints": 20,
                "unit_punches": 500,
                "fingerprint_version": "10",
                "face_version": "7",
            },
        )
        self.assertEqual(wire_rows.read_info("Ver 8"), {"firmware": "Ver 8"})
        self.assertEqual(wire_rows.read_info(",x,-1,9999999999"), {})
        self.assertEqual(
            wire_rows.read_info(f",{2**31 - 1},{2**31}"), {"unit_users": 2**31 - 1}
        )

    def test_options(self):
        body = (
            b"~DeviceName=Demo Face,MAC=00:17:61:00,UserCount=1,~MaxUserCount=100,"
            b"~MaxAttLogCount=20,ComKey=secret,Extra=a=b,broken,=x"
        )
        options = wire_rows.read_options(body)
        self.assertEqual(options["MAC"], "00:17:61:00")
        self.assertEqual(options["Extra"], "a=b")
        self.assertNotIn("secret", str(options))
        status = wire_rows.options_as_status(options)
        self.assertEqual(status["model_name"], "Demo Face")
        self.assertEqual(status["unit_users"], 1)
        self.assertEqual(status["capacity_users"], 10_000)
        self.assertEqual(status["capacity_punches"], 200_000)
        many = ",".join(f"k{number}=1" for number in range(400)).encode()
        self.assertEqual(len(wire_rows.read_options(many)), wire_rows.OPTION_KEYS)
        huge = wire_rows.options_as_status({"MaxAttLogCount": "214749"})
        self.assertNotIn("capacity_punches", huge)

    @settings(deadline=None, derandomize=True)
    @given(st.lists(lines, max_size=20), st.sampled_from(["operlog", "userinfo"]))
    def test_every_line_is_kept_or_rejected(self, parts, table):
        body = b"\n".join(parts)
        rows, rejects = wire_rows.read_rows(body, table)
        self.assertEqual(len(rows) + len(rejects), len(wire.lines_of(body)))
        for row in rows + rejects:
            self.assertNotIn("\x00", row.raw_line)

    @settings(deadline=None, derandomize=True)
    @given(st.text(alphabet="ab =\t", max_size=12), st.integers(10**6, 10**8))
    def test_a_password_is_never_kept(self, before, password):
        kept = wire_rows.redacted(f"{before}\tPasswd={password}\tCard=")
        self.assertFalse(re.search(str(password), kept))
