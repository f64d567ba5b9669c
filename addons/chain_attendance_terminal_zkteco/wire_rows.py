"""Rows of the tables besides punches, read without Odoo.

A line is a word that names its kind (in ``OPERLOG``; elsewhere the table names it),
then ``key=value`` pairs between TABs, or bare fields for a row of the unit's log.
Keys come in any case; a value may hold ``=``. What must not be kept in clear, a
unit's passwords and the content of templates and pictures, leaves this file by
``pairs_of`` only, for :mod:`.templates`.
"""

import re
from collections import namedtuple

from . import wire
from .const import CODE_LENGTH

# The kinds of rows, by the tables that carry one kind only.
KIND_OF_TABLE = {
    "userinfo": "USER",
    "user": "USER",
    "fingertmp": "FP",
    "face": "FACE",
    "fvein": "FVEIN",
    "biodata": "BIODATA",
    "biophoto": "BIOPHOTO",
    "userpic": "USERPIC",
    "idcard": "IDCARD",
    "errorlog": "ERRORLOG",
}
KINDS = frozenset({"OPLOG", *KIND_OF_TABLE.values()})
# Rows that say nothing about a person of this unit.
WITHOUT_CODE = frozenset({"OPLOG", "IDCARD", "ERRORLOG"})
NAME_LENGTH = 64
CARD_LENGTH = 32
OBJECTS_LENGTH = 256
LINE_LENGTH = 1000
INTEGER = 2**31 - 1
OPTION_KEYS = 300
OPTION_LENGTH = 256

PAIR = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(.*)", re.DOTALL)
SECRET_VALUE = re.compile(
    r"(?<![a-z])(passwd|password|pwd|tmp|template|content|comkey|pushcommkey)"
    r"\s*=[^\t\r\n]*",
    re.IGNORECASE,
)
# A broken line can hold half a template without the key before it.
PACKED = re.compile(r"[A-Za-z0-9+/]{64,}=*")
SECRET_OPTION = re.compile(r"passw|pwd|comm?key", re.IGNORECASE)

# ``values`` are the pairs with upper-case keys, without secrets.
Row = namedtuple("Row", "kind code values raw_line")
LogRow = namedtuple("LogRow", "kind operation operator_code wall_time objects raw_line")
User = namedtuple("User", "code name privilege card")


def decode(raw, code_page="auto"):
    """Text of bytes from a unit whose names are written in ``code_page``."""
    if code_page in ("auto", "utf-8"):
        return wire.decode(raw)
    try:
        return raw.decode(code_page).replace("\x00", "\\0")
    except UnicodeDecodeError:
        return wire.decode(raw)


def redacted(text):
    """The text without passwords, template content and pictures."""
    return PACKED.sub("[cut]", SECRET_VALUE.sub(r"\1=", text))


def read_rows(body, table, code_page="auto"):
    """Read the body of a table that is not ATTLOG.

    :param table: its name in lower case; ``operlog`` mixes all kinds.
    :return: ``(rows, rejects)``; together they count every line of the body.
    """
    rows, rejects = [], []
    for raw in wire.lines_of(body):
        found = read_row(decode(raw, code_page), table)
        (rejects if isinstance(found, wire.RejectedLine) else rows).append(found)
    return rows, rejects


def read_row(line, table="operlog"):
    """One line as a :class:`LogRow`, a :class:`Row` or a rejected line."""
    kind, rest = _split_kind(line, KIND_OF_TABLE.get(table))
    kept = redacted(line)[:LINE_LENGTH]
    if kind is None:
        return wire.RejectedLine(kept, "table")
    if kind == "OPLOG":
        return _read_log(rest, kept)
    values = _pairs(rest)
    if not values:
        return wire.RejectedLine(kept, "fields")
    code = values.get("PIN", "")
    if kind not in WITHOUT_CODE and not is_code(code):
        return wire.RejectedLine(kept, "code")
    values = {key: value for key, value in values.items() if not _is_secret(key)}
    return Row(kind, code, values, kept)


def pairs_of(line, table):
    """The pairs of a line, secrets and all, and its kind; for what seals them."""
    kind, rest = _split_kind(line, KIND_OF_TABLE.get(table))
    return _pairs(rest), kind


