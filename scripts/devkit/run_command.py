"""``./scripts/run``: Odoo with a demo chain and simulated terminals, in the browser."""

import argparse
import json
import os
import signal
import time

from . import machine as machines
from .console import say
from .errors import Failure
from .places import cache_folder

DEFAULT_PORT = 8069
LANGUAGES = ("zh_CN", "en_US")
PEOPLE = (
    ("administrator", "admin", "sees and sets up everything"),
    ("management", "management", "everybody, changes nothing"),
    ("department", "department", "the department 营运部 and those below it"),
    ("store manager", "manager", "the store 南京路店"),
    ("timekeeper", "timekeeper", "two stores in Shanghai"),
    ("employee", "employee", "own days only"),
)
STOP_SECONDS = 40


def options_of(arguments):
    parser = argparse.ArgumentParser(
        prog="./scripts/run",
        description="Run Chain Attendance: Odoo, PostgreSQL, a proxy, simulated "
        "terminals. Everything is kept in a cache folder of the user; nothing is "
        "installed on the machine.",
    )
    parser.add_argument(
        "--port", type=int, help=f"where the browser goes ({DEFAULT_PORT})"
    )
    parser.add_argument(
        "--workers", type=int, default=2, help="worker processes of Odoo (2)"
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="an empty company, no terminals"
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, help="language of the logins (zh_CN at first)"
    )
    parser.add_argument(
        "--reset", action="store_true", help="throw the database away and start anew"
    )
    parser.add_argument(
        "--stop",
        action="store_true",
        help="end what runs on --port, and nothing else; without --port the only run",
    )
    options = parser.parse_args(arguments)
    options.is_port_said = options.port is not None
    if not options.is_port_said:
        options.port = DEFAULT_PORT
    if not 1024 <= options.port <= 65535:
        raise Failure(f"--port {options.port} must lie between 1024 and 65535.")
    if not 1 <= options.workers <= 64:
        raise Failure(f"--workers {options.workers} must lie between 1 and 64.")
    return options


def main(arguments):
    options = options_of(arguments)
    if options.stop:
        return stop(options.port if options.is_port_said else _port_to_stop())
    _refuse_busy_port(options.port)
    entered = machines.enter_environment("run", "run", arguments)
    from .running import Running

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    machine = machines.prepare(*entered, with_proxy=True, with_pdf=True)
    try:
        _run(Running(machine, options, state_file(options.port)))
    except KeyboardInterrupt:
        say("\nstopped")
    finally:
        machine.database.stop()
    return 0


def _run(running):
    try:
        running.start()
        running.wait()
    finally:
        running.stop()


def _interrupt(_number, _frame):
    raise KeyboardInterrupt


def state_file(port):
    return cache_folder() / "run" / str(port) / "state.json"


def ports_with_runs():
    """On which ports something runs that was started here, or was left over there."""
    folders = (cache_folder() / "run").glob("*/state.json")
    ports = {int(path.parent.name) for path in folders if path.parent.name.isdigit()}
    return sorted(port for port in ports if _processes_on(port))


def _processes_on(port):
    """The recorded processes of a run that are alive, its head first."""
    state = _state(port)
    recorded = [state.get("pid"), *(state.get("children") or [])]
    return [process for process in recorded if _alive(process)]


def _port_to_stop():
    """The port that is meant where none is said: the usual one, or the only one.

    :raise Failure: where it could be any of several.
    """
    ports = ports_with_runs()
    if len(ports) > 1 and DEFAULT_PORT not in ports:
        raise Failure(
            f"There are runs on the ports {_listed(ports)}; say which one ends, e.g. "
            f"./scripts/run --stop --port {ports[0]}."
        )
    return ports[0] if len(ports) == 1 else DEFAULT_PORT


def _listed(ports):
    return ", ".join(map(str, ports))


def _tell_of_others(port):
    others = [other for other in ports_with_runs() if other != port]
    if others:
        say(
            f"left as it is: what runs on port {_listed(others)}; "
            f"./scripts/run --stop --port {others[0]} ends it"
        )


def _refuse_busy_port(port):
    from .server import port_is_free

    if port_is_free(port):
        return
    if _alive(_state(port).get("pid")):
        raise Failure(
            f"Chain Attendance runs on port {port} already; open "
            f"http://127.0.0.1:{port} or end it with "
            f"./scripts/run --stop --port {port}."
        )
    raise Failure(
        f"Port {port} is taken by another program; choose one with --port, "
        f"e.g. ./scripts/run --port {port + 11}."
    )


def _state(port):
    try:
        return json.loads(state_file(port).read_text())
    except (OSError, ValueError):
        return {}


def _alive(process):
    """Whether a recorded process still is the one that was recorded."""
    return bool(process) and started_at(process["pid"]) == process["started"]


def started_at(pid):
    """The kernel's start tick of a process, so that a reused number is not mistaken."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as handle:
            return handle.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return None


def stop(port):
    """End the run on ``port``; if its head is gone, end what it left behind."""
    head = _state(port).get("pid")
    if _alive(head):
        _end(head, port)
        say(f"stopped what ran on port {port}")
    elif left := _processes_on(port):
        for process in reversed(left):
            os.kill(process["pid"], signal.SIGTERM)
        say(f"ended {len(left)} processes left over on port {port}")
    else:
        say(f"nothing runs on port {port}")
    _tell_of_others(port)
    return 0


def _end(head, port):
    """End a run by its head, which ends all others, and wait for it."""
    os.kill(head["pid"], signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _alive(head):
        if time.monotonic() > deadline:
            raise Failure(
                f"The run on port {port} does not end; its process is {head['pid']}."
            )
        time.sleep(0.2)
