from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .period_common import PeriodCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-10 08:00:00")
class TestPeriodConfirmation(PeriodCommon):
    """People say whether their days are right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user("ann", employee=cls.person)
        cls.other = cls.new_employee("Bo", "1002")
        cls.rows = cls.env["attendance.period.confirmation"]

    def setUp(self):
        super().setUp()
        self.settle()
        self.recompute(*self.dates("2026-03-02", 3))
        self.recompute("2026-03-03", employee=self.other)
        self.period.action_ask()
        self.row = self.rows.search([("employee_id", "=", self.person.id)])
        self.mine = self.row.with_user(self.user)

    def test_everybody_with_days_is_asked_once(self):
        self.period.action_ask()
        rows = self.period.confirmation_ids
        self.assertEqual(rows.employee_id, self.person | self.other)
        self.assertEqual(
            (self.row.day_count, self.row.due_minutes, self.row.store_id),
            (3, 1620, self.store),
        )
        self.assertEqual(self.period.asked_count, 2)
        self.recompute("2026-03-05", employee=self.new_employee("New", "1003"))
        self.period.action_ask()
        self.assertEqual(self.period.asked_count, 3)

    def test_a_person_confirms(self):
        self.assertTrue(self.mine.may_decide)
        self.mine.action_confirm()
        self.assertEqual(self.row.state, "confirmed")
        self.assertEqual((self.row.decided_by, self.row.absent_minutes), ("ann", 1620))
        self.assertEqual(self.period.confirmed_percent, 50)
        self.assertEqual(self.mine.day_ids.mapped("due_minutes"), [540] * 3)

    def test_a_figure_that_changes_takes_the_word_back(self):
        self.mine.action_confirm()
        self.recompute(*self.dates("2026-03-02", 3))
        self.assertEqual(self.row.state, "confirmed")
        # An inner punch is shown nowhere and changes nothing.
        self.send("1001", "2026-03-03 08:30:00", "2026-03-03 17:30:00")
        self.recompute("2026-03-03")
        self.assertEqual(self.row.state, "asked")
        self.assertTrue(self.row.withdrawn_at)
        self.mine.action_confirm()
        self.assertEqual(self.row.worked_minutes, 540)
        self.send("1001", "2026-03-03 12:00:00")
        self.recompute("2026-03-03")
        self.assertEqual(self.row.state, "confirmed")

    def test_totals_are_those_of_the_days(self):
        """Who is asked sees below what the days come to, before and after the word."""
        for confirms in (False, True):
            if confirms:
                self.mine.action_confirm()
            with self.subTest(confirms=confirms):
                day = "2026-03-03" if confirms else "2026-03-02"
                self.send("1001", f"{day} 08:30:00", f"{day} 17:30:00")
                self.recompute(day)
                totals = (self.row.worked_minutes, self.row.absent_minutes)
                days = self.mine.day_ids
                self.assertEqual(
                    totals, (sum(days.mapped("worked_minutes")), 1620 - totals[0])
                )
        self.assertEqual((self.row.worked_minutes, self.row.state), (1080, "asked"))

    def test_days_that_go_are_in_no_total(self):
        self.person.leave_date = "2026-03-01"
        self.recompute(*self.dates("2026-03-02", 3))
        self.assertEqual((self.row.day_count, self.row.due_minutes), (0, 0))

    def test_a_page_that_was_left_open_confirms_nothing_else(self):
        seen = self.row.fingerprint
        self.send("1001", "2026-03-03 08:30:00", "2026-03-03 17:30:00")
        self.recompute("2026-03-03")
        old, new = (
            self.mine.with_context(attendance_seen_print=text)
            for text in (seen, self.row.fingerprint)
        )
        action = old.action_confirm()
        self.assertEqual(
            (self.row.state, action["params"]["type"]), ("asked", "warning")
        )
        self.assertIn("look again", action["params"]["message"])
        self.assertIs(new.action_confirm(), True)
        self.assertEqual(self.row.state, "confirmed")

    def test_who_was_not_asked_is_told_of_before_closing(self):
        """Each line counts what its list shows."""
        late = self.new_employee("Late", "1009")
        self.recompute("2026-03-04", "2026-03-05", employee=late)
        self.mine.action_confirm()
        found = {f.code: f for f in self.period._findings()}
        wanted = {"unconfirmed": self.other, "unasked": late}
        for code, people in wanted.items():
            with self.subTest(code):
                action = found[code].action
                rows = self.env[action["res_model"]].search(action["domain"])
                self.assertEqual((found[code].count, rows.employee_id), (1, people))
                self.assertFalse(found[code].is_blocking)

    def test_a_new_day_takes_it_back_too(self):
        self.mine.action_confirm()
        self.recompute("2026-03-05")
        self.assertEqual(self.row.state, "asked")

    def test_lines_that_come_and_go_take_it_back_too(self):
        """What a period takes for earlier dates is on the page as well."""
        earlier = self.new_period("2026-02-01", "2026-02-28")
        day = "2026-02-10"
        self.roster(self.person, self.day_shift, day)
        self.recompute(day)
        self.close(earlier)
        self.mine.action_confirm()
        self.send("1001", f"{day} 08:30:00", f"{day} 17:30:00")
        self.recompute(day)
        self.assertEqual(self.row.adjustment_ids.period_id, self.period)
        self.assertEqual(self.row.state, "asked")
        self.assertTrue(self.row.withdrawn_at)
        self.mine.action_confirm()
        self.recompute(day, *self.dates("2026-03-02", 3))
        self.assertEqual(self.row.state, "confirmed")
        earlier._reopen("for the test")
        self.assertFalse(self.row.adjustment_ids)
        self.assertEqual(self.row.state, "asked")
        bo = self.rows.search([("employee_id", "=", self.other.id)])
        self.assertFalse(bo.withdrawn_at)

    def test_another_month_does_not(self):
        self.mine.action_confirm()
        self.recompute("2026-04-01")
        self.assertEqual(self.row.state, "confirmed")

    def test_a_closed_period_keeps_its_words(self):
        self.mine.action_confirm()
        self.close()
        self.send("1001", "2026-03-03 08:30:00", "2026-03-03 17:30:00")
        self.recompute("2026-03-03")
        self.assertEqual(self.row.state, "confirmed")

    def test_an_objection(self):
        page = self.env["attendance.period.objection"].with_user(self.user)
        page = page.create({"confirmation_id": self.row.id, "objection": "No!"})
        page.action_object()
        self.assertEqual((self.row.state, self.row.objection), ("objected", "No!"))
        found = {f.code: f.count for f in self.period._findings()}
        self.assertEqual((found["objections"], found["unconfirmed"]), (1, 2))
        with self.assertRaisesRegex(UserError, "what is not right"):
            self.mine._object(" ")
        # It is put right: the person is asked again, and what was said stays.
        self.send("1001", "2026-03-03 08:30:00", "2026-03-03 17:30:00")
        self.recompute("2026-03-03")
        self.assertEqual((self.row.state, self.row.objection), ("asked", "No!"))
        self.mine.action_confirm()
        self.assertFalse(self.row.objection)

    def test_who_may_confirm_for_whom(self):
        keeper = self.new_user("keeper", "chain_attendance_base.group_store_manager")
        self.store.manager_id = self.other
        self.other.user_id = keeper
        clerk = self.new_user("clerk")
        self.new_role({"periods": "edit"}, scope="all", user_ids=clerk)
        theirs = self.period.confirmation_ids - self.row
        for user, row, may in (
            (self.user, self.row, True),
            (self.user, theirs, False),
            (keeper, self.row, False),
            (keeper, theirs, True),
            (clerk, self.row, True),
        ):
            with self.subTest((user.login, row.employee_id.name)):
                if may:
                    row.with_user(user).action_confirm()
                    self.assertEqual(row.decided_by, user.name)
                    continue
                with self.assertRaises(AccessError):
                    row.with_user(user).action_confirm()

    def test_not_asked_any_more(self):
        self.period.action_review()
        self.assertFalse(self.mine.may_decide)
        with self.assertRaisesRegex(UserError, "cannot be confirmed now"):
            self.mine.action_confirm()

    def test_nobody_writes_a_word_by_hand(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        for user in (self.user, boss):
            row = self.row.with_user(user)
            for attempt in (
                lambda row: row.write({"state": "confirmed"}),
                lambda row: row.unlink(),
                lambda row: row.copy(),
            ):
                with self.assertRaises(AccessError):
                    attempt(row)

    def test_reminding(self):
        with self.assertRaises(AccessError):
            self.mine.action_remind()
        self.period.action_remind()
        notes = self.env["mail.message"].search(
            [("partner_ids", "in", self.user.partner_id.ids)]
        )
        self.assertEqual(len(notes), 1)
        self.assertIn("My Month", notes.body)
        self.mine.action_confirm()
        self.period.action_remind()
        self.assertEqual(
            self.env["mail.message"].search_count(
                [("partner_ids", "in", self.user.partner_id.ids)]
            ),
            1,
        )

    def test_a_reminder_is_in_the_language_of_who_reads_it(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user.lang = "zh_CN"
        self.period.with_context(lang="en_US").action_remind()
        note = self.env["mail.message"].search(
            [("partner_ids", "in", self.user.partner_id.ids)]
        )
        self.assertIn("我的月考勤", note.body)
        self.assertNotIn("Your days", note.body)

    def test_my_month_opens_what_waits(self):
        action = self.rows.with_user(self.user).action_my_month()
        self.assertEqual(action["res_id"], self.row.id)
        nobody = self.new_user("nobody")
        action = self.rows.with_user(nobody).action_my_month()
        self.assertFalse(action.get("res_id"))
