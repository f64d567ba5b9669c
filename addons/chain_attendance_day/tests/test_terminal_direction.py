from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_engine import Policy, PunchMode, PunchState

from .common import DayCommon

MONDAY = "2026-03-09"
IN, OUT = PunchState.IN, PunchState.OUT


@tagged("post_install", "-at_install")
@freeze_time("2026-03-12 12:00:00")
class TestTerminalDirection(DayCommon):
    """What a terminal's direction policy makes of its punches; they stay as sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.clear_queue()

    def at(self, *times, terminal=None, state_key=255):
        times = [f"{MONDAY} {at}" for at in times]
        self.send("1001", *times, terminal=terminal, state_key=state_key)

    def states(self):
        pair = (self.person.id, date.fromisoformat(MONDAY))
        gathered = self.env["attendance.day"]._prepare_engine_inputs([pair])
        return [punch.state for punch in gathered[pair].day_input.punches]

    def computed_by_keys(self):
        """The day's figures under a policy that goes by the keys."""
        policy = Policy(punch_mode=PunchMode.STATE_KEY)
        policies = type(self.env["attendance.policy"])
        with patch.object(policies, "_as_engine_policy", return_value=policy):
            return self.figures(MONDAY)[0]

    def test_each_policy(self):
        self.at("08:30:00", state_key=1)
        self.at("17:30:00", state_key=0)
        for policy, expected in (
            ("trust", [OUT, IN]),
            ("ignore", [PunchState.UNDEFINED] * 2),
            ("in", [IN, IN]),
            ("out", [OUT, OUT]),
            ("alternate", [PunchState.ALTERNATE] * 2),
        ):
            self.terminal.direction_policy = policy
            self.assertEqual(self.states(), expected, policy)
        keys = self.punches().mapped("state_key")
        self.assertEqual(keys, [1, 0])

    def test_in_and_out_in_turn_where_nobody_presses_a_key(self):
        self.at("08:30:00", "12:00:00", "13:00:00", "17:30:00", state_key=0)
        _due, worked, *_rest = self.computed_by_keys()
        self.assertEqual(worked, 0)
        self.terminal.direction_policy = "alternate"
        due, worked, *_rest = self.computed_by_keys()
        self.assertEqual((due, worked), (540, 480))

    def test_an_entrance_and_an_exit(self):
        door = self.new_terminal("2", "TESTSN0002", direction_policy="out")
        self.terminal.direction_policy = "in"
        self.at("08:30:00", "13:00:00", state_key=1)
        self.at("12:00:00", "17:30:00", terminal=door, state_key=0)
        self.assertEqual(self.states(), [IN, OUT, IN, OUT])
        self.assertEqual(self.computed_by_keys()[1], 480)

    def test_a_change_marks_the_days_of_this_month_and_the_last(self):
        self.at("08:30:00")
        self.send("1001", "2026-02-01 08:30:00", "2026-01-30 08:30:00")
        self.send("999", "2026-03-02 08:30:00")
        self.clear_queue()
        self.terminal.direction_policy = "trust"
        self.assertEqual(self.queued(), [])
        self.terminal.direction_policy = "alternate"
        self.assertEqual(
            self.queued(),
            [
                *("2026-01-31", "2026-02-01", "2026-02-02"),
                *("2026-03-08", "2026-03-09", "2026-03-10"),
            ],
        )

    def test_the_fingerprint_knows_the_direction(self):
        self.at("08:30:00", "17:30:00")
        pair = (self.person.id, date.fromisoformat(MONDAY))

        def fingerprint():
            days = self.env["attendance.day"]
            return days._prepare_engine_inputs([pair])[pair].fingerprint

        before = fingerprint()
        self.terminal.direction_policy = "in"
        self.assertNotEqual(fingerprint(), before)

    def test_days_on_which_nobody_punched_though_they_should(self):
        self.at("08:30:00", "17:30:00")
        self.person.store_id = self.store
        self.compute(MONDAY, "2026-03-10", "2026-03-11", "2026-03-12")
        self.terminal.last_seen_at = "2026-03-12 12:00:00"
        self.env.invalidate_all()
        awaited = self.terminal._health_awaited_days()
        self.assertEqual(awaited, {self.terminal.id: 2})
        self.assertIn("should have worked on 2 days", self.terminal.health_reason)
        other = self.new_terminal("2", "TESTSN0002")
        other.last_punch_at = "2026-03-11 08:00:00"
        self.env.invalidate_all()
        self.assertFalse(self.terminal._health_awaited_days().get(self.terminal.id))
