"""What has to change on a terminal so that the right people are on it.

Plain decisions about people by the normal form of their code: no database, no clock,
nothing of Odoo. Whoever was entered at the keys of a terminal and is not wanted there
stays: only people who were sent from here are ever taken off.
"""

import re
from collections import namedtuple
from dataclasses import dataclass, field

ORDINARY = 0
ADMINISTRATOR = 14
# Removals at once that a person has to agree to: more than so many and more than this
# part of those who are on the terminal.
MASS_COUNT = 5
MASS_PART = 5

# Who is to be on a terminal.
Person = namedtuple("Person", "employee_id code name privilege card")
# Who is on it; ``is_ours``: sent from here and acknowledged; ``is_kept``: somebody
# said that this person stays.
OnUnit = namedtuple("OnUnit", "employee_id code name privilege card is_ours is_kept")
# One thing to do: ``kind`` is "put" or "delete", ``who`` a Person or an OnUnit.
Order = namedtuple("Order", "kind key who")

# What a terminal may say a code is, as far as it can be sent back.
CODE = re.compile(r"[A-Za-z0-9]{1,24}", re.ASCII)
NAME_LENGTH = 256
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def clean_text(text):
    """A name or card as one line without control characters; "" for nothing."""
    return " ".join(CONTROL.sub(" ", text or "").split())[:NAME_LENGTH]


@dataclass(frozen=True)
class Difference:
    """What has to be done to a terminal, by the normal form of the code.

    :ivar add: who is not on it yet.
    :ivar change: who is on it with another name, card or right.
    :ivar replace: whose code is on it with another person behind it: what is known of
        that one's fingers and face must go first.
    :ivar remove: whom we sent and who is not wanted any more.
    :ivar kept: who would be changed or removed but is its only administrator.
    :ivar stays: whom we sent, who is not wanted, and of whom somebody said so.
    :ivar unknown: who was entered at its keys; never touched.
    """

    add: dict = field(default_factory=dict)
    change: dict = field(default_factory=dict)
    replace: dict = field(default_factory=dict)
    remove: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    stays: dict = field(default_factory=dict)
    unknown: dict = field(default_factory=dict)

    def __bool__(self):
        return bool(self.add or self.change or self.replace or self.remove)


def difference(wanted, on_unit, everything=False, only=None, all_removals=False):
    """The :class:`Difference` between two states.

    :param wanted: ``{key: Person}``.
    :param on_unit: ``{key: OnUnit}``; with ``only`` at least those keys, the wanted
        ones and every administrator.
    :param everything: send also who is there as wanted already.
    :param only: keys that may be removed; none: all.
    :param all_removals: take off also those of whom somebody said that they stay.
    """
    found = Difference()
    for key, person in wanted.items():
        there = on_unit.get(key)
        if there is None:
            found.add[key] = person
        elif there.is_ours and there.employee_id != person.employee_id:
            found.replace[key] = person
        elif everything or not _is_as_wanted(there, person):
            found.change[key] = person
    for key, there in on_unit.items():
        if key in wanted or (only is not None and key not in only):
            continue
        if not there.is_ours:
            found.unknown[key] = there
        elif there.is_kept and not all_removals:
            found.stays[key] = there
        else:
            found.remove[key] = there
    _keep_an_administrator(found, on_unit)
    return found


def _is_as_wanted(there, person):
    # Who was only left there and is wanted again is sent again, as everybody else.
    return (
        there.is_ours
        and not there.is_kept
        and (there.name, there.card, there.privilege)
        == (
            person.name,
            person.card,
            person.privilege,
        )
    )


def _administrators(people):
    return {key for key, who in people.items() if who.privilege == ADMINISTRATOR}


def _keep_an_administrator(found, on_unit):
    """Without an administrator the menu of a terminal is open to everybody."""
    before = _administrators(on_unit)
    sent = {**found.add, **found.change, **found.replace}
    lost = before & (found.remove.keys() | sent.keys())
    if not before or before - lost or _administrators(sent):
        return
    # Who is still wanted on it rather than who is not.
    key = min(lost, key=lambda k: (k not in found.change, k in found.remove, k))
    there = on_unit[key]
    found.kept[key] = there
    for part in (found.change, found.replace, found.remove):
        person = part.pop(key, None)
    person = sent.get(key)
    if person and there.employee_id in (person.employee_id, None):
        person = person._replace(privilege=ADMINISTRATOR)
        if not _is_as_wanted(there, person):
            found.change[key] = person


def orders(found, on_unit):
    """The :class:`Order` list of a difference, in the order of sending.

    Administrators come first, so that the terminal is never without one; then the
    removals, which make room; then everybody else.
    """
    puts = sorted({**found.add, **found.change, **found.replace}.items())
    first = [(k, p) for k, p in puts if p.privilege == ADMINISTRATOR]
    rest = [(k, p) for k, p in puts if p.privilege != ADMINISTRATOR]
    result = []
    for part in (first, None, rest):
        if part is None:
            result += [Order("delete", k, w) for k, w in sorted(found.remove.items())]
            continue
        for key, person in part:
            there = on_unit.get(key)
            if key in found.replace:
                result.append(Order("delete", key, there))
            # The terminal's own way of writing the code is the one it finds again.
            code = there.code if there and CODE.fullmatch(there.code) else person.code
            result.append(Order("put", key, person._replace(code=code)))
    return result


def applied(on_unit, done):
    """What is on a terminal after it did these orders; a new dict."""
    result = dict(on_unit)
    for kind, key, who in done:
        if kind == "delete":
            result.pop(key, None)
        else:
            result[key] = OnUnit(*who[:5], True, False)
    return result


def is_mass_removal(removed, ours):
    """Whether so many removals at once look like a mistake.

    :param removed: how many people would be taken off.
    :param ours: how many of those on the terminal were sent from here.
    """
    return removed > MASS_COUNT and removed * MASS_PART > ours


def missing_room(count, found, limit):
    """How many people more than ``limit`` a terminal would hold; 0: they all fit.

    :param count: how many are on it now.
    :param limit: how many it holds; 0: nobody knows.
    """
    after = count + len(found.add) - len(found.remove)
    if not limit or not found.add:
        return 0
    return max(0, after - limit)
