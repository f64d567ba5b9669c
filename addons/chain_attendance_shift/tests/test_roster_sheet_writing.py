from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..roster_sheet.judging import Known, Person, judge
from ..roster_sheet.reading import read_sheet
from ..roster_sheet.words import ShiftWord, ShiftWords
from ..roster_sheet.writing import CorrectedBook, Line, RosterBook
from .sheets import opened, saved

MADE_AT = datetime(2026, 10, 25, 1, 30)
FIRST = date(2026, 11, 1)
TEXTS = {
    "language": "zh_CN",
    "title": "排班",
    "number": "员工工号",
    "name": "姓名",
    "store": "店铺/网点",
    "department": "部门",
    "shifts": "班次",
    "code": "表中写法",
    "shift": "班次名称",
    "hours": "时间",
    "errors": "错误",
    "cell": "单元格",
    "date": "日期",
    "typed": "单元格内容",
    "error": "错误说明",
    "choose": "请选择",
    "help": "说明",
    "help_lines": ["=1+1", "二"],
}
CHARACTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
)
NUMBERS = st.text("0123456789ABC-", min_size=1, max_size=6)


def new_days(count):
    return [FIRST + timedelta(days=number) for number in range(count)]


def new_words(shifts, rest="休"):
    return ShiftWords(
        [ShiftWord(n, code, [name], True) for n, (code, name) in enumerate(shifts, 1)],
        rest,
    )


def lines_of(words):
    return [Line(label, label, "", number) for number, label in words.labels.items()]


