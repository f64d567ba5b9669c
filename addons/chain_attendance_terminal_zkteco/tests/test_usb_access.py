from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tests.common import HttpCase

from .usb_common import HOSTILE, UsbCommon, attlog


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestUsbAccess(UsbCommon):
    """Who may import for which terminal, and what others see of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_store("T2")
        cls.other = cls.new_terminal("2", "TESTSN0002", store_id=cls.second.id)
        cls.manager = cls.new_user("usb_manager", employee=cls.person)
        cls.store.manager_id = cls.person
        cls.new_role(
            {"terminals": "view edit"}, scope="own_stores", user_ids=cls.manager
        )
        cls.looker = cls.new_user("usb_looker")
        cls.new_role({"terminals": "view"}, scope="all", user_ids=cls.looker)

    def test_only_for_a_terminal_in_the_scope(self):
        content = attlog(("1001", "08:30:00"))
        mine = self.carry(("1_attlog.dat", content), user=self.manager)
        self.assertEqual(mine.imported_by_id, self.manager)
        upload = self.upload(("2_attlog.dat", content), user=self.manager)
        self.assertFalse(upload.file_ids.terminal_id)
        for name in ("TESTSN0002_attlog.dat", "attlog.dat"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.upload(
                    (name, content), user=self.manager, terminal_id=self.other.id
                )
        upload = self.upload(("1_attlog.dat", content), user=self.manager)
        upload.file_ids.write({"terminal_id": self.other.id})
        with self.assertRaises(AccessError):
            upload.action_import()
        self.assertFalse(
            self.env["attendance.punch"].search([("terminal_id", "=", self.other.id)])
        )

    def test_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other Chain"})
        foreign = self.new_terminal(
            "7", "TESTSN0007", company_id=company.id, store_id=False
        )
        clerk = self.new_user("usb_clerk")
        self.new_role({"terminals": "view edit"}, scope="all", user_ids=clerk)
        content = attlog(("1001", "08:30:00"))
        upload = self.upload(("TESTSN0007_attlog.dat", content), user=clerk)
        self.assertFalse(upload.file_ids.terminal_id)
        upload.file_ids.write({"terminal_id": foreign.id})
        with self.assertRaises(AccessError):
            upload.action_import()

    def test_who_may_look_only_imports_nothing(self):
        with self.assertRaises(AccessError):
            self.upload(("1_attlog.dat", attlog()), user=self.looker)
        stranger = new_test_user(self.env, "stranger")
        with self.assertRaises(AccessError):
            self.upload(("1_attlog.dat", attlog()), user=stranger)

    def test_what_is_kept_shows_within_the_scope(self):
        content = attlog(("1001", "08:30:00"))
        first = self.carry(("1_attlog.dat", content))
        second = self.carry(("2_attlog.dat", content))
        files = self.env["attendance.usb.file"]
        self.assertEqual(files.with_user(self.manager).search([]), first)
        self.assertEqual(files.with_user(self.looker).search([]), second + first)
        with self.assertRaises(AccessError):
            second.with_user(self.manager).read(["name"])
        for attempt in (
            lambda: first.with_user(self.manager).write({"new_count": 9}),
            lambda: first.with_user(self.manager).unlink(),
            lambda: first.with_user(self.manager).read(["content"]),
            lambda: first.with_user(self.manager).copy(),
            lambda: first.with_user(self.looker).action_download_result(),
        ):
            with self.assertRaises(AccessError):
                attempt()
        # Of a file out of the scope nobody hears that it was imported.
        upload = self.upload(
            ("x_attlog.dat", content), user=self.manager, terminal_id=self.terminal.id
        )
        self.assertIn("was imported on", upload.file_ids.note)
        first.sudo().sha256 = "other"
        upload = self.upload(
            ("x_attlog.dat", content), user=self.manager, terminal_id=self.terminal.id
        )
        self.assertFalse(upload.file_ids.note)

    def test_nobody_forges_what_a_file_is(self):
        upload = self.upload(("1_attlog.dat", attlog(("1001", "08:30:00"))))
        file = upload.file_ids
        told = file.read(["name", "sha256", "kind", "line_count", "layout"])
        file.write(
            {
                "name": "x",
                "sha256": "x",
                "kind": "users",
                "line_count": 0,
                "layout": "72",
            }
        )
        self.assertEqual(
            file.read(["name", "sha256", "kind", "line_count", "layout"]), told
        )
        forged = self.env["attendance.usb.upload.file"].create(
            {"upload_id": upload.id, "name": "a", "kind": "users", "sha256": "x"}
        )
        self.assertEqual((forged.kind, forged.problem), (False, "empty"))

    def test_somebody_else_s_upload_is_nobody_s_business(self):
        upload = self.upload(("1_attlog.dat", attlog(("1001", "08:30:00"))))
        clerk = self.new_user("usb_clerk")
        self.new_role({"terminals": "view edit"}, scope="all", user_ids=clerk)
        for record in (upload, upload.file_ids, upload.row_ids):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(clerk).read(["display_name"])
        with self.assertRaises(AccessError):
            self.env["attendance.usb.upload.file"].with_user(clerk).create(
                {"upload_id": upload.id, "name": "a"}
            )


@tagged("post_install", "-at_install")
class TestUsbResult(UsbCommon, HttpCase):
    """What became of each line, as a file."""

    def test_the_result_is_plain_text_in_cells(self):
        content = attlog(("1001", "08:30:00")) + f"{HOSTILE}\r\n\x01=1+1".encode()
        with freeze_time("2026-03-10 10:00:00"):
            kept = self.carry(("1_attlog.dat", content))
        editor = new_test_user(self.env, "usb_editor", password="usb_editor_1")
        editor.write(
            {"company_ids": [(6, 0, self.company.ids)], "company_id": self.company.id}
        )
        self.new_role({"terminals": "view"}, scope="all", user_ids=editor)
        self.authenticate("usb_editor", "usb_editor_1")
        address = f"/chain_attendance/usb/{kept.id}/result.xlsx"
        self.assertEqual(self.url_open(address).status_code, 403)
        self.assertEqual(
            self.url_open("/chain_attendance/usb/0/result.xlsx").status_code, 404
        )
        self.new_role({"terminals": "view export"}, scope="all", user_ids=editor)
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(rows[1][:4], [1, "New", "1001", "2026-03-09 08:30:00"])
        self.assertEqual(rows[2][4], HOSTILE)
        self.assertEqual(rows[3][4], "\\x01=1+1")
        self.assertEqual(
            {cell.data_type for row in sheet.iter_rows() for cell in row} & {"f"}, set()
        )
        action = kept.action_download_result()
        self.assertEqual(action["url"], address)
        self.assertTrue(kept.finished_at)
