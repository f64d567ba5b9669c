from datetime import date, datetime, timedelta

from odoo.tests import BaseCase

from .. import health, health_words

NOW = datetime(2026, 3, 10, 10, 0)
CALLED = {"last_seen_at": NOW - timedelta(seconds=20)}
ASIDE = {
    "set_aside": 3,
    "set_aside_at": NOW - timedelta(hours=1),
    "set_aside_on": date(2000, 1, 1),
}


def ago(**span):
    return NOW - timedelta(**span)


class TestHealth(BaseCase):
    """What is wrong with a terminal, from plain values; each line is one terminal."""

    def check(self, facts, *expected):
        found = health.findings(health.Facts(now=NOW, **facts))
        self.assertEqual([(f.kind, f.severity) for f in found], list(expected))
        return found

    def table(self, *lines):
        for facts, *expected in lines:
            with self.subTest(facts):
                self.check(CALLED | facts, *expected)

    def test_a_terminal_that_is_well(self):
        self.check(CALLED)
        self.check(CALLED | {"last_punch_at": ago(days=9)})

    def test_contact(self):
        for seen, *expected in (
            (None, ("never", "warning")),
            (ago(seconds=120),),
            (ago(seconds=121), ("silent", "warning")),
            (ago(minutes=60), ("silent", "warning")),
            (ago(minutes=61), ("silent", "danger")),
        ):
            with self.subTest(seen):
                self.check({"last_seen_at": seen}, *expected)

    def test_a_terminal_in_the_dialect_of_access_control(self):
        self.check(
            CALLED | {"speaks_access_control": True}, ("access_control", "danger")
        )

    def test_an_archived_terminal_is_nothing_else(self):
        self.check({"is_active": False, **ASIDE}, ("archived", "notice"))

    def test_refusals(self):
        self.table(
            ({"refused_at": ago(days=2), "refused_reason": "key"},),
            (
                {"refused_at": ago(minutes=5), "refused_reason": "key"},
                ("refused_key", "warning"),
            ),
            (
                {
                    "refused_at": ago(minutes=5),
                    "refused_reason": "path",
                    "last_seen_at": ago(days=1),
                },
                ("silent", "danger"),
                ("refused_path", "danger"),
            ),
        )

    def test_one_serial_number_from_two_addresses(self):
        rival = {"rival_address": "10.0.0.9"}
        self.table(
            (rival | {"rival_seen_at": ago(hours=25)},),
            (rival | {"rival_seen_at": ago(hours=23)}, ("rival", "danger")),
        )

    def test_the_clock(self):
        checked = {"clock_checked_at": ago(hours=1)}
        self.table(
            ({"clock_offset_seconds": 3600},),
            (checked | {"clock_offset_seconds": 60},),
            (checked | {"clock_offset_seconds": 61}, ("clock_ahead", "warning")),
            (checked | {"clock_offset_seconds": -61}, ("clock_behind", "warning")),
            (checked | {"clock_offset_seconds": -901}, ("clock_behind", "danger")),
            # What was set aside speaks for the clock while nothing good came since.
            (ASIDE, ("clock_lost", "danger")),
            (ASIDE | {"last_punch_at": ago(days=7)}, ("clock_lost_since", "danger")),
            (ASIDE | {"last_punch_at": ago(minutes=9)}, ("set_aside", "warning")),
            (ASIDE | {"set_aside_at": ago(days=4)}, ("set_aside", "warning")),
            (
                ASIDE | {"last_punch_at": ago(days=7), "last_seen_at": ago(days=1)},
                ("silent", "danger"),
                ("clock_lost", "danger"),
            ),
        )

    def test_minutes_of_a_clock_are_rounded_up(self):
        facts = {"clock_checked_at": NOW, "clock_offset_seconds": -301}
        (found,) = self.check(CALLED | facts, ("clock_behind", "warning"))
        self.assertEqual(found.values, {"minutes": 6})

    def test_too_quiet(self):
        quiet = {"last_punch_at": ago(days=4)}
        self.table(
            (quiet | {"awaited_days": 1},),
            (quiet | {"awaited_days": 2}, ("quiet", "danger")),
            ({"awaited_days": 2}, ("no_punch_yet", "warning")),
            # A reason of its own is told once.
            (quiet | ASIDE | {"awaited_days": 3}, ("clock_lost_since", "danger")),
            (
                {"awaited_days": 3, "last_seen_at": ago(minutes=9)},
                ("silent", "warning"),
            ),
        )

    def test_counts(self):
        self.table(
            ({"unit_punches": 500, "punches_here": 490},),
            ({"unit_punches": 500, "punches_here": 489}, ("gap", "warning")),
            ({"unit_punches": 100000, "punches_here": 99000},),
            ({"unit_punches": 100000, "punches_here": 98999}, ("gap", "warning")),
            ({"unit_punches": 5, "punches_here": 9000},),
        )

    def test_room(self):
        punches = {"room_punches": 1000, "punches_here": 1000}
        self.table(
            (punches | {"unit_punches": 899},),
            (punches | {"unit_punches": 900}, ("punches_full", "warning")),
            (punches | {"unit_punches": 980}, ("punches_full", "danger")),
            ({"unit_punches": 900, "punches_here": 900},),
            ({"room_users": 100, "unit_users": 94},),
            ({"room_users": 100, "unit_users": 95}, ("users_full", "warning")),
            ({"room_users": 100, "unit_users": 100}, ("users_full", "danger")),
        )

    def test_people_events_and_commands(self):
        self.table(
            ({"users_told": 4, "administrators": 1},),
            ({"users_told": 4}, ("no_administrator", "notice")),
            ({"unknown_codes": 1}, ("unknown_codes", "warning")),
            ({"worrying_events": 1}, ("events", "warning")),
            ({"failed_commands": 1}, ("commands", "warning")),
        )

    def test_the_store(self):
        self.table(
            ({"has_store": False}, ("no_store", "warning")),
            ({"is_store_active": False}, ("archived_store", "warning")),
        )

    def test_the_worst_comes_first(self):
        facts = {"users_told": 1, "failed_commands": 2, "rival_seen_at": NOW}
        found = self.check(
            CALLED | facts,
            ("rival", "danger"),
            ("commands", "warning"),
            ("no_administrator", "notice"),
        )
        self.assertEqual(health.worst(found), "danger")
        self.assertIsNone(health.worst([]))

    def test_each_kind_has_its_words(self):
        """A sentence names only what its finding knows."""
        worlds = [
            {},
            {"last_seen_at": ago(days=1)},
            {"is_active": False},
            *(
                CALLED | {"refused_at": NOW, "refused_reason": reason}
                for reason in ("path", "key", "address")
            ),
            CALLED | ASIDE,
            CALLED | ASIDE | {"last_punch_at": ago(days=7)},
            CALLED | ASIDE | {"set_aside_at": ago(days=5), "rival_seen_at": NOW},
            CALLED | {"clock_checked_at": NOW, "clock_offset_seconds": 99},
            CALLED | {"clock_checked_at": NOW, "clock_offset_seconds": -99},
            CALLED | {"awaited_days": 3, "unit_punches": 99, "room_punches": 99},
            CALLED | {"awaited_days": 3, "last_punch_at": ago(days=4)},
            CALLED | {"users_told": 9, "unit_users": 9, "room_users": 9},
            CALLED | {"unknown_codes": 1, "worrying_events": 1, "failed_commands": 1},
            CALLED | {"has_store": False, "speaks_access_control": True},
            CALLED | {"is_store_active": False},
        ]
        seen = set()
        for facts in worlds:
            for finding in health.findings(health.Facts(now=NOW, **facts)):
                seen.add(finding.kind)
                for sentence in health_words.WORDS[finding.kind]:
                    self.assertTrue(sentence._translate("en_US") % finding.values)
        self.assertEqual(seen, set(health_words.WORDS))
