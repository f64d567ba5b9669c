"""What a shift is made of, as plain values, and what the engine gets of it.

A *definition* is a dictionary that JSON can hold: the shift's own figures by field
name, and its rows under ``timetables``, ``breaks`` and ``core``. The record in use and
what held before are both read as definitions, so one translation serves for both.
"""

from datetime import time

from odoo.addons.chain_attendance_engine import (
    Break,
    BreakKind,
    CoreTime,
    Direction,
    DueMeasure,
    MissingEnd,
    OvertimeMode,
    PunchMode,
    Rounding,
    Shift,
    Timetable,
)

MINUTES_PER_DAY = 1440

# The shift's own figures, by the switch that puts them in the policy's place.
OWN_RULES = {
    "has_own_windows": ("window_in_minutes", "window_out_minutes"),
    "has_own_limits": (
        "grace_late_minutes",
        "grace_early_minutes",
        "is_late_limited",
        "late_limit_minutes",
        "is_early_limited",
        "early_limit_minutes",
        "counts_only_excess",
        "least_worked_percent",
    ),
    "has_own_punches": (
        "punch_mode",
        "duplicate_seconds",
        "missing_in",
        "missing_in_minutes",
        "missing_out",
        "missing_out_minutes",
        "deducts_punched_outing",
    ),
    "has_own_rounding": (
        "round_in_minutes",
        "round_in_direction",
        "round_out_minutes",
        "round_out_direction",
        "round_overtime_minutes",
        "round_overtime_direction",
    ),
    "has_own_overtime": (
        "overtime_mode",
        "overtime_delay_minutes",
        "overtime_before_start",
        "overtime_rest_minutes",
        "overtime_rest_after_minutes",
        "overtime_least_minutes",
        "overtime_unit_minutes",
        "flags_unapproved_workday",
    ),
}
RULES = tuple(name for names in OWN_RULES.values() for name in names)
# What a policy says and a shift does not.
ONLY_POLICY = ("due_measure", "holiday_stays_due", "unscheduled_uses_calendar")
FIGURES = (
    "is_flexible",
    "flexible_minutes",
    "elastic_minutes",
    "works_on_holidays",
    "workday_value",
    *OWN_RULES,
    *RULES,
)
ROWS = {
    "timetables": ("start_minutes", "end_minutes", "is_in_required", "is_out_required"),
    "breaks": ("start_minutes", "end_minutes", "kind", "beyond_minutes", "is_paid"),
    "core": ("start_minutes", "end_minutes"),
}
# Lowest and highest value of every figure; the engine or sense sets them.
LIMITS = {
    "flexible_minutes": (1, MINUTES_PER_DAY),
    "elastic_minutes": (0, MINUTES_PER_DAY),
    "workday_value": (0, 2),
    "window_in_minutes": (0, MINUTES_PER_DAY),
    "window_out_minutes": (0, MINUTES_PER_DAY),
    "grace_late_minutes": (0, MINUTES_PER_DAY),
    "grace_early_minutes": (0, MINUTES_PER_DAY),
    "late_limit_minutes": (0, MINUTES_PER_DAY),
    "early_limit_minutes": (0, MINUTES_PER_DAY),
    "least_worked_percent": (0, 100),
    "duplicate_seconds": (0, MINUTES_PER_DAY * 60),
    "missing_in_minutes": (0, MINUTES_PER_DAY),
    "missing_out_minutes": (0, MINUTES_PER_DAY),
    "round_in_minutes": (0, 720),
    "round_out_minutes": (0, 720),
    "round_overtime_minutes": (0, 720),
    "overtime_delay_minutes": (0, MINUTES_PER_DAY),
    "overtime_rest_minutes": (0, MINUTES_PER_DAY),
    "overtime_rest_after_minutes": (0, MINUTES_PER_DAY),
    "overtime_least_minutes": (0, MINUTES_PER_DAY),
    "overtime_unit_minutes": (1, MINUTES_PER_DAY),
}
# Fields that are named differently in the engine's policy.
POLICY_NAMES = {
    "window_in_minutes": "early_in_minutes",
    "window_out_minutes": "late_out_minutes",
}
POLICY_TYPES = {
    "due_measure": DueMeasure,
    "punch_mode": PunchMode,
    "missing_in": MissingEnd,
    "missing_out": MissingEnd,
    "overtime_mode": OvertimeMode,
}
# Where the days of a shift nearly touch, so much of their windows may overlap; the
# engine cuts them in the middle.
LEAST_REACH = 240


