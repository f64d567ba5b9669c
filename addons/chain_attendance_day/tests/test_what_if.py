from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from ..models.what_if import COMPARED
from .common import DayCommon

MONDAY, TUESDAY, WEDNESDAY = "2026-03-02", "2026-03-03", "2026-03-04"
SHOWN = ("due", "worked", "late", "early", "absent", "overtime_workday")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestWhatIf(DayCommon):
    """Past days under other rules or another shift; nothing is stored."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roster(cls.person, cls.day_shift, "2026-03-01")
        cls.short = cls.new_shift("B8", (540, 1080))
        cls.short.break_ids = [(0, 0, {"start_minutes": 720, "end_minutes": 780})]

    def day(self, day, *times):
        """A computed day with these punches."""
        self.send("1001", *[f"{day} {time}:00" for time in times])
        return self.compute(day)

    def ask(self, change="policy", user=None, days=(MONDAY, MONDAY), **values):
        """The question as the form makes it."""
        model = self.env["attendance.what.if"].with_company(self.company)
        if user:
            model = model.with_user(user)
        with Form(model) as form:
            form.change = change
            form.date_from, form.date_to = days
            for name in ("shift_id", "other_shift_id"):
                if name in values:
                    setattr(form, name, values.pop(name))
            for name, value in values.items():
                setattr(form, name, value)
        return form.record

    def judged(self, asked, person=None):
        (person or self.person).ensure_one()
        return asked.judge([(person or self.person).id])[(person or self.person).id]

    def shown(self, asked):
        """``(before, after)`` of the person as due, worked, late, early, absent, ot."""
        judged = self.judged(asked)
        return [
            tuple(
                dict(zip(COMPARED, judged[side], strict=True))[f"{name}_minutes"]
                for name in SHOWN
            )
            for side in ("before", "after")
        ]

    def test_a4_with_more_grace(self):
        self.day(MONDAY, "08:36", "17:30")
        asked = self.ask(grace_late_minutes=10)
        self.assertEqual(
            self.shown(asked),
            [(540, 534, 6, 0, 0, 0), (540, 540, 0, 0, 0, 0)],
        )
        ((_id, day, before, after),) = self.judged(asked)["days"]
        self.assertEqual((day, before[2], after[2]), (MONDAY, 6, 0))

    def test_rules_one_by_one(self):
        self.day(MONDAY, "09:02", "12:01", "12:58", "19:10")
        as_it_is = (540, 508, 0, 0, 32, 0)
        for values, after in (
            ({}, as_it_is),
            ({"late_limit_minutes": 40}, (540, 508, 32, 0, 0, 0)),
            ({"is_late_limited": False}, (540, 508, 32, 0, 0, 0)),
            (
                {"late_limit_minutes": 40, "counts_only_excess": True},
                (540, 513, 27, 0, 0, 0),
            ),
            ({"deducts_punched_outing": True}, (540, 451, 0, 0, 89, 0)),
            ({"least_worked_percent": 95}, (540, 0, 0, 0, 540, 0)),
            (
                {"round_in_minutes": 15, "round_in_direction": "down"},
                (540, 510, 30, 0, 0, 0),
            ),
            ({"overtime_mode": "automatic"}, (540, 508, 0, 0, 32, 90)),
            (
                {"overtime_mode": "automatic", "overtime_unit_minutes": 1},
                (540, 508, 0, 0, 32, 100),
            ),
            ({"window_out_minutes": 60}, (540, 236, 0, 0, 304, 0)),
        ):
            with self.subTest(values=values):
                self.assertEqual(self.shown(self.ask(**values)), [as_it_is, after])

    def test_another_shift_instead(self):
        self.day(MONDAY, "08:30", "17:30")
        asked = self.ask("shift", shift_id=self.day_shift, other_shift_id=self.short)
        self.assertEqual(
            self.shown(asked),
            [(540, 540, 0, 0, 0, 0), (480, 450, 0, 30, 0, 0)],
        )
        asked = self.ask("shift", shift_id=self.night_shift, other_shift_id=self.short)
        self.assertEqual(self.judged(asked)["days"], [])
        asked = self.ask("shift", other_shift_id=self.short)
        self.assertEqual(len(self.judged(asked)["days"]), 1)

    def test_other_times_of_a_shift(self):
        self.day(MONDAY, "08:50", "17:30")
        with Form(self.env["attendance.what.if"].with_company(self.company)) as form:
            form.change = "figures"
            form.date_from = form.date_to = MONDAY
            form.shift_id = self.day_shift
            with form.timetable_ids.edit(0) as timetable:
                self.assertEqual(timetable.start_time, 8.5)
                timetable.start_time = 9.0
        self.assertEqual(
            self.shown(form.record),
            [(540, 520, 20, 0, 0, 0), (510, 510, 0, 0, 0, 0)],
        )

    def test_a_shift_s_own_rules_stay_under_other_rules(self):
        own = self.new_shift("O9", (510, 1050), has_own_limits=True)
        self.override(self.person, MONDAY, own)
        self.day(MONDAY, "08:36", "17:30")
        asked = self.ask(grace_late_minutes=10)
        self.assertEqual(self.judged(asked)["days"], [])
        asked = self.ask("figures", shift_id=own)
        self.assertEqual(asked.grace_late_minutes, 0)
        self.assertEqual(self.judged(asked)["days"], [])
        asked = self.ask("figures", shift_id=own, grace_late_minutes=10)
        self.assertEqual(self.shown(asked)[1], (540, 540, 0, 0, 0, 0))

    def test_only_the_span_changes(self):
        for day in (MONDAY, TUESDAY, WEDNESDAY):
            self.day(day, "08:36", "17:30")
        asked = self.ask(days=(TUESDAY, TUESDAY), grace_late_minutes=10)
        self.assertEqual([row[1] for row in self.judged(asked)["days"]], [TUESDAY])
        asked = self.ask(days=(MONDAY, WEDNESDAY), grace_late_minutes=10)
        judged = self.judged(asked)
        self.assertEqual([row[1] for row in judged["days"]],
                         [MONDAY, TUESDAY, WEDNESDAY])  # fmt: skip
        self.assertEqual((judged["before"][2], judged["after"][2]), (18, 0))

    def test_unchanged_rules_change_nothing(self):
        """What the form fills in is what holds, for every field of the rules."""
        self.day(MONDAY, "08:36", "12:00", "13:00", "19:10")
        self.assertEqual(self.judged(self.ask())["days"], [])
        asked = self.ask()
        self.assertEqual(
            asked._own_rules().items() - vars_of(asked._company_policy()).items(), set()
        )

    def test_nothing_is_written(self):
        self.day(MONDAY, "08:36", "17:30")
        self.clear_queue()
        self.env.flush_all()
        tables = (
            "attendance_day", "attendance_shift", "attendance_policy",
            "attendance_roster", "attendance_shift_version", "attendance_day_queue",
        )  # fmt: skip

        def content():
            self.env.flush_all()
            rows = []
            for table in tables:
                self.cr.execute(f"SELECT * FROM {table} ORDER BY id")  # pylint: disable=sql-injection
                rows.append(self.cr.fetchall())
            return rows

        before = content()
        for asked in (
            self.ask(grace_late_minutes=10),
            self.ask("shift", other_shift_id=self.short),
            self.ask("figures", shift_id=self.day_shift, grace_late_minutes=10),
        ):
            asked.action_compare()
            asked.plan()
            self.assertEqual(len(self.judged(asked)["days"]), 1)
        self.assertEqual(content(), before)

    def test_the_plan_names_people_and_days(self):
        for day in (MONDAY, TUESDAY):
            self.day(day, "08:36", "17:30")
        other = self.new_employee("Bob", "1002")
        self.compute(MONDAY, employee=other)
        plan = self.ask(days=(MONDAY, TUESDAY)).plan()
        self.assertEqual(
            sorted((row[1], row[3]) for row in plan["people"]), [("Ann", 2), ("Bob", 1)]
        )
        self.assertEqual(plan["days"], 3)
        plan = self.ask(days=(MONDAY, TUESDAY), employee_ids=other).plan()
        self.assertEqual([row[1] for row in plan["people"]], ["Bob"])
        self.store.name = "One"
        plan = self.ask(days=(MONDAY, TUESDAY), store_ids=self.new_store("T2")).plan()
        self.assertEqual(plan["people"], [])

    def test_what_makes_no_sense_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose the shift"):
            self.env["attendance.what.if"].create({"change": "figures"}).plan()
        with self.assertRaisesRegex(UserError, "Overtime Unit"):
            self.ask(overtime_unit_minutes=0).plan()
        with self.assertRaisesRegex(UserError, "92"), self.cr.savepoint():
            self.ask(days=("2025-11-01", MONDAY))
        with self.assertRaisesRegex(UserError, "before the first"), self.cr.savepoint():
            self.ask(days=(TUESDAY, MONDAY))
        with (
            self.assertRaises(UserError),
            Form(self.env["attendance.what.if"].with_company(self.company)) as form,
        ):
            form.change = "figures"
            form.shift_id = self.short
            with form.timetable_ids.edit(0) as timetable:
                timetable.end_time = 11.0
            form.save().plan()

    def test_everybody_sees_the_own_people_only(self):
        other_store = self.new_store("T2")
        other = self.new_employee("Far", "2001", store_id=other_store.id)
        self.day(MONDAY, "08:36", "17:30")
        self.compute(MONDAY, employee=other)
        keeper = self.new_user("keeper", "chain_attendance_base.group_timekeeper")
        self.store.timekeeper_ids = keeper
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        mine = self.new_user("ann", employee=self.person)
        for user, names in (
            (keeper, ["Ann"]),
            (boss, ["Ann", "Far"]),
            (mine, ["Ann"]),
        ):
            with self.subTest(user.login):
                asked = self.ask(user=user, grace_late_minutes=10)
                self.assertEqual(
                    sorted(row[1] for row in asked.plan()["people"]), names
                )
                judged = asked.judge([self.person.id, other.id])
                self.assertEqual(len(judged), len(names))
        asked = self.ask(user=keeper)
        with self.assertRaises(AccessError):
            asked.with_user(boss).plan()
        with self.assertRaises(AccessError):
            asked.with_user(mine).judge([self.person.id])
        self.assertEqual(self.ask(user=self.new_user("nobody")).plan()["people"], [])

    def test_a_shift_of_another_company_tells_nothing(self):
        """By RPC any number can be named; the form offers the own ones only."""
        self.day(MONDAY, "08:36", "17:30")
        abroad = self.env["res.company"].create({"name": "Abroad"})
        foreign = self.new_shift("F", (600, 1020), company_id=abroad.id)
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        model = self.env["attendance.what.if"].with_user(boss)
        for change, name in (("shift", "other_shift_id"), ("figures", "shift_id")):
            asked = model.create(
                {
                    "change": change,
                    "company_id": self.company.id,
                    "date_from": MONDAY,
                    "date_to": MONDAY,
                    name: foreign.id,
                }
            )
            for ask in (asked.plan, lambda asked=asked: asked.judge([self.person.id])):
                with self.subTest(change), self.assertRaises(AccessError):
                    ask()

    def test_where_it_is_applied_is_for_who_may(self):
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        mine = self.new_user("ann", employee=self.person)
        self.assertEqual(
            self.ask(user=boss).plan()["apply"]["res_model"], "attendance.policy"
        )
        self.assertFalse(self.ask(user=mine).plan()["apply"])

    def test_calls_are_small(self):
        """Queries do not grow with people and days."""
        people = self.person
        for number in range(9):
            person = self.new_employee(f"P{number}", f"30{number:02d}")
            self.roster(person, self.day_shift, "2026-03-01")
            people |= person
        days = [f"2026-03-{number:02d}" for number in range(2, 16)]
        for person in people:
            self.compute(*days, employee=person)
        asked = self.ask(days=(days[0], days[-1]), grace_late_minutes=10)

        def queries_of(chosen):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            asked.judge(chosen.ids)
            return self.cr.sql_log_count - before

        queries_of(self.person)
        self.assertEqual(queries_of(people), queries_of(self.person))


def vars_of(policy):
    return {name: getattr(policy, name) for name in policy.__slots__}
