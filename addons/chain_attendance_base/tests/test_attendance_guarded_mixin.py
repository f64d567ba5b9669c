from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestAttendanceGuardedMixin(AttendanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls.env["hr.department"].create({"name": "Sales"})
        cls.job = cls.env["hr.job"].create({"name": "Clerk"})
        cls.calendar = cls.env["attendance.holiday.calendar"].create({"name": "CN"})

    def refused(self, records):
        with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
            records.unlink()
        return caught.exception.args

    def test_unused_records_go(self):
        for record in (self.department, self.job, self.calendar, self.store.copy()):
            record.unlink()
            self.assertFalse(record.exists())

    def test_department_says_by_what_and_how_many(self):
        self.new_employee("A", department_id=self.department.id)
        gone = self.new_employee("B", department_id=self.department.id)
        gone.active = False
        # Two records of one person count as one person.
        gone.with_context(active_test=False).create_version(
            {"date_version": "2030-01-01", "department_id": self.department.id}
        )
        self.env["hr.department"].create(
            {"name": "Below", "parent_id": self.department.id}
        )
        self.store.department_id = self.department
        self.job.department_id = self.department
        self.new_role(scope="departments", department_ids=self.department.ids)
        message = self.refused(self.department)[0]
        for use in (
            "Employee: 2",
            "Sub-Departments: 1",
            "Store: 1",
            "Job Position: 1",
            "Access Role: 1",
        ):
            self.assertIn(use, message)
        chinese = self.refused(self.department.with_context(lang="zh_CN"))[0]
        self.assertIn("员工", chinese)

    def test_the_head_office_stays(self):
        message = self.refused(self.company.attendance_root_department_id)[0]
        self.assertRegex(message, r"Compan(y|ies): 1")

    def test_a_former_person_holds_the_old_department(self):
        person = self.new_employee("A", department_id=self.department.id)
        person.create_version({"date_version": "2020-01-01", "department_id": False})
        self.assertTrue(
            person.version_ids.filtered(lambda v: v.department_id == self.department)
        )
        self.refused(self.department)

    def test_a_branch_may_go_together(self):
        below = self.env["hr.department"].create(
            {"name": "Below", "parent_id": self.department.id}
        )
        self.refused(self.department)
        (self.department + below).unlink()
        self.assertFalse(below.exists())

    def test_job_store_and_calendar(self):
        person = self.new_employee("A", job_id=self.job.id)
        self.assertIn("Employee: 1", self.refused(self.job)[0])
        self.assertIn("Employee: 1", self.refused(self.store)[0])
        other = self.new_store("T002", holiday_calendar_id=self.calendar.id)
        self.assertIn("Store: 1", self.refused(self.calendar)[0])
        self.env["attendance.store.loan"].create(
            {
                "employee_id": person.id,
                "store_id": other.id,
                "date_from": "2025-01-01",
                "date_to": "2025-01-02",
            }
        )
        self.assertIn("Loan Between Stores: 1", self.refused(other)[0])

    def test_archive_is_offered_and_works(self):
        self.new_employee("A", department_id=self.department.id)
        _text, action, button, context = self.refused(self.department)
        self.assertEqual(button, "Archive")
        self.assertEqual(context["active_ids"], self.department.ids)
        shown = self.env["ir.actions.server"].browse(action).with_context(**context)
        result = shown.run()
        self.assertEqual(result["tag"], "display_notification")
        self.assertFalse(self.department.active)
        # Archived already: nothing is left to offer.
        with self.assertRaises(UserError):
            self.department.unlink()

    def test_every_guarded_model_has_its_action(self):
        for record in (self.department, self.job, self.store, self.calendar):
            action = record._archive_action()
            self.assertEqual(action.model_name, record._name)
            action.with_context(
                active_model=record._name, active_ids=record.ids, active_id=record.id
            ).run()
            self.assertFalse(record.active)

    def test_who_may_delete_but_not_edit_is_offered_nothing(self):
        user = self.new_user("deleter")
        self.new_role({"organisation": "delete"}, scope="all", user_ids=user)
        self.new_employee("A", department_id=self.department.id)
        with self.assertRaisesRegex(UserError, "Employee: 1"), self.cr.savepoint():
            self.department.with_user(user).unlink()
        editor = self.new_user("editor")
        self.new_role({"organisation": "delete edit"}, scope="all", user_ids=editor)
        _text, action, _button, context = self.refused(
            self.department.with_user(editor)
        )
        server = self.env["ir.actions.server"].browse(action).with_user(editor)
        server.with_context(**context).run()
        self.assertFalse(self.department.active)

    def test_one_query_for_each_guard(self):
        batch = self.env["hr.department"].create([{"name": f"D{i}"} for i in range(30)])
        self.new_employee("A", department_id=batch[3].id)
        guards = len(batch._deletion_guards())
        batch._deletion_uses()
        self.env.flush_all()
        with self.assertQueryCount(guards):
            uses = batch._deletion_uses()
        self.assertEqual(uses, {batch[3].id: ["Employee: 1"]})
