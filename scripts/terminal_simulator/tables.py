"""The terminal's tables behind DATA UPDATE, DELETE and QUERY."""

from __future__ import annotations

import base64
import binascii
import random

from .lines import USER_KEYS, cut_name, template_line, user_line
from .log import LocalLog
from .quirks import Quirks
from .results import (
    BAD_PARAMETER,
    BAD_TEMPLATE_FORMAT,
    CAPACITY_REACHED,
    DONE,
    INVALID_DATA,
    NO_SUCH_PIN,
    WRONG_SIZE,
    WRONG_VERSION,
)

DOOR_TABLES = ("ACCTIMEZONE", "ACCGROUP", "ACCHOLIDAY", "ACCUNLOCKCOMB")
PLAIN_TABLES = ("WORKCODE", "SMS", "USER_SMS", "SHORTCUTKEY", "SHORTKEY")
OPEN_TABLES = ("ATTLOG", "ATTPHOTO", "USERINFO", *PLAIN_TABLES)
TEMPLATE_KEYS = {
    "FINGERTMP": ("PIN", "FID", "Size", "Valid", "TMP"),
    "FACE": ("PIN", "FID", "Size", "Valid", "TMP"),
    "BIODATA": (
        ("Pin", "No", "Index", "Valid", "Duress", "Type")
        + ("MajorVer", "MinorVer", "Format", "Tmp")
    ),
    "USERPIC": ("PIN", "FileName", "Size", "Content"),
    "BIOPHOTO": ("PIN", "FileName", "Type", "Size", "Content"),
}
"""Keys of a template row as uploaded, in order."""

IDENTITY = {
    "FINGERTMP": ("FID",),
    "FACE": ("FID",),
    "BIODATA": ("TYPE", "NO", "INDEX"),
    "USERPIC": (),
    "BIOPHOTO": ("TYPE",),
}
"""What tells the templates of one person in a table apart."""


def exists(table: str, quirks: Quirks) -> bool:
    """Whether this model has the table (its name in upper case)."""
    if table in DOOR_TABLES:
        return quirks.door_tables
    return table in TEMPLATE_KEYS or table in OPEN_TABLES


def read_fields(text: str) -> dict[str, str]:
    """``KEY=value`` parts separated by TABs; keys come out in upper case.

    Enrolment and time-range commands may be blank-separated in old documents;
    only TABs are honoured, as by the firmware.
    """
    fields = {}
    for part in text.split("\t"):
        key, equals, value = part.partition("=")
        if equals:
            fields[key.strip().upper()] = value.rstrip("\r")
    return fields


def update(log: LocalLog, quirks: Quirks, table: str, fields: dict[str, str]) -> int:
    """Insert or change a row; returns the protocol's result code."""
    if table == "USERINFO":
        return _update_user(log, quirks, fields)
    if table in TEMPLATE_KEYS:
        return _update_template(log, quirks, table, fields)
    if table in ("ATTLOG", "ATTPHOTO"):
        return BAD_PARAMETER
    return DONE


def _update_user(log: LocalLog, quirks: Quirks, fields: dict[str, str]) -> int:
    pin = fields.get("PIN", "")
    if not pin or len(pin) > quirks.pin_width or not (pin.isascii() and pin.isalnum()):
        return INVALID_DATA
    known = log.users.get(pin)
    if known is None and len(log.users) >= quirks.max_users:
        return CAPACITY_REACHED
    before = {} if quirks.omitted_keys_cleared else known or {}
    row = {}
    for key in USER_KEYS:
        row[key] = fields.get(key.upper(), before.get(key, ""))
    row["Name"] = cut_name(row["Name"], quirks)
    row["Pri"] = row["Pri"] or "0"
    row["Grp"] = row["Grp"] or "1"
    log.put_user(row)
    return DONE


