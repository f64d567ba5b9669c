from odoo import http


class BenchEmpty(http.Controller):
    """The least that Odoo can be asked: a route that does nothing."""

    @http.route("/bench/empty", type="http", auth="none", save_session=False)
    def empty(self):
        return "OK"
