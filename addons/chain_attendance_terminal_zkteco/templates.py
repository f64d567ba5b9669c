"""Fingerprints, faces and pictures in the rows of an upload, read without Odoo.

Only here does their content leave a row; :mod:`.wire_rows` cuts it out everywhere
else. Sizes are bytes.
"""

import base64
import binascii

from odoo.addons.chain_attendance_terminal.biometrics import (
    COMPARISON,
    PORTRAIT,
    Template,
    plain_version,
)

from . import wire, wire_rows

# A face of the newest units has some 100 KB, a row of 1 MB was seen.
TEMPLATE_LIMIT = 2 * 1024 * 1024
JPEG_HEAD = b"\xff\xd8\xff"
DURESS = 3
FINGERS = 10
PARTS = 50
VEIN_PARTS = 4
# ``Type`` of a row of BIODATA.
KIND_OF_TYPE = {
    1: "fingerprint",
    2: "face",
    7: "vein",
    8: "palm",
    9: "face_visible",
}
# How many numbers and parts a kind of BIODATA has at most.
MOST_UNIFIED = {
    "fingerprint": (FINGERS, 1),
    "face": (1, PARTS),
    "vein": (FINGERS, VEIN_PARTS),
    "palm": (5, 10),
    "face_visible": (5, 10),
}


def read_templates(body, table, code_page="auto", versions=None):
    """The templates and pictures in the body of a table that is not ATTLOG.

    :param versions: ``{kind: version}`` of the unit, for rows that do not say it.
    :return: a list of ``Template``; rows that hold none that is whole are passed over.
    """
    found = []
    for raw in wire.lines_of(body):
        values, kind = wire_rows.pairs_of(wire_rows.decode(raw, code_page), table)
        reader = READERS.get(kind)
        code = values.get("PIN", "")
        if reader and wire_rows.is_code(code):
            template = reader(code, values, kind, versions or {})
            if template:
                found.append(template)
    return found


def _read_finger(code, values, _layout, versions):
    valid = _number(values, "VALID", 1)
    number = _number(values, "FID")
    if not valid or number >= FINGERS:
        return None
    return _template(
        code,
        ("fingerprint", number, 0, versions.get("fingerprint")),
        valid == DURESS,
        values.get("TMP"),
        {"size": _number(values, "SIZE"), "valid": valid},
    )


def _read_face(code, values, _layout, versions):
    valid, number = _number(values, "VALID", 1), _number(values, "FID")
    if not valid or number >= PARTS:
        return None
    return _template(
        code,
        ("face", number, 0, versions.get("face")),
        False,
        values.get("TMP"),
        {"size": _number(values, "SIZE"), "valid": valid},
    )


def _read_vein(code, values, _layout, versions):
    valid, number = _number(values, "VALID", 1), _number(values, "FID")
    part = _number(values, "INDEX")
    if not valid or number >= FINGERS or part >= VEIN_PARTS:
        return None
    return _template(
        code,
        ("vein", number, part, versions.get("vein")),
        valid == DURESS,
        values.get("TMP"),
        {"valid": valid},
    )


def _read_unified(code, values, _layout, _versions):
    kind = KIND_OF_TYPE.get(_number(values, "TYPE"))
    valid = _number(values, "VALID", 1)
    number, part = _number(values, "NO"), _number(values, "INDEX")
    most = MOST_UNIFIED.get(kind)
    if not most or not valid or number >= most[0] or part >= most[1]:
        return None
    major, minor = (_number(values, name) for name in ("MAJORVER", "MINORVER"))
    return _template(
        code,
        (kind, number, part, f"{major}.{minor}"),
        bool(_number(values, "DURESS")),
        values.get("TMP"),
        {
            "is_unified": True,
            "valid": valid,
            "duress": int(bool(_number(values, "DURESS"))),
            "bio_type": _number(values, "TYPE"),
            "major_version": major,
            "minor_version": minor,
            "format": _number(values, "FORMAT"),
        },
    )


def _read_picture(code, values, layout, _versions):
    number = COMPARISON if layout == "BIOPHOTO" else PORTRAIT
    found = _template(code, ("photo", number, 0, ""), False, values.get("CONTENT"), {})
    if found and _unpacked(found.content["template"]).startswith(JPEG_HEAD):
        return found
    return None


READERS = {
    "FP": _read_finger,
    "FACE": _read_face,
    "FVEIN": _read_vein,
    "BIODATA": _read_unified,
    "BIOPHOTO": _read_picture,
    "USERPIC": _read_picture,
}


def _template(code, key, is_duress, text, content):
    kind, number, part, version = key
    raw = _unpacked(text)
    if not raw:
        return None
    version = plain_version(version)
    content = {**content, "template": text}
    return Template(code, kind, number, part, version, is_duress, content)


def _unpacked(text):
    """The bytes of base64 text, or ``None`` if it is cut, too long or none."""
    if not text or len(text) > TEMPLATE_LIMIT:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _number(values, name, missing=0):
    found = wire_rows.number(values.get(name), limit=wire_rows.INTEGER)
    return missing if found is None else found


def versions_of(options, fingerprint="", face=""):
    """Which kinds a unit takes, and of which algorithm.

    :param options: what the unit said of itself, as pairs.
    :param fingerprint: the version of its status line, likewise ``face``.
    :return: ``{kind: version}``; an empty version was not told.
    """
    given = {key.lower(): value for key, value in (options or {}).items()}
    told = given.get("multibioversion", "").split(":")
    takes = given.get("multibiodatasupport", "").split(":")
    found = {}
    for number, kind in KIND_OF_TYPE.items():
        version = plain_version(told[number]) if number < len(told) else ""
        version = "" if version == "0" else version
        is_taken = number < len(takes) and takes[number].strip() == "1"
        if is_taken or version:
            found[kind] = version
    is_visible = "face_visible" in found or given.get("visilightfun") == "1"
    for kind, version in (
        ("fingerprint", fingerprint),
        ("face_visible" if is_visible else "face", face),
        ("vein", given.get("fvversion", "")),
        ("palm", given.get("pvversion", "")),
    ):
        version = plain_version(version)
        if version not in ("", "0") and not found.get(kind):
            found[kind] = version
    photos = given.get("multibiophotosupport", "").split(":")
    if is_visible or (len(photos) > 9 and photos[9].strip() == "1"):
        found["photo"] = ""
    return found
