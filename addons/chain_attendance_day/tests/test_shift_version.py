from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import DayCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestShiftVersion(DayCommon):
    """A change of a shift counts from its date on and rewrites nothing before it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-03-02")
        cls.days = [f"2026-03-{day:02d}" for day in (9, 10, 11, 12, 13)]
        for day in cls.days:
            cls.send("1001", f"{day} 08:50:00", f"{day} 17:31:00")

    def change(self, since, **values):
        timetable = self.day_shift.timetable_ids
        self.day_shift.write(
            {"change_from": since, "timetable_ids": [(1, timetable.id, values)]}
        )

    def test_a_change_counts_from_its_date_on(self):
        before = self.figures(*self.days)
        self.assertEqual(before, [(540, 520, 20, 0, 0)] * 5)
        self.clear_queue()
        self.change("2026-03-12", start_minutes=540)
        self.assertEqual(self.queued(), ["2026-03-11", "2026-03-12", "2026-03-13"])
        after = self.figures(*self.days)
        self.assertEqual(after[:3], before[:3])
        self.assertEqual(after[3:], [(510, 510, 0, 0, 0)] * 2)

    def test_what_changes_nothing_marks_and_keeps_nothing(self):
        self.compute(*self.days)
        self.clear_queue()
        self.change("2026-03-12", start_minutes=510)
        self.day_shift.write({"name": "Renamed", "color": 3, "code": "N"})
        self.assertEqual(self.queued(), [])
        self.assertFalse(self.day_shift.version_ids)

    def test_a_shift_s_own_figures_change_by_date_too(self):
        self.compute(*self.days)
        self.day_shift.write(
            {
                "change_from": "2026-03-12",
                "has_own_limits": True,
                "late_limit_minutes": 10,
            }
        )
        self.assertEqual(
            self.figures(*self.days),
            [(540, 520, 20, 0, 0)] * 3 + [(540, 520, 0, 0, 20)] * 2,
        )

    def test_every_way_in_keeps_the_past(self):
        for change in (
            lambda s: s.timetable_ids.write({"start_minutes": 540}),
            lambda s: s.write({"elastic_minutes": 5}),
            lambda s: s.break_ids.create(
                {"shift_id": s.id, "start_minutes": 720, "end_minutes": 780}
            ),
            lambda s: s.break_ids.write({"end_minutes": 790}),
            lambda s: s.break_ids.unlink(),
            lambda s: s.timetable_ids.create(
                {"shift_id": s.id, "start_minutes": 1080, "end_minutes": 1140}
            ),
        ):
            past = self.day_shift._as_engine_shift(date(2026, 3, 19))
            change(self.day_shift)
            self.assertEqual(self.day_shift._as_engine_shift(date(2026, 3, 19)), past)
            now = self.day_shift._as_engine_shift()
            self.assertNotEqual(now, past)
            self.assertEqual(self.day_shift.date_from, date(2026, 3, 20))
            self.assertEqual(len(self.day_shift.version_ids), 1)

    def test_an_unused_shift_changes_in_place(self):
        self.night_shift.timetable_ids.start_minutes = 1300
        self.assertFalse(self.night_shift.version_ids)
        self.assertFalse(self.night_shift.use_count)
        self.roster(self.person, self.night_shift, "2026-04-01")
        self.night_shift.timetable_ids.start_minutes = 1310
        self.assertFalse(self.night_shift.version_ids)
        self.assertEqual(self.night_shift._spans(), [(1310, 1800)])

    def test_the_form_asks_for_the_date(self):
        with Form(self.day_shift) as form:
            self.assertEqual(form.change_from, "2026-03-20")
            self.assertTrue(form.use_summary)
            form.change_from = "2026-03-12"
            with form.timetable_ids.edit(0) as line:
                line.start_time = 9
        self.assertEqual(self.day_shift.date_from, date(2026, 3, 12))
        (former,) = self.day_shift.version_ids
        self.assertEqual(former.date_to, date(2026, 3, 11))
        self.assertEqual(former.time_summary, "08:30 - 17:30")

    def test_a_planned_change_is_withdrawn(self):
        self.day_shift.break_ids.create(
            {
                "shift_id": self.day_shift.id,
                "start_minutes": 720,
                "end_minutes": 780,
                "kind": "punched",
            }
        )
        dates = [date(2026, 3, day) for day in (19, 20, 31)] + [date(2026, 4, 2)]
        before = self.day_shift._engine_shifts(self.day_shift.ids, dates)
        with self.assertRaisesRegex(UserError, "no planned change"):
            self.day_shift.action_withdraw_change()
        self.day_shift.write(
            {
                "change_from": "2026-04-01",
                "elastic_minutes": 10,
                "break_ids": [(5,)],
            }
        )
        self.assertRegex(self.day_shift.planned_summary, "2026-04-01.*08:30 - 17:30")
        planned = self.day_shift._engine_shifts(self.day_shift.ids, dates)
        self.assertEqual(list(planned.values())[:3], list(before.values())[:3])
        self.assertNotEqual(planned, before)
        viewer = self.new_user("viewer")
        with self.assertRaises(AccessError):
            self.day_shift.with_user(viewer).action_withdraw_change()
        self.day_shift.action_withdraw_change()
        after = self.day_shift._engine_shifts(self.day_shift.ids, dates)
        self.assertEqual(after, before)
        self.assertFalse(self.day_shift.planned_summary)
        self.assertEqual(self.day_shift.date_from, date(2026, 3, 20))

    def test_used_by_is_told(self):
        self.roster(self.new_employee("Bob"), self.day_shift, "2026-03-05")
        self.day_shift.invalidate_recordset()
        self.assertRegex(
            self.day_shift.use_summary, "^Used by 2 people since 2026-03-02"
        )
        self.assertEqual(self.day_shift.change_from, date(2026, 3, 20))

    def test_a_date_before_the_latest_change_is_refused(self):
        self.change("2026-04-01", start_minutes=540)
        self.assertEqual(self.day_shift._spans(), [(510, 1050)])
        self.assertEqual(self.day_shift.change_from, date(2026, 4, 1))
        with self.assertRaisesRegex(
            ValidationError, "2026-04-01.*“Changes Count From” cannot be earlier"
        ):
            self.change("2026-03-31", start_minutes=550)
        self.change("2026-04-01", start_minutes=560)
        self.assertEqual(len(self.day_shift.version_ids), 1)
        self.change("2026-04-02", start_minutes=570)
        shifts = self.day_shift._engine_shifts(
            self.day_shift.ids, [date(2026, m, d) for m, d in ((3, 31), (4, 1), (4, 2))]
        )
        self.assertEqual(
            [shift.plan[0].start for _key, shift in sorted(shifts.items())],
            [510, 560, 570],
        )

    def test_queries_do_not_grow_with_shifts_dates_and_versions(self):
        self.change("2026-03-12", start_minutes=540)
        self.change("2026-03-14", start_minutes=550)
        shifts = self.day_shift
        for number in range(20):
            shifts |= self.day_shift.copy({"name": f"S{number}"})
        dates = [date(2026, 1, 1) + timedelta(days=number) for number in range(100)]
        counts = []
        for chosen, days in ((shifts[:1], dates[:1]), (shifts, dates)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = shifts.browse()._engine_shifts(chosen.ids, days)
            self.assertEqual(len(found), len(chosen) * len(days))
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
