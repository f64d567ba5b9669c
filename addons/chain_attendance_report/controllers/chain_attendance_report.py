import json

import pytz
from werkzeug.exceptions import BadRequest, Forbidden

from odoo import http
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.chain_attendance_base.xlsx import SHEET_ROWS, xlsx_answer

from ..xlsx import ReportWorkbook

# Models whose rows may be taken away as a file, and the file's name.
REPORTS = {"attendance.report.daily": "daily"}
CHUNK = 2000
# What a sheet of Excel holds, less its head.
MAX_ROWS = SHEET_ROWS - 1
MAX_COLUMNS = 100


class ChainAttendanceReport(http.Controller):
    """Reports as files: what the screen shows, in the same columns and order."""

    @http.route(
        "/chain_attendance/report.xlsx", type="http", auth="user", methods=["POST"]
    )
    def xlsx(self, data, **_kwargs):
        """The rows of a list as an Excel file, within the reader's own scope.

        :param data: JSON with ``model``, ``domain``, ``order``, ``title`` and
            ``columns`` (``name`` and ``label`` each).
        """
        asked = _read(data)
        try:
            request.env[asked["model"]]._check_attendance_export()
        except AccessError as error:
            raise Forbidden(str(error)) from error
        # The companies that are switched on; access to them is checked by Odoo.
        rows = request.env[asked["model"]].with_context(
            allowed_company_ids=asked["companies"] or request.env.user.company_id.ids
        )
        columns = _columns(rows, asked["columns"])
        book = ReportWorkbook(asked["title"], columns)
        # Seeing more, by another role, is not taking more away.
        domain = Domain(asked["domain"]) & rows._attendance_held("export")
        for values in _values(rows, domain, asked["order"], columns):
            book.add_row(values)
        return xlsx_answer(book.close(), f"{REPORTS[asked['model']]}.xlsx")


def _read(data):
    try:
        asked = json.loads(data)
        columns = [(str(c["name"]), str(c["label"])) for c in asked["columns"]]
        found = {
            "model": asked["model"],
            "domain": list(asked["domain"]),
            "order": str(asked.get("order") or ""),
            "title": str(asked.get("title") or ""),
            "columns": columns,
            "companies": [int(number) for number in asked.get("companies") or []],
        }
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest("data") from error
    if found["model"] not in REPORTS or not 0 < len(columns) <= MAX_COLUMNS:
        raise BadRequest("model or columns")
    return found


def _columns(rows, asked):
    """``(name, label, kind)`` of the columns asked for, in their order."""
    known = rows.fields_get([name for name, _label in asked])
    columns = []
    for name, label in asked:
        if name not in known:
            raise BadRequest(f"column {name}")
        kind = {"date": "date", "datetime": "datetime", "integer": "integer"}.get(
            known[name]["type"], "text"
        )
        if kind == "integer" and name.endswith("_minutes"):
            kind = "minutes"
        columns.append((name, label or known[name]["string"], kind))
    return columns


def _values(rows, domain, order, columns):
    """Rows as lists of cell values, a chunk in memory at a time."""
    zone = pytz.timezone(request.env.user.tz or "UTC")
    found = rows.search(domain, order=order or None, limit=MAX_ROWS + 1)
    if len(found) > MAX_ROWS:
        raise BadRequest(
            request.env._(
                "A sheet of Excel holds %s rows; choose fewer days.", MAX_ROWS
            )
        )
    selections = {
        name: dict(field._description_selection(request.env))
        for name, field in rows._fields.items()
        if field.type == "selection"
    }
    for start in range(0, len(found), CHUNK):
        chunk = rows.browse(found.ids[start : start + CHUNK])
        for row in chunk:
            is_open = row.state == "in_progress"
            yield [
                None
                if is_open and kind == "minutes" and name != "due_minutes"
                else _cell(row, name, kind, selections, zone)
                for name, _label, kind in columns
            ]
        chunk.invalidate_recordset()


def _cell(row, name, kind, selections, zone):
    value = row[name]
    if kind == "datetime":
        return value and pytz.utc.localize(value).astimezone(zone).replace(tzinfo=None)
    if kind != "text":
        return value
    if name in selections:
        return selections[name].get(value)
    return value.display_name if hasattr(value, "_name") else value
