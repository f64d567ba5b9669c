"""CSV files: one head line, numbers without units, in the reader's order."""

import csv
import io

from .columns import plain_hours

# Excel takes UTF-8 for what it is only behind this mark.
BOM = b"\xef\xbb\xbf"
# A text that begins so would be worked out as a formula; Chinese Excel takes the wide
# signs for it as well.
HOSTILE = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text):
    """Text that a spreadsheet takes for text."""
    return f"'{text}" if text.startswith(HOSTILE) else text


def head(columns):
    return BOM + lines([[harmless(column.label) for column in columns]])


def lines(rows):
    """Rows of texts as the bytes of lines."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    # Half a character, as a keypad may send it, is nothing that can be written.
    return text.getvalue().encode("utf-8", "replace")


def texts(column, values, is_open):
    """A column's values as texts."""
    make = _MAKERS.get(column.kind, str)
    known = {}
    found = []
    for value in values:
        text = known.get(value)
        if text is None:
            text = known[value] = _text(column, value, make)
        found.append(text)
    return column.without_open(found, values, is_open)


def _text(column, value, make):
    if value is None:
        return ""
    if column.kind == "leave":
        value = value[0]
    if column.kind in _NUMBERS:
        return "" if not value and column.blanks_zero else make(value or 0)
    return make(value) if value is not False else ""


_NUMBERS = ("minutes", "leave", "number")
_MAKERS = {
    "minutes": plain_hours,
    "leave": plain_hours,
    "number": lambda number: f"{number:.16g}",
    "row_number": str,
    "date": lambda day: day.isoformat(),
    "datetime": lambda at: at.strftime("%Y-%m-%d %H:%M"),
    "text": lambda text: harmless(str(text)),
}
