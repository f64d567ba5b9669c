"""Shifts and rosters of a scenario as records of Odoo."""

from dataclasses import fields as fields_of
from datetime import date, timedelta

from odoo.fields import Command

from odoo.addons.chain_attendance_shift.models.attendance_roster import WEEKDAYS
from odoo.addons.chain_attendance_shift.models.attendance_rotation import Plan
from odoo.addons.chain_attendance_shift.models.shift_definition import (
    OWN_RULES,
)

from chain_attendance_engine import Policy, RosterSource

from ..rosters import Candidates
from ..shifts import change_policy
from .limits import rostered_of
from .rules_of import engine_name, figure, minutes_of

DAY = timedelta(days=1)
EVER = date(1970, 1, 1)
MIDDAY = 12 * 60


def _works(prefix, entry):
    return {
        f"{prefix}{name}": number not in entry.weekly_rest
        for number, name in enumerate(WEEKDAYS, 1)
    }


class Planning:
    """What is planned for the person of a ``Loaded``."""

    # --- shifts -------------------------------------------------------------------

    def make_shifts(self):
        """The shifts that its rosters name, as they were first."""
        facts = self.scenario.facts
        late = self.scenario.late.entries if self.scenario.late else ()
        slots = {
            slot
            for entry in (*facts.entries, *late)
            for slot in entry.slots
            if slot is not None
        }
        choices = [slot for slot in slots if isinstance(slot, Candidates)]
        names = {name for choice in choices for name in choice}
        for name in sorted(names | (slots - set(choices))):
            self.shifts[name] = self.env["attendance.shift"].create(
                {
                    "name": f"{self.scenario.name} {name}",
                    "company_id": self.company.id,
                    **self.shift_values(name, EVER),
                }
            )

        for choice in choices:
            rostered = rostered_of(choice)
            others = [self.shifts[name].id for name in choice if name != rostered]
            self.shifts[rostered].alternative_ids = others

    def change_shifts(self):
        """Later versions; known only where somebody works by them, so afterwards."""
        facts = self.scenario.facts
        versions = (*facts.shifts, *facts.policies)
        for day in sorted({first for first, _made in versions} - {EVER}):
            for name, shift in self.shifts.items():
                values = self.shift_values(name, day)
                for rows in ("timetable_ids", "break_ids", "core_ids"):
                    values[rows] = [Command.clear(), *values[rows]]
                shift.write({"change_from": day, **values})

    def shift_values(self, name, day):
        facts = self.scenario.facts
        shift = [made for first, made in facts.shifts if first <= day][-1][name]
        policy = [made for first, made in facts.policies if first <= day][-1]
        own = facts.shift_policies.get(name)
        if own:
            policy = change_policy(policy, own, self.scenario.place)
        breaks = [one for table in shift.timetables for one in table.breaks]
        return {
            "timetable_ids": [
                Command.create(
                    {
                        "sequence": number,
                        "start_minutes": minutes_of(table.start),
                        "end_minutes": minutes_of(table.end),
                        "is_in_required": table.is_in_required,
                        "is_out_required": table.is_out_required,
                    }
                )
                for number, table in enumerate(shift.timetables)
            ],
            "break_ids": [
                Command.create(
                    {
                        "sequence": number,
                        "start_minutes": minutes_of(one.start),
                        "end_minutes": minutes_of(one.end),
                        "kind": one.kind.value,
                        "beyond_minutes": one.beyond_minutes,
                        "is_paid": one.is_paid,
                    }
                )
                for number, one in enumerate(breaks)
            ],
            "core_ids": [
                Command.create(
                    {
                        "sequence": number,
                        "start_minutes": minutes_of(one.start),
                        "end_minutes": minutes_of(one.end),
                    }
                )
                for number, one in enumerate(shift.core)
            ],
            "is_flexible": shift.is_flexible,
            "flexible_minutes": shift.flexible_minutes or 480,
            "elastic_minutes": shift.elastic_minutes,
            "works_on_holidays": shift.works_on_holidays,
            **self.own_rules(policy),
        }

    def own_rules(self, policy):
        """The figures of a policy that the company's has not, switched on in groups."""
        judged = self.company.attendance_policy_id._as_engine_policy()
        differing = {
            field.name
            for field in fields_of(Policy)
            if field.name != "key"
            and getattr(policy, field.name) != getattr(judged, field.name)
        }
        found = {}
        for switch, names in OWN_RULES.items():
            engine = {name: engine_name(name) for name in names}
            found[switch] = bool(differing & set(engine.values()))
            if found[switch]:
                for name in names:
                    found |= figure(name, engine[name], policy)
        return found

    # --- rosters ------------------------------------------------------------------

    def add_roster(self, entry, *, keeps_overrides=True):
        slots = [
            self.shifts[rostered_of(slot)].id if slot else 0 for slot in entry.slots
        ]
        person, rosters = self.employee.id, self.env["attendance.roster"]
        if entry.source is RosterSource.OVERRIDE:
            count = (entry.last - entry.first).days + 1
            made = self.env["attendance.roster.override"]._set(
                {(person, entry.first + DAY * n): slots[0] for n in range(count)}
            )
        elif entry.source is RosterSource.DATED:
            started = entry.cycle_start or entry.first
            offset = (entry.first - started).days % len(slots)
            plan = Plan(entry.first, entry.last, slots, {person: offset})
            rotation = self.env["attendance.rotation"]._generate(
                plan, self.company, keeps_overrides=keeps_overrides
            )
            made = rotation.roster_ids
        elif entry.source is RosterSource.STANDING:
            made = rosters.create(
                {
                    "employee_id": person,
                    "shift_id": slots[0],
                    "date_from": self.since(entry),
                    **_works("works_", entry),
                }
            )
        elif entry.source is RosterSource.CALENDAR:
            made = self.working_calendar(entry)
            self.employee.resource_calendar_id = made
        else:
            self.store.write(
                {"default_shift_id": slots[0], **_works("default_works_", entry)}
            )
            made = self.store
        self.entries.append((entry, made))
        for record in made:
            self.rosters[f"{made._name},{record.id}"] = entry.key

    def working_calendar(self, entry):
        """Odoo's calendar with the hours of the entry's shift, its breaks as lines."""
        shift = self.shifts[entry.slots[0]]
        pauses = [(one.start_minutes, one.end_minutes) for one in shift.break_ids]
        lines = [(start, end, "lunch") for start, end in pauses]
        for table in shift.timetable_ids:
            borders = [table.start_minutes, table.end_minutes]
            borders += [at for pause in pauses for at in pause]
            borders.sort()
            lines += [
                (start, end, "morning" if start < MIDDAY else "afternoon")
                for start, end in zip(borders[::2], borders[1::2], strict=True)
            ]
        return self.env["resource.calendar"].create(
            {
                "name": f"{self.scenario.name} {entry.key}",
                "company_id": self.company.id,
                "tz": self.zone,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": period,
                            "dayofweek": str(weekday),
                            "hour_from": start / 60,
                            "hour_to": end / 60,
                            "day_period": period,
                        }
                    )
                    for weekday in range(len(WEEKDAYS))
                    if weekday + 1 not in entry.weekly_rest
                    for start, end, period in sorted(lines)
                ],
            }
        )

    def since(self, entry):
        """Of a roster since ever, a month ahead: nobody looks at what was before."""
        if entry.first > EVER:
            return entry.first
        return self.scenario.moments.base - DAY * 31
