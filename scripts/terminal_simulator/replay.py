"""A USB file replayed over the wire as the stored history of a terminal."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from .device import Device
from .statistics import Statistics
from .usb import iterate_punches

_SOURCE, _PASSES = "tool:replay-source", "tool:replay-passes"


class ReplayFailed(RuntimeError):
    """The file could not be brought to the server; the text says why."""


@dataclass(frozen=True)
class ReplayReport:
    """What a replay came to; ``seconds`` is the time of this process only."""

    punches: int
    passes: int
    statistics: Statistics
    seconds: float

    def text(self) -> str:
        figures = self.statistics
        rate = figures.acknowledged_lines / self.seconds if self.seconds else 0.0
        return (
            f"{self.punches} punches, {self.passes} times: "
            f"{figures.sent_lines} lines sent, "
            f"{figures.acknowledged_lines} acknowledged in {self.seconds:.1f} s "
            f"({rate:.0f} lines/s, {figures.batches} batches, "
            f"{figures.retries} retries)"
        )


def replay(
    device: Device,
    path: str | os.PathLike,
    *,
    times: int = 1,
    give_up_seconds: float = 300.0,
    progress: Callable[[Device], None] | None = None,
) -> ReplayReport:
    """Load a file into the terminal and upload it ``times`` times.

    A terminal with a log folder that was killed continues where it was. Raises
    ReplayFailed when the server refuses the terminal (401, 403), or when for
    ``give_up_seconds`` nothing more was acknowledged.
    """
    _load(device, path)
    began = time.perf_counter()
    done = int(device.log.values.get(_PASSES, "0"))
    while done < times:
        _upload_all(device, give_up_seconds, progress)
        done += 1
        device.log.set_value(_PASSES, str(done))
        if done < times:
            device.log.reopen_punches()
    seconds = time.perf_counter() - began
    return ReplayReport(len(device.log.punches), done, device.statistics, seconds)


def _load(device: Device, path: str | os.PathLike) -> None:
    with open(path, "rb") as file:
        source = hashlib.sha256(file.read()).hexdigest()
    known = device.log.values.get(_SOURCE)
    if known == source:
        return
    if known is not None:
        raise ReplayFailed("The resume folder belongs to the replay of another file.")
    punches = list(iterate_punches(path))
    if not punches:
        raise ReplayFailed(f"There is no punch in {path}.")
    # A kill while loading leaves a beginning of the file in the log.
    there = len(device.log.punches)
    if device.log.punches != punches[:there]:
        raise ReplayFailed("The resume folder holds punches of something else.")
    device.log.add_punches(punches[there:], note=(_SOURCE, source))


def _upload_all(device: Device, give_up_seconds: float, progress) -> None:
    left, since = device.backlog, device.time.monotonic()
    while not device.is_settled:
        wait = device.step()
        if progress is not None:
            progress(device)
        if device.backlog < left:
            left, since = device.backlog, device.time.monotonic()
        failure = device.last_failure
        if failure is not None and not device.is_online:
            if failure.status in (401, 403):
                raise ReplayFailed(f"The server refuses {device.serial}: {failure}.")
        if device.time.monotonic() + wait - since > give_up_seconds:
            raise ReplayFailed(
                f"Nothing more was acknowledged for {give_up_seconds:g} s: {failure}."
            )
        if not device.is_settled:
            device.time.sleep(wait)
