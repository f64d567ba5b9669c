import base64
from datetime import datetime

from odoo.tests import BaseCase

from .. import photos

JPEG = b"\xff\xd8\xff\xe0 \0 any bytes \r\n\0"
AT = datetime(2026, 3, 2, 8, 58, 41)
HEAD = b"PIN=20260302085841-1001.jpg\nSN=ZKDEMO000017\nsize=20\nCMD=uploadphoto\0"


class TestPhotos(BaseCase):
    def check(self, body, *wanted):
        with self.subTest(body[:60]):
            found = photos.read_photo(body)
            self.assertEqual(found and (found.user_code, found.wall_time, found.raw),
                             wanted or None)  # fmt: skip

    def test_the_forms_of_a_photo(self):
        self.check(HEAD + JPEG, "1001", AT, JPEG)
        self.check(HEAD.replace(b"\n", b"\r\n") + JPEG, "1001", AT, JPEG)
        self.check(HEAD.replace(b"-1001", b"") + JPEG, "", AT, JPEG)
        self.check(HEAD.replace(b"1001", b"A-07") + JPEG, "A-07", AT, JPEG)
        self.check(HEAD.replace(b"uploadphoto", b"realupload") + JPEG, "1001", AT, JPEG)
        packed = base64.b64encode(JPEG)
        self.check(HEAD + packed, "1001", AT, JPEG)
        self.check(HEAD + b"Content=" + packed + b"\n", "1001", AT, JPEG)
        self.check(b"pin=20260302085841-1001\0" + JPEG, "1001", AT, JPEG)

    def test_what_is_none(self):
        for body in (
            b"",
            b"\0",
            HEAD,
            HEAD + b"GIF89a",
            HEAD + b"<script>",
            JPEG,
            HEAD[:-1] + JPEG[:4],
            HEAD.replace(b"20260302", b"20260230") + JPEG,
            HEAD.replace(b"1001", b"../../etc/passwd") + JPEG,
            HEAD.replace(b"1001", b"1" * 25) + JPEG,
            b"x" * 5000 + HEAD + JPEG,
            HEAD + JPEG + bytes(photos.PICTURE_LIMIT),
        ):
            self.check(body)

    def test_the_head_that_is_kept_of_a_bad_one(self):
        text = photos.head_of(HEAD + b"GIF89a")
        self.assertTrue(text.startswith("PIN=20260302085841-1001.jpg\n"))
        self.assertNotIn("GIF", text)
        self.assertLess(len(photos.head_of(b"x\n" * 5000)), 1100)
