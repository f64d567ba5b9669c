"""An Excel file of a report as a person sees it: texts, not numbers."""

from datetime import datetime
from typing import NamedTuple

import openpyxl


class ExcelTable(NamedTuple):
    """What stands in the sheet: all texts as they look, and how sums are made."""

    top: str
    head: list
    rows: list
    sums: list
    formulas: list


def read_table(path, total):
    """The first sheet of a file.

    :param total: what the first cell of the row of sums says.
    """
    lines = list(openpyxl.load_workbook(path, data_only=True).active.iter_rows())
    made = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    # A free line parts the top from the table.
    free = next(n for n, line in enumerate(lines) if n and line[0].value is None)
    head = [cell.value for cell in lines[free + 1]]
    rows = [[shown(cell) for cell in line] for line in lines[free + 2 :]]
    sums = rows.pop()
    assert sums[0] == total
    top = "\n".join(str(line[0].value) for line in lines[:free])
    return ExcelTable(top, head, rows, sums, list(made[-1]))


def shown(cell):
    """A cell's text, for the number formats that files of reports have."""
    value, look = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    if look.startswith('"'):
        return look.strip('"')
    if look.endswith('"h"'):
        decimals = look.removesuffix('"h"').partition(".")[2]
        return f"{value:.{len(decimals)}f}h"
    return str(value)
