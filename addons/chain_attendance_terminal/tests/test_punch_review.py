from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TerminalCommon

# The clock lost its battery: it counts from 1999 while it is March 2026.
LOST = ("1999-01-01 00:10:00", "1999-01-01 09:10:00")
RIGHT = ("2026-03-09 08:30:00", "2026-03-09 17:30:00")
QUIET = ("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPunchReview(TerminalCommon):
    """What a person decides about punches with a clock that was wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.new_employee("Ann", "1001")
        cls.far_store = cls.new_store("T2")
        cls.far = cls.new_terminal("2", "TESTSN0002", store_id=cls.far_store.id)
        cls.send("1001", *LOST)
        cls.lost = cls.punches()

    def wizard(self, punches, user=None, **values):
        model = self.env["attendance.punch.decide"]
        if user:
            model = model.with_user(user)
        model = model.with_context(default_punch_ids=punches.ids)
        return model.create(values)

    def shift(self, punches, user=None, right="2026-03-09 00:30:00", **values):
        """Say that the first punch was made at ``right``, in UTC."""
        wizard = self.wizard(punches, user, **values)
        wizard.shown_at = "1998-12-31 16:10:00"
        wizard.right_at = right
        return wizard.action_apply()

    def dismiss(self, punches, user=None):
        wizard = self.wizard(punches, user, decision="dismissed", reason="A test")
        return wizard.action_apply()

    def counted(self):
        """The times that computing would see."""
        self.env.invalidate_all()
        return self.punches(quarantine=False).mapped("wall_time")

    def states(self):
        self.env.invalidate_all()
        return [(p.quarantine, p.review_state) for p in self.lost]

    def keeper(self, functions):
        user = self.new_user("keeper")
        self.store.timekeeper_ids = user
        self.new_role(functions, scope="own_stores", user_ids=user)
        return user

    def test_a_wrong_clock_is_put_right_by_a_difference(self):
        before = self.lost.read(["wall_time", "punched_at", "raw_line", "quarantine"])
        self.shift(self.lost)
        self.assertEqual(self.counted(), list(RIGHT))
        corrected = self.punches(source="clock")
        self.assertEqual(corrected.mapped("wall_time"), list(RIGHT))
        self.assertEqual(str(corrected[0].punched_at), "2026-03-09 00:30:00")
        self.assertEqual(corrected.employee_id, self.person)
        self.assertEqual(
            self.lost.read(["wall_time", "punched_at", "raw_line", "quarantine"]),
            before,
        )
        self.assertEqual(self.states(), [("past", "shifted")] * 2)
        reviews = self.env["attendance.punch.review"].search(
            [("punch_id", "in", self.lost.ids)]
        )
        self.assertEqual(reviews.corrected_id, corrected)
        self.assertEqual(
            {r.wall_time: r.corrected_wall_time for r in reviews},
            dict(zip(LOST, RIGHT, strict=True)),
        )

    def test_the_difference_is_proposed_from_the_soonest_and_shown_beforehand(self):
        self.env.cr.execute(
            "UPDATE attendance_punch SET received_at = CASE WHEN id = %s"
            " THEN '2026-03-09 09:30:03'::timestamp ELSE '2026-03-09 12:00:00' END"
            " WHERE id = ANY(%s)",
            [self.lost[1].id, self.lost.ids],
        )
        self.env.invalidate_all()
        wizard = self.wizard(self.lost)
        self.assertEqual(
            wizard.summary,
            "2 punches: the first, 1999-01-01 00:10:00, will count at 2026-03-09 "
            "08:30:03; the last, 1999-01-01 09:10:00, at 2026-03-09 17:30:03.",
        )

        self.assertEqual(
            self.wizard(self.lost[1]).summary,
            "The punch of 1999-01-01 09:10:00 will count at 2026-03-09 17:30:03.",
        )

    def test_a_corrected_punch_is_no_other_one_on_the_terminal(self):
        now = fields.Datetime.now()
        self.assertEqual(self.terminal._health_set_aside(now)[self.terminal.id][0], 2)
        self.shift(self.lost)
        self.assertEqual(len(self.punches(source="clock")), 2)
        self.env.invalidate_all()
        self.assertEqual(self.terminal.punches_here, 2)
        self.assertFalse(self.terminal._health_set_aside(now))
        clearing = self.env["attendance.terminal.clearing"].new(
            {"terminal_id": self.terminal.id}
        )
        self.assertEqual(clearing._stored_count(), 2)

    def test_a_difference_is_one_of_digits_whatever_the_login_s_zone(self):
        self.env.user.tz = "Europe/Berlin"  # winter in 1999, summer time in July
        with freeze_time("2026-07-10 10:00:00"):
            wizard = self.wizard(self.lost)
            wizard.shown_at = "1998-12-31 23:10:00"
            wizard.right_at = "2026-07-09 06:30:00"
            wizard.action_apply()
        self.assertEqual(self.counted(), ["2026-07-09 08:30:00", "2026-07-09 17:30:00"])

    def test_a_clock_that_was_right_after_all(self):
        self.terminal.commissioned_on = "2026-03-05"
        self.send("1001", "2026-03-04 08:30:00")
        early = self.punches(wall_time="2026-03-04 08:30:00")
        self.assertEqual(early.quarantine, "past")
        self.wizard(early, decision="kept").action_apply()
        self.assertEqual(self.counted(), ["2026-03-04 08:30:00"])
        self.assertEqual(early.review_state, "kept")
        self.send("1001", "2026-03-04 08:30:00")
        self.assertEqual(len(self.counted()), 1, "sent again")
        early.action_withdraw_review()
        self.assertEqual((early.quarantine, early.review_state), ("past", "waiting"))
        self.assertFalse(self.counted())

    def test_dismissed_and_taken_back(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self.wizard(self.lost, decision="dismissed").action_apply()
        self.dismiss(self.lost)
        self.assertEqual(self.states(), [("past", "dismissed")] * 2)
        self.assertFalse(self.counted())
        self.lost.action_withdraw_review()
        self.assertEqual(self.states(), [("past", "waiting")] * 2)
        with self.assertRaisesRegex(UserError, "Nothing was decided"):
            self.lost.action_withdraw_review()
        self.shift(self.lost)
        self.assertEqual(self.counted(), list(RIGHT))

    def test_nothing_is_decided_about_twice(self):
        self.shift(self.lost[0])
        with self.assertRaisesRegex(UserError, "1 of the 2"):
            self.lost.action_review()
        with self.assertRaisesRegex(UserError, "1 of the 1"):
            self.dismiss(self.lost[0])
        with self.assertRaisesRegex(UserError, "1 of the 1"):
            self.punches(source="clock").action_review()
        self.assertEqual(self.counted(), [RIGHT[0]])

    def test_a_correction_that_was_taken_back_counts_no_more(self):
        self.shift(self.lost)
        self.lost[0].action_withdraw_review()
        self.assertEqual(self.counted(), [RIGHT[1]])
        voided = self.punches(quarantine="withdrawn")
        self.assertEqual(voided.wall_time, RIGHT[0])
        self.shift(self.lost[0])
        self.assertEqual(self.counted(), list(RIGHT))
        self.assertEqual(len(self.punches(source="clock")), 2)

    def test_a_second_that_is_there_already_counts_once(self):
        self.send("1001", RIGHT[0])
        notice = self.shift(self.lost)
        self.assertIn("1 of 2", notice["params"]["message"])
        self.assertEqual(self.counted(), list(RIGHT))
        self.lost.action_withdraw_review()
        # What the terminal sent itself stays.
        self.assertEqual(self.counted(), [RIGHT[0]])

    def test_a_difference_that_does_not_help_is_refused(self):
        for right in ("2026-03-11 00:30:00", "1999-12-31 00:00:00"):
            with self.assertRaises(UserError) as caught:
                self.shift(self.lost, right=right)
            self.assertIn("still be wrong", str(caught.exception))
        with self.assertRaisesRegex(UserError, "differ"):
            self.shift(self.lost, right="1998-12-31 16:10:00")
        self.send("1001", *LOST, terminal=self.far)
        both = self.env["attendance.punch"].search(
            [("terminal_id", "in", (self.terminal | self.far).ids)]
        )
        with self.assertRaisesRegex(UserError, "one terminal"):
            self.shift(both)
        self.assertFalse(self.counted())

    def test_many_at_a_time_have_a_limit(self):
        path = "odoo.addons.chain_attendance_terminal.wizards.attendance_punch_decide"
        with patch(f"{path}.REVIEW_LIMIT", 1):
            with self.assertRaisesRegex(UserError, "At most 1"):
                self.wizard(self.lost)

    def test_decided_and_corrected_punches_are_found_after_the_archive_took_others(
        self,
    ):
        self.person.version_id.date_version = "2020-01-01"
        self.send("1001", "2024-01-02 08:30:00")
        self.shift(self.lost, right="2024-01-01 00:30:00")
        self.company.attendance_punch_months = 12
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            self.env["attendance.punch.archive"]._cron_archive()
        self.assertEqual(self.counted(), ["2024-01-01 08:30:00", "2024-01-01 17:30:00"])
        self.assertEqual(self.send("1001", "2024-01-01 08:30:00"), 0)
        self.lost.action_withdraw_review()
        self.assertFalse(self.counted())

    def test_the_list_asks_by_what_was_decided(self):
        self.dismiss(self.lost[0])
        punches = self.env["attendance.punch"]
        mine = [("terminal_id", "=", self.terminal.id)]
        for state, expected in (
            ("waiting", self.lost[1]),
            ("dismissed", self.lost[0]),
            ("shifted", punches),
        ):
            found = punches.search([*mine, ("review_state", "=", state)])
            self.assertEqual(found, expected)

    @mute_logger(*QUIET)
    def test_a_store_s_keeper_decides_about_the_own_store_s_only(self):
        self.send("2002", LOST[0], terminal=self.far)
        far = self.env["attendance.punch"].search([("terminal_id", "=", self.far.id)])
        user = self.keeper({"reports": "view", "terminals": "view edit"})
        for decide in (self.shift, self.dismiss):
            with self.assertRaises(AccessError):
                decide(far, user)
            with self.assertRaises(AccessError):
                decide(far | self.lost, user)
        self.shift(self.lost, user)
        self.assertEqual(self.counted(), list(RIGHT))
        self.dismiss(far)
        reviews = self.env["attendance.punch.review"].with_user(user)
        self.assertEqual(reviews.search([]).sudo().punch_id, self.lost)
        of_far = reviews.sudo().search([("punch_id", "=", far.id)]).with_user(user)
        for take_back in (
            of_far.action_withdraw,
            far.with_user(user).action_withdraw_review,
        ):
            with self.assertRaises(AccessError):
                take_back()
        reviews.search([]).action_withdraw()
        self.assertFalse(self.counted())

    @mute_logger(*QUIET)
    def test_looking_is_not_deciding(self):
        user = self.keeper({"reports": "view", "terminals": "view"})
        self.dismiss(self.lost[0])
        mine = self.lost.with_user(user)
        reviews = self.env["attendance.punch.review"].with_user(user)
        self.assertEqual(mine[0].review_state, "dismissed")
        for attempt in (
            lambda: self.wizard(self.lost[1], user),
            mine[1].action_review,
            mine[0].action_withdraw_review,
            lambda: reviews.search([]).action_withdraw(),
            lambda: reviews._decide(mine[1], "dismissed"),
            lambda: reviews.create({"punch_id": mine[1].id, "decision": "kept"}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    @mute_logger(*QUIET)
    def test_seeing_one_s_own_punches_is_not_seeing_others(self):
        """Who keeps the terminal judges the punches that another role lets one see."""
        user = self.keeper({"terminals": "view edit"})
        self.person.user_id = user
        self.new_role({"reports": "view"}, user_ids=user)
        self.send("2002", LOST[0])
        both = self.punches(wall_time=LOST[0])
        with self.assertRaises(AccessError):
            self.dismiss(both, user)
        self.dismiss(self.lost, user)

    @mute_logger(*QUIET)
    def test_another_company_s_punches_are_not_touched(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = self.new_user("boss")
        self.new_role(
            {"reports": "view", "terminals": "view edit"}, scope="all", user_ids=user
        )
        self.env.flush_all()
        self.cr.execute(
            "UPDATE attendance_punch SET company_id = %s WHERE id = ANY(%s)",
            [other.id, self.lost.ids],
        )
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.dismiss(self.lost, user)
