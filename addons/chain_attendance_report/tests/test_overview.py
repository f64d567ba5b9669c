from datetime import datetime

from odoo.tests import BaseCase, tagged

from ..overview import NO_RULES, NUMBERS, Facts, belongs, count, judge

GRACE = NO_RULES._replace(grace=5)


def at(text):
    """An instant of the test's day; from 24:00 on, of the next one."""
    hours, minutes = map(int, text.split(":"))
    return datetime(2026, 3, 6 + hours // 24, hours % 24, minutes)


def spans(text, *more):
    """``"08:30-12:00 13:00-17:30"`` as spans."""
    return [(*map(at, span.split("-")), *more) for span in text.split()]


def facts(due="08:30-17:30", came="", left="", rules=GRACE, **values):
    given = {
        "leave": [],
        "covers": [],
        "away": "",
        "came_at": at(came) if came else None,
        "left_at": at(left) if left else None,
    }
    return Facts(pieces=spans(due), rules=rules, **(given | values))


@tagged("post_install", "-at_install")
class TestOverview(BaseCase):
    """What a person is counted as; every instant is tried by a table."""

    def check(self, given, rows):
        for now, state, is_late, is_due, minutes in rows:
            with self.subTest(now):
                found = judge(given, at(now))
                self.assertEqual(
                    (found.state, found.is_late, found.is_due, found.minutes),
                    (state, is_late, is_due, minutes),
                )

    def test_nobody_punches(self):
        rows = [
            ("07:00", "later", False, False, 0),
            ("08:29", "later", False, False, 0),
            ("08:35", "later", False, False, 0),
            ("08:36", "missing", False, True, 6),
            ("17:29", "missing", False, True, 539),
            ("17:30", "absent", False, False, 0),
        ]
        self.check(facts(), rows)

    def test_in_time(self):
        rows = [
            ("08:25", "came", False, False, 0),
            ("08:30", "came", False, True, 0),
            ("17:30", "done", False, False, 0),
        ]
        self.check(facts(came="08:20"), rows)

    def test_late(self):
        self.check(facts(came="08:35"), [("09:00", "came", False, True, 0)])
        late = facts(came="08:36")
        rows = [("09:00", "came", True, True, 6), ("18:00", "done", True, False, 6)]
        self.check(late, rows)
        excess = GRACE._replace(only_excess=True)
        self.check(facts(came="08:36", rules=excess), [("9:00", "came", True, True, 1)])

    def test_a_punch_in_the_middle_tells_nothing(self):
        given = facts(came="08:20", left="12:01")
        self.check(given, [("14:00", "came", False, True, 0)])
        self.check(
            facts(came="08:20", left="17:31"), [("17:32", "done", False, False, 0)]
        )

    def test_only_a_clock_out(self):
        given = facts(left="16:00")
        rows = [("16:05", "came", False, True, 0), ("17:40", "done", False, False, 0)]
        self.check(given, rows)

    def test_between_two_stretches_nobody_is_due(self):
        split = "10:00-14:00 17:00-21:00"
        rows = [
            ("13:00", "missing", False, True, 180),
            ("15:00", "missing", False, False, 300),
            ("21:00", "absent", False, False, 0),
        ]
        self.check(facts(split), rows)
        self.check(facts(split, came="09:58"), [("15:00", "came", False, False, 0)])

    def test_a_night(self):
        rows = [
            ("21:00", "later", False, False, 0),
            ("23:00", "missing", False, True, 60),
            ("26:00", "missing", False, True, 240),
            ("30:00", "absent", False, False, 0),
        ]
        self.check(facts("22:00-30:00"), rows)

    def test_leave(self):
        whole = facts("", away="leave")
        self.check(whole, [("10:00", "away", False, False, 0)])
        self.assertEqual(judge(whole, at("10:00")).why, "leave")
        morning = facts("12:00-17:30", leave=spans("08:30-12:00", "leave"))
        rows = [
            ("08:00", "later", False, False, 0),
            ("09:00", "away", False, False, 0),
            ("12:05", "later", False, False, 0),
            ("12:06", "missing", False, True, 6),
        ]
        self.check(morning, rows)
        # Leave that takes all of the shift by hours.
        self.check(
            facts("", leave=spans("08:30-17:30", "leave")),
            [("10:00", "away", False, False, 0)],
        )

    def test_an_outing(self):
        first = facts(covers=spans("08:00-10:00", "outing"))
        rows = [
            ("08:45", "away", False, False, 0),
            # It stands for the clock-in: nobody waits for a punch.
            ("11:00", "came", False, True, 0),
            ("17:30", "done", False, False, 0),
        ]
        self.check(first, rows)
        noon = facts(came="08:25", covers=spans("12:00-14:00", "outing"))
        rows = [("11:59", "came", False, True, 0), ("12:00", "away", False, False, 0)]
        self.check(noon, rows)
        self.assertEqual(judge(noon, at("12:00")).why, "outing")
        whole = facts(covers=spans("08:00-18:00", "trip"))
        self.check(whole, [("09:00", "away", False, False, 0)])
        # Who is out at noon and has not come before is missing before and after.
        missing = facts(covers=spans("12:00-14:00", "outing"))
        rows = [
            ("11:59", "missing", False, True, 209),
            ("13:00", "away", False, False, 0),
        ]
        self.check(missing, rows)

    def test_without_a_shift(self):
        self.check(facts(""), [("10:00", "free", False, False, 0)])
        self.check(facts("", came="09:00"), [("10:00", "extra", False, False, 0)])

    def test_shifts_without_a_start(self):
        flexible = GRACE._replace(is_flexible=True)
        self.check(facts("", rules=flexible), [("20:00", "later", False, False, 0)])
        self.check(
            facts("", came="11:00", rules=flexible),
            [("12:00", "came", False, False, 0)],
        )
        elastic = GRACE._replace(elastic=30)
        rows = [
            ("09:05", "later", False, False, 0),
            ("09:06", "missing", False, True, 36),
        ]
        self.check(facts(rules=elastic), rows)
        no_clock_in = GRACE._replace(has_clock_in=False)
        rows = [
            ("12:00", "later", False, False, 0),
            ("18:00", "absent", False, False, 0),
        ]
        self.check(facts(rules=no_clock_in), rows)

    def test_numbers_add_up(self):
        days = [
            judge(given, at("09:00"))
            for given in (
                facts(),
                facts(came="08:20"),
                facts(came="08:50"),
                facts("", away="trip"),
                facts("10:00-19:00"),
                facts(""),
            )
        ]
        expected = {"due": 3, "came": 2, "late": 1, "missing": 1, "away": 1, "later": 1}
        self.assertEqual(count(days), dict.fromkeys(NUMBERS, 0) | expected)
        for number in NUMBERS:
            people = [day for day in days if belongs(day, number)]
            self.assertEqual(len(people), count(days)[number], number)
