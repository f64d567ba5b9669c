from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..usb_result import write_result


class AttendanceUsbFile(http.Controller):
    """What became of the lines of a file from a USB stick."""

    @http.route(
        "/chain_attendance/usb/<int:file_id>/result.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def result(self, file_id):
        companies = request.env.user.company_ids.ids
        files = request.env["attendance.usb.file"].with_context(
            allowed_company_ids=companies
        )
        file = files.browse(file_id).exists()
        if not file:
            raise NotFound()
        try:
            file._check_result_access()
        except AccessError as error:
            raise Forbidden(str(error)) from error
        name = f"{file.name.rpartition('.')[0] or file.name}.xlsx"
        return request.make_response(
            FileWrapper(write_result(file._result_labels(), file._result_rows())),
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
