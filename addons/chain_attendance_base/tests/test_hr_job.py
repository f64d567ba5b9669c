from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import AttendanceCommon


@tagged("post_install", "-at_install")
class TestHrJob(AttendanceCommon):
    def test_list_shows_text_and_people(self):
        job = self.env["hr.job"].create(
            {"name": "Clerk", "description": "<p>Keeps <b>tills</b></p><p>Twice</p>"}
        )
        self.assertEqual(job.description_text, "Keeps *tills* Twice")
        self.new_employee("A", job_id=job.id)
        self.new_employee("B", job_id=job.id)
        user = self.new_user("viewer")
        self.new_role({"organisation": "view"}, scope="all", user_ids=user)
        seen = job.with_user(user)
        self.assertEqual((seen.people_count, seen.name), (2, "Clerk"))
        with self.assertRaises(AccessError):
            seen.name = "x"

    def test_form_for_who_has_no_hr_rights(self):
        user = self.new_user("editor")
        self.new_role({"organisation": "create edit"}, scope="all", user_ids=user)
        view = "chain_attendance_base.hr_job_view_form"
        with Form(self.env["hr.job"].with_user(user), view=view) as form:
            form.name = "Cashier"
            form.description = "<p>Sells</p>"
        self.assertEqual(form.record.description_text, "Sells")
        with Form(form.record, view=view) as form:
            form.name = "Head Cashier"
        self.assertEqual(form.record.name, "Head Cashier")
