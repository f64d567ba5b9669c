"""The last date of a form goes with the first, as long as it was not chosen itself."""

from odoo.tests import Form, freeze_time, tagged

from .common import RequestCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceSpan(RequestCommon):
    def forms(self):
        requests = self.requests.with_context(default_employee_id=self.person.id)
        yield Form(requests.with_context(default_kind="trip"))
        yield Form(requests.with_context(default_kind="outing"))
        yield Form(self.env["attendance.leave.filing"])
        batches = self.env["attendance.request.batch"]
        yield Form(batches.with_context(default_kind="trip"))

    def check(self, form, first, last):
        self.assertEqual((str(form.date_from), str(form.date_to)), (first, last))

    def test_one_date_stays_one_date(self):
        for form in self.forms():
            with self.subTest(form=form._record._name):
                for day in ("2026-07-06", "2026-07-08", "2026-06-30", "2026-08-03"):
                    form.date_from = day
                    self.check(form, day, day)

    def test_what_was_chosen_stays(self):
        for form in self.forms():
            with self.subTest(form=form._record._name):
                form.date_from = "2026-07-06"
                form.date_to = "2026-07-10"
                form.date_from = "2026-07-02"
                self.check(form, "2026-07-02", "2026-07-10")
                form.date_from = "2026-07-13"
                self.check(form, "2026-07-13", "2026-07-13")

    def test_overtime_over_midnight(self):
        for day, after in (("2026-07-06", "2026-07-07"), ("2026-07-05", "2026-07-06")):
            # The times first, and the date after them.
            form = Form(self.requests.with_context(default_kind="overtime"))
            form.employee_id = self.person
            form.start_time, form.stop_time = 23, 1.5
            form.date_from = day
            self.assertEqual(str(form.save().date_to), after)

    def test_a_span_that_is_said_is_kept(self):
        trip = self.file("trip", "2026-07-06", date_to="2026-07-20", is_by_days=True)
        self.assertEqual(str(trip.date_to), "2026-07-20")
        trip.date_from = "2026-07-08"
        self.assertEqual(str(trip.date_to), "2026-07-20")
