from odoo import http
from odoo.http import request
from odoo.modules.registry import Registry

from ..const import JUNK_LIMIT, STRANGER_LIMIT
from ..handler import answer, refuse
from ..messages import BUSY, TerminalRequest, read_path, with_body


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
        max_content_length=JUNK_LIMIT,
    )
    def iclock(self, **_query):
        """Translate the request, hand it over, and send the answer as plain text."""
        incoming = request.httprequest
        place = read_path(incoming.path)
        if not request.db or not place:
            # Without a database nothing can be stored: the unit comes again.
            return request.make_response(BUSY.text, status=BUSY.status)
        verb, secret = place
        registry = Registry(request.db)
        asked = TerminalRequest(
            method=incoming.method,
            verb=verb,
            # Of two with one name the first counts, as at the fast entrance.
            query={
                name.lower(): value
                for name, value in reversed(list(incoming.args.items(multi=True)))
            },
            body=b"",
            content_type=incoming.mimetype,
            address=incoming.remote_addr or "",
            path_secret=secret,
        )
        # A large body is read from those alone who may send one.
        length = incoming.content_length
        is_large = length is None or length > STRANGER_LIMIT
        reply = refuse(registry, asked) if asked.method == "POST" and is_large else None
        if not reply:
            reply = answer(registry, with_body(asked, incoming.get_data(cache=False)))
        return request.make_response(
            reply.data,
            headers=[("Content-Type", "text/plain"), ("Cache-Control", "no-store")],
            status=reply.status,
        )
