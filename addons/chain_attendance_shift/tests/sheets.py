"""Files of Excel for tests."""

import io
from datetime import date

import openpyxl

HEAD = ["Employee Number", "Name"]


def workbook(rows, change=None):
    """The bytes of a file with these rows.

    :param change: called with the sheet, for what values cannot tell.
    """
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def november(*numbers):
    return [date(2026, 11, number) for number in numbers]
