"""Reading files of reports back, for tests."""

import io
from dataclasses import dataclass

import openpyxl


@dataclass
class Table:
    """A sheet of a file: the lines on top, the head, the rows, and the sums."""

    top: list
    head: list
    rows: list
    sums: list | None
    page: object

    def values(self):
        return [[cell.value for cell in row] for row in self.rows]


def read_sheets(content, total="Total", *, computed=True):
    """``{name: Table}`` of an Excel file.

    :param computed: formulas as what they were worked out to, else as they are.
    """
    content = content if hasattr(content, "read") else io.BytesIO(content)
    content.seek(0)
    book = openpyxl.load_workbook(content, data_only=computed)
    return {page.title: _table(page, total) for page in book.worksheets}


def _table(page, total):
    lines = list(page.iter_rows())
    # A free line parts the top from the head.
    place = next(
        n for n, line in enumerate(lines) if n and all(c.value is None for c in line)
    )
    top = [line[0].value for line in lines[:place]]
    head = [cell.value for cell in lines[place + 1]]
    rows = lines[place + 2 :]
    sums = rows.pop() if rows and rows[-1][0].value == total else None
    return Table(top, head, rows, sums, page)
