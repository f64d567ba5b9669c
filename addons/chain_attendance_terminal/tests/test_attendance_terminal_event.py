from collections import namedtuple
from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon

Row = namedtuple("Row", "operation operator_code wall_time objects raw_line")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalEvent(TerminalCommon):
    def keep(self, *operations, at="2026-03-10 09:00:00", terminal=None):
        return self.env["attendance.terminal.event"]._keep(
            terminal or self.terminal,
            [
                Row(number, "1", datetime.fromisoformat(at), "0", f"{number}\t{at}")
                for number in operations
            ],
        )

    def events(self):
        domain = [("terminal_id", "=", self.terminal.id)]
        return self.env["attendance.terminal.event"].search(domain)

    def told(self):
        return self.terminal.message_ids.filtered(lambda m: "keys of" in m.body)

    def test_a_line_is_kept_once(self):
        self.assertEqual(self.keep(4, 4, 6), 2)
        self.assertEqual(self.keep(4, 6, 9), 1)
        self.assertEqual(self.keep(), 0)
        self.assertEqual(sorted(self.events().mapped("operation")), [4, 6, 9])

    def test_a_batch_costs_one_statement(self):
        self.assertTrue(self.terminal.company_id)
        with self.assertQueryCount(1):
            self.keep(*(number for number in range(40, 80) if number not in (41, 71)))

    def test_the_worrying_ones(self):
        self.keep(*range(128))
        worrying = self.events().filtered("is_worrying").mapped("operation")
        self.assertEqual(
            sorted(worrying), [13, 21, 22, 23, 24, 41, 71, 80, 82, 83, 102]
        )
        self.terminal.invalidate_recordset(["worrying_count"])
        self.assertEqual(self.terminal.worrying_count, 11)

    def test_every_operation_has_words(self):
        self.keep(24, 300)
        labels = self.events().sorted("operation").mapped("label")
        self.assertEqual(labels, ["Administrators cleared", "Operation 300"])

    def test_the_operator_is_named_as_the_terminal_tells(self):
        self.env["attendance.terminal.user"]._note_reported(
            self.terminal,
            [{"code": "001", "name": "Ann", "privilege": 14, "card": ""}],
        )
        self.keep(4)
        self.keep(4, terminal=self.new_terminal("2", "TESTSN0002"))
        self.assertEqual(self.events().operator_name, "Ann")
        others = self.env["attendance.terminal.event"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(
            sorted(others.mapped(lambda e: e.operator_name or "")), ["", "Ann"]
        )
        self.events().operator_code = False
        self.assertFalse(self.events().operator_name)

    def test_the_chatter_is_told_once_an_hour(self):
        self.keep(4)
        self.assertFalse(self.told())
        self.keep(24, 82)
        self.assertIn("Administrators cleared", self.told().body)
        self.assertIn("Server address changed", self.told().body)
        self.keep(24, 82)
        self.keep(23)
        self.assertEqual(len(self.told()), 1)
        with freeze_time("2026-03-10 11:00:00"):
            self.keep(22)
        self.assertEqual(len(self.told()), 2)

    def test_every_year_can_be_kept(self):
        for at in ("0001-01-01 00:00:00", "9999-12-31 23:59:59"):
            self.assertEqual(self.keep(24, at=at), 1)
            self.assertIn(at, self.events().mapped("wall_time"))

    def test_years_of_history_are_not_told(self):
        self.keep(24, at="2026-03-08 09:59:59")
        self.assertFalse(self.told())
        self.assertEqual(self.events().mapped("is_worrying"), [True])
        self.keep(24, at="2026-03-08 10:00:00")
        self.assertEqual(len(self.told()), 1)

    def test_who_may_edit_the_terminal_has_seen_it(self):
        far = self.new_terminal("2", "TESTSN0002", store_id=self.new_store("T2").id)
        self.keep(24)
        self.keep(24, terminal=far)
        user = self.new_user("keeper")
        self.store.timekeeper_ids = user
        mine = self.events().with_user(user)
        theirs = self.env["attendance.terminal.event"].search(
            [("terminal_id", "=", far.id)]
        )
        with self.assertRaises(AccessError):
            mine.action_mark_seen()
        role = self.new_role({"terminals": "view"}, scope="own_stores", user_ids=user)
        with self.assertRaises(AccessError):
            mine.action_mark_seen()
        role.user_ids = False
        self.new_role({"terminals": "view edit"}, scope="own_stores", user_ids=user)
        with self.assertRaises(AccessError):
            theirs.with_user(user).action_mark_seen()
        mine.action_mark_seen()
        self.assertEqual(mine.seen_by_id, user)
        self.assertFalse(theirs.seen_at)
        with self.assertRaises(AccessError):
            mine.write({"is_worrying": False})

    def test_information_is_written_when_it_changed(self):
        values = {"unit_users": 5, "model_name": "Demo", "unit_options": {"a": "b"}}
        self.terminal._note_information(values)
        self.assertEqual(self.terminal.unit_options, {"a": "b"})
        self.assertEqual(str(self.terminal.unit_info_at), "2026-03-10 10:00:00")
        with self.assertQueryCount(0):
            self.terminal._note_information(values)
        with freeze_time("2026-03-10 11:00:00"):
            self.terminal._note_information(values)
        self.assertEqual(str(self.terminal.unit_info_at), "2026-03-10 11:00:00")

    def test_the_clock_is_compared_by_live_punches(self):
        # The store's clock shows eight hours more than the server's 10:00.
        for times, offset in (
            (["17:40:00"], 0),
            (["17:44:59"], 0),
            (["08:00:00", "17:45:00"], -900),
            (["18:00:05", "09:00:00"], 5),
            (["18:00:07"], 5),
            (["18:00:08"], 8),
            ([], 8),
            (["19:00:00"], 3600),
        ):
            with self.subTest(times=times):
                self.terminal._note_clock(
                    [datetime.fromisoformat(f"2026-03-10 {time}") for time in times]
                )
                self.assertEqual(self.terminal.clock_offset_seconds, offset)
        self.assertEqual(str(self.terminal.clock_checked_at), "2026-03-10 10:00:00")

    def test_a_clock_in_another_age_is_no_offset(self):
        for at, offset in (
            ("2027-03-11 10:00:00", 0),
            ("9999-12-31 23:59:59", 0),
            ("2000-01-01 00:00:00", 0),
            ("0001-01-01 00:00:00", 0),
            ("2027-03-11 09:59:59", 366 * 86400 - 8 * 3600 - 1),
        ):
            with self.subTest(at):
                self.terminal._note_clock([datetime.fromisoformat(at)])
                self.assertEqual(self.terminal.clock_offset_seconds, offset)
