from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.chain_attendance_base.xlsx import xlsx_answer

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
        result = write_result(file._result_labels(), file._result_rows())
        return xlsx_answer(result, name)
