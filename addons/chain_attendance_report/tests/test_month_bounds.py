from datetime import date

from odoo.fields import Domain
from odoo.tests import BaseCase, tagged

from ..month_bounds import month_bounds


@tagged("post_install", "-at_install")
class TestMonthBounds(BaseCase):
    def test_what_is_understood_and_what_is_not(self):
        june, july = date(2026, 6, 1), date(2026, 7, 1)
        end = date(2026, 7, 31)
        of_june = [("month", ">=", "2026-06-01"), ("month", "<=", "2026-06-30")]
        other = ("late_minutes", ">", 0)
        for domain, bounds in (
            ([], (None, None)),
            ([other], (None, None)),
            ([("month", "=", "2026-07-01")], (july, end)),
            ([("month", "in", [june, july])], (june, end)),
            ([("month", "in", [june, False])], (None, None)),
            ([("month", "!=", july)], (None, None)),
            ([("month", "=", "today")], (None, None)),
            (of_june, (june, date(2026, 6, 30))),
            ([*of_june, other], (june, date(2026, 6, 30))),
            ([("month", ">=", july)], (july, None)),
            ([("month", "<", july)], (None, end)),
            (["|", ("month", "=", june), ("month", "=", july)], (june, end)),
            (["|", ("month", "=", june), other], (None, None)),
            (["!", ("month", "=", june)], (None, None)),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(month_bounds(Domain(domain)), bounds)
