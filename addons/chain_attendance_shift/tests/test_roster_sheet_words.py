from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..roster_sheet.words import SeveralShifts, ShiftWord, ShiftWords, as_text, key


def shift(number, code, *names, active=True):
    return ShiftWord(number, code, list(names), active)


@tagged("post_install", "-at_install")
class TestRosterSheetWords(BaseCase):
    """What is typed into a cell, and the shift that is meant."""

    def test_values_as_they_are_typed(self):
        for value, text in (
            (None, ""),
            (1, "1"),
            (1.0, "1"),
            (1.5, "1.5"),
            (True, "TRUE"),
            ("  D9 ", "D9"),
            (date(2026, 11, 2), "2026-11-02"),
            (datetime(2026, 11, 2), "2026-11-02"),
        ):
            self.assertEqual(as_text(value), text, repr(value))

    def test_what_a_person_takes_for_the_same(self):
        for typed in ("D 9", "d 9", "Ｄ 9", " D\u00a0 9\n", "D\u200b 9"):
            self.assertEqual(key(typed), "d 9", repr(typed))
        self.assertNotEqual(key("D9"), key("D8"))

    def test_found_by_code_and_by_name_in_any_language(self):
        words = ShiftWords(
            [shift(1, "D9", "Day", "常日班"), shift(2, "", "夜班")], "休"
        )
        for typed, found in (
            ("D9", 1),
            ("ｄ９", 1),
            ("day", 1),
            ("常日班", 1),
            ("夜班", 2),
            ("休", 0),
            ("休息", 0),
            ("REST", 0),
            ("D8", None),
        ):
            self.assertEqual(words.find(typed), found, typed)
        self.assertEqual(words.labels, {0: "休", 1: "D9", 2: "夜班"})

    def test_codes_that_are_numbers(self):
        words = ShiftWords([shift(1, "1", "One"), shift(2, "02", "Two")], "Rest")
        for typed, found in (("1", 1), (1, 1), (1.0, 1), (2, 2), ("2", None)):
            self.assertEqual(words.find(typed), found, repr(typed))
        self.assertEqual(words.labels[2], "02")

    def test_a_code_goes_before_a_name_and_active_before_archived(self):
        words = ShiftWords(
            [
                shift(1, "Day", "Early"),
                shift(2, "D", "Day"),
                shift(3, "N", "Night"),
                shift(4, "N", "Night", active=False),
            ],
            "Rest",
        )
        self.assertEqual(words.find("Day"), 1)
        self.assertEqual(words.find("N"), 3)
        self.assertEqual(words.archived, {4})

    def test_each_label_finds_its_shift_and_no_other(self):
        shifts = [
            shift(1, "D", "Day"),
            shift(2, "D", "Day"),
            shift(3, "", "Day"),
            shift(4, "Rest", "Watch"),
            shift(5, "", "rest"),
            shift(6, "D", "Day", active=False),
            shift(7, "d", "Dawn"),
        ]
        words = ShiftWords(shifts, "Rest")
        self.assertEqual(len(set(words.labels.values())), 8)
        for number, label in words.labels.items():
            self.assertEqual(words.find(label), number, label)
        with self.assertRaises(SeveralShifts) as caught:
            words.find("D")
        self.assertEqual(caught.exception.labels, ["Dawn", "Day [1]", "Day [2]"])

    def test_a_near_label_is_proposed(self):
        words = ShiftWords(
            [shift(1, "D9", "Day"), shift(2, "N8", "Night"), shift(3, "X1", "Old")],
            "Rest",
        )
        for typed, near in (
            ("D8", "D9"),
            ("N9", "N8"),
            ("Ret", "Rest"),
            ("qqq", None),
        ):
            self.assertEqual(words.near(typed), near, typed)
