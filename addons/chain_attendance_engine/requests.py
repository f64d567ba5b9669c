"""Requests in force, sorted by what they do.

Leave marked "counts as worked" covers like a trip and is kept with the covers. Order
within a kind is the order of filing: of two that overlap the earlier keeps the common
minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from .clock import DAY
from .inputs import RequestSpan
from .span import EPOCH, SpanSet
from .vocabulary import RequestKind


class DayRequests:
    """The requests of one employee that count, by what they do.

    :param requests: in any order and state
    """

    __slots__ = ("corrections", "covers", "forms", "leave_hours", "leaves", "worked")

    def __init__(self, requests: Iterable[RequestSpan] = ()):
        counted = [request for request in requests if request.is_in_force]
        counted.sort(key=lambda request: request.filed)
        kinds = RequestKind
        self.leaves = [r for r in counted if r.kind is kinds.LEAVE]
        self.worked = [r for r in self.leaves if r.counts_as_worked]
        if self.worked:
            self.leaves = [r for r in self.leaves if not r.counts_as_worked]
        self.covers = [
            r
            for r in counted
            if r.kind is kinds.OUTING
            or r.kind is kinds.TRIP
            or (r.kind is kinds.LEAVE and r.counts_as_worked)
        ]
        self.forms = [r for r in counted if r.kind is kinds.OVERTIME]
        self.corrections = [r for r in counted if r.kind is kinds.CORRECTION]
        self.leave_hours = SpanSet(
            (r.start_minute, r.stop_minute) for r in self.leaves if not r.is_by_days
        )

    def forms_of(self, day: date) -> tuple[RequestSpan, ...]:
        """Overtime forms that carry this work date."""
        if not self.forms:
            return ()
        return tuple(form for form in self.forms if form.work_date == day)

    def day_leave_of(self, day: date) -> RequestSpan | None:
        """The earliest filed leave by days that takes this date."""
        for request in self.leaves:
            if request.takes_date(day):
                return request
        return None

    def day_cover_of(self, day: date) -> RequestSpan | None:
        """The earliest filed trip (outing, leave that counts as worked) by days."""
        for request in self.covers:
            if request.takes_date(day):
                return request
        return None

    def never_overtime(self) -> SpanSet:
        """Minutes of every leave by hours."""
        if not self.worked:
            return self.leave_hours
        return self.leave_hours | SpanSet(
            (r.start_minute, r.stop_minute) for r in self.worked if not r.is_by_days
        )


NO_REQUESTS = DayRequests()

_REACH = 3
_EPOCH_ORDINAL = EPOCH.toordinal()


class RequestBook:
    """The requests of one employee, to be looked up by date.

    A date finds those in force that lie within three days of it: no shift, window or
    neighbour of a date reaches further.
    """

    __slots__ = ("corrections", "days", "forms")

    def __init__(self, requests: Iterable[RequestSpan]):
        everything = DayRequests(requests)
        self.forms = everything.forms
        self.corrections = everything.corrections
        self.days: dict[int, list[RequestSpan]] = {}
        for request in everything.leaves + everything.covers:
            self._enter(request)

    def _enter(self, request: RequestSpan) -> None:
        if request.is_by_days:
            first, last = request.first_date.toordinal(), request.last_date.toordinal()
        elif request.kind is RequestKind.OVERTIME:
            first = last = request.work_date.toordinal()
        else:
            first = request.start_minute // DAY + _EPOCH_ORDINAL
            last = request.stop_minute // DAY + _EPOCH_ORDINAL
        for day in range(first - _REACH, last + _REACH + 1):
            self.days.setdefault(day, []).append(request)

    def enter_forms(self, forms: Iterable[RequestSpan]) -> None:
        """Take the overtime forms in; every one has its work date by now."""
        for form in forms:
            self._enter(form)

    def near(self, day: date) -> DayRequests:
        """The requests that can bear on a date."""
        found = self.days.get(day.toordinal())
        return DayRequests(found) if found else NO_REQUESTS


def propose_work_date(
    start: int, stop: int, starts_on: date, shifts: Iterable[tuple[date, int, int]]
) -> date:
    """The work date proposed for an overtime form.

    It is the date of the shift the form touches (overlaps or adjoins; of two the
    earlier), else the date on which the form starts.

    :param start: first minute number of the form
    :param stop: minute number after its last
    :param starts_on: the store's date at ``start``
    :param shifts: ``(work date, first start, last end)`` of the days around it
    """
    touched = [day for day, first, last in shifts if start <= last and stop >= first]
    return min(touched, default=starts_on)
