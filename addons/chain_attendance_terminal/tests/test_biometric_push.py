import base64
import io
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..biometrics import Template, number_of, slot
from ..biometrics import finger as which_finger
from .test_attendance_biometric import LOGGER, NEXT, TEXT, BiometricCommon, finger


def palm(part=0, **values):
    return Template(
        "1001", "palm", 0, part, "12", False, {"template": TEXT, "valid": 1}
    )._replace(**values)


def picture(form="JPEG"):
    found = io.BytesIO()
    Image.new("RGB", (1200, 900), "orange").save(found, form)
    return base64.b64encode(found.getvalue())


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestBiometricPush(BiometricCommon):
    """Templates go to the terminals of the same algorithm on which the person is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_terminal("2", "TESTSN0002", fingerprint_version="10.0")
        cls.commands = cls.env["attendance.terminal.command"]
        cls.startClassPatcher(cls.versions_patch())
        for terminal in cls.terminal | cls.second:
            cls.put_on(terminal, "1001")

    @classmethod
    def versions_patch(cls):
        """Terminals here take what their fingerprint version says, the second palms.

        What a terminal takes is told by the addon of its vendor.
        """

        def versions(terminal):
            found = {"fingerprint": terminal.fingerprint_version or ""}
            if terminal == cls.second.with_env(terminal.env):
                found |= {"palm": "12", "photo": ""}
            return found

        return patch.object(
            type(cls.env["attendance.terminal"]), "_template_versions", versions
        )

    @classmethod
    def put_on(cls, terminal, code):
        cls.env["attendance.terminal.user"]._note_reported(
            terminal, [{"code": code, "name": "", "privilege": 0, "card": ""}]
        )

    def sent(self, *kinds):
        return self.commands.search(
            [
                ("company_id", "=", self.company.id),
                ("kind", "in", kinds or ("template_put", "photo_put")),
            ],
            order="id",
        )

    def done(self, commands):
        commands.write(
            {
                "state": "done",
                "sent_at": "2026-03-10 10:00:00",
                "done_at": "2026-03-10 10:00:01",
            }
        )
        commands._after_answer()

    def test_a_collected_template_goes_to_the_others(self):
        third = self.new_terminal("3", "TESTSN0003", fingerprint_version="9")
        self.put_on(third, "1001")
        self.put_on(self.new_terminal("4", "TESTSN0004"), "1001")
        self.new_terminal("5", "TESTSN0005", fingerprint_version="10")
        self.collect(finger(), finger(number=5))
        self.assertEqual(self.sent().mapped("terminal_id"), self.second)
        self.assertEqual(
            sorted(command.values["number"] for command in self.sent()), [5, 6]
        )
        command = self.sent().filtered(lambda c: c.values["number"] == 6)
        wanted = {"code": "1001", "kind": "fingerprint", "number": 6}
        self.assertEqual(command.values, wanted)
        self.assertNotIn(TEXT, repr(command.read()))
        payload = command._payload()
        self.assertEqual((payload["template"], payload["number"], payload["index"]),
                         (TEXT, 6, 0))  # fmt: skip

    def test_it_is_sent_once_and_again_when_it_changed(self):
        self.collect(finger())
        self.assertFalse(self.second._templates_for(["1001"]))
        self.done(self.sent())
        self.assertFalse(self.second._templates_for(["01001", "9", ""]))
        with freeze_time("2026-03-10 11:00:00"):
            self.collect(finger(text="b3RoZXI="))
            self.assertEqual(len(self.sent()), 2)

    def test_who_is_put_on_a_terminal_gets_templates_there(self):
        third = self.new_terminal("3", "TESTSN0003", fingerprint_version="10")
        self.collect(finger())
        order = {
            "terminal_id": third.id,
            "kind": "user_put",
            "values": {"code": "1001", "name": "Ann", "privilege": 0, "card": ""},
            "employee_id": self.person.id,
            "user_code": "1001",
        }
        for turn in range(2):
            self.done(self.commands._queue([order]))
            mine = self.sent().filtered(lambda c: c.terminal_id == third)
            self.assertEqual(len(mine), 1, turn)
        # Taken off and put on again, the terminal has them no more.
        self.done(mine)
        gone = {**order, "kind": "user_delete", "values": {"code": "1001"}}
        self.done(self.commands._queue([gone]))
        self.done(self.commands._queue([order]))
        self.assertEqual(len(self.sent().filtered(lambda c: c.terminal_id == third)), 2)

    def test_all_parts_of_a_palm(self):
        self.collect(*(palm(part) for part in range(5)))
        commands = self.sent()
        self.assertEqual([c.values["number"] for c in commands], list(range(5)))
        payloads = [command._payload() for command in commands]
        self.assertEqual(
            [(p["number"], p["index"]) for p in payloads], [(0, n) for n in range(5)]
        )

    def test_which_finger(self):
        for kind, number, wanted in (
            ("fingerprint", 0, "0"),
            ("vein", 9, "9"),
            ("fingerprint", 10, False),
            ("palm", 3, False),
            (False, 0, False),
        ):
            self.assertEqual(which_finger(kind, number), wanted)

    def test_slots(self):
        for kind, number, part, wanted in (
            ("fingerprint", 9, 0, 9),
            ("face", 11, 0, 11),
            ("face", 0, 49, 49),
            ("vein", 9, 3, 39),
            ("palm", 4, 9, 49),
            ("photo", 0, 0, 0),
        ):
            self.assertEqual(slot(kind, number, part), wanted)
        self.assertEqual(number_of("palm", 42), 4)
        self.assertEqual(number_of("fingerprint", 7), 7)

    @mute_logger(LOGGER)
    def test_nothing_is_sent_that_may_not_be_any_more(self):
        self.collect(finger())
        command = self.sent()
        self.assertTrue(command._payload())
        self.company.is_attendance_biometric_on = False
        self.assertIsNone(command._payload())
        self.company.is_attendance_biometric_on = True
        self.second.fingerprint_version = "12"
        self.assertIsNone(command._payload())
        self.second.fingerprint_version = "10"
        self.person.terminal_user_code = "1009"
        self.assertIsNone(command._payload())
        self.person.terminal_user_code = "1001"
        self.use_keys(NEXT)
        self.assertIsNone(command._payload())

    def test_a_withdrawal_takes_back_what_waits(self):
        self.collect(finger())
        self.person.biometric_consent_on = False
        self.assertEqual(self.sent().state, "cancelled")
        self.assertIsNone(self.sent()._payload())

    def test_photos_go_to_terminals_that_recognize_by_them(self):
        self.assertIsNone(self.person._terminal_photo())
        with self.assertRaisesRegex(UserError, "Nobody on these terminals"):
            self.second.action_send_photos()
        self.person.image_1920 = picture("PNG")
        (self.terminal | self.second).action_send_photos()
        command = self.sent("photo_put")
        self.assertEqual(command.terminal_id, self.second)
        photo = command._payload()["photo"]
        self.assertEqual(Image.open(io.BytesIO(photo)).size, (960, 720))
        with self.assertRaisesRegex(UserError, "visible light"):
            self.terminal.action_send_photos()
        self.person.biometric_consent_on = False
        self.assertIsNone(command._payload())
        self.company.is_attendance_biometric_on = False
        with self.assertRaisesRegex(UserError, "is biometric"):
            self.second.action_send_photos()

    def test_a_drawn_picture_is_no_photo(self):
        self.person.image_1920 = base64.b64encode(b"<svg xmlns='x'></svg>")
        with self.assertRaisesRegex(UserError, "Nobody on these terminals"):
            self.second.action_send_photos()

    def test_the_photo_of_enrolment_goes_first(self):
        self.person.image_1920 = picture()
        small = io.BytesIO()
        Image.new("RGB", (64, 64), "red").save(small, "JPEG")
        text = base64.b64encode(small.getvalue()).decode()
        self.collect(
            Template("1001", "photo", 0, 0, "", False, {"template": text}),
            Template("1001", "photo", 1, 0, "", False, {"template": text}),
        )
        command = self.sent()
        self.assertEqual(command.kind, "photo_put")
        photo = command._payload()["photo"]
        self.assertEqual(Image.open(io.BytesIO(photo)).size, (64, 64))

    def test_photos_are_sent_by_who_may_edit_the_terminal(self):
        self.person.image_1920 = picture()
        user = self.new_user("keeper")
        self.store.timekeeper_ids = user
        self.new_role({"terminals": "view"}, scope="own_stores", user_ids=user)
        far = self.new_terminal("6", "TESTSN0006", store_id=self.new_store("T6").id)
        with self.assertRaises(AccessError):
            self.second.with_user(user).action_send_photos()
        self.new_role({"terminals": "edit"}, scope="own_stores", user_ids=user)
        with self.assertRaises(AccessError):
            (self.second | far).with_user(user).action_send_photos()
        self.second.with_user(user).action_send_photos()
        self.assertEqual(self.sent().user_id, user)
