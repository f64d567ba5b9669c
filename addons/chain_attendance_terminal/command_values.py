"""What may be asked of a terminal, and within which bounds. Plain Python.

Nothing else can be asked for: no shell, no files, no firmware, no deletion without a
code. What a kind needs is named in ``COMMAND_VALUES``; a value too many is refused
like one too few.
"""

import re
from datetime import datetime

COMMAND_VALUES = {
    "user_put": ("code", "name", "privilege", "card"),
    "user_delete": ("code",),
    "template_put": ("code", "kind", "number"),
    "template_delete": ("code", "kind", "number"),
    "photo_put": ("code",),
    "enrol": ("code", "kind", "number", "overwrite"),
    "query_punches": ("since", "until"),
    "query_users": (),
    "query_templates": ("code", "kind"),
    "count_punches": ("since", "until"),
    "check": (),
    "info": (),
    "sync_time": (),
    "upload_now": (),
    "reboot": (),
    "clear_punches": (),
    "clear_all": (),
}
# What is gone for ever: given by a clearing only, which has its own two steps.
CLEARING_KINDS = ("clear_punches", "clear_all")
# Done twice they would do harm, or annoy: never offered again without a new order.
ONCE_KINDS = ("enrol", "reboot", *CLEARING_KINDS)
# Whose sense is gone a day later.
SHORT_LIVED_KINDS = (
    *ONCE_KINDS,
    "check",
    "count_punches",
    "info",
    "sync_time",
    "upload_now",
)
BIOMETRIC_KINDS = ("fingerprint", "face", "face_visible", "palm", "vein")
PRIVILEGES = (0, 14)
NAME_LENGTH = 256

# First try, and minutes until the next; the last waits for the cron to give up.
RETRY_MINUTES = (5, 10, 20, 40, 60)
MAX_TRIES = len(RETRY_MINUTES) + 1

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,23}", re.ASCII)
_CARD = re.compile(r"[A-Za-z0-9]{0,32}|\[[0-9A-Fa-f]{1,8}\]", re.ASCII)
_TIME = "%Y-%m-%d %H:%M:%S"


class CommandValueError(ValueError):
    """A command that cannot be asked for: which value it is, and what it may be."""

    def __init__(self, field, limit):
        super().__init__(f"{field}: {limit}")
        self.field = field
        self.limit = limit


def check_values(kind, values):
    """Refuse values that the kind does not take.

    :raise CommandValueError: with ``field`` and ``limit``, a key of the model's texts.
    """
    if kind not in COMMAND_VALUES:
        raise CommandValueError("kind", "kind")
    wanted = COMMAND_VALUES[kind]
    if not isinstance(values, dict):
        raise CommandValueError("values", "names")
    for name in sorted(set(wanted) ^ set(values)):
        raise CommandValueError(name, "names")
    for name in wanted:
        limit = _LIMITS[name]
        if not limit[1](values[name], kind, values):
            raise CommandValueError(name, limit[0])
    if "since" in wanted and values["since"] > values["until"]:
        raise CommandValueError("until", "span")


def is_code(text):
    """Whether a text is fit to name one person on a terminal."""
    return isinstance(text, str) and bool(_CODE.fullmatch(text))


def is_time(text):
    """Whether a text is a time of a terminal's clock as it is kept here."""
    if not isinstance(text, str):
        return False
    try:
        return datetime.strptime(text, _TIME).strftime(_TIME) == text
    except ValueError:
        return False


def retry_minutes(kind, tries):
    """Minutes until a command is offered again after its ``tries``-th time, or None."""
    if kind in ONCE_KINDS or tries >= MAX_TRIES:
        return None
    return RETRY_MINUTES[tries - 1]


def _is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def _code(value, kind, _values):
    return is_code(value) or (kind == "query_templates" and value == "")


def _name(value, _kind, _values):
    if not isinstance(value, str) or len(value) > NAME_LENGTH or "\x00" in value:
        return False
    return value.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in value)


def _biometric(value, kind, _values):
    return value in BIOMETRIC_KINDS or (value == "photo" and kind != "enrol")


def _number(value, _kind, values):
    longest = 9 if values["kind"] == "fingerprint" else 49
    return _is_whole(value) and 0 <= value <= longest


_LIMITS = {
    "code": ("code", _code),
    "name": ("name", _name),
    "privilege": ("privilege", lambda v, _k, _v: _is_whole(v) and v in PRIVILEGES),
    "card": ("card", lambda v, _k, _v: isinstance(v, str) and _CARD.fullmatch(v)),
    "kind": ("biometric", _biometric),
    "number": ("number", _number),
    "overwrite": ("overwrite", lambda v, _k, _v: isinstance(v, bool)),
    "since": ("time", lambda v, _k, _v: is_time(v)),
    "until": ("time", lambda v, _k, _v: is_time(v)),
}
