"""What became of each line of a USB file, as an Excel file with flat memory."""

import tempfile

import xlsxwriter

# What a sheet of Excel holds, less its head; and one of its cells.
MAX_ROWS = 1048575
CELL_LENGTH = 32767


def write_result(labels, rows):
    """The file, opened at its beginning.

    Text is always written as text: a line that starts with ``=`` is no formula.

    :param labels: the head, one a column; the first column holds numbers.
    :param rows: an iterable of values, the first one a number.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DCE9EF"})
    for column, label in enumerate(labels):
        sheet.set_column(column, column, 60 if column == len(labels) - 1 else 20)
        sheet.write_string(0, column, label, head)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, (number, *texts) in enumerate(rows, 1):
        if last > MAX_ROWS:
            break
        sheet.write_number(last, 0, number)
        for column, text in enumerate(texts, 1):
            sheet.write_string(last, column, _cell(text))
    if last:
        sheet.autofilter(0, 0, min(last, MAX_ROWS), len(labels) - 1)
    book.close()
    file.seek(0)
    return file


def _cell(text):
    """Text that a cell can hold: control characters are told by their number."""
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text or "")
    return shown[:CELL_LENGTH]
