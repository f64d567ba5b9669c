"""Files of reports, made part by part.

A part is some thousand rows, packed; a part takes a second or two. Between two parts
all that is known of the file is its :class:`~.state.State`, so that a job can go on in
another process. Putting the parts together is copying, whatever their number.
"""

import io
import tempfile
from itertools import islice, pairwise

from xlsxwriter.utility import xl_col_to_name

from odoo.exceptions import UserError

from odoo.addons.chain_attendance_base.xlsx import text_width

from . import csv_file
from .cells import CellWriter, rows_xml
from .looks import Looks
from .packing import pack
from .rows import Chunk, figures
from .workbook import Workbook, least_widths, rows_left

# So many rows of a chunk are looked at to find out how wide a column is.
SAMPLE = 200
MAX_SHEETS = 300


class Maker:
    """Makes one file.

    :param reader: the :class:`~.rows.RowReader` of its rows.
    :param state: how far it is; it is brought up to date here.
    :param words: see :class:`~.workbook.Words`.
    :param group_label: what the sheets stand for, if there are several.
    """

    def __init__(self, reader, state, words, is_csv=False, group_label=""):
        self.reader = reader
        self.columns = reader.columns
        self.state = state
        self.words = words
        self.is_csv = is_csv
        self.group_label = "" if is_csv else group_label
        self.looks = Looks(state.formats)
        self.cells = CellWriter(self.columns, self.looks)
        self.letters = [xl_col_to_name(index) for index in range(len(self.columns))]
        state.widths = state.widths or least_widths(self.columns)

    def add(self, chunk):
        """The next part of the file: the bytes of these rows."""
        part = self._csv(chunk) if self.is_csv else self._sheets(chunk)
        self.state.formats = self.looks.formats
        self.state.done += chunk.count
        self.state.parts += 1
        return part

    def finish(self, read_part):
        """Put the parts together and return the file, opened at its beginning.

        :param read_part: gives the bytes of a part by its number, from 0.
        """
        if self.is_csv:
            return self._joined(read_part)
        if not self.state.sheets and not self.group_label:
            self.state.sheet("", self.state.top[0])
        self.state.formats = self.looks.formats
        last = (None, b"")

        def read_piece(number, offset, length):
            nonlocal last
            if last[0] != number:
                last = (number, read_part(number))
            return last[1][offset : offset + length]

        book = Workbook(self.columns, self.state, self.words, self.group_label)
        return book.close(read_piece)

    def _joined(self, read_part):
        file = tempfile.TemporaryFile(suffix=".csv")
        file.write(csv_file.head(self.columns))
        for number in range(self.state.parts):
            file.write(read_part(number))
        file.seek(0)
        return file

    def _csv(self, chunk):
        columns = [
            csv_file.texts(column, values, chunk.is_open)
            for column, values in self._counted(chunk, self.state.done)
        ]
        return csv_file.lines(zip(*columns, strict=True))

    def _sheets(self, chunk):
        part = io.BytesIO()
        for key, label, piece in _divided(chunk):
            sheet = self.state.sheet(key, label or self.state.top[0])
            self._check_room(sheet, piece.count)
            offset = part.tell()
            part.write(pack(self._xml(sheet, piece).encode("utf-8")))
            sheet.pieces.append([self.state.parts, offset, part.tell() - offset])
            sheet.rows += piece.count
        return part.getvalue()

    def _xml(self, sheet, piece):
        sheet.has_open |= bool(piece.is_open)
        cells, sums = [], []
        for index, (column, values) in enumerate(self._counted(piece, sheet.rows)):
            cells.append(self.cells.column(index, values, piece.is_open))
            sums.append(
                figures(column, values, piece.is_open) if column.is_summed else [0]
            )
            if column.kind == "text":
                sample = islice(values, SAMPLE)
                widest = max((text_width(str(one or "")) for one in sample), default=0)
                self.state.widths[index] = max(self.state.widths[index], widest + 2)
        sheet.add_sums(sums)
        first = self.state.head + 1 + sheet.rows
        mark = xl_col_to_name(len(self.columns))
        return rows_xml(self.letters, cells, first, mark, piece.is_open)

    def _counted(self, chunk, done):
        """``(column, values)`` of a chunk that stands below ``done`` rows."""
        numbers = range(done + 1, done + chunk.count + 1)
        for column, values in zip(self.columns, chunk.columns, strict=True):
            yield column, numbers if column.kind == "row_number" else values

    def _check_room(self, sheet, count):
        env = self.reader.rows.env
        if count > rows_left(self.state, sheet):
            raise UserError(
                env._(
                    "A sheet of Excel holds 1,048,576 rows. Choose fewer days or "
                    "people, a sheet for each store or department, or CSV."
                )
            )
        if len(self.state.sheets) > MAX_SHEETS:
            raise UserError(
                env._(
                    "An Excel file of more than %s sheets is of no use. Choose fewer "
                    "people, or one sheet for all.",
                    MAX_SHEETS,
                )
            )


def _divided(chunk):
    """``(key, label, chunk)`` of the parts of a chunk that stand on one sheet each."""
    if chunk.groups is None:
        if chunk.count:
            yield "", "", chunk
        return
    borders = [
        place
        for place in range(1, chunk.count)
        if chunk.groups[place] != chunk.groups[place - 1]
    ]
    for start, stop in pairwise([0, *borders, chunk.count]):
        if start == stop:
            continue
        is_open = chunk.is_open[start:stop]
        columns = [values[start:stop] for values in chunk.columns]
        piece = Chunk(stop - start, columns, is_open if any(is_open) else [], None)
        key, label = chunk.groups[start]
        yield key, label or "–", piece
