from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import ShiftCommon


class CoverageCommon(ShiftCommon):
    """A store with opening hours, and what people need there is easily entered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier, cls.seller = cls.env["hr.job"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Cashier", "Seller")
            ]
        )

    @classmethod
    def need(cls, weekday="0", start=540, end=1080, people=1, store=None, **values):
        return cls.env["attendance.coverage.need"].create(
            {
                "store_id": (store or cls.store).id,
                "weekday": weekday,
                "start_minutes": start,
                "end_minutes": end,
                "people": people,
                **values,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestAttendanceCoverageNeed(CoverageCommon):
    def test_times_are_shown_as_hours(self):
        need = self.need(start=510, end=1050)
        self.assertEqual((need.start_time, need.end_time), (8.5, 17.5))
        need.write({"start_time": 22.0, "end_time": 6.25})
        self.assertEqual((need.start_minutes, need.end_minutes), (1320, 375))
        self.assertIn("22:00–06:15", need.display_name)
        need.invalidate_recordset()
        need.start_time = 21
        self.assertEqual((need.start_minutes, need.end_minutes), (1260, 375))

    def test_bad_times(self):
        for start, end in ((-1, 600), (1440, 600), (600, 1441), (600, 600)):
            with self.subTest(start=start, end=end):
                with (
                    self.assertRaisesRegex(
                        ValidationError, "T001.*“Starts at”.*“Ends at”"
                    ),
                    self.cr.savepoint(),
                ):
                    self.need(start=start, end=end)
        self.assertTrue(self.need(start=0, end=1440))

    @mute_logger("odoo.sql_db")
    def test_bad_numbers_and_dates(self):
        for values, name in (
            ({"people": 0}, "some_people"),
            ({"people": 1000}, "some_people"),
            ({"date_from": "2026-12-02", "date_to": "2026-12-01"}, "dates_in_order"),
        ):
            with self.subTest(values=values):
                with self.assertRaisesRegex(IntegrityError, name), self.cr.savepoint():
                    self.need(**values).flush_recordset()

    def test_overlap(self):
        other = self.new_store("T2")
        self.need()
        for values in (
            {"start": 600, "end": 660},
            {"start": 1079, "end": 1200},
            {"date_from": "2026-12-01"},
        ):
            with self.subTest(values=values):
                with (
                    self.assertRaisesRegex(ValidationError, "T001.*09:00–18:00"),
                    self.cr.savepoint(),
                ):
                    self.need(**values)
        self.need(start=1080, end=1200)
        self.need(weekday="1")
        self.need(weekday="7")
        self.need(job_id=self.cashier.id)
        self.need(store=other)

    def test_overlap_by_dates(self):
        self.need(date_to="2026-11-30")
        self.need(date_from="2026-12-01")
        with self.assertRaisesRegex(ValidationError, "twice at the same"):
            self.need(date_from="2026-11-30", date_to="2026-11-30")

    def test_overlap_over_midnight(self):
        self.need(weekday="6", start=1320, end=360)
        with (
            self.assertRaisesRegex(ValidationError, "Sunday 22:00–06:00"),
            self.cr.savepoint(),
        ):
            self.need(weekday="0", start=300, end=600)
        self.need(weekday="0", start=360, end=600)

    def test_what_is_needed_is_not_deleted(self):
        """A store takes its needs along."""
        need = self.need(job_id=self.cashier.id)
        with self.assertRaisesRegex(RedirectWarning, "People Needed: 1"):
            self.cashier.unlink()
        self.store.unlink()
        self.assertFalse(need.exists())

    def test_a_hidden_need_stands_in_the_way(self):
        """Whoever may enter but not look is not let in twice."""
        self.need()
        user = self.new_user("writer")
        self.new_role({"rosters": "create"}, scope="all", user_ids=user)
        needs = self.env["attendance.coverage.need"].with_user(user)
        with self.assertRaises(ValidationError):
            needs.create({"store_id": self.store.id, "weekday": "0"})


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestAttendanceCoverageNeedCopy(CoverageCommon):
    def copied(self, needs, days=(), stores=(), **values):
        copy = self.env["attendance.coverage.need.copy"].create(
            {
                "need_ids": [Command.set(needs.ids)],
                "store_ids": [Command.set([store.id for store in stores])],
                **{f"to_{day}": True for day in days},
                **values,
            }
        )
        return copy.action_copy()["params"]["message"]

    def entered(self, store=None):
        return [
            (need.weekday, need.start_minutes, need.people, need.job_id)
            for need in self.env["attendance.coverage.need"].search(
                [("store_id", "=", (store or self.store).id)]
            )
        ]

    def test_a_day_to_other_days(self):
        monday = self.need(people=3) | self.need(job_id=self.cashier.id)
        message = self.copied(monday, ["monday", "tuesday", "holidays"])
        self.assertIn("4 lines entered, 0 replaced", message)
        nobody = self.env["hr.job"]
        self.assertEqual(
            self.entered(),
            [
                (day, 540, people, job)
                for day in "017"
                for people, job in ((3, nobody), (1, self.cashier))
            ],
        )

    def test_a_store_to_other_stores(self):
        second, third = self.new_store("T2"), self.new_store("T3")
        week = self.need(people=2) | self.need(weekday="5", start=1320, end=360)
        self.assertIn("4 lines", self.copied(week, stores=[second, third]))
        self.assertEqual(self.entered(second), self.entered())
        self.assertEqual(self.entered(third), self.entered())

    def test_what_is_there_is_replaced(self):
        monday = self.need(people=3)
        self.need(weekday="1", start=600, end=660)
        self.need(weekday="1", start=1100, end=1200)
        self.need(weekday="1", start=600, end=660, job_id=self.cashier.id)
        self.assertIn("1 lines entered, 1 replaced", self.copied(monday, ["tuesday"]))
        tuesday = [row[1:3] for row in self.entered() if row[0] == "1"]
        self.assertEqual(tuesday, [(540, 3), (600, 1), (1100, 1)])

    def test_what_is_there_stays(self):
        """All or nothing: the free day is not entered either."""
        monday = self.need(people=3)
        self.need(weekday="1")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.copied(monday, ["tuesday", "wednesday"], is_replacing=False)
        self.assertEqual(len(self.entered()), 2)

    def test_nothing_to_do(self):
        monday = self.need()
        with self.assertRaisesRegex(UserError, "Choose the days or the stores"):
            self.copied(monday)
        with self.assertRaisesRegex(UserError, "already"):
            self.copied(monday, ["monday"], [self.store])

    def test_from_the_list(self):
        monday = self.need()
        copy = self.env["attendance.coverage.need.copy"].with_context(
            active_model=monday._name, active_ids=monday.ids
        )
        form = Form(copy)
        self.assertEqual(form.need_count, 1)

    def test_only_within_the_scope(self):
        """A store manager neither gives to other stores nor takes from them."""
        other = self.new_store("T2")
        boss = self.new_employee("Boss")
        self.store.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role(
            {"rosters": "view create edit delete"}, scope="own_stores", user_ids=user
        )
        copies = self.env["attendance.coverage.need.copy"].with_user(user)
        own, foreign = self.need(), self.need(store=other, weekday="2")
        for need, target in ((own, other), (foreign, self.store)):
            with self.subTest(need=need.display_name):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    copies.create(
                        {
                            "need_ids": [Command.set(need.ids)],
                            "store_ids": [Command.set(target.ids)],
                        }
                    ).action_copy()
        copies.create(
            {"need_ids": [Command.set(own.ids)], "to_friday": True}
        ).action_copy()
        self.assertEqual([row[0] for row in self.entered()], ["0", "4"])
