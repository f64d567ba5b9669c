from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..biometrics import Template, is_for, plain_version
from ..vault import Vault
from .common import TerminalCommon

KEY, NEXT = (Fernet.generate_key().decode() for _turn in range(2))
LOGGER = "odoo.addons.chain_attendance_terminal.models.attendance_biometric"
TEXT = "VGhlIHRlbXBsYXRl"


def finger(code="1001", number=6, text=TEXT, **values):
    return Template(
        code, "fingerprint", number, 0, "10", False, {"template": text, "valid": 1}
    )._replace(**values)


class BiometricCommon(TerminalCommon):
    """A company that keeps templates, an enrolment terminal, a person who agreed."""

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
        cls.biometrics = cls.env["attendance.biometric"]

    def use_keys(self, *keys):
        self.startPatcher(
            patch.dict("os.environ", {"ATTENDANCE_BIOMETRIC_KEY": ",".join(keys)})
        )

    def collect(self, *templates, terminal=None):
        return self.biometrics._collect(terminal or self.terminal, templates)

    def kept(self, **equal):
        domain = [("company_id", "=", self.company.id)]
        domain += [(name, "=", value) for name, value in equal.items()]
        return self.biometrics.search(domain)

    def column(self, row, name):
        self.env.cr.execute(
            f"SELECT {name} FROM attendance_biometric WHERE id = %s",  # pylint: disable=sql-injection
            [row.id],
        )
        return self.env.cr.fetchone()[0]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestAttendanceBiometric(BiometricCommon):
    """Templates are kept of who agreed, encrypted, and no way leads to them."""

    def test_it_is_off_until_a_person_with_a_key_switches_it_on(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(other.is_attendance_biometric_on)
        for keys, words in (("", "no key"), ("abc", "not a key")):
            self.use_keys(keys)
            with self.assertRaisesRegex(UserError, words) as caught:
                other.is_attendance_biometric_on = True
            self.assertIn("attendance_biometric_key", str(caught.exception))
        self.use_keys(KEY)
        other.is_attendance_biometric_on = True

    def test_a_template_is_written_once_and_again_when_it_changed(self):
        first = self.collect(finger(), finger(number=5))
        self.assertEqual(len(first), 2)
        token = self.column(first[0], "sealed")
        self.assertFalse(self.collect(finger(), finger(number=5)))
        self.assertEqual(self.column(first[0], "sealed"), token)
        self.assertEqual(len(self.collect(finger(text="b3RoZXI="))), 1)
        self.assertEqual(len(self.kept()), 2)
        self.assertEqual(self.kept(number=6)._open()["template"], "b3RoZXI=")

    def test_the_same_finger_of_another_algorithm_is_another_template(self):
        self.collect(finger(), finger(version="9"))
        self.assertEqual(sorted(self.kept().mapped("version")), ["10", "9"])

    def test_only_people_who_agreed_and_are_here(self):
        for values in (
            {"biometric_consent_on": False},
            {"leave_date": "2026-03-09"},
            {"active": False},
        ):
            with self.subTest(values):
                person = self.new_employee("Bo", "1002")
                person.write({"biometric_consent_on": "2026-03-01", **values})
                self.assertFalse(self.collect(finger("1002")))
                person.write({"active": True, "leave_date": False})
                person.terminal_user_code = False
        self.assertFalse(self.collect(finger("999")))

    def test_a_code_of_another_company_gives_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.is_attendance_biometric_on = True
        self.env.user.company_ids |= other
        far = self.new_terminal(
            "7", "TESTSN0007", company_id=other.id, store_id=False, can_enroll=True
        )
        self.assertFalse(self.collect(finger(), terminal=far))

    def test_the_hidden_columns_are_no_fields(self):
        row = self.collect(finger())
        for name in ("sealed", "key_id", "digest"):
            self.assertNotIn(name, row._fields)
            with self.assertRaises(ValueError):
                self.biometrics.search([(name, "!=", False)])
            with self.assertRaises(ValueError):
                row.read([name])
            with self.assertRaises(Exception):  # noqa: B017
                row.export_data([name])
            with self.assertRaises(Exception):  # noqa: B017
                self.biometrics.formatted_read_group([], [name], ["__count"])
            with self.assertRaises(ValueError):
                self.biometrics.search([], order=name)
        text = repr(row.read()) + repr(row.export_data(list(row._fields))["datas"])
        self.assertNotIn(TEXT, text)
        sealed = bytes(self.column(row, "sealed"))
        self.assertNotIn(sealed.decode(), text)
        self.assertNotIn(TEXT.encode(), sealed)

    def test_a_keeper_sees_that_it_is_there_and_changes_nothing(self):
        row = self.collect(finger())
        user = self.new_user("keeper")
        self.store.timekeeper_ids = user
        self.new_role({"terminals": "view"}, scope="own_stores", user_ids=user)
        mine = row.with_user(user)
        self.assertEqual(mine.read(["kind"])[0]["kind"], "fingerprint")
        for call in (
            lambda: mine.write({"kind": "palm"}),
            mine.copy,
            mine.unlink,
            lambda: self.biometrics.with_user(user).create({}),
            lambda: row.with_user(self.new_user("nobody")).read(["kind"]),
        ):
            with self.assertRaises(AccessError):
                call()
        self.person.store_id = self.new_store("T9")
        with self.assertRaises(AccessError):
            mine.read(["kind"])

    def test_the_content_is_not_called_from_outside(self):
        for name in ("_open", "_collect", "_vault"):
            method = getattr(type(self.biometrics), name)
            self.assertTrue(name.startswith("_") and method._api_private)

    def test_rotation_in_batches(self):
        self.collect(*(finger(number=n) for n in range(5)))
        self.use_keys(NEXT, KEY)
        done = []

        def told(cron, processed, **values):
            done.append((processed, values["remaining"]))
            return float("inf")

        with (
            patch.object(type(self.env["ir.cron"]), "_commit_progress", told),
            patch(f"{LOGGER}.SEAL_BATCH", 2),
        ):
            self.biometrics._cron_seal_again()
        self.assertEqual(done, [(2, 1), (2, 1), (1, 0)])
        self.use_keys(NEXT)
        self.assertEqual(
            {self.column(row, "key_id") for row in self.kept()}, {Vault(NEXT).key_id}
        )
        self.assertEqual({row._open()["template"] for row in self.kept()}, {TEXT})
        self.assertFalse(self.collect(finger(number=3)))

    @mute_logger(LOGGER)
    def test_a_lost_key_is_said_and_nothing_is_half_written(self):
        row = self.collect(finger())
        before = self.column(row, "sealed")
        self.use_keys(NEXT)
        self.assertIsNone(row._open())
        with self.assertRaisesRegex(UserError, "1 templates were encrypted"):
            self.biometrics._check_vault(self.company)
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            self.biometrics._cron_seal_again()
        self.assertEqual(self.column(row, "sealed"), before)
        settings = self.env["res.config.settings"].with_company(self.company)
        self.assertIn("1 templates", settings.create({}).attendance_biometric_problem)
        # Enrolled again, it is readable again.
        self.assertEqual(self.collect(finger()), row)
        self.assertEqual(row._open()["template"], TEXT)

    @mute_logger(LOGGER)
    def test_a_template_moved_to_another_row_is_not_opened(self):
        one, two = self.collect(finger(), finger(number=5))
        self.env.cr.execute(
            "UPDATE attendance_biometric SET sealed ="
            " (SELECT sealed FROM attendance_biometric WHERE id = %s) WHERE id = %s",
            [one.id, two.id],
        )
        self.assertIsNone(two._open())

    def test_who_noted_a_consent(self):
        self.assertEqual(self.person.biometric_consent_by_id, self.env.user)
        self.person.write(
            {"biometric_consent_on": "2026-03-02", "biometric_consent_by_id": 1}
        )
        self.assertEqual(self.person.biometric_consent_by_id, self.env.user)
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self.person.biometric_consent_on = "2026-03-11"
        self.person.biometric_consent_on = False
        self.assertFalse(self.person.biometric_consent_by_id)

    def test_versions(self):
        for text, wanted in (
            ("10", "10"),
            ("10.0", "10"),
            ("10.00", "10"),
            ("58.12", "58.12"),
            ("010", "10"),
            (" 7 ", "7"),
            ("<b>", ""),
            ("", ""),
            (None, ""),
            ("1" * 17, ""),
        ):
            self.assertEqual(plain_version(text), wanted)
        self.assertTrue(is_for("fingerprint", "10", {"fingerprint": "10.0"}))
        self.assertTrue(is_for("photo", "", {"photo": ""}))
        self.assertFalse(is_for("fingerprint", "10", {"fingerprint": "9"}))
        self.assertFalse(is_for("fingerprint", "10", {"fingerprint": ""}))
        self.assertFalse(is_for("palm", "10", {"fingerprint": "10"}))
