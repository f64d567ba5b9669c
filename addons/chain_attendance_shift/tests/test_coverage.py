"""Counting people over a day: tables, no database."""

from odoo.tests import BaseCase

from ..coverage import Need, Presence, gaps, slots, stretches, totals, without

NINE, TEN, NOON, SIX = 540, 600, 720, 1080
CASHIER, SELLER = 1, 2


def there(*spans, job=None):
    return [Presence(a, b, job, number) for number, (a, b) in enumerate(spans)]


def needed(people, start=NINE, stop=SIX, job=None):
    return Need(start, stop, people, job)


class TestCoverageSpans(BaseCase):
    def test_without(self):
        for spans, holes, left in (
            ([(0, 10)], [], [(0, 10)]),
            ([(0, 10)], [(3, 4)], [(0, 3), (4, 10)]),
            ([(0, 10)], [(0, 3), (8, 12)], [(3, 8)]),
            ([(0, 10)], [(0, 10)], []),
            ([(0, 10), (20, 30)], [(5, 25)], [(0, 5), (25, 30)]),
            ([(0, 10)], [(10, 20)], [(0, 10)]),
        ):
            with self.subTest(spans=spans, holes=holes):
                self.assertEqual(without(spans, holes), left)

    def test_gaps(self):
        self.assertEqual(gaps([(0, 10), (10, 20), (30, 40)]), [(20, 30)])
        self.assertEqual(gaps([]), [])


class TestCoverageStretches(BaseCase):
    def states(self, needs, people, hours, **options):
        """``(there, needed, short, state)`` of these hours."""
        found = slots(stretches(needs, people, **options), 60)
        return [found[h][2:5] + found[h][6:] for h in hours]

    def test_hours(self):
        two = there((NINE, SIX), (TEN, SIX))
        for needs, hour, expected in (
            ([needed(2)], 9, (1, 2, 1, "short")),
            ([needed(2)], 10, (2, 2, 0, "met")),
            ([needed(1)], 10, (2, 1, 0, "over")),
            ([], 10, (2, 0, 0, "over")),
            ([needed(5)], 10, (2, 5, 3, "short")),
            ([], 20, (0, 0, 0, "empty")),
            ([needed(2), needed(1, TEN, NOON)], 10, (2, 3, 1, "short")),
        ):
            with self.subTest(needs=needs, hour=hour):
                self.assertEqual(self.states(needs, two, [hour]), [expected])

    def test_the_least_covered_moment_decides(self):
        """Half an hour of the hour, or one minute of it."""
        people = there((570, SIX))
        self.assertEqual(
            self.states([needed(1)], people, [9, 10]),
            [(0, 1, 1, "short"), (1, 1, 0, "met")],
        )
        half = slots(stretches([needed(1)], people), 30)
        self.assertEqual([part.state for part in half[18:20]], ["short", "met"])
        late = there((NINE, 659))
        self.assertEqual(self.states([needed(1)], late, [10]), [(0, 1, 1, "short")])

    def test_what_is_needed_for_half_an_hour(self):
        """Between a moment with need and one without, the need is shown."""
        self.assertEqual(
            self.states([needed(1, 570)], there((570, SIX)), [9]), [(1, 1, 0, "met")]
        )

    def test_over_midnight(self):
        night = [Need(1320, 1800, 1, None)]
        guard = there((1320, 1800))
        self.assertEqual(
            self.states(night, guard, [21, 22, 23]),
            [(0, 0, 0, "empty"), (1, 1, 0, "met"), (1, 1, 0, "met")],
        )
        self.assertEqual(
            self.states([Need(-120, 360, 1, None)], there((-120, 300)), [0, 4, 5, 6]),
            [
                (1, 1, 0, "met"),
                (1, 1, 0, "met"),
                (0, 1, 1, "short"),
                (0, 0, 0, "empty"),
            ],
        )

    def test_positions_are_among_all(self):
        cashier, seller = needed(1, job=CASHIER), needed(2, job=SELLER)
        sellers = there((NINE, SIX), (NINE, SIX), job=SELLER)
        for needs, people, expected in (
            # Enough people, no cashier.
            ([needed(2), cashier], sellers, (2, 2, 1, "short")),
            ([cashier, seller], sellers, (2, 3, 1, "short")),
            ([needed(2), cashier], sellers + there((NINE, SIX)), (3, 2, 1, "short")),
            (
                [needed(3), cashier],
                sellers + there((NINE, SIX), job=CASHIER),
                (3, 3, 0, "met"),
            ),
            # Both missing: the larger of the two.
            ([needed(4), cashier], sellers, (2, 4, 2, "short")),
        ):
            with self.subTest(needs=needs):
                self.assertEqual(self.states(needs, people, [9]), [expected])

    def test_closed(self):
        opened = [(TEN, SIX)]
        people = there((NINE, SIX))
        self.assertEqual(
            self.states([], people, [8, 9, 10], open_spans=opened),
            [(0, 0, 0, "closed"), (1, 0, 0, "closed"), (1, 0, 0, "over")],
        )
        # What is needed before the doors open is needed.
        self.assertEqual(
            self.states([needed(2)], people, [9], open_spans=opened),
            [(1, 2, 1, "short")],
        )
        self.assertEqual(self.states([], [], [9], open_spans=[])[0][3], "closed")

    def test_still_to_come(self):
        parts = stretches([needed(2)], there((NINE, SIX)), known_until=NOON)
        found = slots(parts, 60)
        self.assertEqual([found[h].state for h in (11, 12)], ["short", "unknown"])
        self.assertEqual(totals(parts).short_minutes, 180)

    def test_totals(self):
        needs = [needed(2), needed(1, 1200, 1260)]
        people = there((NINE, NOON), (NINE, NOON), (NINE, TEN), (NOON, 1020))
        found = totals(stretches(needs, people, [(NINE, 1260)]))
        self.assertEqual(found.short_minutes, 300 + 60 * 2 + 60)
        self.assertEqual(found.over_minutes, 60)
        self.assertEqual((found.worst, found.worst_at), (2, 1020))
        self.assertEqual(found.most_needed, 2)

    def test_nothing_short(self):
        found = totals(stretches([], []))
        self.assertEqual(tuple(found), (0, 0, 0, None, 0))

    def test_a_minute_is_counted_once(self):
        """Whatever comes and goes, the stretches are the day."""
        parts = stretches(
            [needed(2), Need(-60, 90, 1, None)],
            there((100, 200), (150, 1500)),
            [(NINE, SIX)],
            700,
        )
        self.assertEqual(parts[0].start, 0)
        self.assertEqual(parts[-1].stop, 1440)
        for one, two in zip(parts, parts[1:], strict=False):
            self.assertEqual(one.stop, two.start)
