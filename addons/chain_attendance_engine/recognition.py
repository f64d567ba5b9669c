"""Automatic recognition of the shift among candidates (rule 10).

A candidate fits when its window holds all events of the day. Of those that fit, the
one whose start is nearest to the first event wins. A tie, a single punch that fits
two, or events that no candidate holds leave the shift undecided: never a guess.
"""

from __future__ import annotations

from typing import NamedTuple

from .events import RawPunches, join
from .frame import Frame, place_day
from .inputs import Employment
from .requests import DayRequests
from .span import EMPTY, SpanSet
from .windows import window_of


class Recognition(NamedTuple):
    """Outcome: the frame of the shift that won, or none.

    :param window: the minutes all candidates together look at
    :param fits: keys of the candidates that hold all events
    """

    frame: Frame | None
    window: SpanSet
    fits: tuple = ()
    is_undecided: bool = False


def recognise_shift(
    frame: Frame,
    before: Frame | None,
    after: Frame | None,
    raws: RawPunches,
    employment: Employment,
    requests: DayRequests,
) -> Recognition:
    """Choose among the candidates of ``frame.roster``.

    :param frame: the day placed with the roster's own shift, if it has one
    """
    placed = [
        place_day(frame.roster, requests, employment, shift)
        for shift in frame.roster.candidates
    ]
    windows = [window_of(candidate, before, after) for candidate in placed]
    union = EMPTY
    for window in windows:
        union = union | window
    events = join(raws.within(union), frame.policy.duplicate_seconds)
    if not events:
        if frame.shift is not None:
            return Recognition(frame, union)
        if not any(candidate.has_segments for candidate in placed):
            return Recognition(placed[0], union)
        return Recognition(None, union, (), True)
    fits = [
        candidate
        for candidate, window in zip(placed, windows, strict=True)
        if all(
            event.first // 60 in window and event.last // 60 in window
            for event in events
        )
    ]
    keys = tuple(candidate.shift.key for candidate in fits)
    winner = _nearest(fits, events[0].first // 60)
    if winner is None or (len(events) == 1 and len(fits) > 1):
        return Recognition(None, union, keys, True)
    return Recognition(winner, union, keys)


def _nearest(fits: list[Frame], minute: int) -> Frame | None:
    """The one whose start is nearest to the first event; none on a tie."""
    if not fits:
        return None
    distances = [abs(frame.tables[0].start - minute) for frame in fits]
    nearest = min(distances)
    if distances.count(nearest) > 1:
        return None
    return fits[distances.index(nearest)]
