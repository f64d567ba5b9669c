import io
from contextlib import suppress

import xlsxwriter

from odoo.tests import freeze_time, tagged
from odoo.tools import file_open, mute_logger

from .common import AttendanceCommon

OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": False,
    "date_format": "%Y-%m-%d",
    "datetime_format": "",
}
HEADERS = (
    "Employee Number",
    "Name",
    "English Name",
    "Terminal User Code",
    "Card Number",
    "Gender",
    "Department",
    "Job Position",
    "Store",
    "Hire Date",
    "Leave Date",
    "Mobile Phone",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 08:00:00")
class TestHrEmployeeImport(AttendanceCommon):
    """Odoo's own import, from the bytes of a workbook to the records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department = cls.env["hr.department"].create(
            {"name": "Import North", "company_id": cls.company.id}
        )
        if "code" in cls.department._fields:
            cls.department.code = "IMP1"
        cls.job = cls.env["hr.job"].create(
            {"name": "Import Cashier", "company_id": cls.company.id}
        )

    def workbook(self, rows, headers=HEADERS):
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate([headers, *rows]):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(number, column, value)
        book.close()
        return stream.getvalue()

    def import_file(self, content, dryrun=False, **context):
        """Preview, take the columns that Odoo suggests, import."""
        wizard = self.env["base_import.import"].with_context(**context)
        wizard = wizard.create(
            {
                "res_model": "hr.employee",
                "file": content,
                "file_name": "people.xlsx",
                "file_type": "application/vnd.openxmlformats-officedocument"
                ".spreadsheetml.sheet",
            }
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        self.assertNotIn("error", preview)
        columns = [
            "/".join(preview["matches"].get(n, [])) or False
            for n in range(len(preview["headers"]))
        ]
        options = {**preview["options"], **OPTIONS}
        options["sheet"] = preview["options"]["sheet"]
        result = wizard.execute_import(columns, preview["headers"], options, dryrun)
        return columns, result

    def people(self):
        return self.env["hr.employee"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def test_three_people(self):
        by_code = getattr(self.department, "code", self.department.name)
        content = self.workbook(
            [
                ["B1", "Ann", "Annie", 501, "CARD1", "Female", "Import North",
                 "Import Cashier", "T001", "2026-03-01", "", "13800000001"],
                ["B2", "Bob", "", "", "", "Male", by_code,
                 "", "Store T001", "2026-03-02", "2026-05-31", ""],
                ["", "Cid", "", "", "", "", "", "", "", "", "", ""],
            ]
        )  # fmt: skip
        for dryrun in (True, False):
            columns, result = self.import_file(content, dryrun)
            self.assertFalse(result["messages"])
            self.assertEqual(len(self.people()), 0 if dryrun else 3)
        self.assertEqual(columns[3:6], ["terminal_user_code", "barcode", "sex"])
        ann, bob, cid = self.people()
        self.assertEqual(
            (ann.employee_number, ann.english_name, ann.terminal_user_code),
            ("B1", "Annie", "501"),
        )
        self.assertEqual((ann.barcode, ann.sex), ("CARD1", "female"))
        self.assertEqual((ann.department_id, ann.job_id), (self.department, self.job))
        self.assertEqual(ann.mobile_phone, "13800000001")
        self.assertEqual(bob.department_id, self.department)
        self.assertEqual((ann.store_id, bob.store_id), (self.store, self.store))
        self.assertEqual(str(bob.leave_date), "2026-05-31")
        self.assertTrue(cid.employee_number)
        self.assertTrue(all(p.terminal_user_code for p in (bob, cid)))

    @mute_logger("odoo.sql_db")
    def test_a_bad_file_names_rows_and_columns_and_writes_nothing(self):
        self.new_employee("Held", "900", employee_number="H1")
        before = self.people()
        rows = [
            ["B1", "Ann", "", "501"],
            ["B1", "Bob", "", "502"],
            ["B-3", "Cid", "", "503"],
            ["H1", "Dan", "", "504"],
            ["B5", "Eve", "", "0505"],
            ["B6", "Fay", "", "900"],
            ["B7", "Gil", "", "501"],
            ["B8", "Hal", "x" * 65, "508"],
            ["B9", "Ida", "", "509", "", "", "No such department"],
            ["B10", "Joe", "", "510", "", "", "", "", "", "2026-03-02", "2026-03-01"],
            ["B11", "Kim", "", "511"],
        ]
        rows = [row + [""] * (len(HEADERS) - len(row)) for row in rows]
        _columns, result = self.import_file(self.workbook(rows))
        self.assertFalse(result["ids"])
        self.assertEqual(self.people(), before)
        found = [
            (message["rows"]["from"], message["field"])
            for message in result["messages"]
        ]
        self.assertEqual(
            found,
            [
                (1, "employee_number"),
                (2, "employee_number"),
                (3, "employee_number"),
                (4, "terminal_user_code"),
                (5, "terminal_user_code"),
                (6, "terminal_user_code"),
                (7, "english_name"),
                (8, "department_id"),
                (9, "leave_date"),
            ],
        )
        for message, words in zip(
            result["messages"],
            ("B1.*Ann.*Bob", "B-3", "H1.*Held.*Dan", "0505.*1 to 8", "900.*Held.*Fay",
             "501.*Ann.*Gil", "Hal.*64.*65", "No such department",
             "Joe.*2026-03-01.*2026-03-02"),
            strict=True,
        ):  # fmt: skip
            self.assertRegex(message["message"], words)

    def test_update_by_database_id(self):
        person = self.new_employee("Ann", "501", employee_number="B1")
        result = self.env["hr.employee"].load(
            [".id", "employee_number", "terminal_user_code", "english_name"],
            [[str(person.id), "B1", "502", "Annie"]],
        )
        self.assertFalse(result["messages"])
        self.assertEqual((person.english_name, person.terminal_user_code), ("Annie", "502"))

    def test_templates_by_language_map_every_column(self):
        for lang, name in (("en_US", "en"), ("zh_CN", "zh")):
            with suppress(ValueError):
                self.env["res.lang"]._activate_lang(lang)
            people = self.env["hr.employee"].with_context(lang=lang)
            first = people.get_import_templates()[0]["template"]
            self.assertTrue(first.endswith(f"hr_employee_import_{name}.xlsx"))
            with file_open(first.lstrip("/"), "rb") as file:
                content = file.read()
            columns, result = self.import_file(content, dryrun=True, lang=lang)
            self.assertNotIn(False, columns)
            self.assertEqual(len(set(columns)), len(HEADERS))
            self.assertFalse(result["messages"])

    def test_export_and_import_again(self):
        self.new_employee("Ann", "501", employee_number="B1")
        names = ["employee_number", "name", "terminal_user_code", "store_id/code"]
        [row] = self.people().export_data(names)["datas"]
        self.assertEqual(row, ["B1", "Ann", "501", "T001"])
