from odoo.tests import freeze_time, tagged

from ..models.attendance_request_recognised import share_out
from .common import RequestCommon

MONDAY = "2026-07-06"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestRecognised(RequestCommon):
    """Claimed against recognised, on the form."""

    def worked(self, start, stop):
        for time in (start, stop):
            self.file("correction", MONDAY, time)

    def judged(self, *forms):
        """Compute the day as the queue does, and read the forms."""
        row = self.compute(MONDAY)
        self.clear_queue()
        self.requests.browse([form.id for form in forms]).invalidate_recordset()
        return row, [form.recognised for form in forms]

    def test_sharing_out(self):
        for minutes, claims, shares in (
            (180, [210], [180]),
            (240, [210], [210]),
            (200, [120, 120], [120, 80]),
            (0, [60, 60], [0, 0]),
            (90, [], []),
        ):
            with self.subTest(minutes=minutes, claims=claims):
                self.assertEqual(share_out(minutes, claims), shares)

    def test_the_manuals_evening(self):
        """Case F2: claimed 3.5 h, recognised 3 h."""
        self.worked("08:30", "20:40")
        form = self.file("overtime", MONDAY, "17:00", "20:30")
        _row, said = self.judged(form)
        self.assertEqual((form.amount, said), ("3.5 h", ["3 h"]))
        self.assertEqual(form.recognised_minutes, 180)

    def test_in_progress_until_it_is_computed(self):
        form = self.file("overtime", MONDAY, "18:00", "20:00")
        self.assertFalse(form.recognised)
        self.judged(form)
        self.worked("08:30", "20:40")
        form.invalidate_recordset()
        self.assertEqual(form.recognised, "In progress")
        self.assertEqual(self.judged(form)[1], ["2 h"])

    def test_nobody_was_there(self):
        form = self.file("overtime", MONDAY, "18:00", "20:00")
        self.assertEqual(self.judged(form)[1], ["0 h"])

    def test_two_forms_share_a_day(self):
        self.worked("08:30", "20:40")
        late = self.file("overtime", MONDAY, "19:30", "21:00")
        early = self.file("overtime", MONDAY, "17:30", "19:30")
        row, said = self.judged(late, early)
        self.assertEqual(row.overtime_workday_minutes, 180)
        self.assertEqual(said, ["1.5 h", "1.5 h"])

    def test_what_does_not_count_has_no_figure(self):
        self.worked("08:30", "20:40")
        form = self.file("overtime", MONDAY, "18:00", "20:00")
        form.action_cancel()
        draft = self.file("overtime", MONDAY, "18:00", "20:00", state="draft")
        waiting = self.file("overtime", MONDAY, "18:00", "20:00")
        waiting.needs_approval = True
        self.assertEqual(self.judged(form, draft, waiting)[1], [False] * 3)
        waiting.state = "approved"
        self.assertEqual(self.judged(waiting)[1], ["2 h"])

    def test_an_employee_sees_the_own_figure(self):
        self.worked("08:30", "20:40")
        form = self.file("overtime", MONDAY, "18:00", "20:00")
        self.judged(form)
        user = self.new_user("ann", employee=self.person)
        self.assertEqual(form.with_user(user).recognised, "2 h")
