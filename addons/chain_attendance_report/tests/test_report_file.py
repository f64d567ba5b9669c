import io
import zipfile
from datetime import date, datetime
from types import SimpleNamespace
from unittest.mock import patch

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..report_file import asked, csv_file, looks, making, packing
from ..report_file.columns import (
    Column,
    leave_format,
    leave_text,
    minutes_format,
    minutes_text,
)
from ..report_file.making import Maker
from ..report_file.rows import Chunk
from ..report_file.state import State, unused_name
from ..report_file.workbook import Words
from .report_files import read_sheets

NUMBER = Column("employee_number", "工号", "text")
DAY = Column("work_date", "日期", "date")
IN = Column("first_in_at", "上班", "datetime")
DUE = Column("due_minutes", "应出勤", "minutes", is_summed=True)
LATE = Column(
    "late_minutes",
    "迟到",
    "minutes",
    is_summed=True,
    blanks_zero=True,
    blanks_open=True,
)
LEAVE = Column(
    "leave_1_minutes",
    "事假",
    "leave",
    "leave_1_days",
    "leave_1_hour_minutes",
    is_summed=True,
)
COUNT = Column("late_count", "迟到次数", "number", is_summed=True)


def chunk(columns, *rows, is_open=(), groups=None):
    values = [list(column) for column in zip(*rows, strict=True)]
    return Chunk(len(rows), values or [[] for _c in columns], list(is_open), groups)


def made(columns, *chunks, group_label="", is_csv=False, restart=False):
    """The file of these chunks; ``restart``: each part in a process of its own."""

    def maker(state):
        reader = SimpleNamespace(
            columns=columns,
            rows=SimpleNamespace(env=SimpleNamespace(_=lambda text, *a: text % a)),
        )
        return Maker(reader, state, Words(), is_csv, group_label)

    state = State(top=["考勤日报: a/b", "made by Ann", "Filters: none"])
    making_it = maker(state)
    parts = []
    for one in chunks:
        parts.append(making_it.add(one))
        if restart:
            making_it = maker(State.from_json(making_it.state.to_json()))
    return making_it.finish(lambda number: parts[number])


@tagged("post_install", "-at_install")
class TestLooks(BaseCase):
    def test_the_manual_s_look_of_minutes(self):
        for minutes, look, text in (
            (540, '0"h"', "9h"),
            (522, '0.0"h"', "8.7h"),
            (508, '0.00"h"', "8.47h"),
            (32, '0.00"h"', "0.53h"),
            (30, '0.0"h"', "0.5h"),
            (29, '"29m"', "29m"),
            (18, '"18m"', "18m"),
            (0, '0"h"', "0h"),
            (-18, '"";"-18m"', "-18m"),
            (-508, '0.00"h"', "-8.47h"),
        ):
            self.assertEqual(minutes_format(minutes), look, minutes)
            self.assertEqual(minutes_text(minutes), text, minutes)

    def test_leave_is_days_and_hours(self):
        for leave, look, text in (
            ((540, 1, 0), '"1d"', "1d"),
            ((780, 1, 240), '"1d 4h"', "1d 4h"),
            ((240, 0, 240), '0"h"', "4h"),
            ((0, 0, 0), '0"h"', "0h"),
            ((0, 1, 0), '"1d"', "1d"),
            ((557, 1, 17), '"1d 17m"', "1d 17m"),
            # Where hours are not kept by themselves.
            ((780, 1, None), '"1d"', "1d"),
            ((240, 0, None), '0"h"', "4h"),
        ):
            self.assertEqual(leave_format(*leave), look, leave)
            self.assertEqual(leave_text(*leave), text, leave)

    def test_more_looks_than_excel_takes_are_plain_hours(self):
        found = looks.Looks()
        numbers = [found.number(f'"{n}d"') for n in range(300)]
        self.assertEqual(len(found.formats), looks.MAX_FORMATS)
        self.assertEqual(len(set(numbers)), looks.MAX_FORMATS)
        self.assertEqual(found.formats[numbers[-1] - 1], looks.PLAIN_HOURS)
        again = looks.Looks(found.formats)
        self.assertEqual([again.number(f'"{n}d"') for n in range(300)], numbers)


