from werkzeug.exceptions import BadRequest, Forbidden, NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.chain_attendance_base.xlsx import xlsx_answer


class ChainAttendanceShift(http.Controller):
    """Rosters as files of Excel."""

    @http.route(
        "/chain_attendance/roster_sheet/<int:export_id>/roster.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def roster(self, export_id):
        """The roster that somebody asked for, within the reader's own scope."""
        return _answer("attendance.roster.sheet.export", export_id, "_file")

    @http.route(
        "/chain_attendance/roster_sheet/<int:sheet_id>/errors.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def errors(self, sheet_id):
        """A file that was uploaded, with its wrong cells marked."""
        return _answer("attendance.roster.sheet", sheet_id, "_errors_file")


def _answer(model, record_id, method):
    companies = request.env.user.company_ids.ids
    records = request.env[model].with_context(allowed_company_ids=companies)
    record = records.browse(record_id).exists()
    if not record:
        raise NotFound()
    try:
        record.check_access("read")
        name, file = getattr(record, method)()
    except AccessError as error:
        raise Forbidden(str(error)) from error
    except UserError as error:
        raise BadRequest(str(error)) from error
    return xlsx_answer(file, name)
