from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .test_roster_publication import PublicationCommon

PUBLICATION = "attendance.roster.publication"
LINE = "attendance.roster.publication.line"
SPAN = ("2026-11-02", "2026-11-08")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-26 04:00:00")
class TestRosterPublicationHttp(PublicationCommon, HttpCase):
    """What an employee's browser may ask for, and what it is refused."""

    def call_kw(self, model, method, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {}},
        )

    def test_an_employee(self):
        self.clerk.password = "a long password"
        mine, bobs = self.publish(self.ann).line_ids, self.publish(self.bob).line_ids
        self.env.flush_all()
        self.authenticate("clerk", "a long password")
        month = self.call_kw(
            "attendance.roster.month", "get_month", self.ann.id, "2026-11-01"
        )
        self.assertEqual(month["publication"]["lines"], mine.ids)
        seen = self.call_kw(LINE, "search_read", [], ["employee_id"])
        self.assertEqual([row["id"] for row in seen], mine.ids)
        for model, method, *args in (
            ("attendance.roster.month", "get_month", self.bob.id, "2026-11-01"),
            (LINE, "read", bobs.ids, ["told"]),
            (LINE, "action_seen", bobs.ids),
            (LINE, "write", mine.ids, {"seen_at": "2026-10-01 00:00:00"}),
            (LINE, "unlink", mine.ids),
            (LINE, "_cron_send_notices"),
            (PUBLICATION, "write", mine.publication_id.ids, {"note": "X"}),
            (PUBLICATION, "unlink", mine.publication_id.ids),
            (PUBLICATION, "read", bobs.publication_id.ids, ["note"]),
            (PUBLICATION, "create", [{"date_from": SPAN[0], "date_to": SPAN[1]}]),
            (PUBLICATION, "_publish", self.ann.ids, *SPAN),
            (PUBLICATION, "_told", self.bob.ids, *SPAN),
            ("attendance.roster.publish", "open_for", [], *SPAN),
            ("attendance.roster.publish", "create", [{"employee_ids": self.ann.ids}]),
        ):
            with (
                self.subTest(f"{model}.{method}"),
                mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"),
                self.assertRaises(JsonRpcException),
            ):
                self.call_kw(model, method, *args)
        link = f"/mail/view?model={LINE}&res_id={mine.id}"
        answer = self.url_open(link, allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/odoo/my-roster"))
        self.call_kw(LINE, "action_seen", mine.ids)
        self.env.invalidate_all()
        self.assertTrue(mine.seen_at)
        self.assertFalse(bobs.seen_at)
