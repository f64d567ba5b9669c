from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_day.tests.common import DayCommon

DAILY = "attendance.report.daily"
COLUMNS = [["employee_number", True], ["late_minutes", False]]
OTHERS = [["late_minutes", True], ["employee_number", True]]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 08:00:00")
class TestAttendanceReportLayout(DayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.layouts = cls.env["attendance.report.layout"]
        cls.viewer = cls.new_user("viewer")
        cls.clerk = cls.new_user("clerk")
        cls.outsider = cls.env.ref("base.public_user")
        cls.new_role({"reports": "view"}, scope="all", user_ids=cls.viewer)
        cls.new_role({"reports": "view edit"}, scope="all", user_ids=cls.clerk)

    def of(self, user):
        return self.layouts.with_user(user)

    def test_the_last_choice_is_remembered_for_each(self):
        mine = self.of(self.viewer)
        self.assertIs(mine.read_layouts(DAILY)["columns"], False)
        mine.remember(DAILY, COLUMNS)
        mine.remember(DAILY, OTHERS)
        self.assertEqual(mine.read_layouts(DAILY)["columns"], OTHERS)
        for others in (
            self.of(self.clerk).read_layouts(DAILY),
            mine.read_layouts("attendance.report.monthly"),
        ):
            self.assertIs(others["columns"], False)
            self.assertEqual(others["layouts"], [])
        mine.forget(DAILY)
        self.assertIs(mine.read_layouts(DAILY)["columns"], False)

    def test_layouts_have_names(self):
        mine = self.of(self.viewer)
        number = mine.save_as(DAILY, " Payroll ", COLUMNS)
        found = mine.read_layouts(DAILY)
        self.assertEqual(found["layout_id"], number)
        self.assertEqual(found["columns"], COLUMNS)
        self.assertEqual(
            found["layouts"],
            [
                {
                    "id": number,
                    "name": "Payroll",
                    "columns": COLUMNS,
                    "is_shared": False,
                    "is_mine": True,
                }
            ],
        )
        # The same name again: the layout is another now, not one more.
        self.assertEqual(mine.save_as(DAILY, "Payroll", OTHERS), number)
        self.assertEqual(mine.read_layouts(DAILY)["layouts"][0]["columns"], OTHERS)
        with self.assertRaisesRegex(UserError, "needs a name"):
            mine.save_as(DAILY, "  ", OTHERS)
        mine.browse(number).unlink()
        self.assertIs(mine.read_layouts(DAILY)["layout_id"], False)

    def test_who_may_offer_a_layout_to_others(self):
        self.assertFalse(self.of(self.viewer).read_layouts(DAILY)["can_share"])
        self.assertTrue(self.of(self.clerk).read_layouts(DAILY)["can_share"])
        mine = self.of(self.viewer)
        with self.assertRaisesRegex(AccessError, "offer"), self.cr.savepoint():
            mine.save_as(DAILY, "For all", COLUMNS, is_shared=True)
        number = mine.save_as(DAILY, "Mine", COLUMNS)
        with self.assertRaisesRegex(AccessError, "offer"), self.cr.savepoint():
            mine.browse(number).is_shared = True
        number = self.of(self.clerk).save_as(DAILY, "For all", COLUMNS, is_shared=True)
        self.of(self.clerk).save_as(DAILY, "Clerk's", COLUMNS)
        found = mine.read_layouts(DAILY)["layouts"]
        self.assertEqual([layout["name"] for layout in found], ["For all", "Mine"])
        self.assertFalse(found[0]["is_mine"])
        mine.remember(DAILY, COLUMNS, number)
        self.assertEqual(mine.read_layouts(DAILY)["layout_id"], number)

    def test_nothing_is_offered_to_companies_that_are_not_one_s_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.new_user("stranger")
        self.new_role({"reports": "view"}, scope="all", user_ids=stranger)
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        mine = self.of(self.clerk)
        values = {"report": DAILY, "name": "Look", "columns": COLUMNS}
        shared = {**values, "is_shared": True}
        with self.assertRaisesRegex(AccessError, "compan"), self.cr.savepoint():
            mine.create({**shared, "company_id": other.id})
        layout = mine.create(shared)
        with self.assertRaisesRegex(AccessError, "compan"), self.cr.savepoint():
            layout.company_id = other
        theirs = self.of(stranger).with_context(allowed_company_ids=other.ids)
        self.assertEqual(theirs.read_layouts(DAILY)["layouts"], [])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_only_one_s_own_can_be_changed(self):
        number = self.of(self.clerk).save_as(DAILY, "For all", COLUMNS, is_shared=True)
        hidden = self.of(self.clerk).save_as(DAILY, "Clerk's", COLUMNS)
        for layout in (number, hidden):
            theirs = self.of(self.viewer).browse(layout)
            for change in (
                lambda theirs=theirs: theirs.write({"name": "X"}),
                lambda theirs=theirs: theirs.unlink(),
            ):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    change()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.of(self.viewer).browse(hidden).read(["name"])
        self.assertFalse(self.of(self.viewer).search([("id", "=", hidden)]))
        values = {"report": DAILY, "name": "N", "columns": COLUMNS}
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.of(self.viewer).create({**values, "user_id": self.clerk.id})
        own = self.of(self.viewer).create(values)
        with self.assertRaisesRegex(AccessError, "stays with"), self.cr.savepoint():
            own.user_id = self.clerk
        # Somebody has to be able to clear away what a person who left has offered.
        boss = self.new_user("boss", "chain_attendance_base.group_manager")
        self.of(boss).browse(number).unlink()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.of(boss).browse(hidden).unlink()

    def test_nonsense_is_refused(self):
        mine = self.of(self.viewer)
        for columns in (
            "late_minutes",
            [["late_minutes"]],
            [["late_minutes", 1]],
            [["nothing", True]],
            [["late_minutes", True]] * 201,
            {"late_minutes": True},
        ):
            with self.assertRaisesRegex(ValidationError, "no columns"):
                with self.cr.savepoint():
                    mine.remember(DAILY, columns)
        for report in ("res.users", "nothing", "attendance.report.mixin"):
            with self.subTest(report), self.cr.savepoint():
                with self.assertRaises(UserError):
                    mine.remember(report, [["id", True]])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_who_may_not_read_the_report(self):
        for call in (
            lambda mine: mine.read_layouts(DAILY),
            lambda mine: mine.remember(DAILY, COLUMNS),
            lambda mine: mine.save_as(DAILY, "X", COLUMNS),
            lambda mine: mine.search([]),
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                call(self.of(self.outsider))
