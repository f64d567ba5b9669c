"""Results of commands, and how they are posted to devicecmd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .quirks import Quirks

DONE = 0
BAD_PARAMETER = -1
INVALID_DATA = -6
WRONG_SIZE = -9
NO_SUCH_PIN = -10
BAD_TEMPLATE_FORMAT = -11
UNKNOWN_COMMAND = -22
WRONG_VERSION = -30
CAPACITY_REACHED = -1001
UNSUPPORTED_SYNTAX = -1002
UNSUPPORTED_TABLE = -1004
ALREADY_ENROLLED = 2


class Effect(Enum):
    """What a command makes the unit do once its result has been posted."""

    NONE = "none"
    HANDSHAKE = "handshake"
    REBOOT = "reboot"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Outcome:
    """What executing a command came to.

    ``verb`` is echoed as CMD; ``extra`` are further ``key=value`` of the result.
    ``punches`` (numbers) and ``rows`` (table, lines) are uploaded before the
    result is posted.
    """

    code: int
    verb: str
    extra: tuple[tuple[str, str], ...] = ()
    punches: tuple[int, ...] = ()
    table: str = ""
    rows: tuple[str, ...] = ()
    effect: Effect = Effect.NONE


@dataclass(frozen=True)
class Result:
    """One line (or block) of a devicecmd body."""

    command_id: str
    outcome: Outcome

    def text(self, serial: str, quirks: Quirks) -> str:
        """The result without its last line end."""
        outcome = self.outcome
        if self.is_block(quirks):
            pairs = [("ID", self.command_id), ("SN", serial)]
            pairs += [("Return", str(outcome.code)), ("CMD", outcome.verb)]
            return "\n".join(f"{k}={v}" for k, v in (*pairs, *outcome.extra))
        text = f"ID={self.command_id}"
        if quirks.results_with_serial:
            text += f"&SN={serial}"
        text += f"&Return={outcome.code}&CMD={outcome.verb}"
        if outcome.verb in ("INFO", "GET OPTION"):
            return "\n".join([text, *(f"{k}={v}" for k, v in outcome.extra)])
        return text + "".join(f"&{k}={v}" for k, v in outcome.extra)

    def is_block(self, quirks: Quirks) -> bool:
        """Whether this result spreads over lines in its own right."""
        return quirks.results_multi_line and self.outcome.verb in ("CHECK", "INFO")

    def stands_alone(self, quirks: Quirks) -> bool:
        """Whether it must be the only one in its POST."""
        many_lines = self.outcome.verb in ("INFO", "GET OPTION")
        return many_lines or self.is_block(quirks)


class ResultBox:
    """Results waiting for devicecmd, with the habits of the unit."""

    def __init__(self, serial: str, quirks: Quirks) -> None:
        self._serial, self._quirks = serial, quirks
        self._waiting: list[tuple[int, Result]] = []
        self._polls = 0
        self._made = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, results: Sequence[Result]) -> None:
        """Take the results of one answer of the server, in command order."""
        kept = []
        every = self._quirks.results_missing_every
        for result in results:
            self._made += 1
            if not (every and self._made % every == 0):
                kept.append(result)
        if self._quirks.results_reversed:
            kept.reverse()
        due = self._polls + self._quirks.results_late_polls
        self._waiting += [(due, result) for result in kept]

    def polled(self) -> None:
        self._polls += 1

    def clear(self) -> None:
        """Forget everything: the unit has lost its power."""
        self._waiting.clear()

    def next_post(self) -> list[Result]:
        """Results for the next POST; none when nothing is due yet."""
        chosen: list[Result] = []
        for due, result in self._waiting:
            if due > self._polls:
                break
            if chosen and (
                not self._quirks.results_batched or result.stands_alone(self._quirks)
            ):
                break
            chosen.append(result)
            if result.stands_alone(self._quirks):
                break
        return chosen

    def body(self, results: Sequence[Result]) -> bytes:
        texts = [result.text(self._serial, self._quirks) for result in results]
        return "".join(text + "\n" for text in texts).encode("utf-8", "surrogateescape")

    def posted(self, count: int) -> None:
        """The first ``count`` results have been taken by the server."""
        del self._waiting[:count]