def wall(minutes):
    """Minutes after midnight as a wall-clock time; 24:00 is 0:00."""
    return time(minutes // 60 % 24, minutes % 60)


def clock(minutes):
    """Minutes after midnight as a person writes them, ``08:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def engine_shift(key, definition, name=""):
    """The engine's shift of a definition.

    A break belongs to the timetable that it lies in.

    :raises EngineError: where its parts make no sense
    """
    core = tuple(
        CoreTime(wall(row["start_minutes"]), wall(row["end_minutes"]))
        for row in definition["core"]
    )
    flexible = definition["flexible_minutes"] if definition["is_flexible"] else None
    return Shift(
        key,
        _timetables(definition),
        flexible_minutes=flexible,
        core=core,
        elastic_minutes=definition["elastic_minutes"],
        works_on_holidays=definition["works_on_holidays"],
        name=name,
    )


def engine_figures(definition):
    """The shift's own figures that stand in for the policy's, as hashable pairs."""
    rules = {
        name: definition[name]
        for switch, names in OWN_RULES.items()
        if definition[switch]
        for name in names
    }
    return tuple(sorted(policy_figures(rules).items()))


def policy_figures(rules):
    """Rules by their fields' names as the engine's policy has them.

    :param rules: whole groups of ``OWN_RULES``, and what only a policy has
    """
    figures = {}
    for name, value in rules.items():
        kind = POLICY_TYPES.get(name)
        figures[POLICY_NAMES.get(name, name)] = kind(value) if kind else value
    for end in ("late", "early"):
        if not figures.pop(f"is_{end}_limited", True):
            figures[f"{end}_limit_minutes"] = None
    for what in ("in", "out", "overtime"):
        if f"round_{what}_minutes" in figures:
            unit = figures.pop(f"round_{what}_minutes")
            direction = Direction(figures.pop(f"round_{what}_direction"))
            figures[f"round_{what}"] = Rounding(unit, direction) if unit else None
    return figures


def stray_breaks(definition):
    """The breaks that lie in no timetable."""
    if not definition["timetables"]:
        return definition["breaks"]
    plan = _bare(definition).plan
    return [row for row in definition["breaks"] if _home(row, plan) is None]


def reach_limit(shift):
    """How many minutes a shift's window may reach beyond it, so that the shift of the
    next day keeps its own."""
    if not shift.plan:
        return MINUTES_PER_DAY
    span = shift.plan[-1].stop - shift.plan[0].start
    return max(MINUTES_PER_DAY - span, LEAST_REACH)


def _bare(definition):
    return Shift(
        0,
        tuple(
            Timetable(wall(row["start_minutes"]), wall(row["end_minutes"]))
            for row in definition["timetables"]
        ),
    )


def _timetables(definition):
    rows, breaks = definition["timetables"], definition["breaks"]
    if not rows:
        return ()
    homes = [[] for _row in rows]
    plan = _bare(definition).plan if breaks else ()
    for row in breaks:
        # The engine refuses one that lies in none.
        homes[_home(row, plan) or 0].append(_break(row))
    return tuple(
        Timetable(
            wall(row["start_minutes"]),
            wall(row["end_minutes"]),
            tuple(home),
            is_in_required=row["is_in_required"],
            is_out_required=row["is_out_required"],
        )
        for row, home in zip(rows, homes, strict=True)
    )


def _break(row):
    kind = BreakKind(row["kind"])
    return Break(
        wall(row["start_minutes"]),
        wall(row["end_minutes"]),
        kind,
        row["beyond_minutes"] if kind is BreakKind.BEYOND else 0,
        row["is_paid"],
    )


def _home(row, plan):
    for index, piece in enumerate(plan):
        midnight = piece.start - piece.start % MINUTES_PER_DAY
        begin = midnight + row["start_minutes"]
        if begin < piece.start:
            begin += MINUTES_PER_DAY
        length = (row["end_minutes"] - row["start_minutes"]) % MINUTES_PER_DAY
        if begin + length <= piece.stop:
            return index
    return None
