from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTerminalSilence(TerminalCommon):
    """A terminal that fell silent is told of once, to whom it concerns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.attendance_silent_hours = 4
        cls.manager = cls.new_user("manager2")
        boss = cls.new_employee("Boss", user_id=cls.manager.id)
        cls.store.manager_id = boss
        cls.other = cls.new_terminal("2", "TESTSN0002")

    def look(self, at):
        with freeze_time(at):
            self.env["attendance.terminal"]._cron_tell_silence()
            self.env.flush_all()

    def told(self, terminal=None):
        messages = (terminal or self.terminal).message_ids
        return messages.filtered(lambda m: "has been silent since" in m.body)

    def test_once_for_each_silence(self):
        self.terminal.last_seen_at = "2026-03-10 05:00:00"
        self.other.last_seen_at = "2026-03-10 06:00:01"
        self.look("2026-03-10 10:00:00")
        self.assertFalse(self.told())
        self.look("2026-03-10 10:09:00")
        self.assertFalse(self.told())
        self.look("2026-03-10 10:15:00")
        message = self.told()
        self.assertEqual(len(message), 1)
        self.assertEqual(message.partner_ids, self.manager.partner_id)
        self.assertFalse(self.told(self.other))
        self.look("2026-03-10 10:30:00")
        self.look("2026-03-11 10:30:00")
        self.assertEqual(len(self.told()), 1)
        self.terminal.last_seen_at = "2026-03-11 11:00:00"
        self.look("2026-03-11 16:00:00")
        self.look("2026-03-11 16:15:00")
        self.assertEqual(len(self.told()), 2)

    def test_a_server_that_stood_still_tells_of_nobody(self):
        """All seem silent when it starts, and have called before the second look."""
        self.terminal.last_seen_at = "2026-03-10 01:00:00"
        self.look("2026-03-10 10:00:00")
        self.terminal.last_seen_at = "2026-03-10 10:01:00"
        self.look("2026-03-10 10:15:00")
        self.assertFalse(self.told())

    def test_not_where_it_is_switched_off_or_archived(self):
        self.terminal.write({"last_seen_at": "2026-03-01 05:00:00", "active": False})
        self.other.last_seen_at = "2026-03-01 05:00:00"
        self.company.attendance_silent_hours = 0
        for at in ("2026-03-10 10:00:00", "2026-03-10 10:15:00"):
            self.look(at)
        self.company.attendance_silent_hours = 1
        for at in ("2026-03-10 11:00:00", "2026-03-10 11:15:00"):
            self.look(at)
        self.assertFalse(self.told())
        self.assertTrue(self.told(self.other))

    def test_the_hours_are_bounded(self):
        for hours in (-1, 721):
            with (
                self.subTest(hours),
                self.assertRaisesRegex(ValidationError, f"not after {hours}"),
                self.cr.savepoint(),
            ):
                self.company.attendance_silent_hours = hours
