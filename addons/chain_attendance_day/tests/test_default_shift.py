from datetime import date

from odoo.exceptions import RedirectWarning
from odoo.tests import freeze_time, tagged

from odoo.addons.chain_attendance_engine import RosterSource

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 04:00:00")
class TestDefaultShift(DayCommon):
    """Days planned by the default shift of a store, and what marks them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.new_store("T002")
        cls.far = cls.new_employee("Far", "1002", store_id=cls.other.id)
        cls.person.version_id.date_version = "2026-01-01"
        cls.clear_queue()

    def everything_queued(self):
        rows = self.env["attendance.day.queue"].search([], order="work_date")
        return {(row.employee_id, str(row.work_date)) for row in rows}

    def test_a_day_is_judged_by_the_default(self):
        self.send("1001", "2026-03-10 08:45:00", "2026-03-10 17:30:00")
        self.assertEqual(self.figures("2026-03-10")[0][0], 0)
        self.store.default_shift_id = self.day_shift
        monday, saturday = self.compute("2026-03-10", "2026-03-14")
        self.assertEqual(monday.shift_id, self.day_shift)
        self.assertEqual((monday.due_minutes, monday.late_minutes), (540, 15))
        self.assertEqual((saturday.day_name, saturday.due_minutes), ("rest", 0))

    def test_the_engine_is_told_which_roster_decided(self):
        self.store.default_shift_id = self.day_shift
        roster = self.roster(self.person, self.night_shift, "2026-03-12")
        pairs = [(self.person.id, date(2026, 3, day)) for day in (10, 12)]
        inputs = self.env["attendance.day"]._prepare_engine_inputs(pairs)
        found = [
            (planned.source, planned.source_key)
            for planned in (inputs[pair].day_input.today for pair in pairs)
        ]
        self.assertEqual(
            found,
            [
                (RosterSource.DEFAULT, self.store.id),
                (RosterSource.STANDING, roster.id),
            ],
        )

    def test_a_changed_default_marks_stored_days_of_its_people(self):
        self.compute("2026-03-10", "2026-03-12")
        self.compute("2026-03-10", employee=self.far)
        self.clear_queue()
        expected = {
            (self.person, day) for day in ("2026-03-10", "2026-03-12", "2026-03-20")
        }
        for values in (
            {"default_shift_id": self.day_shift.id},
            {"default_works_saturday": True},
            {"default_shift_id": False},
        ):
            self.store.write(values)
            self.assertEqual(self.everything_queued(), expected)
            self.clear_queue()

    def test_what_changes_nothing_marks_nothing(self):
        self.store.default_shift_id = self.day_shift
        self.compute("2026-03-10")
        self.clear_queue()
        self.store.write({"phone": "1"})
        self.store.write({"default_shift_id": self.day_shift.id})
        self.store.write({"default_works_monday": True})
        self.new_store("T003").default_shift_id = self.day_shift
        self.assertFalse(self.everything_queued())

    def test_rostered_days_are_left_alone(self):
        self.roster(self.person, self.night_shift, "2026-03-12")
        self.compute("2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13")
        self.clear_queue()
        self.store.default_shift_id = self.day_shift
        # The 12th is rostered, but its window is cut against the 11th.
        self.assertEqual(self.queued(), ["2026-03-10", "2026-03-11", "2026-03-12"])

    def test_a_transfer_limits_what_is_marked(self):
        days = [f"2026-03-{day}" for day in (10, 11, 12, 13, 14)]
        self.person.create_version(
            {"date_version": "2026-03-13", "store_id": self.other.id}
        )
        self.compute(*days)
        self.clear_queue()
        self.other.default_shift_id = self.day_shift
        self.assertEqual(self.queued(), [*days[2:], "2026-03-20"])
        self.clear_queue()
        self.store.default_shift_id = self.day_shift
        self.assertEqual(self.queued(), days[:4])

    def test_a_loan_counts_for_the_store_lent_to(self):
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.person.id,
                "store_id": self.other.id,
                "date_from": "2026-03-12",
                "date_to": "2026-03-12",
            }
        )
        self.compute(*[f"2026-03-{day:02d}" for day in (9, 10, 11, 12, 13, 14, 15)])
        self.clear_queue()
        self.other.default_shift_id = self.day_shift
        self.assertEqual(self.queued(), ["2026-03-11", "2026-03-12", "2026-03-13"])

    def test_the_timetable_of_a_default_shift_marks_too(self):
        self.store.default_shift_id = self.day_shift
        self.compute("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-13")
        self.clear_queue()
        self.night_shift.timetable_ids.end_minutes = 350
        self.assertFalse(self.everything_queued())
        self.day_shift.with_context(
            attendance_change_from="2026-03-11"
        ).timetable_ids.end_minutes = 1000
        self.assertEqual(self.queued(), ["2026-03-10", "2026-03-11", "2026-03-13"])

    def test_today_opens_for_people_without_a_code(self):
        nobody = self.new_employee("No code", is_punching=False)
        days = self.env["attendance.day"]
        self.clear_queue()
        days._open_days()
        self.assertEqual(self.queued(nobody), [])
        self.store.default_shift_id = self.day_shift
        self.assertEqual(self.queued(nobody), ["2026-03-20"])
        self.clear_queue()
        days._open_days()
        # The cron goes by the database's clock, which no test stops.
        self.env.cr.execute("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
        ((today,),) = self.env.cr.fetchall()
        self.assertEqual(self.queued(nobody), [str(today)])

    def test_queries_do_not_grow_with_people(self):
        people = self.env["hr.employee"].create(
            [
                {"name": f"P{n}", "company_id": self.company.id, "store_id": store.id}
                for n, store in enumerate([self.store] * 30 + [self.other])
            ]
        )
        (self.store | self.other).default_shift_id = self.day_shift
        days = self.env["attendance.day"]
        counts = []
        for chosen in (people[:1], people):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            days._prepare_engine_inputs([(p.id, date(2026, 3, 10)) for p in chosen])
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_a_shift_of_stored_days_is_not_deleted(self):
        self.store.default_shift_id = self.day_shift
        self.compute("2026-03-10")
        self.store.default_shift_id = False
        with self.assertRaisesRegex(RedirectWarning, "Attendance Day: 1"):
            self.day_shift.unlink()
