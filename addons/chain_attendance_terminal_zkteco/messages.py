"""What every entrance and every part of the handler passes on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TerminalRequest:
    """One HTTP request of a unit.

    ``verb`` is the last part of the path in lower case (``cdata``, ``getrequest``,
    ...), ``query`` its parameters with lower-case names, ``body`` the raw bytes.
    """

    method: str
    verb: str
    query: dict
    body: bytes
    content_type: str
    address: str


@dataclass(frozen=True)
class TerminalAnswer:
    """What the unit gets: plain text, because it understands nothing else."""

    status: int
    text: str


OK = TerminalAnswer(200, "OK")
BUSY = TerminalAnswer(503, "BUSY\n")
