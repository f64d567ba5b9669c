"""Scenarios as records of Odoo: places, people, shifts, rosters, and what is filed.

Runs inside Odoo. Each scenario has a person of its own, in a company whose policy is
that of the scenario. Where every day has a shift, the company's has only its limits,
windows and duplicates; the other rules are put into the shifts, so that both are used.
"""

from datetime import date, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.addons.chain_attendance_shift.models.shift_definition import (
    ONLY_POLICY,
    OWN_RULES,
    RULES,
)

from chain_attendance_engine import RequestKind, RosterSource

from .filing import Filing, is_half, waits
from .limits import is_of_company
from .planning import Planning
from .rules_of import engine_name, figure

DAY = timedelta(days=1)
EVER = date(1970, 1, 1)
FIRST_CODE = 20001
ZONE, FAR_ZONE = "Asia/Shanghai", "UTC"
STATE_KEYS = {"in": 0, "out": 1, "undefined": 255}
# What a company judges by where its shifts have the other rules.
FEW_RULES = (
    *OWN_RULES["has_own_windows"],
    "duplicate_seconds",
    "grace_late_minutes",
    "grace_early_minutes",
    "late_limit_minutes",
    "early_limit_minutes",
)
WORKDAYS = ("workday", "makeup_workday")
# Days that rosters say, not holiday calendars.
OF_ROSTERS = ("workday", "rest_day")
DAY_KINDS = {"makeup_workday": "make_up_workday"}
SKIPS = {
    # Months later, in bulk, as an import does: nobody is told, nothing is proposed.
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "leave_skip_state_check": True,
}


class Loader:
    """Makes the records of scenarios and remembers what each became."""

    def __init__(self, env):
        self.env = env(context={**env.context, **SKIPS})
        self.companies, self.stores, self.terminals, self.types = {}, {}, {}, {}
        self.number, self.known = 0, None

    def load(self, scenarios):
        """A :class:`Loaded` of each; their people are made together."""
        loaded = []
        for scenario in scenarios:
            self.number += 1
            loaded.append(Loaded(self, scenario, self.number))
        people = self.env["hr.employee"].create([one.person() for one in loaded])
        for one, employee in zip(loaded, people, strict=True):
            one.env, one.employee = self.env, employee
            one.fill()
        return loaded

    def know(self, notes):
        """A company, store and terminal that another process made."""
        company = self.env["res.company"].browse(notes["company"])
        store = self.env["attendance.store"].browse(notes["store"])
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": company.ids}
        )
        self.known = company.with_env(self.env), store.with_env(self.env)

    def company_of(self, policy, names):
        """The company that judges like a policy.

        :param names: the rules that it has; the others are left to the shifts.
        """
        if self.known:
            return self.known[0]
        figures = {}
        for name in names:
            figures |= figure(name, engine_name(name), policy)
        key = tuple(sorted(figures.items()))
        if key not in self.companies:
            name = f"Scenarios {len(self.companies) + 1}"
            company = self.env["res.company"].create({"name": name})
            company.attendance_policy_id.write(figures)
            company.attendance_leave_by_roster = True
            # A leave on a date without a roster goes by Odoo's working calendar.
            company.resource_calendar_id.tz = ZONE
            self.env.user.company_ids |= company
            allowed = [*self.env.context.get("allowed_company_ids", ()), company.id]
            self.env = self.env(
                context={**self.env.context, "allowed_company_ids": allowed}
            )
            self.companies[key] = company
        return self.companies[key].with_env(self.env)

    def store_of(self, company, zone, calendar, alone=None):
        """A store with this zone and these holidays.

        :param alone: what sets it apart: it is changed for one scenario.
        """
        if self.known:
            return self.known[1]
        key = company.id, zone, tuple(sorted(calendar.items())), alone
        if key not in self.stores:
            number = len(self.stores) + 1
            store = self.env["attendance.store"].create(
                {
                    "code": f"SC{number}",
                    "name": f"Scenarios {number}",
                    "tz": zone,
                    "company_id": company.id,
                }
            )
            if calendar or alone:
                store.holiday_calendar_id = self.env[
                    "attendance.holiday.calendar"
                ].create({"name": f"Scenarios {number}", "company_id": company.id})
                self.add_holidays(store, calendar)
            self.stores[key] = store
        return self.stores[key]

    def add_holidays(self, store, calendar):
        self.env["attendance.holiday"].create(
            [
                {
                    "name": kind,
                    "calendar_id": store.holiday_calendar_id.id,
                    "date": day,
                    "day_kind": DAY_KINDS.get(kind, kind),
                }
                for day, kind in calendar.items()
                if kind not in OF_ROSTERS
            ]
        )

    def terminal_of(self, store):
        """The serial number of a store's terminal."""
        if self.known:
            domain = [("store_id", "=", store.id)]
            return self.env["attendance.terminal"].search(domain).serial_number
        if store not in self.terminals:
            number = len(self.terminals) + 1
            self.terminals[store] = self.env["attendance.terminal"].create(
                {
                    "code": str(900000 + number),
                    "name": f"Scenarios {number}",
                    "serial_number": f"SCENARIO{number:04d}",
                    "vendor": "zkteco",
                    "store_id": store.id,
                    "company_id": store.company_id.id,
                }
            )
        return self.terminals[store].serial_number

    def type_of(self, company, request):
        """The leave type of a request."""
        key = (
            company.id,
            request.type_key,
            request.counts_as_worked,
            request.counts_calendar_days,
            waits(request),
            is_half(request),
        )
        if key not in self.types:
            self.types[key] = self.env["hr.leave.type"].create(
                {
                    "name": str(request.type_key or "Leave"),
                    "request_unit": "half_day" if is_half(request) else "hour",
                    "requires_allocation": False,
                    "leave_validation_type": (
                        "hr" if waits(request) else "no_validation"
                    ),
                    "time_type": "other" if request.counts_as_worked else "leave",
                    "counts_calendar_days": request.counts_calendar_days,
                    "company_id": company.id,
                }
            )
        return self.types[key]


