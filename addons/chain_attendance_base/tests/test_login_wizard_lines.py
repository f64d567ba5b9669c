from odoo.exceptions import UserError
from odoo.tests import BaseCase, freeze_time, tagged

from ..wizards.provisional_lines import UnknownLine, settle
from .login_common import PASSWORD, LoginCommon

SPEC = {"line_ids": {"fields": {"login": {}, "row_id": {}, "outcome": {}}}}


@tagged("at_install", "-post_install")
class TestProvisionalLines(BaseCase):
    """What becomes of commands that name a line as only the browser knows it."""

    def test_table(self):
        kept = {7: 70, 8: 80}
        for commands, line_ids, expected in (
            ([], kept, []),
            (False, kept, []),
            ([[1, 70, {"login": "a"}]], kept, [[1, 70, {"login": "a"}]]),
            ([[6, 0, [70]]], kept, [[6, 0, [70]]]),
            ([[0, "virtual_1", {"k": 7}]], {}, [(0, "virtual_1", {"k": 7})]),
            (
                [[0, "virtual_1", {"k": 7}], [1, "virtual_1", {"login": "a"}]],
                {},
                [(0, "virtual_1", {"k": 7, "login": "a"})],
            ),
            ([[1, "virtual_1", {"k": 8, "login": "a"}]], kept,
             [(1, 80, {"k": 8, "login": "a"})]),
            ([[1, "virtual_1", {"k": 9}]], kept, [(0, 0, {"k": 9})]),
            ([[1, "virtual_1", {"login": "a"}]], {7: 70}, [(1, 70, {"login": "a"})]),
            ([[1, "virtual_1", {}], [2, "virtual_2"], [3, "virtual_3"]], kept, []),
        ):  # fmt: skip
            with self.subTest(commands):
                self.assertEqual(settle(commands, line_ids, "k"), expected)

    def test_what_fits_no_line(self):
        for command in ([1, "virtual_1", {"login": "a"}], [4, "virtual_1"]):
            for line_ids in ({}, {7: 70, 8: 80}):
                with self.subTest(command), self.assertRaises(UnknownLine):
                    settle([command], line_ids, "k")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 04:00:00")
class TestLoginWizardLines(LoginCommon):
    """The client may name a line "virtual_12" after it was saved."""

    def saved(self, people):
        wizard = self.env["attendance.login.wizard"].with_user(self.boss)
        values = self.wizard_values(people, role_mode="set")
        values["line_ids"] = [
            [0, f"virtual_{number}", command[2]]
            for number, command in enumerate(values["line_ids"])
        ]
        (saved,) = wizard.web_save(values, {"line_ids": {}})
        return wizard.browse(saved["id"])

    def send(self, wizard, *commands):
        return wizard.web_save({"line_ids": list(commands)}, SPEC)

    def test_a_change_after_saving_reaches_its_line(self):
        wizard = self.saved(self.li)
        self.send(wizard, [1, "virtual_0", {}])
        self.send(wizard, [1, "virtual_0", {"row_id": self.li.id, "login": "13800"}])
        self.assertEqual(wizard.line_ids.login, "13800")
        wizard.action_apply()
        self.assertTrue(self.li.user_id)

    def test_a_new_line_may_be_sent_as_a_change(self):
        wizard = self.env["attendance.login.wizard"].with_user(self.boss)
        values = self.wizard_values(self.li)
        values["line_ids"] = [[1, "virtual_3", values["line_ids"][0][2]]]
        (saved,) = wizard.web_save(values, {"line_ids": {}})
        wizard.browse(saved["id"]).action_apply()
        self.assertEqual(self.li.user_id.login, f"login{self.li.id}")

    def test_the_form_goes_on_answering(self):
        wizard = self.saved(self.li)
        spec = {**SPEC, "password": {}}
        change = [[1, "virtual_0", {"login": "13800"}]]
        values = {"line_ids": change, "password": PASSWORD}
        answer = wizard.onchange(values, ["password"], spec)
        self.assertIn("value", answer)

    def test_a_change_of_nobody_knows_whom_is_refused_in_words(self):
        wizard = self.saved(self.li | self.wang)
        before = wizard.line_ids.mapped("login")
        with self.assertRaisesRegex(UserError, "close it and open it again"):
            self.send(wizard, [1, "virtual_9", {"login": "13800"}])
        with self.assertRaisesRegex(UserError, "close it and open it again"):
            wizard.onchange({"line_ids": [[4, "virtual_9"]]}, ["line_ids"], SPEC)
        self.assertEqual(wizard.line_ids.mapped("login"), before)

    def test_a_forged_line_is_refused_as_ever(self):
        wizard = self.saved(self.li).with_user(self.boss)
        with self.assertRaises(UserError):
            wizard.with_user(self.clerk).write(
                {"line_ids": [[1, "virtual_0", {"row_id": self.zhao.id}]]}
            )
        self.assertEqual(wizard.line_ids.row_id.id, self.li.id)
