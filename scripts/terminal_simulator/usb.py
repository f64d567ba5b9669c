"""USB-disk punch files (``attlog.dat``): reading and writing their layouts.

A file is text, one punch per line, fields separated by TABs. The order of the
fields differs from the wire: after the time comes the terminal's number.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .punch import Punch, parse_wall

LAYOUTS = {
    "standard": ("pin", "time", "number", "state", "verify", "work_code"),
    "four": ("pin", "time", "state", "verify"),
    "number-first": ("number", "pin", "time", "state"),
    "time-first": ("time", "pin", "state", "verify"),
}
"""Fields by layout. ``standard`` is the terminals' own; the others are the
four-column variants of third-party tools, told apart by where the time is."""

_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$")


@dataclass(frozen=True)
class UsbLine:
    """One line of a file: a punch, or None with the text that is no punch."""

    number: int
    punch: Punch | None
    text: str


def read_lines(data: bytes) -> Iterator[UsbLine]:
    """Read a file's bytes; lines count from 1, empty ones are left out.

    CRLF, LF and a missing last line end are accepted. Serial-number, checksum
    and foreign lines come out without a punch. Never raises for content.
    """
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.strip():
            yield UsbLine(number, _read_punch(line), line)


def iterate_punches(path: str | os.PathLike) -> Iterator[Punch]:
    """The punches of a file in its order; lines that are none are passed over."""
    with open(path, "rb") as file:
        data = file.read()
    return (line.punch for line in read_lines(data) if line.punch)


def serial_number(path: str | os.PathLike) -> str | None:
    """The serial of an ``SN=`` line, else of a name like ``SERIAL_attlog.dat``.

    A name that starts with a terminal number of up to three digits has none.
    """
    with open(path, "rb") as file:
        match = re.search(rb"^SN=([A-Za-z0-9_-]{4,32})\s*$", file.read(), re.MULTILINE)
    if match:
        return match[1].decode()
    match = re.match(r"([A-Za-z0-9-]{4,32})_attlog", os.path.basename(path), re.I)
    return match[1] if match else None


def write_attlog(
    punches: Iterable[Punch],
    *,
    layout: str = "standard",
    number: int = 1,
    pin_width: int = 9,
    line_end: str = "\r\n",
    serial: str | None = None,
) -> bytes:
    """A file's bytes as a terminal writes it; ``serial`` adds an ``SN=`` line.

    ``number`` is the terminal's number, ``pin_width`` what PINs are padded to
    with blanks on the left (9, or 5 on small-PIN units).
    """
    names = LAYOUTS[layout]
    lines = [f"SN={serial}"] if serial else []
    for punch in punches:
        values = {
            "pin": punch.pin.rjust(pin_width),
            "time": punch.wall,
            "number": str(number),
            "state": str(punch.state),
            "verify": str(punch.verify),
            "work_code": punch.work_code,
        }
        lines.append("\t".join(values[name] for name in names))
    return "".join(line + line_end for line in lines).encode("utf-8", "surrogateescape")


def _read_punch(line: str) -> Punch | None:
    fields = line.split("\t")
    names = _layout_of(fields)
    if names is None:
        return None
    values = dict(zip(names, (field.strip() for field in fields), strict=False))
    if not values.get("pin") or not re.fullmatch(r"[A-Za-z0-9]{1,24}", values["pin"]):
        return None
    try:
        parse_wall(values["time"])
        state = int(values.get("state") or 0)
        verify = int(values.get("verify") or 0)
    except ValueError:
        return None
    wall = values["time"].replace("T", " ")
    return Punch(values["pin"], wall, state, verify, values.get("work_code", "0"))


def _layout_of(fields: list[str]) -> tuple[str, ...] | None:
    times = [i for i, field in enumerate(fields[:3]) if _TIME.fullmatch(field.strip())]
    if not times:
        return None
    if times[0] == 1:
        return LAYOUTS["standard" if len(fields) >= 5 else "four"]
    return LAYOUTS["time-first" if times[0] == 0 else "number-first"]