class Loaded(Planning, Filing):
    """One scenario in the database."""

    def __init__(self, loader, scenario, number):
        self.loader, self.scenario, self.number = loader, scenario, number
        facts = scenario.facts
        self.zone = scenario.moments.zones(scenario.moments.base).key
        names = (*RULES, *ONLY_POLICY) if is_of_company(scenario) else FEW_RULES
        self.company = loader.company_of(facts.policies[0][1], names)
        self.env = loader.env
        defaults = [e for e in facts.entries if e.source is RosterSource.DEFAULT]
        changes = scenario.late and scenario.late.calendar != facts.calendar
        self.calendar = {day: kind.value for day, kind in facts.calendar.items()}
        # Time Off refuses a leave that takes nothing; it was filed before that.
        self.is_filed_first = any(
            request.kind is RequestKind.LEAVE
            and not request.counts_calendar_days
            and not self.is_due(request)
            for request in facts.requests
        )
        alone = defaults or changes or self.is_filed_first
        self.store = loader.store_of(
            self.company,
            self.zone,
            {} if self.is_filed_first else self.calendar,
            scenario.name if alone else None,
        )
        self.code = str(FIRST_CODE + number)
        self.shifts, self.rosters, self.requests, self.types = {}, {}, {}, {}
        self.punches, self.entries = [], []
        self.employee = self.env["hr.employee"]

    def person(self):
        return {
            "name": self.scenario.name,
            "company_id": self.company.id,
            "store_id": self.store.id,
            "terminal_user_code": self.code,
            **self.employed(self.scenario.facts.employment),
        }

    def fill(self):
        """What the file says of the person, in the order in which it becomes known."""
        facts = self.scenario.facts
        leaves = [one for one in facts.requests if one.kind is RequestKind.LEAVE]
        first = leaves if self.is_filed_first else []
        self.make_shifts()
        self.file(first)
        for entry in facts.entries:
            self.add_roster(entry)
        self.change_shifts()
        if first:
            self.loader.add_holidays(self.store, self.calendar)
        self.file([one for one in facts.requests if one not in first])
        self.punch(facts.punches)

    @classmethod
    def again(cls, loader, scenario, notes):
        """What another process loaded.

        :param notes: what ``notes`` gave there
        """
        env = loader.env
        loader.know(notes)
        loaded = cls(loader, scenario, notes["number"])
        loaded.employee = env["hr.employee"].browse(notes["employee"])
        loaded.shifts = {
            name: env["attendance.shift"].browse(number)
            for name, number in notes["shifts"].items()
        }
        loaded.requests = {
            name: env[model].browse(number)
            for name, (model, number) in notes["requests"].items()
        }
        for entry in scenario.facts.entries:
            made = [text for text, key in notes["rosters"].items() if key == entry.key]
            model = made[0].partition(",")[0]
            ids = [int(text.partition(",")[2]) for text in made]
            loaded.entries.append((entry, env[model].browse(ids)))
        return loaded

    def is_due(self, request):
        """Whether there is a shift on any of the dates of a leave."""
        if request.is_by_days:
            first, last = request.first_date, request.last_date
        else:
            # The night before reaches into its date.
            last = request.start.date()
            first = last - DAY
        dates = [first + DAY * n for n in range((last - first).days + 1)]
        planned = [self.scenario.roster_day(self.scenario.facts, day) for day in dates]
        return any(one.shift and one.day_kind.value in WORKDAYS for one in planned)

    @staticmethod
    def employed(employment):
        """Of whom nothing is written, nobody knows when they came."""
        return {
            name: day
            for name, day in (
                ("hire_date", employment.first),
                ("leave_date", employment.last),
            )
            if day
        }

    def notes(self):
        """What is needed to find everything again, as plain values."""
        return {
            "number": self.number,
            "employee": self.employee.id,
            "company": self.company.id,
            "store": self.store.id,
            "serial": self.loader.terminal_of(self.store),
            "shifts": {name: shift.id for name, shift in self.shifts.items()},
            "rosters": self.rosters,
            "requests": {
                name: [record._name, record.id]
                for name, record in self.requests.items()
            },
            "types": self.types,
            "punches": self.punches,
        }

    # --- punches ------------------------------------------------------------------

    def punch(self, punches):
        """What its terminal will be told of; a clock shows a repeated hour only once.

        Where a punch falls into the second time round it is made at a terminal in
        another zone.
        """
        for punch in punches:
            store = self.store
            if punch.at.fold:
                store = self.loader.store_of(self.company, FAR_ZONE, {})
            wall = punch.at.astimezone(timezone.utc).astimezone(ZoneInfo(store.tz))
            self.punches.append(
                {
                    "name": punch.key,
                    "serial": self.loader.terminal_of(store),
                    "code": self.code,
                    "wall": wall.strftime("%Y-%m-%d %H:%M:%S"),
                    "state": STATE_KEYS[punch.state.value],
                }
            )

    # --- late facts ---------------------------------------------------------------

    def add_late(self):
        """What becomes known afterwards, as a difference to what was known."""
        before, late = self.scenario.facts, self.scenario.late
        known = {punch.key for punch in before.punches}
        self.punches = []
        self.punch([punch for punch in late.punches if punch.key not in known])
        names = {request.key: request for request in before.requests}
        stay = {request.key for request in late.requests}
        for name in names.keys() - stay:
            self.withdraw(name)
        changed = [r for r in late.requests if names.get(r.key) != r]
        for request in changed:
            if request.key in names:
                self.withdraw(request.key)
        self.file(changed)
        added = {
            day: kind.value
            for day, kind in late.calendar.items()
            if before.calendar.get(day) != kind
        }
        if added:
            self.loader.add_holidays(self.store, added)
        if late.employment != before.employment:
            self.employee.write(self.employed(late.employment))
        self.change_rosters(late.entries)

    def change_rosters(self, entries):
        stay = [_what(entry) for entry in entries]
        gone = [pair for pair in self.entries if _what(pair[0]) not in stay]
        new = [
            e for e in entries if _what(e) not in [_what(o) for o, _m in self.entries]
        ]
        generated = [e for e in new if e.source is RosterSource.DATED]
        for entry in new:
            dropped = any(o.source is RosterSource.OVERRIDE for o, _made in gone)
            self.add_roster(entry, keeps_overrides=not dropped)
        for entry, made in gone:
            # What is generated again takes the place of what was generated before.
            if not generated:
                made.unlink()
            self.entries.remove((entry, made))


def _what(entry):
    return entry.source, entry.first, entry.last, entry.slots, entry.weekly_rest
