"""What a terminal keeps: its punches, people, templates and rows to upload.

Kept in memory and, if a folder is given, in a journal there, so that a killed
simulator continues with what the server has not acknowledged. Nothing leaves
the set of unacknowledged records except by ``acknowledge`` and ``clear``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field

from .journal import Journal, read_entries
from .punch import Punch

ATTLOG = "ATTLOG"


@dataclass(frozen=True, slots=True)
class Row:
    """A record for a table other than ATTLOG, waiting to be uploaded.

    ``kind`` is the row's first word (``USER``, ``FP``, ``OPLOG``...), ``text``
    the whole line. Bytes that are no text are carried as surrogate escapes.
    """

    number: int
    table: str
    kind: str
    text: str


@dataclass
class _Series:
    """Numbered records of which a beginning, and some beyond, are acknowledged."""

    first_open: int = 1
    ahead: set[int] = field(default_factory=set)

    def is_open(self, number: int) -> bool:
        return number >= self.first_open and number not in self.ahead

    def acknowledge(self, numbers: Iterable[int]) -> None:
        self.ahead.update(n for n in numbers if n >= self.first_open)
        while self.first_open in self.ahead:
            self.ahead.remove(self.first_open)
            self.first_open += 1


class LocalLog:
    """The memory of one terminal; ``folder`` makes it outlive the process.

    Punches are numbered from 1 in the order they were made; the numbers of
    cleared punches are not used again.
    """

    def __init__(self, folder: str | os.PathLike | None = None) -> None:
        self.punches: list[Punch] = []
        self.users: dict[str, dict[str, str]] = {}
        self.templates: dict[tuple[str, ...], dict[str, str]] = {}
        self.rows: dict[int, Row] = {}
        self.values: dict[str, str] = {}
        self._before = 0
        self._last_row = 0
        self._series = _Series()
        self._journal = None
        if folder is not None:
            self._journal = Journal(folder)
            for entry in self._journal.entries():
                self._apply(entry)

    @classmethod
    def copy_of(cls, folder: str | os.PathLike) -> LocalLog:
        """What a folder holds now, in memory; a running simulator is not disturbed.

        Raises FileNotFoundError where no simulator ever was.
        """
        log = cls()
        for entry in read_entries(folder):
            log._apply(entry)
        return log

    def close(self) -> None:
        if self._journal:
            self._journal.close()

    # --- punches ------------------------------------------------------------

    @property
    def last_number(self) -> int:
        """Number of the newest punch, 0 when there never was one."""
        return self._before + len(self.punches)

    @property
    def open_punches(self) -> int:
        """How many punches the server has not acknowledged."""
        first = max(self._series.first_open, self._before + 1)
        return max(0, self.last_number - first + 1 - len(self._series.ahead))

    def add_punches(
        self, punches: Iterable[Punch], note: tuple[str, str] | None = None
    ) -> None:
        """Append punches, and a ``note`` (key, value) that is kept with them.

        One write: after a kill either all of them and the note are there, or the
        note is not.
        """
        entries = [{"do": "punch", "of": list(astuple(p))} for p in punches]
        if note:
            entries.append({"do": "value", "key": note[0], "of": note[1]})
        self._record(entries)

    def punch_at(self, number: int) -> Punch:
        return self.punches[number - self._before - 1]

    def numbered(self) -> Iterator[tuple[int, Punch]]:
        """All punches kept, with their numbers, oldest first."""
        return enumerate(self.punches, self._before + 1)

    def open_numbers(self, after: int = 0) -> Iterator[int]:
        """Numbers above ``after`` that are not acknowledged, ascending."""
        first = max(self._series.first_open, self._before + 1, after + 1)
        for number in range(first, self.last_number + 1):
            if self._series.is_open(number):
                yield number

    def acknowledge_punches(self, numbers: Iterable[int]) -> None:
        self._record([{"do": "acknowledge", "of": _ranges(numbers)}])

    def reopen_punches(self, numbers: Iterable[int] | None = None) -> None:
        """Count punches (None: all) as not acknowledged, so they go up again."""
        if numbers is None:
            numbers = range(self._before + 1, self.last_number + 1)
        self._record([{"do": "reopen", "of": _ranges(numbers)}])

    def clear_punches(self) -> int:
        """Delete all punches; returns how many of them were not acknowledged."""
        lost = self.open_punches
        self._record([{"do": "clear"}])
        return lost

    # --- people and templates -------------------------------------------------

    def put_user(self, fields: dict[str, str]) -> None:
        """Insert or replace the user whose code is ``fields["PIN"]``."""
        self._record([{"do": "user", "of": fields}])

    def delete_user(self, pin: str) -> None:
        """Delete a user and every template of theirs."""
        self._record([{"do": "delete user", "of": pin}])

    def put_template(self, key: tuple[str, ...], fields: dict[str, str]) -> None:
        """Insert or replace a template; ``key`` starts with table and PIN."""
        self._record([{"do": "template", "key": list(key), "of": fields}])

    def delete_templates(self, keys: Iterable[tuple[str, ...]]) -> None:
        self._record([{"do": "delete template", "key": list(key)} for key in keys])

    def templates_of(self, table: str, pin: str | None = None) -> list[tuple]:
        """Keys of the templates in a table, of one person or of everybody."""
        return [
            key
            for key in self.templates
            if key[0] == table and (pin is None or key[1] == pin)
        ]

    # --- rows of other tables, and single values --------------------------------

    def add_row(self, table: str, kind: str, text: str) -> None:
        """Queue one line for upload to ``table``."""
        self._record([{"do": "row", "table": table, "kind": kind, "of": text}])

    def acknowledge_rows(self, numbers: Iterable[int]) -> None:
        self._record([{"do": "row done", "of": list(numbers)}])

    def set_value(self, key: str, value: str) -> None:
        """Keep an option of the terminal or a note of the tool."""
        self._record([{"do": "value", "key": key, "of": value}])

    # --- the journal ------------------------------------------------------------

    def _record(self, entries: list[dict]) -> None:
        if self._journal and entries:
            self._journal.append(entries)
        for entry in entries:
            self._apply(entry)

    def _apply(self, entry: dict) -> None:
        _APPLY[entry["do"]](self, entry)

    def _apply_punch(self, entry: dict) -> None:
        self.punches.append(Punch(*entry["of"]))

    def _apply_acknowledge(self, entry: dict) -> None:
        for first, last in entry["of"]:
            self._series.acknowledge(range(first, last + 1))

    def _apply_reopen(self, entry: dict) -> None:
        again = {n for first, last in entry["of"] for n in range(first, last + 1)}
        done = [
            number
            for number in range(1, self.last_number + 1)
            if not self._series.is_open(number) and number not in again
        ]
        self._series = _Series()
        self._series.acknowledge(done)

    def _apply_clear(self, _entry: dict) -> None:
        self._series.acknowledge(range(self._before + 1, self.last_number + 1))
        self._before = self.last_number
        self.punches = []

    def _apply_user(self, entry: dict) -> None:
        self.users[entry["of"]["PIN"]] = entry["of"]

    def _apply_delete_user(self, entry: dict) -> None:
        self.users.pop(entry["of"], None)
        for key in [key for key in self.templates if key[1] == entry["of"]]:
            del self.templates[key]

    def _apply_template(self, entry: dict) -> None:
        self.templates[tuple(entry["key"])] = entry["of"]

    def _apply_delete_template(self, entry: dict) -> None:
        self.templates.pop(tuple(entry["key"]), None)

    def _apply_row(self, entry: dict) -> None:
        self._last_row += 1
        self.rows[self._last_row] = Row(
            self._last_row, entry["table"], entry["kind"], entry["of"]
        )

    def _apply_row_done(self, entry: dict) -> None:
        for number in entry["of"]:
            self.rows.pop(number, None)

    def _apply_value(self, entry: dict) -> None:
        self.values[entry["key"]] = entry["of"]


_APPLY = {
    "punch": LocalLog._apply_punch,
    "acknowledge": LocalLog._apply_acknowledge,
    "reopen": LocalLog._apply_reopen,
    "clear": LocalLog._apply_clear,
    "user": LocalLog._apply_user,
    "delete user": LocalLog._apply_delete_user,
    "template": LocalLog._apply_template,
    "delete template": LocalLog._apply_delete_template,
    "row": LocalLog._apply_row,
    "row done": LocalLog._apply_row_done,
    "value": LocalLog._apply_value,
}


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers as ``[first, last]`` stretches, ascending."""
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and number <= stretches[-1][1] + 1:
            stretches[-1][1] = max(number, stretches[-1][1])
        else:
            stretches.append([number, number])
    return stretches
