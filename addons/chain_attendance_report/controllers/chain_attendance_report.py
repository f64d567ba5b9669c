from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from odoo.addons.chain_attendance_base.xlsx import xlsx_answer

from ..models.attendance_report_export_making import CSV_TYPE


class ChainAttendanceReport(http.Controller):
    """Reports as files: what the screen shows, in the same columns and order."""

    @http.route(
        ["/chain_attendance/report.xlsx", "/chain_attendance/report.csv"],
        type="http",
        auth="user",
        methods=["POST"],
    )
    def report(self, data, **_kwargs):
        """The rows of a list as a file, within the reader's own scope.

        :param data: JSON, see ``report_file.asked``. Files of many rows are made in
            the background instead: ``attendance.report.export`` says which.
        """
        exports = request.env["attendance.report.export"]
        try:
            file, name = exports._make_at_once(data)
        except AccessError as error:
            raise Forbidden(str(error)) from error
        except (ValueError, UserError) as error:
            raise BadRequest(str(error)) from error
        if name.endswith(".csv"):
            return request.make_response(
                FileWrapper(file),
                headers=[
                    ("Content-Type", CSV_TYPE),
                    ("Content-Disposition", content_disposition(name)),
                ],
            )
        return xlsx_answer(file, name)
