"""Excel files of report rows, written with flat memory."""

from odoo.addons.chain_attendance_base.xlsx import (
    HEAD_STYLE,
    FlatWorkbook,
    text_width,
)

MINUTES_PER_HOUR = 60
SHOWN_AS_MINUTES_BELOW = 30
# Columns in which a zero is left blank, as the manual prints them.
BLANK_ZERO = ("late_minutes", "early_minutes", "absent_minutes")
CHARACTERS = {"minutes": 9, "date": 12, "datetime": 18, "text": 16, "integer": 8}
HEAD_ROWS = 1


class ReportWorkbook(FlatWorkbook):
    """One sheet of rows with a frozen head.

    Durations are numbers of hours, so that they can be summed and filtered; the
    number format gives them the manual's look (``8.47h``, ``18m``).

    :param columns: ``(name, label, kind)``; kind is one of minutes, date, datetime,
        integer, text.
    """

    def __init__(self, title, columns):
        super().__init__()
        self.columns = columns
        self.sheet = self.add_sheet(title)
        self.row = HEAD_ROWS
        self._write_head()

    def _write_head(self):
        head = self.style(**HEAD_STYLE)
        for index, (_name, label, kind) in enumerate(self.columns):
            width = max(CHARACTERS[kind], text_width(label) + 2)
            self.sheet.set_column(index, index, width)
            self.sheet.write_string(0, index, label, head)
        self.sheet.freeze_panes(HEAD_ROWS, 0)

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
            look = self.style(num_format=minutes_format(minutes))
            hours = minutes / MINUTES_PER_HOUR
            self.sheet.write_number(self.row, index, hours, look)

    def _write_date(self, index, day, _name):
        look = self.style(num_format="yyyy-mm-dd")
        self.sheet.write_datetime(self.row, index, day, look)

    def _write_datetime(self, index, instant, _name):
        look = self.style(num_format="yyyy-mm-dd hh:mm")
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
        return self.finish()


def minutes_format(minutes):
    """The number format that shows a number of hours as the manual prints it."""
    if 0 < abs(minutes) < SHOWN_AS_MINUTES_BELOW:
        return f'"{minutes}m"'
    hundredths = round(minutes * 100 / MINUTES_PER_HOUR)
    if hundredths % 100 == 0:
        return '0"h"'
    return '0.0"h"' if hundredths % 10 == 0 else '0.00"h"'
