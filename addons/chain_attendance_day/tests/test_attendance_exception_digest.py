from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .exception_common import STORE_MANAGER, ExceptionCommon

MONDAY = "2026-03-02"
LOGGER = "odoo.addons.chain_attendance_day.models.attendance_exception_digest"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-03 02:00:00")
class TestExceptionDigest(ExceptionCommon):
    """One message a day, within the reader's scope and in the reader's language."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.second = cls.new_store("T2")
        cls.bob = cls.new_employee("Bob", "1002", store_id=cls.second.id)
        cls.roster(cls.bob, cls.day_shift, MONDAY)
        cls.other = cls.new_terminal("2", "TESTSN0002", store_id=cls.second.id)
        # Whom other companies and demo data bring along.
        cls.env["res.users"].search([]).has_attendance_digest = False
        cls.first_boss = cls.boss(cls.store, "first", lang="en_US")
        cls.second_boss = cls.boss(cls.second, "second", lang="zh_CN")

    @classmethod
    def boss(cls, store, login, lang):
        employee = cls.new_employee(login)
        user = cls.new_user(login, STORE_MANAGER, employee=employee)
        user.write({"lang": lang, "email": f"{login}@example.com"})
        store.manager_id = employee
        return user

    def raise_one(self, code, day=MONDAY):
        employee = self.person if code == "1001" else self.bob
        terminal = self.terminal if code == "1001" else self.other
        self.send(code, f"{day} 08:30:00", terminal=terminal)
        self.compute(day, employee=employee)

    def send_digests(self):
        """``{login: (subject, body)}`` of the messages that were written."""
        known = self.env["mail.message"].search([])
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=60):
            self.exceptions._cron_digest()
        found = {}
        for message in self.env["mail.message"].search([]) - known:
            (partner,) = message.notified_partner_ids
            self.assertNotIn(partner.user_ids.login, found, "one each")
            found[partner.user_ids.login] = (message.subject, message.body)
        return found

    def test_each_reads_of_the_own_store_in_the_own_language(self):
        self.raise_one("1001")
        self.raise_one("1002")
        sent = self.send_digests()
        self.assertEqual(set(sent), {"first", "second"})
        subject, body = sent["first"]
        self.assertEqual(subject, "Attendance exceptions: 1 to do, 1 new")
        self.assertIn("Clock-out missing", body)
        self.assertIn("Warning", body)
        action = self.env.ref(
            "chain_attendance_day.attendance_exception_action_missing_out"
        )
        self.assertIn(f"/odoo/action-{action.id}", body)
        subject, body = sent["second"]
        self.assertEqual(subject, "考勤异常：1 项待处理，其中 1 项新增")
        self.assertIn("缺下班打卡", body)
        self.assertNotIn("Clock-out", body)

    def test_it_goes_out_as_mail_or_into_the_inbox(self):
        self.raise_one("1001")
        self.raise_one("1002")
        self.second_boss.notification_type = "inbox"
        self.send_digests()
        mails = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.first_boss.partner_id.ids)]
        )
        self.assertEqual(len(mails), 1)
        self.assertIn("Clock-out missing", mails.body_html)
        self.assertFalse(
            self.env["mail.mail"].search(
                [("recipient_ids", "in", self.second_boss.partner_id.ids)]
            )
        )
        inbox = self.env["mail.notification"].search(
            [("res_partner_id", "=", self.second_boss.partner_id.id)]
        )
        self.assertEqual(inbox.mapped("notification_type"), ["inbox"])

    def test_once_a_day_and_what_is_new(self):
        self.raise_one("1001")
        self.assertEqual(set(self.send_digests()), {"first"})
        self.assertEqual(self.send_digests(), {})
        with freeze_time("2026-03-03 22:00:00"):
            self.raise_one("1001", "2026-03-03")
            self.assertEqual(self.send_digests(), {}, "six in the morning")
        with freeze_time("2026-03-04 01:00:00"):
            ((subject, _body),) = self.send_digests().values()
        self.assertEqual(subject, "Attendance exceptions: 2 to do, 1 new")

    def test_nothing_open_is_no_message(self):
        self.raise_one("1001")
        self.row("missing_out").action_handle()
        self.assertEqual(self.send_digests(), {})
        self.assertTrue(self.first_boss.attendance_digest_at)

    def test_the_hour_of_the_company(self):
        self.raise_one("1001")
        self.company.attendance_digest_hour = 11
        self.assertEqual(self.send_digests(), {}, "it is ten")
        with freeze_time("2026-03-03 03:00:00"):
            self.assertEqual(set(self.send_digests()), {"first"})
        with self.assertRaises(ValidationError):
            self.company.attendance_digest_hour = 24

    def test_it_can_be_switched_off(self):
        self.raise_one("1001")
        self.company.has_attendance_digest = False
        self.assertEqual(self.send_digests(), {})
        self.company.has_attendance_digest = True
        first = self.first_boss.with_user(self.first_boss)
        first.has_attendance_digest = False
        self.assertEqual(self.send_digests(), {})
        first.has_attendance_digest = True
        self.assertEqual(set(self.send_digests()), {"first"})

    def test_who_decides_on_nobody_reads_nothing(self):
        self.raise_one("1001")
        self.new_role({"reports": "edit view"}, user_ids=self.new_user("self"))
        self.new_role(
            {"reports": "view"}, scope="all", user_ids=self.new_user("viewer")
        )
        self.new_role(
            {"reports": "edit view"}, scope="all", user_ids=self.new_user("officer")
        )
        self.assertEqual(set(self.send_digests()), {"first", "officer"})

    def test_what_is_open_for_long_is_not_told_for_ever(self):
        self.raise_one("1001")
        with freeze_time("2026-04-04 02:00:00"):
            self.assertEqual(self.send_digests(), {})
        with freeze_time("2026-04-02 02:00:00"):
            self.first_boss.attendance_digest_at = False
            self.assertEqual(set(self.send_digests()), {"first"})

    def test_one_who_cannot_be_written_to_keeps_it_from_nobody(self):
        self.raise_one("1001")
        self.raise_one("1002")
        model = type(self.exceptions)
        lines = model._digest_lines

        def broken(rows, now, since):
            if rows.env.user == self.first_boss:
                rows.env.cr.execute("SELECT 1 / 0")
            return lines(rows, now, since)

        with (
            patch.object(model, "_digest_lines", broken),
            mute_logger("odoo.sql_db"),
            self.assertLogs(LOGGER, "WARNING") as logs,
        ):
            self.assertEqual(set(self.send_digests()), {"second"})
        self.assertIn("first", logs.output[0])
        self.assertEqual(self.send_digests(), {})

    def test_codes_of_nobody_are_told_of_where_they_wait(self):
        self.raise_one("1001")
        self.send("7777", f"{MONDAY} 08:30:00")
        officer = self.new_user("officer", "chain_attendance_base.group_manager")
        officer.lang = "en_US"
        self.assertIn("nobody holds", self.send_digests()["officer"][1])
