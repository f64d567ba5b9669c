from datetime import timedelta
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from . import fake_unit as wire
from .common import PullCommon, at
from .fake_unit import FakeUnit

NOW = at("2026-03-10 09:00:00")
SPAN = {"since": "2026-03-10 08:00:00", "until": "2026-03-10 12:00:00"}
BO = {"code": "1002", "name": "Bo", "privilege": 14, "card": "4711"}


@tagged("-at_install", "post_install")
@freeze_time(NOW)
class TestPullCommands(PullCommon):
    """Commands that this server tells a terminal by calling it."""

    def fake(self, **options):
        unit = FakeUnit(**options)
        unit.clock = at("2026-03-10 17:00:00")
        unit.add_person(1, "1001", "Ana Lim", password="123")
        for time in ("08:30", "11:30", "16:30"):
            unit.add_punch(1, "1001", at(f"2026-03-10 {time}:00"))
        return unit

    def order(self, kind, /, **values):
        row = {"terminal_id": self.terminal.id, "kind": kind, "values": values}
        return self.env["attendance.terminal.command"]._queue([row])

    def order_clearing(self):
        """As two people agreed on it."""
        commands = type(self.env["attendance.terminal.command"])
        with patch.object(commands, "_may_clear", return_value=True):
            return self.order("clear_punches")

    def test_people(self):
        put = self.order("user_put", **BO)
        change = self.order("user_put", code="1001", name="Ana", privilege=0, card="")
        gone = self.order("user_delete", code="4000")
        with self.fake() as unit:
            self.call(unit)
            self.assertEqual(unit.people[2], ("1002", b"Bo", 14, "", "", 4711))
            self.assertEqual(unit.people[1], ("1001", b"Ana", 0, "123", "", 0))
            self.assertEqual((put | change | gone).mapped("state"), ["done"] * 3)
            delete = self.order("user_delete", code="1002")
            self.run_job()
            self.assertEqual(delete.state, "done")
            self.assertEqual(set(unit.people), {1})

    def test_every_other_kind(self):
        orders = {
            kind: self.order(kind, **values)
            for kind, values in {
                "reboot": {},
                "info": {},
                "check": {},
                "upload_now": {},
                "sync_time": {},
                "query_users": {},
                "query_punches": SPAN,
                "count_punches": SPAN,
                "enrol": {
                    "code": "1001", "kind": "fingerprint", "number": 6,
                    "overwrite": True,
                },
            }.items()
        }  # fmt: skip
        with self.fake() as unit:
            unit.clock = at("2000-01-01 00:00:00")
            self.call(unit)
        states = {kind: command.state for kind, command in orders.items()}
        self.assertEqual(states, dict.fromkeys(orders, "done"))
        self.assertEqual(unit.clock, at("2026-03-10 17:00:00"))
        self.assertEqual(self.terminal.clock_offset_seconds, 0)
        self.assertEqual(unit.enrolled, [("1001", 6)])
        self.assertEqual(unit.heard[-1], wire.RESTART)
        self.assertEqual(orders["count_punches"].answer_count, 2)
        self.assertTrue(orders["count_punches"].has_count)
        self.assertEqual(len(self.punches()), 3)
        told = self.env["attendance.terminal.user"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(told.mapped("user_code"), ["1001"])
        self.assertEqual(unit.heard.count(wire.LOG_CLEAR), 0)

    def test_what_this_way_cannot_do(self):
        orders = self.order("query_templates", code="1001", kind="fingerprint")
        orders |= self.order(
            "enrol", code="1001", kind="face", number=0, overwrite=False
        )
        with self.fake() as unit:
            self.call(unit)
        self.assertEqual(set(orders.mapped("state")), {"failed"})
        self.assertEqual(set(orders.mapped("reason")), {"unfit"})
        self.assertEqual(len(self.punches()), 3)

    def test_what_the_terminal_refuses_is_said_in_words(self):
        bad = self.order("user_put", **{**BO, "code": "A12"})
        good = self.order("info")
        with self.fake(user_size=28) as unit:
            unit.misbehave = {wire.USER_WRITE: "refuse"}
            put = self.order("user_put", **BO)
            self.call(unit)
        self.assertEqual((bad | put).mapped("state"), ["failed", "failed"])
        self.assertEqual(good.state, "done")
        self.assertIn("1 to 9 digits", bad.result)
        self.assertEqual(put.result, "The terminal refused it.")
        self.assertFalse(self.terminal.pull_error)

    def test_a_line_that_is_lost_does_not_lose_commands(self):
        first, second = self.order("user_put", **BO), self.order("info")
        reboot = self.order("reboot")
        with self.fake(misbehave={wire.USER_WRITE: "cut"}) as unit:
            self.call(unit)
            # Whether it was done is not known; the others were never said.
            self.assertEqual((first.state, second.state), ("sent", "waiting"))
            self.assertEqual((reboot.state, reboot.tries), ("waiting", 0))
            self.assertEqual(len(self.punches()), 3)
            # It is not called early for them while it does not answer well.
            self.assertFalse(self.terminal._pull_due())
            unit.misbehave = {}
            with freeze_time(NOW + timedelta(minutes=11)):
                self.run_job()
        self.assertEqual((first | second | reboot).mapped("state"), ["done"] * 3)

    def test_a_terminal_with_a_command_is_called_early(self):
        with self.fake() as unit:
            self.call(unit)
            self.assertFalse(self.terminal._pull_due())
            self.order("info")
            self.assertIn(self.terminal, self.terminal._pull_due())
            # What has waited too long is not worth a call.
            self.env.cr.execute(
                "UPDATE attendance_terminal_command SET expires_at = %s", [NOW]
            )
            self.env.invalidate_all()
            self.assertFalse(self.terminal._pull_due())

    def test_clearing_only_what_is_safe_here(self):
        clearing = self.order_clearing()
        with self.fake() as unit:
            # The first call fetches and stores, the second one deletes.
            self.call(unit)
            self.assertEqual(clearing.state, "waiting")
            self.assertFalse(unit.is_cleared)
            self.assertEqual(len(self.punches()), 3)
            self.assertIn(self.terminal, self.terminal._pull_due())
            self.run_job()
            self.assertEqual(clearing.state, "done")
            self.assertEqual(clearing.answer_count, 3)
            self.assertTrue(unit.is_cleared)
            self.assertEqual(len(self.punches()), 3)

    def test_clearing_finds_a_newer_punch(self):
        clearing = self.order_clearing()
        with self.fake() as unit:
            self.call(unit)
            self.terminal.env.cr.execute(
                "UPDATE attendance_terminal SET pull_count = 2 WHERE id = %s",
                [self.terminal.id],
            )
            self.terminal.invalidate_recordset()
            self.run_job()
        self.assertFalse(unit.is_cleared)
        self.assertEqual(clearing.state, "failed")
        self.assertIn("Nothing was deleted", clearing.result)

    def test_restart_without_an_answer_is_a_restart(self):
        reboot = self.order("reboot")
        with self.fake(misbehave={wire.RESTART: "cut"}) as unit:
            self.call(unit)
        self.assertEqual(reboot.state, "done")
