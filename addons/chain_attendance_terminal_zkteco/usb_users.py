"""People on a USB stick (``user.dat``), read and written without Odoo.

Records of 72 bytes (colour screens) or 28 (black and white), packed, little-endian,
without a heading. Passwords stand in them in clear: they are never read, and blanked
in bytes that are passed on. Texts end at a NUL; garbage may stand behind it.
"""

import struct
from collections import namedtuple

from . import wire_rows

COLOUR, MONOCHROME = 72, 28
SIZES = (COLOUR, MONOCHROME)
CARD_LIMIT = 2**32
INTERNAL_LIMIT = 2**16 - 1
# Where the password is, and where no record of this size has anything else.
PASSWORD = {COLOUR: (3, 11), MONOCHROME: (3, 8)}
PRIVILEGES = frozenset({0, 1, 2, 3, 6, 7, 10, 14, 15})
COLOUR_RECORD = struct.Struct("<HB8x24sIBH6x24s")
MONOCHROME_RECORD = struct.Struct("<HB5x8sIxBHI")
NAME_BYTES = {COLOUR: 23, MONOCHROME: 8}
CODE_BYTES = 23
SAMPLE = 500
FITTING = 0.9

# ``person`` is a User or None, then ``reason`` is "code".
UserLine = namedtuple("UserLine", "number internal_id person reason")
User = wire_rows.User
# A person to write: digits, text, a number, digits or an empty text.
NewUser = namedtuple("NewUser", "code name privilege card")


class UserFile:
    """A ``user.dat``, of which any stretch of records can be read by itself."""

    def __init__(self, content, size, code_page="auto"):
        self._content, self._size, self._page = content, size, code_page

    def __len__(self):
        return len(self._content) // self._size

    def lines(self, start=0, stop=None):
        """The :class:`UserLine` values of some of the records."""
        numbers = range(len(self))[start:stop]
        return [self._read(number) for number in numbers]

    def _read(self, number):
        record = self._content[number * self._size : (number + 1) * self._size]
        return read_user(number + 1, record, self._page)


def record_size(content):
    """72 or 28 where the bytes look like people, else ``None``.

    Both lengths can divide the file's: then the records decide, by the NUL that ends
    their texts and by what a privilege and a code may be.
    """
    fits = {
        size: _fit(content, size)
        for size in SIZES
        if content and len(content) % size == 0
    }
    best = max(fits, key=fits.get, default=None)
    return best if best and fits[best] >= FITTING else None


def _fit(content, size):
    """Which share of the first records can be people, 0 to 1."""
    count = min(len(content) // size, SAMPLE)
    good = 0
    for number in range(count):
        record = content[number * size : (number + 1) * size]
        good += _looks_like_user(record)
    return good / count


def _looks_like_user(record):
    if record[2] not in PRIVILEGES:
        return False
    if len(record) == MONOCHROME:
        *_rest, code = MONOCHROME_RECORD.unpack(record)
        # Old units have the code in front only, and few people.
        return bool(code or record[:2] != b"\0\0")
    _id, _privilege, name, _card, _group, _flag, code = COLOUR_RECORD.unpack(record)
    return b"\0" in name and bool(_code(code))


def read_user(number, record, code_page="auto"):
    """One record as a :class:`UserLine`; its password is not looked at."""
    if len(record) == COLOUR:
        internal, privilege, name, card, _group, _flag, code = COLOUR_RECORD.unpack(
            record
        )
        code = _code(code)
    else:
        internal, privilege, name, card, _group, _zones, seen = (
            MONOCHROME_RECORD.unpack(record)
        )
        code = str(seen or internal or "")
    if not code:
        return UserLine(number, internal, None, "code")
    person = User(code, _name(name, code_page), privilege, str(card) if card else "")
    return UserLine(number, internal, person, None)


def _code(raw):
    """The code in a field of 24 bytes, or an empty text if it can be none."""
    text = raw.split(b"\0", 1)[0].strip()
    if not text.isascii() or not text.isalnum():
        return ""
    return text.decode("ascii")


def _name(raw, code_page):
    raw = raw.split(b"\0", 1)[0]
    text = wire_rows.decode(raw, code_page)
    if "\\x" in text and len(raw) >= 2:
        # A name that was cut in the middle of a character.
        text = wire_rows.decode(raw[:-1], code_page)
    return wire_rows.clean(text, wire_rows.NAME_LENGTH).strip()


def without_passwords(content, size):
    """The same records with blank passwords."""
    first, last = PASSWORD[size]
    blanked = bytearray(content)
    for start in range(0, len(content) - size + 1, size):
        blanked[start + first : start + last] = bytes(last - first)
    return bytes(blanked)


def code_problem(code, size):
    """Why a code cannot be written in records of this size, or ``None``.

    One of letters (black and white units know digits only) and long.
    """
    if not code.isascii() or not code.isalnum() or len(code) > CODE_BYTES:
        return "long" if len(code) > CODE_BYTES else "letters"
    if size == MONOCHROME:
        if not code.isdigit():
            return "letters"
        if not 0 < int(code) < CARD_LIMIT:
            return "long"
    return None


def card_number(card):
    """A card as the number that a record holds; 0 for none or one that does not fit."""
    if card and card.isascii() and card.isdigit() and int(card) < CARD_LIMIT:
        return int(card)
    return 0


def write_users(people, size, code_page="gb18030", name_bytes=None):
    """The bytes of a ``user.dat``.

    :param people: :class:`NewUser` values whose codes have no ``code_problem``.
    :param name_bytes: how many bytes a name may have; by the records' size else.
    """
    longest = min(name_bytes or NAME_BYTES[size], NAME_BYTES[size])
    page = "gb18030" if code_page == "auto" else code_page
    numbers = _internal_ids(people, size)
    return b"".join(
        _write_user(person, internal, size, cut(person.name, page, longest))
        for person, internal in zip(people, numbers, strict=True)
    )


def _internal_ids(people, size):
    """Numbers of 16 bits for the records, none twice.

    Black and white units of old take this one for the code, so that it is the code
    where it can be.
    """
    if size == COLOUR:
        return range(1, len(people) + 1)
    given = [int(person.code) for person in people]
    taken = {number for number in given if number <= INTERNAL_LIMIT}
    free = (number for number in range(1, INTERNAL_LIMIT + 1) if number not in taken)
    return [n if n <= INTERNAL_LIMIT else next(free) for n in given]


def _write_user(person, internal, size, name):
    card = card_number(person.card)
    if size == COLOUR:
        return COLOUR_RECORD.pack(
            internal, person.privilege, name, card, 1, 0, person.code.encode("ascii")
        )
    return MONOCHROME_RECORD.pack(
        internal, person.privilege, name, card, 1, 0, int(person.code)
    )


def cut(name, code_page, longest):
    """The name's bytes, cut at a character; what the page has not becomes ``?``."""
    raw = b""
    for character in wire_rows.clean(name, wire_rows.NAME_LENGTH):
        piece = character.encode(code_page, "replace")
        if len(raw) + len(piece) > longest:
            break
        raw += piece
    return raw
