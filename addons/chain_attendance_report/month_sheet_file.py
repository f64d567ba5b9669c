"""The month sheet as an Excel file: as it is on the screen, ready to be printed."""

from datetime import date

from odoo.addons.chain_attendance_base.xlsx import (
    HEAD_STYLE,
    FlatWorkbook,
    cell_text,
    text_width,
)

from .const import TONES
from .report_file.columns import MINUTES_PER_HOUR, minutes_format

PAPER_A4, PAPER_A3 = 9, 8
# What fits A4 across and can still be read.
A4_DAYS = 31
TITLE_ROW, ABOUT_ROW, HEAD_ROW, WEEKDAY_ROW, FIRST_ROW = range(5)
PERSON_WIDTHS = (9, 12, 16)
DAY_WIDTH, TOTAL_WIDTH = 4.3, 8
ROW_HEIGHT, HEAD_HEIGHT = 24, 30
MARGINS = {"left": 0.3, "right": 0.3, "top": 0.4, "bottom": 0.5}
BOX = {"border": 1, "border_color": "#9AA3AB", "valign": "vcenter"}
WEEKEND = "#D5DCE1"
# Columns of characters in a line of the legend.
MOST_LEGEND = 150


class MonthSheetFile(FlatWorkbook):
    """One sheet; people are added in their order.

    :param texts: in the reader's language: ``name`` (of the sheet), ``title``,
        ``about``, ``person`` (labels of number, name, department), ``leave_days`` and
        ``leave_hours`` (``%s`` is the column they split), ``signatures``, ``note``.
    :param days: as ``get_sheet`` gives them; ``columns`` likewise.
    """

    def __init__(self, texts, days, columns):
        super().__init__()
        self.texts, self.days = texts, days
        self.columns = list(self._split(columns))
        self.sheet = self.add_sheet(texts["name"])
        self.first_day = len(texts["person"])
        self.first_total = self.first_day + len(days)
        self.last = self.first_total + len(self.columns) - 1
        self.row = FIRST_ROW
        self._set_up_page()
        self._write_head()

    def _split(self, columns):
        """Days and hours of leave are numbers, so columns of their own."""
        for column in columns:
            if column["kind"] != "leave":
                yield column
                continue
            stem = column["name"].removesuffix("_minutes")
            days = self.texts["leave_days"] % column["label"]
            hours = self.texts["leave_hours"] % column["label"]
            yield {"name": f"{stem}_days", "label": days, "kind": "count"}
            yield {"name": f"{stem}_hours", "label": hours, "kind": "minutes"}

    def _set_up_page(self):
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(PAPER_A4 if len(self.days) <= A4_DAYS else PAPER_A3)
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW, WEEKDAY_ROW)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.freeze_panes(FIRST_ROW, 2)
        for column, width in enumerate(PERSON_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_column(self.first_day, self.first_total - 1, DAY_WIDTH)
        sheet.set_column(self.first_total, self.last, TOTAL_WIDTH)

    def _write_head(self):
        big = self.style(bold=True, font_size=16, align="center")
        self.sheet.merge_range(
            TITLE_ROW, 0, TITLE_ROW, self.last, cell_text(self.texts["title"]), big
        )
        self.sheet.write_string(ABOUT_ROW, 0, cell_text(self.texts["about"]))
        look = {**HEAD_STYLE, **BOX, "align": "center", "text_wrap": True}
        head = self.style(**look)
        self.sheet.set_row(HEAD_ROW, HEAD_HEIGHT)
        for column, label in enumerate(self.texts["person"]):
            self.sheet.write_string(HEAD_ROW, column, label, head)
        for column, day in enumerate(self.days, self.first_day):
            tint = {"bg_color": WEEKEND} if day["is_weekend"] else {}
            style = self.style(**look | tint, num_format="d")
            when = date.fromisoformat(day["date"])
            self.sheet.write_datetime(HEAD_ROW, column, when, style)
        for column, total in enumerate(self.columns, self.first_total):
            self.sheet.write_string(HEAD_ROW, column, total["label"], head)
        for column in range(self.last + 1):
            self.sheet.write_blank(WEEKDAY_ROW, column, None, head)
        for column, day in enumerate(self.days, self.first_day):
            tint = {"bg_color": WEEKEND} if day["is_weekend"] else {}
            style = self.style(**look | tint)
            self.sheet.write_string(WEEKDAY_ROW, column, day["weekday"], style)

    def add_person(self, person):
        """Append a row of ``get_sheet``'s ``people``."""
        self.sheet.set_row(self.row, ROW_HEIGHT)
        text = self.style(**BOX)
        for column, name in enumerate(("number", "name", "department")):
            self.sheet.write_string(self.row, column, cell_text(person[name]), text)
        for column, cell in enumerate(person["cells"], self.first_day):
            self._write_cell(column, cell)
        totals = person["totals"] | hours_of(person["totals"])
        for column, total in enumerate(self.columns, self.first_total):
            self._write_total(column, totals[total["name"]], total["kind"])
        self.row += 1

    def _write_cell(self, column, cell):
        look = {**BOX, "align": "center", "text_wrap": True, "font_size": 9}
        if not cell:
            self.sheet.write_blank(self.row, column, None, self.style(**look))
            return
        if tone := TONES.get(cell["tone"]):
            look["bg_color"] = tone
        text = "\n".join([cell["text"], *cell["notes"]])
        self.sheet.write_string(self.row, column, text, self.style(**look))

    def _write_total(self, column, value, kind):
        look = {**BOX, "align": "center"}
        if not value:
            self.sheet.write_blank(self.row, column, None, self.style(**look))
        elif kind == "minutes":
            style = self.style(**look, num_format=minutes_format(value))
            hours = value / MINUTES_PER_HOUR
            self.sheet.write_number(self.row, column, hours, style)
        else:
            self.sheet.write_number(self.row, column, value, self.style(**look))

    def close(self, legend):
        """Write legend and signature lines, finish the file and return it."""
        self.row += 1
        signs = [f"{entry['sign']} {entry['word']}" for entry in legend]
        for line in _lines(signs, MOST_LEGEND):
            self.sheet.write_string(self.row, 0, cell_text("   ".join(line)))
            self.row += 1
        self.sheet.write_string(self.row, 0, cell_text(self.texts["note"]))
        self.row += 2
        step = (self.last + 1) // len(self.texts["signatures"])
        for number, label in enumerate(self.texts["signatures"]):
            self.sheet.write_string(self.row, number * step, f"{label} {'_' * 18}")
        return self.finish()


def hours_of(totals):
    """The part of leave and trips that was asked for by hours, in minutes."""
    return {
        "leave_hours": totals["leave_hour_minutes"],
        # Of trips it is not kept by itself.
        "trip_hours": 0 if totals["trip_days"] else totals["trip_minutes"],
    }


def _lines(texts, most):
    """The texts in lines of at most so many columns."""
    line, width = [], 0
    for text in texts:
        if line and width + text_width(text) > most:
            yield line
            line, width = [], 0
        line.append(text)
        width += text_width(text) + 3
    if line:
        yield line
