"""Many terminals at once: a whole chain, one that comes back, and lines that hang."""

import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from load import BATCH, FLEET_POLL, FLEET_PUNCH, Plan
from stand import load

# Seconds that the cron has for the days of before, and for those of the fleet.
QUEUE_SECONDS = 600
BY_POLLS = 20
STUCK = 30
STUCK_SECONDS = 20


@dataclass
class Crowd:
    """What came of it; times in seconds."""

    requests: int = 0
    bad: int = 0
    rows: int = 0
    lost: int = 0
    seconds: float = 0
    p99: float = 0
    slowest: float = 0
    queue: float = 0


def _count(bench, table):
    ((count,),) = bench.query(f"SELECT count(*) FROM {table}")
    return count


def _wait_for_queue(bench):
    """Seconds until the queue of days is empty."""
    began = time.monotonic()
    while _count(bench, "attendance_day_queue"):
        if time.monotonic() - began > QUEUE_SECONDS:
            break
        time.sleep(0.25)
    return time.monotonic() - began


def fleet(bench, options):
    """All terminals poll every 30 s, and every hundredth is being punched at."""
    with bench.server(cron_threads=1) as server:
        # A fresh server opens the day for everybody first.
        time.sleep(15)
        _wait_for_queue(bench)
        polls = options.terminals / FLEET_POLL
        punches = max(1, options.terminals // 100) / FLEET_PUNCH
        plan = Plan(
            server.port,
            "fleet",
            seconds=options.minutes * 60,
            terminals=options.terminals,
            rate=polls + punches,
            connections=64,
        )
        done = load(plan)
        queue = _wait_for_queue(bench)
        stored = _count(bench, "attendance_punch")
    bad = sum(done.errors.values()) + abs(done.rows - stored)
    return Crowd(done.requests, bad, done.rows, p99=done.quantile(0.99), queue=queue)


@contextmanager
def _proxy(bench, server):
    """The shipped configuration of nginx in front of the server: its port."""
    from devkit import postgres, proxy

    found = proxy.find(bench.cache)
    folder = bench.databases.data_dir / f"nginx-bench-{os.getpid()}"
    nginx = proxy.Proxy(
        found, folder, postgres.free_port(), server.port, server.gevent_port
    )
    nginx.start()
    try:
        yield nginx.listen_port
    finally:
        nginx.stop()


def outage(bench, options):
    """Units that were cut off come back in one moment, while others go on polling."""
    with ExitStack() as stack:
        server = stack.enter_context(bench.server(cron_threads=1))
        port = stack.enter_context(_proxy(bench, server))
        units = min(options.units, options.terminals // 2)
        back = Plan(
            port,
            "backlog",
            seconds=600,
            terminals=units,
            connections=units,
            total=units * (options.backlog + 2),
            first_day="2026-03-01",
        )
        others = Plan(
            port,
            "polls",
            seconds=1,
            rate=BY_POLLS,
            terminals=units,
            first_terminal=units + 1,
            connections=64,
        )
        with ThreadPoolExecutor() as pool:
            coming = pool.submit(load, back)
            polled, errors = [], 0
            while not coming.done():
                done = load(others, seconds=3)
                polled += done.latencies
                errors += sum(done.errors.values())
            done = coming.result()
        stored = _count(bench, "attendance_punch")
    sent = units * options.backlog * BATCH
    return Crowd(
        requests=done.requests,
        bad=errors + sum(done.errors.values()),
        rows=done.rows,
        lost=sent - stored,
        seconds=done.seconds,
        slowest=max([done.slowest_poll, *polled]),
    )


def stuck(bench, options):
    """Polls while 30 lines hang: behind the proxy, and with nothing before Odoo.

    A third has said nothing, a third half a head, a third half a body.
    """
    found = {}
    with ExitStack() as stack:
        server = stack.enter_context(bench.server())
        for where in ("proxy", "Odoo alone"):
            port = server.port
            if where == "proxy":
                port = stack.enter_context(_proxy(bench, server))
            with _hanging(port):
                plan = Plan(
                    port,
                    "polls",
                    seconds=min(STUCK_SECONDS, 4 * options.seconds),
                    rate=BY_POLLS,
                    terminals=min(200, options.terminals),
                    connections=64,
                )
                done = load(plan)
            found[where] = Crowd(
                done.requests,
                sum(done.errors.values()),
                slowest=max(done.latencies, default=0),
            )
    return found


HALVES = (
    b"",
    b"GET /iclock/getrequest?SN=BENCH000001 HTTP/1.1\r\nHost: clo",
    b"POST /iclock/cdata?SN=BENCH000001&table=ATTLOG&Stamp=9999 HTTP/1.1\r\n"
    b"Host: x\r\nContent-Length: 5000\r\n\r\n100000\t2026-03-01 08:",
)


@contextmanager
def _hanging(port):
    lines = []
    for number in range(STUCK):
        line = socket.create_connection(("127.0.0.1", port), 10)
        line.sendall(HALVES[number % len(HALVES)])
        lines.append(line)
    try:
        yield
    finally:
        for line in lines:
            line.close()
