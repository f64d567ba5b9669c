from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .personal_page import HEADERS


class ChainAttendanceLink(http.Controller):
    """The printed sheet of new links."""

    @http.route(
        "/chain_attendance/personal_links", type="http", auth="user", methods=["POST"]
    )
    def make(self, maker_id="", **_other):
        """Make the links of a maker, and show their words this once."""
        makers = request.env["attendance.personal.link.maker"].with_context(
            allowed_company_ids=request.env.user.company_ids.ids
        )
        number = int(maker_id) if maker_id.isdecimal() else 0
        maker = makers.browse(number).exists()
        values = {"slips": [], "refusal": "", "page_lang": _language()}
        try:
            maker.check_access("read")
            if maker:
                with request.env.cr.savepoint():
                    values["slips"] = maker._sheet(request.httprequest.host_url[:-1])
        except (AccessError, UserError) as error:
            values["refusal"] = str(error)
        html = request.env["ir.qweb"]._render(
            "chain_attendance_link.attendance_personal_link_sheet", values
        )
        return request.make_response(
            f"<!DOCTYPE html>\n{html}",
            [("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()],
        )


def _language():
    return (request.env.user.lang or "en_US").replace("_", "-")
