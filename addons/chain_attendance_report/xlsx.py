"""Excel files of report rows, written with flat memory."""

import tempfile

import xlsxwriter

MINUTES_PER_HOUR = 60
SHOWN_AS_MINUTES_BELOW = 30
# Columns in which a zero is left blank, as the manual prints them.
BLANK_ZERO = ("late_minutes", "early_minutes", "absent_minutes")
CHARACTERS = {"minutes": 9, "date": 12, "datetime": 18, "text": 16, "integer": 8}
HEAD_ROWS = 1


class ReportWorkbook:
    """One sheet of rows with a frozen head.

    Durations are numbers of hours, so that they can be summed and filtered; the
    number format gives them the manual's look (``8.47h``, ``18m``). Text is always
    written as text: a name that starts with ``=`` is no formula.

    :param columns: ``(name, label, kind)``; kind is one of minutes, date, datetime,
        integer, text.
    """

    def __init__(self, title, columns):
        self.columns = columns
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
        self.sheet = self.book.add_worksheet(_sheet_name(title))
        self.formats = {}
        self.row = HEAD_ROWS
        self._write_head()

    def _write_head(self):
        head = self.book.add_format({"bold": True, "bottom": 1, "bg_color": "#DCE9EF"})
        for index, (_name, label, kind) in enumerate(self.columns):
            width = max(CHARACTERS[kind], _width(label) + 2)
            self.sheet.set_column(index, index, width)
            self.sheet.write_string(0, index, label, head)
        self.sheet.freeze_panes(HEAD_ROWS, 0)

    def _format(self, number_format):
        if number_format not in self.formats:
            self.formats[number_format] = self.book.add_format(
                {"num_format": number_format}
            )
        return self.formats[number_format]

    def add_row(self, values):
        """Append one row; ``None`` and ``False`` leave a cell empty."""
        for index, ((name, _label, kind), value) in enumerate(
            zip(self.columns, values, strict=True)
        ):
            if value is None or value is False:
                continue
            getattr(self, f"_write_{kind}")(index, value, name)
        self.row += 1

    def _write_minutes(self, index, minutes, name):
        if minutes or name not in BLANK_ZERO:
            look = self._format(minutes_format(minutes))
            hours = minutes / MINUTES_PER_HOUR
            self.sheet.write_number(self.row, index, hours, look)

    def _write_date(self, index, day, _name):
        self.sheet.write_datetime(self.row, index, day, self._format("yyyy-mm-dd"))

    def _write_datetime(self, index, instant, _name):
        look = self._format("yyyy-mm-dd hh:mm")
        self.sheet.write_datetime(self.row, index, instant, look)

    def _write_integer(self, index, number, _name):
        self.sheet.write_number(self.row, index, number)

    def _write_text(self, index, text, _name):
        self.sheet.write_string(self.row, index, str(text))

    def close(self):
        """Finish the file and return it, opened at its beginning."""
        last = len(self.columns) - 1
        if self.row > HEAD_ROWS:
            self.sheet.autofilter(0, 0, self.row - 1, last)
        self.book.close()
        self.file.seek(0)
        return self.file


def minutes_format(minutes):
    """The number format that shows a number of hours as the manual prints it."""
    if 0 < abs(minutes) < SHOWN_AS_MINUTES_BELOW:
        return f'"{minutes}m"'
    hundredths = round(minutes * 100 / MINUTES_PER_HOUR)
    if hundredths % 100 == 0:
        return '0"h"'
    return '0.0"h"' if hundredths % 10 == 0 else '0.00"h"'


def _width(label):
    """Columns of a label; a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E80 else 1 for character in label)


def _sheet_name(title):
    """Excel refuses some characters and more than 31 of them."""
    cleaned = "".join(" " if c in "[]:*?/\\" else c for c in title).strip("' ")
    return cleaned[:31] or "Sheet1"
