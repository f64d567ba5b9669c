from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendancePolicy(AttendanceCommon):
    def test_every_company_has_one(self):
        self.assertTrue(self.company.attendance_policy_id)
        self.assertEqual(self.company.attendance_policy_id.company_id, self.company)

    def test_lengths_have_bounds(self):
        policy = self.company.attendance_policy_id
        for name, good, bad in (
            ("grace_late_minutes", 1440, 1441),
            ("window_in_minutes", 0, -1),
            ("duplicate_seconds", 86400, 86401),
        ):
            with self.subTest(name):
                policy[name] = good
                with self.assertRaises(ValidationError) as caught:
                    policy[name] = bad
                self.assertIn(str(bad), str(caught.exception))
