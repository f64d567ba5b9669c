"""What became of each line of a USB file, as an Excel file with flat memory."""

from odoo.addons.chain_attendance_base.xlsx import (
    HEAD_STYLE,
    SHEET_ROWS,
    FlatWorkbook,
    cell_text,
)

MAX_ROWS = SHEET_ROWS - 1


def write_result(labels, rows):
    """The file, opened at its beginning.

    :param labels: the head, one a column; the first column holds numbers.
    :param rows: an iterable of values, the first one a number.
    """
    book = FlatWorkbook()
    sheet = book.add_sheet("")
    head = book.style(**HEAD_STYLE)
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
            sheet.write_string(last, column, cell_text(text))
    if last:
        sheet.autofilter(0, 0, min(last, MAX_ROWS), len(labels) - 1)
    return book.finish()
