import io
from pathlib import Path

import xlsxwriter

from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.misc import file_path

from .common import AttendanceCommon

OPTIONS = {
    "has_headers": True,
    "headers": True,
    "quoting": '"',
    "separator": ",",
    "float_decimal_separator": ".",
    "float_thousand_separator": ",",
    "date_format": "%Y-%m-%d",
    "datetime_format": "",
    "sheet": "Import",
    "sheets": ["Import"],
    "fallback_values": {},
    "name_create_enabled_fields": {},
    "import_set_empty_fields": [],
    "import_skip_records": [],
}
STORE_HEAD = ["Code", "Name", "Zone", "Department", "Timezone"]
STORE_FIELDS = ["code", "name", "zone", "department_id", "tz"]


def workbook(rows):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Import")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestOrganisationImport(AttendanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = cls.env["hr.department"].create({"name": "Sales", "code": "S1"})

    def importer(self, model, content, lang=None):
        env = self.env(context=dict(self.env.context, lang=lang or "en_US"))
        return env["base_import.import"].create(
            {
                "res_model": model,
                "file": content,
                "file_name": "rows.xlsx",
                "file_type": "application/vnd.openxmlformats-officedocument"
                ".spreadsheetml.sheet",
            }
        )

    def run_import(self, rows, fields=None, model="attendance.store"):
        return self.importer(model, workbook(rows)).execute_import(
            list(fields or STORE_FIELDS), list(rows[0]), dict(OPTIONS)
        )

    def test_stores_from_excel(self):
        result = self.run_import(
            [
                STORE_HEAD,
                ["N01", "North", "N", "S1", "Asia/Shanghai"],
                ["", "South", "S", "Sales", "Asia/Shanghai"],
            ]
        )
        self.assertFalse(result["messages"])
        north, south = self.env["attendance.store"].browse(result["ids"])
        self.assertEqual((north.code, north.department_id), ("N01", self.sales))
        self.assertEqual((south.code, south.department_id), ("001", self.sales))

    @mute_logger("odoo.sql_db")
    def test_a_bad_row_is_named_and_nothing_is_written(self):
        good = ["N01", "North", "N", "S1", "Asia/Shanghai"]
        count = self.env["attendance.store"].search_count([])
        for bad, column in (
            (["N 2", "Bad", "N", "S1", "Asia/Shanghai"], "store code"),
            (["N02", "n" * 129, "N", "S1", "Asia/Shanghai"], "store name"),
            (["N02", "Bad", "N", "Nowhere", "Asia/Shanghai"], "Department"),
            (["N02", "Bad", "N", "S1", "Mars/Base"], "Timezone"),
            (["T001", "Bad", "N", "S1", "Asia/Shanghai"], "has this code"),
        ):
            with self.subTest(column):
                result = self.run_import([STORE_HEAD, good, bad])
                self.assertFalse(result["ids"])
                (message,) = [m for m in result["messages"] if m["type"] == "error"]
                self.assertEqual(message["rows"], {"from": 1, "to": 1})
                self.assertIn(column, message["message"])
                stores = self.env["attendance.store"]
                self.assertEqual(stores.search_count([]), count)

    def test_departments_below_those_of_the_same_file(self):
        head = ["Department Code", "Department Name", "Parent Department"]
        fields = ["code", "name", "parent_id"]
        model = "hr.department"
        rows = [
            head,
            ["E1", "East", "S1"],
            ["E2", "Shops", "East"],
            ["", "Tills", "E2"],
        ]
        result = self.run_import(rows, fields, model)
        self.assertFalse(result["messages"])
        east, shops, tills = self.env[model].browse(result["ids"])
        self.assertEqual(east.parent_id, self.sales)
        self.assertEqual((shops.parent_id, tills.parent_id), (east, shops))
        self.assertEqual(tills.code, "002")
        rows = [head, ["E3", "Good", "E1"], ["TOOLONG", "Bad", "E1"]]
        result = self.run_import(rows, fields, model)
        self.assertFalse(result["ids"])
        self.assertEqual(result["messages"][0]["rows"], {"from": 1, "to": 1})
        self.assertIn("department code", result["messages"][0]["message"])
        self.assertFalse(self.env[model].search([("code", "=", "E3")]))

    def test_load_by_program(self):
        result = self.env["hr.department"].load(
            ["name", "code"], [["One", ""], ["Two", "T2"]]
        )
        self.assertFalse(result["messages"])
        made = self.env["hr.department"].browse(result["ids"])
        self.assertEqual(made.mapped("code"), ["002", "T2"])

    def test_templates_are_there_and_their_columns_are_known(self):
        for model in ("attendance.store", "hr.department"):
            for lang in ("en_US", "zh_CN"):
                with self.subTest(model=model, lang=lang):
                    models = self.env[model].with_context(lang=lang)
                    (template,) = models.get_import_templates()
                    path = template["template"].lstrip("/")
                    self.assertIn("_zh" if lang == "zh_CN" else "_en", path)
                    content = Path(file_path(path)).read_bytes()
                    importer = self.importer(model, content, lang)
                    preview = importer.parse_preview(dict(OPTIONS))
                    known = {at: names for at, names in preview["matches"].items()}
                    self.assertEqual(len(known), len(preview["headers"]), known)
