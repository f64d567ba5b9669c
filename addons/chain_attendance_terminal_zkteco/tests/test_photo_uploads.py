import base64
import io
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.chain_attendance_terminal.pictures import clean_jpeg
from odoo.addons.chain_attendance_terminal.tests.common import TerminalCommon

from .. import handler
from ..messages import TerminalRequest


def picture(width=64, height=48, form="JPEG", **values):
    found = io.BytesIO()
    Image.new("RGB", (width, height), "orange").save(found, form, **values)
    return found.getvalue()


class PhotoCommon(TerminalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.is_attendance_photo_on = True
        cls.person = cls.new_employee("Ann", "1001")

    def photos(self):
        return self.env["attendance.punch.photo"].search(
            [("terminal_id", "=", self.terminal.id)], order="wall_time"
        )

    def upload(self, name="20260310180000-1001.jpg", raw=None, verb="cdata"):
        raw = picture() if raw is None else raw
        head = f"PIN={name}\nSN=TESTSN0001\nsize={len(raw)}\nCMD=uploadphoto"
        self.env.flush_all()
        reply = handler.answer(
            self.env.registry,
            TerminalRequest(
                "POST",
                verb,
                {"sn": "TESTSN0001", "table": "ATTPHOTO", "stamp": "55"},
                head.encode() + b"\0" + raw,
                "",
                "10.0.0.9",
            ),
        )
        self.env.invalidate_all()
        return reply.status, reply.text


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPhotoUploads(PhotoCommon):
    """Photos find their punch, whichever comes first, and are pictures only."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()

    def test_before_and_after_the_punch(self):
        self.assertEqual(self.upload(), (200, "OK"))
        self.assertFalse(self.photos().employee_id)
        self.send("1001", "2026-03-10 18:00:00", "2026-03-10 18:00:05")
        self.assertEqual(self.photos().employee_id, self.person)
        self.assertEqual(self.photos().home_store_id, self.store)
        self.upload("20260310180005-1001.jpg", verb="fdata")
        self.assertEqual(self.photos().mapped("employee_id"), self.person)
        self.assertEqual(self.punches().mapped("photo_id"), self.photos())
        self.assertEqual(str(self.photos()[0].punched_at), "2026-03-10 10:00:00")

    def test_it_is_kept_once(self):
        for _turn in range(2):
            self.assertEqual(self.upload(), (200, "OK"))
        self.upload("20260310180000-01001.jpg")
        self.assertEqual(len(self.photos()), 1)

    def test_of_nobody(self):
        self.upload("20260310180000.jpg")
        photo = self.photos()
        self.assertFalse(photo.user_code)
        self.assertEqual((photo.code_key, photo.store_id), ("", self.store))

    def test_off_means_dropped(self):
        self.company.is_attendance_photo_on = False
        self.assertEqual(self.upload(), (200, "OK"))
        self.assertFalse(self.photos())
        self.assertFalse(self.env["res.company"].new({}).is_attendance_photo_on)

    def test_only_a_picture_is_kept_and_only_the_picture(self):
        hostile = picture() + b"<script>alert(1)</script>"
        self.upload(raw=hostile)
        kept = base64.b64decode(self.photos().image)
        self.assertTrue(kept.startswith(b"\xff\xd8"))
        self.assertNotIn(b"script", kept)
        for number, raw in enumerate(
            (b"\xff\xd8\xff<script>", b"GIF89a", b"", b"\xff\xd8" + bytes(5000))
        ):
            self.assertEqual(
                self.upload(f"2026031018010{number}-1.jpg", raw), (200, "OK")
            )
        self.assertEqual(len(self.photos()), 1)
        rejects = self.env["attendance.punch.reject"].search(
            [("terminal_id", "=", self.terminal.id)]
        )
        self.assertEqual(set(rejects.mapped("reason")), {"picture"})
        self.assertNotIn("script", repr(rejects.mapped("raw_line")))

    def test_pictures_made_anew(self):
        with_place = picture(exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")
        self.assertNotIn(b"Exif", clean_jpeg(with_place))
        large = clean_jpeg(picture(3000, 2000), longest_side=640)
        self.assertEqual(Image.open(io.BytesIO(large)).size, (640, 427))
        noise = Image.effect_noise((1200, 1200), 200).convert("RGB")
        raw = io.BytesIO()
        noise.save(raw, "PNG")
        small = clean_jpeg(raw.getvalue(), most_bytes=200_000)
        self.assertLessEqual(len(small), 200_000)
        self.assertIsNone(clean_jpeg(picture(form="GIF")))
        self.assertIsNone(clean_jpeg(picture(9000, 9000, "PNG")))

    def test_a_photo_follows_its_punch(self):
        self.send("1001", "2026-03-10 18:00:00")
        self.upload()
        other = self.new_employee("Bo")
        self.person.terminal_code_ids.write({"date_to": "2026-03-09"})
        self.assertFalse(self.photos().employee_id)
        other.terminal_code_ids = [(0, 0, {"code": "1001", "date_from": "2026-03-10"})]
        self.assertEqual(self.photos().employee_id, other)
        other.store_id = self.new_store("T2")
        self.assertEqual(self.photos().home_store_id, other.store_id)

    def test_who_sees_it(self):
        self.send("1001", "2026-03-10 18:00:00")
        self.upload()
        near, far = (self.new_user(login) for login in ("near", "far"))
        self.store.timekeeper_ids = near
        self.new_store("T2").timekeeper_ids = far
        self.new_role({"reports": "view"}, scope="own_stores", user_ids=near | far)
        self.assertTrue(self.photos().with_user(near).read(["image"])[0]["image"])
        self.assertTrue(self.punches().with_user(near).photo_id)
        # As the picture on a screen is read.
        shown = {"image": {}, "write_date": {}}
        mine = self.photos().with_user(near).web_read(shown)
        self.assertTrue(mine[0]["image"] and mine[0]["write_date"])
        self.assertFalse(self.photos().with_user(far).search([]))
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "attendance.punch.photo"), ("res_field", "=", "image"),
             ("res_id", "=", self.photos().id)]
        )  # fmt: skip
        self.assertEqual(attachment.mimetype, "image/jpeg")
        for call in (
            lambda: self.photos().with_user(far).read(["image"]),
            lambda: attachment.with_user(far).read(["datas"]),
            lambda: self.photos().with_user(near).write({"image": False}),
            lambda: self.photos().with_user(near).unlink(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_deleted_by_age(self):
        self.upload("20251209180000-1001.jpg")
        self.upload("20251211180000-1001.jpg")
        old = self.photos()[0]
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=float("inf")
        ):
            self.env["attendance.punch.photo"]._cron_delete_old()
        self.assertFalse(old.exists())
        self.assertEqual(self.photos().wall_time, "2025-12-11 18:00:00")
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("res_model", "=", "attendance.punch.photo"),
                 ("res_field", "=", "image"), ("res_id", "=", old.id)]
            )
        )  # fmt: skip
        run = self.env["attendance.retention.run"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual((run.kind, run.count, str(run.before)),
                         ("photos", 1, "2025-12-10"))  # fmt: skip
        with self.assertRaisesRegex(ValidationError, "1 to 60 months"):
            self.company.attendance_photo_months = 0

    def test_the_unit_is_asked_for_photos(self):
        def asked():
            reply = handler.answer(
                self.env.registry,
                TerminalRequest("GET", "cdata", {"sn": "TESTSN0001", "options": "all"},
                                b"", "", "10.0.0.9"),
            )  # fmt: skip
            return reply.text

        self.env.flush_all()
        self.assertIn("\tChgUser\tAttPhoto\n", asked())
        self.upload()
        self.assertIn("\nATTPHOTOStamp=55\nBIODATA", asked())
        self.company.is_attendance_photo_on = False
        self.env.flush_all()
        self.assertNotIn("AttPhoto", asked())


@tagged("post_install", "-at_install")
class TestPhotoServed(PhotoCommon, HttpCase):
    def test_it_is_served_as_a_picture(self):
        self.env["attendance.punch.photo"]._keep(
            self.terminal, "1001", handler.fields.Datetime.now(), picture()
        )
        self.env.flush_all()
        self.new_user("looker").password = "looker-looker"
        user = self.env["res.users"].search([("login", "=", "looker")])
        self.new_role({"reports": "view"}, scope="all", user_ids=user)
        url = f"/web/image/attendance.punch.photo/{self.photos().id}/image"
        self.authenticate("looker", "looker-looker")
        reply = self.url_open(url)
        self.assertEqual(reply.headers["Content-Type"], "image/jpeg")
        self.assertTrue(reply.content.startswith(b"\xff\xd8"))
