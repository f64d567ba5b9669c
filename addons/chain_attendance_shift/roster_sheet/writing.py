"""Writing a roster as a file of Excel, and a wrong one back with its errors marked."""

from collections import namedtuple

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from odoo.addons.chain_attendance_base.xlsx import (
    CELL_LENGTH,
    HEAD_STYLE,
    FlatWorkbook,
    cell_text,
    sheet_name,
    text_width,
)

from .reading import MARK, VERSION
from .words import as_text

# Of the shifts, by their colour in Odoo, as pale as in the roster grid.
COLORS = (
    "#E3E3E3", "#FAC0C0", "#F4DAC2", "#F8EBBB", "#CDDFF5", "#E2D0DD",
    "#F4DBD1", "#C6E5E3", "#C1C9F6", "#FAC1DC", "#D0EDD4", "#E0D5F8",
)  # fmt: skip
TINTS = {
    "weekend": {"bg_color": "#F3F4F6"},
    "public_holiday": {"bg_color": "#FDE4E1"},
    "moved_rest_day": {"bg_color": "#FDE4E1"},
    "make_up_workday": {"bg_color": "#E3F1FD"},
    "not_employed": {"bg_color": "#D5D8DC"},
    "locked": {"bg_color": "#D5D8DC", "font_color": "#5F6368"},
}
WRONG = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
TEXT = {"num_format": "@", "align": "center"}
DAY_FORMATS = {"zh": '[$-804]m"月"d"日" aaa', "en": "[$-409]ddd d mmm"}
DAY_FORMAT = "ddd d mmm"
MARK_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2
PERSON_WIDTHS = (12, 14, 20, 18)
DAY_WIDTH = 11
# Excel gets slow with more of them; every wrong cell is coloured all the same.
MOST_COMMENTS = 2000

Line = namedtuple("Line", "label name hours color")


class RosterFile(FlatWorkbook):
    """What both files have: the sheet itself, and sheets that explain it.

    :param texts: in the reader's language: ``title``, ``number``, ``name``, ``store``,
        ``department``, ``shifts``, ``code``, ``shift``, ``hours``, ``help``,
        ``help_lines``, ``choose`` (told when something else is typed), ``language``.
    :param lines: :class:`Line` of each shift and of rest, which can be typed.
    """

    def __init__(self, texts, lines):
        super().__init__()
        self.texts, self.lines = texts, lines
        self.sheet = self.add_sheet(texts["title"])
        language = texts["language"][:2]
        self.day_format = DAY_FORMATS.get(language, DAY_FORMAT)

    @property
    def _labels_range(self):
        name = quote_sheetname(sheet_name(self.texts["shifts"]))
        return f"{name}!$A$2:$A${len(self.lines) + 1}"

    def _write_mark(self, made_at, days):
        self.sheet.set_row(MARK_ROW, None, None, {"hidden": True})
        self.sheet.write_string(MARK_ROW, 0, MARK)
        self.sheet.write_number(MARK_ROW, 1, VERSION)
        for column, when in enumerate((made_at, min(days), max(days)), 2):
            self.sheet.write_string(MARK_ROW, column, when.isoformat())

    def _write_day(self, row, column, day, tint=None):
        look = HEAD_STYLE | TINTS.get(tint, {}) | {"num_format": self.day_format}
        style = self.style(**look, align="center")
        self.sheet.write_datetime(row, column, day, style)

    def _offer(self, top, left, bottom, right):
        """Let Excel offer what can be typed in these cells."""
        self.sheet.data_validation(
            top,
            left,
            bottom,
            right,
            {
                "validate": "list",
                "source": f"={self._labels_range}",
                "error_title": self.texts["title"],
                "error_message": self.texts["choose"],
            },
        )

    def _add_explanations(self):
        head = self.style(**HEAD_STYLE)
        sheet = self.add_sheet(self.texts["shifts"])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 2, 24)
        for column, name in enumerate(("code", "shift", "hours")):
            sheet.write_string(0, column, self.texts[name], head)
        for row, line in enumerate(self.lines, 1):
            look = {"num_format": "@"}
            if line.color is not None:
                look["bg_color"] = COLORS[line.color]
            sheet.write_string(row, 0, line.label, self.style(**look))
            sheet.write_string(row, 1, line.name)
            if line.hours:
                sheet.write_string(row, 2, line.hours)
        sheet = self.add_sheet(self.texts["help"])
        sheet.set_column(0, 0, 100)
        wrapped = self.style(text_wrap=True, valign="top")
        for row, text in enumerate(self.texts["help_lines"]):
            sheet.write_string(row, 0, text, wrapped)