@tagged("post_install", "-at_install")
class TestExcel(BaseCase):
    columns = (NUMBER, DAY, IN, DUE, LATE, LEAVE, COUNT)
    rows = (
        ["007", date(2026, 3, 2), datetime(2026, 3, 2, 8, 30), 508, 0, (0, 0, 0), 3],
        [False, False, False, 0, 18, (780, 1, 240), 0],
    )

    def test_cells_have_their_kind(self):
        file = made(self.columns, chunk(self.columns, *self.rows))
        (table,) = read_sheets(file).values()
        self.assertEqual(table.page.title, "考勤日报  a b")
        self.assertEqual(table.top, ["考勤日报: a/b", "made by Ann", "Filters: none"])
        self.assertEqual(table.head, [column.label for column in self.columns])
        self.assertEqual(table.page.freeze_panes, "A6")
        self.assertEqual(table.page.auto_filter.ref, "A5:G7")
        first, second = table.values()
        self.assertEqual(
            first[:3], ["007", datetime(2026, 3, 2), datetime(2026, 3, 2, 8, 30)]
        )
        self.assertAlmostEqual(first[3], 508 / 60)
        self.assertEqual(first[4:], [None, 0, 3])
        self.assertEqual(second[:4], [None, None, None, 0])
        self.assertEqual(second[4:], [0.3, 13, 0])
        self.assertEqual(
            [cell.number_format for cell in table.rows[1][3:6]],
            ['0"h"', '"18m"', '"1d 4h"'],
        )
        self.assertEqual(table.rows[0][1].number_format, "yyyy-mm-dd")
        self.assertEqual(table.rows[0][2].number_format, "yyyy-mm-dd hh:mm")

    def test_sums_are_formulas_with_what_they_come_to(self):
        file = made(self.columns, chunk(self.columns, *self.rows))
        (table,) = read_sheets(file).values()
        self.assertEqual(
            [cell.value for cell in table.sums],
            ["Total", None, None, 508 / 60, 0.3, 13, 3],
        )
        self.assertEqual(
            [cell.number_format for cell in table.sums[3:]],
            ['0.00"h"', '"18m"', '"1d 4h"', "General"],
        )
        (table,) = read_sheets(file, computed=False).values()
        self.assertEqual(
            [cell.value for cell in table.sums[3:]],
            ["=SUM(D6:D7)", "=SUM(E6:E7)", "=SUM(F6:F7)", "=SUM(G6:G7)"],
        )

    def test_thirds_of_an_hour_are_summed_as_minutes(self):
        file = made((DUE,), chunk((DUE,), [20], [20], [20]))
        page = openpyxl.load_workbook(file, data_only=True).active
        self.assertEqual(page["A9"].value, 1)
        self.assertEqual(page["A9"].number_format, '0"h"')

    def test_rows_in_progress_are_in_no_sum(self):
        columns = (NUMBER, DUE, LATE)
        file = made(
            columns, chunk(columns, ["1", 540, 6], ["2", 480, 7], is_open=[0, 1])
        )
        (table,) = read_sheets(file, computed=False).values()
        self.assertEqual(
            [row[:3] for row in table.values()], [["1", 9, 0.1], ["2", 8, None]]
        )
        self.assertEqual(table.sums[1].value, '=SUMIFS(B6:B7,D6:D7,"<>1")')
        self.assertEqual(table.sums[2].value, "=SUM(C6:C7)")
        # What the formula goes by stands in a hidden column.
        self.assertEqual([row[3] for row in table.values()], [None, 1])
        self.assertTrue(table.page.column_dimensions["D"].hidden)
        (table,) = read_sheets(file).values()
        self.assertEqual([cell.value for cell in table.sums[1:3]], [9, 0.1])

    def test_hostile_text_is_no_formula(self):
        evil = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x"]
        evil += ["<b>&amp;</b>", " spaced ", "a\x0bb", "_x0041_", "007", "\ud800"]
        columns = [Column(str(n), str(n), "text") for n in range(len(evil))]
        (table,) = read_sheets(made(columns, chunk(columns, evil))).values()
        cells = table.rows[0]
        self.assertFalse({cell.data_type for cell in cells} & {"f", "n"})
        self.assertEqual([cell.value for cell in cells][:8], evil[:8])
        self.assertFalse(any(cell.hyperlink for cell in cells))

    def test_hostile_words_on_top_are_no_formulas(self):
        columns = (Column("x", "=1+1", "text"),)
        (table,) = read_sheets(made(columns, chunk(columns, ["a"]))).values()
        self.assertEqual(table.head, ["=1+1"])
        self.assertEqual(table.page["A5"].data_type, "s")

    def test_parts_make_the_same_file_wherever_they_are_made(self):
        rows = [[str(n), n % 600, n % 30] for n in range(700)]
        columns = (NUMBER, DUE, LATE)
        whole = read_sheets(made(columns, chunk(columns, *rows)))
        pieces = [chunk(columns, *rows[n : n + 100]) for n in range(0, 700, 100)]
        parts = read_sheets(made(columns, *pieces, restart=True))
        self.assertEqual(list(whole), list(parts))
        for one, other in zip(whole.values(), parts.values(), strict=True):
            self.assertEqual(one.values(), other.values())
            self.assertEqual(len(one.values()), 700)
            pairs = zip([*one.rows, one.sums], [*other.rows, other.sums], strict=True)
            for row, same in pairs:
                self.assertEqual(
                    [(c.value, c.number_format) for c in row],
                    [(c.value, c.number_format) for c in same],
                )

    def test_who_reads_row_by_row_finds_all(self):
        for columns in ((NUMBER, DUE), (NUMBER,)):
            rows = [["1", 540][: len(columns)], ["2", 540][: len(columns)]]
            file = made(columns, chunk(columns, *rows))
            page = openpyxl.load_workbook(file, read_only=True).active
            found = [row[0] for row in page.values]
            self.assertEqual([n for n in found if n in ("1", "2")], ["1", "2"])

    def test_nothing_found_is_a_file_with_a_head(self):
        file = made(self.columns)
        page = openpyxl.load_workbook(file).active
        self.assertEqual(
            [cell.value for cell in page[5]], [c.label for c in self.columns]
        )
        self.assertEqual(page.max_row, 5)

    def test_each_value_has_a_sheet_and_the_first_sums_them_up(self):
        columns = (NUMBER, DUE, LEAVE)
        north, south = (7, "North/1"), (9, "north 1")
        file = made(
            columns,
            chunk(
                columns,
                ["1", 540, (0, 0, 0)],
                ["2", 480, (540, 1, 0)],
                ["3", 60, (60, 0, 60)],
                groups=[north, north, south],
            ),
            chunk(
                columns,
                ["4", 20, (0, 0, 0)],
                ["5", 20, (0, 0, 0)],
                groups=[south, (0, "")],
            ),
            group_label="Store",
            restart=True,
        )
        sheets = read_sheets(file)
        self.assertEqual(list(sheets), ["Summary", "North 1", "north 1 (2)", "–"])
        self.assertEqual([row[0] for row in sheets["north 1 (2)"].values()], ["3", "4"])
        self.assertEqual(sheets["North 1"].top[0], "考勤日报: a/b · North/1")
        summary = sheets["Summary"]
        self.assertEqual(summary.head, ["Store", "Rows", "应出勤", "事假"])
        self.assertEqual(
            summary.values(),
            [
                ["North/1", 2, 17, 9],
                ["north 1", 2, 80 / 60, 1],
                ["–", 1, 20 / 60, 0],
            ],
        )
        self.assertEqual(
            [(cell.value, cell.number_format) for cell in summary.sums],
            [
                ("Total", "General"),
                (5, "General"),
                (1120 / 60, '0.00"h"'),
                (10, '"1d 1h"'),
            ],
        )
        summary = read_sheets(file, computed=False)["Summary"]
        self.assertEqual(
            summary.values()[1][2:], ["='north 1 (2)'!B8", "='north 1 (2)'!C8"]
        )
        self.assertEqual(summary.sums[2].value, "=SUM(C6:C8)")

    def test_names_of_sheets_are_excel_s(self):
        taken = {"a" * 31}
        self.assertEqual(unused_name("a" * 40, taken), "a" * 27 + " (2)")
        self.assertEqual(unused_name("History", set()), "History (2)")
        self.assertEqual(unused_name("[]:*?/\\", set()), "Sheet1")

    def test_limits_are_told(self):
        with patch.object(making, "rows_left", return_value=1):
            with self.assertRaisesRegex(UserError, "1,048,576 rows"):
                made((DUE,), chunk((DUE,), [1], [2]))
        rows = [[1], [2], [3]]
        groups = [(1, "a"), (2, "b"), (3, "c")]
        with patch.object(making, "MAX_SHEETS", 2):
            with self.assertRaisesRegex(UserError, "more than 2 sheets"):
                made((DUE,), chunk((DUE,), *rows, groups=groups), group_label="Store")


