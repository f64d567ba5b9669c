"""The words that stand in the cells: what a shift is called there, and found by."""

import unicodedata
from collections import namedtuple
from datetime import date, datetime
from difflib import SequenceMatcher

# What anybody may write for rest, besides the reader's own word.
REST_WORDS = ("Rest", "Off", "休", "休息")
REST = 0
NEAR = 0.5
# Of a longer text the beginning is told, and compared.
SHOWN_LENGTH = 64
LONGEST_WORD = 1000

ShiftWord = namedtuple("ShiftWord", "id code names active")


class SeveralShifts(Exception):
    """More than one shift is called so; ``labels`` tells them apart."""

    def __init__(self, labels):
        super().__init__(labels)
        self.labels = labels


def as_text(value):
    """The value of a cell as somebody would type it: 1 and 1.0 are "1"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value == datetime(*value.timetuple()[:3]):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def shown(value):
    """As much of the value of a cell as is told again."""
    text = as_text(value)
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def key(value):
    """What texts have in common that a person takes for the same.

    Full-width characters, case, spaces around and signs that are not seen make no
    difference.
    """
    text = as_text(value)[:LONGEST_WORD]
    text = unicodedata.normalize("NFKC", text).casefold()
    seen = (c for c in text if unicodedata.category(c) != "Cf")
    return " ".join("".join(seen).split())


class ShiftWords:
    """How the shifts of one company are written.

    A word is looked for among the codes of shifts, then the names, then among those of
    archived shifts; what each shift is labelled with finds it and no other.

    :param shifts: :class:`ShiftWord` each; ``names`` in any language, the reader's
        first.
    :param rest: the reader's word for rest.
    """

    def __init__(self, shifts, rest):
        self.archived = {shift.id for shift in shifts if not shift.active}
        self._rest = {key(word) for word in (rest, *REST_WORDS)}
        self._tiers = []
        for active in (True, False):
            some = [shift for shift in shifts if shift.active == active]
            self._tiers.append(_found_by((s.id, [s.code]) for s in some))
            self._tiers.append(_found_by((s.id, s.names) for s in some))
        self._tiers.append(_found_by((s.id, _longer_labels(s)) for s in shifts))
        self._near = {}
        self.labels = {REST: rest}
        for shift in shifts:
            self.labels[shift.id] = next(
                label
                for label in (shift.code, shift.names[0], *_longer_labels(shift))
                if label and self._ids(key(label)) == {shift.id}
            )

    def _ids(self, word):
        if word in self._rest:
            return {REST}
        return next((tier[word] for tier in self._tiers if word in tier), set())

    def find(self, value):
        """The id of the shift, ``REST``, or ``None`` where nothing is called so.

        :raise SeveralShifts: where the word does not tell which one.
        """
        found = self._ids(key(value)) or self._by_number(value)
        if len(found) > 1:
            raise SeveralShifts(sorted(self.labels[shift] for shift in found))
        return next(iter(found), None)

    def _by_number(self, value):
        """Excel makes the number 1 of a code "01"."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return set()
        number = as_text(value)
        for tier in self._tiers:
            same = [ids for word, ids in tier.items() if word.lstrip("0") == number]
            if same:
                return set().union(*same)
        return set()

    def near(self, value):
        """The label that comes nearest to what was typed, if any is near."""
        asked = key(value)[:SHOWN_LENGTH]
        if asked not in self._near:
            best, label = max(
                (_likeness(asked, key(label)), label)
                for shift, label in self.labels.items()
                if shift not in self.archived
            )
            self._near[asked] = label if best[0] >= NEAR else None
        return self._near[asked]


def _found_by(rows):
    """``{key: {ids}}`` of ``(id, words)``."""
    found = {}
    for shift, words in rows:
        for word in filter(None, map(key, words)):
            found.setdefault(word, set()).add(shift)
    return found


def _longer_labels(shift):
    """For shifts of which neither code nor name is their own."""
    name = shift.names[0]
    both = f"{shift.code} {name}" if shift.code else name
    return both, f"{name} [{shift.id}]"


def _likeness(one, other):
    return SequenceMatcher(None, one, other).ratio(), one[:1] == other[:1]
