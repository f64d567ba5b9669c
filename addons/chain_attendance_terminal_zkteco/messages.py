"""What every entrance and every part of the handler passes on."""

import re
from dataclasses import dataclass

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
    ``path_secret`` what stood before ``/iclock/``.
    """

    method: str
    verb: str
    query: dict
    body: bytes
    content_type: str
    address: str
    path_secret: str = ""

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


def read_path(path):
    """``(verb, secret)`` of a unit's path, or ``None`` if it is somebody else's."""
    found = PATH.fullmatch(path)
    if not found:
        return None
    verb = (found["verb"] or "").strip("/").lower().removesuffix(".aspx")
    return verb, found["secret"] or ""
