"""A picture that a unit took, as it uploads it; read without Odoo."""

import base64
import binascii
import re
from collections import namedtuple
from datetime import datetime

from . import wire_rows

HEAD_LIMIT = 4096
# The largest camera of a unit makes 1 MB.
PICTURE_LIMIT = 4 * 1024 * 1024
NAME = re.compile(
    r"(\d{14})(?:-([^.\\/]{1,24}))?(?:\.jpe?g)?", re.ASCII | re.IGNORECASE
)

# ``user_code`` is empty if the unit recognized nobody; ``raw`` are the picture's bytes.
Photo = namedtuple("Photo", "user_code wall_time raw")


def head_of(body):
    """The text before the picture, without what a database cannot hold."""
    text = wire_rows.decode(_split(body)[0][: wire_rows.LINE_LENGTH])
    return wire_rows.redacted(text)


def read_photo(body):
    """The picture of a body, or ``None`` if it holds none.

    ``PIN=20260302085841-1001.jpg``, further pairs on lines of their own, a NUL, then
    a JPEG, or one as base64.
    """
    head, rest = _split(body)
    pairs = {}
    for line in wire_rows.decode(head).splitlines():
        name, sign, value = line.partition("=")
        if sign:
            pairs.setdefault(name.strip().upper(), value.strip())
    found = NAME.fullmatch(pairs.get("PIN", ""))
    raw = _picture(rest)
    if not found or not raw:
        return None
    try:
        wall_time = datetime.strptime(found[1], "%Y%m%d%H%M%S")
    except ValueError:
        return None
    code = (found[2] or "").strip()
    if code and not wire_rows.is_code(code):
        return None
    return Photo(code, wall_time, raw)


def _split(body):
    """Head and picture; a head that is too long for one is no head."""
    head, _zero, _rest = body[: HEAD_LIMIT + 1].partition(b"\0")
    return head, body[len(head) + 1 :] if len(head) <= HEAD_LIMIT else b""


def _picture(raw):
    if raw.startswith(b"\xff\xd8"):
        return raw if len(raw) <= PICTURE_LIMIT else None
    text = raw.partition(b"=")[2] if raw[:8].lower() == b"content=" else raw
    if len(text) > PICTURE_LIMIT * 4 // 3 + 4:
        return None
    try:
        found = base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        return None
    return found if found.startswith(b"\xff\xd8") else None
