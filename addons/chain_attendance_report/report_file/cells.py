"""Cells of rows as the XML of a sheet, and as texts of a CSV file.

xlsxwriter writes a cell in some 8 microseconds, and only while its workbook is open.
Rows of a report are many, and are written by a job that may stop between two parts;
so they are put into XML here, a column at a time, and xlsxwriter makes the workbook
around them (see ``workbook``).

A column's cells are a list with one entry a row: what follows the cell's name in the
XML, or nothing for an empty cell.
"""

import re
from datetime import date, datetime

from odoo.addons.chain_attendance_base.xlsx import CELL_LENGTH

from .columns import DATE, DATETIME, leave_format, minutes_format

EPOCH = date(1899, 12, 30)
EPOCH_TIME = datetime(1899, 12, 30)
DAY_SECONDS = 86400
# Excel's own way to write what XML cannot hold, and texts that look like that way.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# So many different texts of a column are remembered.
REMEMBERED = 20000


class CellWriter:
    """Cells of the columns of one workbook.

    :param looks: the :class:`~.looks.Looks` of the workbook.
    """

    def __init__(self, columns, looks):
        self.columns = columns
        self.looks = looks
        self._known = [{} for _column in columns]

    def column(self, index, values, is_open):
        """The cells of a column.

        :param values: its values, of leave ``(minutes, days, hour minutes)``; ``None``
            leaves a cell empty, of what is no number ``False`` too.
        :param is_open: whether each row is in progress; ``None`` if no row can be.
        """
        column, known = self.columns[index], self._known[index]
        if len(known) > REMEMBERED:
            known.clear()
        make = getattr(self, f"_{column.kind}")
        cells = []
        for value in values:
            cell = known.get(value)
            if cell is None:
                cell = known[value] = make(value, column)
            cells.append(cell)
        return column.without_open(cells, values, is_open)

    def _minutes(self, minutes, column):
        if minutes is None or (not minutes and column.blanks_zero):
            return ""
        return self.hours(minutes, minutes_format(minutes))

    def _leave(self, value, column):
        if value is None:
            return ""
        minutes, days, _hour_minutes = value
        if column.blanks_zero and not minutes and not days:
            return ""
        return self.hours(minutes or 0, leave_format(*value))

    def hours(self, minutes, look):
        return _number(minutes / 60, self.looks.number(look))

    def _number(self, number, column):
        if number is None or (not number and column.blanks_zero):
            return ""
        return _number(number, 0)

    def _row_number(self, number, _column):
        return _number(number, 0)

    def _date(self, day, _column):
        return _number((day - EPOCH).days, self.looks.number(DATE)) if day else ""

    def _datetime(self, at, _column):
        if not at:
            return ""
        days = (at - EPOCH_TIME).total_seconds() / DAY_SECONDS
        return _number(days, self.looks.number(DATETIME))

    def _text(self, text, _column):
        if text is None or text is False or text == "":
            return ""
        shown = escaped(str(text)[:CELL_LENGTH])
        space = ' xml:space="preserve"' if shown != shown.strip() else ""
        return f'" t="inlineStr"><is><t{space}>{shown}</t></is></c>'


def escaped(text):
    """Text as XML holds it."""
    text = LIKE_ESCAPED.sub("_x005F_", text)
    text = UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _number(number, look):
    style = f' s="{look}"' if look else ""
    return f'"{style}><v>{number:.16g}</v></c>'


def rows_xml(letters, cells, first, open_letter="", is_open=()):
    """The rows of a sheet.

    :param letters: the names of the columns, ``A`` and so on.
    :param cells: a list of cells for each column.
    :param first: the number of the first row.
    :param open_letter: the column in which rows in progress are marked with a 1.
    """
    starts = [f'<c r="{letter}' for letter in letters]
    mark = ""
    rows = []
    for offset, row in enumerate(zip(*cells, strict=True)):
        number = str(first + offset)
        if is_open:
            mark = (
                f'<c r="{open_letter}{number}"><v>1</v></c>' if is_open[offset] else ""
            )
        body = "".join(
            [start + number + c for start, c in zip(starts, row, strict=True) if c]
        )
        rows.append(f'<row r="{number}">{body}{mark}</row>')
    return "".join(rows)
