"""Commands as units of this family read them, and what they answer. Without Odoo.

Each kind of command has a builder of its own; there is no way to send a text that
none of them wrote: no shell, no files, no firmware, and no deletion of a person
without a code. What a record holds never reaches the line with a TAB, a line end, a
NUL or ``&`` in it: that is where this protocol could be broken into.
"""

import base64
import re
from collections import namedtuple

from odoo.addons.chain_attendance_terminal.command_values import is_code, is_time

from . import wire, wire_rows

# The languages in which a unit writes names in a Chinese code page.
CHINESE = (83, 84)
# Unassigned and private bytes of GB18030 have four bytes and mean nothing to a unit.
CODE_PAGES = {"gb18030": "gbk"}
BIO_TYPES = {"fingerprint": 1, "face": 2, "vein": 7, "palm": 8, "face_visible": 9}
# Every person may pass at any time: group 1, the first time zone.
TIME_ZONES = "0000000100000000"
LARGEST_CARD = 2**32 - 1
# A single payload that units still take.
PAYLOAD_LIMIT = 900_000
RESULTS_LIMIT = 1000
BLOCK_LIMIT = 300
ENROL_FAILURES = (2, 4, 5, 6, 7)

BASE64 = re.compile(r"[A-Za-z0-9+/=]+", re.ASCII)
VERSION = re.compile(r"[0-9]{0,3}(\.[0-9]{1,3})*", re.ASCII)
RESULT_START = re.compile(r"\s*ID\s*=", re.IGNORECASE)

# How a unit wants its commands: the encoding of names and the bytes they may have, if
# times carry a ``T`` and yes and no are 1 and 2, and the protocol it speaks.
Dialect = namedtuple("Dialect", "encoding name_bytes is_iso version")
# ``values`` are what it said besides, by upper-case key; ``block`` the lines below.
Result = namedtuple("Result", "command_id return_code verb values block")


class CommandUnfit(ValueError):
    """What is asked for has no form that this unit understands, or that is safe."""


def dialect(code_page, name_bytes, language, version, stamp):
    """How to write for a unit, by what it said of itself and what a person set.

    :param language: ``language=`` of its handshake, text or empty.
    :param version: ``pushver=`` of its handshake, text or empty.
    :param stamp: the last stamp it sent with punches; an ISO time in one dialect.
    """
    if code_page != "auto":
        encoding = CODE_PAGES.get(code_page, code_page)
    else:
        encoding = "gbk" if wire_rows.number(language) in CHINESE else "utf-8"
    numbers = tuple(int(n) for n in re.findall(r"[0-9]{1,3}", version or "")[:3])
    is_iso = numbers[:2] == (3, 2) or bool(
        re.match(r"\d{4}-\d\d-\d\dT", stamp or "", re.ASCII)
    )
    return Dialect(encoding, min(max(name_bytes or 23, 8), 64), is_iso, numbers)


def line(command_id, kind, payload, unit):
    """One whole line of an answer to ``getrequest``, as bytes.

    :param payload: the command's values, and for templates and photos their content:
        ``template`` (base64 text), ``size``, ``valid``, ``duress``, ``index``,
        ``major_version``, ``minor_version``, ``format``, ``bio_type`` (if it is not
        the usual one of the kind), ``is_unified`` (fingerprints and near-infrared
        faces of units that keep all kinds in one table); ``photo`` (bytes or base64
        text), ``is_comparison`` (to be recognized by).
    :param unit: a :class:`Dialect`.
    :raise CommandUnfit: if there is no safe line for it.
    """
    builder = _BUILDERS.get(kind)
    if builder is None:
        raise CommandUnfit(kind)
    try:
        body = builder(payload, unit)
    except (KeyError, TypeError, ValueError) as error:
        raise CommandUnfit(kind) from error
    whole = b"C:%d:%s" % (command_id, body)
    if len(whole) > PAYLOAD_LIMIT or set(b"\r\n\x00") & set(whole):
        raise CommandUnfit(kind)
    return whole + b"\n"


def name_of(text, unit):
    """A name in the unit's encoding, cut between two characters to what it holds.

    Signs that its code page has not become question marks.
    """
    plain = "".join(c if c.isprintable() and c != "&" else " " for c in text)
    found = b""
    for sign in " ".join(plain.split()):
        raw = sign.encode(unit.encoding, "replace")
        if len(found) + len(raw) > unit.name_bytes:
            break
        found += raw
    return found.rstrip(b" ")


def card_of(text):
    """A card number that a unit understands, or nothing.

    A badge of Odoo may be any letters, or longer than the 32 bits of a card.
    """
    if re.fullmatch(r"\[[0-9A-Fa-f]{1,8}\]", text or "", re.ASCII):
        return text.encode()
    number = wire_rows.number(text, LARGEST_CARD)
    return b"%d" % number if number else b""


