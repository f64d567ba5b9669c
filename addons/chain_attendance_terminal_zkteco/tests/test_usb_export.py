import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import usb_users

HOSTILE = "=1+1<b>'; DROP--"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestUsbExport(TerminalCommon):
    """The people of a terminal without a line, as it reads them from a stick."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_places()
        cls.ann = cls.new_employee("王小明", "1001", barcode="4294967295")
        cls.bob = cls.new_employee(HOSTILE, "22", barcode="CARD77")
        cls.codeless = cls.new_employee("Nobody's Code")
        cls.env["attendance.terminal.code"].search(
            [("employee_id", "=", cls.codeless.id)]
        ).unlink()
        cls.far = cls.new_employee(
            "Far", "303", store_id=cls.second.id, department_id=cls.old.id
        )

    def written(self, user=None, **values):
        """``(people in the file, the wizard)``."""
        exports = self.env["attendance.usb.export"].with_user(user or self.env.user)
        export = exports.create({"terminal_id": self.terminal.id, **values})
        export.action_write()
        raw = base64.b64decode(export.with_context(bin_size=False).content)
        size = int(export.layout)
        self.assertEqual(usb_users.record_size(raw), size)
        self.assertEqual(usb_users.without_passwords(raw, size), raw)
        lines = usb_users.UserFile(raw, size, export.code_page).lines()
        return [tuple(line.person) for line in lines], export

    def test_people_of_the_store(self):
        self.env["attendance.terminal.user"]._note_reported(
            self.terminal,
            [{"code": "01001", "name": "x", "privilege": 14, "card": ""}],
        )
        people, export = self.written()
        self.assertEqual(
            people, [("22", HOSTILE, 0, ""), ("1001", "王小明", 14, "4294967295")]
        )
        self.assertEqual(export.person_count, 2)
        self.assertEqual(export.filename, "user.dat")
        self.assertIn("Nobody's Code holds no terminal user code", export.left_out)

    def test_whom_one_may_choose(self):
        for values, codes in (
            ({"whom": "all"}, ["22", "303", "1001"]),
            (
                {"whom": "departments", "department_ids": [Command.set(self.old.ids)]},
                ["303"],
            ),
            (
                {"whom": "employees", "employee_ids": [Command.set(self.bob.ids)]},
                ["22"],
            ),
        ):
            with self.subTest(values["whom"]):
                people, _export = self.written(**values)
                self.assertEqual([row[0] for row in people], codes)

    def test_a_black_and_white_unit_with_its_code_page(self):
        self.terminal.write({"name_bytes": 8, "code_page": "gb18030"})
        people, export = self.written()
        self.assertEqual((export.layout, export.code_page), ("28", "gb18030"))
        self.assertEqual(
            people, [("22", HOSTILE[:8], 0, ""), ("1001", "王小明", 0, "4294967295")]
        )
        with Form(self.env["attendance.usb.export"]) as form:
            form.terminal_id = self.terminal
            self.assertEqual(form.layout, "28")
            form.layout = "72"

    def test_the_code_page_that_a_terminal_wants(self):
        for options, lang, page in (
            ({"Language": "83"}, "en_US", "gb18030"),
            ({"language": "69"}, "zh_CN", "utf-8"),
            (False, "en_US", "utf-8"),
            (False, "zh_CN", "gb18030"),
        ):
            with self.subTest(options=options, lang=lang):
                self.terminal.unit_options = options
                exports = self.env["attendance.usb.export"].with_context(lang=lang)
                export = exports.create({"terminal_id": self.terminal.id})
                self.assertEqual(export.code_page, page)

    def test_a_file_goes_when_the_choice_changes(self):
        _people, export = self.written()
        self.assertTrue(export.content)
        with Form(export) as form:
            form.whom = "all"
            self.assertFalse(form.content)
        self.assertFalse(export.content)

    def test_capacity_and_nobody(self):
        self.terminal.max_users = 1
        with self.assertRaisesRegex(ValidationError, "holds at most 1 people.*are 2"):
            self.written()
        self.terminal.max_users = 2
        self.assertEqual(len(self.written()[0]), 2)
        with self.assertRaisesRegex(UserError, "Nobody would be in the file"):
            self.written(
                whom="employees", employee_ids=[Command.set(self.codeless.ids)]
            )

    def test_who_may_not(self):
        manager = self.new_user("usb_manager", employee=self.ann)
        self.second.manager_id = self.ann
        self.new_role(
            {"terminals": "view edit", "employees": "view"},
            scope="own_stores",
            user_ids=manager,
        )
        with self.assertRaises(AccessError):
            self.written(user=manager)
        other = self.new_terminal("2", "TESTSN0002", store_id=self.second.id)
        # Asking for everybody gives those in the scope.
        people, _export = self.written(user=manager, terminal_id=other.id, whom="all")
        self.assertEqual([row[0] for row in people], ["303"])
        people, _export = self.written(
            user=manager,
            terminal_id=other.id,
            whom="employees",
            employee_ids=[Command.set((self.far + self.bob).ids)],
        )
        self.assertEqual([row[0] for row in people], ["303"])
        looker = self.new_user("usb_looker")
        self.new_role({"terminals": "view"}, scope="all", user_ids=looker)
        with self.assertRaises(AccessError):
            self.written(user=looker)
