import base64

from odoo.tests import BaseCase

from .. import templates

TMP = base64.b64encode(b"template").decode()
JPEG = base64.b64encode(b"\xff\xd8\xff\xe0rest").decode()


def read(text, table="operlog", **versions):
    return templates.read_templates(text.encode(), table, "auto", versions)


class TestTemplates(BaseCase):
    """What of a row is a template, and whose, which, of what algorithm."""

    def check(self, line, *wanted, table="operlog"):
        """``wanted``: code, kind, number, part, version, duress; none: nothing."""
        with self.subTest(line):
            found = read(line, table, fingerprint="10.0", face="7")
            self.assertEqual([tuple(row)[:6] for row in found],
                             [wanted] if wanted else [])  # fmt: skip

    def test_each_kind_of_row(self):
        self.check(f"FP PIN=1001\tFID=6\tSize=8\tValid=1\tTMP={TMP}",
                   "1001", "fingerprint", 6, 0, "10", False)  # fmt: skip
        self.check(f"FP PIN=1001\tFID=6\tSize=8\tValid=3\tTMP={TMP}",
                   "1001", "fingerprint", 6, 0, "10", True)  # fmt: skip
        self.check(f"pin=7\tfid=0\ttmp={TMP}",
                   "7", "fingerprint", 0, 0, "10", False,
                   table="fingertmp")  # fmt: skip
        self.check(f"FACE PIN=7\tFID=11\tSize=8\tValid=1\tTMP={TMP}",
                   "7", "face", 11, 0, "7", False)  # fmt: skip
        self.check(f"FVEIN Pin=7\tFID=2\tIndex=1\tSize=8\tValid=1\tTmp={TMP}",
                   "7", "vein", 2, 1, "", False)  # fmt: skip
        self.check(f"BIOPHOTO PIN=7\tFileName=7.jpg\tType=9\tSize=9\tContent={JPEG}",
                   "7", "photo", 0, 0, "", False)  # fmt: skip
        self.check(f"USERPIC PIN=7\tFileName=7.jpg\tSize=9\tContent={JPEG}",
                   "7", "photo", 1, 0, "", False)  # fmt: skip

    def test_unified_rows(self):
        line = "Pin=7\tNo={}\tIndex={}\tValid=1\tDuress={}\tType={}\tMajorVer={}\t"
        line += "MinorVer={}\tFormat=0\tTmp=" + TMP
        for figures, wanted in (
            ((0, 0, 0, 9, 58, 12), ("face_visible", 0, 0, "58.12", False)),
            ((0, 4, 0, 8, 12, 0), ("palm", 0, 4, "12", False)),
            ((6, 0, 1, 1, 10, 0), ("fingerprint", 6, 0, "10", True)),
            ((0, 0, 0, 2, 7, 0), ("face", 0, 0, "7", False)),
        ):
            self.check(line.format(*figures), "7", *wanted, table="biodata")
            self.check(f"BIODATA {line.format(*figures)}", "7", *wanted)
        self.check(line.format(0, 0, 0, 4, 1, 0), table="biodata")  # an iris

    def test_what_is_no_template_is_passed_over(self):
        for line in (
            f"FP PIN=\tFID=6\tValid=1\tTMP={TMP}",
            f"FP PIN=1\tFID=6\tValid=0\tTMP={TMP}",
            f"FP PIN=1\tFID=10\tValid=1\tTMP={TMP}",
            "FP PIN=1\tFID=1\tValid=1\tTMP=",
            f"FP PIN=1\tFID=1\tValid=1\tTMP={TMP[:-3]}",
            f"FP PIN=1\tFID=1\tValid=1\tTMP=<b>{TMP}",
            f"USERPIC PIN=1\tContent={TMP}",
            f"FACE PIN=1\tFID=-1\tValid=x\tTMP=\0{TMP}",
            "USER PIN=1\tName=x\tPasswd=314159",
            "OPLOG 4\t1\t2026-03-02 09:10:02",
            "rubbish",
            "",
        ):
            self.check(line)

    def test_a_row_of_a_megabyte_and_one_too_long(self):
        text = base64.b64encode(bytes(1_000_000)).decode()
        self.assertEqual(len(read(f"PIN=1\tTYPE=9\tTMP={text}", "biodata")), 1)
        self.assertEqual(read(f"PIN=1\tTYPE=9\tTMP={text * 2}", "biodata"), [])

    def test_the_content_is_enough_to_write_the_row_again(self):
        [found] = read(
            f"Pin=7\tNo=0\tIndex=2\tValid=1\tDuress=0\tType=8\tMajorVer=12\t"
            f"MinorVer=1\tFormat=1\tTmp={TMP}",
            "biodata",
        )
        self.assertEqual(
            found.content,
            {
                "is_unified": True,
                "valid": 1,
                "duress": 0,
                "bio_type": 8,
                "major_version": 12,
                "minor_version": 1,
                "format": 1,
                "template": TMP,
            },
        )

    def test_which_algorithms_a_unit_takes(self):
        for options, versions, wanted in (
            ({}, ("", ""), {}),
            ({}, ("10", "7"), {"fingerprint": "10", "face": "7"}),
            ({"VisilightFun": "1"}, ("", "40"), {"face_visible": "40", "photo": ""}),
            (
                {
                    "MultiBioDataSupport": "0:1:0:0:0:0:0:0:1:1",
                    "MultiBioVersion": "0:10.0:0:0:0:0:0:0:12.0:58.12",
                },
                ("9", ""),
                {
                    "fingerprint": "10",
                    "palm": "12",
                    "face_visible": "58.12",
                    "photo": "",
                },
            ),
            ({"MultiBioDataSupport": "0:1"}, ("10", ""), {"fingerprint": "10"}),
            ({"MultiBioDataSupport": "x:1:<b>"}, ("", "0"), {"fingerprint": ""}),
            ({"PvVersion": "12", "FvVersion": "3"}, ("", ""),
             {"palm": "12", "vein": "3"}),
        ):  # fmt: skip
            with self.subTest(options):
                self.assertEqual(templates.versions_of(options, *versions), wanted)
