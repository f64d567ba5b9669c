from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestCodeClaim(DayCommon):
    def test_a_code_that_is_given_to_a_person_marks_and_makes_the_days(self):
        self.roster(self.person, self.day_shift, "2026-03-02")
        self.send("501", "2026-03-05 08:30:00", "2026-03-05 17:30:00")
        self.clear_queue()
        absent = self.figures("2026-03-05")[0][4]
        self.assertEqual(absent, 540)
        row = self.env["attendance.code.unknown"].search(
            [("code_key", "=", "501"), ("company_id", "=", self.company.id)]
        )
        wizard = self.env["attendance.code.claim"].with_context(
            default_unknown_id=row.id
        )
        wizard = wizard.create({"employee_id": self.person.id})
        self.assertEqual(str(wizard.date_from), "2026-03-05")
        wizard.action_apply()
        self.assertEqual(self.queued(), ["2026-03-04", "2026-03-05", "2026-03-06"])
        self.assertEqual(self.figures("2026-03-05")[0][4], 0)
