"""Answers of a server: reading them off a socket, and judging them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST_HEAD = 64 * 1024
LONGEST_BODY = 8 * 1024 * 1024


class WireError(Exception):
    """No usable answer came back; ``reason`` is one short word for statistics."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True)
class Response:
    """A complete answer. Header names are in lower case."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_plain_text(self) -> bool:
        return self.headers.get("content-type", "").lower().startswith("text/plain")

    @property
    def has_length(self) -> bool:
        return "content-length" in self.headers

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def text_in(self, encoding: str) -> str:
        """The body in a unit's own encoding; unreadable bytes kept as escapes."""
        return self.body.decode(encoding, "surrogateescape")

    @property
    def summary(self) -> str:
        """Status and the beginning of the body, for one line of a report."""
        return f"{self.status} {' '.join(self.text.split())[:80]}".strip()


class ResponseReader:
    """Reads one answer after the other from ``receive(size) -> bytes``.

    ``receive`` returns nothing at the end of the stream and raises on timeouts.
    """

    def __init__(self, receive: Callable[[int], bytes]) -> None:
        self._receive = receive
        self._buffer = b""
        self.started = False

    def read(self) -> Response:
        """The next final answer; interim ones (1xx) are passed over.

        Raises WireError when it is cut, longer than allowed or not HTTP.
        """
        while True:
            status, headers = self._read_head()
            if status >= 200 or status == 101:
                break
        if status in (204, 304):
            return Response(status, headers, b"")
        return Response(status, headers, self._read_body(headers))

    def read_interim(self) -> Response | None:
        """A ``100 Continue`` is read and None returned; a final answer is given."""
        status, headers = self._read_head()
        if status == 100:
            return None
        return Response(status, headers, self._read_body(headers))

    def _more(self) -> bool:
        piece = self._receive(65536)
        self._buffer += piece
        self.started = self.started or bool(piece)
        return bool(piece)

    def _read_head(self) -> tuple[int, dict[str, str]]:
        while b"\r\n\r\n" not in self._buffer:
            if len(self._buffer) > LONGEST_HEAD:
                raise WireError("malformed", "the answer's head does not end")
            if not self._more():
                if not self.started:
                    raise WireError("closed", "the server closed without an answer")
                raise WireError("cut", "the answer ends within its head")
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        return parse_head(head)

    def _read_body(self, headers: dict[str, str]) -> bytes:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return self._read_chunks()
        if "content-length" not in headers:
            while self._more():
                self._check_size(len(self._buffer))
            body, self._buffer = self._buffer, b""
            return body
        try:
            length = int(headers["content-length"])
        except ValueError:
            raise WireError("malformed", "Content-Length is not a number") from None
        return self._take(length)

    def _read_chunks(self) -> bytes:
        body = b""
        while True:
            line = self._take_line()
            try:
                size = int(line.split(b";")[0], 16)
            except ValueError:
                raise WireError("malformed", "a chunk has no size") from None
            if size == 0:
                while self._take_line():
                    pass
                return body
            body += self._take(size)
            self._check_size(len(body))
            self._take_line()

    def _take_line(self) -> bytes:
        while b"\r\n" not in self._buffer:
            if not self._more():
                raise WireError("cut", "the answer ends within a chunk")
        line, _, self._buffer = self._buffer.partition(b"\r\n")
        return line

    def _take(self, length: int) -> bytes:
        self._check_size(length)
        while len(self._buffer) < length:
            if not self._more():
                got = len(self._buffer)
                raise WireError("cut", f"the answer has {got} of {length} bytes")
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        return body

    @staticmethod
    def _check_size(length: int) -> None:
        if not 0 <= length <= LONGEST_BODY:
            raise WireError("malformed", f"an answer of {length} bytes is not taken")


def parse_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Status and headers of an answer's head, without its empty line."""
    status_line, *lines = head.decode("latin-1").split("\r\n")
    match = re.fullmatch(r"HTTP/\d\.\d (\d{3})(?: .*)?", status_line)
    if not match:
        raise WireError("malformed", f"not an HTTP answer: {status_line[:60]!r}")
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return int(match[1]), headers


def acknowledges(response: Response, lines: int | None, strict: bool) -> bool:
    """Whether an upload of ``lines`` records was taken over by the server.

    ``lines`` is None for tables that are answered with a plain ``OK``. Strict
    units demand ``OK: n`` (blank optional) at the beginning of the body with
    exactly that n; others are satisfied by ``OK`` anywhere.
    """
    if not response.is_success:
        return False
    if not strict or lines is None:
        return b"OK" in response.body
    match = re.match(rb"OK: ?(\d+)\s*(?:$|[\r\n])", response.body)
    return bool(match) and int(match[1]) == lines
