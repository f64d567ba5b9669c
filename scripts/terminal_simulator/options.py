"""The option block a server answers a handshake with, as a terminal reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from .clock import parse_time_zone
from .quirks import Quirks

DEFAULT_ERROR_DELAY_SECONDS = 30.0
DEFAULT_DELAY_SECONDS = 30.0

_BITS = {
    "A": "AttLog OpLog AttPhoto EnrollFP EnrollUser FPImag ChgUser ChgFP FACE UserPic",
    "B": "AttLog OpLog AttPhoto EnrollUser ChgUser EnrollFP ChgFP FPImag FACE ChgFACE",
}


class HandshakeRefused(Exception):
    """The answer is not an option block this unit accepts."""


@dataclass(frozen=True)
class Options:
    """Values by key as sent; unknown keys are kept and ignored."""

    values: dict[str, str] = field(default_factory=dict)
    serial: str = ""

    @property
    def delay_seconds(self) -> float:
        return self._number("Delay", DEFAULT_DELAY_SECONDS)

    @property
    def error_delay_seconds(self) -> float:
        return self._number("ErrorDelay", DEFAULT_ERROR_DELAY_SECONDS)

    @property
    def is_realtime(self) -> bool:
        return self.values.get("Realtime", "1").strip() != "0"

    @property
    def interval_seconds(self) -> float:
        """Seconds between upload checks without Realtime; 0 for none."""
        return self._number("TransInterval", 0.0) * 60

    @property
    def zone_minutes(self) -> int | None:
        return parse_time_zone(self.values.get("TimeZone", ""))

    @property
    def wants_parameters(self) -> bool:
        return self.values.get("PushOptionsFlag") == "1"

    @property
    def supports_ping(self) -> bool:
        return self.values.get("SupportPing") == "1"

    def stamp(self, table: str, is_old: bool) -> str | None:
        """The stamp returned for a table; old units read only the old names."""
        old = {"ATTLOG": "Stamp", "OPERLOG": "OpStamp", "ATTPHOTO": "PhotoStamp"}
        if not is_old and f"{table}Stamp" in self.values:
            return self.values[f"{table}Stamp"]
        return self.values.get(old.get(table, ""))

    def upload_kinds(self, order: str) -> frozenset[str] | None:
        """What uploads by itself, in lower case; None for everything.

        ``order`` says which document's meaning of the bits the unit follows.
        """
        flag = self.values.get("TransFlag")
        if flag is None:
            return None
        flag = flag.strip()
        if re.fullmatch(r"1+", flag):
            return None
        if re.fullmatch(r"[01]+", flag):
            names = _BITS[order].split()
            chosen = {n for n, bit in zip(names, flag, strict=False) if bit == "1"}
        else:
            chosen = set(re.split(r"[\t ,;]+", flag)) - {"TransData"}
        return frozenset(name.lower() for name in chosen)

    def fixed_times(self) -> list[str]:
        """Fixed upload times as ``HH:MM``, at most ten; unreadable ones left out."""
        found = []
        for part in self.values.get("TransTimes", "").split(";")[:10]:
            try:
                found.append(datetime.strptime(part.strip(), "%H:%M").strftime("%H:%M"))
            except ValueError:
                continue
        return found

    def _number(self, key: str, otherwise: float) -> float:
        try:
            return max(0.0, float(self.values[key]))
        except (KeyError, ValueError):
            return otherwise


def read_options(body: bytes, quirks: Quirks) -> Options:
    """Read an option block; raises HandshakeRefused with the reason.

    A strict unit ignores a last line without LF. Old units accept only a block
    with ``Stamp`` or ``ServerVer`` in it.
    """
    text = body.decode("utf-8", "replace")
    *lines, rest = text.replace("\r\n", "\n").split("\n")
    if rest and not quirks.drops_unterminated_line:
        lines.append(rest)
    head = re.match(r"GET OPTION FROM: ?(.*)$", lines[0]) if lines else None
    if not head:
        raise HandshakeRefused("the answer does not start with GET OPTION FROM")
    values = {}
    for line in lines[1:]:
        key, equals, value = line.partition("=")
        if equals:
            values[key.strip()] = value
    if quirks.is_old and not {"Stamp", "ServerVer"} & values.keys():
        raise HandshakeRefused("the option block has neither Stamp nor ServerVer")
    return Options(values, head[1].strip())


_GATES = {
    "ATTLOG": {"attlog"},
    "OPLOG": {"oplog"},
    "USER": {"enrolluser", "chguser"},
    "FP": {"enrollfp", "chgfp"},
    "FACE": {"face", "enrollface", "chgface"},
    "BIODATA": {"face", "enrollface", "enrollfp", "biodata"},
    "USERPIC": {"userpic"},
    "BIOPHOTO": {"biophoto"},
    "ATTPHOTO": {"attphoto"},
}


def uploads(kind: str, wanted: frozenset[str] | None) -> bool:
    """Whether rows of a kind go up by themselves under the given TransFlag."""
    return wanted is None or kind not in _GATES or bool(_GATES[kind] & wanted)
