from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalUser(TerminalCommon):
    """Whom a terminal knows, as it told itself."""

    def tell(self, *people, terminal=None):
        self.env["attendance.terminal.user"]._note_reported(
            terminal or self.terminal,
            [
                {"code": code, "name": name, "privilege": privilege, "card": ""}
                for code, name, privilege in people
            ],
        )
        return self.env["attendance.terminal.user"].search(
            [("terminal_id", "=", (terminal or self.terminal).id)]
        )

    def test_the_last_word_of_a_code_counts(self):
        found = self.tell(("7", "Bo", 0), ("0007", "Bob", 14), ("A7", "Al", 0))
        self.assertEqual(
            sorted(found.mapped(lambda u: (u.user_code, u.name_on_unit, u.privilege))),
            [("0007", "Bob", 14), ("A7", "Al", 0)],
        )
        found = self.tell(("7", "Bo", 0))
        self.assertEqual(len(found), 2)
        self.assertEqual(found.filtered(lambda u: u.user_code == "7").privilege, 0)

    def test_whose_code_it_is_today_and_nobody_is_created(self):
        person = self.new_employee("Ann", "1001")
        count = self.env["hr.employee"].search_count([])
        found = self.tell(("01001", "An", 14), ("4711", "?", 0))
        holders = {u.user_code: u.employee_id for u in found}
        self.assertEqual(holders["01001"], person)
        self.assertFalse(holders["4711"])
        self.assertEqual(self.env["hr.employee"].search_count([]), count)
        self.assertEqual(found.mapped("is_administrator"), [True, False])

    def test_who_may_see_terminals_only_sees_whose_code_it_is(self):
        person = self.new_employee("Ann", "1001")
        viewer = self.new_user("viewer")
        self.new_role({"terminals": "view"}, scope="all", user_ids=viewer)
        row = self.tell(("1001", "An", 0)).with_user(viewer)
        row.invalidate_recordset()
        (shown,) = row.web_read({"employee_id": {"fields": {"display_name": {}}}})
        self.assertEqual(shown["employee_id"], {"id": person.id, "display_name": "Ann"})

    def test_two_terminals_do_not_mix_and_an_empty_list_is_nothing(self):
        other = self.new_terminal("2", "TESTSN0002")
        self.tell(("7", "Bo", 0))
        self.assertFalse(self.tell(terminal=other))
        self.assertEqual(len(self.tell(("7", "Else", 0), terminal=other)), 1)
        self.assertEqual(self.tell().name_on_unit, "Bo")

    def test_nobody_writes_it_by_hand(self):
        found = self.tell(("7", "Bo", 0))
        editor = self.new_user("editor")
        self.new_role(
            {"terminals": "view create edit delete"}, scope="all", user_ids=editor
        )
        row = found.with_user(editor)
        self.assertEqual(row.name_on_unit, "Bo")
        for attempt in (
            lambda: row.write({"privilege": 14}),
            row.unlink,
            lambda: row.copy({"user_code": "8", "code_key": "8"}),
        ):
            with self.assertRaises(AccessError):
                attempt()
