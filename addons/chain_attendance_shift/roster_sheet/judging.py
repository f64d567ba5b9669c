"""What a sheet changes in the roster, and what is wrong with it."""

from collections import namedtuple
from dataclasses import dataclass, field
from datetime import date, datetime

from .reading import Trouble
from .words import REST, SeveralShifts, key, shown

Person = namedtuple("Person", "id number name company")


@dataclass
class Known:
    """What the roster says of the people and dates of a sheet.

    :ivar people: whom the reader may plan, :class:`Person` each.
    :ivar namesakes: people whom the reader may plan by :func:`key` of the name, for
        the rows with a wrong number.
    :ivar words: ``{company: ShiftWords}``.
    :ivar planned: ``{(person, date): shift id or REST}``.
    :ivar overridden: the pairs that somebody changed by hand.
    :ivar locked: ``{company: last locked date}``.
    :ivar away: the pairs on which the person is not employed.
    """

    people: list
    words: dict
    planned: dict = field(default_factory=dict)
    overridden: set = field(default_factory=set)
    locked: dict = field(default_factory=dict)
    away: set = field(default_factory=set)
    namesakes: dict = field(default_factory=dict)

    def __post_init__(self):
        self._by_number, self._by_digits = {}, {}
        for person in self.people:
            number = key(person.number)
            self._by_number.setdefault(number, []).append(person)
            self._by_digits.setdefault(number.lstrip("0"), []).append(person)

    def find(self, number, value):
        """The people with a number; Excel makes the number 7 of "007"."""
        found = self._by_number.get(key(number), [])
        if not found and not isinstance(value, str):
            found = self._by_digits.get(key(number), [])
        return found


@dataclass
class Verdict:
    """What becomes of a sheet.

    :ivar changes: ``{(person, date): shift id or REST}``.
    :ivar resets: the pairs that the rosters shall decide again.
    :ivar places: ``{(person, date): (row, column)}`` of both.
    :ivar troubles: :class:`Trouble` each; with one of them nothing is written.
    :ivar notes: what is worth a word and holds up nothing.
    """

    changes: dict = field(default_factory=dict)
    resets: set = field(default_factory=set)
    places: dict = field(default_factory=dict)
    troubles: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def judge(sheet, known):
    """The :class:`Verdict` on a sheet."""
    verdict = Verdict(troubles=list(sheet.troubles), notes=list(sheet.notes))
    seen = {}
    for row, (number, name) in sheet.people.items():
        person = _person(sheet, known, verdict, row)
        if person is None:
            continue
        if person.id in seen:
            # The same number written in two ways.
            hint = str(seen[person.id])
            _complain(verdict, sheet, "double_person", row, number, name, hint)
            continue
        seen[person.id] = row
        _Row(sheet, known, verdict, row, person).judge()
    verdict.troubles = sorted(set(verdict.troubles), key=_place)
    verdict.notes.sort(key=_place)
    return verdict


def _place(trouble):
    return trouble.row, trouble.column


def _complain(verdict, sheet, code, row, number, name, hint=""):
    verdict.troubles.append(
        Trouble(code, row, sheet.number_column, number, name, typed=number, hint=hint)
    )


def _person(sheet, known, verdict, row):
    number, name = sheet.people[row]
    found = known.find(number, sheet.value(row, sheet.number_column))
    if len(found) > 1:
        return _complain(verdict, sheet, "several_people", row, number, name)
    if not found:
        hint = known.namesakes.get(key(name), "")
        return _complain(verdict, sheet, "unknown_person", row, number, name, hint)
    (person,) = found
    if name and key(name) != key(person.name):
        verdict.notes.append(
            Trouble(
                "other_name",
                row,
                sheet.name_column,
                number,
                person.name,
                typed=name,
                hint=person.name,
            )
        )
    return person


class _Row:
    """One person's row while it is judged."""

    def __init__(self, sheet, known, verdict, row, person):
        self.sheet, self.known, self.verdict = sheet, known, verdict
        self.row, self.person = row, person
        self.words = known.words[person.company]
        self.lock = known.locked.get(person.company) or date.min
        self.left = []

    def judge(self):
        for column, day in self.sheet.days.items():
            self._judge_cell(column, day, self.sheet.value(self.row, column))
        if self.left:
            column, day = self.left[0]
            self.verdict.notes.append(
                self._trouble("left", column, day, typed=str(len(self.left)))
            )

    def _judge_cell(self, column, day, value):
        pair = self.person.id, day
        planned = self.known.planned.get(pair)
        if not key(value):
            self._judge_empty(column, pair, planned)
            return
        shift = self._shift(column, day, value)
        if shift is None or shift == planned:
            return
        code = None
        if shift in self.words.archived:
            code = "archived_shift"
        elif day <= self.lock:
            code = "locked"
        elif shift != REST and pair in self.known.away:
            code = "not_employed"
        if code:
            hint = self.words.labels.get(planned, "")
            self._complain(code, column, day, value, hint)
            return
        self.verdict.changes[pair] = shift
        self.verdict.places[pair] = self.row, column

    def _judge_empty(self, column, pair, planned):
        day = pair[1]
        if planned is None or pair in self.known.away:
            return
        if pair not in self.known.overridden:
            self.left.append((column, day))
        elif day <= self.lock:
            self._complain("locked", column, day, "", self.words.labels.get(planned))
        else:
            self.verdict.resets.add(pair)
            self.verdict.places[pair] = self.row, column

    def _shift(self, column, day, value):
        if isinstance(value, date | datetime):
            self._complain("is_date", column, day, value)
            return None
        try:
            shift = self.words.find(value)
        except SeveralShifts as several:
            hint = " / ".join(several.labels)
            self._complain("several_shifts", column, day, value, hint)
            return None
        if shift is None:
            near = self.words.near(value) or ""
            self._complain("unknown_shift", column, day, value, near)
        return shift

    def _complain(self, code, column, day, value, hint=""):
        self.verdict.troubles.append(
            self._trouble(code, column, day, shown(value), hint or "")
        )

    def _trouble(self, code, column, day, typed, hint=""):
        person = self.person
        return Trouble(
            code, self.row, column, person.number, person.name, day, typed, hint
        )
