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
