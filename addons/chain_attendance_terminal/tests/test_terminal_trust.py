from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalTrust(TerminalCommon):
    """Keys, addresses and secrets that a terminal is held to."""

    def refused(self, sentence, **values):
        with self.subTest(values), self.assertRaisesRegex(ValidationError, sentence):
            self.terminal.write(values)

    def test_addresses(self):
        for text in ("203.0.113.7", "10.8.0.0/16, 2001:db8::/32", " 10.8.3.4/16 ,"):
            self.terminal.allowed_addresses = text
        for text in ("203.0.113", "shop.example.com", "10.0.0.0/33", "10.0.0.1;2"):
            self.refused("must be addresses like", allowed_addresses=text)
        self.refused(
            "name at least one", is_bound_to_address=True, allowed_addresses=False
        )

    def test_path_secret(self):
        for text in ("a" * 8, "a" * 64, "shop-7_left"):
            self.terminal.path_secret = text
        for text in (
            "a" * 7,
            "a" * 65,
            "shop 7 left",
            "shop/7/left",
            "店铺店铺店铺店铺",
        ):
            self.refused("8 to 64 of them", path_secret=text)

    def test_communication_key(self):
        for text in ("0", "8" * 32, "a!b"):
            self.terminal.communication_key = text
        for text in ("8" * 33, "8 8", "é"):
            self.refused("1 to 32", communication_key=text)

    def test_secrets_are_read_by_those_who_edit_terminals_only(self):
        self.terminal.write({"path_secret": "shop-seven", "communication_key": "1"})
        viewer, editor = self.new_user("viewer"), self.new_user("editor")
        self.new_role({"terminals": "view"}, scope="all", user_ids=viewer)
        self.new_role({"terminals": "view edit"}, scope="all", user_ids=editor)
        names = ["path_secret", "communication_key"]
        found = self.terminal.with_user(editor).read(names)[0]
        self.assertEqual([found[name] for name in names], ["shop-seven", "1"])
        for name in names:
            with self.subTest(name), self.assertRaises(AccessError):
                self.terminal.with_user(viewer).read([name])
