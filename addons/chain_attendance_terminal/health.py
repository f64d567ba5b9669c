"""What is wrong with a terminal, decided from plain values. Plain Python.

The sentences, with the next step, are in ``health_words.py``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

NOTICE, WARNING, DANGER = "notice", "warning", "danger"
SEVERITIES = (DANGER, WARNING, NOTICE)

# A unit calls every 15 s; three calls may get lost, but not two minutes of them.
SILENT = timedelta(minutes=2)
LONG_SILENT = timedelta(hours=1)
# What happened longer ago is history, not the terminal's state.
RECENT = timedelta(days=1)
# Punches set aside within this time speak for a clock that is wrong now.
CLOCK_RECENT = timedelta(days=3)
CLOCK_SECONDS = 60
CLOCK_DANGER_SECONDS = 900
# So many days on which its people should have punched.
QUIET_DAYS = 2
PUNCHES_FULL = (0.90, 0.98)
USERS_FULL = (0.95, 1.0)
# Two presses within one second are one punch here and two on the unit.
GAP_NOISE = (10, 0.01)


@dataclass(frozen=True)
class Facts:
    """What is known of a terminal; instants are naive UTC, counts are 0 if unknown.

    :ivar refused_reason: ``path``, ``key`` or ``address``.
    :ivar set_aside: punches that were not believed and that nobody has judged.
    :ivar set_aside_at: when the latest of them came.
    :ivar set_aside_on: the date it bore, on the terminal's own clock.
    :ivar awaited_days: days since its last punch on which people should have punched.
    :ivar punches_here: its punches and lines that are kept here.
    :ivar users_told: people whom it named; ``administrators`` are among them.
    :ivar room_users: how many people it can hold, ``room_punches`` likewise.
    """

    now: datetime
    is_active: bool = True
    has_store: bool = True
    is_store_active: bool = True
    serial_number: str = ""
    last_seen_at: datetime | None = None
    last_address: str = ""
    refused_at: datetime | None = None
    refused_reason: str = ""
    refused_address: str = ""
    rival_address: str = ""
    rival_seen_at: datetime | None = None
    clock_offset_seconds: int = 0
    clock_checked_at: datetime | None = None
    set_aside: int = 0
    set_aside_at: datetime | None = None
    set_aside_on: date | None = None
    last_punch_at: datetime | None = None
    awaited_days: int = 0
    unit_punches: int = 0
    punches_here: int = 0
    unit_users: int = 0
    users_told: int = 0
    administrators: int = 0
    room_users: int = 0
    room_punches: int = 0
    worrying_events: int = 0
    failed_commands: int = 0
    unknown_codes: int = 0
    speaks_access_control: bool = False

    @property
    def is_online(self):
        return bool(self.last_seen_at) and self.last_seen_at >= self.now - SILENT

    @property
    def gap(self):
        """Punches on the unit that are not here: so many at least."""
        return max(0, self.unit_punches - self.punches_here)


@dataclass(frozen=True)
class Finding:
    """One reason why a terminal is not well.

    :ivar values: what the sentence names.
    :ivar step: what the program can do or show next; ``None``: a person must.
    """

    kind: str
    severity: str
    values: dict
    step: str | None = None


def findings(facts):
    """The reasons, the worst first; none if all is well."""
    if not facts.is_active:
        return [Finding("archived", NOTICE, {})]
    found = [finding for rule in RULES for finding in rule(facts)]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def worst(found):
    """The severity of the worst finding, or ``None``."""
    return found[0].severity if found else None


def _contact(facts):
    if not facts.last_seen_at:
        yield Finding("never", WARNING, {"serial": facts.serial_number})
    elif not facts.is_online:
        is_long = facts.last_seen_at < facts.now - LONG_SILENT
        yield Finding(
            "silent", DANGER if is_long else WARNING, {"since": facts.last_seen_at}
        )


def _dialect(facts):
    if facts.speaks_access_control:
        yield Finding("access_control", DANGER, {})


def _refusal(facts):
    if not facts.refused_at or facts.refused_at < facts.now - RECENT:
        return
    # A terminal that calls well is itself; somebody else called with its number.
    yield Finding(
        f"refused_{facts.refused_reason}",
        WARNING if facts.is_online else DANGER,
        {"at": facts.refused_at, "address": facts.refused_address},
        "trust",
    )


def _rival(facts):
    if facts.rival_seen_at and facts.rival_seen_at >= facts.now - RECENT:
        yield Finding(
            "rival",
            DANGER,
            {"one": facts.last_address, "other": facts.rival_address},
            "trust",
        )


def _has_wrong_clock(facts):
    """Punches came lately with a date that cannot be, and none that can since."""
    if not facts.set_aside or not facts.set_aside_at:
        return False
    if facts.set_aside_at < facts.now - CLOCK_RECENT:
        return False
    return not facts.last_punch_at or facts.last_punch_at < facts.set_aside_at


def _clock(facts):
    if _has_wrong_clock(facts):
        values = {"year": facts.set_aside_on.year, "count": facts.set_aside}
        kind = "clock_lost"
        if facts.is_online and facts.last_punch_at:
            kind, values = "clock_lost_since", values | {"since": facts.last_punch_at}
        yield Finding(kind, DANGER, values, "clock")
        return
    seconds = facts.clock_offset_seconds
    if facts.clock_checked_at and abs(seconds) > CLOCK_SECONDS:
        yield Finding(
            "clock_ahead" if seconds > 0 else "clock_behind",
            DANGER if abs(seconds) > CLOCK_DANGER_SECONDS else WARNING,
            {"minutes": -(-abs(seconds) // 60)},
            "clock",
        )
    if facts.set_aside:
        yield Finding("set_aside", WARNING, {"count": facts.set_aside}, "set_aside")


def _quiet(facts):
    if not facts.is_online or _has_wrong_clock(facts):
        return
    if facts.awaited_days >= QUIET_DAYS:
        if facts.last_punch_at:
            values = {"since": facts.last_punch_at, "days": facts.awaited_days}
            yield Finding("quiet", DANGER, values, "again")
        else:
            yield Finding("no_punch_yet", WARNING, {"days": facts.awaited_days})


def _counts(facts):
    least, share = GAP_NOISE
    if facts.gap > max(least, share * facts.unit_punches):
        values = {"gap": facts.gap, "unit": facts.unit_punches}
        yield Finding("gap", WARNING, values, "again")
    yield from _room(
        "punches_full", facts.unit_punches, facts.room_punches, PUNCHES_FULL
    )
    yield from _room("users_full", facts.unit_users, facts.room_users, USERS_FULL)


def _room(kind, used, room, limits):
    full, over = limits
    if room and used >= full * room:
        severity = DANGER if used >= over * room else WARNING
        yield Finding(kind, severity, {"used": used, "room": room})


def _people(facts):
    if facts.users_told and not facts.administrators:
        yield Finding("no_administrator", NOTICE, {})
    if facts.unknown_codes:
        values = {"count": facts.unknown_codes}
        yield Finding("unknown_codes", WARNING, values, "unknown_codes")


def _log(facts):
    if facts.worrying_events:
        values = {"count": facts.worrying_events}
        yield Finding("events", WARNING, values, "events")
    if facts.failed_commands:
        values = {"count": facts.failed_commands}
        yield Finding("commands", WARNING, values, "commands")


def _store(facts):
    if not facts.has_store:
        yield Finding("no_store", WARNING, {})
    elif not facts.is_store_active:
        yield Finding("archived_store", WARNING, {})


RULES = (
    _contact,
    _dialect,
    _refusal,
    _rival,
    _clock,
    _quiet,
    _counts,
    _people,
    _log,
    _store,
)
