from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..roster_sheet.judging import Known, Person, judge
from ..roster_sheet.reading import read_sheet
from ..roster_sheet.words import ShiftWord, ShiftWords
from .sheets import HEAD, november, workbook

D9, N8, OLD = 1, 2, 3
WANG, LI = Person(11, "1001", "Wang", 1), Person(12, "0007", "Li", 1)
DAYS = november(2, 3, 4)


@tagged("post_install", "-at_install")
class TestRosterSheetJudging(BaseCase):
    """What a sheet changes: tables of cells against a small roster."""

    def known(self, **values):
        shifts = [
            ShiftWord(D9, "D9", ["Day"], True),
            ShiftWord(N8, "N8", ["Night"], True),
            ShiftWord(OLD, "X1", ["Old"], False),
        ]
        values.setdefault("people", [WANG, LI])
        return Known(words={1: ShiftWords(shifts, "Rest")}, **values)

    def judged(self, *rows, days=DAYS, **values):
        content = workbook([[*HEAD, *days], *rows])
        return judge(read_sheet(content), self.known(**values))

    def cell(self, value, planned=None, **values):
        """What one cell of Wang's on 2 November comes to."""
        day, plan = DAYS[0], {}
        if planned is not None:
            plan = {(WANG.id, day): planned}
        verdict = self.judged(
            ["1001", "Wang", value], days=[day], planned=plan, **values
        )
        if verdict.troubles:
            (trouble,) = verdict.troubles
            self.assertFalse(verdict.changes or verdict.resets)
            self.assertEqual((trouble.row, trouble.column), (2, 3))
            self.assertEqual((trouble.number, trouble.name), ("1001", "Wang"))
            self.assertEqual(trouble.day, day)
            return trouble.code, trouble.typed, trouble.hint
        if verdict.resets:
            return "reset"
        return verdict.changes.get((WANG.id, day), "nothing")

    def test_cells(self):
        for value, planned, outcome in (
            ("D9", None, D9),
            ("ｎ８ ", D9, N8),
            ("Night", D9, N8),
            ("rest", D9, 0),
            ("休", None, 0),
            ("D9", D9, "nothing"),
            ("Day", D9, "nothing"),
            ("Rest", 0, "nothing"),
            (None, None, "nothing"),
            (None, D9, "nothing"),
            ("   ", D9, "nothing"),
            ("X1", OLD, "nothing"),
            ("D8", N8, ("unknown_shift", "D8", "D9")),
            ("???", N8, ("unknown_shift", "???", "")),
            (8, N8, ("unknown_shift", "8", "N8")),
            ("X1", D9, ("archived_shift", "X1", "D9")),
            (datetime(2026, 9, 1), D9, ("is_date", "2026-09-01", "")),
            (True, D9, ("unknown_shift", "TRUE", "")),
            ("x" * 30000, D9, ("unknown_shift", "x" * 64 + "…", "")),
        ):
            self.assertEqual(self.cell(value, planned), outcome, repr(value))

    def test_an_emptied_cell(self):
        pair = WANG.id, DAYS[0]
        self.assertEqual(self.cell(None, D9, overridden={pair}), "reset")
        rows = [["1001", "Wang", None, None, "Rest"]]
        plan = {(WANG.id, day): D9 for day in DAYS}
        verdict = self.judged(*rows, planned=plan, overridden={pair})
        self.assertEqual(verdict.resets, {pair})
        self.assertEqual(verdict.changes, {(WANG.id, DAYS[2]): 0})
        self.assertEqual(verdict.places[pair], (2, 3))
        (note,) = verdict.notes
        self.assertEqual((note.code, note.typed, note.column), ("left", "1", 4))

    def test_locked_days(self):
        lock, pair = {1: DAYS[0]}, (WANG.id, DAYS[0])
        for value, planned, outcome in (
            ("N8", D9, ("locked", "N8", "D9")),
            ("N8", None, ("locked", "N8", "")),
            ("D9", D9, "nothing"),
            (None, D9, "nothing"),
        ):
            self.assertEqual(self.cell(value, planned, locked=lock), outcome, value)
        self.assertEqual(
            self.cell(None, D9, locked=lock, overridden={pair}), ("locked", "", "D9")
        )
        self.assertEqual(self.cell("N8", D9, locked={1: date(2026, 11, 1)}), N8)

    def test_days_without_employment(self):
        away = {(WANG.id, DAYS[0])}
        self.assertEqual(self.cell("D9", away=away), ("not_employed", "D9", ""))
        self.assertEqual(self.cell("Rest", away=away), 0)
        self.assertEqual(self.cell(None, D9, away=away), "nothing")

    def people(self, *rows, **values):
        verdict = self.judged(*rows, days=DAYS[:1], **values)
        return [(t.code, t.row, t.column, t.hint) for t in verdict.troubles]

    def test_people(self):
        for number, found in (
            ("1001", []),
            (1001, []),
            (" １００１ ", []),
            (7, []),
            ("7", [("unknown_person", 2, 1, "")]),
            ("0008", [("unknown_person", 2, 1, "")]),
        ):
            self.assertEqual(self.people([number, None, "D9"]), found, repr(number))

    def test_a_person_is_proposed_by_name(self):
        found = self.people(["1010", " WANG", "D9"], namesakes={"wang": "1001"})
        self.assertEqual(found, [("unknown_person", 2, 1, "1001")])

    def test_one_person_twice(self):
        rows = [["0007", "Li", "D9"], ["1001", "Wang", None], [7, "Li", "N8"]]
        self.assertEqual(self.people(*rows), [("double_person", 4, 1, "2")])

    def test_a_number_in_two_companies(self):
        people = [WANG, WANG._replace(id=13, company=2)]
        found = self.people(["1001", "Wang", "D9"], people=people)
        self.assertEqual(found, [("several_people", 2, 1, "")])

    def test_another_name_is_worth_a_word(self):
        verdict = self.judged(["1001", "Wong", "D9"], days=DAYS[:1])
        self.assertEqual(verdict.changes, {(WANG.id, DAYS[0]): D9})
        (note,) = verdict.notes
        self.assertEqual(
            (note.code, note.typed, note.hint), ("other_name", "Wong", "Wang")
        )

    def test_errors_are_told_all_at_once_and_in_order(self):
        verdict = self.judged(
            ["9", "Nobody", "D9", "D9", "D9"],
            ["1001", "Wang", "D9", "D8", "??"],
            [None, "Li", "D9"],
        )
        self.assertEqual(
            [(t.code, t.row, t.column) for t in verdict.troubles],
            [
                ("unknown_person", 2, 1),
                ("unknown_shift", 3, 4),
                ("unknown_shift", 3, 5),
                ("no_number", 4, 1),
            ],
        )
