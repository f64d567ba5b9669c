"""What a template is, in values. Plain Python."""

import json
from collections import namedtuple

KINDS = [
    ("fingerprint", "Fingerprint"),
    ("face", "Face"),
    ("face_visible", "Face (visible light)"),
    ("palm", "Palm"),
    ("vein", "Finger vein"),
    ("photo", "Comparison photo"),
]

# In the numbers of terminals.
FINGERS = [
    ("0", "Left little finger"),
    ("1", "Left ring finger"),
    ("2", "Left middle finger"),
    ("3", "Left index finger"),
    ("4", "Left thumb"),
    ("5", "Right thumb"),
    ("6", "Right index finger"),
    ("7", "Right middle finger"),
    ("8", "Right ring finger"),
    ("9", "Right little finger"),
]

# Which photo a terminal sent: the one it recognizes by, or the one it shows.
COMPARISON, PORTRAIT = 0, 1
# How many parts one number of a kind has at most, where it has both.
PARTS = {"vein": 4, "palm": 10, "face_visible": 10}

# One template as a vendor addon read it off the wire. ``number`` is the finger, 0 to
# 9, else 0; ``part`` counts what belongs together (a palm has five parts). ``content``
# is a dict from which the addon can write it again, ``template`` its text in base64.
Template = namedtuple(
    "Template", "code kind number part version is_duress content", defaults=({},)
)


def packed(content):
    """The content as bytes, the same ones for the same content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def unpacked(text):
    return json.loads(text)


def label(employee_id, kind, number, part, version):
    """What a sealed template is of, so that it cannot pass as another one."""
    return f"{employee_id} {kind} {number} {part} {version}"


def slot(kind, number, part):
    """One number, 0 to 49, for what a command is about: number and part."""
    return number * PARTS.get(kind, 1) + part


def finger(kind, number):
    """Which finger that is, a value of ``FINGERS``; ``False``: no finger."""
    is_finger = kind in ("fingerprint", "vein") and 0 <= number < len(FINGERS)
    return str(number) if is_finger else False


def number_of(kind, one_slot):
    """The number in a slot."""
    return one_slot // PARTS.get(kind, 1)


def plain_version(text):
    """An algorithm's version in one form: ``10.0``, ``10.00`` and ``10`` are one.

    Longer than 16 characters, or with others than digits and dots, it is none.
    """
    text = (text or "").strip()
    if len(text) > 16 or not text.isascii() or not text.replace(".", "").isdigit():
        return ""
    numbers = [number.lstrip("0") or "0" for number in text.split(".")]
    while len(numbers) > 1 and numbers[-1] == "0":
        numbers.pop()
    return ".".join(numbers)


def is_for(kind, version, versions):
    """Whether a template fits a terminal.

    :param version: the template's own, in plain form; empty: it does not matter.
    :param versions: ``{kind: version}`` of what the terminal takes; a version that it
        did not tell is empty, and no template fits that.
    """
    if kind not in versions:
        return False
    return not version or plain_version(versions[kind]) == version
