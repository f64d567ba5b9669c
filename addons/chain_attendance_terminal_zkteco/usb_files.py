"""What a file from a USB stick is, told by its bytes first and its name second."""

import math
import re
from collections import Counter, namedtuple

from . import usb_punches, usb_templates, usb_users

NAME_NUMBER = re.compile(r"(\d{1,3})[_-]\w*log\b.*", re.IGNORECASE | re.ASCII)
NAME_SERIAL = re.compile(
    r"(?=[^_]*\d)([A-Za-z0-9-]{4,32})_\w*log\b.*", re.IGNORECASE | re.ASCII
)
ENTROPY_SAMPLE = 65536
# Bits a byte; packed or encrypted bytes have nearly 8, records and text below 6.
HIGH_ENTROPY = 7.2
SHORTEST_RANDOM = 512

MAGIC = (
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"RIFF", "picture"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"SQLite format 3", "database"),
    (b"\x1f\x8b", "firmware"),
    (b"\x7fELF", "firmware"),
    (b"hsqs", "firmware"),
    (b"\x27\x05\x19\x56", "firmware"),
)
OFFICE_PARTS = (b"xl/", b"word/", b"[Content_Types].xml")
NAMES = (
    (r".*(oplog|operlog|opelog|operation).*", "operation_log"),
    (r"(main\.gz|update.*|.*firmware.*|emfw.*|.*\.(bin|img|tgz|cfg))", "firmware"),
    (r"(sms|udata|timezone|holiday|workcode|lockgroup)\.dat", "unused"),
)

# ``kind`` is punches, users, templates or None; then ``problem`` says what else it
# is. ``layout`` is what the readers need. ``count`` is its lines or records.
UsbFile = namedtuple(
    "UsbFile", "kind problem layout serial_number unit_number count", defaults=(0,)
)


def recognise(name, content):
    """What a file is, as a :class:`UsbFile`; any bytes are something.

    :param name: the file's name, which a person may have changed.
    """
    name = re.split(r"[\\/]", name or "")[-1].strip()
    problem = _foreign(content)
    if problem:
        return UsbFile(None, problem, None, "", "")
    serial, number = origin(name, content)
    kind, layout, count = _own(name, content, number)
    if kind:
        return UsbFile(kind, None, layout, serial, number, count)
    return UsbFile(None, _unreadable(name, content), None, serial, number)


def origin(name, content):
    """``(serial number, number)`` of the terminal, as far as file and name tell."""
    number = NAME_NUMBER.fullmatch(name)
    serial = NAME_SERIAL.fullmatch(name)
    told = usb_punches.serial_line(usb_punches.without_mark(content))
    return (
        told or (serial[1] if serial and not number else ""),
        str(int(number[1])) if number else "",
    )


def _own(name, content, number):
    order = _punch_order(content, number)
    if order:
        return "punches", order, len(usb_punches.PunchFile(content, number))
    if _problem_of_name(name):
        return None, None, 0
    readers = (_as_users, _as_templates)
    if re.match(r"(template|ssrface|.*\.fp)", name, re.IGNORECASE):
        readers = readers[::-1]
    for reader in readers:
        found = reader(content)
        if found:
            return found
    return None, None, 0


def _punch_order(content, number):
    if b"\t" not in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    return usb_punches.PunchFile(content, number).order


def _as_users(content):
    size = usb_users.record_size(content)
    return ("users", str(size), len(content) // size) if size else None


def _as_templates(content):
    layout = usb_templates.layout_of(content)
    if not layout:
        return None
    return "templates", layout, len(usb_templates.read_templates(content, layout))


def _foreign(content):
    """What a file is that no terminal's punches or people can be, or ``None``."""
    if not content.strip(b"\x00\xff \t\r\n\x1a"):
        return "empty"
    for magic, problem in MAGIC:
        if content.startswith(magic):
            is_office = problem == "archive" and any(
                part in content for part in OFFICE_PARTS
            )
            return "office" if is_office else problem
    if content.startswith(b"BM") and len(content) > 6:
        if int.from_bytes(content[2:6], "little") == len(content):
            return "picture"
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "page"
    if head.startswith((b"oplog ", b"oplog\t")):
        return "operation_log"
    return None


def _problem_of_name(name):
    for pattern, problem in NAMES:
        if re.fullmatch(pattern, name, re.IGNORECASE):
            return problem
    return None


def _unreadable(name, content):
    if problem := _problem_of_name(name):
        return problem
    if looks_random(content):
        return "encrypted"
    sample = content[:ENTROPY_SAMPLE]
    readable = sum(byte >= 32 or byte in b"\t\r\n" for byte in sample)
    if readable > 0.97 * len(sample) and b"\0" not in sample:
        return "text"
    return "encrypted" if "log" in name.lower() else "unknown"


def looks_random(content):
    """Whether the bytes are spread as evenly as encrypted ones."""
    sample = content[:ENTROPY_SAMPLE]
    if len(sample) < SHORTEST_RANDOM:
        return False
    shares = [count / len(sample) for count in Counter(sample).values()]
    return -sum(share * math.log2(share) for share in shares) > HIGH_ENTROPY
