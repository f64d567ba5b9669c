"""The people of a shop and their punches: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

CHECK_IN, CHECK_OUT = 0, 1
FINGER, FACE = 1, 15
STORIES = ("late", "early", "no-in", "no-out", "absent", "double")


@dataclass(frozen=True)
class Habits:
    """How often (0 to 1) a person-day is not an ordinary one; the sum is <= 1."""

    late: float = 0.08
    early: float = 0.05
    no_in: float = 0.02
    no_out: float = 0.03
    absent: float = 0.03
    double: float = 0.06
    state_keys: float = 0.7
    """Share of people who press the in/out key; the others' punches are all 0."""

    def weights(self) -> list[float]:
        chosen = [self.late, self.early, self.no_in, self.no_out]
        return [*chosen, self.absent, self.double]


@dataclass(frozen=True, order=True)
class CrewPunch:
    """A planned punch in the shop's wall-clock time; ``story`` says why."""

    wall: datetime
    code: str
    state: int
    verify: int
    story: str


class Crew:
    """People with terminal user codes who work from ``start`` to ``end``.

    An ``end`` at or before ``start`` lies on the next day. Which story a person
    lives on a date depends on the seed, the date and the code alone, so days
    can be asked for in any order.
    """

    def __init__(
        self,
        codes: Sequence[str],
        seed: int = 0,
        *,
        start: time = time(8, 30),
        end: time = time(17, 30),
        habits: Habits | None = None,
    ) -> None:
        self.codes = tuple(codes)
        self._seed, self._start, self._end = seed, start, end
        self._habits = habits or Habits()
        if sum(self._habits.weights()) > 1:
            raise ValueError("the shares of unusual days add up to more than 1")

    def day(self, on: date) -> list[CrewPunch]:
        """Everybody's punches of the shift that starts on a date, in time order."""
        return sorted(punch for code in self.codes for punch in self._person(code, on))

    def _person(self, code: str, on: date) -> list[CrewPunch]:
        chance = random.Random(f"{self._seed}:{on}:{code}")
        weights = self._habits.weights()
        story = chance.choices((*STORIES, "ordinary"), [*weights, 1 - sum(weights)])[0]
        came = self._came(on, story, chance)
        left = self._left(on, story, chance)
        moments = {"in": came, "out": left}
        if story in ("no-in", "absent"):
            del moments["in"]
        if story in ("no-out", "absent"):
            del moments["out"]
        always = random.Random(f"{self._seed}:{code}")
        presses, verify = always.random() < self._habits.state_keys, FACE
        if always.random() < 0.4:
            verify = FINGER
        punches = []
        for edge, wall in moments.items():
            state = CHECK_OUT if edge == "out" and presses else CHECK_IN
            punches.append(CrewPunch(wall, code, state, verify, story))
            if story == "double":
                again = wall + timedelta(seconds=chance.randint(1, 9))
                punches.append(CrewPunch(again, code, state, verify, story))
        return punches

    def _came(self, on: date, story: str, chance: random.Random) -> datetime:
        start = datetime.combine(on, self._start)
        if story == "late":
            return start + timedelta(seconds=chance.randint(61, 50 * 60))
        return start - timedelta(seconds=chance.randint(20, 25 * 60))

    def _left(self, on: date, story: str, chance: random.Random) -> datetime:
        end = datetime.combine(on, self._end)
        if self._end <= self._start:
            end += timedelta(days=1)
        if story == "early":
            return end - timedelta(seconds=chance.randint(61, 70 * 60))
        return end + timedelta(seconds=chance.randint(5, 20 * 60))
