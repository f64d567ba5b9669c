"""What a database of Odoo cannot hold of a scenario, and why.

The list is short and honest: whoever adds to the addons takes a line away here.
"""

from chain_attendance_engine import DayKind, Policy, RequestKind

from ..rosters import Candidates

# Figures that no shift has of its own.
ONLY_COMPANY = ("due_measure", "holiday_stays_due", "unscheduled_uses_calendar")
DEFAULTS = Policy()


def why_not(scenario):
    """A reason why a database cannot hold a scenario, or ``None``."""
    for facts in filter(None, (scenario.facts, scenario.late)):
        reason = (
            _of_policy(scenario, facts)
            or _of_roster(facts)
            or _of_calendar(scenario, facts)
            or _of_requests(facts)
        )
        if reason:
            return reason
    return None


def is_of_company(scenario):
    """Whether all rules have to be the company's: no shift can have them."""
    policy = scenario.facts.policies[0][1]
    return any(
        getattr(policy, name) != getattr(DEFAULTS, name) for name in ONLY_COMPANY
    ) or any(
        scenario.roster_day(facts, day).shift is None
        for facts in filter(None, (scenario.facts, scenario.late))
        for day in scenario.expected
    )


def _of_policy(scenario, facts):
    company = scenario.facts.policies[0][1]
    for _first, policy in facts.policies:
        for name in ONLY_COMPANY:
            if getattr(policy, name) != getattr(company, name):
                return f"{name} has no versions in the database"
    for day in scenario.expected:
        planned = scenario.roster_day(facts, day)
        if planned.shift is None and planned.policy != company:
            return "the policy of a company has no versions; those of shifts have"
    return None


def _of_roster(facts):
    """Punches decide between the rostered shift and others, always the same ones."""
    slots = {slot for entry in facts.entries for slot in entry.slots if slot}
    choices = [slot for slot in slots if isinstance(slot, Candidates)]
    for choice in choices:
        if choice.judged_by not in (None, *choice):
            return "the shift of a day without punches is one of those recognised"
        if choice.judged_by is None and not facts.punches:
            return "a day without punches is judged by the rostered shift"
    rostered = [rostered_of(slot) for slot in slots]
    if len(rostered) != len(set(rostered)) and choices:
        return "between the same shifts punches decide on every day, or on none"
    return None


def rostered_of(slot):
    """The name of the shift that a roster of the database names for a slot."""
    return (slot.judged_by or slot[0]) if isinstance(slot, Candidates) else slot


def _of_calendar(scenario, facts):
    """A day of rest is said by rosters; a calendar may say the same once more."""
    for day, kind in facts.calendar.items():
        if kind is DayKind.REST_DAY and not scenario.roster_day(facts, day).is_rest:
            return "holiday calendars have no day of rest; rosters have"
    return None


def _of_requests(facts):
    filed = [one for one in facts.requests if one.is_in_force]
    for kind in (RequestKind.OVERTIME, RequestKind.LEAVE):
        spans = sorted(
            (one.start_minute, one.stop_minute)
            for one in filed
            if one.kind is kind and not one.is_by_days
        )
        for before, after in zip(spans, spans[1:], strict=False):
            if after[0] < before[1]:
                return f"a second {kind.value} over the same minutes is refused"
    return None