def _code(payload):
    code = payload["code"]
    if not is_code(code):
        raise CommandUnfit("code")
    return code.encode()


def _whole(value, least=0, most=2**31 - 1):
    if isinstance(value, bool) or not isinstance(value, int):
        raise CommandUnfit("number")
    if not least <= value <= most:
        raise CommandUnfit("number")
    return b"%d" % value


def _content(text):
    if not isinstance(text, str) or not BASE64.fullmatch(text):
        raise CommandUnfit("content")
    return text.encode()


def _version(value):
    text = str(value if value is not None else "")
    if not VERSION.fullmatch(text):
        raise CommandUnfit("version")
    return text.encode()


def _pairs(*pairs):
    return b"\t".join(name + b"=" + value for name, value in pairs)


def user_row(payload, unit):
    """One person as a unit stores it: whole, because a key left out may be emptied.

    :param payload: ``code``, ``name``, ``privilege`` and ``card``.
    :return: bytes, without a line end.
    :raise CommandUnfit: if the code cannot be sent.
    """
    privilege = _whole(payload["privilege"], 0, 14)
    pairs = [
        (b"PIN", _code(payload)),
        (b"Name", name_of(payload["name"], unit)),
        (b"Pri", privilege),
        (b"Passwd", b""),
        (b"Card", card_of(payload["card"])),
        (b"Grp", b"1"),
        (b"TZ", TIME_ZONES.encode()),
        (b"Verify", b"-1"),
        (b"ViceCard", b""),
    ]
    if (2, 4) <= unit.version < (3,):
        pairs += [(b"StartDatetime", b"0"), (b"EndDatetime", b"0")]
    return b"DATA UPDATE USERINFO " + _pairs(*pairs)


def _user_delete(payload, _unit):
    # Without the code it would be everybody.
    return b"DATA DELETE USERINFO PIN=" + _code(payload)


def _template_put(payload, _unit):
    kind, content = payload["kind"], _content(payload["template"])
    if kind in ("fingerprint", "face") and not payload.get("is_unified"):
        table = b"FINGERTMP" if kind == "fingerprint" else b"FACE"
        return b"DATA UPDATE %s " % table + _pairs(
            (b"PIN", _code(payload)),
            (b"FID", _whole(payload["number"], 0, 49)),
            (b"Size", _whole(payload.get("size") or len(content))),
            (b"Valid", _whole(payload.get("valid", 1), 0, 3)),
            (b"TMP", content),
        )
    return b"DATA UPDATE BIODATA " + _pairs(
        (b"Pin", _code(payload)),
        (b"No", _whole(payload["number"], 0, 49)),
        (b"Index", _whole(payload.get("index", 0), 0, 99)),
        (b"Valid", _whole(payload.get("valid", 1), 0, 3)),
        (b"Duress", _whole(payload.get("duress", 0), 0, 1)),
        (b"Type", _bio_type(payload)),
        (b"MajorVer", _version(payload.get("major_version"))),
        (b"MinorVer", _version(payload.get("minor_version"))),
        (b"Format", _whole(payload.get("format", 0), 0, 9)),
        (b"Tmp", content),
    )


def _bio_type(payload):
    if "bio_type" in payload:
        return _whole(payload["bio_type"], 1, 9)
    return b"%d" % BIO_TYPES[payload["kind"]]


def _template_delete(payload, _unit):
    kind, code = payload["kind"], _code(payload)
    number = _whole(payload["number"], 0, 49)
    if kind == "fingerprint":
        return b"DATA DELETE FINGERTMP " + _pairs((b"PIN", code), (b"FID", number))
    if kind == "face":
        return b"DATA DELETE FACE " + _pairs((b"PIN", code))
    if kind == "photo":
        return b"DATA DELETE USERPIC " + _pairs((b"PIN", code))
    return b"DATA DELETE BIODATA " + _pairs(
        (b"Pin", code), (b"Type", _bio_type(payload)), (b"No", number)
    )


def _photo_put(payload, _unit):
    photo = payload["photo"]
    if isinstance(photo, bytes):
        photo = base64.b64encode(photo).decode()
    content = _content(photo)
    size = b"%d" % len(content)
    if payload.get("is_comparison"):
        return b"DATA UPDATE BIOPHOTO " + _pairs(
            (b"PIN", _code(payload)),
            (b"Type", b"9"),
            (b"Size", size),
            (b"Content", content),
            (b"Format", b"0"),
        )
    return b"DATA UPDATE USERPIC " + _pairs(
        (b"PIN", _code(payload)), (b"Size", size), (b"Content", content)
    )


