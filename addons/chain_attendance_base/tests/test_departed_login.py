from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .login_common import PASSWORD, LoginCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestDepartedLogin(LoginCommon):
    def setUp(self):
        super().setUp()
        self.user = self.give_login(self.li, role_ids=self.simple)

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "chain_attendance_base.close_logins_cron"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def test_archiving(self):
        self.li.active = False
        self.assertFalse(self.user.active)
        self.assertTrue(self.li.login_closed_at)
        row = self.audit_of("login")[-1]
        self.assertEqual(row.user_id, self.user)
        self.assertIn("forbidden", row.after)
        self.li.action_unarchive()
        self.assertFalse(self.user.active)
        self.assertFalse(self.li.login_closed_at)

    def test_by_an_hr_officer_who_may_not_write_users(self):
        officer = self.new_user("officer", "hr.group_hr_user")
        self.li.with_user(officer).action_archive()
        self.assertFalse(self.user.active)
        self.assertEqual(self.audit_of("login")[-1].author_id, officer)

    def test_departure_wizard(self):
        wizard = self.env["hr.departure.wizard"].with_context(employee_termination=True)
        wizard.create(
            {
                "employee_ids": self.li.ids,
                "departure_date": "2026-03-09",
                "departure_reason_id": self.env["hr.departure.reason"]
                .search([], limit=1)
                .id,
            }
        ).action_register_departure()
        self.assertFalse(self.li.active)
        self.assertFalse(self.user.active)

    def test_the_last_day_is_worked(self):
        self.li.leave_date = "2026-03-10"
        self.run_cron()
        self.assertTrue(self.user.active)
        with freeze_time("2026-03-11 04:00:00"):
            self.run_cron()
        self.assertFalse(self.user.active)
        self.assertTrue(self.li.active)

    def test_a_departure_date_counts_where_there_is_no_leave_date(self):
        self.li.departure_date = "2026-03-09"
        self.li.leave_date = "2026-03-20"
        self.run_cron()
        self.assertTrue(self.user.active)
        self.li.leave_date = False
        self.run_cron()
        self.assertFalse(self.user.active)

    def test_a_login_opened_by_hand_stays_open(self):
        self.li.leave_date = "2026-03-09"
        self.run_cron()
        self.assertFalse(self.user.active)
        self.user.active = True
        self.run_cron()
        self.assertTrue(self.user.active)
        self.li.leave_date = "2026-03-08"
        self.run_cron()
        self.assertFalse(self.user.active)

    def test_a_login_of_two_employees(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.user.company_ids |= other
        twin = self.env["hr.employee"].create(
            {"name": "Li", "company_id": other.id, "user_id": self.user.id}
        )
        self.li.active = False
        self.assertTrue(self.user.active)
        self.assertFalse(self.user.attendance_role_ids)
        # Roles given anew are not taken again by the daily job.
        self.user.attendance_role_ids = self.simple
        self.run_cron()
        self.assertEqual(self.user.attendance_role_ids, self.simple)
        twin.active = False
        self.assertFalse(self.user.active)

    def test_a_login_that_runs_odoo(self):
        self.user.group_ids = [
            Command.link(self.env.ref("base.group_system").id),
            Command.link(self.env.ref("chain_attendance_base.group_manager").id),
        ]
        self.li.active = False
        self.assertTrue(self.user.active)
        self.assertFalse(self.user.attendance_role_ids)
        self.assertTrue(self.user.has_group("base.group_system"))

    def test_whoever_archives_oneself(self):
        officer = self.new_user("officer", "hr.group_hr_user")
        self.wang.user_id = officer
        self.wang.with_user(officer).action_archive()
        self.assertTrue(officer.active)
        self.run_cron()
        self.assertFalse(officer.active)

    def test_a_batch(self):
        people = self.env["hr.employee"]
        for number in range(6):
            person = self.new_employee(f"Person {number}")
            person.user_id = self.new_user(f"person{number}")
            people |= person
        people.leave_date = "2026-03-01"
        counts = []
        for part in (people[:1], people[1:]):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            part._close_logins()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertFalse(any(people.user_id.mapped("active")))
        self.assertLess(counts[1], counts[0] + 20)

    def test_who_left_before_the_install_keeps_the_login(self):
        self.env.cr.execute(
            "UPDATE hr_employee SET leave_date = '2026-01-01' WHERE id = %s",
            (self.li.id,),
        )
        self.env.invalidate_all()
        self.env["hr.employee"]._mark_earlier_departures()
        self.run_cron()
        self.assertTrue(self.user.active)


@tagged("post_install", "-at_install")
class TestDepartedSession(HttpCase):
    def test_sessions_end(self):
        user = self.env["res.users"].create(
            {"name": "Li", "login": "li-session", "password": PASSWORD}
        )
        employee = self.env["hr.employee"].create({"name": "Li", "user_id": user.id})
        self.authenticate("li-session", PASSWORD)
        self.assertNotIn("/web/login", self.url_open("/odoo").url)
        employee.active = False
        self.env.flush_all()
        self.assertIn("/web/login", self.url_open("/odoo").url)
