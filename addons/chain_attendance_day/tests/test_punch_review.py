from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestPunchReview(DayCommon):
    def test_days_count_corrected_punches_once_and_never_those_set_aside(self):
        self.person.version_id.date_version = "1990-01-01"
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.send("1001", "1999-01-01 00:10:00", "1999-01-01 09:10:00")
        self.clear_queue()
        self.assertEqual(self.figures("2026-03-05")[0], (540, 0, 0, 0, 540))
        lost = self.punches()
        wizard = self.env["attendance.punch.decide"].with_context(
            default_punch_ids=lost.ids
        )
        wizard = wizard.create(
            {"shown_at": "1998-12-31 16:10:00", "right_at": "2026-03-05 00:30:00"}
        )
        wizard.action_apply()
        around = ["2026-03-04", "2026-03-05", "2026-03-06"]
        self.assertEqual(self.queued(), around)
        self.assertEqual(self.figures("2026-03-05")[0], (540, 540, 0, 0, 0))
        self.assertFalse(self.figures("1999-01-01")[0][1])
        self.clear_queue()
        lost.action_withdraw_review()
        self.assertEqual(self.queued(), around)
        self.assertEqual(self.figures("2026-03-05")[0], (540, 0, 0, 0, 540))
