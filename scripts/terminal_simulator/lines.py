"""Records as lines of text, in the dress the quirks prescribe."""

from __future__ import annotations

import base64
import json

from .punch import Punch
from .quirks import Quirks

USER_KEYS = (
    "PIN",
    "Name",
    "Pri",
    "Passwd",
    "Card",
    "Grp",
    "TZ",
    "Verify",
    "ViceCard",
    "StartDatetime",
    "EndDatetime",
)


def punch_line(punch: Punch, number: int, zone_minutes: int, quirks: Quirks) -> bytes:
    """One ATTLOG record without its line end.

    ``number`` is the record's number in the log, counted from 1; it decides
    which lines are spoilt and fills field 11 on some firmware.
    """
    filler = "" if quirks.attlog_empty_fields else "0"
    work_code = "" if quirks.attlog_empty_fields else punch.work_code
    if quirks.nul_in_line_every and number % quirks.nul_in_line_every == 0:
        work_code += "\0"
    pin = punch.pin.rjust(quirks.pin_zero_padded_to, "0")
    fields = [pin, punch.wall, str(punch.state), str(punch.verify), work_code]
    fields += [filler, filler]
    if quirks.attlog_job_fields:
        fields += [filler] * 9
    else:
        fields += ["0", filler, filler]
        fields.append(_field_11(number, zone_minutes, quirks))
        fields.append(_extended_data(number))
        del fields[quirks.attlog_fields :]
    line = "\t".join(fields) + ("\t" if quirks.trailing_tab else "")
    return encode(line, quirks)


def _field_11(number: int, zone_minutes: int, quirks: Quirks) -> str:
    if quirks.attlog_field_11 == "sequence":
        return str(number)
    return f"{zone_minutes * 60:+d}"


def _extended_data(number: int) -> str:
    data = {"lat": "31.230416", "lng": "121.473701", "no": number}
    return base64.b64encode(json.dumps(data).encode()).decode()


def body_of(lines: list[bytes], quirks: Quirks) -> bytes:
    """Records joined into a body with the unit's line ends."""
    end = quirks.line_end.encode()
    between = end + end if quirks.blank_lines else end
    body = between.join(lines)
    if lines and quirks.final_line_end:
        body += between
    return body


def user_line(fields: dict[str, str], quirks: Quirks) -> str:
    """A ``USER`` row; old firmware knows neither verify mode nor validity."""
    keys = USER_KEYS[:7] if quirks.is_old else USER_KEYS[:9]
    if not quirks.is_old and (fields.get("StartDatetime") or fields.get("EndDatetime")):
        keys = USER_KEYS
    return "USER " + "\t".join(f"{key}={fields.get(key, '')}" for key in keys)


def template_line(table: str, fields: dict[str, str]) -> str:
    """A row of a template or picture table, with the first word of its kind."""
    kind = ROW_KINDS.get(table, table)
    return f"{kind} " + "\t".join(f"{key}={value}" for key, value in fields.items())


ROW_KINDS = {"FINGERTMP": "FP"}
"""First word of a row where it is not the name of the command's table."""


def encode(text: str, quirks: Quirks) -> bytes:
    """Text in the unit's encoding; escaped bytes come out as they came in."""
    return text.encode(quirks.encoding, "surrogateescape")


def decode(data: bytes, quirks: Quirks) -> str:
    """Bytes as the unit reads them; what it cannot read is kept as escapes."""
    return data.decode(quirks.encoding, "surrogateescape")


def cut_name(name: str, quirks: Quirks) -> str:
    """The longest beginning of a name that fits the unit, whole characters only."""
    while len(encode(name, quirks)) > quirks.name_bytes:
        name = name[:-1]
    return name
