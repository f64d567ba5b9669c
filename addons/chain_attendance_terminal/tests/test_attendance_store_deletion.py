from odoo.exceptions import RedirectWarning
from odoo.tests import tagged

from .common import TerminalCommon


@tagged("post_install", "-at_install")
class TestAttendanceStoreDeletion(TerminalCommon):
    def test_terminals_hold_their_store(self):
        store = self.new_store("T009")
        terminal = self.new_terminal("909", "SERIAL909", store_id=store.id)
        terminal.active = False
        with self.assertRaises(RedirectWarning) as caught, self.cr.savepoint():
            store.unlink()
        self.assertIn("Attendance Terminal: 1", caught.exception.args[0])
        terminal.store_id = False
        store.unlink()
        self.assertFalse(store.exists())
