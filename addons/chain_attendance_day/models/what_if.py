"""What if: judge gathered days once as they are and once with something swapped."""

from dataclasses import replace

from odoo.addons.chain_attendance_engine import evaluate_day
from odoo.addons.chain_attendance_engine.totals import subtract_totals

# The figures that are compared, in the order in which they are shown.
COMPARED = (
    "due_minutes",
    "worked_minutes",
    "late_minutes",
    "early_minutes",
    "absent_minutes",
    "overtime_workday_minutes",
    "overtime_rest_day_minutes",
    "overtime_holiday_minutes",
)


def swapped(day_input, change):
    """The same day with the rosters that ``change`` gives for it and its neighbours."""
    three = {
        name: roster and change(roster)
        for name, roster in (
            ("today", day_input.today),
            ("yesterday", day_input.yesterday),
            ("tomorrow", day_input.tomorrow),
        )
    }
    if all(roster is getattr(day_input, name) for name, roster in three.items()):
        return day_input
    return replace(day_input, **three)


def compare_day(day_input, change):
    """``(before, after)`` figures of a day, equal objects where nothing changes."""
    before = evaluate_day(day_input).totals
    other = swapped(day_input, change)
    if other is day_input:
        return before, before
    return before, evaluate_day(other).totals


def figures(totals):
    """The compared figures of a day's totals; empty ones are 0."""
    return [getattr(totals, name) or 0 for name in COMPARED]


def differs(before, after):
    """Whether some figure of the day, shown or not, is another one."""
    return before is not after and any(subtract_totals(after, before))


class OtherPolicy:
    """Roster days judged by other rules of the company; a shift's own stay."""

    def __init__(self, asked, rules, figures_of):
        self.dates = set(asked._dates())
        self.base = asked._company_policy()
        self.rules = rules
        self.figures_of = figures_of
        self.made = {}

    def check(self, policy):
        replace(policy, **self.rules)

    def __call__(self, roster):
        if roster.date not in self.dates or roster.policy.key != self.base.key:
            return roster
        own = ()
        if roster.shift is not None:
            rules = self.figures_of.get((roster.shift.key, roster.date))
            own = rules.figures if rules else ()
        if own not in self.made:
            self.made[own] = replace(self.base, **(self.rules | dict(own)))
        return replace(roster, policy=self.made[own])


class OtherShift:
    """Roster days on another shift, with its own figures.

    :param rules: ``{date: (shift, figures, candidates)}``; without candidates between
        which punches decide they stay those of the day.
    """

    def __init__(self, asked, rules, key):
        self.rules = rules
        self.key = key
        self.base = asked._company_policy()
        self.made = {}

    def check(self, policy):
        for _shift, own, _choice in self.rules.values():
            replace(policy, **dict(own))

    def __call__(self, roster):
        rule = self.rules.get(roster.date)
        if rule is None or roster.shift is None or roster.policy.key != self.base.key:
            return roster
        shift, own, choice = rule
        is_other = self.key and roster.shift.key != self.key
        if choice is None:
            choice = self._exchanged(roster, shift)
            if is_other and choice != roster.candidates:
                return replace(roster, candidates=choice)
        if is_other:
            return roster
        if own not in self.made:
            self.made[own] = replace(self.base, **dict(own))
        return replace(
            roster,
            shift=shift,
            candidates=choice,
            policy=self.made[own],
        )

    @staticmethod
    def _exchanged(roster, shift):
        """The day's candidates, with this shift in the place of the one it was."""
        kept = tuple(
            shift if one.key == shift.key else one for one in roster.candidates
        )
        return () if any(one.is_flexible for one in kept) else kept
