import sys
import time
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..adapter import Unit
from ..faults import UnitFault
from . import fake_unit as wire
from .fake_unit import FakeUnit

START = datetime(2026, 3, 1, 8, 0, 0)


@tagged("-at_install", "post_install")
class TestAdapter(BaseCase):
    """pyzk against a unit on a real socket."""

    def fill(self, unit, count):
        unit.add_person(1, "1001", "Ana Lim")
        unit.add_person(7, "1002", "Bo", 14, "123", "2", 4711)
        for number in range(count):
            row, code = ((1, "1001"), (7, "1002"))[number % 2]
            at = START + timedelta(minutes=number)
            unit.add_punch(row, code, at, verify=15, state=number % 2)

    def unit(self, fake, **options):
        values = {"timeout": 1, "is_udp": fake.is_udp, "key": fake.key, **options}
        return Unit("127.0.0.1", fake.port, **values)

    def why(self, fake, act=lambda unit: unit.punches(), **options):
        started = time.monotonic()
        with self.assertRaises(UnitFault) as caught, self.unit(fake, **options) as unit:
            act(unit)
        self.assertLess(time.monotonic() - started, 6)
        return caught.exception.reason

    def test_every_size_over_every_line(self):
        for is_udp in (False, True):
            for user_size in (28, 72):
                for punch_size in (8, 16, 40):
                    # As one packet, and in chunks of several packets.
                    for count in (5, 3000):
                        with self.subTest(
                            is_udp=is_udp, user=user_size, punch=punch_size, n=count
                        ):
                            self.check_punches(is_udp, user_size, punch_size, count)

    def check_punches(self, is_udp, user_size, punch_size, count):
        fake = FakeUnit(
            is_udp=is_udp, key=123456, user_size=user_size, punch_size=punch_size
        )
        self.fill(fake, count)
        with fake, self.unit(fake) as unit:
            punches, rejects = unit.punches()
        self.assertEqual(rejects, [])
        self.assertEqual(len(punches), count)
        # What pyzk calls status is how it was verified, its punch the key.
        self.assertEqual(
            [tuple(punch[:4]) for punch in punches[:2]],
            [("1001", START, 0, 15), ("1002", START + timedelta(minutes=1), 1, 15)],
        )
        self.assertEqual(fake.faults, [])
        self.assertNotIn(wire.LOG_CLEAR, fake.heard)
        self.assertNotIn(wire.DISABLE, fake.heard)

    def test_somebody_punches_while_the_log_is_fetched(self):
        for size in (8, 16, 40):
            fake = FakeUnit(punch_size=size)
            self.fill(fake, 100)
            fake.late_punches = [(1, "1001", 15, datetime(2026, 3, 9, 8, 30), 0)]
            with self.subTest(size=size), fake, self.unit(fake) as unit:
                punches, rejects = unit.punches()
                self.assertEqual((len(punches), rejects), (101, []))
                self.assertEqual(punches[-1].wall_time, datetime(2026, 3, 9, 8, 30))

    def test_an_empty_unit(self):
        with FakeUnit() as fake, self.unit(fake) as unit:
            self.assertEqual(unit.punches(), ([], []))
            self.assertEqual(unit.people(), [])

    def test_keys(self):
        for key in (1, 4711, 999999):
            with self.subTest(key=key), FakeUnit(key=key) as fake:
                with self.unit(fake) as unit:
                    self.assertEqual(unit.serial_number(), "PULLSN0001")
                self.assertEqual(self.why(fake, key=key - 1), "key")

    def test_information(self):
        for is_udp in (False, True):
            fake = FakeUnit(is_udp=is_udp)
            self.fill(fake, 4)
            with self.subTest(is_udp=is_udp), fake, self.unit(fake) as unit:
                self.assertEqual(
                    unit.information()._asdict(),
                    {
                        "firmware": "Ver 6.60 Apr 28 2017",
                        "model_name": "Fake F18",
                        "unit_users": 2,
                        "unit_fingerprints": 3,
                        "unit_faces": 2,
                        "unit_punches": 4,
                        "capacity_users": 1000,
                        "capacity_punches": 100000,
                        "fingerprint_version": "10",
                        "face_version": None,
                    },
                )

    def test_the_clock(self):
        with FakeUnit() as fake, self.unit(fake) as unit:
            self.assertEqual(unit.clock(), fake.clock)
            unit.set_clock(datetime(2026, 3, 10, 9, 15, 1))
            self.assertEqual(fake.clock, datetime(2026, 3, 10, 9, 15, 1))
            self.assertEqual(unit.clock(), fake.clock)

    def test_people_are_changed_and_keep_their_password(self):
        for size in (28, 72):
            fake = FakeUnit(user_size=size)
            self.fill(fake, 0)
            with self.subTest(size=size), fake, self.unit(fake) as unit:
                unit.put_person("1002", "Bo Chen", 0, "[00000007]")
                unit.put_person("1003", "Cai", 14)
                row = 1003 if size == 28 else 8
                self.assertEqual(fake.people[7], ("1002", b"Bo Chen", 0, "123", "2", 7))
                self.assertEqual(fake.people[row][:3], ("1003", b"Cai", 14))
                self.assertTrue(unit.delete_person("1001"))
                self.assertFalse(unit.delete_person("1001"))
                self.assertEqual(set(fake.people), {7, row})

    def test_names_in_the_units_own_writing(self):
        for size, limit in ((28, "王小明王"), (72, "王小明王小明王小明王小")):
            fake = FakeUnit(user_size=size)
            fake.add_person(1, "1001", "李".encode("gb18030"))
            with self.subTest(size=size), fake, self.unit(fake) as unit:
                unit.put_person("1002", "王小明" * 5)
                names = {person.name for person in unit.people()}
                self.assertEqual(names, {"李", limit})

    def test_what_does_not_fit(self):
        with FakeUnit(user_size=28) as fake:
            fake.add_person(1, "1001", "Ana")
            put = lambda code: lambda unit: unit.put_person(code, "X")  # noqa: E731
            self.assertEqual(self.why(fake, put("A12")), "short_code")
            self.assertEqual(self.why(fake, put("1234567890")), "short_code")
            self.assertEqual(
                self.why(fake, lambda unit: unit.put_person("7", "X", 0, "x")), "card"
            )
            self.assertEqual(set(fake.people), {1})

    def test_enrolment(self):
        fake = FakeUnit()
        self.fill(fake, 0)
        with fake:
            with self.unit(fake, timeout=2) as unit:
                self.assertTrue(unit.enrol("1001", 6))
            self.assertEqual(fake.enrolled, [("1001", 6)])
            self.assertEqual(self.why(fake, lambda unit: unit.enrol("9", 6)), "nobody")
            fake.finger_comes = False
            with self.unit(fake, seconds=1.5) as unit:
                self.assertFalse(unit.enrol("1001", 6))
            self.assertEqual(fake.heard[-1], wire.EXIT)

    def test_clearing(self):
        fake = FakeUnit()
        self.fill(fake, 4)
        with fake:
            self.assertEqual(
                self.why(fake, lambda unit: unit.clear_punches(3)), "newer"
            )
            self.assertFalse(fake.is_cleared)
            self.assertIn(wire.ENABLE, fake.heard)
            with self.unit(fake) as unit:
                self.assertEqual(unit.clear_punches(4), 4)
        self.assertTrue(fake.is_cleared)

    def test_restart(self):
        with FakeUnit() as fake, self.unit(fake) as unit:
            unit.restart()
        self.assertIn(wire.RESTART, fake.heard)

    def test_units_that_misbehave(self):
        cases = [
            (wire.CONNECT, "hang", "silent"),
            (wire.CONNECT, "cut", "cut"),
            (wire.CONNECT, "garbage", "garbage"),
            (wire.CONNECT, "refuse", "refusal"),
            (wire.SIZES, "hang", "silent"),
            (wire.SIZES, "cut", "cut"),
            (wire.SIZES, "garbage", "garbage"),
            (wire.LOG_READ, "hang", "silent"),
            (wire.LOG_READ, "cut", "cut"),
            (wire.LOG_READ, "refuse", "refusal"),
            (wire.CHUNK, "hang", "silent"),
            (wire.CHUNK, "cut", "cut"),
            (wire.CHUNK, "garbage", "garbage"),
            (wire.CHUNK, "refuse", "refusal"),
        ]
        for command, how, reason in cases:
            fake = FakeUnit(misbehave={command: how})
            self.fill(fake, 200)
            with self.subTest(command=command, how=how), fake:
                self.assertEqual(self.why(fake), reason)

    def test_datagrams_that_are_lost(self):
        for command in (wire.CONNECT, wire.SIZES, wire.CHUNK):
            fake = FakeUnit(is_udp=True, misbehave={command: "hang"})
            self.fill(fake, 200)
            with self.subTest(command=command), fake:
                self.assertEqual(self.why(fake), "silent")

    def test_a_slow_line_has_an_end(self):
        fake = FakeUnit(misbehave={wire.CHUNK: "drip"})
        self.fill(fake, 200)
        with fake:
            self.assertEqual(self.why(fake, seconds=1.5), "late")

    def test_nobody_listens(self):
        with FakeUnit() as fake:
            port = fake.port
        with self.assertRaises(UnitFault) as caught, Unit("127.0.0.1", port, timeout=1):
            pass
        self.assertEqual(caught.exception.reason, "refused")

    def test_a_count_that_lies(self):
        """A unit that announces what it does not send stores nothing wrong."""
        fake = FakeUnit(punch_size=16)
        self.fill(fake, 90)
        fake.extra_count = 40
        with fake:
            self.assertEqual(self.why(fake), "layout")

    def test_without_the_package(self):
        with patch.dict(sys.modules, {"zk": None}), self.assertRaises(UnitFault) as no:
            Unit("127.0.0.1", 4370)
        self.assertEqual(no.exception.reason, "library")
