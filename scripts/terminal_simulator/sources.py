"""What makes a terminal's punches by itself: a crew's day, or a steady stream.

A source has two methods: ``feed(device)`` makes the punches that are due, and
``wait_seconds(device)`` says in how many real seconds the next one is.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

from .crew import Crew, CrewPunch

IDLE_SECONDS = 3600.0
SHORTEST_WAIT_SECONDS = 0.02


class CrewSource:
    """A crew's punches at the moments its plan says, by the terminal's clock.

    It starts with the first handshake, when the clock has been set, and leaves
    out what lies before. ``told`` is called with the serial and each punch.
    """

    def __init__(self, crew: Crew, told=None) -> None:
        self._crew, self._told = crew, told
        self._plan: deque[CrewPunch] = deque()
        self._planned_until = None

    def feed(self, device) -> None:
        if self._planned_until is None and not device.is_online:
            return
        now = device.clock.wall()
        self._extend(now)
        while self._plan and self._plan[0].wall <= now:
            planned = self._plan.popleft()
            punch = device.punch(
                planned.code, planned.state, planned.verify, at=planned.wall
            )
            if self._told:
                self._told(device.serial, punch, planned.story)

    def wait_seconds(self, device) -> float:
        if self._planned_until is None or not self._plan:
            return IDLE_SECONDS if self._planned_until is None else 60.0
        gap = device.clock.seconds_until(self._plan[0].wall)
        return max(SHORTEST_WAIT_SECONDS, gap)

    def _extend(self, now) -> None:
        """Plan up to tomorrow; the first time from yesterday (a night shift)."""
        until = now.date() + timedelta(days=1)
        if self._planned_until is None:
            self._planned_until = now.date() - timedelta(days=2)
            oldest = now
        else:
            oldest = None
        while self._planned_until < until:
            self._planned_until += timedelta(days=1)
            day = self._crew.day(self._planned_until)
            self._plan.extend(p for p in day if oldest is None or p.wall >= oldest)
        self._plan = deque(sorted(self._plan))


class SteadySource:
    """Somebody of ``codes`` punches every ``every_seconds`` on average.

    The gaps are drawn from the seed, between half and one and a half of the
    average; each person's punches are in and out in turn.
    """

    def __init__(
        self, codes: Sequence[str], every_seconds: float, seed: int = 0, told=None
    ) -> None:
        if not codes or every_seconds <= 0:
            raise ValueError("a steady source needs people and a positive pause")
        self._codes, self._every, self._told = tuple(codes), every_seconds, told
        self._chance = random.Random(f"{seed}:steady")
        self._inside: set[str] = set()
        self._next: float | None = None

    def feed(self, device) -> None:
        if not device.is_online and self._next is None:
            return
        now = device.time.monotonic()
        if self._next is None:
            self._next = now + self._every * self._chance.random()
        while self._next <= now:
            self._next += self._every * self._chance.uniform(0.5, 1.5)
            code = self._chance.choice(self._codes)
            state = int(code in self._inside)
            self._inside.symmetric_difference_update({code})
            punch = device.punch(code, state)
            if self._told:
                self._told(device.serial, punch, "steady")

    def wait_seconds(self, device) -> float:
        if self._next is None:
            return IDLE_SECONDS
        return max(SHORTEST_WAIT_SECONDS, self._next - device.time.monotonic())
