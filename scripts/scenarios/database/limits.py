"""What a database of Odoo cannot hold of a scenario, and why.

The list is short and honest: whoever adds to the addons takes a line away here.
"""

from chain_attendance_engine import DayKind, Policy, RequestKind, RequestState

from ..rosters import Candidates

# Figures of the engine's policy that a company's policy has.
OF_COMPANY = {
    "early_in_minutes": "window_in_minutes",
    "late_out_minutes": "window_out_minutes",
    "duplicate_seconds": "duplicate_seconds",
    "grace_late_minutes": "grace_late_minutes",
    "grace_early_minutes": "grace_early_minutes",
    "late_limit_minutes": "late_limit_minutes",
    "early_limit_minutes": "early_limit_minutes",
}
NOWHERE = ("due_measure", "holiday_stays_due", "unscheduled_uses_calendar")
DEFAULTS = Policy()


def why_not(scenario):
    """A reason why a database cannot hold a scenario, or ``None``."""
    for facts in filter(None, (scenario.facts, scenario.late)):
        reason = _of_policy(scenario, facts) or _of_roster(facts) or _of_requests(facts)
        if reason:
            return reason
        if any(kind is DayKind.REST_DAY for kind in facts.calendar.values()):
            return "holiday calendars have no day of rest; rosters have"
    return None


def _of_policy(scenario, facts):
    for _first, policy in facts.policies:
        for name in NOWHERE:
            if getattr(policy, name) != getattr(DEFAULTS, name):
                return f"no policy in the database has {name}"
        own = [
            name
            for name in Policy.__dataclass_fields__
            if name not in (*OF_COMPANY, "key")
            and getattr(policy, name) != getattr(DEFAULTS, name)
        ]
        if own and any(
            scenario.roster_day(facts, day).shift is None for day in scenario.expected
        ):
            return f"a day without a shift has no {own[0]} of its own"
    return None


def _of_roster(facts):
    for entry in facts.entries:
        if any(isinstance(slot, Candidates) for slot in entry.slots):
            return "a roster names one shift; none is recognised by punches"
        if entry.source.value == "calendar":
            return "no roster falls back to Odoo's working calendar"
    return None


def _of_requests(facts):
    filed = [one for one in facts.requests if one.is_in_force]
    for request in facts.requests:
        is_leave = request.kind is RequestKind.LEAVE
        if is_leave and request.state is RequestState.DRAFT:
            return "Time Off has no drafts"
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
