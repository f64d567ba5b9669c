"""What stands in a column of a file, and how it looks."""

from dataclasses import dataclass

MINUTES_PER_HOUR = 60
SHOWN_AS_MINUTES_BELOW = 30
DATE, DATETIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
# Characters that a column has at least.
WIDTHS = {
    "minutes": 9,
    "leave": 9,
    "date": 12,
    "datetime": 18,
    "text": 14,
    "number": 8,
    "row_number": 6,
}
WIDEST = 40
# What stands in this column of a list is not the field's number: see ``row_number``.
ROW_NUMBER = "id"


@dataclass(frozen=True)
class Column:
    """One column of a file.

    :ivar kind: ``minutes`` (a number of hours that looks as the screen's), ``leave``
        (the same, looking like ``1d 4h``), ``number``, ``date``, ``datetime``,
        ``text``, ``row_number`` (counted from 1 on each sheet, as a list counts in
        each of its groups).
    :ivar days: of leave: the column that says how many days were charged.
    :ivar hours: of leave: the column of the minutes that were asked for by hours.
    :ivar is_summed: the file ends with its sum.
    :ivar blanks_zero: a zero is left empty.
    :ivar blanks_open: left empty in rows that are in progress; leave that is taken is
        known before, and is shown.
    :ivar only_in: the kinds of rows in which it says anything; empty: in all.
    """

    name: str
    label: str
    kind: str
    days: str = ""
    hours: str = ""
    is_summed: bool = False
    blanks_zero: bool = False
    blanks_open: bool = False
    only_in: tuple = ()

    @property
    def sources(self):
        """The fields that are read for it."""
        if self.kind == "row_number":
            return []
        return [name for name in (self.name, self.days, self.hours) if name]

    @property
    def may_show_open(self):
        """Whether a row in progress may show what is no part of the sum."""
        return not self.blanks_open or self.kind == "leave"

    def without_open(self, cells, values, is_open):
        """Cells of these values, empty where a row in progress says nothing yet."""
        if not self.blanks_open or not is_open:
            return cells
        if self.kind == "leave":
            is_open = [
                hides and not any(value or ())
                for hides, value in zip(is_open, values, strict=True)
            ]
        return ["" if hides else c for c, hides in zip(cells, is_open, strict=True)]


def minutes_text(minutes):
    """Minutes as the product shows them: ``18m``, ``8.47h``."""
    if minutes and abs(minutes) < SHOWN_AS_MINUTES_BELOW:
        return f"{minutes}m"
    hundredths = _hundredths(minutes)
    whole, rest = divmod(abs(hundredths), 100)
    decimals = f".{rest:02}".rstrip("0") if rest else ""
    return f"{'-' if hundredths < 0 else ''}{whole}{decimals}h"


def minutes_format(minutes):
    """The number format that shows a number of hours as the manual prints it."""
    if 0 < abs(minutes) < SHOWN_AS_MINUTES_BELOW:
        return _literal(minutes_text(minutes), minutes)
    hundredths = _hundredths(minutes)
    if hundredths % 100 == 0:
        return '0"h"'
    return '0.0"h"' if hundredths % 10 == 0 else '0.00"h"'


def leave_text(minutes, days, hour_minutes):
    """Leave as the product shows it: ``1d``, ``4h`` or ``1d 4h``.

    :param hour_minutes: None where hours are not kept by themselves: then all that is
        not a day is hours.
    """
    if hour_minutes is None:
        hour_minutes = 0 if days else minutes
    parts = [f"{days}d"] if days else []
    if hour_minutes or not days:
        parts.append(minutes_text(hour_minutes))
    return " ".join(parts)


def leave_format(minutes, days, hour_minutes):
    """The number format for the hours of some leave."""
    if not days:
        return minutes_format(minutes)
    return _literal(leave_text(minutes, days, hour_minutes), minutes)


def plain_hours(minutes):
    """Hours without a unit, as exact as anybody adds them up."""
    return f"{minutes / MINUTES_PER_HOUR:.6f}".rstrip("0").rstrip(".")


def _hundredths(minutes):
    # A half goes up, as in the browser.
    return (minutes * 100 + 30) // MINUTES_PER_HOUR


def _literal(text, number):
    # With one section only, a minus sign would be put before the text.
    return f'"{text}"' if number >= 0 else f'"";"{text}"'
