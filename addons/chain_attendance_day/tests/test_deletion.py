from odoo.exceptions import RedirectWarning
from odoo.tests import freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 02:00:00")
class TestDeletion(DayCommon):
    def test_results_hold_department_job_and_store(self):
        department = self.env["hr.department"].create({"name": "Old"})
        job = self.env["hr.job"].create({"name": "Old"})
        store = self.new_store("OLD")
        places = {
            "department_id": department.id,
            "job_id": job.id,
            "store_id": store.id,
        }
        self.person.write(places)
        self.assertTrue(self.compute("2026-03-09"))
        self.person.write(dict.fromkeys(places, False))
        for record in (department, job, store):
            with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
                record.unlink()
            message = caught.exception.args[0]
            self.assertIn("Attendance Day: 1", message)
            self.assertNotIn("Employee", message)
