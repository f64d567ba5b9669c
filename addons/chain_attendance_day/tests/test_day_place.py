from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models.attendance_day_place import COLUMNS
from .common import DayCommon

MONDAY, TUESDAY, WEDNESDAY = "2026-03-09", "2026-03-10", "2026-03-11"
SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.3.0/post-places.py"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestDayPlace(DayCommon):
    """Days refer to a place, whose foreign keys guard what both name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.other = cls.new_employee("Bob", "1002")
        cls.roster(cls.other, cls.day_shift, "2026-03-02")

    def place_of(self, row):
        """The values of a day's place and those of the day, which are the same."""
        place = row.place_id
        values = [place[name].id for name in COLUMNS]
        self.assertEqual(values, [row[name].id for name in COLUMNS])
        return place

    def test_days_of_one_place_share_its_row(self):
        first, second = self.compute(MONDAY, TUESDAY)
        (third,) = self.compute(TUESDAY, employee=self.other)
        self.assertEqual(self.place_of(first), self.place_of(second))
        self.assertEqual(self.place_of(first), self.place_of(third))

    def test_another_department_is_another_place(self):
        (before,) = self.compute(MONDAY)
        place = self.place_of(before)
        self.person.department_id = self.env["hr.department"].create(
            {"name": "Moved", "company_id": self.company.id}
        )
        (after,) = self.compute(MONDAY)
        self.assertNotEqual(self.place_of(after), place)
        again = self.env["attendance.day.place"]._ids_of(
            [tuple(place[name].id or None for name in COLUMNS)] * 2
        )
        self.assertEqual(list(again.values()), place.ids)

    def test_what_days_name_is_guarded(self):
        """Whoever deletes, also beside the ORM; what no day names goes with it."""
        department = self.env["hr.department"].create(
            {"name": "Sold", "company_id": self.company.id}
        )
        self.person.department_id = department
        (row,) = self.compute(MONDAY)
        place = self.place_of(row)
        self.person.department_id = False
        self.env.flush_all()
        delete = "DELETE FROM hr_department WHERE id = %s"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(delete, [department.id])
        self.compute(MONDAY)
        self.env.cr.execute(delete, [department.id])
        self.env.invalidate_all()
        self.assertFalse(place.exists())

    def test_days_from_before_get_their_place(self):
        rows = self.compute(MONDAY, TUESDAY, WEDNESDAY)
        places = rows.mapped("place_id")
        self.env.cr.execute("UPDATE attendance_day SET place_id = NULL")
        self.env.cr.execute("DELETE FROM attendance_day_place")
        self.env.cr.execute(
            "ALTER TABLE attendance_day ADD CONSTRAINT attendance_day_job_id_fkey"
            " FOREIGN KEY (job_id) REFERENCES hr_job (id)"
        )
        spec = spec_from_file_location("post_places", SCRIPT)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertEqual(len(rows.place_id), len(places))
        for row in rows:
            self.place_of(row)
        self.env.cr.execute(
            "SELECT 1 FROM pg_constraint WHERE conname = 'attendance_day_job_id_fkey'"
        )
        self.assertFalse(self.env.cr.fetchall())

    def test_nobody_reads_places(self):
        with self.assertRaises(AccessError):
            self.env["attendance.day.place"].with_user(self.new_user("nosy")).search([])
