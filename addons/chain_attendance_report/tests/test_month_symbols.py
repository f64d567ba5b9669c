from odoo.tests import BaseCase, tagged

from ..month_symbols import (
    Day,
    Piece,
    short_hours,
    signs_of,
    symbols_of,
    tone_of,
)

# 08:30-17:30, as minutes of the day.
START, STOP, DUE = 510, 1050, 540
AT_WORK = {"first_in": START, "last_out": STOP}


def shift(start=START, stop=STOP, absent=0):
    return Piece("shift", None, start, stop, stop - start, absent)


def leave(start, stop, leave_type=7, days=0):
    return Piece("leave", leave_type, start, stop, minutes=stop - start, days=days)


def work(*pieces, **figures):
    """A day of these pieces; what is due and absent is summed from them."""
    pieces = pieces or (shift(),)
    due = sum(piece.due for piece in pieces)
    absent = sum(piece.absent for piece in pieces)
    figures = {"due": due, "absent": absent, "worked": due - absent, **figures}
    return Day(pieces=pieces, **figures)


@tagged("post_install", "-at_install")
class TestMonthSymbols(BaseCase):
    def check(self, day, codes, *notes):
        found = symbols_of(day)
        self.assertEqual((" ".join(found[0]), found[1]), (codes, notes), day)

    def test_a_whole_day(self):
        self.check(work(**AT_WORK), "present")
        self.check(work(late=6, **AT_WORK), "late")
        self.check(work(early=18, **AT_WORK), "early")
        self.check(work(late=6, early=18, **AT_WORK), "late early")
        self.check(work(shift(absent=DUE)), "absent")
        self.check(work(leave(START, STOP, days=1), due=0), "leave:7")
        self.check(Day(is_open=True, due=DUE), "open")

    def test_days_without_anything_due(self):
        self.check(Day("rest", pieces=(Piece("rest"),)), "rest")
        self.check(Day("holiday", pieces=(Piece("holiday"),)), "holiday")
        self.check(Day("unscheduled", pieces=(Piece("unscheduled"),)), "unscheduled")
        self.check(Day(pieces=(Piece("undecided"),)), "undecided")
        self.check(Day(worked=30), "present")
        self.check(Day(first_in=0), "present")
        self.check(Day(), "unscheduled")
        # Leave and trips by days are charged on them too, where the type says so.
        self.check(Day("rest", pieces=(leave(0, 0, days=1),)), "leave:7")
        self.check(Day("rest", trip_days=1), "trip")

    def test_halves(self):
        before, after = shift(stop=780), shift(start=780)
        self.check(work(before, leave(780, STOP), **AT_WORK), "present leave:7")
        self.check(work(leave(START, 780), after, **AT_WORK), "leave:7 present")
        self.check(
            work(leave(START, 780), leave(780, STOP, 8), due=0), "leave:7 leave:8"
        )
        self.check(work(before, leave(780, STOP), late=6, **AT_WORK), "late leave:7")
        self.check(work(leave(START, 780), after, early=6, **AT_WORK), "leave:7 early")
        self.check(
            work(before, leave(780, STOP), late=6, early=6, **AT_WORK),
            "late early leave:7",
        )
        split = shift(600, 840), shift(1020, 1260, absent=240)
        self.check(work(*split, first_in=600, last_out=840), "present absent")

    def test_on_which_side_of_a_piece_the_absence_lies(self):
        half = shift(absent=270)
        self.check(work(half, first_in=START, last_out=780), "present absent")
        self.check(work(half, first_in=780, last_out=STOP), "absent present")
        self.check(work(half, first_in=780, last_out=STOP, early=6), "absent early")

    def test_what_is_less_than_half_of_a_half_is_a_note(self):
        pieces = shift(stop=990), leave(990, STOP)
        self.check(work(*pieces, **AT_WORK), "present", ("leave:7", 60))
        late = {"first_in": 542, "last_out": STOP}
        self.check(work(shift(absent=32), **late), "present", ("absent", 32))
        # The manual's 07-09: four and a half hours, four of leave, half an hour absent.
        three = shift(stop=780), leave(780, 1020), shift(1020, STOP, absent=30)
        day = work(*three, first_in=START, last_out=780)
        self.check(day, "present leave:7", ("absent", 30))

    def test_outings_and_trips(self):
        self.check(work(trip=DUE, trip_days=1), "trip")
        self.check(work(trip=DUE), "trip")
        self.check(work(trip=120, **AT_WORK), "present", ("trip", 120))
        self.check(work(outing=120, **AT_WORK), "present", ("outing", 120))
        self.check(work(outing=420, late=6, **AT_WORK), "outing")
        half = work(shift(stop=780), leave(780, STOP), trip=270, **AT_WORK)
        self.check(half, "trip leave:7")
        worked = Piece("worked_leave", 9, minutes=DUE, days=1)
        self.check(work(shift(), worked), "leave:9")
        hour = Piece("worked_leave", 9, minutes=60)
        self.check(work(shift(), hour, **AT_WORK), "present", ("leave:9", 60))

    def test_overtime_and_missing_punches(self):
        self.check(work(overtime=150, **AT_WORK), "present", ("overtime", 150))
        rest = Day("rest", overtime=510, pieces=(Piece("rest"),))
        self.check(rest, "rest", ("overtime", 510))
        lacking = work(shift(absent=DUE), missing=1, first_in=START)
        self.check(lacking, "absent", ("missing", None))

    def test_tones(self):
        for codes, tone in (
            (["present"], ""),
            (["late", "absent"], "absent"),
            (["leave:7", "early"], "early"),
            (["present", "leave:7"], "leave"),
            (["rest"], "rest"),
        ):
            self.assertEqual(tone_of(codes), tone, codes)

    def test_hours_of_a_cell(self):
        for minutes, text in ((150, "2.5"), (180, "3"), (1, "0.1"), (32, "0.5")):
            self.assertEqual(short_hours(minutes), text)
        # Half a tenth goes up.
        self.assertEqual([short_hours(m) for m in (33, 57, 600)], ["0.6", "1", "10"])

    def test_signs_of_leave_types(self):
        names = {1: "事假", 2: "病假", 3: "事务假", 4: "调休假", 5: "年假"}
        signs = signs_of(names, taken=["年"])
        self.assertEqual(list(signs.values()), ["事", "病", "事务", "调", "年假"])
        names = dict(
            enumerate(["Paid Time Off", "Sick Time Off", "Unpaid", "Parental"])
        )
        self.assertEqual(list(signs_of(names).values()), ["PT", "ST", "Un", "Pa"])
        same = signs_of(dict.fromkeys(range(4), "X"))
        self.assertEqual(list(same.values()), ["X", "X2", "X3", "X4"])
        self.assertEqual(signs_of({1: "- (!)"}), {1: "#"})
