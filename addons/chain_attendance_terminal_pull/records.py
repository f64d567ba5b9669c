"""Records of the binary protocol (section 14), read and written without Odoo.

pyzk fetches the bytes; what they mean is decided here. Its own decoder loses a whole
download over one impossible date, misreads it when a punch is added meanwhile, and
takes a person's row number for a terminal user code.
"""

import struct
from collections import namedtuple
from datetime import datetime

from .const import CODE_LENGTH, NAME_LENGTH
from .faults import UnitFault

USER_SIZES = (28, 72)
PUNCH_SIZES = (8, 16, 40)
COUNTED_WRONG = 3
CARD_LIMIT = 0xFFFFFFFF
SHORT_CODE_LIMIT = 999_999_999

USER_28 = struct.Struct("<HB5s8sIxBhI")
USER_72 = struct.Struct("<HB8s24sIx7sx24s")
PUNCH_8 = struct.Struct("<HBIB")
PUNCH_16 = struct.Struct("<IIBB2sI")
PUNCH_40 = struct.Struct("<H24sBIB8x")

# A row of the unit's table of people. ``row`` is its place there and no code.
Person = namedtuple("Person", "row code name privilege password group card")
# The fields of ``WirePunch``, ``raw_line`` being the record in hexadecimal.
PulledPunch = namedtuple(
    "PulledPunch", "user_code wall_time state_key verify_mode work_code raw_line"
)
# ``reason`` is one of code, time (see ``attendance.punch.reject``).
RejectedRecord = namedtuple("RejectedRecord", "raw_line reason")


def read_time(packed):
    """A naive wall-clock time, or ``None``: day 31 of February can be packed too."""
    rest, second = divmod(packed, 60)
    rest, minute = divmod(rest, 60)
    rest, hour = divmod(rest, 24)
    rest, day = divmod(rest, 31)
    year, month = divmod(rest, 12)
    try:
        return datetime(2000 + year, month + 1, day + 1, hour, minute, second)
    except ValueError:
        return None


def body_of(data):
    """The records behind the length that precedes them.

    :raise UnitFault: fewer bytes came than were announced.
    """
    if len(data) < 4:
        return b""
    (total,) = struct.unpack_from("<I", data)
    if len(data) - 4 < total:
        raise UnitFault("short")
    return data[4 : 4 + total]


def size_of(total, least, most, sizes):
    """How long a record is, of ``total`` bytes.

    :param least: how many records there were before they were fetched,
    :param most: and how many afterwards.
    :raise UnitFault: no known size fits, or two do; nothing is guessed.
    """
    whole = [size for size in sizes if not total % size]
    fitting = [size for size in whole if least <= total // size <= most] or [
        # Firmware that does not count quite right.
        size
        for size in whole
        if abs(total // size - least) <= COUNTED_WRONG
    ]
    if len(fitting) != 1:
        raise UnitFault("layout", total=total, count=most)
    return fitting[0]


def read_people(data, count, code_page="auto"):
    """``(people, encoding, record size)`` of a table of people.

    The size is ``None`` if there are none.
    """
    body = body_of(data)
    if not body:
        return [], encoding_of([], code_page), None
    size = size_of(len(body), count, count, USER_SIZES)
    rows = [
        (_short_row if size == 28 else _long_row)(body[at : at + size])
        for at in range(0, len(body), size)
    ]
    encoding = encoding_of([row.name for row in rows], code_page)
    people = [row._replace(name=_name(row.name, encoding)) for row in rows]
    return people, encoding, size


def _short_row(record):
    row, privilege, password, name, card, group, _zone, code = USER_28.unpack(record)
    return Person(
        row, str(code), _cut(name), privilege, _text(password), str(group), card
    )


def _long_row(record):
    row, privilege, password, name, card, group, code = USER_72.unpack(record)
    return Person(
        row, _text(code), _cut(name), privilege, _text(password), _text(group), card
    )


def _cut(raw):
    return raw.split(b"\0")[0]


def _text(raw):
    text = _cut(raw).decode("ascii", "replace").strip()
    return text if text.isprintable() and "\ufffd" not in text else ""


def _name(raw, encoding):
    text = raw.decode(encoding, "replace")
    return "".join(c for c in text if c.isprintable()).strip()[:NAME_LENGTH]


def encoding_of(names, code_page="auto"):
    """How names are written on a unit, from those that are on it.

    A Chinese unit writes GBK, which is hardly ever valid UTF-8.
    """
    if code_page != "auto":
        return code_page
    try:
        for name in names:
            name.decode("utf-8")
    except UnicodeDecodeError:
        # A name that was cut in its last character says nothing.
        return "gb18030" if error_is_within(names) else "utf-8"
    return "utf-8"


def error_is_within(names):
    """Whether a name is no UTF-8 by more than a last character cut short."""
    for name in names:
        try:
            name.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                return True
    return False


def read_punches(data, least, most, people):
    """``(punches, rejects)`` of a log; together they count every record.

    :param least: see :func:`size_of`, likewise ``most``.
    :param people: gives the people of the same unit; only called for the shortest
        records, which name rows of that table.
    """
    body = body_of(data)
    if not body:
        return [], []
    size = size_of(len(body), least, most, PUNCH_SIZES)
    codes = {person.row: person.code for person in people()} if size == 8 else {}
    punches, rejects = [], []
    for at in range(0, len(body), size):
        found = _read_punch(body[at : at + size], size, codes)
        (punches if isinstance(found, PulledPunch) else rejects).append(found)
    return punches, rejects


def _read_punch(record, size, codes):
    raw, work_code = record.hex(), 0
    if size == 8:
        row, verify, packed, state = PUNCH_8.unpack(record)
        # Of a person who was deleted: the row may be anybody's code.
        code = codes.get(row, "")
        raw = f"row {row}: {raw}"
    elif size == 16:
        number, packed, verify, state, _spare, work_code = PUNCH_16.unpack(record)
        code = str(number)
    else:
        _row, text, verify, packed, state = PUNCH_40.unpack(record)
        code = _text(text)
    if not code or len(code) > CODE_LENGTH:
        return RejectedRecord(raw, "code")
    wall_time = read_time(packed)
    if wall_time is None:
        return RejectedRecord(raw, "time")
    return PulledPunch(
        code, wall_time, state, verify, str(work_code) if work_code else "", raw
    )


def fit_name(name, encoding, limit):
    """A name in at most ``limit`` bytes, cut between characters."""
    text = "".join(c for c in name or "" if c.isprintable()).strip()
    while len(text.encode(encoding, "ignore")) > limit:
        text = text[:-1]
    return text.rstrip()


def read_card(text):
    """The number of a card as records hold it: ``[0A1B2C3D]``, or in decimal.

    :raise UnitFault: the text is neither.
    """
    text = (text or "").strip()
    try:
        if text.startswith("[") and text.endswith("]"):
            return int(text[1:-1], 16) & CARD_LIMIT
        return int(text or "0") & CARD_LIMIT
    except ValueError as error:
        raise UnitFault("card", card=text[:32]) from error


def row_for(code, people, is_short):
    """The row in which a new person goes.

    The oldest units want row and code to be the same number.
    """
    taken = {person.row for person in people}
    if is_short and int(code) <= 30000 and int(code) and int(code) not in taken:
        return int(code)
    return max(taken, default=0) + 1
