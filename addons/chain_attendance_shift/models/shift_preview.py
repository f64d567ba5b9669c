"""A shift as a picture of its day, and what comes out of punches typed for a try."""

import re
from datetime import date, datetime, timedelta, timezone

from odoo.addons.chain_attendance_engine import (
    DayInput,
    Punch,
    RosterDay,
    evaluate_day,
)

from .shift_definition import MINUTES_PER_DAY

# Any date without a change of the clocks will do.
A_DATE = date(2026, 1, 5)
MIDNIGHT = datetime(2026, 1, 5, tzinfo=timezone.utc)
TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")  # noqa: RUF001
SEPARATORS = re.compile(r"[\s,;，；、]+")  # noqa: RUF001
MOST_PUNCHES = 20


def drawing(shift, policy):
    """Where everything of a day lies, in minutes after midnight of the work date."""
    if not shift.plan:
        return {
            "window": [0, MINUTES_PER_DAY],
            "pieces": [],
            "core": [[_minute(core.start), _minute(core.end)] for core in shift.core],
            "flexible": shift.flexible_minutes,
            "elastic": 0,
        }
    first, last = shift.plan[0], shift.plan[-1]
    return {
        "window": [
            first.start - policy.early_in_minutes,
            last.stop + policy.late_out_minutes + 1,
        ],
        "pieces": [
            {
                "span": [piece.start, piece.stop],
                "breaks": [
                    {"span": [pause.start, pause.stop], "kind": pause.kind.value}
                    for pause in piece.breaks
                ],
                "grace": [
                    min(policy.grace_late_minutes, piece.stop - piece.start),
                    min(policy.grace_early_minutes, piece.stop - piece.start),
                ],
            }
            for piece in shift.plan
        ],
        "core": [],
        "flexible": 0,
        "elastic": shift.elastic_minutes,
    }


def read_times(text, earliest):
    """Typed punches as seconds after midnight of the work date, in order.

    A time that is not after the one before lies on the next day; so does the first
    one, where it would come before the window.

    :param earliest: minute at which the window opens
    :return: the seconds, or ``None`` where something is no time
    """
    found = []
    for word in filter(None, SEPARATORS.split(text)):
        match = TIME.fullmatch(word)
        if not match:
            return None
        hour, minute, second = (int(part or 0) for part in match.groups())
        if hour > 24 or minute > 59 or second > 59:
            return None
        at = (hour * 60 + minute) * 60 + second
        if at < earliest * 60 or (found and at < found[-1]):
            at += MINUTES_PER_DAY * 60
        found.append(at)
    return found if len(found) <= MOST_PUNCHES else None


def try_day(shift, policy, seconds):
    """The engine's result of a day on this shift with these punches."""
    roster = RosterDay(A_DATE, timezone.utc, policy, shift=shift)
    punches = tuple(
        Punch(number, MIDNIGHT + timedelta(seconds=second))
        for number, second in enumerate(seconds)
    )
    return evaluate_day(DayInput(roster, punches=punches))


def _minute(at):
    return at.hour * 60 + at.minute
