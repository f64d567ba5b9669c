"""A small real HTTP server on 127.0.0.1 that records and answers by script.

Part of the package so that other tests can use it too. It keeps what came over
the wire byte by byte and stores punches once, like the product does.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

OPTIONS = {
    "ATTLOGStamp": "9999",
    "OPERLOGStamp": "9999",
    "ATTPHOTOStamp": "9999",
    "Stamp": "9999",
    "OpStamp": "9999",
    "PhotoStamp": "9999",
    "ErrorDelay": "30",
    "Delay": "15",
    "TransTimes": "00:00;14:05",
    "TransInterval": "1",
    "TransFlag": "1111111111",
    "TimeZone": "8",
    "Realtime": "1",
    "Encrypt": "None",
    "ServerVer": "2.4.1",
    "PushProtVer": "2.4.1",
}


@dataclass(frozen=True)
class Seen:
    """One request as it came: ``raw`` is every byte of it."""

    raw: bytes
    head: bytes
    body: bytes
    whole: bool
    address: str
    connection: int

    @property
    def request_line(self) -> str:
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")

    @property
    def method(self) -> str:
        return self.request_line.split(" ")[0]

    @property
    def path(self) -> str:
        return urlsplit(self.request_line.split(" ")[1]).path

    @property
    def verb(self) -> str:
        """Last word of the path without suffix: ``cdata``, ``getrequest``..."""
        return re.sub(r"\.aspx$", "", self.path.rstrip("/").rsplit("/", 1)[-1])

    @property
    def parameters(self) -> dict[str, str]:
        return dict(
            parse_qsl(
                urlsplit(self.request_line.split(" ")[1]).query, keep_blank_values=True
            )
        )

    @property
    def headers(self) -> dict[str, str]:
        """Names in lower case."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        pairs = (line.partition(":") for line in lines if ":" in line)
        return {name.lower(): value.strip() for name, _, value in pairs}

    @property
    def table(self) -> str:
        return self.parameters.get("table", "").upper()

    @property
    def is_handshake(self) -> bool:
        return self.method == "GET" and self.verb == "cdata"

    @property
    def lines(self) -> list[bytes]:
        """Records of the body without line ends and without empty ones."""
        return [line for line in re.split(rb"\r\n|\n|\r", self.body) if line]

    @property
    def url_text(self) -> str:
        return unquote(self.request_line.split(" ")[1])


@dataclass
class Answer:
    """What to send back; ``raw`` replaces all of it, None closes without a word."""

    body: bytes = b"OK"
    status: int = 200
    content_type: str | None = "text/plain"
    date: str | None = None
    length: bool = True
    extra: tuple[str, ...] = ()
    cut_after: int | None = None
    wait: threading.Event | None = None

    def rendered(self) -> bytes:
        head = [f"HTTP/1.1 {self.status} Answer", *self.extra]
        if self.content_type:
            head.append(f"Content-Type: {self.content_type}")
        if self.date:
            head.append(f"Date: {self.date}")
        if self.length:
            head.append(f"Content-Length: {len(self.body)}")
        data = "\r\n".join(head).encode() + b"\r\n\r\n" + self.body
        return data if self.cut_after is None else data[: self.cut_after]


CLOSE = object()
"""A script's answer that closes the connection without a word."""


def option_block(serial: str, **changes: str | None) -> Answer:
    """An option block; a keyword changes a value, None leaves the key out."""
    values = {**OPTIONS, **changes}
    lines = [f"GET OPTION FROM: {serial}"]
    lines += [f"{key}={value}" for key, value in values.items() if value is not None]
    return Answer("".join(line + "\n" for line in lines).encode())


