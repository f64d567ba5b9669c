from ast import literal_eval

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common import RequestCommon

MONDAY = "2026-07-06"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestOffer(RequestCommon):
    """A correction from a day on which a punch is missing."""

    def missing(self, user=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_request.attendance_day_action_missing"
        )
        days = self.env["attendance.day"]
        return (days.with_user(user) if user else days).search(
            [*literal_eval(action["domain"]), ("company_id", "=", self.company.id)]
        )

    def punched(self, *times, employee=None):
        for time in times:
            self.file(
                "correction", time[:10], time[11:],
                employee_id=(employee or self.person).id,
            )  # fmt: skip

    def test_days_with_a_missing_punch_are_listed(self):
        self.punched("2026-07-06 08:25", "2026-07-07 17:35")
        self.compute("2026-07-06", "2026-07-07", "2026-07-08")
        out_missing, in_missing = self.missing().sorted("work_date")
        self.assertEqual(str(out_missing.work_date), MONDAY)
        self.assertEqual(
            (out_missing.is_in_missing, out_missing.is_out_missing), (False, True)
        )
        self.assertTrue(in_missing.is_in_missing)
        self.assertEqual(out_missing.correction_text, "07/06/2026 08:25")

    def test_the_form_is_filled_in_and_the_day_is_whole_then(self):
        self.punched("2026-07-06 08:25")
        day = self.compute(MONDAY)
        action = day.action_correct_out()
        form = Form(self.requests.with_context(**action["context"])).save()
        self.assertEqual(form.employee_id, self.person)
        self.assertEqual((form.kind, form.direction), ("correction", "out"))
        self.assertEqual(form._when(), "07/06/2026 17:30")
        self.assertEqual(self.figures(MONDAY), [(540, 540, 0, 0, 0)])
        self.assertFalse(self.missing())

    def test_the_end_of_a_night_is_on_the_next_date(self):
        bob = self.new_employee("Bob", "1002")
        self.roster(bob, self.night_shift, "2026-06-01")
        self.punched("2026-07-06 21:55", employee=bob)
        day = self.compute(MONDAY, employee=bob)
        context = day.action_correct_out()["context"]
        self.assertEqual(context["default_date_from"], "2026-07-07")
        self.assertEqual(context["default_start_minutes"], 360)
        context = day.action_correct_in()["context"]
        self.assertEqual(context["default_date_from"], MONDAY)
        self.assertEqual(context["default_start_minutes"], 1320)

    def test_only_of_the_last_31_days(self):
        self.punched("2026-06-19 08:25", "2026-06-18 08:25", "2026-06-20 08:25")
        self.compute("2026-06-18", "2026-06-19", "2026-06-20")
        found = self.missing().mapped("work_date")
        self.assertEqual([str(day) for day in found], ["2026-06-20", "2026-06-19"])

    def test_who_sees_them(self):
        self.punched("2026-07-06 08:25")
        self.compute(MONDAY)
        bob = self.new_user("bob", employee=self.new_employee("Bob", "1002"))
        self.assertFalse(self.missing(bob))
        day = self.missing()
        with self.assertRaises(AccessError):
            day.with_user(bob).action_correct_out()
        ann = self.new_user("ann", employee=self.person)
        self.assertEqual(self.missing(ann), day)
