"""What a file in the making consists of so far, to be kept between two parts."""

import json
from dataclasses import asdict, dataclass, field

from odoo.addons.chain_attendance_base.xlsx import sheet_name

NAME_LENGTH = 31


@dataclass
class Sheet:
    """One sheet of rows.

    :ivar key: what divides the sheets has this value here.
    :ivar sums: of each column, what it comes to: a number, of leave three.
    :ivar pieces: ``[part, offset, length]`` of its rows, packed, in order.
    """

    key: object
    label: str
    name: str
    rows: int = 0
    has_open: bool = False
    sums: list = field(default_factory=list)
    pieces: list = field(default_factory=list)

    def add_sums(self, sums):
        if not self.sums:
            self.sums = [list(one) for one in sums]
            return
        for total, more in zip(self.sums, sums, strict=True):
            total[:] = [a + b for a, b in zip(total, more, strict=True)]


@dataclass
class State:
    """How far a file is.

    :ivar done: rows that are written.
    :ivar parts: how many parts there are.
    :ivar top: the lines above the table.
    :ivar widths: the columns' widths, in characters.
    :ivar formats: see :class:`~.looks.Looks`.
    """

    top: list = field(default_factory=list)
    done: int = 0
    parts: int = 0
    widths: list = field(default_factory=list)
    formats: list = field(default_factory=list)
    sheets: list = field(default_factory=list)

    def to_json(self):
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        found = json.loads(text)
        return cls(**{**found, "sheets": [Sheet(**one) for one in found["sheets"]]})

    @property
    def head(self):
        """The number of the row with the labels; a line is left free above it."""
        return len(self.top) + 2

    def sheet(self, key, label):
        """The sheet of this value, made where there is none yet.

        Two values of one name may take turns in the order of names.
        """
        for sheet in reversed(self.sheets):
            if sheet.key == key:
                return sheet
        taken = {sheet.name.lower() for sheet in self.sheets}
        self.sheets.append(Sheet(key, label, unused_name(label, taken)))
        return self.sheets[-1]


def unused_name(label, taken):
    """A name that Excel takes for a sheet and that no other sheet has.

    :param taken: names in lower case: Excel tells no capitals apart.
    """
    name = wanted = sheet_name(label)
    number = 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        mark = f" ({number})"
        name = wanted[: NAME_LENGTH - len(mark)] + mark
    return name
