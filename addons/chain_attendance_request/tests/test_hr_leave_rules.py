"""The rules of leave types, each from both sides."""

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import LeaveCommon

# A Monday; leave is filed on it.
TODAY, TOMORROW = "2026-07-06", "2026-07-07"
DAY_AFTER = "2026-07-08"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-06 04:00:00")
class TestHrLeaveRules(LeaveCommon):
    def rule(self, leave_type=None, **values):
        (leave_type or self.by_day).write(values)

    def refused(self, words, *args, **values):
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self.take(*args, **values)

    def test_minimum_in_days(self):
        self.rule(least_amount=2)
        self.refused(
            "“Leave by day” of Ann does not keep to “Minimum”: at least 2 d are taken;"
            " this leave has 1 d",
            self.by_day, TODAY,
        )  # fmt: skip
        self.take(self.by_day, TODAY, TOMORROW)

    def test_minimum_in_hours(self):
        self.rule(self.by_hour, least_amount=2)
        self.refused(
            "at least 2 h are taken; this leave has 1.5 h",
            self.by_hour, TODAY, start=9, stop=10.5,
        )  # fmt: skip
        self.take(self.by_hour, TODAY, start=9, stop=11)

    def test_step(self):
        self.rule(self.by_hour, amount_step=0.5)
        self.refused(
            "“In Steps Of”: it is taken in multiples of 0.5 h; this leave has 1.25 h",
            self.by_hour, TODAY, start=9, stop=10.25,
        )  # fmt: skip
        self.take(self.by_hour, TODAY, start=9, stop=10.5)

    def test_the_typed_amount_is_judged(self):
        self.rule(amount_step=0.5)
        self.refused("this leave has 0.7 d", self.by_day, TODAY, typed_days=0.7)
        leave = self.take(self.by_day, TODAY, typed_days=0.5)
        leave.state = "confirm"
        with self.assertRaisesRegex(ValidationError, "this leave has 0.8 d"):
            leave.typed_days = 0.8

    def test_notice(self):
        self.rule(advance_days=2)
        self.refused(
            "“Days of Notice”: it is filed at least 2 days ahead; this leave begins on"
            " 07/07/2026",
            self.by_day, TOMORROW,
        )  # fmt: skip
        self.take(self.by_day, DAY_AFTER)

    def test_filing_afterwards(self):
        self.take(self.by_day, "2026-06-15")
        self.rule(is_retroactive_limited=True, retroactive_days=3)
        self.refused(
            "“Days Afterwards”: it is filed at most 3 days afterwards; this leave "
            "began on 07/02/2026",
            self.by_day, "2026-07-02",
        )  # fmt: skip
        self.take(self.by_day, "2026-07-03")

    def test_attachment(self):
        self.rule(attachment_from_days=2)
        self.take(self.by_day, TODAY)
        self.refused(
            "from 2 days on it comes with an attachment; this leave has 3 days",
            self.by_day, TOMORROW, "2026-07-09",
        )  # fmt: skip
        file = self.env["ir.attachment"].create(
            {"name": "note.txt", "raw": b"x", "res_model": "hr.leave"}
        )
        self.take(
            self.by_day,
            TOMORROW,
            "2026-07-09",
            supported_attachment_ids=[Command.link(file.id)],
        )

    def test_sex(self):
        self.rule(allowed_sex="female")
        self.person.sex = "male"
        self.refused("“Open To”: Women only", self.by_day, TODAY)
        self.person.sex = "female"
        self.take(self.by_day, TODAY)

    def test_seniority(self):
        self.rule(seniority_months=12)
        self.take(self.by_day, TODAY)
        self.person.hire_date = "2025-07-08"
        self.refused(
            "needs 12 months of service, which are complete on 07/08/2026",
            self.by_day, TOMORROW,
        )  # fmt: skip
        self.take(self.by_day, DAY_AFTER)

    def test_a_change_of_state_is_not_judged_anew(self):
        leave = self.take(self.by_day, TODAY)
        self.rule(least_amount=5)
        leave.action_refuse()
        self.assertEqual(leave.state, "refuse")

    def test_a_leave_that_is_split_stays(self):
        leave = self.take(self.by_day, TODAY, "2026-07-10")
        self.rule(least_amount=5)
        first, last = (leave.request_date_from.replace(day=n) for n in (8, 9))
        other = leave._split_leaves(first, last)
        self.assertEqual((leave | other).mapped("number_of_days"), [2, 2])

    def test_rules_have_bounds(self):
        for words, values in {
            "“In Steps Of”.*between 0 and 366; it is -1": {"amount_step": -1},
            "“Months of Service”.*600; it is 601": {"seniority_months": 601},
        }.items():
            with (
                self.subTest(words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.rule(**values)