@dataclass
class RecordingServer:
    """Use as ``with RecordingServer() as server``.

    ``script(seen, index)`` may return an Answer or CLOSE for a request (None:
    the good default); ``options`` change the option block; ``commands`` holds
    answers to polls, one string each, handed out in turn. ``punches`` is what an
    idempotent server would have stored: one entry per serial, PIN and second.
    """

    options: dict[str, str | None] = field(default_factory=dict)
    script: Callable | None = None
    date: str | None = None
    seen: list[Seen] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)
    punches: dict[tuple, bytes] = field(default_factory=dict)
    received_lines: int = 0

    def __enter__(self) -> RecordingServer:
        self._lock = threading.RLock()
        self._connections = 0
        self._open: set[socket.socket] = set()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self.stop()

    def stop(self) -> None:
        """Listen no more: connections are refused, open ones are closed."""
        if self._socket.fileno() < 0:
            return
        # Wakes the accepting thread, which closing alone would not.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)
        for connection in list(self._open):
            connection.close()

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def requests(self, verb: str, table: str | None = None) -> list[Seen]:
        """Requests seen so far, of one verb and if given one table."""
        with self._lock:
            return [
                seen
                for seen in self.seen
                if seen.verb == verb and (table is None or seen.table == table)
            ]

    def uploads(self, table: str = "ATTLOG") -> list[Seen]:
        return [s for s in self.requests("cdata", table) if s.method == "POST"]

    def wait_for(self, count: int, seconds: float = 5.0) -> None:
        """Wait until so many requests were recorded; AssertionError if not."""
        end = time.monotonic() + seconds
        while len(self.seen) < count:
            if time.monotonic() > end:
                raise AssertionError(f"{len(self.seen)} of {count} requests came")
            time.sleep(0.002)

    # --- inside ---------------------------------------------------------------

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except OSError:
                return
            self._connections += 1
            self._open.add(connection)
            threading.Thread(
                target=self._serve,
                args=(connection, address[0], self._connections),
                daemon=True,
            ).start()

    def _serve(self, connection: socket.socket, address: str, number: int) -> None:
        connection.settimeout(10)
        buffer = b""
        try:
            while True:
                seen, buffer = read_request(connection, buffer, address, number)
                if seen is None:
                    return
                answer = self._answer(seen)
                if answer is CLOSE or not seen.whole:
                    return
                if answer.wait is not None:
                    answer.wait.wait(10)
                connection.sendall(answer.rendered())
                if answer.cut_after is not None or not answer.length:
                    return
                if "keep-alive" not in seen.headers.get("connection", ""):
                    return
        except OSError:
            return
        finally:
            self._open.discard(connection)
            connection.close()

    def _answer(self, seen: Seen):
        with self._lock:
            self.seen.append(seen)
            scripted = self.script(seen, len(self.seen) - 1) if self.script else None
            if scripted is not None or not seen.whole:
                return scripted or CLOSE
            answer = self._default(seen)
            answer.date = answer.date or self.date
            return answer

    def _default(self, seen: Seen) -> Answer:
        if seen.is_handshake:
            return option_block(seen.parameters["SN"], **self.options)
        if seen.verb == "getrequest":
            return Answer(self.commands.pop(0) if self.commands else b"OK")
        if seen.verb in ("cdata", "fdata") and seen.table not in (
            "OPTIONS",
            "ATTPHOTO",
        ):
            self._store(seen)
            return Answer(b"OK: %d" % len(seen.lines))
        return Answer()

    def _store(self, seen: Seen) -> None:
        self.received_lines += len(seen.lines)
        if seen.table != "ATTLOG":
            return
        for line in seen.lines:
            pin, wall = line.split(b"\t")[:2]
            self.punches.setdefault((seen.parameters["SN"], pin, wall), line)


def read_request(
    connection: socket.socket, buffer: bytes, address: str, number: int
) -> tuple[Seen | None, bytes]:
    """One request off a socket; None at the end of the stream."""
    while b"\r\n\r\n" not in buffer:
        piece = connection.recv(65536)
        if not piece:
            return None, b""
        buffer += piece
    head, _, rest = buffer.partition(b"\r\n\r\n")
    headers = head.lower()
    if b"expect: 100-continue" in headers:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    framed, body, rest, whole = _read_body(connection, headers, rest)
    raw = head + b"\r\n\r\n" + framed
    return Seen(raw, head, body, whole, address, number), rest


def _read_body(connection, headers: bytes, rest: bytes):
    if b"transfer-encoding: chunked" in headers:
        while not rest.endswith(b"0\r\n\r\n"):
            piece = connection.recv(65536)
            if not piece:
                return rest, b"", b"", False
            rest += piece
        return rest, _unchunk(rest), b"", True
    match = re.search(rb"content-length: *(\d+)", headers)
    length = int(match[1]) if match else 0
    while len(rest) < length:
        piece = connection.recv(65536)
        if not piece:
            return rest, rest, b"", False
        rest += piece
    return rest[:length], rest[:length], rest[length:], True


def _unchunk(framed: bytes) -> bytes:
    body = b""
    while True:
        size, _, framed = framed.partition(b"\r\n")
        if int(size, 16) == 0:
            return body
        body += framed[: int(size, 16)]
        framed = framed[int(size, 16) + 2 :]
