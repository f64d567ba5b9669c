import base64
import hashlib
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .test_usb_files import new_template
from .test_usb_users import PASSWORD, colour
from .usb_common import DAY, HOSTILE, UsbCommon, attlog


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestUsbImport(UsbCommon):
    def test_nothing_is_stored_before_the_import(self):
        content = (
            b"SN=TESTSN0001\r\n"
            + attlog(("1001", "08:30:00"), ("1001", "08:30:00"), ("77", "08:31:00"))
            + b" 1001\t1999-01-01 08:00:00\t1\t0\t1\t0\r\n"
            + b" 1001\t2026-03-11 08:00:00\t1\t0\t1\t0\r\n"
            + b" 1001\t2026-13-01 08:00:00\t1\t0\t1\t0\r\nrubbish\r\n"
        )
        upload = self.upload(("1_attlog.dat", content))
        file = upload.file_ids
        self.assertEqual(file.terminal_id, self.terminal)
        expected = {
            "new": 1, "known": 1, "unknown": 1, "aside": 2, "unreadable": 2,
            "heading": 1,
        }  # fmt: skip
        self.assertEqual(self.counts(file), expected)
        self.assertEqual(file.line_count, 8)
        self.assertEqual(
            upload.row_ids.mapped(lambda row: (row.number, row.outcome)),
            [(7, "t"), (8, "x"), (5, "p"), (6, "f"), (4, "u"), (2, "n"), (3, "k"),
             (1, "h")],
        )  # fmt: skip
        self.assertFalse(self.punches())
        self.assertFalse(self.kept())
        upload.action_import()
        kept = self.kept()
        self.assertEqual(self.counts(kept), expected)
        self.assertEqual((kept.state, kept.progress), ("done", 100))
        self.assertEqual(kept.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(kept.size, len(content))
        self.assertEqual(kept.imported_by_id, self.env.user)
        self.assertEqual(len(self.punches()), 4)
        good = self.punches(employee_id=self.person.id, quarantine=False)
        self.assertEqual(good.source, "usb")
        self.assertEqual(good.wall_time, f"{DAY} 08:30:00")
        self.assertFalse(upload.file_ids)

    def test_file_and_network_never_double(self):
        times = [f"{DAY} 08:30:00", f"{DAY} 17:30:00"]
        content = attlog(("1001", "08:30:00"), ("1001", "17:30:00"))
        self.send("1001", *times)
        kept = self.carry(("1_attlog.dat", content))
        self.assertEqual(self.counts(kept), {"known": 2})
        self.assertEqual(self.punches().mapped("source"), ["push", "push"])
        other = self.new_terminal("2", "TESTSN0002")
        kept = self.carry(("2_attlog.dat", content.replace(b"\t1\t0", b"\t2\t0")))
        self.assertEqual(self.counts(kept), {"new": 2})
        self.assertEqual(self.send("1001", *times, terminal=other), 0)
        self.assertEqual(
            self.env["attendance.punch"].search_count([("terminal_id", "=", other.id)]),
            2,
        )

    def test_a_code_with_zeros_in_front_is_the_same_punch(self):
        """Whichever way it came first, and whoever pads."""
        codes = ("1001", "00001001")
        ways = [(one, two) for one in codes for two in codes]
        for minute, (one, two) in enumerate(ways):
            with self.subTest(wire=one, file=two):
                self.send(one, f"{DAY} 08:{minute:02d}:00")
                kept = self.carry(
                    ("1_attlog.dat", attlog((two, f"08:{minute:02d}:00")))
                )
                self.assertEqual(self.counts(kept), {"known": 1})
            with self.subTest(file=one, wire=two):
                kept = self.carry(
                    ("1_attlog.dat", attlog((one, f"09:{minute:02d}:00")))
                )
                self.assertEqual(self.counts(kept), {"new": 1})
                self.assertEqual(self.send(two, f"{DAY} 09:{minute:02d}:00"), 0)
            with self.subTest(file=one, other_file=two):
                self.carry(("1_attlog.dat", attlog((one, f"10:{minute:02d}:00"))))
                kept = self.carry(
                    ("1_attlog.dat", attlog((two, f"10:{minute:02d}:00")))
                )
                self.assertEqual(self.counts(kept), {"known": 1})
        count = self.env["attendance.punch"].search_count(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(count, 3 * len(ways))

    def test_the_same_file_again_is_allowed_and_named(self):
        content = attlog(("1001", "08:30:00"))
        first = self.carry(("1_attlog.dat", content))
        upload = self.upload(("copy_attlog.dat", content), terminal_id=self.terminal.id)
        self.assertIn("was imported on", upload.file_ids.note)
        self.assertIn(self.env.user.name, upload.file_ids.note)
        upload.action_import()
        second = self.kept()[0]
        self.assertEqual(second.earlier_id, first)
        self.assertEqual(self.counts(second), {"known": 1})

    def test_which_terminal_is_proposed(self):
        other = self.new_terminal("2", "TESTSN0002")
        line = attlog(("1001", "08:30:00"))
        for name, content, terminal in (
            ("TESTSN0002_attlog.dat", line, other),
            ("1_attlog.dat", b"SN=testsn0002\r\n" + line, other),
            ("2_attlog.dat", line, other),
            ("9_attlog.dat", line, self.env["attendance.terminal"]),
            ("attlog.dat", line, self.env["attendance.terminal"]),
        ):
            with self.subTest(name):
                found = self.upload((name, content)).file_ids
                self.assertEqual(found.terminal_id, terminal)
        upload = self.upload(("attlog.dat", line))
        with self.assertRaisesRegex(UserError, "Choose the terminal"):
            upload.action_import()
        # The people of the same stick are of the same terminal.
        upload = self.upload(("2_attlog.dat", line), ("user.dat", colour()))
        self.assertEqual(upload.file_ids.terminal_id, other)

    def test_another_serial_number_is_warned_of(self):
        upload = self.upload(
            ("TESTSN0009_attlog.dat", attlog(("1001", "08:30:00"))),
            terminal_id=self.terminal.id,
        )
        self.assertTrue(upload.has_other_serial)
        self.assertIn("TESTSN0009", upload.file_ids.note)
        with self.assertRaisesRegex(UserError, "of another terminal"):
            upload.action_import()
        self.assertFalse(self.punches())
        upload.is_other_serial_accepted = True
        upload.action_import()
        self.assertEqual(len(self.punches()), 1)
        upload = self.upload(
            ("3_attlog.dat", attlog(("1001", "09:30:00"))), terminal_id=self.terminal.id
        )
        self.assertFalse(upload.has_other_serial)
        self.assertIn("terminal 3", upload.file_ids.note)

    def test_another_terminal_is_looked_at_again_before_it_is_stored(self):
        other = self.new_terminal("2", "TESTSN0002")
        self.send("1001", f"{DAY} 08:30:00")
        upload = self.upload(("1_attlog.dat", attlog(("1001", "08:30:00"))))
        self.assertEqual(self.counts(upload.file_ids), {"known": 1})
        upload.file_ids.terminal_id = other
        upload.action_import()
        self.assertEqual(self.counts(upload.file_ids), {"new": 1})
        self.assertFalse(self.kept())
        upload.action_import()
        self.assertEqual(self.kept().terminal_id, other)

    def test_foreign_files_are_named_and_not_imported(self):
        upload = self.upload(("a.jpg", b"\xff\xd8\xff\xe0"), ("1_attlog.dat", b""))
        self.assertEqual(
            upload.file_ids.mapped("note"),
            ["A picture. Photos are not imported.", "The file is empty."],
        )
        self.assertEqual(upload.file_ids.mapped("content"), [False, False])
        with self.assertRaisesRegex(UserError, "None of these files"):
            upload.action_import()

    def test_limits_in_words(self):
        limit = "odoo.addons.chain_attendance_terminal.wizards"
        with (
            patch(f"{limit}.attendance_usb_upload_file.USB_FILE_BYTES", 1024**2),
            self.assertRaisesRegex(UserError, "1_attlog.dat is larger than 1 MB"),
        ):
            self.upload(("1_attlog.dat", b" " * (1024**2 + 9)))
        with self.assertRaisesRegex(UserError, "At most 20 files"):
            self.upload(*[("1_attlog.dat", b"x")] * 21)
        with self.assertRaisesRegex(UserError, "Add a file"):
            self.upload()
        with self.assertRaisesRegex(UserError, "did not arrive whole"):
            self.env["attendance.usb.upload.file"].create(
                {"upload_id": self.upload(("a", b"")).id, "content": b"no base64!"}
            )

    def test_people_are_told_and_never_created(self):
        self.env["attendance.terminal.user"]._note_reported(
            self.terminal,
            [{"code": "5", "name": "Five", "privilege": 0, "card": ""}],
        )
        people = self.env["hr.employee"].search_count([])
        content = (
            colour(b"1001", "安".encode("gbk"), 14, 99)
            + colour(b"5", b"Fifth")
            + colour(b"77", HOSTILE[:23].encode())
        )
        upload = self.upload(("user.dat", content), terminal_id=self.terminal.id)
        self.assertEqual(
            upload.row_ids.mapped(lambda r: (r.user_code, r.outcome, r.holder)),
            [("77", "u", False), ("1001", "n", "Ann"), ("5", "k", False)],
        )
        upload.action_import()
        kept = self.kept()
        self.assertEqual(self.counts(kept), {"new": 1, "known": 1, "unknown": 1})
        self.assertEqual(kept.kind, "users")
        users = self.env["attendance.terminal.user"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(
            {user.user_code: (user.name_on_unit, user.privilege) for user in users},
            {"1001": ("安", 14), "5": ("Fifth", 0), "77": (HOSTILE[:23], 0)},
        )
        self.assertEqual(self.env["hr.employee"].search_count([]), people)
        raw = base64.b64decode(kept.with_context(bin_size=False).content)
        self.assertNotIn(PASSWORD, raw)

    def test_passwords_never_reach_the_server_s_disk(self):
        upload = self.upload(("user.dat", colour()), terminal_id=self.terminal.id)
        raw = base64.b64decode(upload.file_ids.content)
        self.assertTrue(raw)
        self.assertNotIn(PASSWORD, raw)
        self.assertEqual(upload.file_ids.sha256, hashlib.sha256(colour()).hexdigest())

    def test_templates_are_recognised_and_not_kept(self):
        upload = self.upload(
            ("user.dat", colour()),
            ("template.fp10", new_template()),
            terminal_id=self.terminal.id,
        )
        template = upload.file_ids.filtered(lambda f: f.kind == "templates")
        self.assertFalse(template.content)
        self.assertIn("not kept here", template.note)
        upload.action_import()
        kept = self.kept(kind="templates")
        self.assertEqual((kept.line_count, kept.kept_count), (1, 0))
        self.assertFalse(kept.content)

    def test_templates_of_people_who_agreed_are_kept_sealed(self):
        """They join the people of the same stick by the unit's inner numbers."""
        key = base64.urlsafe_b64encode(b"k" * 32).decode()
        self.startPatcher(patch.dict("os.environ", {"ATTENDANCE_BIOMETRIC_KEY": key}))
        self.company.is_attendance_biometric_on = True
        self.terminal.can_enroll = True
        self.person.biometric_consent_on = "2026-03-01"
        templates = new_template(7) + new_template(8)
        upload = self.upload(
            ("user.dat", colour(b"1001")),
            ("template.fp10", templates),
            terminal_id=self.terminal.id,
        )
        waiting = upload.file_ids.filtered(lambda f: f.kind == "templates")
        self.assertTrue(waiting.content)
        self.assertNotIn(templates[6:60], base64.b64decode(waiting.content))
        self.assertEqual(waiting._raw(), templates)
        upload.action_import()
        self.assertEqual(self.kept(kind="templates").kept_count, 1)
        row = self.env["attendance.biometric"].search(
            [("employee_id", "=", self.person.id)]
        )
        self.assertEqual(
            (row.kind, row.number, row.version, row.user_code),
            ("fingerprint", 3, "10", "1001"),
        )
        content = base64.b64decode(row._open()["template"])
        self.assertIn(content, templates)

    def test_templates_without_consent_or_right_to_enrol_are_dropped(self):
        key = base64.urlsafe_b64encode(b"k" * 32).decode()
        self.startPatcher(patch.dict("os.environ", {"ATTENDANCE_BIOMETRIC_KEY": key}))
        self.company.is_attendance_biometric_on = True
        stick = (("user.dat", colour(b"1001")), ("template.fp10", new_template(7)))
        for can_enroll, consent in ((True, False), (False, "2026-03-01")):
            self.terminal.can_enroll = can_enroll
            self.person.biometric_consent_on = consent
            self.carry(*stick, terminal_id=self.terminal.id)
        kept = self.kept(kind="templates")
        self.assertEqual(kept.mapped("kept_count"), [0, 0])
        self.assertFalse(
            self.env["attendance.biometric"].search(
                [("employee_id", "=", self.person.id)]
            )
        )

    def test_a_long_file_goes_on_behind_the_scenes(self):
        lines = [
            (str(1 + n % 90), f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}")
            for n in range(5000)
        ]
        kept = self.carry(("1_attlog.dat", attlog(*lines)))
        self.assertEqual(
            (kept.state, kept.progress, kept.done_count), ("importing", 0, 0)
        )
        with self.committing([60.0, 60.0, 0]):
            kept._cron_import()
        self.assertEqual((kept.state, kept.progress), ("importing", 80))
        self.assertEqual(len(self.punches()), 4000)
        with self.committing([60.0] * 9):
            kept._cron_import()
        self.assertEqual((kept.state, kept.progress), ("done", 100))
        self.assertEqual(kept.new_count + kept.unknown_count, 5000)
        self.assertEqual(len(self.punches()), 5000)

    @contextmanager
    def committing(self, left):
        """The cron's commits, which leave so many seconds each."""
        crons = type(self.env["ir.cron"])
        with patch.object(crons, "_commit_progress", side_effect=left):
            yield
