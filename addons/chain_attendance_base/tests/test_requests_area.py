from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import AttendanceCommon

SCRIPT = "chain_attendance_base/migrations/19.0.1.1.0/post-requests_area.py"


@tagged("post_install", "-at_install")
class TestRequestsArea(AttendanceCommon):
    """A database from before requests had an area."""

    def migrate(self):
        load_script(file_path(SCRIPT), "requests_area").migrate(
            self.env.cr, "19.0.1.0.0"
        )

    def functions(self, name):
        group = self.env.ref(f"chain_attendance_base.{name}")
        found = group.implied_ids.filtered(lambda g: g.attendance_area == "requests")
        return set(found.mapped("attendance_operation"))

    def test_roles_get_the_area_and_keep_the_rest(self):
        own = self.new_role({"rosters": "view"}, name="Own")
        own.function_ids.filtered(lambda line: line.area == "requests").unlink()
        manager = self.env.ref("chain_attendance_base.group_store_manager")
        requests = manager.implied_ids.filtered(
            lambda group: group.attendance_area == "requests"
        )
        manager.implied_ids -= requests
        kept = manager.implied_ids
        self.migrate()
        self.assertEqual(
            self.functions("group_store_manager"),
            {"view", "create", "edit", "delete", "export"},
        )
        self.assertEqual(manager.implied_ids - requests, kept)
        line = own.function_ids.filtered(lambda line: line.area == "requests")
        self.assertEqual((len(line), line.can_view), (1, False))

    def test_twice_is_once(self):
        role = self.new_role({"requests": "view"}, name="Own")
        self.migrate()
        before = role.function_ids
        self.migrate()
        self.assertEqual(role.function_ids, before)
        self.assertEqual(self.functions("group_employee"), {"view", "create"})
