import io
import zipfile
from datetime import date, datetime

import openpyxl

from odoo.tests import BaseCase, tagged

from ..roster_sheet import reading
from ..roster_sheet.reading import SheetRefused, read_day, read_sheet
from .sheets import HEAD, november, opened, saved, workbook

PERIOD = november(*range(1, 31))


@tagged("post_install", "-at_install")
class TestRosterSheetReading(BaseCase):
    """What stands in a file, wherever it stands, and what is wrong with the file."""

    def refused(self, content):
        with self.assertRaises(SheetRefused) as caught:
            read_sheet(content)
        return caught.exception.code

    def codes(self, content):
        return [(t.code, t.row, t.column) for t in read_sheet(content).troubles]

    def test_dates_however_they_are_written(self):
        day = date(2026, 11, 2)
        for value in (
            day,
            datetime(2026, 11, 2, 8),
            46328,
            46328.0,
            "2026-11-02",
            "2026/11/2",
            "2026.11.2",
            "２０２６－１１－０２",
            "2026年11月2日 周一",
            "2026-11-02 Mon",
            "20261102",
            "11-2",
            "11月2日 一",
            "Mon 2 Nov",
            "2 November",
        ):
            self.assertEqual(read_day(value, PERIOD), day, repr(value))
        for value in (
            None, "", "Name", "2026-13-02", "2026-02-30", 5, 2026, True, "11-2-2",
            date(1999, 12, 31), date(2101, 1, 1), 1e12, -46328, "20261102123",
        ):  # fmt: skip
            self.assertIsNone(read_day(value), repr(value))
        self.assertIsNone(read_day("11-2"), "No year to be had")

    def test_head_and_columns_are_found_wherever_they_are(self):
        content = workbook(
            [
                ["November"],
                [],
                [None, "姓名", "Remark", date(2026, 11, 2), "2026-11-03", "工号"],
                [None, "Wang", "x", "D9", None, 1001],
                [],
                [None, "Li", None, None, " 休 ", "A1"],
            ]
        )
        sheet = read_sheet(content)
        self.assertEqual(
            (sheet.head, sheet.number_column, sheet.name_column), (3, 6, 2)
        )
        self.assertEqual(sheet.days, dict(zip((4, 5), november(2, 3), strict=True)))
        self.assertEqual(sheet.people, {4: ("1001", "Wang"), 6: ("A1", "Li")})
        self.assertEqual(sheet.value(6, 5), " 休 ")
        self.assertEqual((sheet.troubles, sheet.notes), ([], []))

    def test_the_first_sheet_with_a_head_is_read(self):
        book = opened(workbook([["Notes"]]))
        book.create_sheet("Empty")
        plan = book.create_sheet("Plan")
        plan.append([*HEAD, date(2026, 11, 2)])
        plan.append(["1001", "Wang", "D9"])
        self.assertEqual(read_sheet(saved(book)).people, {2: ("1001", "Wang")})

    def test_files_of_another_kind(self):
        ods = io.BytesIO()
        with zipfile.ZipFile(ods, "w") as archive:
            archive.writestr("content.xml", "<office/>")
        good = workbook([[*HEAD, date(2026, 11, 2)], ["1001", "Wang", "D9"]])
        for content, code in (
            (b"", "not_excel"),
            (b"Number,2026-11-02\n1001,D9", "not_excel"),
            (b"<table><tr><td>1001</td></tr></table>", "not_excel"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old_excel"),
            (ods.getvalue(), "not_excel"),
            (good[: len(good) // 2], "broken"),
            (b"PK\x03\x04" + bytes(100), "broken"),
            (good + bytes(reading.MAX_BYTES), "too_large"),
        ):
            self.assertEqual(self.refused(content), code, content[:20])

    def test_every_damaged_byte_is_survived(self):
        """Whatever is broken, it is a refusal or a sheet, and no other error."""
        good = workbook([[*HEAD, date(2026, 11, 2)], ["1001", "Wang", "D9"]])
        for place in range(0, len(good), 37):
            damaged = bytearray(good)
            damaged[place] ^= 0xFF
            try:
                read_sheet(bytes(damaged))
            except SheetRefused as refused:
                self.assertTrue(refused.code)

    def replaced(self, part, text):
        """A good file, of which one part says something else."""
        source = workbook([[*HEAD, date(2026, 11, 2)], ["1001", "Wang", "D9"]])
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(source)) as old,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                new.writestr(name, text if name == part else old.read(name))
        return target.getvalue()

    def test_bombs(self):
        big = b" " * (reading.MAX_UNPACKED + 1)
        content = self.replaced("xl/theme/theme1.xml", big)
        self.assertLess(len(content), reading.MAX_BYTES)
        self.assertEqual(self.refused(content), "unpacks_too_large")
        entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><sst>&a;</sst>'
        content = self.replaced("xl/theme/theme1.xml", entities)
        self.assertEqual(self.refused(content), "broken")
        row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>1</t></is></c></row>'
        far = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
            f'main"><sheetData>{row.format(99999999999)}</sheetData></worksheet>'
        )
        content = self.replaced("xl/worksheets/sheet1.xml", far)
        self.assertEqual(self.refused(content), "no_head")

    def test_bounds(self):
        days = [date.fromordinal(date(2026, 11, 1).toordinal() + n) for n in range(63)]
        self.assertEqual(
            self.refused(workbook([[*HEAD, *days], ["1"]])), "too_many_dates"
        )
        self.assertEqual(
            len(read_sheet(workbook([[*HEAD, *days[:62]], ["1"]])).days), 62
        )
        many = [[str(number)] for number in range(reading.MAX_PEOPLE + 1)]
        self.assertEqual(
            self.refused(workbook([[*HEAD, days[0]], *many])), "too_many_people"
        )
        self.assertEqual(
            self.refused(workbook([[*HEAD, days[0], date(2028, 1, 1)], ["1"]])),
            "dates_apart",
        )

    def test_no_head_no_date_nobody(self):
        day = date(2026, 11, 2)
        for rows, code in (
            ([[]], "no_head"),
            ([["Name", day], ["Wang", "D9"]], "no_head"),
            ([[*HEAD], ["1001", "Wang"]], "no_dates"),
            ([[*HEAD, day]], "no_people"),
        ):
            self.assertEqual(self.refused(workbook(rows)), code, rows)

    def test_columns_that_are_no_dates(self):
        first, second = november(2, 3)
        head = [*HEAD, first, "2026-11-31", second, first, None, "Remark", None]
        rows = [head, ["1", "Wang", "D9", "D9", "D9", "D9", "D9", "late", None]]
        sheet = read_sheet(workbook(rows))
        self.assertEqual(
            [(t.code, t.column) for t in sheet.troubles],
            [("double_date", 6), ("bad_date", 4), ("no_date", 7)],
        )
        self.assertEqual([(t.code, t.typed) for t in sheet.notes], [
            ("not_read", "Remark")
        ])  # fmt: skip

    def test_rows_without_a_person(self):
        head = [*HEAD, date(2026, 11, 2)]
        rows = [head, ["1", "Wang", "D9"], [None, "Li", "D9"], ["１", "Wang", "N8"]]
        self.assertEqual(
            self.codes(workbook(rows)), [("no_number", 3, 1), ("double_person", 4, 1)]
        )

    def test_cells_that_look_empty(self):
        """What is merged, or a formula without its result, must not empty a day."""
        rows = [[*HEAD, *november(2, 3, 4)], ["1", "Wang", "D9", "D9", "=C2"]]

        def merge(sheet):
            sheet.merge_cells("C2:D2")

        self.assertEqual(
            self.codes(workbook(rows, merge)), [("merged", 2, 3), ("formula", 2, 5)]
        )

        def merge_title(sheet):
            sheet.insert_rows(1)
            sheet["A1"] = "November"
            sheet.merge_cells("A1:D1")

        self.assertEqual(self.codes(workbook(rows[:1] + [["1"]], merge_title)), [])

    def test_formulas_count_by_their_result(self):
        rows = [[*HEAD, date(2026, 11, 2)], ["1", "Wang", "=A1"]]
        book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
        source, target = saved(book), io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(source)) as old,
            zipfile.ZipFile(target, "w") as new,
        ):
            for name in old.namelist():
                text = old.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    text = text.replace(
                        b'<c r="C2"><f>A1</f><v></v></c>',
                        b'<c r="C2" t="str"><f>A1</f><v>D9</v></c>',
                    ).replace(
                        b'<c r="C2"><f>A1</f><v /></c>',
                        b'<c r="C2" t="str"><f>A1</f><v>D9</v></c>',
                    )
                new.writestr(name, text)
        sheet = read_sheet(target.getvalue())
        self.assertEqual((sheet.troubles, sheet.value(2, 3)), ([], "D9"))
