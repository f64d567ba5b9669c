"""One exchange with the server: sent, measured, and judged by the unit's habits."""

from __future__ import annotations

import time

from .quirks import Quirks
from .response import Response, WireError, acknowledges
from .statistics import Statistics
from .wire import Request


class NotAcknowledged(Exception):
    """An exchange that did not come to its good end.

    ``status`` is the HTTP status, 0 without an answer; ``reason`` one word for
    statistics: the status, or ``timeout``, ``not-ok``, ``cut``...
    """

    def __init__(self, reason: str, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.reason, self.status = reason, status


class Caller:
    """Puts the serial number on requests and turns bad ends into exceptions."""

    def __init__(
        self, serial: str, transport, quirks: Quirks, statistics: Statistics
    ) -> None:
        self._serial, self._transport, self._quirks = serial, transport, quirks
        self._statistics = statistics
        self.round_trip_seconds = 0.0

    def close(self) -> None:
        self._transport.close()

    def call(
        self,
        verb: str,
        kind: str,
        *parameters: tuple[str, str],
        body: bytes | None = None,
    ) -> Response:
        """GET (no ``body``) or POST; raises NotAcknowledged without a usable answer."""
        return self.exchange(self.request(verb, kind, *parameters, body=body))

    def request(
        self,
        verb: str,
        kind: str,
        *parameters: tuple[str, str],
        body: bytes | None = None,
    ) -> Request:
        head = [("SN", self._serial)]
        key = self._quirks.communication_key
        if key and self._quirks.communication_key_on_all:
            head.append(("ComKey", key))
        return Request(verb, (*head, *parameters), body, kind)

    def exchange(self, request: Request, cut_after: int | None = None) -> Response:
        """Send a request; ``cut_after`` breaks off after so many body bytes."""
        began = time.perf_counter()
        try:
            response = self._transport.exchange(request, cut_after)
        except WireError as error:
            raise NotAcknowledged(error.reason, str(error)) from None
        finally:
            self.round_trip_seconds = time.perf_counter() - began
            self._statistics.measured(request.kind, self.round_trip_seconds)
        return self._usable(response)

    def _usable(self, response: Response) -> Response:
        if not response.is_success:
            text = f"the server answered {response.summary}"
            raise NotAcknowledged(str(response.status), text, response.status)
        if b"UNKNOWN DEVICE" in response.body:
            raise NotAcknowledged("unknown-device", "the server does not know the unit")
        if self._quirks.needs_content_length and not response.has_length:
            raise NotAcknowledged("no-length", "the answer has no Content-Length")
        if "content-encoding" in response.headers:
            raise NotAcknowledged("encoded", "the answer is compressed")
        return response

    def must_acknowledge(self, response: Response, lines: int | None) -> None:
        """Raise NotAcknowledged unless the answer takes ``lines`` records over."""
        if acknowledges(response, lines, self._quirks.strict_ok):
            return
        wanted = "OK" if lines is None or not self._quirks.strict_ok else f"OK: {lines}"
        text = f"the server answered {response.summary} instead of {wanted}"
        raise NotAcknowledged("not-ok", text, response.status)

    def must_be_plain(self, response: Response) -> None:
        """Raise NotAcknowledged for an answer this unit's result post ignores."""
        if self._quirks.needs_text_plain and not response.is_plain_text:
            raise NotAcknowledged(
                "not-plain", "devicecmd was not answered by text/plain"
            )
