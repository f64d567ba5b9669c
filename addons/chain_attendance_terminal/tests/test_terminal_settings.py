from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalSettings(TerminalCommon):
    """The form of figures 16 and 17: what its fields take and what they refuse."""

    def refused(self, sentence, **values):
        with (
            self.subTest(values),
            self.assertRaisesRegex(ValidationError, sentence),
            self.cr.savepoint(),
        ):
            self.terminal.write(values)

    def test_ip_address(self):
        for text in (False, "192.168.1.201", "2001:db8::7"):
            self.terminal.ip_address = text
        for text in ("192.168.1", "shop.example.com", "0.0.0.0", "10.0.0.1/24", "<b>"):
            self.refused("IP address “.*” of .* must be one like", ip_address=text)

    def test_authorization_code(self):
        for text in (False, "A1b2", "x" * 64):
            self.terminal.authorization_code = text
        for text in ("abc", "x" * 65, "a b c d", "授权码授权码"):
            self.refused("authorization code of .* 4 to 64", authorization_code=text)
        viewer = self.new_user("viewer")
        self.new_role({"terminals": "view"}, scope="all", user_ids=viewer)
        with self.assertRaises(AccessError):
            self.terminal.with_user(viewer).read(["authorization_code"])

    def test_name_length(self):
        for value in (8, 64):
            self.terminal.name_bytes = value
        for value in (7, 65, 0, -1):
            self.refused("name length of .* 8 to 64 bytes", name_bytes=value)

    def test_limits_of_the_model(self):
        self.terminal.write({"max_users": 1000000, "max_punches": 0})
        self.refused("“Most People” of .* 0 to 1000000, not -1", max_users=-1)
        self.refused("“Most Punches” of .* not 10000001", max_punches=10000001)

    def test_the_form_takes_a_terminal_as_the_manual_has_it(self):
        self.store.zone = "South"
        with Form(self.env["attendance.terminal"]) as form:
            form.code = "7"
            form.name = "Back door"
            form.description = "beside the goods entrance"
            form.serial_number = "FORMSN0001"
            form.authorization_code = "PAPER-7"
            form.ip_address = "10.0.0.7"
            form.store_id = self.store
            form.serve_all_employees = True
        terminal = form.record
        self.assertEqual((terminal.zone, terminal.tz), ("South", self.store.tz))
        self.assertTrue(terminal.serve_store_employees)
        terminal.last_seen_at = "2026-03-10 09:00:00"
        with Form(terminal) as form, self.assertRaises(AssertionError):
            form.serial_number = "FORMSN0002"