def _pairs(text):
    values = {}
    for part in text.split("\t"):
        pair = PAIR.fullmatch(part)
        if pair:
            values[pair[1].upper()] = pair[2].strip()
    return values


def is_code(text):
    """Whether the text can be a terminal user code."""
    return bool(text) and len(text) <= CODE_LENGTH and text.isprintable()


def _is_secret(key):
    return bool(SECRET_VALUE.fullmatch(f"{key}="))


def _split_kind(line, kind):
    word, _blank, rest = line.lstrip().partition(" ")
    if word.upper() in KINDS:
        return word.upper(), rest
    return kind, line


def _read_log(rest, kept):
    """``op TAB admin TAB time TAB objects``; objects may be words."""
    parts = [part.strip() for part in rest.split("\t")]
    operation = number(parts[0], limit=32767)
    if operation is None or len(parts) < 3:
        return wire.RejectedLine(kept, "fields")
    wall_time = wire.read_time(parts[2])
    if wall_time is None:
        return wire.RejectedLine(kept, "time")
    operator = "".join(c for c in parts[1] if c.isprintable())[:CODE_LENGTH]
    objects = " ".join(parts[3:]).strip()[:OBJECTS_LENGTH]
    return LogRow("OPLOG", operation, operator, wall_time, objects, kept)


def read_user(row):
    """What a USER row says of a person, in values that a record can hold."""
    name = "".join(c for c in row.values.get("NAME", "") if c.isprintable())
    card = "".join(c for c in row.values.get("CARD", "") if c.isprintable())
    if not card.strip("[0]"):
        card = ""
    privilege = row.values.get("PRI") or row.values.get("PRIVILEGE") or ""
    return User(
        row.code,
        name.strip()[:NAME_LENGTH],
        number(privilege, limit=255) or 0,
        card[:CARD_LENGTH],
    )


def number(text, limit=INTEGER):
    """A figure of 0 to ``limit``, or ``None`` if the text is none."""
    text = (text or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    return int(text) if int(text) <= limit else None


def read_info(text):
    """Status figures of ``INFO=`` by position.

    Position 9 is the number of faces on some units and capability bits on others,
    8 the faces that one person needs or the number of faces: neither is taken.
    """
    parts = [clean(part, 64) for part in text.split(",")]
    parts += [""] * (7 - len(parts))
    found = {
        "firmware": parts[0] or None,
        "unit_users": number(parts[1]),
        "unit_fingerprints": number(parts[2]),
        "unit_punches": number(parts[3]),
        "fingerprint_version": parts[5] or None,
        "face_version": parts[6] or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def read_options(body, code_page="auto"):
    """The pairs of an options body; without secrets, bounded in number and length."""
    options = {}
    for part in re.split(r"[,\r\n]", decode(body, code_page)):
        key, sign, value = part.partition("=")
        key = clean(key, 64).strip().lstrip("~")
        if sign and key and not SECRET_OPTION.search(key):
            options[key] = clean(value, OPTION_LENGTH).strip()
            if len(options) == OPTION_KEYS:
                break
    return options


def options_as_status(options):
    """Status figures of an options body; capacities come in units of 100 or 10 000."""
    given = {key.lower(): value for key, value in options.items()}
    found = {
        "unit_options": options or None,
        "model_name": given.get("devicename", "")[:64] or None,
        "firmware": given.get("fwversion", "")[:64] or None,
        "fingerprint_version": given.get("fpversion", "")[:64] or None,
        "face_version": given.get("faceversion", "")[:64] or None,
        "unit_users": number(given.get("usercount")),
        "unit_fingerprints": number(given.get("fpcount")),
        "unit_faces": number(given.get("facecount")),
        "unit_punches": number(given.get("transactioncount")),
        "capacity_users": _times(given.get("maxusercount"), 100),
        "capacity_punches": _times(given.get("maxattlogcount"), 10_000),
    }
    return {name: value for name, value in found.items() if value is not None}


def _times(text, unit):
    return None if (units := number(text, INTEGER // unit)) is None else units * unit


def clean(text, length):
    """Text without what a database or a screen cannot hold."""
    return "".join(c for c in text or "" if c.isprintable())[:length]
