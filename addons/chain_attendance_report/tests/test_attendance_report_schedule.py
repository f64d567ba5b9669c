from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..models import attendance_report_schedule_run as sending
from ..report_file.regular import next_at, span_of
from .export_common import ExportCommon
from .report_files import read_sheets


@tagged("post_install", "-at_install")
class TestRegular(BaseCase):
    def test_the_next_time(self):
        shanghai = "Asia/Shanghai"
        for after, zone, how, wanted in (
            # 16:00 in Shanghai on a Friday.
            ("2026-03-20 08:00", shanghai, ("daily", 17), "2026-03-20 09:00"),
            ("2026-03-20 08:00", shanghai, ("daily", 16), "2026-03-21 08:00"),
            ("2026-03-20 08:00", shanghai, ("daily", 7), "2026-03-20 23:00"),
            ("2026-03-20 08:00", shanghai, ("weekly", 7, 0), "2026-03-22 23:00"),
            ("2026-03-20 08:00", shanghai, ("weekly", 16, 4), "2026-03-27 08:00"),
            ("2026-03-20 08:00", shanghai, ("monthly", 7, 0, 1), "2026-03-31 23:00"),
            ("2026-03-20 08:00", shanghai, ("monthly", 17, 0, 20), "2026-03-20 09:00"),
            ("2026-12-31 23:30", "UTC", ("daily", 0), "2027-01-01 00:00"),
            # The clock is put forward on the 29th: 7 o'clock stays 7 o'clock.
            ("2026-03-28 06:00", "Europe/Berlin", ("daily", 7), "2026-03-29 05:00"),
            ("2026-03-27 06:00", "Europe/Berlin", ("daily", 7), "2026-03-28 06:00"),
        ):
            with self.subTest(after=after, how=how):
                found = next_at(datetime.fromisoformat(after), zone, *how)
                self.assertEqual(found, datetime.fromisoformat(wanted))

    def test_the_days(self):
        today = date(2026, 3, 1)
        for kind, wanted in {
            "all": None,
            "yesterday": (date(2026, 2, 28), date(2026, 2, 28)),
            "last_7_days": (date(2026, 2, 22), date(2026, 2, 28)),
            "this_month": (date(2026, 3, 1), date(2026, 3, 1)),
            "last_month": (date(2026, 2, 1), date(2026, 2, 28)),
        }.items():
            self.assertEqual(span_of(kind, today), wanted, kind)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceReportSchedule(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Shanghai"
        for user in (cls.boss, cls.keeper):
            user.email = f"{user.login}@example.com"
        cls.schedules = cls.env["attendance.report.schedule"].with_user(cls.boss)

    def schedule(self, **values):
        schedule = self.schedules.create(
            {
                "name": "Daily of the branch",
                "company_id": self.company.id,
                "report": "attendance.report.daily",
                "span": "this_month",
                "frequency": "daily",
                "hour": 17,
                "receiver_ids": [Command.set((self.boss + self.keeper).ids)],
                **values,
            }
        )
        # The next time is worked out now, not when it has come.
        schedule.flush_recordset()
        return schedule

    def run_at(self, when):
        """What is done at a time: what is due is started, and its files are made."""
        with freeze_time(when), self.in_parts():
            self.env["attendance.report.schedule"]._cron_send_reports()
            self.env["attendance.report.export"]._cron_write_exports()

    def mails(self):
        return self.env["mail.mail"].search([("subject", "=", "Daily of the branch")])

    def outcomes(self, schedule):
        return {run.user_id: run.state for run in schedule.sudo().run_ids}

    def test_each_gets_the_rows_of_their_own_scope(self):
        schedule = self.schedule()
        self.assertEqual(str(schedule.next_at), "2026-03-20 09:00:00")
        self.run_at("2026-03-20 08:59:00")
        self.assertFalse(schedule.sudo().run_ids)
        self.run_at("2026-03-20 09:01:00")
        self.assertEqual(
            self.outcomes(schedule), {self.boss: "sent", self.keeper: "sent"}
        )
        self.assertEqual(str(schedule.next_at), "2026-03-21 09:00:00")
        found = {}
        for mail in self.mails():
            self.assertEqual(mail.state, "outgoing")
            (table,) = read_sheets(mail.attachment_ids.raw).values()
            found[mail.recipient_ids] = {row[1] for row in table.values()}
        self.assertGreaterEqual(found[self.boss.partner_id], {"A1", "A2"})
        self.assertEqual(found[self.keeper.partner_id], {"A1"})
        # Not again before it is due again.
        self.run_at("2026-03-20 09:11:00")
        self.assertEqual(len(self.mails()), 2)

    def test_what_was_missed_is_sent_once(self):
        schedule = self.schedule(receiver_ids=[Command.set(self.boss.ids)])
        self.run_at("2026-03-24 02:00:00")
        self.assertEqual(len(schedule.sudo().run_ids), 1)
        self.assertEqual(str(schedule.next_at), "2026-03-24 09:00:00")

    def test_the_columns_days_and_filter_that_were_chosen(self):
        schedule = self.schedule(
            columns=[["employee_number", "No"], ["due_minutes", "Hours"]],
            domain=f"[('employee_id', '=', {self.far.id})]",
            sheets="store_id",
            receiver_ids=[Command.set(self.boss.ids)],
        )
        self.assertEqual(schedule.column_names, "No, Hours")
        self.run_at("2026-03-20 09:01:00")
        sheets = read_sheets(self.mails().attachment_ids.raw)
        summary, of_store = sheets.values()
        self.assertIn("2026-03-01 – 2026-03-20", summary.top[2])
        self.assertEqual(of_store.head, ["No", "Hours"])
        self.assertEqual(of_store.values(), [["A2", 9]])

    def test_a_month_is_one_row_a_person(self):
        self.schedule(
            report="attendance.report.monthly",
            columns=[["employee_number", ""], ["day_count", ""]],
            domain=f"[('employee_id', 'in', {(self.person + self.far).ids})]",
            receiver_ids=[Command.set(self.boss.ids)],
            format="csv",
        )
        self.run_at("2026-03-20 09:01:00")
        lines = self.mails().attachment_ids.raw.decode("utf-8-sig").splitlines()
        self.assertEqual(lines[1:], ["A1,2", "A2,1"])

    def test_it_is_written_in_the_receiver_s_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.keeper.lang = "zh_CN"
        self.schedule()
        self.run_at("2026-03-20 09:01:00")
        bodies = {mail.recipient_ids: mail.body_html for mail in self.mails()}
        self.assertIn("Hello boss", bodies[self.boss.partner_id])
        self.assertNotIn("Hello", bodies[self.keeper.partner_id])

    def test_who_may_not_export_is_refused_by_name(self):
        viewer = self.new_user("Only Looking")
        self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        with self.assertRaisesRegex(ValidationError, "Only Looking"):
            self.schedule(receiver_ids=[Command.set((self.boss + viewer).ids)])

    def test_who_lost_the_right_is_refused_and_the_others_are_not(self):
        clerk = self.new_user("clerk")
        clerk.email = "clerk@example.com"
        role = self.new_role({"reports": "view export"}, scope="all", user_ids=clerk)
        schedule = self.schedule(receiver_ids=[Command.set((self.boss + clerk).ids)])
        role.user_ids = [Command.unlink(clerk.id)]
        self.run_at("2026-03-20 09:01:00")
        self.assertEqual(self.outcomes(schedule), {self.boss: "sent", clerk: "refused"})
        refused = schedule.sudo().run_ids.filtered(lambda r: r.user_id == clerk)
        self.assertIn("“Reports”", refused.reason)

    def test_archived_logins_and_those_without_address(self):
        schedule = self.schedule()
        self.keeper.active = False
        self.boss.email = False
        self.run_at("2026-03-20 09:01:00")
        runs = self.env["attendance.report.schedule.run"].search(
            [("schedule_id", "=", schedule.id)]
        )
        self.assertEqual(
            {run.user_id: run.state for run in runs},
            {self.boss: "failed", self.keeper: "refused"},
        )
        self.assertEqual(
            {run.user_id: run.reason for run in runs},
            {
                self.boss: "There is no mail address.",
                self.keeper: "The login is archived.",
            },
        )
        self.assertFalse(self.mails())

    def test_the_form_names_archived_logins(self):
        schedule = self.schedule()
        self.assertFalse(schedule.archived_receivers)
        self.keeper.active = False
        with Form(schedule) as form:
            self.assertEqual(form.archived_receivers, self.keeper.name)
            self.assertEqual(form.receiver_ids.ids, self.boss.ids)
            form.name = "Saved without them"
        # They get it again when the login is back: saving the form took nobody off.
        self.assertEqual(schedule.archived_receivers, self.keeper.name)
        self.keeper.active = True
        self.assertFalse(schedule.archived_receivers)
        self.assertEqual(schedule.receiver_ids, self.boss + self.keeper)

    def test_archived_logins_are_taken_off(self):
        schedule = self.schedule()
        self.keeper.active = False
        receiver = self.new_user("Receiver")
        self.new_role({"reports": "view export"}, scope="all", user_ids=receiver)
        schedule.receiver_ids += receiver
        with self.assertRaises(AccessError):
            schedule.with_user(receiver).action_drop_archived()
        self.env.invalidate_all()
        schedule.action_drop_archived()
        self.env.invalidate_all()
        self.assertFalse(schedule.archived_receivers)
        self.keeper.active = True
        self.assertEqual(schedule.receiver_ids, self.boss + receiver)

    def test_nobody_is_left_to_send_it_to(self):
        schedule = self.schedule(receiver_ids=[Command.set(self.keeper.ids)])
        self.keeper.active = False
        with self.assertRaisesRegex(UserError, "nobody"):
            schedule.action_send_now()
        self.run_at("2026-03-20 09:01:00")
        self.assertEqual(self.outcomes(schedule), {self.keeper: "refused"})

    def test_nothing_to_report(self):
        nothing = {"domain": "[('employee_number', '=', 'nobody')]"}
        told = self.schedule(**nothing)
        skipped = self.schedule(**nothing, empty="skip", name="Skipped")
        self.run_at("2026-03-20 09:01:00")
        self.assertEqual(set(self.outcomes(told).values()), {"told"})
        self.assertEqual(set(self.outcomes(skipped).values()), {"skipped"})
        self.assertEqual(len(self.mails()), 2)
        self.assertFalse(self.mails().attachment_ids)
        self.assertIn("nothing to report", self.mails()[0].body_html)

    def test_a_large_file_is_sent_as_a_link(self):
        schedule = self.schedule(receiver_ids=[Command.set(self.boss.ids)])
        with patch.object(sending, "MAIL_BYTES", 10):
            self.run_at("2026-03-20 09:01:00")
        self.assertEqual(self.outcomes(schedule), {self.boss: "linked"})
        self.assertFalse(self.mails().attachment_ids)
        exports = self.env["attendance.report.export"].with_user(self.boss)
        self.assertEqual(exports.search([]).state, "done")

    def test_a_receiver_takes_oneself_off(self):
        schedule = self.schedule()
        mine = schedule.with_user(self.keeper)
        self.assertTrue(mine.is_receiver)
        with self.assertRaises(AccessError):
            mine.write({"receiver_ids": [Command.clear()]})
        mine.action_leave()
        self.assertEqual(schedule.receiver_ids, self.boss)
        # From then on it is nothing to them.
        self.assertFalse(mine.search([]))
        with self.assertRaises(AccessError):
            mine.action_leave()

    def test_rights(self):
        schedule = self.schedule(receiver_ids=[Command.set(self.boss.ids)])
        looks = self.new_user("looks")
        self.new_role({"reports": "view export"}, scope="all", user_ids=looks)
        edits = self.new_user("edits")
        self.new_role({"reports": "edit export"}, scope="self", user_ids=edits)
        for user in (looks, edits, self.keeper):
            theirs = schedule.with_user(user)
            self.assertFalse(theirs.search([]), user.login)
            for act in (
                lambda s=theirs: s.read(["domain"]),
                lambda s=theirs: s.write({"name": "x"}),
                theirs.unlink,
                theirs.action_send_now,
            ):
                with self.assertRaises(AccessError):
                    act()
        values = schedule.copy_data()[0]
        with self.assertRaises(AccessError):
            self.schedules.with_user(looks).create({**values, "user_id": looks.id})
        with self.assertRaises(AccessError):
            # Nobody makes one in another's name.
            self.schedules.with_user(edits).create({**values, "user_id": looks.id})
        made = self.schedules.with_user(edits).create({**values, "user_id": edits.id})
        made.name = "Mine"
        with self.assertRaises(AccessError):
            self.env["attendance.report.schedule.run"].with_user(edits).create(
                {"schedule_id": made.id, "user_id": edits.id, "due_at": "2026-03-20"}
            )

    def test_another_company_s_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.boss.company_ids += other
        schedule = self.schedules.with_context(allowed_company_ids=other.ids).create(
            {
                "name": "Theirs",
                "company_id": other.id,
                "report": "attendance.report.daily",
                "receiver_ids": [Command.set(self.boss.ids)],
            }
        )
        mine = self.schedules.with_context(allowed_company_ids=self.company.ids)
        self.assertNotIn(schedule, mine.search([]))
        with self.assertRaisesRegex(ValidationError, "keeper"):
            schedule.receiver_ids += self.keeper

    @mute_logger("odoo.sql_db")
    def test_nonsense_is_refused(self):
        for wrong in (
            {"report": "res.users"},
            {"domain": "[('nothing', '=', 1)]"},
            {"domain": "__import__('os')"},
            {"domain": "["},
            {"columns": [["nothing", ""]]},
            {"report": "attendance.report.monthly", "month_day": 40},
        ):
            with self.subTest(wrong), self.assertRaises(Exception) as caught:
                with self.env.cr.savepoint():
                    self.schedule(**wrong).flush_recordset()
            self.assertIn(
                type(caught.exception).__name__,
                ("ValidationError", "ValueError", "CheckViolation"),
            )

    def test_sent_now_and_in_the_form(self):
        with Form(self.schedules) as form:
            form.name = "Daily of the branch"
            form.report = "attendance.report.daily"
            form.span = "this_month"
            form.receiver_ids.add(self.boss)
        schedule = form.record
        self.assertEqual(schedule.user_id, self.boss)
        schedule.action_send_now()
        self.run_at("2026-03-20 08:01:00")
        self.assertEqual(self.outcomes(schedule), {self.boss: "sent"})
        schedule.receiver_ids = False
        with self.assertRaisesRegex(UserError, "nobody"):
            schedule.action_send_now()