class RosterBook(RosterFile):
    """The roster of people who are added one by one.

    :param days: the dates, in order.
    :param made_at: a naive instant in UTC, to tell what is changed later.
    :param names: ``{date: (kind, name)}`` of the dates that a holiday calendar holds.
    :param lock: the last locked date, if everybody has the same one.
    """

    def __init__(self, texts, lines, days, made_at, names=None, lock=None):
        super().__init__(texts, lines)
        self.days, self.lock, self.row = days, lock, FIRST_ROW
        self._write_mark(made_at, days)
        self._write_head(names or {})

    def _write_head(self, names):
        head = self.style(**HEAD_STYLE)
        labels = [self.texts[n] for n in ("number", "name", "store", "department")]
        for column, (label, width) in enumerate(
            zip(labels, PERSON_WIDTHS, strict=True)
        ):
            self.sheet.set_column(column, column, max(width, text_width(label) + 2))
            self.sheet.write_string(HEAD_ROW, column, label, head)
        self.first_column = len(labels)
        for column, day in enumerate(self.days, self.first_column):
            kind, name = names.get(day, (self.weekend(day), None))
            self._write_day(HEAD_ROW, column, day, kind)
            if name:
                self.sheet.write_comment(HEAD_ROW, column, name)
        self.last_column = self.first_column + len(self.days) - 1
        plain = self.style(**TEXT)
        self.sheet.set_column(self.first_column, self.last_column, DAY_WIDTH, plain)
        self.sheet.freeze_panes(FIRST_ROW, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(HEAD_ROW)

    @staticmethod
    def weekend(day):
        return "weekend" if day.isoweekday() > 5 else None

    def add_person(self, person, cells):
        """Append a row.

        :param person: number, name, store and department.
        :param cells: ``(text, tint)`` of each date; the tint is a key of ``TINTS``, or
            ``None``.
        """
        number = self.style(num_format="@")
        for column, text in enumerate(person):
            if text:
                look = number if column == 0 else None
                self.sheet.write_string(self.row, column, text, look)
        for column, (text, tint) in enumerate(cells, self.first_column):
            style = self.style(**TEXT | TINTS.get(tint, {}))
            if text:
                self.sheet.write_string(self.row, column, text, style)
            else:
                self.sheet.write_blank(self.row, column, None, style)
        self.row += 1

    def finish(self):
        if self.row > FIRST_ROW:
            area = FIRST_ROW, self.first_column, self.row - 1, self.last_column
            self.sheet.autofilter(HEAD_ROW, 0, self.row - 1, self.first_column - 1)
            self._offer(*area)
            self._color(*area)
        self._add_explanations()
        return super().finish()

    def _color(self, *area):
        """Colours that follow what is typed; what nobody would find turns red."""
        first = xl_rowcol_to_cell(*area[:2])
        rules = []
        if self.lock:
            head = xl_rowcol_to_cell(HEAD_ROW, self.first_column, row_abs=True)
            lock = self.lock
            formula = f"={head}<=DATE({lock.year},{lock.month},{lock.day})"
            rules.append(("formula", formula, TINTS["locked"]))
        for line in self.lines:
            look = {"font_color": "#80868B"}
            if line.color is not None:
                look = {"bg_color": COLORS[line.color]}
            text = line.label.replace('"', '""')
            rules.append(("cell", f'="{text}"', look))
        unknown = f"=AND(LEN({first})>0,COUNTIF({self._labels_range},{first})=0)"
        rules.append(("formula", unknown, WRONG))
        for kind, test, look in rules:
            rule = {"type": kind, "format": self.style(**look), "stop_if_true": True}
            if kind == "cell":
                rule |= {"criteria": "==", "value": test}
            else:
                rule["criteria"] = test
            self.sheet.conditional_format(*area, rule)


class CorrectedBook(RosterFile):
    """A sheet as it was read, its cells where they were, the wrong ones marked.

    :param sheet: what was read.
    :param told: ``[(trouble, sentence), ...]``.
    """

    def __init__(self, texts, lines, sheet, told):
        super().__init__(texts, lines)
        self.read, self.told = sheet, told
        self.marked = {}
        for trouble, text in told:
            self.marked.setdefault((trouble.row, trouble.column), []).append(text)
        self.comments = 0

    def finish(self):
        self._write_sheet()
        self._list_errors()
        self._add_explanations()
        return super().finish()

    def _write_sheet(self):
        rows, read = set(self.read.rows), self.read
        for row in sorted(rows | {row for row, _column in self.marked}):
            values = read.rows.get(row, [])
            if values and as_text(values[0]) == MARK:
                self.sheet.set_row(row - 1, None, None, {"hidden": True})
            last = max([len(values), *(c for r, c in self.marked if r == row)])
            for column in range(1, last + 1):
                self._write_value(row, column, read.value(row, column))
                self._comment(row, column)
        left, right = min(read.days) - 1, max(read.days) - 1
        self.sheet.set_column(0, left - 1, 14)
        self.sheet.set_column(left, right, DAY_WIDTH, self.style(**TEXT))
        self.sheet.freeze_panes(read.head, min(left, 2))
        self._offer(read.head, left, max(rows) - 1, right)

    def _write_value(self, row, column, value):
        read = self.read
        is_wrong = (row, column) in self.marked
        day = read.days.get(column) if row == read.head else None
        if day and not is_wrong:
            self._write_day(row - 1, column - 1, day)
            return
        look = HEAD_STYLE if row == read.head else {}
        if row > read.head and column in read.days:
            look = TEXT
        look = look | (WRONG if is_wrong else {})
        style = self.style(**look) if look else None
        if value is None:
            self.sheet.write_blank(row - 1, column - 1, None, style)
        elif (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and column not in read.days
            and column != read.number_column
        ):
            self.sheet.write_number(row - 1, column - 1, value, style)
        else:
            self.sheet.write_string(row - 1, column - 1, as_text(value), style)

    def _comment(self, row, column):
        if (row, column) in self.marked and self.comments < MOST_COMMENTS:
            text = "\n".join(self.marked[row, column])[:CELL_LENGTH]
            self.sheet.write_comment(row - 1, column - 1, text, {"width": 260})
            self.comments += 1

    def _list_errors(self):
        texts = self.texts
        sheet = self.add_sheet(texts["errors"])
        head = self.style(**HEAD_STYLE)
        columns = ("cell", "number", "name", "date", "typed", "error")
        for column, name in enumerate(columns):
            sheet.write_string(0, column, texts[name], head)
        sheet.set_column(0, 4, 14)
        sheet.set_column(5, 5, 90)
        sheet.freeze_panes(1, 0)
        link = self.style(font_color="#0563C1", underline=1)
        there = quote_sheetname(sheet_name(texts["title"]))
        for row, (trouble, text) in enumerate(self.told, 1):
            address = address_of(trouble)
            # Links are many and dear; Excel takes some tens of thousands of them.
            if row <= MOST_COMMENTS:
                url = f"internal:{there}!{address}"
                sheet.write_url(row, 0, url, link, address)
            else:
                sheet.write_string(row, 0, address)
            sheet.write_string(row, 1, trouble.number)
            sheet.write_string(row, 2, trouble.name)
            if trouble.day:
                style = self.style(num_format=self.day_format, align="left")
                sheet.write_datetime(row, 3, trouble.day, style)
            sheet.write_string(row, 4, cell_text(trouble.typed))
            sheet.write_string(row, 5, text)


def address_of(trouble):
    """``C7``, as Excel calls the cell."""
    return xl_rowcol_to_cell(trouble.row - 1, trouble.column - 1)
