"""One scenario: the facts of one person, resolved date by date."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from chain_attendance_engine import (
    DayInput,
    DayKind,
    EmployeeInput,
    Employment,
    Period,
    Policy,
    Punch,
    RequestSpan,
    RosterDay,
    Rosters,
    Shift,
)

from .rosters import Candidates
from .section import Place
from .shifts import change_policy
from .times import Moments

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What is known of the person; ``late`` facts make a second one of these.

    :param policies: versions, ``(first date, policy)`` in order of dates
    :param shifts: versions likewise, ``(first date, {name: shift})``
    :param shift_policies: policy fields a shift brings along, by its name
    """

    policies: list[tuple[date, Policy]]
    shifts: list[tuple[date, dict[str, Shift]]]
    shift_policies: dict[str, dict]
    entries: list
    calendar: dict[date, DayKind]
    employment: Employment
    punches: tuple[Punch, ...]
    requests: tuple[RequestSpan, ...]
    now: datetime | None = None


@dataclass(frozen=True)
class Scenario:
    """What a file says under one name."""

    name: str
    title: str
    place: Place
    rules: frozenset
    modes: frozenset
    disputed: str
    moments: Moments
    facts: Facts
    expected: dict[date, object]
    expected_sum: object = None
    watches: list[str] | None = None
    late: Facts | None = None
    expected_late: dict[date, object] = field(default_factory=dict)
    written: set[date] | None = None
    adjustments: dict[date, dict[str, int]] | None = None
    periods: list[Period] = field(default_factory=list)
    adjusted_in: str | None = None
    closable: bool | None = None

    def roster_day(self, facts: Facts, day: date) -> RosterDay:
        """What the engine is told of a date: roster, policy and zone of then."""
        kind = facts.calendar.get(day, DayKind.WORKDAY)
        choice = Rosters(facts.entries).on(day, kind)
        shifts = _version(facts.shifts, day)
        named, candidates = choice.shift, ()
        if isinstance(named, Candidates):
            candidates = tuple(shifts[name] for name in named)
            named = named.judged_by
        policy = _version(facts.policies, day)
        own = facts.shift_policies.get(named)
        if own:
            policy = change_policy(policy, own, self.place)
        return RosterDay(
            day,
            self.moments.zones(day),
            policy,
            shifts[named] if named else None,
            choice.is_rest,
            kind,
            candidates,
            choice.source,
            choice.entry.key if choice.entry else None,
        )

    def day_input(self, facts: Facts, day: date) -> DayInput:
        """The engine's input of a date, with its neighbours."""
        near = (self.roster_day(facts, day + n * DAY) for n in (0, -1, 1))
        return DayInput(
            *near,
            punches=facts.punches,
            requests=facts.requests,
            employment=facts.employment,
            now=facts.now,
        )

    def employee_input(self, facts: Facts, days: list[date]) -> EmployeeInput:
        """The engine's input of all the dates at once."""
        wanted = {day + n * DAY for day in days for n in (-1, 0, 1)}
        roster = {day: self.roster_day(facts, day) for day in sorted(wanted)}
        return EmployeeInput(
            roster, facts.punches, facts.requests, facts.employment, facts.now
        )


def with_more(facts: Facts, punches, requests, gone=()) -> Facts:
    """Facts with later ones; a request of the same name replaces the earlier."""
    names = {request.key for request in requests} | set(gone)
    kept = tuple(one for one in facts.requests if one.key not in names)
    stay = tuple(one for one in facts.punches if one.key not in gone)
    return replace(facts, punches=stay + punches, requests=kept + requests)


def _version(versions, day: date):
    found = versions[0][1]
    for first, value in versions:
        if first <= day:
            found = value
    return found
