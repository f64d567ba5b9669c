#!/usr/bin/env python3
"""Calls a server as terminals do: one TCP connection for each request.

A process of its own, one thread, standard library only, so that it takes as little as
it can of the cores that it shares with the server. What is to be sent is written on
its standard input as JSON (see :class:`Plan`), what came of it on its standard output.
"""

import errno
import itertools
import json
import re
import select
import socket
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone

BATCH = 128
# People of one terminal, and how many seconds lie between two of its punches: each
# of them punches four times a day.
STAFF = 50
STEP = 432
TIMEOUT = 60
MARK = "BENCH"
# The fleet: seconds between two polls of a terminal, and between two punches of one
# that is being punched at, which is every hundredth.
FLEET_POLL = 30
FLEET_PUNCH = 3
# Wall clock of the terminals, in hours ahead of UTC.
ZONE_HOURS = 8


@dataclass
class Plan:
    """What one run sends.

    ``kind`` is ``batches``, ``singles``, ``polls``, ``backlog`` (a handshake, then
    batches, then a poll), ``fleet`` (polls, and punches of this moment) or ``empty``;
    ``first_day`` keeps the punches of two runs apart; ``rate`` is requests per second,
    or 0: as many as go; ``total`` ends the run before ``seconds`` do; ``distinct``
    requests are made beforehand and sent over and over (0: each once, made on the way).
    """

    port: int
    kind: str
    seconds: float = 10
    connections: int = 8
    rate: float = 0
    total: int = 0
    distinct: int = 0
    terminals: int = 50
    first_terminal: int = 1
    first_day: str = "2026-01-01"
    first_code: int = 100000
    # A request that is answered otherwise is an error.
    wanted: str = "200"


@dataclass
class Outcome:
    """What came of a run: times in seconds, ``rows`` as the server counted them."""

    requests: int = 0
    rows: int = 0
    seconds: float = 0
    errors: dict = field(default_factory=dict)
    latencies: list = field(default_factory=list)
    slowest_poll: float = 0
    # Processor seconds: of this process, and of the server (which the caller measures).
    own_cpu: float = 0
    server_cpu: float = 0

    def quantile(self, share):
        """The latency that ``share`` of the requests did not exceed, in seconds."""
        ordered = sorted(self.latencies)
        return ordered[int(share * (len(ordered) - 1))] if ordered else 0.0

    @property
    def rate(self):
        return self.requests / self.seconds if self.seconds else 0.0

    @property
    def rows_rate(self):
        return self.rows / self.seconds if self.seconds else 0.0


def serial(number):
    return f"{MARK}{number:06d}"


def lines_of(terminal, first, count, since, first_code):
    """``count`` ATTLOG lines of a terminal, from its ``first``-th punch on."""
    staff = first_code + (terminal - 1) * STAFF
    text = []
    for number in range(first, first + count):
        at = since + timedelta(seconds=STEP * number + terminal % STEP)
        text.append(f"{staff + number % STAFF}\t{at}\t0\t15\t0\t0\t0\t0\t0\t0\n")
    return "".join(text).encode()


def head(method, path, length=None):
    measured = "" if length is None else f"Content-Length: {length}\r\n"
    return (
        f"{method} {path} HTTP/1.1\r\nHost: clock.example.test\r\n"
        f"User-Agent: iClock Proxy/1.09\r\nConnection: close\r\n{measured}"
        "Content-Type: text/plain\r\n\r\n"
    ).encode()


def requests_of(plan):
    """The requests of a plan in their order, without an end."""
    return KINDS[plan.kind](plan)


def poll(terminal):
    return head("GET", f"/iclock/getrequest?SN={serial(terminal)}")


def post(terminal, body):
    path = f"/iclock/cdata?SN={serial(terminal)}&table=ATTLOG&Stamp=9999"
    return head("POST", path, len(body)) + body


def _turns(plan):
    """``(terminal, turn)``: all terminals once, then all of them again."""
    for number in itertools.count():
        turn, place = divmod(number, plan.terminals)
        yield plan.first_terminal + place, turn


def _empty(plan):
    while True:
        yield head("GET", "/bench/empty")


def _polls(plan):
    for terminal, _turn in _turns(plan):
        yield poll(terminal)


def _batches(plan, size=BATCH):
    since = datetime.fromisoformat(plan.first_day)
    for terminal, turn in _turns(plan):
        body = lines_of(terminal, turn * size, size, since, plan.first_code)
        yield post(terminal, body)


def _singles(plan):
    return _batches(plan, size=1)


def _backlog(plan):
    since = datetime.fromisoformat(plan.first_day)
    last = plan.total // plan.terminals - 1
    for terminal, turn in _turns(plan):
        if turn == 0:
            path = f"/iclock/cdata?SN={serial(terminal)}&options=all&pushver=2.4.1"
            yield head("GET", path)
        elif turn == last:
            yield poll(terminal)
        else:
            first = (turn - 1) * BATCH
            yield post(
                terminal, lines_of(terminal, first, BATCH, since, plan.first_code)
            )


