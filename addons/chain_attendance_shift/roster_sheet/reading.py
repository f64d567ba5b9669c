"""Reading a sheet that somebody edited in Excel, LibreOffice or WPS.

Nothing is expected at a fixed place: the head is the row in which the employee number
and dates stand, whatever was moved, added or left out.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from itertools import islice

import openpyxl

from .words import as_text, key, shown

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024
MAX_PARTS = 500
MOST_MERGED = 1000
MAX_PEOPLE = 2000
MAX_DATES = 62
MAX_SPAN = timedelta(days=366)
HEAD_WITHIN = 30
# Blank rows and foreign columns in between do no harm.
READ_ROWS = 20000
READ_COLUMNS = 200
VERSION = 1
MARK = "chain_attendance.roster"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
SERIAL_START = date(1899, 12, 30)

NUMBER_WORDS = ("Employee Number", "Number", "No.", "员工工号", "工号")
NAME_WORDS = ("Name", "Employee", "Employee Name", "姓名", "员工", "员工姓名")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
FULL_DATE = re.compile(r"(\d{4})[-/.年 ](\d{1,2})[-/.月 ](\d{1,2})日?(?!\d)")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})$")
MONTH_AND_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?(?!\d)")
DAY_AND_NAME = re.compile(r"(?:[a-z]+ )?(\d{1,2}) ([a-z]{3})")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+\d+(?::[A-Z]+\d+)?)\"")


class SheetRefused(Exception):
    """Nothing of the file can be read; ``code`` says why, ``values`` the figures."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one cell, or worth a word; ``hint`` is a near right value.

    ``row`` and ``column`` count from 1, as Excel does.
    """

    code: str
    row: int
    column: int
    number: str = ""
    name: str = ""
    day: date | None = None
    typed: str = ""
    hint: str = ""


@dataclass
class Sheet:
    """What stands in the file.

    :ivar rows: ``{row: [value, ...]}`` of all rows that are not blank.
    :ivar days: ``{column: date}``.
    :ivar people: ``{row: (number, name)}``.
    :ivar troubles: what can be told without knowing the roster.
    :ivar notes: what was passed over.
    :ivar made_at: when the file was made, if it still says so; UTC, naive.
    """

    rows: dict
    head: int
    number_column: int
    name_column: int | None = None
    days: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    troubles: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    made_at: datetime | None = None

    def value(self, row, column):
        values = self.rows.get(row, ())
        return values[column - 1] if 0 < column <= len(values) else None


def read_sheet(content):
    """The :class:`Sheet` of a file's bytes.

    :raise SheetRefused: with a code of what is the matter with the file.
    """
    try:
        _check_file(content)
        sheet, merged, dry = _find_sheet(content)
        _read_people(sheet)
        _note_columns(sheet)
        _note_blind_cells(sheet, merged, dry)
    except SheetRefused:
        raise
    except Exception as error:  # a broken file makes the reader trip over anything
        raise SheetRefused("broken") from error
    return sheet


def _check_file(content):
    if len(content) > MAX_BYTES:
        raise SheetRefused("too_large", limit=MAX_BYTES // 1024 // 1024)
    if content.startswith(OLD_EXCEL):
        raise SheetRefused("old_excel")
    if not content.startswith(ZIP):
        raise SheetRefused("not_excel")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        # What is read of a part is never more than it says here.
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
            raise SheetRefused("unpacks_too_large", limit=MAX_UNPACKED >> 20)
        if "xl/workbook.xml" not in archive.namelist():
            raise SheetRefused("not_excel")
        for part in parts:
            with archive.open(part) as stream:
                # Excel writes none; it could make a little text a very long one.
                if b"<!DOCTYPE" in stream.read(2000):
                    raise SheetRefused("broken")


def _find_sheet(content):
    """The first sheet with a head: ``(Sheet, merged ranges, dry formulas)``."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    refused = SheetRefused("no_head")
    for worksheet in book.worksheets:
        worksheet.reset_dimensions()
        rows, formulas = _read_rows(worksheet)
        try:
            sheet = _find_head(rows)
        except SheetRefused as why:
            refused = refused if why.code == "no_head" else why
            continue
        dry = _take_results(content, worksheet.title, sheet, formulas)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            path = worksheet._worksheet_path.lstrip("/")
            found = MERGED.finditer(archive.read(path))
            merged = [each[1].decode() for each in islice(found, MOST_MERGED)]
        return sheet, merged, dry
    raise refused


def _read_rows(worksheet):
    """``({row: values}, {(row, column)})``: what is not blank, and the formulas."""
    rows, formulas = {}, set()
    cells = worksheet.iter_rows(max_row=READ_ROWS, max_col=READ_COLUMNS)
    for number, row in enumerate(cells, 1):
        values = [cell.value for cell in row]
        formulas |= {
            (number, column)
            for column, cell in enumerate(row, 1)
            if cell.data_type == "f"
        }
        while values and as_text(values[-1]) == "":
            values.pop()
        if values:
            rows[number] = values
        if len(rows) > MAX_PEOPLE + HEAD_WITHIN:
            raise SheetRefused("too_many_people", limit=MAX_PEOPLE)
    return rows, formulas


def _take_results(content, title, sheet, formulas):
    """Put what formulas come to in their place; return those that come to nothing."""
    if not formulas:
        return set()
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    worksheet = book[title]
    worksheet.reset_dimensions()
    dry = set(formulas)
    cells = worksheet.iter_rows(
        max_row=READ_ROWS, max_col=READ_COLUMNS, values_only=True
    )
    for number, values in enumerate(cells, 1):
        for column, value in enumerate(values, 1):
            if (number, column) in formulas:
                sheet.rows[number][column - 1] = value
                if value is not None:
                    dry.discard((number, column))
    return dry


