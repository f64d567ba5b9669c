"""The rules and modes a scenario may name."""

RULES = tuple(range(1, 18))
_CHOOSING = {
    "5a": "first_last",
    "5b": "per_timetable",
    "5c": "pairs",
    "5d": "state_key",
}

# Every mode the rules name, with the rule it belongs to.
MODES = {
    "workday": 1,
    "rest_day": 1,
    "public_holiday": 1,
    "moved_rest_day": 1,
    "makeup_workday": 1,
    "needs_approval": 1,
    "due_elapsed": 1,
    "due_nominal": 1,
    "clock_forward": 1,
    "clock_back": 1,
    "works_on_holidays": 3,
    "holiday_stays_due": 3,
    "first_last": 5,
    "per_timetable": 5,
    "pairs": 5,
    "state_key": 5,
    "round_in": 6,
    "round_out": 6,
    "round_overtime": 6,
    "missing_not_present": 7,
    "missing_minutes": 7,
    "missing_nominal": 7,
    "end_not_required": 7,
    "excess_only": 8,
    "deducts_punched_outing": 8,
    "least_worked_percent": 8,
    "break_fixed": 9,
    "break_beyond": 9,
    "break_punched": 9,
    "break_paid": 9,
    "flexible": 10,
    "core_time": 10,
    "elastic": 10,
    "recognition": 10,
    "overtime_form": 11,
    "overtime_form_presence": 11,
    "overtime_automatic": 11,
    "overtime_lesser": 11,
    "overtime_trust": 11,
    "overtime_before_start": 11,
    "overtime_delay": 11,
    "overtime_rest_deduction": 11,
    "flags_unapproved_workday": 11,
    "leave_by_days": 12,
    "leave_by_hours": 12,
    "leave_half_day": 12,
    "leave_calendar_days": 12,
    "leave_counts_as_worked": 12,
    "trip_by_days": 12,
    "trip_by_hours": 12,
    "outing": 12,
    "correction": 12,
    "in_progress": 13,
    "override": 14,
    "dated": 14,
    "standing": 14,
    "default": 14,
    "working_calendar": 14,
    "regenerate": 14,
}


def read_rules(words, place) -> tuple[frozenset, frozenset]:
    """Numbers of rules, and the modes that ``5a`` to ``5d`` stand for."""
    if not words:
        place.refuse("at least one rule is wanted.")
    rules, modes = set(), set()
    for word in words:
        if word in _CHOOSING:
            modes.add(_CHOOSING[word])
            word = 5
        if word not in RULES:
            place.refuse(f'"{word}" is no rule; they are 1 to 17, and 5a to 5d.')
        rules.add(word)
    return frozenset(rules), frozenset(modes)


def read_modes(words, place) -> frozenset:
    """Modes by name."""
    for word in words:
        if word not in MODES:
            place.refuse(f'"{word}" is no mode; they are: {", ".join(MODES)}.')
    return frozenset(words)
