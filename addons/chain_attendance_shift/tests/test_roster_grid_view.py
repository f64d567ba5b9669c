from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

VIEW = "chain_attendance_shift.attendance_roster_grid_view"


@tagged("post_install", "-at_install")
class TestRosterGridView(TransactionCase):
    """The roster grid as a type of view."""

    def arch(self, arch):
        return self.env["ir.ui.view"].create(
            {"name": "Grid", "model": "hr.employee.public", "arch": arch}
        )

    @mute_logger("odoo.addons.base.models.ir_ui_view")
    def test_it_has_nothing_inside(self):
        self.assertEqual(
            self.arch("<attendance_roster_grid string='Grid'/>").type,
            "attendance_roster_grid",
        )
        for wrong in (
            "<attendance_roster_grid create='1'/>",
            "<attendance_roster_grid><field name='name'/></attendance_roster_grid>",
        ):
            with (
                self.subTest(wrong),
                self.assertRaisesRegex(ValidationError, "nothing inside"),
            ):
                self.arch(wrong)

    def test_it_is_what_the_action_opens(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chain_attendance_shift.attendance_roster_grid_action"
        )
        self.assertEqual(
            action["views"], [(self.env.ref(VIEW).id, "attendance_roster_grid")]
        )
        views = self.env["hr.employee.public"].get_views(
            [*action["views"], action["search_view_id"][:1] + ("search",)]
        )
        self.assertIn("group_store", views["views"]["search"]["arch"])
        # Odoo's own directory goes on opening with its own search.
        other = self.env["hr.employee.public"].get_view(view_type="search")
        self.assertIn("parent_id", other["arch"])
