"""Excel files around rows that are packed already."""

import re
import tempfile
import zipfile
from dataclasses import dataclass
from itertools import chain

from xlsxwriter.utility import xl_col_to_name

from odoo.addons.chain_attendance_base.xlsx import (
    HEAD_STYLE,
    SHEET_ROWS,
    FlatWorkbook,
    cell_text,
    text_width,
)

from .columns import (
    MINUTES_PER_HOUR,
    WIDEST,
    WIDTHS,
    leave_format,
    minutes_format,
)
from .packing import copy_entry, pack, write_packed
from .state import unused_name

TITLE_STYLE = {"bold": True, "font_size": 14}
NOTE_STYLE = {"font_color": "#555555"}
SUM_STYLE = {"bold": True, "top": 1}
END_OF_ROWS = b"</sheetData>"
DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')


@dataclass(frozen=True)
class Words:
    """What a workbook says in the reader's language."""

    total: str = "Total"
    rows: str = "Rows"
    summary: str = "Summary"
    open: str = "In Progress"


class Workbook(FlatWorkbook):
    """The workbook of a finished :class:`~.state.State`, made by xlsxwriter.

    Its sheets have all but their rows: the lines on top, the head, the sums. The
    rows, which are packed already, are laid in between.
    """

    def __init__(self, columns, state, words, group_label=""):
        super().__init__()
        self.columns = columns
        self.state = state
        self.words = words
        self.group_label = group_label
        self.titles = {}
        for number, text in enumerate(state.formats, 1):
            # The rows name their formats by these numbers.
            look = self.book.add_format({"num_format": text})
            assert look._get_xf_index() == number

    def close(self, read_piece):
        """Write the file and return it, opened at its beginning.

        :param read_piece: gives the bytes of ``part, offset, length``.
        """
        names = [sheet.name for sheet in self.state.sheets]
        summary = None
        if self.group_label:
            taken = {name.lower() for name in names}
            summary = self.add_sheet(unused_name(self.words.summary, taken))
        for sheet in self.state.sheets:
            self._write_sheet(sheet)
        if summary:
            self._write_summary(summary)
        return self._with_rows(self.finish(), read_piece, 1 if summary else 0)

    # One sheet

    def _write_sheet(self, sheet):
        page = self.add_sheet(sheet.name)
        title = sheet.label if self.group_label else ""
        labels = [column.label for column in self.columns]
        self._write_top(page, labels, self.state.widths, title)
        if sheet.has_open:
            page.set_column(len(labels), len(labels), 8, None, {"hidden": True})
            page.write_string(self.state.head - 1, len(labels), self.words.open)
        last = self.state.head + sheet.rows
        page.autofilter(
            self.state.head - 1, 0, max(last, self.state.head + 1) - 1, len(labels) - 1
        )
        if sheet.rows and any(column.is_summed for column in self.columns):
            self._write_sums(page, sheet, last)

    def _write_top(self, page, labels, widths, more_title=""):
        title, *lines = self.state.top
        title = " · ".join(filter(None, (title, more_title)))
        page.write_string(0, 0, cell_text(title), self.style(**TITLE_STYLE))
        for number, line in enumerate(lines, 1):
            page.write_string(number, 0, cell_text(line), self.style(**NOTE_STYLE))
        for index, (label, width) in enumerate(zip(labels, widths, strict=True)):
            page.set_column(index, index, min(width, WIDEST))
            page.write_string(
                self.state.head - 1, index, label, self.style(**HEAD_STYLE)
            )
        page.freeze_panes(self.state.head, 0)

    def _write_sums(self, page, sheet, last):
        """The sums, in the row after ``last``."""
        if not self.columns[0].is_summed:
            page.write_string(last, 0, self.words.total, self.style(**SUM_STYLE))
        first = self.state.head + 1
        mark = xl_col_to_name(len(self.columns))
        for index, (column, sums) in enumerate(
            zip(self.columns, sheet.sums, strict=True)
        ):
            if not column.is_summed:
                continue
            letter = xl_col_to_name(index)
            formula = f"=SUM({letter}{first}:{letter}{last})"
            if sheet.has_open and column.may_show_open:
                # What rows in progress show, as what is due, is no part of the sum.
                formula = (
                    f"=SUMIFS({letter}{first}:{letter}{last},"
                    f'{mark}{first}:{mark}{last},"<>1")'
                )
            self._write_formula(page, last, index, formula, column, sums)

    def _write_formula(self, page, row, index, formula, column, sums):
        number, look = sums[0], "General"
        if column.kind in ("minutes", "leave"):
            number = sums[0] / MINUTES_PER_HOUR
            look = minutes_format(sums[0])
        if column.kind == "leave":
            hours = sums[2] if column.hours else None
            look = leave_format(sums[0], sums[1], hours)
        style = self.style(**SUM_STYLE, num_format=look)
        page.write_formula(row, index, formula, style, number)

    # The sheet of sums

    def _write_summary(self, page):
        """One row a sheet: how many rows it has, and what they come to."""
        summed = [i for i, column in enumerate(self.columns) if column.is_summed]
        labels = [self.group_label, self.words.rows]
        labels += [self.columns[index].label for index in summed]
        widths = [24, max(8, text_width(self.words.rows) + 2)]
        widths += [self.state.widths[index] for index in summed]
        self._write_top(page, labels, widths)
        sheets = self.state.sheets
        for number, sheet in enumerate(sheets):
            self._write_summary_row(page, self.state.head + number, sheet, summed)
        if not sheets:
            return
        first, last = self.state.head + 1, self.state.head + len(sheets)
        page.autofilter(self.state.head - 1, 0, last - 1, len(labels) - 1)
        page.write_string(last, 0, self.words.total, self.style(**SUM_STYLE))
        count = sum(sheet.rows for sheet in sheets)
        style = self.style(**SUM_STYLE)
        page.write_formula(last, 1, f"=SUM(B{first}:B{last})", style, count)
        for place, index in enumerate(summed, 2):
            letter = xl_col_to_name(place)
            formula = f"=SUM({letter}{first}:{letter}{last})"
            parts = zip(*(sheet.sums[index] for sheet in sheets), strict=True)
            sums = [sum(part) for part in parts]
            self._write_formula(page, last, place, formula, self.columns[index], sums)

    def _write_summary_row(self, page, row, sheet, summed):
        quoted = sheet.name.replace("'", "''")
        page.write_string(row, 0, cell_text(sheet.label))
        page.write_number(row, 1, sheet.rows)
        under = self.state.head + sheet.rows + 1
        for place, index in enumerate(summed, 2):
            formula = f"='{quoted}'!{xl_col_to_name(index)}{under}"
            column = self.columns[index]
            sums = sheet.sums[index]
            look = minutes_format(sums[0])
            if column.kind == "leave":
                hours = sums[2] if column.hours else None
                look = leave_format(sums[0], sums[1], hours)
            if column.kind == "number":
                page.write_formula(row, place, formula, None, sums[0])
                continue
            style = self.style(num_format=look)
            page.write_formula(row, place, formula, style, sums[0] / MINUTES_PER_HOUR)

    # Putting it together

    def _with_rows(self, file, read_piece, before):
        """The same file with the rows in its sheets.

        :param before: how many sheets there are that have no such rows.
        """
        named = {
            f"xl/worksheets/sheet{number}.xml": sheet
            for number, sheet in enumerate(self.state.sheets, before + 1)
            if sheet.rows
        }
        target = tempfile.TemporaryFile(suffix=".xlsx")
        with (
            file,
            zipfile.ZipFile(file) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            for entry in source.infolist():
                if sheet := named.get(entry.filename):
                    text = source.read(entry)
                    parts = self._parts(text, sheet, read_piece)
                    write_packed(archive, entry.filename, parts)
                else:
                    copy_entry(source, entry, archive)
        target.seek(0)
        return target

    def _parts(self, text, sheet, read_piece):
        """A function that gives the parts of a sheet's XML."""
        last = self.state.head + sheet.rows
        letter = xl_col_to_name(len(self.columns) - 1 + sheet.has_open)
        # What reads a file row by row believes this.
        whole = f'<dimension ref="A1:{letter}{last + 1}"/>'.encode()
        text = DIMENSION.sub(whole, text, count=1)
        place = text.find(f'<row r="{last + 1}"'.encode())
        if place < 0:
            place = text.index(END_OF_ROWS)
        before, after = pack(text[:place]), pack(text[place:])
        return lambda: chain(
            [before], (read_piece(*piece) for piece in sheet.pieces), [after]
        )


def least_widths(columns):
    """The widths of columns as wide as their labels."""
    return [
        max(WIDTHS[column.kind], text_width(column.label) + 3) for column in columns
    ]


def rows_left(state, sheet):
    """How many rows fit on a sheet below those it has; one is kept for the sums."""
    return SHEET_ROWS - state.head - 1 - sheet.rows
