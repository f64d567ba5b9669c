import json

from werkzeug.exceptions import BadRequest, Forbidden

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.chain_attendance_base.xlsx import xlsx_answer


class ChainAttendanceMonthSheet(http.Controller):
    """The month sheet as a file."""

    @http.route(
        "/chain_attendance/month_sheet.xlsx", type="http", auth="user", methods=["POST"]
    )
    def xlsx(self, data, **_kwargs):
        """The sheet as an Excel file, within what the reader may take away.

        :param data: JSON with ``choice`` (see ``get_sheet``) and ``companies``.
        """
        try:
            asked = json.loads(data)
            choice = dict(asked["choice"])
            companies = [int(number) for number in asked.get("companies") or []]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRequest("data") from error
        # The companies that are switched on; access to them is checked by Odoo.
        sheet = request.env["attendance.month.sheet"].with_context(
            allowed_company_ids=companies or request.env.user.company_id.ids
        )
        try:
            file = sheet._excel(choice)
        except AccessError as error:
            raise Forbidden(str(error)) from error
        except UserError as error:
            raise BadRequest(str(error)) from error
        return xlsx_answer(file, f"month-sheet-{choice['from']}.xlsx")
