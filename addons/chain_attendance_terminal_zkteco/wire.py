"""The text of the PUSH protocol, read and written without Odoo.

Times on this wire are the unit's own wall clock, without a zone. Records are
lines, fields are separated by TAB; LF, CRLF and a lone CR all end a line.
"""

import re
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .const import (
    CODE_LENGTH,
    NO_STATE_KEY,
    POLL_SECONDS,
    PROTOCOL_VERSION,
    RETRY_SECONDS,
)

TIME_PATTERN = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})", re.ASCII
)
# How nearly all units write it: what the standard library reads by itself.
USUAL_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", re.ASCII)
USUAL_NUMBERS = {str(number): number for number in range(256)}
LINE_ENDS = re.compile(rb"\r\n|\n|\r")
SMALLINT = 32767
# What units are asked to upload, by the names of ``TransFlag``.
KEPT_HERE = ("AttLog", "OpLog", "EnrollUser", "ChgUser")

# ``reason`` is one of fields, code, time (see ``attendance.punch.reject``).
RejectedLine = namedtuple("RejectedLine", "raw_line reason")
PunchLine = namedtuple(
    "PunchLine", "user_code wall_time state_key verify_mode work_code raw_line"
)


def decode(raw):
    """Text of bytes from a unit: UTF-8, else the Chinese code page, else escaped.

    PostgreSQL's text holds no NUL, so one is kept as the two characters ``\\0``.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = raw.decode("ascii", "backslashreplace")
    return text.replace("\x00", "\\0")


def lines_of(body):
    """The non-empty lines of a body, as bytes."""
    return [line for line in LINE_ENDS.split(body) if line.strip()]


def read_punches(body):
    """Read an ATTLOG body.

    :param body: the bytes as they came.
    :return: ``(punches, rejects)``; together they count every line of the body.
    """
    punches, rejects = [], []
    for raw in lines_of(body):
        found = read_punch(decode(raw))
        (punches if found.__class__ is PunchLine else rejects).append(found)
    return punches, rejects


def read_punch(line):
    """One ATTLOG line as a :class:`PunchLine`, or as a :class:`RejectedLine`."""
    parts = line.split("\t", 5)
    count = len(parts)
    if count < 2:
        return RejectedLine(line, "fields")
    code = parts[0].strip()
    if not code or len(code) > CODE_LENGTH or not code.isprintable():
        return RejectedLine(line, "code")
    wall_time = read_time(parts[1].strip())
    if wall_time is None:
        return RejectedLine(line, "time")
    return PunchLine(
        code,
        wall_time,
        _small_number(parts[2], NO_STATE_KEY) if count > 2 else NO_STATE_KEY,
        _small_number(parts[3], 0) if count > 3 else 0,
        parts[4].strip()[:32] if count > 4 else "",
        line,
    )


def read_time(text):
    """A naive wall-clock time, or ``None`` if the text is none."""
    try:
        if USUAL_TIME.fullmatch(text):
            return datetime.fromisoformat(text)
        found = TIME_PATTERN.fullmatch(text)
        return datetime(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _small_number(text, missing):
    if text in USUAL_NUMBERS:
        return USUAL_NUMBERS[text]
    text = text.strip()
    if len(text) <= 5 and text.isascii() and text.isdigit() and int(text) <= SMALLINT:
        return int(text)
    return missing


def zone_value(zone_name, at):
    """``TimeZone=`` for a zone at an instant.

    Whole hours within 12 are sent as hours, everything else as minutes: units read
    a figure above 60 as minutes.
    """
    offset = at.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone_name)).utcoffset()
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    return hours if not rest and -12 <= hours <= 12 else minutes


def handshake(serial_number, stamp, zone, stamps=None, flags=(), more=None):
    """The option block that answers a unit's first call.

    :param stamp: the last ``Stamp`` the unit sent with punches, or empty.
    :param zone: a ``TimeZone=`` value, see :func:`zone_value`.

    :param stamps: the last stamps of the other tables, by name in lower case.
    :param flags: what else is asked for, by the names of ``TransFlag``.
    :param more: further options, as pairs.

    Punches, the unit's own log and its people are asked for: what is not kept here
    stays on the unit.
    """
    stamp = stamp or "None"
    stamps = stamps or {}
    log_stamp = stamps.get("operlog") or "None"
    photo_stamp = stamps.get("attphoto") or "9999"
    options = {
        "ATTLOGStamp": stamp,
        "OPERLOGStamp": log_stamp,
        "ATTPHOTOStamp": photo_stamp,
        "BIODATAStamp": stamps.get("biodata") or "9999",
        "Stamp": stamp,
        "OpStamp": log_stamp,
        "PhotoStamp": photo_stamp,
        "ErrorDelay": RETRY_SECONDS,
        "Delay": POLL_SECONDS,
        "TransTimes": "00:00;14:05",
        "TransInterval": 1,
        "TransFlag": "TransData " + "\t".join((*KEPT_HERE, *flags)),
        "TimeZone": zone,
        "Realtime": 1,
        "Encrypt": "None",
        "ServerVer": PROTOCOL_VERSION,
        "PushProtVer": PROTOCOL_VERSION,
        "PushOptionsFlag": 1,
        **(more or {}),
    }
    body = "".join(f"{key}={value}\n" for key, value in options.items())
    return f"GET OPTION FROM: {serial_number}\n{body}"
