"""Fingerprints and faces on a USB stick, taken apart without Odoo.

The content of a template is bytes that are passed on and never looked into. A record
names its person by the number that the terminal uses inside, which only the
``user.dat`` of the same stick turns into a code.
"""

import struct
from collections import namedtuple

HEAD = struct.Struct("<HHBB")
OLD_RECORD = 608
FACE_RECORD = 2576
FACE_HEAD = 16
LONGEST = 8192
MOST_NUMBERS = 31

# ``kind`` is fingerprint or face; ``version`` the algorithm's, "" if not known.
Template = namedtuple("Template", "internal_id kind number version is_valid data")


def layout_of(content):
    """``old`` (algorithm 9), ``new`` (algorithm 10), ``face``, or ``None``."""
    if _is_fixed(content, FACE_RECORD):
        return "face"
    if _is_fixed(content, OLD_RECORD):
        return "old"
    return "new" if content and _walk(content) is not None else None


def _is_fixed(content, size):
    if not content or len(content) % size:
        return False
    heads = [
        HEAD.unpack_from(content, start)
        for start in range(0, min(len(content), size * 200), size)
    ]
    return all(
        (length == size or 0 < length <= size - HEAD.size)
        and number <= MOST_NUMBERS
        and valid <= 3
        for length, _id, number, valid in heads
    )


def _walk(content):
    """The places of records that tell their own length, if they fill the file."""
    places, start = [], 0
    while start < len(content):
        if start + HEAD.size > len(content):
            return None
        length, _id, number, valid = HEAD.unpack_from(content, start)
        if not HEAD.size < length <= LONGEST or number > MOST_NUMBERS or valid > 3:
            return None
        places.append((start, start + length))
        start += length
    return places if start == len(content) else None


def read_templates(content, layout):
    """All records of a file as :class:`Template` values."""
    if layout == "new":
        places = _walk(content) or []
        kind, version, head = "fingerprint", "10", HEAD.size
    else:
        size = FACE_RECORD if layout == "face" else OLD_RECORD
        places = [(start, start + size) for start in range(0, len(content), size)]
        kind = "face" if layout == "face" else "fingerprint"
        version = "" if layout == "face" else "9"
        head = FACE_HEAD if layout == "face" else HEAD.size
    found = []
    for start, stop in places:
        _length, internal, number, valid = HEAD.unpack_from(content, start)
        data = content[start + head : stop]
        found.append(Template(internal, kind, number, version, bool(valid), data))
    return found
