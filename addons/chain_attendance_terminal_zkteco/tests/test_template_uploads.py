import base64
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import handler
from ..messages import TerminalRequest

LOGGER = "odoo.addons.chain_attendance_terminal.models.attendance_biometric"
KEY = Fernet.generate_key().decode()
SECRET = base64.b64encode(b"the template of a finger" * 8).decode()
FINGER = f"FP PIN=1001\tFID=6\tSize=256\tValid=1\tTMP={SECRET}"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestTemplateUploads(TerminalCommon):
    """Which templates of an upload are kept; and that nothing else keeps one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.dict("os.environ", {"ATTENDANCE_BIOMETRIC_KEY": KEY})
        )
        cls.company.is_attendance_biometric_on = True
        cls.terminal.write({"can_enroll": True, "fingerprint_version": "10"})
        cls.person = cls.new_employee("Ann", "1001")
        cls.person.biometric_consent_on = "2026-03-01"

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def ask(self, method, body="", **query):
        self.env.flush_all()
        reply = handler.answer(
            self.env.registry,
            TerminalRequest(
                method,
                "cdata",
                {"sn": "TESTSN0001", **query},
                body.encode(),
                "",
                "10.0.0.9",
            ),
        )
        self.env.invalidate_all()
        return reply.text

    def kept(self):
        return self.env["attendance.biometric"].search(
            [("company_id", "=", self.company.id)]
        )

    def test_a_template_of_a_person_who_agreed_is_kept(self):
        self.assertEqual(self.ask("POST", FINGER, table="OPERLOG"), "OK: 1\n")
        row = self.kept()
        self.assertEqual(
            (row.employee_id, row.kind, row.number, row.version, row.user_code),
            (self.person, "fingerprint", 6, "10", "1001"),
        )
        self.assertEqual(row._open()["template"], SECRET)

    def test_everything_else_is_dropped_and_counted(self):
        def without(record, **values):
            before = {name: record[name] for name in values}
            record.write(values)
            self.assertEqual(self.ask("POST", FINGER, table="OPERLOG"), "OK: 1\n")
            self.assertFalse(self.kept())
            record.write(before)

        without(self.terminal, can_enroll=False)
        without(self.company, is_attendance_biometric_on=False)
        without(self.person, biometric_consent_on=False)
        for key in ("", "none"):
            with (
                patch.dict("os.environ", {"ATTENDANCE_BIOMETRIC_KEY": key}),
                self.assertLogs(LOGGER, "WARNING"),
            ):
                without(self.terminal, description=key)
        unknown = FINGER.replace("1001", "1002")
        self.assertEqual(self.ask("POST", unknown, table="FINGERTMP"), "OK: 1\n")
        self.assertFalse(self.kept())

    def test_a_bad_row_does_not_lose_the_good_one(self):
        body = "\n".join(["FP PIN=1001\tFID=3\tTMP=%%", FINGER, "FP x", f"FP {SECRET}"])
        self.assertEqual(self.ask("POST", body, table="OPERLOG"), "OK: 4\n")
        self.assertEqual(self.kept().number, 6)

    def test_no_content_lies_anywhere_in_clear(self):
        body = "\n".join([FINGER, f"FP PIN=\tFID=1\tTMP={SECRET}", f"XX {SECRET}"])
        with self.assertLogs("odoo", level="DEBUG") as logs:
            self.ask("POST", body, table="OPERLOG")
            self.ask("POST", body, table="NOSUCH")
        self.assertTrue(self.kept())
        self.assertNotIn(SECRET[:32], "\n".join(logs.output))
        raw = base64.b64decode(SECRET)
        self.env.cr.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND (table_name LIKE 'attendance%' OR"
            " table_name IN ('hr_employee', 'mail_message', 'ir_attachment'))"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'bytea')"
        )
        columns = self.env.cr.fetchall()
        self.assertIn(("attendance_biometric", "sealed", "bytea"), columns)
        for table, column, kind in columns:
            name = SQL.identifier(column)
            if kind == "bytea":
                text, wanted = name, [raw[:24], SECRET[:32].encode()]
            else:
                text, wanted = SQL("%s::text", name), [SECRET[:32]]
            found = [SQL("position(%s IN %s) > 0", one, text) for one in wanted]
            self.env.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s WHERE %s",
                    SQL.identifier(table),
                    SQL(" OR ").join(found),
                )
            )
            self.assertEqual(self.env.cr.fetchone()[0], 0, f"{table}.{column}")

    def test_what_the_unit_is_asked_for(self):
        self.terminal.unit_options = {"MultiBioDataSupport": "0:1", "X": "y"}
        text = self.ask("GET", options="all")
        self.assertIn("\tChgUser\tEnrollFP\tChgFP\tFACE\tUserPic\tBioPhoto\n", text)
        self.assertIn("\nMultiBioDataSupport=0:1\n", text)
        self.terminal.can_enroll = False
        text = self.ask("GET", options="all")
        self.assertIn("\tChgUser\n", text)
        self.assertNotIn("MultiBio", text)
