"""One punch as a terminal keeps it: wall-clock text, no zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WALL_FORMAT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Punch:
    """A line of the terminal's own log.

    ``wall`` is the terminal's wall clock as ``YYYY-MM-DD HH:MM:SS`` and is kept
    as text, because that is what a terminal sends: it knows no zone and may be
    wrong. ``state`` and ``verify`` are the numbers of the protocol's tables.
    """

    pin: str
    wall: str
    state: int = 0
    verify: int = 1
    work_code: str = "0"


def wall_text(moment: datetime) -> str:
    """Write a wall-clock moment the way terminals do, to the second."""
    return moment.replace(microsecond=0, tzinfo=None).isoformat(" ")


def parse_wall(text: str) -> datetime:
    """Read ``YYYY-MM-DD HH:MM:SS`` (a ``T`` between the parts is allowed).

    Raises ValueError for anything else.
    """
    return datetime.strptime(text.replace("T", " ", 1), WALL_FORMAT)


def packed_time(wall: str) -> int:
    """The terminal family's packed time, in its own seconds since 2000.

    Every month counts 31 days, so the number orders moments but does not
    measure them. Moments before 2000 give a negative number.
    """
    t = parse_wall(wall)
    days = (t.year - 2000) * 12 * 31 + (t.month - 1) * 31 + t.day - 1
    return days * 86400 + t.hour * 3600 + t.minute * 60 + t.second
