"""Requests of the PUSH protocol as the bytes a terminal sends."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from .quirks import Quirks


class TargetRefused(ValueError):
    """The address given is not one this test equipment connects to."""


@dataclass(frozen=True)
class Target:
    """Where the server listens.

    ``prefix`` is a path put before ``/iclock`` (a per-terminal path secret);
    ``host`` is what the Host header says, ``address`` what is connected to.
    """

    address: str
    port: int
    host: str
    prefix: str = ""

    @classmethod
    def from_url(cls, url: str, host: str | None = None) -> Target:
        """Read ``http://127.0.0.1:8069[/prefix]``; ``host`` replaces the Host header.

        Raises TargetRefused for anything but plain HTTP to a loopback address:
        127.0.0.0/8, ::1, ``localhost`` and names ending in ``.localhost``.
        """
        parts = urlsplit(url if "//" in url else f"//{url}", scheme="http")
        if parts.scheme != "http":
            raise TargetRefused(
                f"The terminal simulator speaks plain http only, not {parts.scheme!r}."
            )
        try:
            port = parts.port or 80
        except ValueError as error:
            raise TargetRefused(f"No usable port in {url!r}: {error}.") from None
        address = _loopback_address(parts.hostname or "")
        return cls(address, port, host or parts.netloc, parts.path.rstrip("/"))


def _loopback_address(name: str) -> str:
    if name == "localhost" or name.endswith(".localhost"):
        return "127.0.0.1"
    try:
        if ipaddress.ip_address(name).is_loopback:
            return name
    except ValueError:
        pass
    raise TargetRefused(
        f"The terminal simulator is test equipment and connects to this machine only "
        f"(127.0.0.1, ::1, localhost), not to {name!r}."
    )


@dataclass(frozen=True)
class Request:
    """One request before it is written: ``verb`` is the path's last word.

    ``parameters`` keep their order. ``kind`` names the request in statistics.
    """

    verb: str
    parameters: tuple[tuple[str, str], ...]
    body: bytes | None = None
    kind: str = "other"

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"


def head_bytes(request: Request, target: Target, quirks: Quirks) -> bytes:
    """Request line and headers, ended by the empty line."""
    query = "&".join(
        f"{key}={quote(value, safe=',:;~.')}" for key, value in request.parameters
    )
    path = f"{target.prefix}/iclock/{request.verb}{quirks.path_suffix}?{query}"
    lines = [f"{request.method} {path} HTTP/{quirks.http_version}"]
    if quirks.send_host:
        lines.append(f"Host: {target.host}")
    if quirks.user_agent:
        lines.append(f"User-Agent: {quirks.user_agent}")
    if quirks.connection:
        lines.append(f"Connection: {quirks.connection}")
    lines.append("Accept: */*")
    if request.body is not None:
        lines += _body_headers(request.body, quirks)
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def _body_headers(body: bytes, quirks: Quirks) -> list[str]:
    headers = []
    if quirks.content_type:
        headers.append(f"Content-Type: {quirks.content_type}")
    if quirks.chunked_upload:
        headers.append("Transfer-Encoding: chunked")
    else:
        headers.append(f"Content-Length: {len(body)}")
    if expects_continue(body, quirks):
        headers.append("Expect: 100-continue")
    return headers


def expects_continue(body: bytes | None, quirks: Quirks) -> bool:
    limit = quirks.expect_continue_over
    return body is not None and limit is not None and len(body) > limit


def body_bytes(body: bytes, quirks: Quirks) -> bytes:
    """The body as sent: as it is, or in chunks of 4 KiB."""
    if not quirks.chunked_upload:
        return body
    pieces = [body[i : i + 4096] for i in range(0, len(body), 4096)]
    framed = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces]
    return b"".join(framed) + b"0\r\n\r\n"
