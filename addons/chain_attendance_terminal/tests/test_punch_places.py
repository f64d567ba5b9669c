import itertools
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TerminalCommon

OLD, NEW = "2026-03-04 08:30:00", "2026-03-05 08:30:00"

INDEXES = {
    "department_id": "attendance_punch_by_department",
    "job_id": "attendance_punch_by_job",
    "store_id": "attendance_punch_by_store",
    "home_store_id": "attendance_punch_by_home_store",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPunchPlaces(TerminalCommon):
    """A punch keeps the department, job and own store of its date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.person = cls.new_employee("Ann", "1001")
        cls.before = (cls.old, cls.clerk, cls.store)
        cls.after = (cls.new, cls.driver, cls.second)
        cls.first = cls.person.version_id
        cls.first.date_version = "2026-01-01"
        cls.place(cls.first, cls.before)

    @classmethod
    def place(cls, version, where):
        department, job, store = where
        version.write(
            {
                "department_id": department.id,
                "job_id": job.id,
                "store_id": store.id,
            }
        )

    def move(self, day="2026-03-05"):
        version = self.person.create_version({"date_version": day})
        self.place(version, self.after)
        return version

    def places(self):
        self.env.flush_all()
        return [(p.department_id, p.job_id, p.home_store_id) for p in self.punches()]

    def test_places_of_the_date(self):
        self.move()
        self.send("1001", "2025-06-01 08:00:00", OLD, NEW)
        self.assertEqual(self.places(), [self.before, self.before, self.after])
        self.assertEqual(self.punches().store_id, self.store)

    def test_an_unknown_code_has_no_place_until_it_is_claimed(self):
        self.send("2002", OLD)
        self.assertFalse(any(self.places()[0]))
        late = self.new_employee("Late", "2002", department_id=self.new.id)
        self.assertEqual(self.punches().department_id, self.new)
        self.assertEqual(self.punches().home_store_id, self.store)
        late.terminal_code_ids.unlink()
        self.assertFalse(any(self.places()[0]))

    def test_places_follow_the_versions(self):
        self.send("1001", OLD, NEW)
        self.assertEqual(self.places(), [self.before, self.before])
        version = self.move()
        self.assertEqual(self.places(), [self.before, self.after])
        version.date_version = "2026-03-04"
        self.assertEqual(self.places(), [self.after, self.after])
        self.first.job_id = self.driver
        version.date_version = "2026-03-06"
        moved = (self.old, self.driver, self.store)
        self.assertEqual(self.places(), [moved, moved])
        version.date_version = "2026-03-05"
        version.unlink()
        self.assertEqual(self.places(), [moved, moved])

    def test_the_punch_itself_stays(self):
        self.send("1001", OLD)
        columns = ["user_code", "code_key", "wall_time", "punched_at", "raw_line"]
        before = self.punches().read(columns)
        self.move("2026-03-01")
        self.env.invalidate_all()
        self.assertEqual(self.punches().read(columns), before)
        self.assertEqual(self.places(), [self.after])

    def test_one_statement_for_many_people(self):
        people = self.person
        for number in range(20):
            people |= self.new_employee(f"P{number}", f"30{number:02d}")
        for number in range(20):
            self.send(f"30{number:02d}", OLD, NEW)
        self.env.flush_all()
        punches = self.env["attendance.punch"]
        self.cr.execute(
            "UPDATE attendance_punch SET home_store_id = NULL WHERE employee_id"
            " = ANY(%s)",
            [people.ids],
        )
        # One statement, one that asks whether there is an archive, one for photos.
        with self.assertQueryCount(3):
            self.assertEqual(punches._refresh_places(people.ids), 40)
        self.assertEqual(punches._refresh_places(people.ids), 0)

    def test_a_punch_that_came_while_its_holder_was_moved_is_placed_again(self):
        self.move()
        self.send("1001", OLD)
        self.send("1001", NEW)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE attendance_punch SET department_id = %s WHERE employee_id = %s;"
            "UPDATE attendance_punch SET received_at = now() AT TIME ZONE 'UTC'"
            " - interval '4 h' * (wall_time = %s)::int WHERE employee_id = %s;"
            "UPDATE hr_version SET write_date = now() AT TIME ZONE 'UTC'"
            " WHERE employee_id = %s",
            [self.old.id, self.person.id, OLD, self.person.id, self.person.id],
        )
        self.env.invalidate_all()
        with patch.object(
            type(self.env["attendance.punch"]),
            "_refresh_places",
            autospec=True,
            side_effect=type(self.env["attendance.punch"])._refresh_places,
        ) as refresh:
            self.env["attendance.punch"]._assign_strays()
        first = self.punches(wall_time=OLD)
        self.assertEqual(refresh.call_args.args[3], first.id, "not all of history")
        self.assertEqual(self.places()[1:], [self.after])

    @mute_logger("odoo.schema")
    def test_punches_of_a_database_without_these_columns_are_filled(self):
        self.move()
        self.send("1001", OLD, NEW)
        self.cr.execute(
            "ALTER TABLE attendance_punch DROP department_id, DROP job_id,"
            " DROP home_store_id"
        )
        self.env.invalidate_all()
        self.registry.init_models(
            self.cr, ["attendance.punch"], {"module": "chain_attendance_terminal"}
        )
        self.env.invalidate_all()
        self.assertEqual(self.places(), [self.before, self.after])

    def test_the_old_manager_sees_the_old_punches_only(self):
        self.move()
        self.send("1001", OLD, NEW)
        old_boss, new_boss = self.new_user("old"), self.new_user("new")
        role = self.new_role(
            {"reports": "view"},
            scope="own_department",
            user_ids=old_boss | new_boss,
        )
        self.new_employee("Old boss", department_id=self.old.id, user_id=old_boss.id)
        self.new_employee("New boss", department_id=self.new.id, user_id=new_boss.id)
        first, second = self.punches()

        def seen(user):
            punches = self.env["attendance.punch"].with_user(user)
            found = punches.search([])
            self.assertEqual(punches.search_count([]), len(found))
            return found.sudo()

        self.assertEqual((seen(old_boss), seen(new_boss)), (first, second))
        with self.assertRaises(AccessError):
            second.with_user(old_boss).read(["wall_time"])
        role.write({"scope": "jobs", "job_ids": [(6, 0, self.driver.ids)]})
        self.assertEqual((seen(old_boss), seen(new_boss)), (second, second))
        role.scope = "own_stores"
        self.assertFalse(seen(old_boss))
        # The terminal hangs in the first store, where both punches were made.
        self.store.timekeeper_ids = old_boss
        self.second.timekeeper_ids = new_boss
        self.assertEqual((seen(old_boss), seen(new_boss)), (first | second, second))

    def test_the_scopes_find_punches_by_an_index(self):
        """Also where several places are looked for, or a hierarchy's."""
        self.cr.execute("SET LOCAL enable_seqscan = off")
        places = ("department_id", "job_id", "store_id", "home_store_id")
        for place, where in itertools.product(
            places,
            ("{} = 1", "{} IN (1, 2)", "{} IN (SELECT id FROM res_company)"),
        ):
            with self.subTest(where.format(place)):
                self.assertIn(INDEXES[place], self._plan(where.format(place)))
        plan = self._plan("(store_id IN (1, 2) OR home_store_id IN (1, 2))")
        self.assertIn(INDEXES["store_id"], plan)
        self.assertIn(INDEXES["home_store_id"], plan)

    def _plan(self, condition):
        self.cr.execute(  # pylint: disable=sql-injection
            f"EXPLAIN SELECT id FROM attendance_punch WHERE {condition}"
        )
        return " ".join(line for (line,) in self.cr.fetchall())
