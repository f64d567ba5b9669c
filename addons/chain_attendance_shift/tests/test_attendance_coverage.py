from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .test_attendance_coverage_need import CoverageCommon

# Monday to Sunday.
FIRST, LAST = "2026-11-02", "2026-11-08"


class CoverageWorld(CoverageCommon):
    """A store open from nine to eight with two people on a day shift."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.new_shift("Day", (540, 1080))
        cls.night = cls.new_shift("Night", (1320, 360))
        cls.second = cls.new_store("T002")
        cls.store.hours_ids = [
            Command.create({"weekday": str(day), "time_from": 9.0, "time_to": 20.0})
            for day in range(7)
        ]
        cls.ann = cls.new_employee("Ann", job_id=cls.cashier.id)
        cls.bob = cls.new_employee("Bob", job_id=cls.seller.id)
        for person in (cls.ann, cls.bob):
            cls.roster(person, cls.day, "2026-01-05")
        cls.coverage = cls.env["attendance.coverage"]

    def change(self, record, **values):
        """Change a shift, or a row of it, since ever."""
        record.with_context(attendance_change_from="2026-01-05").write(values)

    def days(self, first=FIRST, last=LAST, store=None, **options):
        store = store or self.store
        found = self.coverage.get_coverage([store.id], first, last, **options)
        return found["stores"][0]["days"]

    def at(self, day, hour, **options):
        """``(there, needed, short, state)`` of an hour."""
        (found,) = self.days(day, day, **options)
        return tuple(found["slots"][hour])

    def calendar(self, **kinds):
        """``calendar(d2026_11_02="public_holiday")`` for the company."""
        self.company.attendance_holiday_calendar_id = self.env[
            "attendance.holiday.calendar"
        ].create(
            {
                "name": "Holidays",
                "company_id": self.company.id,
                "holiday_ids": [
                    Command.create(
                        {
                            "name": kind,
                            "date": day[1:].replace("_", "-"),
                            "day_kind": kind,
                        }
                    )
                    for day, kind in kinds.items()
                ],
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestAttendanceCoverage(CoverageWorld):
    def test_a_week(self):
        self.need(people=3)
        self.need(weekday="1", people=2)
        self.need(weekday="2", people=1)
        days = self.days()
        self.assertEqual([day["date"] for day in days][::6], [FIRST, LAST])
        self.assertEqual(
            [(day["short_minutes"], day["over_minutes"]) for day in days[:4]],
            [(540, 0), (0, 0), (0, 540), (0, 1080)],
        )
        self.assertEqual((days[0]["worst"], days[0]["worst_at"]), (1, 540))
        self.assertEqual(days[0]["slots"][9], [2, 3, 1, "short"])
        self.assertEqual(days[0]["slots"][8], [0, 0, 0, "closed"])
        self.assertEqual(days[0]["slots"][19], [0, 0, 0, "empty"])
        # Sunday: everybody rests.
        self.assertEqual(days[6]["slots"][10], [0, 0, 0, "empty"])

    def test_the_shape(self):
        found = self.coverage.get_coverage([self.store.id], FIRST, LAST, step=30)
        self.assertEqual(len(found["stores"][0]["days"][0]["slots"]), 48)
        self.assertFalse(found["stores"][0]["has_needs"])
        self.assertEqual([d["today"] for d in found["days"]].index(True), 2)
        short = self.coverage.get_coverage(False, FIRST, LAST, with_slots=False)
        self.assertNotIn("slots", short["stores"][0]["days"][0])
        self.assertLessEqual(
            {self.store.id, self.second.id}, {store["id"] for store in short["stores"]}
        )

    def test_bad_input(self):
        ask = self.coverage.get_coverage
        for arguments, words in (
            (("no", LAST), "“no” is no date"),
            ((False, LAST), "is no date"),
            ((LAST, FIRST), "1 to 31 days"),
            ((FIRST, "2026-12-03"), "1 to 31 days.*32"),
            ((FIRST, LAST, 45), "30 or 60 minutes; 45"),
            ((FIRST, LAST, 60, False, "wished"), "“wished”"),
        ):
            with (
                self.subTest(arguments=arguments),
                self.assertRaisesRegex(UserError, words),
            ):
                ask([self.store.id], *arguments)
        for stores, job in ((["T001"], False), ([self.store.id], "Cashier")):
            with self.assertRaisesRegex(UserError, "is no number"):
                ask(stores, FIRST, LAST, 60, job)
        with self.assertRaisesRegex(UserError, "is no number"):
            self.coverage.get_stores(False, 0, -1)

    def test_night(self):
        self.roster(self.bob, self.night, "2026-11-03")
        self.need(weekday="1", start=1320, end=360)
        self.need(weekday="2", start=1320, end=360, people=2)
        self.assertEqual(self.at("2026-11-03", 22), (1, 1, 0, "met"))
        self.assertEqual(self.at("2026-11-04", 5), (1, 1, 0, "met"))
        self.assertEqual(self.at("2026-11-04", 6), (0, 0, 0, "closed"))
        self.assertEqual(self.at("2026-11-04", 23), (1, 2, 1, "short"))
        # The first night is asked for alone: it began the day before.
        self.assertEqual(self.at("2026-11-05", 0), (1, 2, 1, "short"))

    def test_break(self):
        breaks = [
            Command.create({"start_minutes": 720, "end_minutes": 750}),
            Command.create({"start_minutes": 900, "end_minutes": 915, "is_paid": True}),
        ]
        self.change(self.day, break_ids=breaks)
        self.need(people=2)
        self.assertEqual(self.at(FIRST, 12), (0, 2, 2, "short"))
        (day,) = self.days(FIRST, FIRST, step=30)
        self.assertEqual(day["slots"][24], [0, 2, 2, "short"])
        self.assertEqual(day["slots"][25], [2, 2, 0, "met"])
        self.assertEqual(day["slots"][30], [2, 2, 0, "met"])

    def test_position(self):
        self.need(people=2)
        self.need(people=2, job_id=self.cashier.id)
        self.assertEqual(self.at(FIRST, 10), (2, 2, 1, "short"))
        ask = {"job_id": self.cashier.id}
        self.assertEqual(self.at(FIRST, 10, **ask), (1, 2, 1, "short"))
        ask = {"job_id": self.seller.id}
        self.assertEqual(self.at(FIRST, 10, **ask), (1, 0, 0, "over"))

    def test_loan_follows(self):
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.bob.id,
                "store_id": self.second.id,
                "date_from": "2026-11-03",
                "date_to": "2026-11-04",
            }
        )
        for day, here, lent in ((FIRST, 2, 0), ("2026-11-03", 1, 1), (LAST, 0, 0)):
            with self.subTest(day):
                self.assertEqual(self.at(day, 10)[0], here)
                self.assertEqual(self.at(day, 10, store=self.second)[0], lent)

    def test_transfer_follows(self):
        self.bob.create_version(
            {"date_version": date(2026, 11, 5), "store_id": self.second.id}
        )
        self.assertEqual([self.at(f"2026-11-0{n}", 10)[0] for n in (4, 5)], [2, 1])
        self.assertEqual(self.at("2026-11-05", 10, store=self.second)[0], 1)

    def test_employment(self):
        self.bob.write({"hire_date": "2026-01-01", "leave_date": "2026-11-03"})
        self.assertEqual([self.at(f"2026-11-0{n}", 10)[0] for n in (3, 4)], [2, 1])
        self.ann.action_archive()
        self.assertEqual([self.at(f"2026-11-0{n}", 10)[0] for n in (3, 5)], [2, 0])

    def test_default_shift(self):
        self.new_employee("Eve")
        self.assertEqual(self.at(FIRST, 10)[0], 2)
        self.store.default_shift_id = self.day
        self.assertEqual(self.at(FIRST, 10)[0], 3)

    def test_holiday(self):
        self.calendar(
            d2026_11_03="public_holiday",
            d2026_11_04="moved_rest_day",
            d2026_11_08="make_up_workday",
        )
        for weekday in "126":
            self.need(weekday=weekday)
        self.assertEqual(self.at("2026-11-03", 10), (0, 1, 1, "short"))
        self.assertEqual(self.at("2026-11-04", 10), (0, 1, 1, "short"))
        self.assertEqual(self.at("2026-11-08", 10), (2, 1, 0, "over"))
        self.assertEqual(self.days()[1]["kind"], "public_holiday")
        self.change(self.day, works_on_holidays=True)
        self.assertEqual(self.at("2026-11-03", 10)[0], 2)

    def test_what_holidays_need(self):
        self.calendar(d2026_11_03="public_holiday", d2026_11_04="make_up_workday")
        self.need(weekday="1")
        self.need(weekday="2")
        self.need(weekday="7", people=9, start=600)
        self.assertEqual([self.at(f"2026-11-0{day}", 10)[1] for day in (3, 4)], [9, 1])
        # What the weekday needs does not hold beside it.
        self.assertEqual(self.at("2026-11-03", 9)[1], 0)

    def test_valid_dates(self):
        self.need(date_to="2026-11-02", people=4)
        self.need(date_from="2026-11-09", people=5)
        self.assertEqual(
            [self.at(day, 10)[1] for day in ("2026-11-02", "2026-11-09")], [4, 5]
        )

    def test_flexible_hours(self):
        flexible = self.env["attendance.shift"].create(
            {
                "name": "Flexible",
                "company_id": self.company.id,
                "is_flexible": True,
            }
        )
        self.roster(self.bob, flexible, "2026-11-02")
        (day,) = self.days(FIRST, FIRST)
        self.assertEqual((day["slots"][10][0], day["unplaced"]), (1, 1))
        core = [Command.create({"start_minutes": 600, "end_minutes": 720})]
        self.change(flexible, core_ids=core)
        (day,) = self.days(FIRST, FIRST)
        self.assertEqual((day["slots"][10][0], day["unplaced"]), (2, 0))

    def test_shift_of_the_date(self):
        """A change of the shift counts from its date on."""
        self.day.timetable_ids.with_context(
            attendance_change_from="2026-11-05"
        ).start_minutes = 600
        self.assertEqual([self.at(f"2026-11-0{n}", 9)[0] for n in (4, 5)], [2, 0])

    def test_leave(self):
        if "hr.leave" not in self.env:
            self.skipTest("Time Off is not installed")
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Errand",
                "requires_allocation": False,
                "leave_validation_type": "hr",
                "request_unit": "hour",
                "company_id": self.company.id,
            }
        )
        calendar = self.env["resource.calendar"].create(
            {
                "name": "Nine to six",
                "tz": "Asia/Shanghai",
                "company_id": self.company.id,
            }
        )
        (self.ann | self.bob).write(
            {"resource_calendar_id": calendar.id, "tz": "Asia/Shanghai"}
        )
        leave = {"holiday_status_id": kind.id, "employee_id": self.ann.id}
        by_hours = self.env["hr.leave"].create(
            {
                **leave,
                "request_date_from": "2026-11-03",
                "request_date_to": "2026-11-03",
                "request_hour_from": 10.0,
                "request_hour_to": 12.0,
            }
        )
        self.assertTrue(by_hours.request_unit_hours)
        self.assertEqual([self.at("2026-11-03", h)[0] for h in (9, 10, 12)], [2, 1, 2])
        kind.request_unit = "day"
        self.env["hr.leave"].create(
            {
                **leave,
                "request_date_from": "2026-11-05",
                "request_date_to": "2026-11-06",
            }
        )
        self.assertEqual([self.at(f"2026-11-0{n}", 9)[0] for n in (4, 5, 6)], [2, 1, 1])
        by_hours.action_refuse()
        self.assertEqual(self.at("2026-11-03", 10)[0], 2)

    def test_needed_people(self):
        self.need(people=2)
        self.need(start=600, end=700, job_id=self.cashier.id, people=3)
        self.need(weekday="1", start=1320, end=360, people=4)
        first = date(2026, 11, 2)
        dates = [first + timedelta(days=n) for n in range(4)]
        found = self.coverage._needed_people((self.store | self.second).ids, dates)
        store = self.store.id
        self.assertEqual(
            found, {(store, dates[0]): 3, (store, dates[1]): 4, (store, dates[2]): 4}
        )

    def test_queries(self):
        """As many for 50 stores and their people as for one store and two people."""
        self.need()
        self.env.flush_all()

        def count(store_ids):
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.coverage.get_coverage(store_ids, FIRST, LAST)
            return self.cr.sql_log_count - start

        count([self.store.id])
        few = count([self.store.id])
        stores = self.env["attendance.store"].create(
            [
                {"code": f"Q{n}", "name": f"Q{n}", "company_id": self.company.id}
                for n in range(50)
            ]
        )
        people = self.env["hr.employee"].create(
            [
                {
                    "name": f"Person {n}",
                    "company_id": self.company.id,
                    "store_id": stores[n % 50].id,
                }
                for n in range(100)
            ]
        )
        self.env["attendance.roster"].create(
            [
                {
                    "employee_id": person.id,
                    "shift_id": (self.day, self.night)[n % 2].id,
                    "date_from": "2026-01-05",
                }
                for n, person in enumerate(people)
            ]
        )
        self.env.flush_all()
        self.assertEqual(count(stores.ids), few)
        self.assertLessEqual(few, 15)
