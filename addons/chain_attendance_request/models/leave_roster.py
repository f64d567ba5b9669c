"""What a leave takes by the roster: plain values in, plain values out."""

from datetime import timedelta, timezone
from typing import NamedTuple

from odoo.addons.chain_attendance_engine import (
    EmployeeInput,
    Employment,
    RequestKind,
    RequestSpan,
    RequestState,
    evaluate_days,
    instant_minute,
    minute_at,
)

DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60
WHOLE_DAY = (0, DAY_MINUTES)


class Plan(NamedTuple):
    """What is planned for one person around a leave.

    :param roster: the engine's ``RosterDay`` of each date
    """

    roster: dict
    employment: Employment

    def is_planned(self, day):
        """Whether a roster says anything of the date, a day of rest included."""
        planned = self.roster[day]
        return planned.is_rest or planned.shift is not None

    def taken(self, request, dates):
        """``{date: Taken}``: what a leave takes of each date.

        :param request: the leave as the engine's ``RequestSpan``
        """
        source = EmployeeInput(
            self.roster, requests=(request,), employment=self.employment
        )
        return {
            result.work_date: _taken(request, result)
            for result in evaluate_days(source, dates)
        }


class Taken(NamedTuple):
    """What a leave takes of one date.

    :param minutes: those it cuts out of what is due
    :param days: 1 if the date is charged as a day
    :param due: minutes due without the leave
    """

    minutes: int
    days: int
    due: int


def _taken(request, result):
    minutes = sum(charge.minutes for charge in result.charges)
    due = result.totals.due_minutes
    return Taken(
        minutes,
        sum(charge.days for charge in result.charges),
        due if request.counts_as_worked else due + minutes,
    )


def hours_of(planned):
    """``(first minute, last minute)`` of the shift of a date, ``None`` without one.

    Flexible hours can lie anywhere in the calendar day.
    """
    if planned.shift is None:
        return None
    pieces = planned.shift.plan
    return (pieces[0].start, pieces[-1].stop) if pieces else WHOLE_DAY


def halves_of(planned):
    """``(start, middle, end)`` of a date: where its two halves lie.

    The middle is that of the longest pause, a break or the time between two
    timetables, if it lies in the middle half of the shift; else that of the shift.
    """
    start, end = hours_of(planned) or WHOLE_DAY
    middle = (start + end) // 2
    pauses = _pauses(planned.shift.plan) if planned.shift else []
    if pauses:
        begin, over = max(pauses, key=lambda pause: pause[1] - pause[0])
        if abs(begin + over - start - end) * 2 <= end - start:
            middle = (begin + over) // 2
    return start, middle, end


def _pauses(pieces):
    breaks = [(one[0], one[1]) for piece in pieces for one in piece.breaks]
    between = [
        (one.stop, other.start) for one, other in zip(pieces, pieces[1:], strict=False)
    ]
    return breaks + between


def instant(planned, minute):
    """The naive UTC datetime of a minute after midnight of a roster day."""
    return minute_at(instant_minute(planned.date, minute, planned.zone)).replace(
        tzinfo=None
    )


def leave_span(key, times, *, filed=0, **values):
    """A leave as the engine's ``RequestSpan``.

    :param times: two naive UTC datetimes, or two dates.
    :param values: further fields of the span.
    """
    start, stop = times
    if hasattr(start, "hour"):
        span = {
            "start": start.replace(tzinfo=timezone.utc),
            "stop": stop.replace(tzinfo=timezone.utc),
        }
    else:
        span = {"first_date": start, "last_date": stop}
    return RequestSpan(
        ("leave", key),
        RequestKind.LEAVE,
        **span,
        state=RequestState.APPROVED,
        filed=filed,
        **values,
    )
