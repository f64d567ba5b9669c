"""Rows of a report, read in chunks as their reader sees them."""

from array import array
from dataclasses import dataclass
from itertools import compress
from zoneinfo import ZoneInfo

from ..checked import Checked

UTC = ZoneInfo("UTC")
# A chunk has about so many cells: a second's work, and 40 MB.
CHUNK_CELLS = 150_000
LEAST_ROWS = 500
# So many cells are read in one query: in parts, reports that sum up would do it again.
WHOLE_CELLS = 400_000
GROUP_FORMATS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@dataclass
class Chunk:
    """Some rows, column by column.

    :ivar columns: the values of each column, see :class:`~.cells.CellWriter`.
    :ivar is_open: whether each row is in progress; empty if no row of these is.
    :ivar groups: ``(key, label)`` of each row's sheet; ``None`` without sheets.
    """

    count: int
    columns: list
    is_open: list
    groups: list | None


class RowReader:
    """Reads what a file is made of.

    :param rows: the model, in the environment of the reader.
    :param asked: :class:`~.asked.Asked`
    :param columns: :class:`~.columns.Column` each.
    """

    def __init__(self, rows, asked, columns):
        self.rows = rows.with_context(**asked.context, attendance_taken_away=True)
        self.columns = columns
        self.group, _, self.granularity = asked.sheets.partition(":")
        # The model's own order decides between rows that are equal by what was asked.
        orders = (self.group, asked.order, rows._order)
        self.order = ", ".join(filter(None, orders))
        self.zone = ZoneInfo(
            rows.env.user.tz or rows.env.company.partner_id.tz or "UTC"
        )
        names = [name for column in columns for name in column.sources]
        names += [self.group] if self.group else []
        names += [self._open_name] if self._open_name else []
        names += ["kind"] if any(column.only_in for column in columns) else []
        # What a computed column is made of is read along with the row.
        for name in list(names):
            if not rows._fields[name].store:
                names += rows.pool.field_depends.get(rows._fields[name], ())
        self.stored = [
            name
            for name in dict.fromkeys(names)
            if "." not in name and rows._fields[name].store
        ]
        self.chunk_rows = max(LEAST_ROWS, CHUNK_CELLS // len(columns))
        # Seeing more, by another role, is not taking more away.
        domain = Checked(rows.env).domain(asked.domain, rows)
        self.domain = domain & rows._attendance_held("export")

    @property
    def _open_name(self):
        return "state" if self.rows._report_file_has_open() else ""

    def count(self):
        return self.rows.search_count(self.domain)

    def is_whole(self, count):
        """Whether so many rows are read at once."""
        return count * len(self.columns) <= WHOLE_CELLS

    def query(self):
        """What finds the rows, in order."""
        return self.rows._search(self.domain, order=self.order)

    def ids(self):
        """The rows' ids, in order."""
        return array("q", self.query())

    def whole(self, limit=None):
        """The chunk of all rows: for few of them, in one query."""
        found = self.rows.search_fetch(
            self.domain, self.stored, order=self.order, limit=limit
        )
        return self._chunk(found)

    def some(self, ids):
        """The chunk of these rows; one that is gone or out of scope by now is not."""
        domain = self.domain & self.rows._report_file_chunk(list(ids))
        found = self.rows.search_fetch(domain, self.stored, order="id")
        there = set(found.ids)
        return self._chunk(found.browse(n for n in ids if n in there))

    def _chunk(self, rows):
        is_open = []
        if self._open_name:
            is_open = [state == "in_progress" for state in self._mapped(rows, "state")]
        chunk = Chunk(
            len(rows),
            [self._values(rows, column) for column in self.columns],
            is_open if any(is_open) else [],
            self._groups(rows) if self.group else None,
        )
        rows.invalidate_recordset(flush=False)
        return chunk

    def _mapped(self, rows, name):
        """A field of rows that were found as the reader.

        Their columns were read with them, under the reader's rules; each ``mapped``
        would look at the rules of every row once more.
        """
        # sudo: nothing is read, all of it is there
        return (rows.sudo() if name in self.stored else rows).mapped(name)

    def _values(self, rows, column):
        values = self._all_values(rows, column)
        if not column.only_in:
            return values
        kinds = self._mapped(rows, "kind")
        return [
            value if kind in column.only_in else None
            for value, kind in zip(values, kinds, strict=True)
        ]

    def _all_values(self, rows, column):
        if column.kind == "row_number":
            return range(1, len(rows) + 1)
        if column.kind == "leave":
            nothing = [None] * len(rows)
            return list(
                zip(
                    *(
                        self._mapped(rows, name) if name else nothing
                        for name in (column.name, column.days, column.hours)
                    ),
                    strict=True,
                )
            )
        if column.kind == "datetime":
            return [self._local(at) for at in self._mapped(rows, column.name)]
        if column.kind == "text":
            return self._texts(rows, column.name)
        return self._mapped(rows, column.name)

    def _local(self, at):
        return at and at.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=None)

    def _texts(self, rows, name):
        field = rows._fields[name]
        if field.relational:
            # As a list shows it: who sees the row sees what it names.
            linked = [row[name].sudo() for row in rows]
            names = {}
            for record in self._together(linked):
                # Of a department, the name and not the whole path.
                shown = record.with_context(hierarchical_naming=False)
                names[record.id] = shown.display_name
            return [", ".join(names[n] or "" for n in record.ids) for record in linked]
        values = self._mapped(rows, name)
        if field.type == "selection":
            labels = dict(field._description_selection(rows.env))
            return [labels.get(value, value) for value in values]
        if field.type == "boolean":
            yes = rows.env._("Yes")
            return [yes if value else "" for value in values]
        return values

    @staticmethod
    def _together(linked):
        """All records that are named, in one recordset: their names are one query."""
        if not linked:
            return []
        ids = dict.fromkeys(n for record in linked for n in record.ids)
        return linked[0].browse(ids)

    def _groups(self, rows):
        """``(key, label)`` of the sheet on which each row stands."""
        field = rows._fields[self.group]
        if field.type in ("date", "datetime"):
            days = self._mapped(rows, self.group)
            if field.type == "datetime":
                days = [self._local(day) for day in days]
            look = GROUP_FORMATS[self.granularity or "month"]
            labels = [day.strftime(look) if day else "" for day in days]
            return list(zip(labels, labels, strict=True))
        labels = self._texts(rows, self.group)
        if field.relational:
            keys = [row[self.group].id for row in rows]
        else:
            keys = self._mapped(rows, self.group)
        return [
            (key or 0, label or "") for key, label in zip(keys, labels, strict=True)
        ]


def figures(column, values, is_open):
    """What a column's rows come to: a number, of leave three.

    Rows in progress are left out: nothing of them is final.
    """
    if is_open:
        values = compress(values, [not hides for hides in is_open])
    if column.kind != "leave":
        return [sum(value or 0 for value in values)]
    sums = [0, 0, 0]
    for value in values:
        for place, part in enumerate(value or ()):
            sums[place] += part or 0
    return sums
