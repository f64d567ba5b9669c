"""A cycle laid over dates.

A rotation is a tuple of slots of any length; slot ``(date - start) mod length`` is
that of the date. What a slot holds is the caller's matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from .errors import RosterError

Slot = TypeVar("Slot")


def rotation_index(day: date, start: date, length: int) -> int:
    """Which slot of the cycle a date has, 0 to ``length - 1``.

    Dates before the start count backwards.

    :raises RosterError: if the length is not positive
    """
    if length < 1:
        raise RosterError("rotation length", length, "at least 1")
    return (day - start).days % length


def rotate(
    slots: Sequence[Slot], start: date, first: date, last: date
) -> Iterator[tuple[date, Slot]]:
    """The slots from ``first`` to ``last``, both inside.

    :param start: the date that has slot 0
    """
    index = rotation_index(first, start, len(slots))
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number), slots[(index + number) % len(slots)]
