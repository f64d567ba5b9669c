"""The command line: ``python -m terminal_simulator replay|live|soak|show``."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from .device import Device
from .fleet import Fleet
from .journal import FolderInUse
from .live import CannotStart, deal_codes, live_devices
from .log import LocalLog
from .quirks import Quirks
from .replay import ReplayFailed, replay
from .report import figures_text, log_text
from .sources import SteadySource
from .wire import Target, TargetRefused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 1 with one sentence if not."""
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.WARNING)
    options = build_parser().parse_args(arguments)
    try:
        return options.run(options)
    except (ReplayFailed, TargetRefused, FolderInUse, CannotStart, OSError) as error:
        print(f"{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terminal_simulator",
        description="Fake attendance terminals. They connect to this machine only.",
    )
    commands = parser.add_subparsers(required=True, metavar="replay|live|soak|show")
    _add_replay(commands)
    _add_live(commands)
    _add_soak(commands)
    _add_show(commands)
    return parser


def _server_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8069")
    parser.add_argument("--host", help="Host header to send instead of the address")
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds")
    parser.add_argument(
        "--error-delay", type=float, help="seconds, instead of the server's ErrorDelay"
    )
    parser.add_argument("--seed", type=int, default=0)


def _add_replay(commands) -> None:
    parser = commands.add_parser(
        "replay", help="replay a USB punch file as a terminal's stored history"
    )
    parser.add_argument("file")
    _server_arguments(parser)
    parser.add_argument("--serial", required=True)
    parser.add_argument("--batch", type=int, default=128, help="lines in one POST")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--resume-folder", help="continue from here after a kill")
    parser.add_argument(
        "--give-up", type=float, default=300.0, help="seconds without progress"
    )
    parser.set_defaults(run=_replay)


def _replay(options: argparse.Namespace) -> int:
    target = Target.from_url(options.url, options.host)
    if options.batch < 1 or options.times < 1:
        raise CannotStart("--batch and --times are at least 1.")
    device = Device(
        options.serial,
        target,
        quirks=Quirks(error_delay_seconds=options.error_delay),
        log=LocalLog(options.resume_folder),
        batch_lines=options.batch,
        timeout_seconds=options.timeout,
        seed=options.seed,
    )
    try:
        report = replay(
            device, options.file, times=options.times, give_up_seconds=options.give_up
        )
    finally:
        device.close()
    print(report.text())
    return 0


def _add_live(commands) -> None:
    parser = commands.add_parser("live", help="terminals at which a crew punches")
    _server_arguments(parser)
    parser.add_argument("--serial", action="append", required=True, help="repeatable")
    parser.add_argument(
        "--codes",
        required=True,
        help="1001,1002,... or a file of lines with CODE or SERIAL CODE",
    )
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument(
        "--from",
        dest="start",
        help="wall time to start at (default with --speed: yesterday 00:00)",
    )
    parser.add_argument("--zone-minutes", type=int, default=480)
    parser.add_argument("--shift", default="08:30-17:30")
    parser.add_argument(
        "--every", type=float, help="a punch per terminal every so many seconds instead"
    )
    parser.add_argument("--poll", type=float, help="seconds, instead of Delay")
    parser.add_argument("--folder", help="keep each terminal's log below it")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--quiet", action="store_true", help="do not print punches")
    parser.set_defaults(run=_live)


def _live(options: argparse.Namespace) -> int:
    devices = live_devices(options)
    fleet = Fleet(devices, threads=min(32, len(devices)), seed=options.seed)
    try:
        fleet.run(seconds=options.seconds, stop=_stop_on_signals())
    finally:
        for device in devices:
            device.close()
    print(figures_text(fleet))
    return 0


def _add_soak(commands) -> None:
    parser = commands.add_parser("soak", help="many terminals polling for a while")
    _server_arguments(parser)
    parser.add_argument("--terminals", type=int, default=200)
    parser.add_argument("--serial-format", default="SOAK{:06d}")
    parser.add_argument("--codes", default="1001,1002,1003,1004,1005")
    parser.add_argument("--poll", type=float, help="seconds, instead of Delay")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--punching", type=float, default=0.01, help="punches per poll, 0 for none"
    )
    parser.add_argument("--threads", type=int, default=32)
    parser.add_argument("--stagger", type=float, help="seconds (default: one --poll)")
    parser.add_argument(
        "--settle", type=float, default=30.0, help="seconds to upload the rest"
    )
    parser.set_defaults(run=_soak)


def _soak(options: argparse.Namespace) -> int:
    target = Target.from_url(options.url, options.host)
    if options.terminals < 1 or options.threads < 1:
        raise CannotStart("--terminals and --threads are at least 1.")
    poll = options.poll or 30.0
    codes = deal_codes(options.codes, ["any"])["any"]
    quirks = Quirks(poll_seconds=poll, error_delay_seconds=options.error_delay)
    devices = []
    for number in range(1, options.terminals + 1):
        device = Device(
            options.serial_format.format(number),
            target,
            quirks=quirks,
            timeout_seconds=options.timeout,
            seed=options.seed + number,
        )
        if options.punching > 0:
            source = SteadySource(codes, poll / options.punching, device.seed)
            device.sources.append(source)
        devices.append(device)
    stagger = poll if options.stagger is None else options.stagger
    fleet = Fleet(
        devices, threads=options.threads, stagger_seconds=stagger, seed=options.seed
    )
    stop = _stop_on_signals()
    fleet.run(seconds=options.seconds, stop=stop)
    for device in devices:
        device.sources.clear()
    if not stop.is_set():
        fleet.run(seconds=options.settle, stop=stop, leave_when=lambda d: d.is_settled)
    print(figures_text(fleet))
    left = sum(device.backlog for device in devices)
    if left or fleet.statistics.total_failures:
        reasons = ", ".join(f"{n} x {r}" for r, n in fleet.statistics.failures.items())
        print(f"{left} punches are not acknowledged; failures: {reasons or 'none'}.")
        return 1
    return 0


def _add_show(commands) -> None:
    parser = commands.add_parser("show", help="print a terminal's log and users")
    parser.add_argument("folder")
    parser.add_argument("--last", type=int, default=20, help="punches to print")
    parser.set_defaults(run=_show)


def _show(options: argparse.Namespace) -> int:
    if not Path(options.folder).is_dir():
        raise CannotStart(f"There is no folder {options.folder}.")
    try:
        log = LocalLog.copy_of(options.folder)
    except FileNotFoundError:
        raise CannotStart(f"{options.folder} is no terminal's folder.") from None
    print(log_text(log, options.last))
    return 0


def _stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set, in the main thread only."""
    stop = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    return stop
