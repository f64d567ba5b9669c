"""Putting a live demo together: terminals, their people and their clocks."""

from __future__ import annotations

import argparse
import time as real_time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from .clock import EPOCH, FastTime, SystemTime, TerminalClock
from .crew import Crew
from .device import Device
from .log import LocalLog
from .punch import Punch
from .quirks import Quirks
from .sources import CrewSource, SteadySource
from .wire import Target


class CannotStart(ValueError):
    """The arguments do not make sense together; the text says why."""


def deal_codes(text: str, serials: Sequence[str]) -> dict[str, list[str]]:
    """Which terminal user codes punch at which terminal.

    ``text`` is a list separated by commas or the name of a file with a code, or
    a serial number and a code, per line (separated by blanks, TABs or commas;
    ``#`` begins a comment). Codes without a serial are dealt out in equal
    stretches. Raises CannotStart for what cannot be read.
    """
    lines = text.split(",")
    if Path(text).is_file():
        content = Path(text).read_text(encoding="utf-8-sig")
        lines = [line.split("#")[0] for line in content.splitlines()]
    dealt: dict[str, list[str]] = {serial: [] for serial in serials}
    loose = []
    for words in (line.replace(",", " ").split() for line in lines):
        if len(words) == 1:
            loose.append(words[0])
        elif len(words) == 2 and words[0] in dealt:
            dealt[words[0]].append(words[1])
        elif len(words) > 2:
            raise CannotStart(f"Not a terminal user code: {' '.join(words)!r}.")
    share = -(-len(loose) // len(serials))
    for number, serial in enumerate(serials):
        dealt[serial] += loose[number * share : (number + 1) * share]
    bad = [c for codes in dealt.values() for c in codes if not c.isalnum()]
    if bad or not any(dealt.values()):
        raise CannotStart(f"No usable terminal user codes in {text!r}.")
    return dealt


def live_devices(options: argparse.Namespace) -> list[Device]:
    """The terminals of ``live`` with their sources, by the command's arguments."""
    target = Target.from_url(options.url, options.host)
    if options.speed < 1:
        raise CannotStart("--speed is 1 or more.")
    dealt = deal_codes(options.codes, options.serial)
    wall_source, follows = _wall_source(options)
    quirks = Quirks(
        clock_follows_server=follows,
        error_delay_seconds=options.error_delay,
        poll_seconds=options.poll,
        oplog_power_on=True,
    )
    start, end = _shift(options.shift)
    told = None if options.quiet else tell
    devices = []
    for number, serial in enumerate(options.serial):
        folder = Path(options.folder) / serial if options.folder else None
        device = Device(
            serial,
            target,
            quirks=quirks,
            log=LocalLog(folder),
            clock=TerminalClock(wall_source, zone_minutes=options.zone_minutes),
            timeout_seconds=options.timeout,
            seed=options.seed + number,
        )
        if dealt[serial] and options.every:
            source = SteadySource(dealt[serial], options.every, device.seed, told)
            device.sources.append(source)
        elif dealt[serial]:
            crew = Crew(dealt[serial], options.seed, start=start, end=end)
            device.sources.append(CrewSource(crew, told))
        devices.append(device)
    return devices


def tell(serial: str, punch: Punch, story: str) -> None:
    """Print one punch as it happens."""
    print(f"{punch.wall}  {serial}  {punch.pin:>9}  {story}", flush=True)


def _wall_source(options: argparse.Namespace):
    """Time behind the wall clocks, and whether the server may set them."""
    if options.start is None and options.speed == 1:
        return SystemTime(), True
    zone = timedelta(minutes=options.zone_minutes)
    if options.start is None:
        local = EPOCH + timedelta(seconds=real_time.time()) + zone
        start = datetime.combine(local.date() - timedelta(days=1), datetime.min.time())
    else:
        try:
            start = datetime.fromisoformat(options.start)
        except ValueError:
            raise CannotStart(f"--from is no date: {options.start!r}.") from None
    return FastTime((start - zone - EPOCH).total_seconds(), options.speed), False


def _shift(text: str):
    try:
        parts = [datetime.strptime(part, "%H:%M").time() for part in text.split("-")]
        start, end = parts
    except ValueError:
        raise CannotStart(f"--shift is like 08:30-17:30, not {text!r}.") from None
    return start, end
