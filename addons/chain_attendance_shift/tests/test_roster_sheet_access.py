import base64
import json
from datetime import date

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .sheets import HEAD, opened, workbook
from .test_roster_sheet import SheetCommon

SHEET = "attendance.roster.sheet"
EXPORT = "attendance.roster.sheet.export"
DAY = date(2026, 11, 3)
PASSWORD = "a long password"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterSheetAccess(SheetCommon, HttpCase):
    """From outside: who may export and import, and over whom."""

    def setUp(self):
        super().setUp()
        quiet = mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)
        self.log_in(self.user)

    def log_in(self, user):
        user.sudo().password = PASSWORD
        self.authenticate(user.login, PASSWORD)

    def call(self, model, method, *args):
        """``(result, None)`` or ``(None, name of the error)``."""
        route = f"/web/dataset/call_kw/{model}/{method}"
        asked = {
            "model": model,
            "method": method,
            "args": args,
            "kwargs": {"context": {"allowed_company_ids": self.company.ids}},
        }
        answer = self.url_open(
            route,
            json.dumps({"jsonrpc": "2.0", "method": "call", "params": asked}),
            headers={"Content-Type": "application/json"},
        ).json()
        if "error" in answer:
            return None, answer["error"]["data"]["name"].rpartition(".")[2]
        return answer["result"], None

    def refused(self, model, method, *args):
        self.assertEqual(self.call(model, method, *args), (None, "AccessError"))

    def new_sheet(self, *rows):
        content = base64.b64encode(workbook([[*HEAD, DAY], *rows])).decode()
        values = [{"file": content, "file_name": "plan.xlsx"}]
        (number,), _error = self.call(SHEET, "create", values)
        return self.env[SHEET].browse(number)

    def test_up_and_undone(self):
        sheet = self.new_sheet(["G1", "Ann", "N"])
        for method in ("action_check", "action_apply"):
            self.assertIsNone(self.call(SHEET, method, sheet.ids)[1])
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.night.id, "override")
        )
        self.assertIsNone(self.call(SHEET, "action_undo", sheet.ids)[1])
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.day.id, "standing")
        )

    def test_a_person_out_of_scope_changes_nothing(self):
        before = self.overrides.search_count([])
        sheet = self.new_sheet(["G1", "Ann", "N"], ["G3", "Far", "N"])
        self.call(SHEET, "action_check", sheet.ids)
        self.assertEqual((sheet.state, sheet.error_count), ("errors", 1))
        # Nor does pretending that there was a good preview.
        forged = {"state": "preview", "error_count": 0, "fingerprint": "x"}
        self.assertIsNone(self.call(SHEET, "write", sheet.ids, forged)[1])
        self.call(SHEET, "action_apply", sheet.ids)
        sheet.invalidate_recordset()
        self.assertEqual(sheet.state, "errors")
        self.assertEqual(self.overrides.search_count([]), before)

    def test_a_forged_step_is_not_undone(self):
        """Undo takes back one's own step, whatever the wizard is made to say."""
        foreign = self.override(self.far, "2026-11-03", self.night)
        sheet = self.new_sheet(["G1", "Ann", "N"])
        step = {"state": "done", "step": {"on": foreign.ids, "off": []}}
        self.call(SHEET, "write", sheet.ids, step)
        self.refused(SHEET, "action_undo", sheet.ids)
        self.assertTrue(foreign.active)

    def test_a_sheet_is_its_maker_s(self):
        sheet = self.new_sheet(["G1", "Ann", "D8"])
        self.call(SHEET, "action_check", sheet.ids)
        url = f"/chain_attendance/roster_sheet/{sheet.id}/errors.xlsx"
        self.assertEqual(opened(self.url_open(url).content).active["A2"].value, "G1")
        other = self.new_user("other")
        self.new_role(
            {"rosters": "view create edit export"}, scope="all", user_ids=other
        )
        self.log_in(other)
        self.refused(SHEET, "read", sheet.ids, ["file"])
        self.refused(SHEET, "action_apply", sheet.ids)
        self.refused(f"{SHEET}.line", "read", sheet.line_ids.ids, ["text"])
        self.assertEqual(self.url_open(url).status_code, 403)

    def test_the_file_of_the_roster(self):
        values = [{"date_from": "2026-11-01", "date_to": "2026-11-30"}]
        (number,), _error = self.call(EXPORT, "create", values)
        action, _error = self.call(EXPORT, "action_export", [number])
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        rows = opened(answer.content).active.iter_rows(min_row=3, values_only=True)
        self.assertEqual({row[0] for row in rows}, {"G1", "G2", "G9"})
        self.assertIn(
            "Roster 2026-11-01 - 2026-11-30.xlsx".replace(" ", "%20"),
            answer.headers["Content-Disposition"],
        )
        missing = action["url"].replace(str(number), "0")
        self.assertEqual(self.url_open(missing).status_code, 404)
        self.log_in(self.new_user("other"))
        self.assertEqual(self.url_open(action["url"]).status_code, 403)

    def test_each_function_is_needed(self):
        looker = self.new_user("looker")
        self.new_role({"rosters": "view"}, scope="all", user_ids=looker)
        self.log_in(looker)
        self.refused(EXPORT, "create", [{}])
        self.refused(SHEET, "create", [{}])
        # To edit is not enough: a changed day is a new entry.
        editor = self.new_user("editor")
        self.new_role({"rosters": "view edit"}, scope="all", user_ids=editor)
        self.log_in(editor)
        sheet = self.new_sheet(["G1", "Ann", "N"])
        self.refused(SHEET, "action_check", sheet.ids)

    def test_another_company_is_not_switched_on_by_its_number(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        values = {"date_from": "2026-11-01", "date_to": "2026-11-30"}
        values["company_ids"] = [(6, 0, other.ids)]
        result, _error = self.call(EXPORT, "create", [values])
        if result:
            self.refused(EXPORT, "action_export", result)