@tagged("post_install", "-at_install")
class TestCsv(BaseCase):
    def text(self, columns, *chunks):
        return made(columns, *chunks, is_csv=True).read()

    def test_plain_numbers_and_one_head_line(self):
        columns = (NUMBER, DAY, IN, DUE, LATE, LEAVE, COUNT)
        first, second = TestExcel.rows
        raw = self.text(columns, chunk(columns, first), chunk(columns, second))
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(
            raw.decode("utf-8-sig").split("\r\n"),
            [
                "工号,日期,上班,应出勤,迟到,事假,迟到次数",
                "007,2026-03-02,2026-03-02 08:30,8.466667,,0,3",
                ",,,0,0.3,13,0",
                "",
            ],
        )

    def test_hostile_text_is_text(self):
        evil = ["=1+1", "+1", "-1", "@a", "\tb", "\rc", 'a"b', "a,b"]
        columns = [Column(str(n), f"={n}", "text") for n in range(len(evil))]
        lines = self.text(columns, chunk(columns, evil)).decode("utf-8-sig")
        self.assertTrue(lines.startswith("'=0,'=1,"))
        for text in ("'=1+1", "'+1", "'-1", "'@a", "'\tb", "'\rc", '"a""b"', '"a,b"'):
            self.assertIn(text, lines)
        # The wide signs of Chinese keyboards.
        for sign in "\uff1d\uff0b\uff0d\uff20":
            self.assertEqual(csv_file.harmless(f"{sign}1"), f"'{sign}1")

    def test_rows_in_progress(self):
        columns = (DUE, LATE)
        text = self.text(columns, chunk(columns, [540, 6], is_open=[1]))
        self.assertEqual(text.decode("utf-8-sig").split("\r\n")[1], "9,")

    def test_a_number_is_no_hostile_text(self):
        self.assertEqual(csv_file.texts(DUE, [-90], []), ["-1.5"])


