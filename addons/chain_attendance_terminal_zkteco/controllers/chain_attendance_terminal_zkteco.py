from odoo import http
from odoo.http import request
from odoo.modules.registry import Registry

from ..const import BODY_LIMIT
from ..handler import answer
from ..messages import BUSY, TerminalRequest, read_path


class ChainAttendanceTerminalZkteco(http.Controller):
    """The addresses that units of the ZKTeco family call.

    The ordinary entrance, for a server where the addon is not loaded server-wide, or
    that serves several databases.
    """

    @http.route(
        [
            "/iclock",
            "/iclock/<path:verb>",
            "/<string:secret>/iclock/<path:verb>",
        ],
        type="http",
        auth="none",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=BODY_LIMIT,
    )
    def iclock(self, **_query):
        """Translate the request, hand it over, and send the answer as plain text."""
        incoming = request.httprequest
        place = read_path(incoming.path)
        if not request.db or not place:
            # Without a database nothing can be stored: the unit comes again.
            return request.make_response(BUSY.text, status=BUSY.status)
        verb, secret = place
        reply = answer(
            Registry(request.db),
            TerminalRequest(
                method=incoming.method,
                verb=verb,
                query={name.lower(): value for name, value in incoming.args.items()},
                body=incoming.get_data(cache=False),
                content_type=incoming.mimetype,
                address=incoming.remote_addr or "",
                path_secret=secret,
            ),
        )
        return request.make_response(
            reply.data,
            headers=[("Content-Type", "text/plain"), ("Cache-Control", "no-store")],
            status=reply.status,
        )
