"""Raw TCP to the server: exactly the bytes given, one deadline per exchange."""

from __future__ import annotations

import socket
import time
from collections.abc import Sequence

from .quirks import Quirks
from .response import Response, ResponseReader, WireError
from .wire import Request, Target, body_bytes, expects_continue, head_bytes

CONTINUE_SECONDS = 1.0


class SocketTransport:
    """Sends requests of one terminal over its own connections.

    ``timeout_seconds`` bounds a whole exchange from connecting to the last byte.
    With the quirk ``connection="keep-alive"`` the socket is kept between
    exchanges and opened again once if the server has closed it meanwhile.
    """

    def __init__(
        self, target: Target, quirks: Quirks, timeout_seconds: float = 60.0
    ) -> None:
        self._target, self._quirks = target, quirks
        self._timeout = timeout_seconds
        self._kept: socket.socket | None = None
        self._turn = 0

    def exchange(self, request: Request, cut_after: int | None = None) -> Response:
        """Send one request and return the complete answer.

        With ``cut_after`` only that many bytes of the body are sent and the
        connection is broken. Raises WireError whenever no whole answer came.
        """
        deadline = time.monotonic() + self._timeout
        reused = self._kept is not None
        try:
            return self._exchange_once(request, deadline, cut_after)
        except WireError as error:
            if not (reused and error.reason in ("closed", "reset")):
                raise
        return self._exchange_once(request, deadline, cut_after)

    def close(self) -> None:
        """Close a kept connection, if there is one."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _exchange_once(
        self, request: Request, deadline: float, cut_after: int | None
    ) -> Response:
        connection, self._kept = self._kept or self._connect(deadline), None
        keep = False
        try:
            response = self._talk(connection, request, deadline, cut_after)
            keep = (
                self._quirks.connection == "keep-alive"
                and response.headers.get("connection", "").lower() != "close"
            )
            return response
        except TimeoutError:
            raise WireError("timeout", "no whole answer in time") from None
        except OSError as error:
            raise WireError("reset", f"the connection broke: {error}") from None
        finally:
            if keep:
                self._kept = connection
            else:
                connection.close()

    def _connect(self, deadline: float) -> socket.socket:
        source = self._source_address()
        try:
            return socket.create_connection(
                (self._target.address, self._target.port),
                timeout=_remaining(deadline),
                source_address=(source, 0) if source else None,
            )
        except TimeoutError:
            raise WireError("timeout", "no connection in time") from None
        except OSError as error:
            raise WireError("unreachable", f"no connection: {error}") from None

    def _source_address(self) -> str | None:
        sources: Sequence[str] = self._quirks.source_addresses
        if not sources:
            return None
        self._turn += 1
        return sources[(self._turn - 1) % len(sources)]

    def _talk(
        self,
        connection: socket.socket,
        request: Request,
        deadline: float,
        cut_after: int | None,
    ) -> Response:
        def receive(size: int) -> bytes:
            connection.settimeout(_remaining(deadline))
            return connection.recv(size)

        reader = ResponseReader(receive)
        head = head_bytes(request, self._target, self._quirks)
        if request.body is None:
            _send(connection, head, deadline)
            return reader.read()
        if expects_continue(request.body, self._quirks):
            _send(connection, head, deadline)
            early = _await_continue(connection, deadline)
            if early is not None:
                return early
            head = b""
        body = body_bytes(request.body, self._quirks)
        if cut_after is not None:
            _send(connection, head + body[:cut_after], deadline)
            raise WireError("cut-body", "the body was cut on purpose")
        try:
            _send(connection, head + body, deadline)
        except (BrokenPipeError, ConnectionResetError):
            # A server may refuse before it has read everything: its answer counts.
            return reader.read()
        return reader.read()


def _await_continue(connection: socket.socket, deadline: float) -> Response | None:
    """Wait a moment for ``100 Continue``; a final answer instead is returned."""

    def receive(size: int) -> bytes:
        # One byte at a time: what follows the interim answer is not ours yet.
        connection.settimeout(min(CONTINUE_SECONDS, _remaining(deadline)))
        return connection.recv(1)

    try:
        return ResponseReader(receive).read_interim()
    except TimeoutError:
        return None


def _send(connection: socket.socket, data: bytes, deadline: float) -> None:
    connection.settimeout(_remaining(deadline))
    connection.sendall(data)


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
