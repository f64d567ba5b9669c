"""What every entrance and every part of the handler passes on."""

import re
from dataclasses import dataclass, replace

from .const import BODY_LIMIT

# /iclock/<verb>, with .aspx or a slash behind it on some units, and before it the
# terminal's own secret where its firmware takes a path.
PATH = re.compile(
    r"/+(?:(?P<secret>[A-Za-z0-9_-]{1,64})/+)?iclock(?:/+(?P<verb>[^?]*))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TerminalRequest:
    """One HTTP request of a unit.

    ``verb`` is the last part of the path in lower case (``cdata``, ``getrequest``,
    ...), ``query`` its parameters with lower-case names, ``body`` the raw bytes,
    ``path_secret`` what stood before ``/iclock/``, ``lines_cut`` how many lines of a
    body that was too large are not in ``body``.
    """

    method: str
    verb: str
    query: dict
    body: bytes
    content_type: str
    address: str
    path_secret: str = ""
    lines_cut: int = 0

    @property
    def is_handshake(self):
        """Asks for the options with which a unit begins; not for the time or a user."""
        return self.method == "GET" and self.verb == "cdata" and "options" in self.query


@dataclass(frozen=True)
class TerminalAnswer:
    """What the unit gets: plain text, because it understands nothing else.

    ``text`` is bytes where it is in the unit's own encoding.
    """

    status: int
    text: str | bytes

    @property
    def data(self):
        return self.text if isinstance(self.text, bytes) else self.text.encode()


OK = TerminalAnswer(200, "OK")
BUSY = TerminalAnswer(503, "BUSY\n")
UNKNOWN = TerminalAnswer(403, "UNKNOWN DEVICE\n")
BLOCKED = TerminalAnswer(403, "BLOCKED\n")


def with_body(request, body):
    """The request with this body, cut at the end of a line if it is too large.

    A unit that was refused would send the same again for ever, and what it has got
    else would never come.
    """
    if len(body) <= BODY_LIMIT:
        return replace(request, body=body)
    kept = body.rfind(b"\n", 0, BODY_LIMIT) + 1 or BODY_LIMIT
    rest = body[kept:]
    lines = rest.count(b"\n") + (not rest.endswith(b"\n"))
    return replace(request, body=body[:kept], lines_cut=lines)


# What is asked most.
USUAL_PATHS = {
    f"/iclock/{verb}": (verb, "") for verb in ("getrequest", "cdata", "devicecmd")
}


def read_path(path):
    """``(verb, secret)`` of a unit's path, or ``None`` if it is somebody else's."""
    if path in USUAL_PATHS:
        return USUAL_PATHS[path]
    found = PATH.fullmatch(path)
    if not found:
        return None
    verb = (found["verb"] or "").strip("/").lower().removesuffix(".aspx")
    return verb, found["secret"] or ""
