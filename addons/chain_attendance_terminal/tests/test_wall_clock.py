from datetime import datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..wall_clock import clock_offset, resolve, second_instant, wall_to_utc

# Clocks moved by an hour, by half of one, by a whole day, a minute after midnight, by
# minutes and seconds of mean time; and clocks that are never moved.
ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "America/Caracas",
    "UTC",
)
NOW = datetime(2026, 3, 10, 10)


def by_the_library(wall_time, zone_name):
    """One conversion by itself, with nothing remembered."""
    try:
        local = wall_time.replace(tzinfo=ZoneInfo(zone_name))
        return local.astimezone(timezone.utc).replace(tzinfo=None)
    except OverflowError:
        return wall_time


@tagged("post_install", "-at_install")
class TestWallClock(BaseCase):
    def test_what_is_remembered_says_the_same_as_the_library(self):
        random = Random(19)
        first, last = datetime(1900, 1, 1), datetime(2040, 1, 1)
        seconds = int((last - first).total_seconds())
        for zone in ZONES:
            for _number in range(1000):
                wall = first + timedelta(seconds=random.randrange(seconds))
                self.assertEqual(wall_to_utc(wall, zone), by_the_library(wall, zone))

    def test_days_on_which_a_clock_is_moved(self):
        for zone in ZONES:
            for day in self._days_of_change(zone):
                for seconds in range(0, 2 * 86400, 1499):
                    wall = day + timedelta(seconds=seconds)
                    expected = by_the_library(wall, zone)
                    self.assertEqual(wall_to_utc(wall, zone), expected, (zone, wall))

    def _days_of_change(self, zone_name):
        zone, day = ZoneInfo(zone_name), timedelta(days=1)
        at, end = datetime(1980, 1, 1, tzinfo=zone), datetime(2036, 1, 1, tzinfo=zone)
        while at < end:
            if at.utcoffset() != (at + day).utcoffset():
                yield at.replace(tzinfo=None)
            at += day

    def test_years_at_the_edge(self):
        for zone in ZONES:
            for wall in (datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)):
                self.assertEqual(wall_to_utc(wall, zone), by_the_library(wall, zone))

    def test_what_a_clock_shows_twice(self):
        for zone in ZONES:
            library = ZoneInfo(zone)
            for day in self._days_of_change(zone):
                for seconds in range(0, 2 * 86400, 1499):
                    wall = day + timedelta(seconds=seconds)
                    again = wall.replace(tzinfo=library, fold=1)
                    later = again.astimezone(timezone.utc).replace(tzinfo=None)
                    # What a clock skipped is not shown at all.
                    shown = later.replace(tzinfo=timezone.utc).astimezone(library)
                    is_twice = (
                        later != wall_to_utc(wall, zone)
                        and shown.replace(tzinfo=None) == wall
                    )
                    expected = later if is_twice else None
                    self.assertEqual(second_instant(wall, zone), expected, (zone, wall))

    def test_which_of_two_a_punch_means(self):
        """In Berlin 02:00 to 03:00 is shown twice on 25 October 2026."""
        for wall, received, instant, is_doubtful in (
            ("01:59:59", "12:00:00", "2026-10-24 23:59:59", False),
            ("02:30:00", "00:30:05", "2026-10-25 00:30:00", False),
            ("02:30:00", "01:29:59", "2026-10-25 00:30:00", False),
            ("02:30:00", "01:30:00", "2026-10-25 01:30:00", True),
            ("02:30:00", "01:45:00", "2026-10-25 01:30:00", True),
            ("02:30:00", "01:45:01", "2026-10-25 00:30:00", True),
            ("02:59:59", "12:00:00", "2026-10-25 00:59:59", True),
            ("03:00:00", "12:00:00", "2026-10-25 02:00:00", False),
        ):
            with self.subTest(wall=wall, received=received):
                found = resolve(
                    datetime.fromisoformat(f"2026-10-25 {wall}"),
                    "Europe/Berlin",
                    datetime.fromisoformat(f"2026-10-25 {received}"),
                )
                expected = (datetime.fromisoformat(instant), is_doubtful)
                self.assertEqual(found, expected)
        for edge in (datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)):
            for zone in ZONES:
                self.assertFalse(resolve(edge, zone, NOW)[1])

    def test_how_far_a_clock_is_off(self):
        for times, offset in (
            (["2026-03-10 18:00:03"], 3),
            (["2026-03-10 17:59:00", "2026-03-10 08:00:00"], -60),
            (["2026-03-10 08:00:00"], None),
            (["2000-01-01 00:00:00"], None),
            (["0001-01-01 00:00:00", "9999-12-31 23:59:59"], None),
            ([], None),
        ):
            with self.subTest(times):
                walls = [datetime.fromisoformat(at) for at in times]
                self.assertEqual(clock_offset(walls, "Asia/Shanghai", NOW), offset)
