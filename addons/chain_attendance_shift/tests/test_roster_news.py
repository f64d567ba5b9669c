from datetime import date

from odoo.tests import BaseCase, tagged

from ..roster_news import days_between, news

D1, D2, D3 = days_between(date(2026, 11, 2), date(2026, 11, 4))


@tagged("post_install", "-at_install")
class TestRosterNews(BaseCase):
    """What is new or changed against what people were told."""

    def test_news(self):
        for name, planned, told, expected in (
            ("nothing at all", {}, {}, {}),
            ("the same", {(1, D1): 7}, {(1, D1): 7}, {}),
            ("a new day", {(1, D1): 7}, {}, {1: {D1: None}}),
            ("a new rest day", {(1, D1): 0}, {}, {1: {D1: None}}),
            ("another shift", {(1, D1): 8}, {(1, D1): 7}, {1: {D1: 7}}),
            ("rest instead", {(1, D1): 0}, {(1, D1): 7}, {1: {D1: 7}}),
            ("a shift instead of rest", {(1, D1): 7}, {(1, D1): 0}, {1: {D1: 0}}),
            ("nothing planned any more", {}, {(1, D1): 7}, {1: {D1: 7}}),
            (
                "one of two people, one of two days",
                {(1, D2): 7, (1, D3): 7, (2, D2): 7},
                {(1, D2): 7, (1, D3): 8, (2, D2): 7},
                {1: {D3: 8}},
            ),
        ):
            with self.subTest(name):
                self.assertEqual(news(planned, told), expected)
