from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_terminal.models.attendance_punch import WirePunch

from . import fake_unit as wire
from .common import PullCommon, at
from .fake_unit import FakeUnit

NOW = at("2026-03-10 09:00:00")
CALLS = "odoo.addons.chain_attendance_terminal_pull.models.attendance_terminal_call"


@tagged("-at_install", "post_install")
@freeze_time(NOW)
class TestPull(PullCommon):
    """Fetching punches from units on real sockets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_employee("Ana Lim", "1001")

    def fake(self, **options):
        unit = FakeUnit(**options)
        unit.clock = at("2026-03-10 17:00:00")
        unit.add_person(1, "1001", "Ana Lim")
        unit.add_punch(1, "1001", at("2026-03-10 08:30:00"), verify=15, state=0)
        unit.add_punch(1, "1001", at("2026-03-10 16:30:00"), verify=1, state=1)
        return unit

    def times(self, **equal):
        return self.punches(**equal).mapped("wall_time")

    def test_punches_are_fetched_once(self):
        with self.fake() as unit:
            self.call(unit)
            punches = self.punches()
            self.assertEqual(
                [(p.wall_time, p.state_key, p.verify_mode, p.source) for p in punches],
                [
                    ("2026-03-10 08:30:00", 0, 15, "pull"),
                    ("2026-03-10 16:30:00", 1, 1, "pull"),
                ],
            )
            self.assertEqual(punches.employee_id, self.person)
            self.assertEqual(punches[0].punched_at, at("2026-03-10 00:30:00"))
            self.terminal._pull_soon()
            unit.add_punch(1, "1001", at("2026-03-10 16:59:00"))
            self.call(unit)
            self.assertEqual(len(self.punches()), 3)
            self.assertEqual(unit.faults, [])
            self.assertNotIn(wire.LOG_CLEAR, unit.heard)

    def test_what_was_pushed_or_came_by_usb_is_the_same_punch(self):
        self.send("1001", "2026-03-10 08:30:00")
        line = WirePunch("1001", at("2026-03-10 16:30:00"), 1, 1, "", "line")
        self.env["attendance.punch"]._store(self.terminal, [line], "usb")
        with self.fake() as unit:
            self.call(unit)
        self.assertEqual(self.punches().mapped("source"), ["push", "usb"])

    def test_what_the_terminal_says_of_itself(self):
        with self.fake() as unit:
            unit.clock += timedelta(seconds=90)
            self.call(unit)
        terminal = self.terminal
        self.assertEqual(terminal.last_address, "127.0.0.1")
        self.assertEqual(terminal.firmware, "Ver 6.60 Apr 28 2017")
        self.assertEqual((terminal.unit_users, terminal.unit_punches), (1, 2))
        self.assertEqual(terminal.capacity_punches, 100000)
        self.assertEqual(terminal.clock_offset_seconds, 90)
        self.assertEqual(terminal.pull_at, NOW)
        self.assertEqual(terminal.pull_next_at, NOW + timedelta(minutes=10))
        self.assertFalse(terminal.pull_error)

    def test_a_unit_that_pushes_as_well_is_no_rival(self):
        self.terminal._note_contact("203.0.113.7")
        with self.fake() as unit:
            self.call(unit)
        self.assertEqual(self.terminal.last_address, "203.0.113.7")
        self.assertFalse(self.terminal.rival_address)

    def test_dates_that_cannot_be_are_set_aside(self):
        with self.fake() as unit:
            unit.clock = at("2000-01-01 00:10:00")
            for bad in ("2000-01-01 00:05:00", "2049-05-05 08:00:00"):
                unit.add_punch(1, "1001", at(bad))
            unit.add_punch(1, "1001", at("2063-12-31 08:00:00"))
            unit.punches.append((1, "1001", 1, ((26 * 12 + 1) * 31 + 30) * 86400, 0))
            self.call(unit)
        self.assertEqual(self.times(quarantine="past"), ["2000-01-01 00:05:00"])
        self.assertEqual(len(self.times(quarantine="future")), 2)
        self.assertEqual(len(self.times(quarantine=False)), 2)
        rejects = self.env["attendance.punch.reject"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(rejects.mapped("reason"), ["time"])
        self.assertLess(self.terminal.clock_offset_seconds, -800_000_000)

    def test_hostile_codes_and_names(self):
        with self.fake() as unit:
            unit.add_person(2, "2002", b"=cmd|'/c calc'!A1<script>")
            unit.add_punch(2, b"=1+1", at("2026-03-10 10:00:00"))
            unit.add_punch(2, b"1\x0b0", at("2026-03-10 10:01:00"))
            unit.add_punch(2, b"<b>'; DROP", at("2026-03-10 10:02:00"))
            self.call(unit)
        self.assertEqual(len(self.punches()), 4)
        rejects = self.env["attendance.punch.reject"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(rejects.mapped("reason"), ["code"])

    def test_an_unchanged_count_is_not_fetched_again(self):
        with self.fake() as unit:
            self.call(unit)
            self.terminal.pull_next_at = False
            unit.heard.clear()
            self.run_job()
            self.assertNotIn(wire.TABLE, unit.heard)
            # After some hours it is: the memory may run round.
            self.terminal.write(
                {"pull_next_at": False, "pull_read_at": NOW - timedelta(hours=7)}
            )
            unit.heard.clear()
            self.run_job()
            self.assertIn(wire.TABLE, unit.heard)

    def test_a_unit_that_hangs_stops_nobody(self):
        other = self.new_pulled("22", "PULLSN0002")
        third = self.new_pulled("23", "PULLSN0003", pull_transport="udp")
        hanging = FakeUnit(misbehave={wire.SIZES: "hang"})
        good = FakeUnit(serial="PULLSN0002")
        cut = FakeUnit(serial="PULLSN0003", is_udp=True, user_size=28, punch_size=8)
        for unit in (good, cut):
            unit.add_person(1, "1001", "Ana Lim")
            unit.add_punch(1, "1001", at("2026-03-10 08:30:00"))
        with hanging, good, cut:
            self.call(hanging, (other, good), (third, cut))
        self.assertEqual(self.punches(), self.env["attendance.punch"])
        self.assertEqual(other.punch_count, 1)
        self.assertEqual(third.punch_count, 1)
        self.assertEqual(self.terminal.pull_failures, 1)
        self.assertIn("does not answer", self.terminal.pull_error)
        self.assertFalse(other.pull_error)

    def test_failures_make_the_pauses_longer(self):
        with FakeUnit(misbehave={wire.CONNECT: "refuse"}) as unit:
            self.terminal.pull_port = unit.port
            for failures, minutes in enumerate((10, 20, 40, 80, 120, 120), 1):
                self.terminal.pull_next_at = False
                self.run_job()
                self.assertEqual(self.terminal.pull_failures, failures)
                self.assertEqual(
                    self.terminal.pull_next_at, NOW + timedelta(minutes=minutes)
                )
        with self.fake() as unit:
            self.call(unit)
        self.assertEqual(self.terminal.pull_failures, 0)
        self.assertEqual(self.terminal.pull_next_at, NOW + timedelta(minutes=10))

    def test_another_unit_at_the_address(self):
        with self.fake(serial="SOMEONEELSE") as unit:
            self.call(unit)
        self.assertFalse(self.punches())
        self.assertIn("SOMEONEELSE", self.terminal.pull_error)
        self.assertFalse(self.terminal.last_seen_at)

    def test_wrong_key_and_right_key(self):
        with self.fake(key=4711) as unit:
            self.call(unit)
            self.assertIn("comm key", self.terminal.pull_error)
            self.terminal.pull_key = "4711"
            self.call(unit)
        self.assertEqual(len(self.punches()), 2)

    def test_what_was_heard_before_a_fault_is_kept(self):
        with self.fake() as unit:
            unit.misbehave = {wire.LOG_READ: "cut"}
            self.call(unit)
        self.assertEqual(self.terminal.unit_users, 1)
        self.assertIn("broke off", self.terminal.pull_error)
        self.assertFalse(self.terminal.pull_at)

    def test_an_address_is_looked_at_again_when_it_is_called(self):
        """The company's networks may have changed since it was entered."""
        with self.fake() as unit, patch(CALLS + ".call", wraps=self.not_local) as call:
            self.call(unit)
        self.assertTrue(call.called)
        self.assertIn("127.0.0.1", self.terminal.pull_error)
        self.assertEqual(unit.heard, [])

    def not_local(self, errand):
        from ..visit import call

        with patch.dict("os.environ", {"CHAIN_ATTENDANCE_PULL_LOCAL": ""}):
            return call(errand)

    def test_trouble_with_storing_one_is_its_own(self):
        other = self.new_pulled("22", "PULLSN0002")
        good = FakeUnit(serial="PULLSN0002")
        good.add_punch(1, "1001", at("2026-03-10 08:30:00"))
        store = type(self.env["attendance.punch"])._store

        def fail(model, terminal, punches, source):
            if terminal == self.terminal:
                raise ValueError("disk")
            return store(model, terminal, punches, source)

        with (
            self.fake() as unit,
            good,
            patch.object(type(self.env["attendance.punch"]), "_store", fail),
            patch.object(self.env.cr, "rollback"),
            mute_logger(CALLS),
        ):
            self.call(unit, (other, good))
        self.assertIn("could not be stored", self.terminal.pull_error)
        self.assertEqual(other.punch_count, 1)

    def test_who_is_called_now_and_then_is_not_silent(self):
        with self.fake() as unit:
            self.call(unit)
        terminals = self.env["attendance.terminal"]
        for minutes, state in ((9, "online"), (14, "offline")):
            self.terminal.last_seen_at = NOW - timedelta(minutes=minutes)
            with self.subTest(minutes=minutes):
                self.assertEqual(self.terminal.connection_state, state)
                found = terminals.search([("connection_state", "=", state)])
                self.assertIn(self.terminal, found)
                facts = self.terminal._health_facts()[self.terminal.id]
                self.assertEqual(facts.is_online, state == "online")
        self.assertIn(
            self.terminal, terminals.search([("connection_state", "!=", "never")])
        )
        self.assertNotIn(
            self.terminal, terminals.search([("connection_state", "!=", "offline")])
        )

    def test_many_punches_come_in_batches(self):
        with self.fake(punch_size=16) as unit:
            start = at("2025-06-01 00:00:00")
            for number in range(4500):
                unit.add_punch(1, "1001", start + timedelta(minutes=number))
            with patch.object(
                type(self.env["attendance.punch"]),
                "_store",
                autospec=True,
                side_effect=type(self.env["attendance.punch"])._store,
            ) as store:
                self.call(unit)
            self.assertEqual(store.call_count, 3)
            self.assertEqual(self.terminal.punch_count, 4502)
            self.terminal._pull_soon()
            with patch.object(type(self.env["attendance.punch"]), "_store") as store:
                self.run_job()
            self.assertFalse(store.called)

    def test_fetch_now(self):
        user = self.new_user("fetcher")
        self.new_role({"terminals": "view edit"}, scope="all", user_ids=user)
        with self.fake() as unit:
            self.call(unit)
            self.assertFalse(self.terminal._pull_due())
            cron = type(self.env["ir.cron"])
            with patch.object(cron, "_trigger") as trigger:
                notice = self.terminal.with_user(user).action_pull()
            self.assertTrue(trigger.called)
            self.assertEqual(notice["tag"], "display_notification")
            self.assertIn(self.terminal, self.terminal._pull_due())
            with self.told() as heard:
                self.run_job()
            self.assertEqual([login for login, _message in heard], [user.login])
            self.assertIn("2 punches", heard[0][1]["message"])
            self.terminal._pull_soon()
            with self.told() as heard:
                self.run_job()
            self.assertEqual(heard, [])

    def test_archived_terminals_are_not_called(self):
        self.terminal.active = False
        self.assertNotIn(self.terminal, self.env["attendance.terminal"]._pull_due())
