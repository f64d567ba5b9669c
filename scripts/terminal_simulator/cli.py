"""The command line: ``python -m terminal_simulator replay|live|soak|show``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .device import Device
from .journal import FolderInUse
from .log import LocalLog
from .quirks import Quirks
from .replay import ReplayFailed, replay
from .wire import Target, TargetRefused


class CannotStart(ValueError):
    """The arguments do not make sense together; the text says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked, 1 with one sentence if not."""
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
        description="A fake attendance terminal. Connects to this machine only.",
    )
    commands = parser.add_subparsers(required=True)
    _add_replay(commands)
    return parser


def _server_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8069")
    parser.add_argument("--host", help="Host header to send instead of the address")
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds")
    parser.add_argument("--error-delay", type=float, help="instead of the server's")


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
    parser.add_argument("--give-up", type=float, default=60.0, help="seconds")
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
    )
    try:
        report = replay(
            device, options.file, times=options.times, give_up_seconds=options.give_up
        )
    finally:
        device.close()
    print(report.text())
    return 0
