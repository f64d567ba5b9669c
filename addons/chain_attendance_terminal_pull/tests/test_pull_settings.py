from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import PullCommon


@tagged("-at_install", "post_install")
@freeze_time("2026-03-10 09:00:00")
class TestPullSettings(PullCommon):
    """What may be entered, and who may have a terminal called."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.new_user("keeper")
        cls.store.timekeeper_ids = cls.user
        cls.far_store = cls.new_store("T2")
        cls.far = cls.new_pulled("22", "PULLSN0002", store_id=cls.far_store.id)

    def allow(self, functions):
        self.new_role({"terminals": functions}, scope="own_stores", user_ids=self.user)

    def test_addresses(self):
        for address in (
            False, "203.0.113.7", "169.254.169.254", "terminal.example", "::1",
        ):  # fmt: skip
            with self.subTest(address=address), self.assertRaises(ValidationError):
                self.terminal.ip_address = address
        self.company.attendance_pull_networks = "203.0.113.0/24"
        self.terminal.ip_address = "203.0.113.7"
        with self.assertRaises(ValidationError):
            self.terminal.ip_address = "192.168.1.201"
        # Who pushes may leave it empty.
        self.terminal.write({"vendor": "zkteco", "ip_address": False})
        with self.assertRaises(ValidationError):
            self.terminal.vendor = "zkteco_pull"

    def test_bounds(self):
        cases = [
            ("pull_port", 1023), ("pull_port", 65536), ("pull_timeout", 0),
            ("pull_timeout", 31), ("pull_minutes", 0), ("pull_minutes", 1441),
            ("pull_key", "1000000"), ("pull_key", "12a"), ("pull_key", "-1"),
        ]  # fmt: skip
        for name, value in cases:
            with self.subTest(name=name, value=value):
                with self.assertRaises(ValidationError) as caught:
                    self.terminal[name] = value
                self.assertIn(self.terminal.name, str(caught.exception))
        for key in ("0", "999999", False):
            self.terminal.pull_key = key

    def test_networks(self):
        with self.assertRaises(ValidationError):
            self.company.attendance_pull_networks = "192.168.0.0/16, shop"
        settings = self.env["res.config.settings"].create({})
        settings.attendance_pull_networks = "10.8.0.0/16"
        settings.execute()
        self.assertEqual(self.company.attendance_pull_networks, "10.8.0.0/16")

    def test_the_form(self):
        with Form(self.env["attendance.terminal"]) as form:
            form.code = "31"
            form.name = "Old one"
            form.serial_number = "PULLSN0031"
            form.vendor = "zkteco_pull"
            form.ip_address = "192.168.1.201"
            self.assertEqual(form.pull_port, 4370)

    def test_who_may_have_a_terminal_called(self):
        self.allow("view")
        with self.assertRaises(AccessError):
            self.terminal.with_user(self.user).action_pull()
        self.allow("view edit")
        self.terminal.with_user(self.user).action_pull()
        self.assertEqual(self.terminal.pull_user_id, self.user)
        with self.assertRaises(AccessError):
            self.far.with_user(self.user).action_pull()
        self.assertFalse(self.far.pull_user_id)

    def test_the_key_is_for_who_may_edit(self):
        self.terminal.pull_key = "4711"
        self.allow("view")
        mine = self.terminal.with_user(self.user)
        with self.assertRaises(AccessError):
            mine.read(["pull_key"])
        self.assertNotIn("pull_key", mine.read()[0])
        self.assertFalse(self.terminal.copy_data()[0].get("pull_key"))

    def test_what_the_server_notes_is_written_by_nobody_else(self):
        self.allow("view edit")
        mine = self.terminal.with_user(self.user)
        for name in ("pull_count", "pull_read_at"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                mine.write({name: False})

    def test_only_such_terminals_are_called(self):
        pushing = self.new_terminal("41", "PUSHSN0041")
        self.assertEqual(pushing.vendor, "zkteco")
        with self.assertRaises(UserError):
            pushing.action_pull()
        self.assertNotIn(pushing, self.env["attendance.terminal"]._pull_due())

    def test_without_the_addon_punches_and_terminals_stay(self):
        punches = self.env["attendance.punch"]
        with self.subTest("punches"):
            line = [("1001", "2026-03-10 08:30:00")]
            self.send(*line[0])
            self.env.cr.execute("UPDATE attendance_punch SET source = 'pull'")
            punches.invalidate_model()
            punch = self.punches()
            punches._fields["source"].ondelete["pull"](punch)
            punches.invalidate_model()
            self.assertEqual(punch.source, "push")
        self.assertEqual(
            self.terminal._fields["vendor"].ondelete["zkteco_pull"], "set zkteco"
        )
