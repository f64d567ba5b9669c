from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import RequestCommon

MONDAY, TUESDAY = "2026-07-06", "2026-07-07"


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestAttendanceRequestBatch(RequestCommon):
    """One form for many people."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.new_employee("Bob", "1002")
        cls.cleo = cls.new_employee("Cleo", "1003")
        cls.team = cls.person + cls.bob + cls.cleo

    def batch(self, user=None, **values):
        batches = self.env["attendance.request.batch"]
        return (batches.with_user(user) if user else batches).create(
            {"date_from": MONDAY, "employee_ids": self.team.ids, **values}
        )

    def filed(self):
        return self.requests.search([("employee_id", "in", self.team.ids)])

    def test_everybody_gets_a_form(self):
        batch = self.batch(start_time=18, stop_time=20.5, reason="Stock-taking")
        action = batch.action_file()
        filed = self.filed()
        self.assertEqual(action["domain"], [("id", "in", filed.sorted("id").ids)])
        self.assertEqual(filed.employee_id, self.team)
        self.assertEqual(set(filed.mapped("claimed_minutes")), {150})
        self.assertEqual(set(filed.mapped("state")), {"submitted"})
        self.assertEqual(set(filed.mapped("reason")), {"Stock-taking"})
        self.assertEqual(str(filed[0].work_date), MONDAY)

    def test_overtime_into_the_night(self):
        self.batch(start_time=22, stop_time=1).action_file()
        self.assertEqual(set(self.filed().mapped("claimed_minutes")), {180})

    def test_a_trip_together(self):
        self.batch(
            kind="trip", is_by_days=True, date_to="2026-07-08", is_together=True,
            destination="Suzhou",
        ).action_file()  # fmt: skip
        by_person = {form.employee_id: form for form in self.filed()}
        together = by_person[self.bob].companion_ids
        self.assertEqual(together.ids, (self.person + self.cleo).ids)
        self.assertEqual(by_person[self.bob].claimed_days, 3)

    def test_a_store_manager_files_a_trip_together(self):
        boss = self.new_employee("Boss")
        self.store.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role({"requests": "view create"}, scope="own_stores", user_ids=user)
        batch = self.batch(user, kind="trip", is_by_days=True, is_together=True)
        batch.action_file()
        filed = self.filed()
        self.assertEqual(filed.employee_id, self.team)
        self.assertEqual(filed.companion_ids.ids, self.team.ids)
        self.assertEqual(filed.create_uid, user)

    def test_who_is_refused_is_said_and_nothing_is_filed(self):
        self.file("overtime", MONDAY, "19:00", "20:00", employee_id=self.bob.id)
        self.cleo.leave_date = "2026-07-01"
        batch = self.batch()
        action = batch.action_file()
        self.assertEqual(action["res_id"], batch.id)
        refused = {line.employee_id: line.refusal for line in batch.line_ids}
        self.assertIn("has filed Workday Overtime already", refused[self.bob])
        self.assertIn("not employed on 07/06/2026", refused[self.cleo])
        self.assertEqual(len(refused), 2)
        self.assertEqual(batch.good_count, 1)
        self.assertEqual(len(self.filed()), 1)

    def test_the_good_ones_are_filed_if_one_wants(self):
        self.file("overtime", MONDAY, "19:00", "20:00", employee_id=self.bob.id)
        batch = self.batch()
        batch.action_file()
        batch.action_file_others()
        self.assertEqual(len(self.filed()), 3)

    def test_going_back_forgets_who_was_refused(self):
        self.file("overtime", MONDAY, "19:00", "20:00", employee_id=self.bob.id)
        batch = self.batch()
        batch.action_file()
        batch.action_back()
        self.assertFalse(batch.line_ids)
        batch.start_time, batch.stop_time = 20, 21
        batch.action_file()
        self.assertEqual(len(self.filed()), 4)

    def test_limits_hold_for_each(self):
        self.env["attendance.request.limit"].create(
            {"kind": "correction", "company_id": self.company.id, "monthly_quota": 1}
        )
        self.file("correction", "2026-07-01", "08:30")
        batch = self.batch(kind="correction", start_time=8.5, direction="in")
        batch.action_file()
        self.assertEqual(batch.line_ids.employee_id, self.person)

    def test_a_form_that_makes_no_sense_is_refused_for_all(self):
        batch = self.batch(kind="outing", date_to=MONDAY, start_time=10, stop_time=9)
        with self.assertRaisesRegex(ValidationError, "ends when it starts"):
            batch.action_file()
        self.assertFalse(self.filed())

    def test_finding_people(self):
        batch = self.batch(
            employee_ids=False, find_text="Ann，Cleo", find_store_id=self.store.id
        )
        batch.action_find()
        self.assertEqual(batch.employee_ids, self.person + self.cleo)
        with self.assertRaisesRegex(UserError, "Give a number"):
            batch.action_find()
        batch.employee_ids = False
        with self.assertRaisesRegex(UserError, "Choose the people"):
            batch.action_file()

    def test_nobody_files_for_others_people(self):
        user = self.new_user("ann", employee=self.person)
        batch = self.batch(user, employee_ids=False, find_store_id=self.store.id)
        batch.action_find()
        self.assertEqual(batch.employee_ids, self.person)
        other = self.batch(user, employee_ids=False)
        other.sudo().employee_ids = self.bob
        with self.assertRaisesRegex(AccessError, "may not file"):
            other.action_file()
        self.assertFalse(self.filed())

    def test_a_form_is_its_makers(self):
        user = self.new_user("ann", employee=self.person)
        batch = self.batch()
        for attempt in (
            lambda: batch.with_user(user).read(["employee_ids"]),
            lambda: batch.with_user(user).action_file(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_dates_go_together_for_who_has_no_hr_rights(self):
        """Found in the browser: the people's columns were read to see what changed."""
        boss = self.new_employee("Boss", "1098", store_id=self.store.id)
        self.store.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role({"requests": "view create"}, scope="own_stores", user_ids=user)
        batch = self.batch(user, kind="outing", date_to=MONDAY, former_from=MONDAY)
        self.env.invalidate_all()
        people = {"fields": {"name": {}, "department_id": {"fields": {}}}}
        spec = {"employee_ids": people, "date_from": {}, "date_to": {}}
        answer = batch.onchange({"date_from": TUESDAY}, ["date_from"], spec)
        self.assertEqual(str(answer["value"]["date_to"]), TUESDAY)
        self.assertNotIn("employee_ids", answer["value"])

    def test_refusals_cannot_be_switched_off_from_outside(self):
        self.file("outing", MONDAY, "10:00", "11:00")
        with self.assertRaises(ValidationError):
            self.requests.with_context(attendance_refusals={}).create(
                {
                    "kind": "outing",
                    "employee_id": self.person.id,
                    "date_from": MONDAY,
                    "start_minutes": 600,
                    "stop_minutes": 660,
                }
            )

    def test_many_in_few_queries(self):
        people = self.env["hr.employee"].create(
            [
                {
                    "name": f"P{number}",
                    "company_id": self.company.id,
                    "store_id": self.store.id,
                }
                for number in range(60)
            ]
        )
        self.env.flush_all()
        counts = []
        for count in (20, 60):
            batch = self.batch(
                employee_ids=[Command.set(people[:count].ids)],
                date_from=f"2026-07-{count // 10:02d}",
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.action_file()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # Thrice the people, not thrice the queries.
        self.assertLess(counts[1] - counts[0], 10)


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestBatchEvidence(RequestCommon):
    """Files are uploaded once, and belong to each form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_user("boss", employee=cls.new_employee("Boss"))
        cls.ann = cls.new_user("ann", employee=cls.person)
        cls.store.manager_id = cls.boss.employee_id
        cls.new_role({"requests": "view create"}, scope="own_stores", user_ids=cls.boss)
        cls.team = cls.person + cls.new_employee("Bob", "1002")

    def upload(self, name="ticket.txt", raw=b"A ticket", user=None):
        """A file, as the widget uploads it into a dialog."""
        return (
            self.env["ir.attachment"]
            .with_user(user or self.boss)
            .create({"name": name, "raw": raw, "res_model": "attendance.request.batch"})
        )

    def batch(self, files, **values):
        return (
            self.env["attendance.request.batch"]
            .with_user(self.boss)
            .create(
                {
                    "kind": "outing",
                    "date_from": MONDAY,
                    "date_to": MONDAY,
                    "start_time": 10,
                    "stop_time": 12,
                    "employee_ids": self.team.ids,
                    "evidence_ids": files.ids,
                    **values,
                }
            )
        )

    def filed(self):
        return self.requests.search([("employee_id", "in", self.team.ids)])

    def test_each_form_has_its_own(self):
        self.env["attendance.request.limit"].create(
            {
                "company_id": self.company.id,
                "kind": "outing",
                "is_evidence_required": True,
            }
        )
        files = self.upload() | self.upload("photo.txt", b"A photo")
        self.batch(files).action_file()
        filed = self.filed()
        self.assertEqual(len(filed), 2)
        for form in filed:
            found = form.evidence_ids.sorted("name")
            self.assertEqual(found.mapped("name"), ["photo.txt", "ticket.txt"])
            self.assertEqual(found.mapped("raw"), [b"A photo", b"A ticket"])
            self.assertEqual(set(found.mapped("res_id")), {form.id})
            self.assertEqual(set(found.mapped("res_model")), {"attendance.request"})
        self.assertFalse(filed[0].evidence_ids & filed[1].evidence_ids)
        mine, other = filed.sorted(lambda form: form.employee_id != self.person)
        self.assertEqual(
            mine.evidence_ids.with_user(self.ann).sorted("name")[1].raw, b"A ticket"
        )
        with self.assertRaises(AccessError):
            other.evidence_ids.with_user(self.ann).read(["name"])

    def test_without_it_nobody_is_filed_for(self):
        self.env["attendance.request.limit"].create(
            {
                "company_id": self.company.id,
                "kind": "outing",
                "is_evidence_required": True,
            }
        )
        batch = self.batch(self.env["ir.attachment"])
        batch.action_file()
        self.assertEqual(len(batch.line_ids), 2)
        self.assertIn("asks for evidence", batch.line_ids[0].refusal)
        self.assertFalse(self.filed())

    def test_limits_as_in_the_single_form(self):
        many = self.env["ir.attachment"]
        for number in range(11):
            many |= self.upload(f"{number}.txt")
        large = self.upload("large.bin", b"x" * (10 * 1024 * 1024 + 1))
        for files, words in ((many, "At most 10 files"), (large, "at most 10 MB")):
            with self.subTest(words):
                with (
                    self.assertRaisesRegex(ValidationError, words),
                    self.env.cr.savepoint(),
                ):
                    self.batch(files).action_file()
                with (
                    self.assertRaisesRegex(ValidationError, words),
                    self.env.cr.savepoint(),
                ):
                    self.file("outing", MONDAY, "13:00", "14:00", evidence_ids=files)
        self.assertFalse(self.filed())

    def test_a_file_of_somebody_else_is_not_copied(self):
        secret = self.upload("secret.txt", b"Pay", user=self.env.user)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.batch(secret).action_file()

    def test_queries_do_not_grow_with_the_files(self):
        counts = []
        for day, files in (
            ("2026-07-07", self.upload()),
            ("2026-07-08", self.upload() | self.upload("b.txt") | self.upload("c.txt")),
        ):
            batch = self.batch(files, date_from=day, date_to=day)
            self.env.cr.flush()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.action_file()
            self.env.cr.flush()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 6)