def _fleet(plan):
    busy = max(1, plan.terminals // 100)
    every = round(plan.rate / (busy / FLEET_PUNCH))
    polls, punches = _polls(plan), itertools.count()
    for number in itertools.count(1):
        if number % every:
            yield next(polls)
            continue
        punch = next(punches)
        terminal = plan.first_terminal + punch % busy
        code = plan.first_code + (terminal - 1) * STAFF + punch // busy % STAFF
        now = datetime.now(timezone.utc) + timedelta(hours=ZONE_HOURS)
        at = now.strftime("%Y-%m-%d %H:%M:%S")
        yield post(terminal, f"{code}\t{at}\t0\t15\n".encode())


KINDS = {
    "batches": _batches,
    "singles": _singles,
    "polls": _polls,
    "backlog": _backlog,
    "fleet": _fleet,
    "empty": _empty,
}


# ``OK``, ``OK: n``, or the options that answer a handshake; gunicorn writes the length
# of a piece before it.
ANSWER = re.compile(rb"(?:\w+\r\n)?(?:OK(?:: (?P<rows>\d+))?\s|OK$|GET OPTION FROM: )")


class _Call:
    """One request on its way."""

    __slots__ = ("answer", "due", "is_poll", "rest", "socket")

    def __init__(self, port, request, due):
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.rest, self.answer, self.due = request, b"", due
        self.is_poll = request.startswith(b"GET /iclock/getrequest")
        self.socket.connect_ex(("127.0.0.1", port))

    def advance(self):
        """Go on as far as the line lets; whether it is over."""
        try:
            while self.rest:
                self.rest = self.rest[self.socket.send(self.rest) :]
            while part := self.socket.recv(65536):
                self.answer += part
        except BlockingIOError:
            return False
        except OSError as error:
            self.answer = self.answer or errno.errorcode[error.errno].encode()
        return True


class Load:
    """Sends the requests of one plan and counts what comes of them."""

    def __init__(self, plan):
        self.plan = plan
        self.outcome = Outcome()
        self.errors = Counter()
        self.calls = {}
        self.lines = select.epoll()
        source = requests_of(plan)
        if plan.distinct:
            source = itertools.cycle(list(itertools.islice(source, plan.distinct)))
        self.source = source
        self.sent = 0

    def run(self):
        plan, began, cpu = self.plan, time.perf_counter(), time.process_time()
        self.began, end = began, began + plan.seconds
        while True:
            now = time.perf_counter()
            is_open = now < end and not (plan.total and self.sent >= plan.total)
            wait = self._send_due(now) if is_open else TIMEOUT
            if not is_open and not self.calls:
                break
            if not self._receive(wait) and not is_open and now > end + TIMEOUT:
                self.errors["no answer"] += len(self.calls)
                break
        self.outcome.seconds = time.perf_counter() - began
        self.outcome.own_cpu = time.process_time() - cpu
        self.outcome.errors = dict(self.errors)
        return self.outcome

    def _send_due(self, now):
        """Send what is due as far as connections are free; seconds until the next."""
        plan = self.plan
        while len(self.calls) < plan.connections:
            if plan.total and self.sent >= plan.total:
                return TIMEOUT
            # Late is measured from when it should have been sent.
            due = self.began + self.sent / plan.rate if plan.rate else now
            if due > now:
                return due - now
            call = _Call(plan.port, next(self.source), due)
            self.sent += 1
            descriptor = call.socket.fileno()
            self.calls[descriptor] = call
            self.lines.register(descriptor, _EVENTS)
        return TIMEOUT

    def _receive(self, wait):
        events = self.lines.poll(wait)
        for descriptor, _event in events:
            call = self.calls[descriptor]
            if call.advance():
                self._end(descriptor, call)
        return events

    def _end(self, descriptor, call):
        self.lines.unregister(descriptor)
        call.socket.close()
        del self.calls[descriptor]
        seconds = time.perf_counter() - call.due
        self.outcome.latencies.append(seconds)
        if call.is_poll and seconds > self.outcome.slowest_poll:
            self.outcome.slowest_poll = seconds
        status = call.answer[9:12].decode("ascii", "replace")
        body = call.answer.partition(b"\r\n\r\n")[2]
        found = ANSWER.match(body)
        if status != self.plan.wanted or not found:
            self.errors[status or call.answer[:20].decode("ascii", "replace")] += 1
            return
        self.outcome.requests += 1
        self.outcome.rows += int(found["rows"] or 0)


_EVENTS = select.EPOLLIN | select.EPOLLOUT | select.EPOLLET


def main():
    outcome = Load(Plan(**json.load(sys.stdin))).run()
    json.dump(asdict(outcome), sys.stdout)


if __name__ == "__main__":
    main()
