"""Excel files, written with flat memory: what all of them have in common."""

import tempfile

import xlsxwriter
from werkzeug.wsgi import FileWrapper

from odoo.http import content_disposition, request

HEAD_STYLE = {"bold": True, "bottom": 1, "bg_color": "#DCE9EF"}
# What a sheet of Excel holds, its head included; and one of its cells.
SHEET_ROWS = 1048576
CELL_LENGTH = 32767
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FlatWorkbook:
    """An Excel file in the making, of which a row at a time is in memory.

    Rows are written in order, from the top. Text is always written as text: a name
    that starts with ``=`` is no formula.
    """

    def __init__(self):
        self.file = tempfile.TemporaryFile(suffix=".xlsx")
        self.book = xlsxwriter.Workbook(
            self.file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "remove_timezone": True,
            },
        )
        self._styles = {}

    def style(self, **properties):
        """The format with these properties of ``xlsxwriter``, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.book.add_format(properties)
        return self._styles[key]

    def add_sheet(self, title):
        return self.book.add_worksheet(sheet_name(title))

    def finish(self):
        """Write the file and return it, opened at its beginning."""
        self.book.close()
        self.file.seek(0)
        return self.file


def xlsx_answer(file, name):
    """The HTTP answer that downloads a finished file."""
    return request.make_response(
        FileWrapper(file),
        headers=[
            ("Content-Type", CONTENT_TYPE),
            ("Content-Disposition", content_disposition(name)),
        ],
    )


def cell_text(text):
    """Text that a cell can hold: control characters are told by their number."""
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text or "")
    return shown[:CELL_LENGTH]


def text_width(text):
    """Columns of a text; a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


def sheet_name(title):
    """Excel refuses some characters and more than 31 of them."""
    cleaned = "".join(" " if c in "[]:*?/\\" else c for c in title).strip("' ")
    return cleaned[:31] or "Sheet1"
