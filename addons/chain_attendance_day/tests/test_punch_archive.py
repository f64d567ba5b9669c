from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestPunchArchive(DayCommon):
    def test_a_day_of_archived_punches_is_computed_as_before(self):
        self.person.version_id.date_version = "2024-01-01"
        self.roster(self.person, self.day_shift, "2025-02-03")
        self.send("1001", "2025-02-04 08:40:00", "2025-02-04 17:30:00")
        before = self.figures("2025-02-04")
        self.assertEqual(before[0][1:3], (530, 10))
        self.company.attendance_punch_months = 12
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            self.env["attendance.punch.archive"]._cron_archive()
        self.assertFalse(self.punches())
        self.assertEqual(self.figures("2025-02-04"), before)
