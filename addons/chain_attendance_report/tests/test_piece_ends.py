from types import SimpleNamespace

from odoo.tests import BaseCase, tagged

from odoo.addons.chain_attendance_engine import Mark, RowKind
from odoo.addons.chain_attendance_engine.results import Row

from ..piece_ends import piece_ends


def minutes(text):
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


@tagged("post_install", "-at_install")
class TestPieceEnds(BaseCase):
    def ends(self, pieces, punches, first=None, last=None):
        """``ends("10:00-14:00 17:00-21:00", {"09:58": Mark.IN})``."""
        rows = [
            Row(RowKind.SHIFT, *map(minutes, piece.split("-")))
            for piece in pieces.split()
        ]
        marks = [
            SimpleNamespace(second=minutes(at) * 60 + 59, mark=mark)
            for at, mark in punches.items()
        ]
        found = piece_ends(
            SimpleNamespace(
                rows=(*rows, Row(RowKind.LEAVE)),
                marks=marks,
                first_in=first,
                last_out=last,
            )
        )
        self.assertEqual(found.pop(), (None, None))
        return [
            tuple(at and f"{at // 60:02}:{at % 60:02}" for at in ends) for ends in found
        ]

    def test_one_piece_has_the_day_s(self):
        marks = {"08:00": Mark.IN, "12:00": Mark.INNER, "17:00": Mark.OUT}
        ends = self.ends("08:30-17:30", marks, minutes("08:00"), minutes("17:00"))
        self.assertEqual(ends, [("08:00", "17:00")])
        self.assertEqual(self.ends("08:30-17:30", {}), [(None, None)])

    def test_two_timetables(self):
        split = "10:00-14:00 17:00-21:00"
        whole = {
            "09:58": Mark.IN,
            "14:03": Mark.INNER_OUT,
            "16:55": Mark.INNER_IN,
            "21:01": Mark.OUT,
        }
        self.assertEqual(
            self.ends(split, whole), [("09:58", "14:03"), ("16:55", "21:01")]
        )
        self.assertEqual(
            self.ends(split, {"09:58": Mark.IN, "21:01": Mark.OUT}),
            [("09:58", None), (None, "21:01")],
        )
        # The middle, 15:30, is the earlier one's.
        for at, ends in (
            ("15:30", [("09:58", "15:30"), (None, "21:01")]),
            ("15:31", [("09:58", None), ("15:31", "21:01")]),
        ):
            marks = {"09:58": Mark.IN, at: Mark.INNER, "21:01": Mark.OUT}
            self.assertEqual(self.ends(split, marks), ends, at)

    def test_one_punch_for_both_sides(self):
        marks = {"05:55": Mark.IN, "14:02": Mark.IN_AND_OUT, "22:03": Mark.OUT}
        self.assertEqual(
            self.ends("06:00-14:00 14:00-22:00", marks),
            [("05:55", "14:02"), ("14:02", "22:03")],
        )

    def test_cut_by_leave(self):
        marks = {"08:30": Mark.IN, "13:00": Mark.OUT, "13:01": Mark.DUPLICATE}
        self.assertEqual(
            self.ends("08:30-13:00 17:00-17:30", marks),
            [("08:30", "13:00"), (None, None)],
        )
        # A night: minutes go on after midnight.
        marks = {"21:55": Mark.IN, "26:03": Mark.OUT}
        self.assertEqual(
            self.ends("22:00-26:00 28:00-30:00", marks),
            [("21:55", "26:03"), (None, None)],
        )

    def test_while_the_day_goes_on(self):
        marks = {"09:58": Mark.IN_PROGRESS, "14:03": Mark.IN_PROGRESS}
        self.assertEqual(
            self.ends("10:00-14:00 17:00-21:00", marks),
            [("09:58", "14:03"), (None, None)],
        )
