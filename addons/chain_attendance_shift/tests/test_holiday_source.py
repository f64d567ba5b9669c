from collections import defaultdict
from datetime import date

from odoo.tests import BaseCase, tagged

from ..holiday_source import countries, days_of, knows_moved_days, region_code

# By the notices of the State Council: statutory, moved and made-up days.
CHINA = {
    2025: (
        "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06",
        "02-03 02-04 05-05 06-02 10-07 10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
        "01-02 02-20 02-23 04-06 05-04 05-05 10-05 10-06 10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
KINDS = ("public_holiday", "moved_rest_day", "make_up_workday")


@tagged("post_install", "-at_install")
class TestHolidaySource(BaseCase):
    """What the package says, against what was announced."""

    def test_years_of_china(self):
        for year, expected in CHINA.items():
            found = defaultdict(list)
            for day in days_of("CN", None, year, "zh_CN"):
                found[day.kind].append(f"{day.date:%m-%d}")
            with self.subTest(year):
                self.assertEqual(
                    tuple(" ".join(found[kind]) for kind in KINDS), expected
                )
                self.assertTrue(knows_moved_days("CN", year))

    def test_a_moved_day_goes_with_the_holiday_of_its_break(self):
        feasts = {day.date: day.feast for day in days_of("CN", None, 2026, "zh_CN")}
        for day, feast in (
            ("2026-02-14", "春节"),
            ("2026-02-23", "春节"),
            ("2026-09-20", "国庆节"),
            ("2026-10-06", "国庆节"),
            ("2026-10-10", "国庆节"),
        ):
            self.assertEqual(feasts[date.fromisoformat(day)], feast)
        beside = {day.date: day.feast for day in days_of("CN", None, 2025, "zh_CN")}
        self.assertEqual(beside[date(2025, 10, 7)], "国庆节")

    def test_years_that_are_not_announced_yet(self):
        self.assertFalse(knows_moved_days("CN", 2099))
        self.assertTrue(knows_moved_days("DE", 2099))
        kinds = {day.kind for day in days_of("CN", None, 2099, "zh_CN")}
        self.assertNotIn("make_up_workday", kinds)
        self.assertGreaterEqual(len(days_of("CN", None, 2099, "zh_CN")), 13)

    def test_regions_and_languages(self):
        self.assertEqual(region_code("DE", " bayern "), "BY")
        self.assertEqual(region_code("DE", "by"), "BY")
        self.assertIsNone(region_code("DE", "Atlantis"))
        both = [
            {day.date for day in days_of("DE", region, 2026, "en_US")}
            for region in (None, "BY")
        ]
        self.assertIn(date(2026, 1, 6), both[1] - both[0])
        names = [
            days_of("CN", None, 2026, lang)[0].name
            for lang in ("zh_CN", "en_US", "fr_FR")
        ]
        self.assertEqual(names, ["元旦", "New Year's Day", "New Year's Day"])

    def test_elsewhere_a_substitute_is_the_holiday_itself(self):
        kinds = {day.date: day.kind for day in days_of("US", None, 2026, "en_US")}
        self.assertEqual(kinds[date(2026, 7, 3)], "public_holiday")

    def test_every_country_can_be_asked(self):
        for country in countries():
            days = days_of(country, None, 2026, "zh_CN")
            self.assertTrue({day.kind for day in days} <= set(KINDS), country)
            self.assertTrue(all(day.date.year == 2026 for day in days), country)
