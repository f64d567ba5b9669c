"""Many terminals at once: a few threads serve thousands of units by their timers."""

from __future__ import annotations

import heapq
import random
import socket
import threading
import time
from collections.abc import Callable, Sequence

from .device import Device
from .log import LocalLog
from .quirks import Quirks
from .statistics import Statistics
from .wire import Target

LONGEST_NAP_SECONDS = 0.2


class Fleet:
    """Runs devices; each is in the hands of one thread at a time.

    ``threads`` bounds how many talk to the server at the same moment: with fewer
    than the units that are due, the others wait, as they would behind a proxy.
    ``stagger_seconds`` spreads the power-on of the units, by ``seed``; 0 lets
    all of them come at once.
    """

    def __init__(
        self,
        devices: Sequence[Device],
        *,
        threads: int = 16,
        stagger_seconds: float = 0.0,
        seed: int = 0,
    ) -> None:
        if threads < 1:
            raise ValueError("a fleet needs at least one thread")
        self.devices = list(devices)
        self._threads = min(threads, max(1, len(self.devices)))
        chance = random.Random(f"{seed}:stagger")
        self._delays = [chance.random() * stagger_seconds for _ in self.devices]
        self._condition = threading.Condition()
        self.latest_seconds = 0.0
        self.errors: list[BaseException] = []

    @property
    def statistics(self) -> Statistics:
        """The figures of all devices together; call it when none is running."""
        return Statistics.merged(device.statistics for device in self.devices)

    def run(
        self,
        *,
        seconds: float | None = None,
        stop: threading.Event | None = None,
        leave_when: Callable[[Device], bool] | None = None,
    ) -> bool:
        """Run until ``seconds`` have passed, ``stop`` is set or all have left.

        A device leaves for good when ``leave_when`` says so after a step.
        Returns whether all have left. ``latest_seconds`` then holds how far
        behind its due time a step ever started: more than a moment means that
        this machine, not the server, was the bottleneck.
        """
        began = time.monotonic()
        self._end = None if seconds is None else began + seconds
        self._stop = stop or threading.Event()
        self._leave_when = leave_when
        self._heap = [
            (began + delay, number) for number, delay in enumerate(self._delays)
        ]
        heapq.heapify(self._heap)
        self._left, self._working = 0, 0
        workers = [threading.Thread(target=self._work) for _ in range(self._threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self._delays = [0.0] * len(self.devices)
        if self.errors:
            raise self.errors[0]
        return self._left == len(self.devices)

    def _work(self) -> None:
        while True:
            number = self._take()
            if number is None:
                return
            device = self.devices[number]
            try:
                wait = device.step()
                leaves = bool(self._leave_when and self._leave_when(device))
            except BaseException as error:  # noqa: BLE001 - handed to the caller of run
                self.errors.append(error)
                self._stop.set()
                wait, leaves = 0.0, True
            self._give_back(number, wait, leaves)

    def _take(self) -> int | None:
        """The next due device; None when it is time to go."""
        with self._condition:
            while True:
                now = time.monotonic()
                if self._stop.is_set() or (self._end and now >= self._end):
                    return None
                if not self._heap and not self._working:
                    return None
                if self._heap and self._heap[0][0] <= now:
                    due, number = heapq.heappop(self._heap)
                    self.latest_seconds = max(self.latest_seconds, now - due)
                    self._working += 1
                    return number
                gap = self._heap[0][0] - now if self._heap else LONGEST_NAP_SECONDS
                self._condition.wait(min(gap, LONGEST_NAP_SECONDS))

    def _give_back(self, number: int, wait: float, leaves: bool) -> None:
        with self._condition:
            self._working -= 1
            if leaves:
                self._left += 1
            else:
                heapq.heappush(self._heap, (time.monotonic() + wait, number))
            self._condition.notify()


def make_units(
    serial: str, target: Target, *, quirks: Quirks | None = None, seed: int = 0, **more
) -> list[Device]:
    """The units that answer to a serial number: ``quirks.clones`` of them.

    Each has a log and a seed of its own; ``more`` goes to every Device.
    """
    quirks = quirks or Quirks()
    return [
        Device(
            serial, target, quirks=quirks, log=LocalLog(), seed=seed + number, **more
        )
        for number in range(quirks.clones)
    ]


class StuckConnections:
    """Connections that begin a request and never finish it, while entered.

    Every second one stops within the head, the others within the body.
    """

    def __init__(self, target: Target, count: int, serial: str = "STUCK001") -> None:
        self._target, self._count, self._serial = target, count, serial
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> StuckConnections:
        head = (
            f"POST {self._target.prefix}/iclock/cdata?SN={self._serial}"
            f"&table=ATTLOG&Stamp=9999 HTTP/1.1\r\nHost: {self._target.host}\r\n"
        ).encode()
        body = b"Content-Length: 5000\r\n\r\n1001\t2026-03-02 08:58:41\t0"
        for number in range(self._count):
            address = (self._target.address, self._target.port)
            connection = socket.create_connection(address, timeout=10)
            connection.sendall(head + (body if number % 2 else b""))
            self._sockets.append(connection)
        return self

    def __exit__(self, *_error) -> None:
        for connection in self._sockets:
            connection.close()
        self._sockets.clear()
