"""What is known of one person, for some of their days, and what tells it apart."""

import hashlib
from bisect import bisect_left
from datetime import datetime, time, timedelta, timezone
from functools import cached_property
from itertools import repeat

from odoo.addons.chain_attendance_engine import (
    DayInput,
    EmployeeInput,
    Punch,
    PunchSource,
    Raw,
)

from ..const import NEIGHBOUR_DAYS

DAY = timedelta(days=1)
# Yesterday, today, tomorrow: windows are cut against neighbours.
REACH = range(-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
# Zones lie within 14 hours of UTC; a night reaches into the day after.
MARGIN = timedelta(days=2)


class Gathered:
    """What is known of one day.

    :param book: the :class:`Book` of the person, the same for all their days.
    :param versions: the :class:`ShiftVersions` of the batch.
    """

    __slots__ = (
        "book", "day", "fingerprint", "organisation", "policy_id", "versions",
    )  # fmt: skip

    def __init__(self, book, day, organisation, versions):
        self.book = book
        self.day = day
        self.organisation = organisation
        self.versions = versions
        planned = book.roster[day]
        self.policy_id = planned.policy.key
        since = versions.since(planned.shift, day)
        if planned.candidates:
            since = [versions.since(shift, day) for shift in planned.candidates]
        self.fingerprint = (
            f"{book.fingerprint(day)}|{book.prints.place(organisation)}|{since}"
        )

    def shift_since(self, shift):
        """From when on the version of a shift counts by which the day was judged."""
        return self.versions.since(shift, self.day)

    @property
    def day_input(self):
        """The engine's input of this day alone."""
        return self.book.day_input(self.day)


class Book:
    """Everything known of one person, for some of their days.

    :param roster: ``{date: RosterDay}``: the days and their neighbours.
    :param punches: ``[(key, second, state, store id, print), ...]``, oldest first: the
        row of each, whole seconds since the epoch, what it says, where it was made,
        and a text of what days are judged by.
    :param prints: the :class:`RosterPrints` of the batch.
    """

    def __init__(self, roster, punches, requests, employment, now, prints):
        self.roster = roster
        columns = zip(*punches, strict=True) if punches else repeat((), 5)
        self.keys, self.seconds, self.states, store_ids, self.punch_prints = columns
        self.stores = dict(zip(self.keys, store_ids, strict=True))
        self.store_ids = set(store_ids)
        self.requests = tuple(requests)
        self.employment = employment
        self.now = now
        self.prints = prints
        self.day_prints = {
            day: (prints.of(known), str(employment.holds(day)))
            for day, known in roster.items()
        }
        self.request_prints = [
            (*_dates_of(request, roster), repr(request)) for request in requests
        ]

    @cached_property
    def source(self):
        """The engine's input of all the days."""
        terminal = repeat(PunchSource.TERMINAL)
        punches = tuple(map(Raw, self.seconds, self.states, terminal, self.keys))
        return EmployeeInput(
            self.roster, punches, self.requests, self.employment, self.now
        )

    def between(self, start, stop):
        """Which punches lie from one second to the one before another: a slice."""
        first = bisect_left(self.seconds, start)
        return slice(first, bisect_left(self.seconds, stop, first))

    def day_input(self, day):
        before, today, after = (self.roster[day + DAY * n] for n in REACH)
        start, stop = (
            datetime.combine(other, time(), timezone.utc).timestamp()
            for other in (day - MARGIN, day + MARGIN + DAY)
        )
        near = self.between(start, stop + 1)
        return DayInput(
            today,
            before,
            after,
            punches=tuple(
                Punch(key, datetime.fromtimestamp(second, timezone.utc), state)
                for key, second, state in zip(
                    self.keys[near], self.seconds[near], self.states[near], strict=True
                )
            ),
            requests=tuple(
                request
                for request, (first, last, _print) in zip(
                    self.requests, self.request_prints, strict=True
                )
                if first - MARGIN <= day <= last + MARGIN
            ),
            employment=self.employment,
            now=self.now,
        )

    def fingerprint(self, day):
        """A text that differs when anything does that the day is judged by.

        Anything that marks the day, and no more: punches and requests of the date and
        of the two beside it.
        """
        days = self.prints.around(day)
        parts = [text for other in days for text in self.day_prints[other]]
        span = self.prints.span(day, self.roster[day].zone)
        parts += self.punch_prints[self.between(*span)]
        if self.request_prints:
            before, _day, after = days
            parts += [
                text
                for first, last, text in self.request_prints
                if first <= after and before <= last
            ]
        return "|".join(parts)


def _dates_of(request, roster):
    """First and last date of a request, on the clock of where the person is."""
    if request.is_by_days:
        return request.first_date, request.last_date
    zone = next(iter(roster.values())).zone
    ends = (request.start, request.stop or request.start)
    dates = [end.astimezone(zone).date() for end in ends]
    if request.work_date:
        dates.append(request.work_date)
    return min(dates), max(dates)


class RosterPrints:
    """What roster days are judged by, in a few characters each.

    Most days of a batch share shift and policy: what they look like is written once.
    """

    def __init__(self):
        self.known, self.spans, self.places, self.near = {}, {}, {}, {}

    def around(self, day):
        """A date between those beside it."""
        if day not in self.near:
            self.near[day] = [day + DAY * n for n in REACH]
        return self.near[day]

    def place(self, organisation):
        """A text of where somebody belongs and works."""
        if organisation not in self.places:
            self.places[organisation] = str(organisation)
        return self.places[organisation]

    def span(self, day, zone):
        """The seconds at which a date and those beside it begin and end."""
        key = day, id(zone)
        if key not in self.spans:
            self.spans[key] = tuple(
                datetime.combine(day + DAY * n, time(), zone).timestamp()
                for n in (-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1)
            )
        return self.spans[key]

    def of(self, day):
        key = id(day.shift), id(day.policy), id(day.zone), day.day_kind, day.is_rest
        if day.candidates:
            key = (*key, *map(id, day.candidates))
        if key not in self.known:
            shift = day.shift
            text = repr(
                (
                    shift and _shift_print(shift),
                    *(_shift_print(candidate) for candidate in day.candidates),
                    day.is_rest,
                    day.day_kind.value,
                    str(day.zone),
                    day.policy,
                )
            )
            digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
            # Kept with what it is of: another object may not get the same id.
            self.known[key] = digest, day
        return self.known[key][0]


def _shift_print(shift):
    """Everything of a shift that the engine judges by."""
    return (
        shift.key,
        shift.plan,
        shift.flexible_minutes,
        shift.core,
        shift.elastic_minutes,
        shift.works_on_holidays,
    )
