from datetime import date, datetime

import openpyxl

from odoo.tests import BaseCase, tagged

from ..xlsx import ReportWorkbook, minutes_format


@tagged("post_install", "-at_install")
class TestXlsx(BaseCase):
    def test_the_manual_s_look(self):
        for minutes, look in (
            (540, '0"h"'),
            (522, '0.0"h"'),
            (508, '0.00"h"'),
            (32, '0.00"h"'),
            (30, '0.0"h"'),
            (29, '"29m"'),
            (18, '"18m"'),
            (0, '0"h"'),
            (-18, '"-18m"'),
        ):
            self.assertEqual(minutes_format(minutes), look, minutes)

    def written(self, columns, *rows):
        book = ReportWorkbook("考勤日报: a/b", columns)
        for row in rows:
            book.add_row(row)
        return openpyxl.load_workbook(book.close()).active

    def test_cells_have_their_kind(self):
        sheet = self.written(
            [
                ("employee_number", "工号", "text"),
                ("work_date", "日期", "date"),
                ("first_in_at", "上班", "datetime"),
                ("due_minutes", "应出勤", "minutes"),
                ("late_minutes", "迟到", "minutes"),
                ("id", "n", "integer"),
            ],
            ["007", date(2026, 3, 2), datetime(2026, 3, 2, 8, 30), 508, 0, 3],
            [None, None, None, 0, 18, False],
        )
        self.assertEqual(sheet.title, "考勤日报  a b")
        self.assertEqual(sheet.freeze_panes, "A2")
        first = [cell.value for cell in sheet[2]]
        self.assertEqual(
            first[:3], ["007", datetime(2026, 3, 2), datetime(2026, 3, 2, 8, 30)]
        )
        self.assertAlmostEqual(first[3], 508 / 60)
        self.assertEqual(first[4:], [None, 3])
        self.assertEqual(
            [cell.value for cell in sheet[3]], [None, None, None, 0, 0.3, None]
        )

    def test_hostile_text_is_no_formula(self):
        evil = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x"]
        columns = [(str(n), str(n), "text") for n in range(len(evil))]
        cells = self.written(columns, evil)[2]
        self.assertEqual([cell.value for cell in cells], evil)
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse(any(cell.hyperlink for cell in cells))
