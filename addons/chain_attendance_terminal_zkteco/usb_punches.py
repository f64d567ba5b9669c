"""Punch files from a USB stick (``attlog.dat``), read without Odoo.

Text, one punch a line, fields between TABs; the fields after the time stand in
another order than on the wire. Third-party tools write fewer columns, in an order
that only the place of the time tells. Reading never fails for content, and every
line that is not blank is counted once.
"""

import re
from collections import Counter, namedtuple

from . import wire
from .const import NO_STATE_KEY

# Lines looked at to tell the order of the fields.
SAMPLE = 2000
TIME_COLUMNS = 3
USB_FIELDS = 6
BLANK = b" \t\x00\x1a\x0b\x0c"
STATES = frozenset({*map(str, range(6)), str(NO_STATE_KEY)})
# No terminal has these numbers: where they stand, it is the key that was pressed.
NO_UNIT_NUMBERS = frozenset({"0", str(NO_STATE_KEY)})

# What a terminal writes about the file itself.
HEADING = re.compile(r"(sn|serial|checksum|check|crc|md5)\w*\s*[=:].*", re.I | re.S)
SERIAL_LINE = re.compile(rb"^\s*SN\s*=\s*([A-Za-z0-9_-]{4,32})\s*$", re.I | re.M)
SEVERAL_NULS = re.compile(r"^(?:\\0|\s)+|(?:\\0|\s)+$")
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

# ``punch`` is a wire.PunchLine or None; then ``reason`` is one of heading, fields,
# code, time. ``number`` counts the file's lines from 1, blank ones too.
UsbLine = namedtuple("UsbLine", "number punch reason text")
Columns = namedtuple("Columns", "code time state verify work")

# Places of the fields, by the order's name; -1: not there.
ORDERS = {
    "usb": Columns(0, 1, 3, 4, 5),
    "push": Columns(0, 1, 2, 3, 4),
    "time_first": Columns(1, 0, 2, 3, -1),
    "number_first": Columns(1, 2, 3, -1, -1),
    "name_second": Columns(0, 2, 3, -1, -1),
}


class PunchFile:
    """A punch file, of which any stretch of lines can be read by itself.

    :param unit_number: the terminal's number as the file's name tells it, or "".
    :param order: one of ``ORDERS`` if it is known already.
    """

    def __init__(self, content, unit_number="", order=None):
        raw_lines = wire.LINE_ENDS.split(without_mark(content))
        self._lines = [
            (number, raw) for number, raw in enumerate(raw_lines, 1) if raw.strip(BLANK)
        ]
        self.order = order or self._find_order(unit_number)

    def __len__(self):
        return len(self._lines)

    def lines(self, start=0, stop=None):
        """The :class:`UsbLine` values of some of the lines that are not blank."""
        return [read_line(n, raw, self.order) for n, raw in self._lines[start:stop]]

    def _find_order(self, unit_number):
        """The name of the order in which most lines have their fields."""
        samples, places = [], Counter()
        for _number, raw in self._lines[:SAMPLE]:
            parts = fields_of(wire.decode(raw))
            place = time_place(parts)
            if place is not None:
                samples.append(parts)
                places[place] += 1
        if not samples:
            return None
        place = places.most_common(1)[0][0]
        samples = [parts for parts in samples if time_place(parts) == place]
        if place == 0:
            return "time_first"
        if place == 1:
            return _order_behind_code(samples, unit_number)
        is_code = all(parts[1].isascii() and parts[1].isalnum() for parts in samples)
        return "number_first" if is_code else "name_second"


def _order_behind_code(samples, unit_number):
    """Whether a terminal's number stands between the time and the key pressed.

    A file comes from one terminal, so its number is the same on all lines; a key is
    one of a few, and none is what no terminal is numbered.
    """
    longest = max(map(len, samples))
    if longest < USB_FIELDS - 1:
        return "push"
    third = {parts[2] for parts in samples if len(parts) > 2}
    if len(third) == 1 and third == {unit_number}:
        return "usb"
    if longest > USB_FIELDS or third <= NO_UNIT_NUMBERS:
        return "push"
    return "push" if len(third) > 1 and third <= STATES else "usb"


def without_mark(content):
    """The bytes without a byte order mark; UTF-16 becomes UTF-8."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            rest = content[len(mark) :]
            return rest if encoding == "utf-8" else _utf_8(rest, encoding)
    return content


def _utf_8(content, encoding):
    return content.decode(encoding, "replace").encode()


def fields_of(line):
    return [SEVERAL_NULS.sub("", part) for part in line.split("\t")]


def time_place(parts):
    """In which of the first columns a time stands, or ``None``."""
    for place, part in enumerate(parts[:TIME_COLUMNS]):
        if _read_time(part) is not None:
            return place
    return None


def _read_time(text):
    return wire.read_time(text.replace("/", "-"))


def read_line(number, raw, order):
    """One line that is not blank as a :class:`UsbLine`."""
    text = wire.decode(raw)
    if HEADING.fullmatch(text.strip()):
        return UsbLine(number, None, "heading", text)
    parts = fields_of(text)
    columns = ORDERS[order or "usb"]
    if len(parts) <= max(columns.code, columns.time):
        return UsbLine(number, None, "fields", text)
    wall_time = _read_time(parts[columns.time])
    if wall_time is None:
        return UsbLine(number, None, "time", text)
    code = parts[columns.code]
    if not wire_code(code):
        return UsbLine(number, None, "code", text)
    punch = wire.PunchLine(
        code,
        wall_time,
        _number(parts, columns.state, NO_STATE_KEY),
        _number(parts, columns.verify, 0),
        _text(parts, columns.work)[:32],
        text,
    )
    return UsbLine(number, punch, None, text)


def wire_code(code):
    """Whether the text can be a terminal user code; an inner NUL makes it none."""
    return (
        bool(code)
        and len(code) <= wire.CODE_LENGTH
        and code.isprintable()
        and "\\0" not in code
    )


def _text(parts, place):
    return parts[place] if 0 <= place < len(parts) else ""


def _number(parts, place, missing):
    text = _text(parts, place)
    if len(text) <= 5 and text.isascii() and text.isdigit():
        return int(text) if int(text) <= wire.SMALLINT else missing
    return missing


def serial_line(content):
    """The serial number that a line ``SN=…`` tells, or an empty text."""
    found = SERIAL_LINE.search(content)
    return found[1].decode() if found else ""
