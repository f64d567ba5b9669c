from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import AttendanceCommon

SCRIPT = "chain_attendance_base/migrations/19.0.1.2.0/post-periods_area.py"


@tagged("post_install", "-at_install")
class TestPeriodsArea(AttendanceCommon):
    """A database from before periods had an area."""

    def migrate(self):
        load_script(file_path(SCRIPT), "periods_area").migrate(
            self.env.cr, "19.0.1.1.0"
        )

    def functions(self, name):
        group = self.env.ref(f"chain_attendance_base.{name}")
        found = group.implied_ids.filtered(lambda g: g.attendance_area == "periods")
        return set(found.mapped("attendance_operation"))

    def test_roles_get_the_area_and_keep_the_rest(self):
        own = self.new_role({"rosters": "view"}, name="Own")
        own.function_ids.filtered(lambda line: line.area == "periods").unlink()
        manager = self.env.ref("chain_attendance_base.group_store_manager")
        periods = manager.implied_ids.filtered(
            lambda group: group.attendance_area == "periods"
        )
        manager.implied_ids -= periods
        kept = manager.implied_ids
        self.migrate()
        self.assertEqual(
            self.functions("group_store_manager"),
            {"view", "export"},
        )
        self.assertEqual(manager.implied_ids - periods, kept)
        line = own.function_ids.filtered(lambda line: line.area == "periods")
        self.assertEqual((len(line), line.can_view), (1, False))

    def test_twice_is_once(self):
        role = self.new_role({"periods": "view"}, name="Own")
        self.migrate()
        before = role.function_ids
        self.migrate()
        self.assertEqual(role.function_ids, before)
        self.assertEqual(self.functions("group_employee"), {"view"})
