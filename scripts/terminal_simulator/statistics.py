"""What a simulated terminal counted, for tests and benchmarks."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Statistics:
    """Counters of one terminal, or of many once merged.

    ``latencies`` holds seconds from connecting to the whole answer, per verb
    (``handshake``, ``poll``, ``upload``, ``result``, ``other``), answered or
    not. ``failures`` counts the reasons of everything that was not acknowledged.
    """

    requests: Counter = field(default_factory=Counter)
    batches: int = 0
    sent_lines: int = 0
    acknowledged_lines: int = 0
    retries: int = 0
    refused: int = 0
    failures: Counter = field(default_factory=Counter)
    commands: int = 0
    dangerous: list[str] = field(default_factory=list)
    lost_unacknowledged: int = 0
    latencies: dict[str, array] = field(default_factory=dict)

    def measured(self, verb: str, seconds: float) -> None:
        self.requests[verb] += 1
        self.latencies.setdefault(verb, array("d")).append(seconds)

    @property
    def total_requests(self) -> int:
        return sum(self.requests.values())

    @property
    def total_failures(self) -> int:
        return sum(self.failures.values())

    def percentile(self, share: float, verb: str | None = None) -> float:
        """Seconds within which ``share`` (0 to 1) of the requests were done.

        0.0 when nothing was measured.
        """
        if not 0 <= share <= 1:
            raise ValueError("share is between 0 and 1")
        if verb is None:
            values = sorted(v for kind in self.latencies.values() for v in kind)
        else:
            values = sorted(self.latencies.get(verb, ()))
        if not values:
            return 0.0
        return values[min(len(values) - 1, int(share * len(values)))]

    def add(self, other: Statistics) -> None:
        """Take the figures of another terminal into these."""
        self.requests.update(other.requests)
        self.failures.update(other.failures)
        self.batches += other.batches
        self.sent_lines += other.sent_lines
        self.acknowledged_lines += other.acknowledged_lines
        self.retries += other.retries
        self.refused += other.refused
        self.commands += other.commands
        self.lost_unacknowledged += other.lost_unacknowledged
        self.dangerous.extend(other.dangerous)
        for verb, values in other.latencies.items():
            self.latencies.setdefault(verb, array("d")).extend(values)

    @classmethod
    def merged(cls, many) -> Statistics:
        total = cls()
        for one in many:
            total.add(one)
        return total