def _update_template(
    log: LocalLog, quirks: Quirks, table: str, fields: dict[str, str]
) -> int:
    pin = fields.get("PIN", "")
    if pin not in log.users:
        return NO_SUCH_PIN
    content = fields.get("TMP") or fields.get("CONTENT") or ""
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return BAD_TEMPLATE_FORMAT
    if not content:
        return INVALID_DATA
    if "SIZE" in fields and fields["SIZE"] not in (str(len(content)), str(len(data))):
        return WRONG_SIZE
    if table == "BIODATA":
        versions = dict(quirks.biodata_versions)
        if versions.get(fields.get("TYPE", "")) != fields.get("MAJORVER"):
            return WRONG_VERSION
    row = {key: fields.get(key.upper(), "") for key in TEMPLATE_KEYS[table]}
    log.put_template(_key(table, fields), row)
    return DONE


def _key(table: str, fields: dict[str, str]) -> tuple[str, ...]:
    parts = (fields.get(name, "0") or "0" for name in IDENTITY[table])
    return (table, fields.get("PIN", ""), *parts)


def delete(log: LocalLog, table: str, fields: dict[str, str]) -> int:
    """Delete rows; without a PIN all of the table. Returns the result code."""
    pin = fields.get("PIN") or None
    if table == "USERINFO":
        for user in [pin] if pin else list(log.users):
            log.delete_user(user)
    elif table in TEMPLATE_KEYS:
        log.delete_templates(_matching(log, table, fields))
    elif table in ("ATTLOG", "ATTPHOTO"):
        return BAD_PARAMETER
    return DONE


def _matching(log: LocalLog, table: str, fields: dict[str, str]) -> list[tuple]:
    """Keys of the templates a command means; what it leaves out matches all."""
    asked = (fields.get("PIN") or None, *(fields.get(n) for n in IDENTITY[table]))
    return [
        key
        for key in log.templates
        if key[0] == table
        and all(a in (None, "", k) for a, k in zip(asked, key[1:], strict=True))
    ]


def query(
    log: LocalLog, quirks: Quirks, table: str, fields: dict[str, str]
) -> tuple[str, list[str]]:
    """Rows asked for, and the upload table they travel in."""
    if table == "USERINFO":
        pin = fields.get("PIN")
        users = [u for u in log.users.values() if not pin or u["PIN"] == pin]
        return "OPERLOG", [user_line(user, quirks) for user in users]
    if table in TEMPLATE_KEYS:
        keys = _matching(log, table, fields)
        lines = [template_line(table, log.templates[key]) for key in keys]
        return ("BIODATA" if table == "BIODATA" else "OPERLOG"), lines
    return "OPERLOG", []


def template_row(table: str, template: dict[str, str]) -> tuple[str, str]:
    """Upload table and line of one template."""
    target = "BIODATA" if table == "BIODATA" else "OPERLOG"
    return target, template_line(table, template)


def make_template(
    table: str, fields: dict[str, str], quirks: Quirks, seed: int
) -> tuple[tuple[str, ...], dict[str, str] | None]:
    """Key and row of a template as enrolment at the unit would make it.

    The bytes are drawn from the seed, the person and the place, so that they
    are the same in each run. The row is None for a bio type the unit lacks.
    """
    key = _key(table, fields)
    kind = fields.get("TYPE", "1")
    versions = dict(quirks.biodata_versions)
    if table == "BIODATA" and kind not in versions:
        return key, None
    content = template_text(f"{seed}:{':'.join(key)}", 900)
    values = {"VALID": "1", "SIZE": str(len(content)), "TMP": content}
    if table == "BIODATA":
        values |= {"TYPE": kind, "MAJORVER": versions[kind], "MINORVER": "0"}
        values |= {"NO": fields.get("NO", "0"), "INDEX": "0", "DURESS": "0"}
        values["FORMAT"] = "0"
    values = {"FID": fields.get("FID", "0"), "PIN": fields["PIN"]} | values
    return key, {name: values.get(name.upper(), "") for name in TEMPLATE_KEYS[table]}


def template_text(seed: str, size: int) -> str:
    """Base64 of ``size`` bytes that depend on the seed alone."""
    return base64.b64encode(random.Random(seed).randbytes(size)).decode()
