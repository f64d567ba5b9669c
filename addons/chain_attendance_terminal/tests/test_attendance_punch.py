from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models import attendance_punch
from ..models.attendance_punch import WirePunch, wall_to_utc
from .common import TerminalCommon

MORNING = "2026-03-10 08:30:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestAttendancePunch(TerminalCommon):
    def test_the_same_punch_again_is_one_row(self):
        self.assertEqual(self.send("1001", MORNING, MORNING), 1)
        self.assertEqual(self.send("1001", MORNING), 0)
        self.assertEqual(self.send("1002", MORNING), 1)
        self.assertEqual(self.send("1001", "2026-03-10 08:30:01"), 1)
        self.assertEqual(len(self.punches()), 3)

    def test_a_corrected_zone_does_not_double_a_replay(self):
        self.send("1001", MORNING)
        self.store.tz = "Europe/Berlin"
        self.assertEqual(self.send("1001", MORNING), 0)
        self.assertEqual(str(self.punches().punched_at), "2026-03-10 00:30:00")

    def test_wall_clock_to_instant(self):
        for wall, zone, utc in (
            ("2026-03-10 08:30:00", "Asia/Shanghai", "2026-03-10 00:30:00"),
            ("2026-10-25 02:30:00", "Europe/Berlin", "2026-10-25 00:30:00"),
            ("2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29 01:30:00"),
            ("0001-01-01 00:00:00", "Asia/Shanghai", "0001-01-01 00:00:00"),
        ):
            with self.subTest(wall):
                wall, utc = map(type(self.env.cr.now()).fromisoformat, (wall, utc))
                self.assertEqual(wall_to_utc(wall, zone), utc)

    def test_owner_by_the_dates_of_the_code(self):
        first = self.new_employee("Ann", "1009")
        first.terminal_code_ids.date_to = "2026-02-28"
        second = self.new_employee("Bob")
        self.env["attendance.terminal.code"].create(
            {"employee_id": second.id, "code": "1009", "date_from": "2026-03-01"}
        )
        self.send("1009", "2026-02-28 23:59:59", "2026-03-01 00:00:00")
        self.assertEqual(self.punches().employee_id, first | second)
        self.assertEqual(self.punches()[0].employee_id, first)

    def test_padding_and_leading_zeros_match(self):
        person = self.new_employee("Ann", "126")
        self.send("00126", MORNING)
        self.assertEqual(self.punches().employee_id, person)
        self.assertEqual(self.punches().user_code, "00126")

    def test_unknown_code_is_kept_and_claimed_later(self):
        self.send("555", MORNING)
        self.assertFalse(self.punches().employee_id)
        person = self.new_employee("Late", "555")
        self.assertEqual(self.punches().employee_id, person)

    def test_a_used_code_stays_in_the_history(self):
        person = self.new_employee("Ann", "1009")
        self.send("1009", "2026-03-09 08:00:00")
        for code in ("2009", "3009"):
            person.terminal_user_code = code
        spans = [
            (c.code, str(c.date_from), str(c.date_to)) for c in person.terminal_code_ids
        ]
        self.assertEqual(
            spans, [("3009", "2026-03-10", "False"), ("1009", "False", "2026-03-09")]
        )
        self.assertEqual(self.punches().employee_id, person)

    def test_a_punch_of_the_moment_its_code_is_given_is_found_again(self):
        person = self.new_employee("Ann", "1009")
        self.send("1009", MORNING)
        self.cr.execute(
            "UPDATE attendance_punch SET employee_id = NULL, received_at = now()"
            " WHERE terminal_id = %s",
            [self.terminal.id],
        )
        self.env.invalidate_all()
        self.env["attendance.punch"]._assign_strays()
        self.assertEqual(self.punches().employee_id, person)

    def test_corrected_dates_of_a_code_move_its_punches(self):
        ann = self.new_employee("Ann", "1009")
        self.send("1009", "2026-03-01 08:00:00", "2026-03-09 08:00:00")
        self.assertEqual(self.punches().employee_id, ann)
        ann.terminal_code_ids.date_to = "2026-03-05"
        self.assertEqual(
            [punch.employee_id for punch in self.punches()], [ann, ann.browse()]
        )
        bob = self.new_employee("Bob")
        self.env["attendance.terminal.code"].create(
            {"employee_id": bob.id, "code": "1009", "date_from": "2026-03-06"}
        )
        self.assertEqual([punch.employee_id for punch in self.punches()], [ann, bob])
        bob.terminal_code_ids.unlink()
        self.assertFalse(self.punches()[1].employee_id)

    def test_impossible_clock_is_set_aside(self):
        self.terminal.commissioned_on = "2026-03-01"
        self.send(
            "1001",
            "2000-01-01 00:01:00",
            "2026-02-28 08:00:00",
            "2026-03-10 18:10:00",
            "2026-03-10 18:10:01",
            "2027-01-01 00:00:00",
        )
        self.assertEqual(
            self.punches().mapped("quarantine"),
            ["past", "past", False, "future", "future"],
        )
        self.assertEqual(str(self.terminal.last_punch_at), "2026-03-10 10:10:00")

    def test_hostile_text_is_only_text(self):
        evil = "'); DROP TABLE attendance_punch; --"
        self.send(evil, MORNING)
        self.send("=HYPERLINK(1)", MORNING)
        self.assertEqual(
            sorted(self.punches().mapped("user_code")), [evil, "=HYPERLINK(1)"]
        )

    def test_nobody_changes_or_deletes_a_raw_punch(self):
        self.send("1001", MORNING)
        punch = self.punches()
        for change in (
            lambda: punch.write({"wall_time": "2026-03-10 08:00:00"}),
            lambda: punch.write({"employee_id": False}),
            punch.unlink,
        ):
            with self.assertRaises(UserError):
                change()
        manager = self.new_user("boss", "chain_attendance_base.group_manager")
        with self.assertRaises(AccessError):
            punch.with_user(manager).create({"user_code": "1"})

    def test_readers_see_their_scope(self):
        ann = self.new_employee("Ann", "1001")
        bob = self.new_employee("Bob", "1002")
        self.send("1001", MORNING)
        self.send("1002", MORNING)
        other = self.new_store("T2")
        cid = self.new_employee("Cid", "1003", store_id=other.id)
        there = self.new_terminal("2", "TESTSN0002", store_id=other.id)
        self.send("1003", MORNING, terminal=there)
        employee = self.new_user("ann", employee=ann)
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        self.store.timekeeper_ids = keeper
        manager = self.new_user("boss", "chain_attendance_base.group_manager")
        for user, people in (
            (employee, ann),
            (keeper, ann | bob),
            (manager, ann | bob | cid),
        ):
            with self.subTest(user.login):
                found = self.env["attendance.punch"].with_user(user).search([])
                self.assertEqual(found.sudo().employee_id, people)

    def test_queries_of_a_batch_do_not_grow(self):
        times = [f"2026-03-10 08:{m:02d}:{s:02d}" for m in range(60) for s in (1, 2)]
        self.send("1001", "2026-03-09 08:00:00")
        self.env.flush_all()
        with self.assertQueryCount(3):
            self.assertEqual(self.send("7777", *times), 120)
        with self.assertQueryCount(2):
            self.assertEqual(self.send("7777", *times), 0)

    def test_a_replay_with_something_new_in_it(self):
        self.new_employee("Ann", "1001")
        self.send("1001", MORNING)
        later = "2026-03-10 09:30:00"
        self.assertEqual(self.send("1001", MORNING, later, later, MORNING), 1)
        self.assertEqual(len(self.punches()), 2)
        self.assertEqual(len(self.punches().employee_id), 1)

    def test_more_than_one_statement_takes(self):
        times = [f"2026-03-10 08:30:{second:02d}" for second in range(60)]
        with patch.object(attendance_punch, "INSERT_ROWS", 25):
            self.assertEqual(self.send("1001", *times), 60)
            self.assertEqual(self.send("1001", *times), 0)

    def test_text_comes_back_as_it_was_sent(self):
        for number, text in enumerate(
            ('"', "\\", "{}", "NULL", "a,b", "'", '\\"', "王", "\t\n", "")
        ):
            wall_time = datetime.fromisoformat(MORNING) + timedelta(seconds=number)
            punch = WirePunch("1", wall_time, 0, 1, text, text)
            self.env["attendance.punch"]._store(self.terminal, [punch], "push")
            stored = self.punches(wall_time=str(wall_time))
            self.assertEqual(
                (stored.work_code or "", stored.raw_line or ""), (text, text)
            )
