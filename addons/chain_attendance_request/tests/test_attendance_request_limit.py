from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import RequestCommon

MONDAY = "2026-07-06"
TODAY = "2026-07-20"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestLimit(RequestCommon):
    """What a company asks of requests, on both sides of each limit."""

    def limit(self, kind, **values):
        return self.env["attendance.request.limit"].create(
            {"kind": kind, "company_id": self.company.id, **values}
        )

    def refused(self, words, *args, **values):
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self.file(*args, **values)

    def test_deadline(self):
        self.limit("outing", has_deadline=True, deadline_days=3)
        self.refused(
            r"Outing of 07/16/2026.*at most 3 days.*“Days Afterwards”.*4 days ago",
            "outing", "2026-07-16", "10:00", "11:00",
        )  # fmt: skip
        self.file("outing", "2026-07-17", "10:00", "11:00")
        self.file("trip", "2026-07-10", is_by_days=True)

    def test_a_deadline_counts_from_the_last_date(self):
        self.limit("trip", has_deadline=True, deadline_days=0)
        self.file("trip", "2026-07-13", date_to=TODAY, is_by_days=True)
        self.refused(
            "at most 0 days",
            "trip", "2026-07-06", date_to="2026-07-12", is_by_days=True,
        )  # fmt: skip

    def test_a_deadline_is_that_of_the_place(self):
        self.limit("outing", has_deadline=True, deadline_days=0)
        with freeze_time("2026-07-20 15:59:00"):
            self.file("outing", TODAY, "10:00", "11:00")
        with freeze_time("2026-07-20 16:00:00"):
            self.refused("1 days ago", "outing", TODAY, "12:00", "13:00")

    def test_a_draft_may_wait_but_is_judged_when_it_is_filed(self):
        self.limit("outing", has_deadline=True, deadline_days=3)
        form = self.file("outing", "2026-07-17", "10:00", "11:00", state="draft")
        with freeze_time("2026-07-21 04:00:00"), self.assertRaises(ValidationError):
            form.action_submit()

    def test_what_was_filed_in_time_can_be_approved_later(self):
        self.limit("outing", has_deadline=True, deadline_days=3)
        form = self.file("outing", "2026-07-17", "10:00", "11:00")
        self.env.cr.execute(
            "UPDATE attendance_request SET create_date = %s WHERE id = %s",
            ["2026-07-20 04:00:00", form.id],
        )
        form.invalidate_recordset()
        with freeze_time("2026-07-30 04:00:00"):
            form.state = "approved"
        self.assertEqual(form.state, "approved")

    def test_notice_and_far_ahead(self):
        self.limit("trip", notice_days=2, ahead_days=30)
        self.refused("at least 2 days before", "trip", "2026-07-21", is_by_days=True)
        self.file("trip", "2026-07-22", is_by_days=True)
        self.refused(
            "at most 30 days ahead.*31 days ahead",
            "trip", "2026-08-20", is_by_days=True,
        )  # fmt: skip
        self.file("trip", "2026-08-19", is_by_days=True)

    def test_reason_and_evidence(self):
        self.limit("correction", is_reason_required=True, is_evidence_required=True)
        file = self.env["ir.attachment"].create(
            {"name": "Photo", "raw": b"1", "res_model": "attendance.request"}
        )
        both = {"reason": "Forgot", "evidence_ids": file.ids}
        self.refused("asks for evidence", "correction", MONDAY, reason="Forgot")
        self.refused(
            "asks for a reason", "correction", MONDAY, **both | {"reason": " "}
        )
        form = self.file("correction", MONDAY, "08:30", **both)
        self.assertEqual(file.res_id, form.id)
        with self.assertRaisesRegex(ValidationError, "reason"):
            form.reason = False

    def test_a_file_of_somebody_else_stays_theirs(self):
        user = self.new_user("ann", employee=self.person)
        file = self.env["ir.attachment"].create(
            {"name": "Photo", "raw": b"1", "res_model": "attendance.request"}
        )
        file.with_user(user).invalidate_recordset()
        form = self.file("correction", MONDAY, "08:30")
        form.with_user(self.env.user).evidence_ids = file
        self.assertEqual(file.res_id, form.id)
        other = self.file("correction", MONDAY, "09:30")
        other.evidence_ids = file
        self.assertEqual(file.res_id, form.id)

    def test_directions(self):
        self.limit("correction", allows_out=False)
        self.refused("Only “Clock-In”", "correction", MONDAY, direction="out")
        self.refused("Only “Clock-In”", "correction", MONDAY)
        self.file("correction", MONDAY, direction="in")

    def test_quota(self):
        self.limit("correction", monthly_quota=2)
        self.file("correction", "2026-07-01", "08:30")
        form = self.file("correction", "2026-07-31", "08:30")
        self.assertEqual(form.quota_text, "2 of 2 used in July 2026")
        self.refused(
            "Ann may have 2 punch corrections in July 2026.*number 3",
            "correction", MONDAY, "08:30",
        )  # fmt: skip
        self.file("correction", "2026-06-30", "08:30")
        self.file("correction", "2026-08-01", "08:30")
        form.action_cancel()
        self.file("correction", MONDAY, "08:30")

    def test_the_quota_of_others_is_their_own(self):
        self.limit("correction", monthly_quota=1)
        bob = self.new_employee("Bob", "1002")
        self.file("correction", MONDAY, "08:30")
        self.file("correction", MONDAY, "08:30", employee_id=bob.id)

    def test_length_of_overtime(self):
        self.limit("overtime", least_minutes=60, step_minutes=30)
        self.refused("from 60 minutes on; 59", "overtime", MONDAY, "18:00", "18:59")
        self.refused("steps of 30 minutes; 75", "overtime", MONDAY, "18:00", "19:15")
        self.file("overtime", MONDAY, "18:00", "19:00")
        self.file("overtime", "2026-07-07", "18:00", "19:15", typed_hours=1.5)

    def test_caps(self):
        for period, day, other, free in (
            ("day", MONDAY, MONDAY, "2026-07-07"),
            ("week", MONDAY, "2026-07-12", "2026-07-13"),
            ("month", "2026-07-01", "2026-07-31", "2026-06-30"),
        ):
            with self.subTest(period):
                self.env["attendance.request.limit"].search([]).unlink()
                self.requests.search([]).unlink()
                self.limit("overtime", is_cap_strict=True, **{f"{period}_cap_hours": 3})
                self.file("overtime", day, "18:00", "20:00")
                self.refused(
                    f"Ann has 3.02 h.*limit is 3 h a {period}",
                    "overtime", other, "21:00", "22:01",
                )  # fmt: skip
                self.file("overtime", other, "21:00", "22:00")
                self.file("overtime", free, "18:00", "21:00")

    def test_caps_that_only_warn(self):
        limit = self.limit("overtime", day_cap_hours=5)
        form = self.file("overtime", MONDAY, "18:00", "21:59")
        self.assertFalse(form.warning)
        form.stop_minutes = 22 * 60
        self.assertIn("4 h of overtime; the limit is 5 h a day", form.warning)
        limit.is_cap_strict = True
        form.stop_minutes = 23 * 60
        self.assertIn("5 h of overtime", form.warning)

    def test_figures_of_the_limits(self):
        for name, low, high in (
            ("deadline_days", -1, 367),
            ("monthly_quota", -1, 32),
            ("least_minutes", -1, 1441),
            ("day_cap_hours", -0.5, 24.5),
            ("month_cap_hours", -1, 745),
        ):
            for value in (low, high):
                with (
                    self.subTest(name=name, value=value),
                    self.assertRaisesRegex(ValidationError, "must lie between 0 and"),
                    self.env.cr.savepoint(),
                ):
                    self.limit("overtime", **{name: value})
        with self.assertRaisesRegex(ValidationError, "or both"):
            self.limit("correction", allows_in=False, allows_out=False)

    def test_another_company_asks_nothing_here(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.limit("outing", is_reason_required=True, company_id=other.id)
        self.file("outing", MONDAY, "10:00", "11:00")

    def test_who_sets_limits(self):
        user = self.new_user("ann", employee=self.person)
        limit = self.limit("outing", is_reason_required=True)
        limits = limit.with_user(user)
        for attempt in (
            lambda: limits.read(["kind"]),
            lambda: limits.write({"is_reason_required": False}),
            lambda: limits.create({"kind": "trip"}),
            limits.unlink,
        ):
            with self.assertRaises(AccessError):
                attempt()
        mine = self.requests.with_user(user)
        values = {"kind": "outing", "date_from": MONDAY}
        with self.assertRaisesRegex(ValidationError, "asks for a reason"):
            mine.create(values | {"start_minutes": 600, "stop_minutes": 660})
        self.new_role({"settings": "view edit"}, user_ids=user)
        limits.is_reason_required = False

    def test_the_summary(self):
        limit = self.limit(
            "overtime", has_deadline=True, step_minutes=30, month_cap_hours=36,
            is_reason_required=True, monthly_quota=3,
        )  # fmt: skip
        self.assertEqual(
            limit.summary,
            "3 days afterwards · by 30 min · 0 / 0 / 36 h a day/week/month · reason",
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestWarning(RequestCommon):
    """What the form says before it is filed."""

    def warned(self, kind, day, start=None, stop=None, **values):
        return self.file(kind, day, start, stop, state="draft", **values).warning or ""

    def test_a_rest_day(self):
        sunday = "2026-07-05"
        self.assertEqual(
            self.warned("overtime", sunday, "09:00", "14:00"),
            "For Ann 07/05/2026 is a rest day.",
        )
        self.assertEqual(
            self.warned("correction", sunday), "For Ann 07/05/2026 is a rest day."
        )
        self.assertIn("would count 0", self.warned("trip", sunday, is_by_days=True))
        self.assertEqual(
            self.warned("trip", sunday, date_to=MONDAY, is_by_days=True), ""
        )

    def test_a_holiday_and_no_roster(self):
        calendar = self.env["attendance.holiday.calendar"].create(
            {"name": "H", "company_id": self.company.id}
        )
        self.store.holiday_calendar_id = calendar
        self.env["attendance.holiday"].create(
            {
                "calendar_id": calendar.id,
                "name": "Feast",
                "date": MONDAY,
                "day_kind": "public_holiday",
            }
        )
        self.assertIn("is a holiday", self.warned("overtime", MONDAY))
        bob = self.new_employee("Bob", "1002")
        said = self.warned("outing", "2026-07-07", employee_id=bob.id)
        self.assertIn("For Bob 07/07/2026 is not rostered", said)

    def test_outside_and_inside_of_the_shift(self):
        for kind, start, stop, said in (
            ("outing", "17:30", "18:30", "rostered for 08:30–17:30.*would count 0"),
            ("outing", "17:29", "18:30", None),
            ("overtime", "17:00", "20:30", "30 minutes of it lie within the shift"),
            ("overtime", "17:30", "20:30", None),
        ):
            with self.subTest(kind=kind, start=start):
                words = self.warned(kind, MONDAY, start, stop)
                if said:
                    self.assertRegex(words, said)
                else:
                    self.assertEqual(words, "")

    def test_the_night_before_reaches_in(self):
        bob = self.new_employee("Bob", "1002")
        self.roster(bob, self.night_shift, "2026-06-01")
        said = self.warned(
            "overtime", "2026-07-07", "05:00", "07:00", employee_id=bob.id
        )
        self.assertIn("60 minutes of it", said)
        self.assertEqual(
            self.warned("outing", "2026-07-07", "05:00", "07:00", employee_id=bob.id),
            "",
        )

    def test_on_leave(self):
        self.env["hr.leave"].create(
            {
                "employee_id": self.person.id,
                "holiday_status_id": self.leave_type("day").id,
                "request_date_from": MONDAY,
                "request_date_to": MONDAY,
            }
        )
        self.assertIn(
            "Ann is on leave on 07/06/2026",
            self.warned("outing", MONDAY, "10:00", "11:00"),
        )

    def test_before_it_is_saved(self):
        self.env["attendance.request.limit"].create(
            {"kind": "correction", "company_id": self.company.id, "monthly_quota": 3}
        )
        form = Form(self.requests.with_context(default_kind="correction"))
        form.employee_id = self.person
        form.date_from = "2026-07-05"
        self.assertIn("is a rest day", form.warning)
        self.assertEqual(form.quota_text, "0 of 3 used in July 2026")
        form.date_from = MONDAY
        self.assertFalse(form.warning)

    def test_many_in_few_queries(self):
        people = [self.new_employee(f"P{n}") for n in range(20)]
        forms = self.requests.create(
            [
                {"kind": "overtime", "employee_id": person.id, "date_from": MONDAY}
                for person in people
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            forms.mapped("warning")
