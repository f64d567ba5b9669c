"""From a file to scenarios. ``docs/scenarios.md`` is the description."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from chain_attendance_engine import Employment, EngineError, Period

from .expect import read_adjustments, read_day, read_sum
from .facts import read_punches, read_requests
from .rosters import read_calendar, read_regenerated, read_roster
from .rules import read_modes, read_rules
from .scenario import Facts, Scenario, with_more
from .section import Place, Section
from .shifts import PRESETS, change_policy, read_policy, read_shift, shift_policy
from .text import read
from .times import Moments, day, zone

_BASE = date(2014, 7, 9)
_EARLIEST = date(1970, 1, 1)
_FILE = ("about", "uses", "date", "zone", "shifts", "policies", "scenarios")
_LATE = (
    "punches",
    "requests",
    "gone",
    "roster",
    "regenerate",
    "calendar",
    "policy",
    "employed",
    "now",
)
_SCENARIO = (
    "name",
    "title",
    "rules",
    "modes",
    "disputed",
    "date",
    "zone",
    "zone_from",
    "policy",
    "policy_from",
    "shift",
    "shifts",
    "shifts_from",
    "roster",
    "calendar",
    "person",
    "employed",
    "punches",
    "requests",
    "now",
    "expect",
    "expect_days",
    "expect_sum",
    "expect_watches",
    "late",
    "expect_late",
    "expect_written",
    "expect_adjustments",
    "periods",
    "expect_adjusted_in",
    "expect_closable",
)


class _File:
    """What the top of a file gives to all its scenarios."""

    def __init__(self, path: Path):
        place = Place(path.name)
        self.part = Section(read(path), place, _FILE)
        self.place = place
        self.shifts, self.policies = {}, dict(PRESETS)
        for other in self.part.listed("uses"):
            used = _File(path.parent / other)
            self.shifts |= used.shifts
            self.policies |= used.policies
        self.shifts |= _mapping(self.part, "shifts")
        for name, data in _mapping(self.part, "policies").items():
            spot = place.inside("policies").inside(name)
            self.policies[name] = read_policy(data, self.policies, spot)


def load_file(path) -> list[Scenario]:
    """The scenarios of a file.

    :raises ScenarioError: a sentence naming file, scenario and key
    """
    file = _File(Path(path))
    listed = file.part.listed("scenarios")
    found = [_Reader(file, data).scenario() for data in listed]
    names = [scenario.name for scenario in found]
    for name in names:
        if names.count(name) > 1:
            file.place.refuse(f'two scenarios are named "{name}".')
    return found


class _Reader:
    """Reads one scenario."""

    def __init__(self, file: _File, data):
        self.file = file
        name = data.get("name", "?") if isinstance(data, dict) else "?"
        self.place = Place(file.place.file, str(name))
        self.part = Section(data, self.place, _SCENARIO)
        self.part.need("name")
        written = self.part.get("date", file.part.get("date"))
        self.base = _BASE if written is None else day(written, _BASE, self.place)
        self.moments = Moments(self.base, self._zones())
        self.shift_data = file.shifts | _mapping(self.part, "shifts")

    def scenario(self) -> Scenario:
        """The scenario with everything it says."""
        part = self.part
        rules, modes = read_rules(part.listed("rules"), self.place.inside("rules"))
        more = read_modes(part.listed("modes"), self.place.inside("modes"))
        facts = self._facts()
        late = self._late(facts) if "late" in part else None
        expected = self._days("expect_days")
        if "expect" in part:
            expected[self.base] = self._day(part.get("expect"), "expect")
        if not expected:
            self.place.refuse('the key "expect" or "expect_days" is missing.')
        return Scenario(
            str(part.need("name")),
            part.get("title", ""),
            self.place,
            rules,
            modes | more,
            part.get("disputed", ""),
            self.moments,
            facts,
            expected,
            self._sum(),
            part.listed("expect_watches") if "expect_watches" in part else None,
            late,
            self._days("expect_late"),
            self._written(),
            self._adjustments(),
            self._periods(),
            part.get("expect_adjusted_in"),
            part.flag("expect_closable") if "expect_closable" in part else None,
        )

    def _zones(self):
        written = self.part.get("zone", self.file.part.get("zone", "Asia/Shanghai"))
        versions = [(_EARLIEST, zone(written, self.place))]
        for key, name in _mapping(self.part, "zone_from").items():
            first = day(key, self.base, self.place)
            versions.append((first, zone(name, self.place)))
        versions.sort(key=lambda version: version[0])
        return lambda on: [made for first, made in versions if first <= on][-1]

    def _facts(self) -> Facts:
        part, place = self.part, self.place
        shifts = self._shifts(self.shift_data)
        for name, data in self.shift_data.items():
            spot = place.inside("shifts").inside(name).inside("policy")
            change_policy(PRESETS["defaults"], shift_policy(data), spot)
        policy = read_policy(
            part.get("policy", "P0"), self.file.policies, place.inside("policy")
        )
        return Facts(
            self._versions("policy_from", policy, self._policy),
            self._versions(
                "shifts_from",
                shifts,
                lambda data, spot: self._shifts(self.shift_data | data),
            ),
            {
                name: shift_policy(data)
                for name, data in self.shift_data.items()
                if shift_policy(data)
            },
            self._roster(),
            read_calendar(part.get("calendar", {}), self.base, place),
            self._employment(part.get("employed", part.get("person", {}))),
            read_punches(part.get("punches"), self.moments, place.inside("punches")),
            read_requests(part.get("requests"), self.moments, place.inside("requests")),
            self._now(part),
        )

    def _policy(self, data, spot):
        return read_policy(data, self.file.policies, spot)

    def _shifts(self, data: dict) -> dict:
        spot = self.place.inside("shifts")
        return {
            name: read_shift(name, one, spot.inside(name)) for name, one in data.items()
        }

    def _versions(self, key, first, reader) -> list:
        found = [(_EARLIEST, first)]
        for when, data in _mapping(self.part, key).items():
            spot = self.place.inside(key)
            found.append((day(when, self.base, spot), reader(data, spot)))
        return sorted(found, key=lambda version: version[0])

    def _roster(self) -> list:
        part = self.part
        if ("shift" in part) == ("roster" in part):
            self.place.refuse('one of the keys "shift" and "roster" is wanted.')
        data = part.get("roster")
        if "shift" in part:
            data = {0: part.get("shift")} if part.get("shift") != "none" else {}
        spot = self.place.inside("roster")
        return read_roster(data, self.base, self.shift_data, spot)

    def _employment(self, data) -> Employment:
        spot = self.place.inside("employed")
        part = Section(data, spot, ("name", "number", "first", "last"))
        bounds = [
            None if part.get(key) is None else day(part.get(key), self.base, spot)
            for key in ("first", "last")
        ]
        try:
            return Employment(*bounds)
        except EngineError as error:
            spot.refuse(f"the engine refuses this: {error}")

    def _now(self, part: Section):
        if part.get("now") is None:
            return None
        return self.moments.instant(part.get("now"), self.place.inside("now"))

    def _late(self, facts: Facts) -> Facts:
        spot = self.place.inside("late")
        part = Section(self.part.get("late") or {}, spot, _LATE)
        number = len(facts.requests)
        late = with_more(
            facts,
            read_punches(part.get("punches"), self.moments, spot),
            read_requests(part.get("requests"), self.moments, spot, number),
            part.listed("gone"),
        )
        changes = {}
        if "roster" in part:
            changes["entries"] = read_roster(
                part.get("roster"), self.base, self.shift_data, spot
            )
        if "regenerate" in part:
            changes["entries"] = read_regenerated(
                part.get("regenerate"), facts.entries, self.base, self.shift_data, spot
            )
        if "calendar" in part:
            added = read_calendar(part.get("calendar"), self.base, spot)
            changes["calendar"] = facts.calendar | added
        if "policy" in part:
            changes["policies"] = [
                (_EARLIEST, self._policy(part.get("policy"), spot)),
            ]
        if "employed" in part:
            changes["employment"] = self._employment(part.get("employed"))
        if "now" in part:
            changes["now"] = self._now(part)
        return replace(late, **changes)

    def _days(self, key) -> dict:
        return {
            day(when, self.base, self.place.inside(key)): self._day(data, key)
            for when, data in _mapping(self.part, key).items()
        }

    def _day(self, data, key):
        return read_day(data, self.place.inside(key))

    def _sum(self):
        if "expect_sum" not in self.part:
            return None
        return read_sum(self.part.get("expect_sum"), self.place.inside("expect_sum"))

    def _written(self):
        if "expect_written" not in self.part:
            return None
        dates = self.part.listed("expect_written")
        return {day(when, self.base, self.place) for when in dates}

    def _adjustments(self):
        if "expect_adjustments" not in self.part:
            return None
        spot = self.place.inside("expect_adjustments")
        return {
            day(when, self.base, spot): read_adjustments(lines, spot)
            for when, lines in _mapping(self.part, "expect_adjustments").items()
        }

    def _periods(self) -> list[Period]:
        found = []
        for data in self.part.listed("periods"):
            spot = self.place.inside("periods")
            part = Section(data, spot, ("name", "first", "last", "closed"))
            first, last = (
                day(part.need(key), self.base, spot) for key in ("first", "last")
            )
            found.append(Period(part.need("name"), first, last, part.flag("closed")))
        return found


def _mapping(part: Section, key) -> dict:
    """The value of a key that holds names with values."""
    data = part.get(key, {})
    if not isinstance(data, dict):
        part.place.refuse(f'"{key}" wants names with values.')
    return data