@tagged("post_install", "-at_install")
class TestRosterSheetWriting(BaseCase):
    """The file itself, and that it says the same when it is read."""

    def book(self, days, **values):
        words = new_words([("D9", "Day"), ("N8", "Night")])
        return RosterBook(TEXTS, lines_of(words), days, MADE_AT, **values)

    def test_what_excel_shows(self):
        names = {FIRST: ("public_holiday", "National Day")}
        book = self.book(new_days(3), names=names, lock=FIRST)
        book.add_person(
            ("0012", "=HYPERLINK(1)", "S1", "-2+3"),
            [("D9", "locked"), (None, "make_up_workday"), ("休", None)],
        )
        file = opened(book.finish().read())
        self.assertEqual(file.sheetnames, ["排班", "班次", "说明"])
        sheet = file.active
        self.assertTrue(sheet.row_dimensions[1].hidden)
        self.assertEqual(sheet.freeze_panes, "C3")
        self.assertEqual(sheet["E2"].value, datetime(2026, 11, 1))
        self.assertEqual(sheet["E2"].number_format, '[$-804]m"月"d"日" aaa')
        self.assertEqual(sheet["E2"].comment.text, "National Day")
        # A text that starts like a formula is text.
        for cell, text in (("A3", "0012"), ("B3", "=HYPERLINK(1)"), ("D3", "-2+3")):
            self.assertEqual((sheet[cell].value, sheet[cell].data_type), (text, "s"))
        self.assertEqual(file["说明"]["A1"].data_type, "s")
        self.assertEqual({c.number_format for c in sheet["E3:G3"][0]}, {"@"})
        fills = [sheet[cell].fill.fgColor.rgb for cell in ("E3", "F3")]
        self.assertEqual(fills, ["FFD5D8DC", "FFE3F1FD"])

    def test_shifts_are_offered_and_coloured(self):
        book = self.book(new_days(2), lock=FIRST)
        for number in range(3):
            book.add_person((str(number), "", "", ""), [("D9", None)] * 2)
        sheet = opened(book.finish().read()).active
        (offer,) = sheet.data_validations.dataValidation
        self.assertEqual(str(offer.sqref), "E3:F5")
        self.assertEqual(offer.formula1, "班次!$A$2:$A$4")
        (area,) = sheet.conditional_formatting
        self.assertEqual(str(area.sqref), "E3:F5")
        rules = [(rule.type, rule.formula[0]) for rule in area.rules]
        self.assertEqual(
            rules,
            [
                ("expression", "E$2<=DATE(2026,11,1)"),
                ("cellIs", '"休"'),
                ("cellIs", '"D9"'),
                ("cellIs", '"N8"'),
                ("expression", "AND(LEN(E3)>0,COUNTIF(班次!$A$2:$A$4,E3)=0)"),
            ],
        )
        fills = [rule.dxf.fill.bgColor.rgb for rule in area.rules[2:4]]
        self.assertEqual(fills, ["FFFAC0C0", "FFF4DAC2"])

    def test_it_is_read_as_it_was_written(self):
        book = self.book(new_days(62))
        book.add_person(("0012", "Wang", "S1", ""), [("D9", None)] * 62)
        sheet = read_sheet(book.finish().read())
        self.assertEqual(sheet.made_at, MADE_AT)
        self.assertEqual(list(sheet.days.values()), new_days(62))
        self.assertEqual(sheet.people, {3: ("0012", "Wang")})
        self.assertEqual((sheet.troubles, sheet.notes), ([], []))

    def test_it_is_read_without_its_mark_and_with_dates_as_text(self):
        book = self.book(new_days(2))
        book.add_person(("12", "Wang", "", ""), [("D9", None)] * 2)
        content = book.finish().read()
        changed = opened(content)
        for cell in ("E2", "F2"):
            changed.active[cell] = f"11月{cell == 'F2' and 2 or 1}日 日"
        sheet = read_sheet(saved(changed))
        self.assertEqual(list(sheet.days.values()), new_days(2))
        changed = opened(content)
        changed.active.delete_rows(1)
        sheet = read_sheet(saved(changed))
        self.assertEqual((sheet.made_at, sheet.head), (None, 1))
        self.assertEqual(list(sheet.days.values()), new_days(2))

    def test_a_file_of_a_later_version(self):
        book = self.book(new_days(1))
        book.add_person(("12", "Wang", "", ""), [("D9", None)])
        changed = opened(book.finish().read())
        changed.active["B1"] = 2
        with self.assertRaisesRegex(Exception, "newer"):
            read_sheet(saved(changed))

    @settings(max_examples=40, deadline=None, database=None)
    @given(
        shifts=st.lists(
            st.tuples(st.one_of(st.just(""), CHARACTERS), CHARACTERS), max_size=5
        ),
        numbers=st.lists(NUMBERS, min_size=1, max_size=4, unique=True),
        data=st.data(),
    )
    def test_a_plan_comes_back_as_it_went(self, shifts, numbers, data):
        """Whatever shifts are called, an untouched file changes nothing; and read
        against an empty roster, it is the whole plan.
        """
        words, days = new_words(shifts), new_days(data.draw(st.integers(1, 5)))
        people = [Person(n, text, "Wang", 1) for n, text in enumerate(numbers, 1)]
        choice = st.one_of(st.none(), st.sampled_from(sorted(words.labels)))
        plan = {(p.id, day): data.draw(choice) for p in people for day in days}
        plan = {pair: shift for pair, shift in plan.items() if shift is not None}
        book = RosterBook(TEXTS, lines_of(words), days, MADE_AT)
        for person in people:
            cells = [words.labels.get(plan.get((person.id, day))) for day in days]
            book.add_person(
                (person.number, person.name, "", ""), [(text, None) for text in cells]
            )
        sheet = read_sheet(book.finish().read())
        for planned, changes in ((plan, {}), ({}, plan)):
            known = Known(people=people, words={1: words}, planned=planned)
            verdict = judge(sheet, known)
            self.assertEqual(verdict.troubles, [])
            self.assertEqual((verdict.changes, verdict.resets), (changes, set()))

    def test_a_wrong_file_comes_back_marked(self):
        words, days = new_words([("D9", "Day")]), new_days(2)
        book = RosterBook(TEXTS, lines_of(words), days, MADE_AT)
        book.add_person(("12", "Wang", "S1", ""), [("D9", None), ("D8", None)])
        book.add_person(("13", "Li", "S1", ""), [("D9", None), ("休", None)])
        sheet = read_sheet(book.finish().read())
        known = Known(people=[Person(1, "12", "Wang", 1)], words={1: words})
        troubles = judge(sheet, known).troubles
        told = [(trouble, f"={trouble.code}") for trouble in troubles]
        content = CorrectedBook(TEXTS, lines_of(words), sheet, told).finish().read()
        marked = opened(content)
        self.assertEqual(marked.sheetnames, ["排班", "错误", "班次", "说明"])
        shown = marked.active
        comments = {
            cell.coordinate: cell.comment.text
            for row in shown.iter_rows()
            for cell in row
            if cell.comment
        }
        self.assertEqual(comments, {"F3": "=unknown_shift", "A4": "=unknown_person"})
        self.assertEqual(shown["F3"].fill.fgColor.rgb, "FFFFC7CE")
        self.assertEqual(shown["E3"].fill.fgColor.rgb, "00000000")
        self.assertTrue(shown.row_dimensions[1].hidden)
        listed = list(marked["错误"].iter_rows(min_row=2, values_only=True))
        self.assertEqual(
            listed,
            [
                ("F3", "12", "Wang", datetime(2026, 11, 2), "D8", "=unknown_shift"),
                ("A4", "13", "Li", None, "13", "=unknown_person"),
            ],
        )
        self.assertEqual(marked["错误"]["F2"].data_type, "s")
        # Its cells are where they were, and it can be imported once it is mended.
        shown["F3"] = "D9"
        shown.delete_rows(4)
        again = judge(read_sheet(saved(marked)), known)
        self.assertEqual(again.troubles, [])
        self.assertEqual(again.changes, {(1, day): 1 for day in days})
