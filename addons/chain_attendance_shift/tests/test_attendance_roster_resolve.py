"""What is resolved in bulk is what the engine says, asked day by day."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.chain_attendance_engine import (
    DayKind,
    RosterEntry,
    Rosters,
    RosterSource,
)

from ..models.attendance_roster import WEEKDAYS
from ..models.attendance_rotation import Plan
from .common import ShiftCommon

START = date(2026, 3, 2)
DAYS = 30
PEOPLE = 3
DATE = st.integers(0, DAYS - 1).map(lambda n: START + timedelta(days=n))
SHIFT = st.integers(0, 1)
SLOT = st.one_of(st.none(), SHIFT)
PERSON = st.integers(0, PEOPLE - 1)
WEEK = st.lists(st.booleans(), min_size=7, max_size=7).filter(any)
STANDING = st.tuples(st.just("standing"), PERSON, SHIFT, DATE, WEEK)
DATED = st.tuples(
    st.just("dated"),
    st.dictionaries(PERSON, st.integers(0, 9), min_size=1),
    st.lists(SLOT, min_size=1, max_size=6),
    st.tuples(DATE, DATE).map(sorted),
)
OVERRIDE = st.tuples(st.just("override"), PERSON, DATE, SLOT)
WORLD = st.lists(st.one_of(STANDING, DATED, OVERRIDE), max_size=12)
DEFAULT = st.tuples(SLOT, WEEK)


def rest_of(record, prefix):
    return frozenset(
        n for n, name in enumerate(WEEKDAYS, 1) if not record[f"{prefix}_{name}"]
    )


@tagged("post_install", "-at_install")
class TestResolveProperties(ShiftCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shifts = [
            cls.new_shift("Day", (510, 1050)),
            cls.new_shift("Night", (1320, 360)),
        ]
        cls.other = cls.new_store("T2")
        cls.department = cls.env["hr.department"].create(
            {"name": "Shops", "company_id": cls.company.id}
        )
        values = {"department_id": cls.department.id}
        cls.people = [
            cls.new_employee("Ann", **values),
            cls.new_employee("Bob", store_id=cls.other.id, **values),
            cls.new_employee("Eve"),
        ]
        cls.env["attendance.store.loan"].create(
            {
                "employee_id": cls.people[0].id,
                "store_id": cls.other.id,
                "date_from": START + timedelta(days=5),
                "date_to": START + timedelta(days=9),
            }
        )

    def build(self, entries):
        for kind, who, *rest in entries:
            if kind == "standing":
                shift, start, week = rest
                days = {f"works_{d}": w for d, w in zip(WEEKDAYS, week, strict=True)}
                self.roster(self.people[who], self.shifts[shift], start, **days)
            elif kind == "override":
                day, slot = rest
                cell = {(self.people[who].id, day): self.shift_id(slot)}
                self.env["attendance.roster.override"]._set(cell)
            else:
                slots, (first, last) = rest
                offsets = {self.people[n].id: offset for n, offset in who.items()}
                plan = Plan(first, last, [self.shift_id(s) for s in slots], offsets)
                self.env["attendance.rotation"]._generate(plan, self.company)

    def shift_id(self, slot):
        return 0 if slot is None else self.shifts[slot].id

    def default(self, place, chosen):
        slot, week = chosen
        days = {f"default_works_{d}": w for d, w in zip(WEEKDAYS, week, strict=True)}
        place.write({"default_shift_id": self.shift_id(slot) or False, **days})

    def entries_of(self, person, day):
        """The engine's entries, read record by record."""
        rosters = self.env["attendance.roster"].search(
            [("employee_id", "=", person.id)]
        )
        for roster in rosters:
            rotation = roster.rotation_id
            if not rotation:
                yield RosterEntry(
                    roster.id,
                    RosterSource.STANDING,
                    roster.date_from,
                    None,
                    (roster.shift_id.id,),
                    weekly_rest=rest_of(roster, "works"),
                    entered=roster.id,
                )
            elif rotation.active:
                yield RosterEntry(
                    roster.id,
                    RosterSource.DATED,
                    roster.date_from,
                    roster.date_to,
                    [slot.shift_id.id or None for slot in rotation.slot_ids],
                    rotation.date_from - timedelta(days=roster.cycle_offset),
                    entered=roster.id,
                )
        for changed in self.env["attendance.roster.override"].search(
            [("employee_id", "=", person.id)]
        ):
            yield RosterEntry(
                changed.id,
                RosterSource.OVERRIDE,
                changed.date,
                changed.date,
                (changed.shift_id.id or None,),
                entered=changed.id,
            )
        loan = self.env["attendance.store.loan"].search(
            [
                ("employee_id", "=", person.id),
                ("date_from", "<=", day),
                ("date_to", ">=", day),
            ]
        )
        for place in (loan.store_id or person.store_id, person.department_id):
            if place.default_shift_id:
                yield RosterEntry(
                    place,
                    RosterSource.DEFAULT,
                    date.min,
                    None,
                    (place.default_shift_id.id,),
                    weekly_rest=rest_of(place, "default_works"),
                    entered=place._name == "attendance.store",
                )

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WORLD, DEFAULT, DEFAULT, st.sets(st.tuples(PERSON, DATE), max_size=6))
    def test_bulk_is_the_engine_day_by_day(self, world, store, department, lifted):
        with self.cr.savepoint() as savepoint:
            self.build(world)
            self.default(self.store, store)
            self.default(self.department, department)
            make_up = {(self.people[n].id, day) for n, day in lifted}
            dates = [START + timedelta(days=n) for n in range(0, DAYS, 3)]
            found = self.env["attendance.roster"]._resolve(
                [person.id for person in self.people], dates, make_up
            )
            for person in self.people:
                for day in dates:
                    self.compare(person, day, make_up, found)
            savepoint.rollback()
        self.env.invalidate_all()

    def compare(self, person, day, make_up, found):
        pair = person.id, day
        kind = DayKind.MAKEUP_WORKDAY if pair in make_up else DayKind.WORKDAY
        expected = Rosters(self.entries_of(person, day)).on(day, kind)
        plan = found.get(pair)
        if expected.entry is None:
            self.assertIsNone(plan, (person.name, day))
            return
        self.assertEqual(
            (plan.shift_id, plan.source),
            (expected.shift or 0, expected.source.value),
            (person.name, day),
        )
        if expected.source is not RosterSource.DEFAULT:
            self.assertEqual(plan.source_id, expected.entry.key)
        else:
            place = expected.entry.key
            self.assertEqual(plan.decided_by, (place._name, place.id))

    def test_at_most_seven_queries(self):
        self.store.default_shift_id = self.department.default_shift_id = self.shifts[0]
        person, other, nobody = self.people
        self.roster(person, self.shifts[0], START)
        offsets = {other.id: 0}
        plan = Plan(START, START + timedelta(days=9), [0, self.shifts[0].id], offsets)
        self.env["attendance.rotation"]._generate(plan, self.company)
        self.env["attendance.roster.override"]._set({(nobody.id, START): 0})
        dates = [START + timedelta(days=n) for n in range(31)]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            found = self.env["attendance.roster"]._resolve(
                [p.id for p in self.people], dates
            )
        sources = {plan.source for plan in found.values()}
        self.assertEqual(sources, {"override", "dated", "standing", "default"})