def _find_head(rows):
    mark, period = None, ()
    for row in sorted(rows)[:HEAD_WITHIN]:
        values = rows[row]
        if as_text(values[0]) == MARK:
            mark = values
            period = _period(values)
            continue
        words = [key(value) for value in values]
        number = _column_of(words, NUMBER_WORDS)
        if number is None:
            continue
        sheet = Sheet(rows, row, number, _column_of(words, NAME_WORDS))
        _read_days(sheet, values, period)
        if mark:
            _read_mark(sheet, mark)
        return sheet
    raise SheetRefused("no_head")


def _column_of(words, wanted):
    wanted = {key(word) for word in wanted}
    return next((n for n, word in enumerate(words, 1) if word in wanted), None)


def _read_mark(sheet, mark):
    version, made_at = (*mark[1:3], None, None)[:2]
    if isinstance(version, int | float) and version > VERSION:
        raise SheetRefused("newer")
    try:
        made_at = datetime.fromisoformat(str(made_at))
    except ValueError:
        return
    if made_at.tzinfo:
        made_at = made_at.astimezone(timezone.utc).replace(tzinfo=None)
    sheet.made_at = made_at


def _period(mark):
    """The dates the file was made for, by which a date without its year is read."""
    try:
        first, last = (date.fromisoformat(str(text)) for text in mark[3:5])
    except ValueError:
        return ()
    count = min((last - first).days, MAX_DATES) + 1
    return [first + timedelta(days=number) for number in range(count)]


def _read_days(sheet, values, period):
    for column, value in enumerate(values, 1):
        day = read_day(value, period)
        if day is None:
            continue
        if day in sheet.days.values():
            sheet.troubles.append(_at_head(sheet, "double_date", column, day))
        sheet.days[column] = day
    if not sheet.days:
        raise SheetRefused("no_dates")
    if len(sheet.days) > MAX_DATES:
        raise SheetRefused("too_many_dates", limit=MAX_DATES, count=len(sheet.days))
    first, last = min(sheet.days.values()), max(sheet.days.values())
    if last - first > MAX_SPAN:
        raise SheetRefused("dates_apart", first=first, last=last)


def read_day(value, period=()):
    """The date of a column's head, or ``None``.

    :param period: dates among which one without a year is looked for.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, int | float) and not isinstance(value, bool):
        days = int(value) if abs(value) < 10**7 else 0
        value = SERIAL_START + timedelta(days=days)
    if not isinstance(value, date):
        value = _read_day_text(key(value), period)
    return value if value and EARLIEST <= value <= LATEST else None


def _read_day_text(text, period):
    found = FULL_DATE.match(text) or COMPACT_DATE.match(text)
    if found:
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None
    wanted = None
    if found := MONTH_AND_DAY.match(text):
        wanted = int(found[1]), int(found[2])
    elif (found := DAY_AND_NAME.match(text)) and found[2] in MONTHS:
        wanted = MONTHS.index(found[2]) + 1, int(found[1])
    return next((day for day in period if (day.month, day.day) == wanted), None)


def _at_head(sheet, code, column, day=None):
    typed = shown(sheet.value(sheet.head, column))
    return Trouble(code, sheet.head, column, day=day, typed=typed)


def _read_people(sheet):
    seen = {}
    for row in sorted(sheet.rows):
        if row <= sheet.head:
            continue
        number = shown(sheet.value(row, sheet.number_column))
        name = shown(sheet.value(row, sheet.name_column or 0))
        if not number:
            if any(as_text(value) for value in sheet.rows[row]):
                sheet.troubles.append(
                    Trouble("no_number", row, sheet.number_column, name=name)
                )
            continue
        if key(number) in seen:
            sheet.troubles.append(
                Trouble(
                    "double_person",
                    row,
                    sheet.number_column,
                    number,
                    name,
                    typed=number,
                    hint=str(seen[key(number)]),
                )
            )
        seen.setdefault(key(number), row)
        sheet.people[row] = number, name
    if len(sheet.people) > MAX_PEOPLE:
        raise SheetRefused("too_many_people", limit=MAX_PEOPLE)
    if not sheet.people and not sheet.troubles:
        raise SheetRefused("no_people")


def _note_columns(sheet):
    """Columns beside the dates: one that was meant to be a date is an error."""
    first = min(sheet.days)
    widest = max(len(values) for values in sheet.rows.values())
    for column in range(first, widest + 1):
        if column in sheet.days or column in (sheet.number_column, sheet.name_column):
            continue
        text = as_text(sheet.value(sheet.head, column))
        is_filled = any(as_text(sheet.value(row, column)) for row in sheet.people)
        if any(c.isdigit() for c in text):
            sheet.troubles.append(_at_head(sheet, "bad_date", column))
        elif is_filled and not text:
            sheet.troubles.append(_at_head(sheet, "no_date", column))
        elif is_filled:
            sheet.notes.append(_at_head(sheet, "not_read", column))


def _note_blind_cells(sheet, merged, dry):
    """Cells that look empty to us and are not to who looks at the sheet."""
    needed = {sheet.number_column, *sheet.days}
    for text in merged:
        left, top, right, bottom = openpyxl.utils.range_boundaries(text)
        covered = any(left <= column <= right for column in needed)
        if bottom >= sheet.head and covered:
            sheet.troubles.append(Trouble("merged", top, left, typed=text))
    for row, column in sorted(dry):
        if column in needed and row >= sheet.head:
            number, name = sheet.people.get(row, ("", ""))
            day = sheet.days.get(column)
            sheet.troubles.append(Trouble("formula", row, column, number, name, day))