def _enrol(payload, unit):
    if payload["overwrite"] not in (True, False):
        raise CommandUnfit("overwrite")
    if unit.is_iso:
        overwrite = b"1" if payload["overwrite"] else b"2"
    else:
        overwrite = b"1" if payload["overwrite"] else b"0"
    tail = ((b"RETRY", b"3"), (b"OVERWRITE", overwrite))
    if payload["kind"] == "fingerprint":
        finger = _whole(payload["number"], 0, 9)
        return b"ENROLL_FP " + _pairs((b"PIN", _code(payload)), (b"FID", finger), *tail)
    return b"ENROLL_BIO " + _pairs(
        (b"TYPE", _bio_type(payload)), (b"PIN", _code(payload)), (b"CardNo", b""), *tail
    )


def _span(payload, unit):
    since, until = payload["since"], payload["until"]
    if not is_time(since) or not is_time(until):
        raise CommandUnfit("time")
    between = "T" if unit.is_iso else " "
    return _pairs(
        (b"StartTime", since.replace(" ", between).encode()),
        (b"EndTime", until.replace(" ", between).encode()),
    )


def _query_templates(payload, _unit):
    code = _code(payload) if payload["code"] else b""
    if payload["kind"] == "fingerprint":
        pairs = [(b"PIN", code)] if code else []
        return (b"DATA QUERY FINGERTMP " + _pairs(*pairs)).rstrip()
    pairs = [(b"Type", _bio_type(payload))] + ([(b"PIN", code)] if code else [])
    return b"DATA QUERY BIODATA " + _pairs(*pairs)


_BUILDERS = {
    "user_put": user_row,
    "user_delete": _user_delete,
    "template_put": _template_put,
    "template_delete": _template_delete,
    "photo_put": _photo_put,
    "enrol": _enrol,
    "query_punches": lambda p, unit: b"DATA QUERY ATTLOG " + _span(p, unit),
    "query_users": lambda _payload, _unit: b"DATA QUERY USERINFO",
    "query_templates": _query_templates,
    "count_punches": lambda p, unit: b"VERIFY SUM ATTLOG " + _span(p, unit),
    "check": lambda _payload, _unit: b"CHECK",
    "info": lambda _payload, _unit: b"INFO",
    # The clock is set by the Date of the answer and the zone of the handshake.
    "sync_time": lambda _payload, _unit: b"CHECK",
    "upload_now": lambda _payload, _unit: b"LOG",
    "reboot": lambda _payload, _unit: b"REBOOT",
    "clear_punches": lambda _payload, _unit: b"CLEAR LOG",
    "clear_all": lambda _payload, _unit: b"CLEAR DATA",
}


def read_results(body, code_page="auto"):
    """The results of a ``devicecmd`` body; what is none is passed over.

    A result is a line ``ID=&Return=&CMD=``, in some dialects with ``SN=`` or with
    each pair on a line of its own; a block of pairs may follow.

    :return: at most 1000 :class:`Result`.
    """
    found, current = [], None
    for raw in wire.lines_of(body):
        text = wire_rows.decode(raw, code_page)
        if RESULT_START.match(text):
            for part in text.split("&"):
                if RESULT_START.match(part):
                    current = {}
                    found.append((current, []))
                _take(current, part)
            continue
        if current is None:
            continue
        name = text.partition("=")[0].strip().upper()
        if name in ("RETURN", "CMD", "SN") and name not in current:
            for part in text.split("&"):
                _take(current, part)
        elif len(found[-1][1]) < BLOCK_LIMIT:
            found[-1][1].append(text)
        if len(found) > RESULTS_LIMIT:
            break
    results = (_result(values, block) for values, block in found[:RESULTS_LIMIT])
    return [result for result in results if result is not None]


def _take(values, part):
    name, sign, value = part.partition("=")
    if sign:
        values.setdefault(name.strip().upper(), value.strip())


def _result(values, block):
    command_id = wire_rows.number(values.pop("ID", ""))
    code = _signed(values.pop("RETURN", ""))
    if not command_id or code is None:
        return None
    verb = wire_rows.clean(values.pop("CMD", ""), 32)
    return Result(command_id, code, verb, values, block)


def _signed(text):
    number = wire_rows.number(text.removeprefix("-"))
    if number is None:
        return None
    return -number if text.startswith("-") else number


def is_done(kind, code):
    """Whether a unit did what it was told: a positive code is a count, or a size."""
    return code >= 0 and not (kind == "enrol" and code in ENROL_FAILURES)


def count_of(kind, result):
    """How many punches, people or templates the unit counted, or ``None``."""
    if kind == "count_punches":
        told = result.values.get("ATTLOGCOUNT")
        return _count_below(result.block) if told is None else wire_rows.number(told)
    if kind.startswith("query_") and result.return_code > 0:
        return result.return_code
    return None


def _count_below(block):
    """The count of a dialect that puts it on a line of its own."""
    for text in block:
        name, _sign, value = text.partition("=")
        if name.strip().upper() == "ATTLOGCOUNT":
            return wire_rows.number(value)
    return None
