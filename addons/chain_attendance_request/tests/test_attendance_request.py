from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import RequestCommon

MONDAY, TUESDAY = "2026-07-06", "2026-07-07"
AROUND_MONDAY = ["2026-07-05", "2026-07-06", "2026-07-07"]


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequest(RequestCommon):
    """What can be filed, what is refused, and which days are computed again."""

    def test_times_are_those_of_the_store(self):
        form = self.file("overtime", MONDAY, "18:00", "20:30")
        self.assertEqual(form.tz, "Asia/Shanghai")
        self.assertEqual(form.start_at, self.utc("2026-07-06 10:00:00"))
        self.assertEqual(form.stop_at, self.utc("2026-07-06 12:30:00"))

    def test_one_time_typed_alone_leaves_the_other(self):
        form = self.file("outing", MONDAY, "10:00", "12:00")
        for name, value, wanted in (
            ("start_time", 9.5, (570, 720)), ("stop_time", 13, (570, 780)),
        ):  # fmt: skip
            self.env.invalidate_all()
            form.write({name: value})
            self.assertEqual((form.start_minutes, form.stop_minutes), wanted)

    def test_a_typed_time_is_not_the_one_that_was_offered(self):
        """Found in the browser: a correction at 10:01 was filed as one at 08:30."""
        offering = self.requests.with_context(
            default_kind="correction", default_start_minutes=510, default_start_time=8.5
        )
        for number, (typed, minutes) in enumerate(
            (
                ({"start_time": 10 + 1 / 60}, 601),
                ({"start_minutes": 602}, 602),
                ({"start_time": 10.05, "start_minutes": 603}, 603),
                ({}, 510),
            )
        ):
            with self.subTest(typed):
                day = f"2026-07-{6 + number:02d}"
                values = {"employee_id": self.person.id, "date_from": day}
                made = offering.create({**values, "direction": "in", **typed})
                self.assertEqual(made.start_minutes, minutes)
                self.assertEqual(made.env.context, offering.env.context)

    def test_times_are_those_of_the_store_one_is_lent_to(self):
        there = self.new_store("T2", tz="Europe/Berlin")
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": there.id,
                "date_from": MONDAY,
                "date_to": MONDAY,
            }
        )
        form = self.file("outing", MONDAY, "10:00", "12:00")
        self.assertEqual(form.start_at, self.utc("2026-07-06 08:00:00"))

    def test_what_is_refused(self):
        for words, values in {
            "ends when it starts": {
                "kind": "outing", "start": "10:00", "stop": "09:00"
            },
            "at most 24 hours": {
                "kind": "overtime", "start": "10:00", "stop": "11:00",
                "date_to": "2026-07-08",
            },
            "by hours, not by days": {"kind": "overtime", "is_by_days": True},
            "1 to 366 days": {
                "kind": "trip", "is_by_days": True, "date_to": "2026-07-05"
            },
            "between 2000-01-01": {"kind": "correction", "day": "1999-12-31"},
            "and 2027-07-21": {"kind": "correction", "day": "2027-07-22"},
            "“Starts”.*between 0 and 1439": {"kind": "outing", "start": "24:00"},
            "“Hours Claimed”": {"kind": "overtime", "typed_hours": -1},
            "“Days Claimed”.*366": {"kind": "trip", "typed_days": 367},
        }.items():  # fmt: skip
            day = values.pop("day", MONDAY)
            kind = values.pop("kind")
            with (
                self.subTest(words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.file(kind, day, **values)

    def test_overlap_names_the_other(self):
        first = self.file("overtime", MONDAY, "18:00", "20:00")
        said = "Ann has filed Workday Overtime already: 07/06/2026 18:00"
        with self.assertRaisesRegex(ValidationError, said), self.env.cr.savepoint():
            self.file("overtime", MONDAY, "19:00", "21:00")
        self.file("overtime", MONDAY, "20:00", "21:00")
        self.file("outing", MONDAY, "18:30", "19:00")
        first.action_cancel()
        self.file("overtime", MONDAY, "18:00", "19:00")
        with self.assertRaises(ValidationError):
            first.write({"state": "submitted"})

    def test_overlap_of_days_and_hours(self):
        self.file("trip", MONDAY, date_to=TUESDAY, is_by_days=True)
        with self.assertRaises(ValidationError):
            self.file("trip", TUESDAY, "10:00", "12:00")
        self.file("trip", "2026-07-08", "10:00", "12:00")

    def test_the_same_correction_twice(self):
        self.file("correction", MONDAY, "08:30", direction="in")
        self.file("correction", MONDAY, "08:31", direction="in")
        with self.assertRaises(ValidationError):
            self.file("correction", MONDAY, "08:30", direction="in")

    def test_outside_of_employment(self):
        self.person.leave_date = "2026-07-10"
        self.file("trip", "2026-07-10", is_by_days=True)
        with self.assertRaisesRegex(ValidationError, "not employed on 07/11/2026"):
            self.file("outing", "2026-07-11", "10:00", "11:00")

    def test_exactly_the_days_that_it_touches_are_computed(self):
        self.clear_queue()
        form = self.file("outing", MONDAY, "10:00", "12:00")
        self.assertEqual(self.queued(), AROUND_MONDAY)
        for change in (
            {"stop_minutes": 780}, {"state": "cancelled"}, {"state": "draft"},
        ):  # fmt: skip
            with self.subTest(change=change):
                self.clear_queue()
                form.write(change)
                self.assertEqual(self.queued(), AROUND_MONDAY)
        self.clear_queue()
        form.write({"reason": "The bank", "destination": "Nanjing Road"})
        self.assertEqual(self.queued(), [])
        form.unlink()
        self.assertEqual(self.queued(), AROUND_MONDAY)

    def test_a_moved_request_touches_both_dates(self):
        form = self.file("outing", MONDAY, "10:00", "12:00")
        self.clear_queue()
        form.write({"date_from": "2026-07-13", "date_to": "2026-07-13"})
        self.assertEqual(
            self.queued(),
            [*AROUND_MONDAY, "2026-07-12", "2026-07-13", "2026-07-14"],
        )

    def test_days_ahead_wait_for_nothing(self):
        self.clear_queue()
        self.file("trip", "2026-07-22", date_to="2026-07-30", is_by_days=True)
        self.assertEqual(self.queued(), ["2026-07-21"])

    def test_states(self):
        form = self.file("outing", MONDAY, "10:00", "12:00", state="draft")
        form.action_submit()
        with self.assertRaisesRegex(UserError, "is Filed"):
            form.action_submit()
        form.action_cancel()
        with self.assertRaisesRegex(UserError, "is Cancelled"):
            form.action_cancel()
        form.action_draft()
        self.assertEqual(form.state, "draft")

    def test_employees_file_for_themselves_alone(self):
        user = self.new_user("ann", employee=self.person)
        bob = self.new_employee("Bob", "1002")
        mine = self.requests.with_user(user)
        values = {"kind": "outing", "date_from": MONDAY}
        form = mine.create({**values, "start_minutes": 600, "stop_minutes": 660})
        self.assertEqual(form.employee_id, self.person)
        with self.assertRaises(AccessError):
            mine.create({**values, "employee_id": bob.id})
        with self.assertRaises(AccessError):
            form.write({"reason": "X"})
        theirs = self.requests.create({**values, "employee_id": bob.id})
        self.assertNotIn(theirs, mine.search([]))

    def test_an_employee_files_by_the_fields_of_the_form(self):
        user = self.new_user("ann", employee=self.person)
        form = Form(self.requests.with_user(user).with_context(default_kind="outing"))
        form.date_from = MONDAY
        form.start_time, form.stop_time = 10, 11.5
        filed = form.save()
        self.assertEqual((filed.start_minutes, filed.stop_minutes), (600, 690))
        with self.assertRaises(AccessError):
            filed.start_time = 9

    def test_a_store_manager_files_for_the_own_people(self):
        boss = self.new_employee("Boss")
        self.store.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role(
            {"requests": "view create edit"}, scope="own_stores", user_ids=user
        )
        far = self.new_employee("Far", store_id=self.new_store("T9").id)
        mine = self.requests.with_user(user)
        values = {"kind": "trip", "date_from": MONDAY, "is_by_days": True}
        form = mine.create({**values, "employee_id": self.person.id})
        form.action_cancel()
        with self.assertRaises(AccessError):
            mine.create({**values, "employee_id": far.id})
