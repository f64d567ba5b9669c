from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon

NOW = "2026-03-10 10:00:00"
HOSTILE = "<img src=x onerror=alert(1)>"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTerminalHealth(TerminalCommon):
    """The status page: figures of terminals, the reason and the next step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terminal.last_seen_at = NOW
        cls.viewer, cls.editor = cls.new_user("viewer"), cls.new_user("editor")
        cls.store.timekeeper_ids = cls.viewer | cls.editor
        own = {"scope": "own_stores"}
        cls.new_role({"terminals": "view"}, user_ids=cls.viewer, **own)
        cls.new_role({"terminals": "view edit"}, user_ids=cls.editor, **own)

    def commands(self, terminal=None):
        return self.env["attendance.terminal.command"].search(
            [("terminal_id", "=", (terminal or self.terminal).id)]
        )

    def test_a_clock_that_lost_its_time_is_told_in_words(self):
        self.send("1001", "2026-03-03 08:30:00")
        self.send("1001", "2000-01-01 00:05:00", "2000-01-01 00:09:00")
        self.assertEqual(self.terminal.health_state, "danger")
        self.assertRegex(
            self.terminal.health_reason,
            "Connected, but no punch since .*3.*: its clock says 2000",
        )
        self.assertIn("2 punches that were set aside", self.terminal.health_html)
        self.assertIn("clock", self.terminal.health_steps)

    def test_counts_come_from_everywhere(self):
        self.new_employee("Ann", "1001")
        self.send("1001", "2026-03-03 08:30:00", "2026-03-04 08:30:00")
        self.send("77", "2026-03-04 08:31:00")
        self.env["attendance.terminal.user"]._note_reported(
            self.terminal,
            [{"code": "1001", "name": HOSTILE, "privilege": 0, "card": ""}],
        )
        command = self.env["attendance.terminal.command"]._queue(
            [{"terminal_id": self.terminal.id, "kind": "info", "values": {}}]
        )
        command.state = "failed"
        self.terminal.write({"unit_punches": 30, "max_punches": 33})
        facts = self.terminal._health_facts()[self.terminal.id]
        self.assertEqual((facts.punches_here, facts.gap), (3, 27))
        self.assertEqual((facts.users_told, facts.administrators), (1, 0))
        self.assertEqual((facts.unknown_codes, facts.failed_commands), (1, 1))
        self.assertEqual(facts.room_punches, 33)
        self.assertEqual(self.terminal.punch_gap, 27)
        for step in ("again", "unknown_codes", "commands"):
            self.assertIn(step, self.terminal.health_steps)

    def test_what_a_terminal_says_is_shown_as_text(self):
        self.terminal.write(
            {"rival_address": HOSTILE, "rival_seen_at": NOW, "last_address": HOSTILE}
        )
        self.assertNotIn("<img", self.terminal.health_html)
        self.assertIn("&lt;img", self.terminal.health_html)

    def test_problems_are_found_by_the_filter(self):
        broken = self.new_terminal("2", "TESTSN0002", rival_seen_at=NOW)
        broken.last_seen_at = NOW
        both = self.terminal | broken
        search = self.env["attendance.terminal"].search
        for states, expected in (
            (["danger"], broken),
            (["good"], self.terminal),
            (["good", "danger"], both),
            (["notice"], both.browse()),
        ):
            domain = [("id", "in", both.ids), ("health_state", "in", states)]
            self.assertEqual(search(domain), expected, states)

    def test_the_list_asks_no_more_for_more_terminals(self):
        names = ["health_state", "health_reason", "connection_state", "punches_here"]
        names += ["users_here", "punch_gap", "room_users", "room_punches"]

        def queries(terminals):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            terminals.with_user(self.viewer).read(names)
            return self.cr.sql_log_count - before

        many = self.terminal
        for number in range(2, 20):
            many |= self.new_terminal(str(number), f"MANYSN{number:04}")
        queries(self.terminal)
        self.assertLessEqual(queries(many), queries(self.terminal))
        self.assertLess(queries(many), 25)

    def test_a_viewer_sees_the_reason_and_asks_for_nothing(self):
        self.terminal.write({"clock_offset_seconds": 4000, "clock_checked_at": NOW})
        seen = self.terminal.with_user(self.viewer)
        self.assertEqual(seen.health_reason, "Its clock is 67 minutes fast.")
        for method in ("action_health_clock", "action_health_again"):
            with self.assertRaises(AccessError):
                getattr(seen, method)()
        self.assertFalse(self.commands())

    def test_the_steps_ask_the_terminal_once(self):
        mine = self.terminal.with_user(self.editor)
        for _again in range(2):
            mine.action_health_clock()
            mine.action_health_again()
        self.assertEqual(
            sorted(self.commands().mapped("kind")), ["query_punches", "sync_time"]
        )
        self.assertEqual(self.commands().user_id, self.editor)
        far = self.new_terminal("2", "FARSN0002", store_id=self.new_store("T2").id)
        with self.assertRaises(AccessError):
            far.with_user(self.editor).action_health_clock()
        self.assertFalse(self.commands(far))
