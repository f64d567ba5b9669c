"""One call to one terminal, from values to values. Plain Python, any thread.

What to ask is put together beforehand and what came of it is stored afterwards: while
a line is slow, no database transaction is open.
"""

from collections import namedtuple
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from . import guard
from .adapter import Unit
from .const import CALL_SECONDS
from .faults import UnitFault

# A command of a terminal: its id, its kind and what the kind needs.
Order = namedtuple("Order", "command_id kind values")
# What became of it; ``fault`` is ``None`` if it was done, ``count`` what it counted.
Outcome = namedtuple("Outcome", "command_id kind fault count")

# A restart ends the conversation.
LAST = ("enrol", "reboot")


@dataclass(frozen=True)
class Errand:
    """Whom to call and what for.

    :ivar known_count: do not fetch the punches if so many are on it; ``None``: do.
    :ivar stored_count: so many of its punches were fetched and are safe here.
    """

    terminal_id: int
    host: str
    port: int
    networks: tuple
    serial_number: str
    zone: str
    key: int = 0
    is_udp: bool = False
    timeout: int = 10
    code_page: str = "auto"
    name_bytes: int = 23
    known_count: int | None = None
    stored_count: int | None = None
    orders: tuple = ()


@dataclass
class Visit:
    """What came of an errand; whatever was heard before a fault is there."""

    errand: Errand
    fault: UnitFault | None = None
    address: str = ""
    is_reached: bool = False
    information: object = None
    seconds_ahead: int | None = None
    punch_count: int | None = None
    punches: list = field(default_factory=list)
    rejects: list = field(default_factory=list)
    people: list | None = None
    outcomes: list = field(default_factory=list)
    begun: set = field(default_factory=set)


def call(errand, seconds=CALL_SECONDS):
    """Call the unit and do the errand; a fault is in the answer, never raised."""
    visit = Visit(errand)
    try:
        visit.address = guard.address_of(
            errand.host, errand.networks, guard.are_local_allowed()
        )
        with Unit(
            visit.address,
            errand.port,
            key=errand.key,
            is_udp=errand.is_udp,
            timeout=errand.timeout,
            seconds=seconds,
            code_page=errand.code_page,
            name_bytes=errand.name_bytes,
        ) as unit:
            _check_serial(unit, errand)
            visit.is_reached = True
            _look(unit, visit)
            _obey(unit, visit)
    except UnitFault as fault:
        visit.fault = fault
    return visit


def _check_serial(unit, errand):
    """Addresses are given anew: another unit's punches are nobody's here."""
    told = unit.serial_number()
    if told and told != errand.serial_number:
        raise UnitFault("serial", serial=told)


def _look(unit, visit):
    visit.seconds_ahead = seconds_ahead(unit, visit.errand.zone)
    visit.information = unit.information()
    if visit.information.unit_punches != visit.errand.known_count:
        _fetch(unit, visit)


def _fetch(unit, visit):
    """The whole log, at most once a call."""
    if visit.punch_count is None:
        visit.punches, visit.rejects = unit.punches()
        visit.punch_count = len(visit.punches) + len(visit.rejects)


def seconds_ahead(unit, zone):
    """How far its clock is ahead of this server's; ``None``: it shows no date."""
    shown = unit.clock()
    if shown is None:
        return None
    return round((shown - wall_now(zone)).total_seconds())


def wall_now(zone):
    return datetime.now(ZoneInfo(zone)).replace(tzinfo=None)


def _obey(unit, visit):
    """Do the orders one after the other; one that fails does not stop the next.

    What was not come to, because the line was lost, has not ``begun``.
    """
    orders = sorted(visit.errand.orders, key=lambda order: _place(order.kind))
    for order in orders:
        fault, count = None, None
        visit.begun.add(order.command_id)
        try:
            count = ORDERS[order.kind](unit, visit, order.values)
        except UnitFault as caught:
            if unit.is_lost:
                raise
            fault = caught
        visit.outcomes.append(Outcome(order.command_id, order.kind, fault, count))


def _place(kind):
    return LAST.index(kind) + 1 if kind in LAST else 0


def _user_put(unit, _visit, values):
    unit.put_person(
        values["code"], values["name"], values.get("privilege", 0), values["card"]
    )


def _user_delete(unit, _visit, values):
    unit.delete_person(values["code"])


def _sync_time(unit, visit, _values):
    unit.set_clock(wall_now(visit.errand.zone))
    visit.seconds_ahead = seconds_ahead(unit, visit.errand.zone)


def _info(unit, visit, _values):
    visit.information = unit.information()


def _query_users(unit, visit, _values):
    visit.people = unit.people()
    return len(visit.people)


def _between(unit, visit, values):
    """How many punches of a span there are; all of the log is stored."""
    _fetch(unit, visit)
    since, until = (datetime.fromisoformat(values[x]) for x in ("since", "until"))
    return sum(since <= punch.wall_time <= until for punch in visit.punches)


def _enrol(unit, _visit, values):
    if not unit.enrol(values["code"], values["number"]):
        raise UnitFault("no_finger")


def _reboot(unit, _visit, _values):
    try:
        unit.restart()
    except UnitFault as fault:
        # Some restart before they answer.
        if fault.reason not in ("cut", "silent"):
            raise


def _clear_punches(unit, visit, _values):
    """Only what was stored here in an earlier call; see ``_is_clearing_safe``."""
    return unit.clear_punches(visit.errand.stored_count)


ORDERS = {
    "user_put": _user_put,
    "user_delete": _user_delete,
    "query_punches": _between,
    "upload_now": _info,
    "count_punches": _between,
    "query_users": _query_users,
    "check": _info,
    "info": _info,
    "sync_time": _sync_time,
    "enrol": _enrol,
    "reboot": _reboot,
    "clear_punches": _clear_punches,
}


def can_obey(order):
    """Whether the binary protocol has what is asked for."""
    if order.kind == "enrol":
        return order.values["kind"] == "fingerprint"
    return order.kind in ORDERS