@tagged("post_install", "-at_install")
class TestPacking(BaseCase):
    def test_parts_are_one_file(self):
        parts = [packing.pack(raw) for raw in (b"a" * 5000, b"", b"bc" * 9000)]
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("first", "1")
            packing.write_packed(archive, "rows", lambda: iter(parts))
            archive.writestr("last", "2")
        with zipfile.ZipFile(file) as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual(archive.namelist(), ["first", "rows", "last"])
            self.assertEqual(archive.read("rows"), b"a" * 5000 + b"bc" * 9000)


@tagged("post_install", "-at_install")
class TestAsked(BaseCase):
    good = {
        "model": "attendance.report.daily",
        "columns": [{"name": "employee_number", "label": ""}],
        "domain": [],
    }

    def test_it_comes_back_as_it_was_kept(self):
        found = asked.read(
            {
                **self.good,
                "facets": ["Date: March"],
                "sheets": "work_date:month",
                "companies": [1, 2],
                "span": ["2026-03-01", "2026-03-31"],
                "domain": [["store_id", "=", 4]],
            }
        )
        self.assertEqual(asked.read(found.to_json()), found)
        self.assertEqual(
            found.context,
            {"attendance_from": "2026-03-01", "attendance_to": "2026-03-31"},
        )

    def test_nonsense_is_refused(self):
        for wrong in (
            {"columns": []},
            {"columns": "x"},
            {"columns": [{"label": "x"}]},
            {"columns": [{"name": "x"}] * 101},
            {"domain": 7},
            {"domain": "[]"},
            {"format": "exe"},
            {"sheets": "store_id; drop table"},
            {"sheets": "store_id.name"},
            {"companies": ["x"]},
            {"companies": 7},
            {"span": ["x", "y"]},
            {"span": ["2026-03-01"]},
            {"span": 5},
        ):
            with self.subTest(wrong), self.assertRaises(ValueError):
                asked.read({**self.good, **wrong})
        for wrong in ("", "7", "{}", "[]", None):
            with self.subTest(wrong), self.assertRaises((ValueError, TypeError)):
                asked.read(wrong)
