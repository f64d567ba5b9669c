"""A comparison as an Excel file: people, and on another sheet the days that differ."""

from odoo.addons.chain_attendance_base.xlsx import (
    HEAD_STYLE,
    FlatWorkbook,
    cell_text,
    text_width,
)

MINUTES_PER_HOUR = 60
LEAST_WIDTH = 10


class WhatIfFile(FlatWorkbook):
    """Hours are numbers; each figure has the old one, the new one and the difference.

    :param asked: ``title``, ``span``, ``columns`` and ``people``, checked.
    """

    def __init__(self, env, asked):
        super().__init__()
        self.env = env
        self.asked = asked

    def build(self):
        """Write the file and return it, opened at its beginning."""
        number, name = self.env._("Number"), self.env._("Name")
        days, on = self.env._("Days That Differ"), self.env._("Date")
        people = self.asked["people"]
        self._sheet(
            self.env._("People"),
            [number, name, days],
            (
                ([p["number"], p["name"], len(p["days"])], p["before"], p["after"])
                for p in people
            ),
        )
        self._sheet(
            days,
            [number, name, on],
            (
                ([p["number"], p["name"], day], old, new)
                for p in people
                for day, old, new in p["days"]
            ),
        )
        return self.finish()

    def _sheet(self, title, heads, rows):
        sheet = self.add_sheet(title)
        first, last = self.asked["span"]
        sheet.write_string(0, 0, cell_text(f"{self.asked['title']}, {first} – {last}"))
        labels = list(heads)
        for label in self.asked["columns"]:
            labels += [
                self.env._("%s: now", label),
                self.env._("%s: then", label),
                self.env._("%s: difference", label),
            ]
        head = self.style(**HEAD_STYLE)
        for index, label in enumerate(labels):
            sheet.set_column(index, index, max(LEAST_WIDTH, text_width(label) + 2))
            sheet.write_string(2, index, cell_text(label), head)
        sheet.freeze_panes(3, len(heads))
        for number, (cells, before, after) in enumerate(rows, 3):
            self._row(sheet, number, cells, before, after)

    def _row(self, sheet, number, cells, before, after):
        for index, value in enumerate(cells):
            if isinstance(value, int):
                sheet.write_number(number, index, value)
            elif isinstance(value, str):
                sheet.write_string(number, index, cell_text(value))
            else:
                day = self.style(num_format="yyyy-mm-dd")
                sheet.write_datetime(number, index, value, day)
        hours = self.style(num_format='0.00"h"')
        column = len(cells)
        for old, new in zip(before, after, strict=True):
            for minutes in (old, new, new - old):
                sheet.write_number(number, column, minutes / MINUTES_PER_HOUR, hours)
                column += 1
