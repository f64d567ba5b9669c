import json
from datetime import date

from werkzeug.exceptions import BadRequest, Forbidden

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.chain_attendance_base.xlsx import SHEET_ROWS, xlsx_answer

from ..what_if_file import WhatIfFile

MOST_COLUMNS = 20


class ChainAttendanceDay(http.Controller):
    """A comparison as a file: what the browser was given and has summed."""

    @http.route(
        "/chain_attendance/what_if.xlsx", type="http", auth="user", methods=["POST"]
    )
    def what_if(self, data, **_kwargs):
        """The comparison on the screen as an Excel file.

        The figures are the browser's own: they are stored nowhere, so nothing is read
        here that the reader was not given before.

        :param data: JSON with ``title``, ``span``, ``columns`` (labels) and ``people``
            (``name``, ``number``, ``before``, ``after``, ``days``).
        """
        try:
            request.env["attendance.day"]._check_attendance_export()
        except AccessError as error:
            raise Forbidden(str(error)) from error
        asked = _read(data)
        book = WhatIfFile(request.env, asked)
        return xlsx_answer(book.build(), "what-if.xlsx")


def _read(data):
    try:
        asked = json.loads(data)
        columns = [str(label) for label in asked["columns"]]
        width = len(columns)
        people = [
            {
                "name": str(person["name"]),
                "number": str(person["number"] or ""),
                "before": _minutes(person["before"], width),
                "after": _minutes(person["after"], width),
                "days": [
                    (
                        date.fromisoformat(day),
                        _minutes(old, width),
                        _minutes(new, width),
                    )
                    for day, old, new in person["days"]
                ],
            }
            for person in asked["people"]
        ]
        found = {
            "title": str(asked["title"]),
            "span": [date.fromisoformat(day) for day in asked["span"]],
            "columns": columns,
            "people": people,
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest("data") from error
    if not 0 < width <= MOST_COLUMNS or len(found["span"]) != 2:
        raise BadRequest("columns")
    if sum(len(person["days"]) for person in people) >= SHEET_ROWS - 10:
        raise BadRequest("days")
    return found


def _minutes(values, width):
    found = [int(minutes) for minutes in values]
    if len(found) != width:
        raise ValueError("width")
    return found
