from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_day.tests.common import DayCommon

NOW = "2026-07-03 14:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestAttendanceReportTerminal(DayCommon):
    def rows(self, **equal):
        domain = [("company_id", "=", self.company.id)]
        domain += [(name, "=", value) for name, value in equal.items()]
        self.env.invalidate_all()
        return self.env["attendance.report.terminal"].search(domain)

    def note(self, **values):
        """What the server writes of a terminal by itself."""
        self.terminal.flush_recordset()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE attendance_terminal SET {name} = %s WHERE id = %s",
                [value, self.terminal.id],
            )
        self.env.invalidate_all()

    def test_one_that_is_well_has_no_row(self):
        self.assertEqual(self.rows().mapped("kind"), ["never"])
        self.note(last_seen_at=NOW, clock_checked_at=NOW, clock_offset_seconds=60)
        self.assertFalse(self.rows())

    def test_each_kind(self):
        self.note(
            last_seen_at="2026-07-03 13:00:00",
            clock_checked_at="2026-07-03 12:00:00",
            clock_offset_seconds=-901,
            rival_address="10.0.0.9",
            rival_seen_at="2026-07-02 12:00:00",
            refused_at="2026-07-02 13:00:00",
            refused_address="10.0.0.8",
        )
        self.send("9999", "2026-07-03 08:00:00", "2026-07-03 09:00:00")
        self.send("1001", "2000-01-01 00:00:00")
        self.env.cr.execute(
            """
            INSERT INTO attendance_punch_reject
                (terminal_id, company_id, received_at, raw_line, reason, times_seen)
            VALUES (%s, %s, %s, 'x', 'time', 3)
            """,
            [self.terminal.id, self.company.id, NOW],
        )
        self.env.cr.execute(
            """
            INSERT INTO attendance_terminal_event
                (terminal_id, company_id, wall_time, received_at, operation, raw_line,
                 is_worrying)
            VALUES (%s, %s, %s, %s, 21, 'y', TRUE), (%s, %s, %s, %s, 4, 'z', FALSE)
            """,
            [self.terminal.id, self.company.id, NOW, NOW] * 2,
        )
        rows = self.rows()
        told = {row.kind: (row.severity, row.amount, row.detail) for row in rows}
        self.assertEqual(
            told,
            {
                "silent": ("1", 1, "No contact since then."),
                "clock": ("1", 1, "The clock is -901 seconds off."),
                "rival": (
                    "1",
                    1,
                    "Another unit called with its serial number, from 10.0.0.9.",
                ),
                "refused": ("2", 1, "A call from 10.0.0.8 was refused."),
                "unknown": ("2", 2, "Nobody holds the code 9999."),
                "set_aside": (
                    "1",
                    1,
                    "Punches that wait for a decision: the clock was wrong.",
                ),
                "reject": ("2", 3, "No valid time"),
                "event": ("2", 1, "Clock set"),
            },
        )
        self.assertEqual(len(rows), len(told))
        self.assertEqual(rows.store_id, self.store)
        for row in rows:
            # Read by its number alone, as a page of the list is.
            again = self.env["attendance.report.terminal"].browse(row.id)
            self.assertEqual(again.kind, row.kind)
            action = row.action_open()
            self.assertTrue(action["res_model"], row.kind)
        (unknown,) = self.rows(kind="unknown")
        action = unknown.action_open()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.punch_count, 2)

    def test_an_event_that_was_seen(self):
        self.note(last_seen_at=NOW)
        self.env.cr.execute(
            """
            INSERT INTO attendance_terminal_event
                (terminal_id, company_id, wall_time, received_at, operation, raw_line,
                 is_worrying, seen_at)
            VALUES (%s, %s, %s, %s, 21, 'y', TRUE, %s)
            """,
            [self.terminal.id, self.company.id, NOW, NOW, NOW],
        )
        self.assertFalse(self.rows().is_open)
        self.assertFalse(self.rows(is_open=True))

    def test_the_scope(self):
        second = self.new_store("T2")
        self.new_terminal("2", "TESTSN0002", store_id=second.id)
        manager = self.new_employee("Boss", store_id=second.id)
        user = self.new_user("keeper", employee=manager)
        self.new_role({"terminals": "view"}, scope="own_stores", user_ids=user)
        second.manager_id = manager
        rows = self.env["attendance.report.terminal"].with_user(user).search([])
        self.assertEqual(rows.store_id, second)
