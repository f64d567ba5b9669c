from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_request.tests.common import RequestCommon

FRIDAY = "2026-07-03"
STORE_MANAGER = "chain_attendance_base.group_store_manager"


@tagged("post_install", "-at_install")
@freeze_time(f"{FRIDAY} 14:00:00")
class TestAttendanceReportPunch(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.employee_number = "A1"
        cls.punched = cls.env["attendance.report.punch"]

    def rows(self, *domain):
        mine = ("company_id", "=", self.company.id)
        return self.punched.search([mine, *domain], order="punched_at, id")

    def told(self, *names, domain=()):
        return [tuple(row[name] for name in names) for row in self.rows(*domain)]

    def test_the_manual_s_columns(self):
        self.send("1001", f"{FRIDAY} 08:30:05")
        self.assertEqual(
            self.told(
                "user_code", "employee_number", "employee_name", "wall_clock", "mark"
            ),
            [("1001", "A1", "Ann", "08:30:05", False)],
        )
        row = self.rows()
        self.assertEqual(str(row.wall_date), FRIDAY)
        self.assertEqual(row.terminal_id, self.terminal)
        self.assertEqual(row.store_id, self.store)

    def test_why_a_row_is_special(self):
        self.send("1001", f"{FRIDAY} 08:30:00", f"{FRIDAY} 08:31:00")
        self.send("1001", f"{FRIDAY} 08:32:01", "2000-01-01 00:00:10")
        self.send("9999", f"{FRIDAY} 08:30:30")
        self.assertEqual(
            self.told("wall_clock", "mark"),
            [
                ("00:00:10", "set_aside"),
                ("08:30:00", False),
                ("08:30:30", "unknown"),
                ("08:31:00", "repeated"),
                ("08:32:01", False),
            ],
        )
        # By the company's own interval, up to and including it.
        self.company.attendance_policy_id.duplicate_seconds = 59
        self.env.invalidate_all()
        self.assertEqual(self.told("id", domain=[("mark", "=", "repeated")]), [])

    def test_somebody_else_s_punch_repeats_nothing(self):
        self.new_employee("Bob", "1002")
        self.send("1001", f"{FRIDAY} 08:30:00")
        self.send("1002", f"{FRIDAY} 08:30:20")
        self.assertEqual(self.told("mark"), [(False,), (False,)])

    def test_what_was_entered_by_hand(self):
        correction = self.file("correction", FRIDAY, "08:29")
        self.assertEqual(
            self.told("user_code", "wall_clock", "mark", "source"),
            [("1001", "08:29:00", "by_hand", "hand")],
        )
        row = self.rows()
        self.assertFalse(row.terminal_id)
        self.assertEqual((row.store_id, str(row.wall_date)), (self.store, FRIDAY))
        self.assertEqual(row.action_open()["res_id"], correction.id)
        # Read by its number alone, as a page of the list is.
        self.env.invalidate_all()
        self.assertEqual(self.punched.browse(row.id).employee_name, "Ann")
        correction.state = "refused"
        self.assertFalse(self.rows())
        correction.write({"state": "submitted", "needs_approval": True})
        self.assertFalse(self.rows())

    def test_from_a_punch_to_its_day(self):
        self.send("1001", f"{FRIDAY} 08:30:00")
        self.assertFalse(self.rows().action_open())
        self.compute(FRIDAY)
        action = self.rows().action_open()
        self.assertEqual(action["tag"], "attendance_day_explanation")
        self.send("9999", f"{FRIDAY} 08:40:00")
        self.assertFalse(self.rows(("employee_id", "=", False)).action_open())

    def test_a_punch_of_the_night_leads_to_its_own_day(self):
        """Also where the next date has a day of its own, as it has with a roster."""
        self.roster(self.person, self.night_shift, "2026-07-01")
        self.send("1001", "2026-07-01 21:55:00", "2026-07-02 06:03:00")
        nights = self.compute("2026-07-01", "2026-07-02", FRIDAY)
        opened = [
            row.action_explain()["params"]["day_id"]
            for row in self.rows(("source", "!=", "hand"))
        ]
        self.assertEqual(opened, [nights[0].id] * 2)

    def test_a_punch_before_midnight_leads_to_the_shift_that_begins_then(self):
        early = self.new_shift("E8", (0, 480))
        self.roster(self.person, early, "2026-07-01")
        self.send("1001", "2026-07-01 23:52:00")
        days = self.compute("2026-07-01", "2026-07-02")
        row = self.rows()
        self.assertEqual(row.action_explain()["params"]["day_id"], days[1].id)

    def test_the_scope(self):
        second = self.new_store("T2")
        far = self.new_employee("Far", "2001", store_id=second.id)
        self.send("1001", f"{FRIDAY} 08:30:00")
        self.send("2001", f"{FRIDAY} 08:31:00", terminal=self.terminal_of(second))
        self.file("correction", FRIDAY, "17:30", employee_id=far.id)
        manager = self.new_employee("Boss", store_id=second.id)
        user = self.new_user("keeper", STORE_MANAGER, employee=manager)
        second.manager_id = manager
        seen = self.punched.with_user(user).search([])
        self.assertEqual(seen.employee_id, far)
        self.assertEqual(sorted(seen.mapped("source")), ["hand", "push"])
        self.assertFalse(
            self.punched.with_user(user).search([("employee_id", "=", self.person.id)])
        )

    def terminal_of(self, store):
        return self.new_terminal("2", "TESTSN0002", store_id=store.id)

    def test_the_menu_shows_this_list(self):
        menu = self.env.ref("chain_attendance_terminal.attendance_punch_menu")
        self.assertEqual(menu.action.res_model, "attendance.report.punch")

    def test_the_last_days_are_looked_up(self):
        """Not read from end to end, however many punches there are."""
        query = self.punched._search(
            [("punched_at", ">=", "2026-06-26"), ("company_id", "=", self.company.id)],
            order=self.punched._order,
            limit=80,
        )
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(f"EXPLAIN {self.env.cr.mogrify(query.select()).decode()}")
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("attendance_punch_by_time", plan)
        condition = rf"company_id = {self.company.id}\) AND \(punched_at >="
        self.assertRegex(plan, rf"Index Cond: \(\({condition}")
        self.assertNotIn("hr_employee", plan)
