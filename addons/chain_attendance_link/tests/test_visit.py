from odoo.tests import BaseCase, tagged

from ..visit import Visit, pack, read_visit, unpack

NOW = 1_783_000_000


def sign(text):
    return f"{sum(map(ord, text)):064x}"


def equal(one, other):
    return one == other


@tagged("post_install", "-at_install")
class TestVisit(BaseCase):
    """The cookie of a telephone, as text."""

    def parse(self, cookie, now=NOW):
        return read_visit(cookie, sign, equal, now)

    def test_there_and_back(self):
        visit = Visit.begin("in", 7, NOW, 30)
        cookie = pack(visit.text, sign)
        self.assertEqual(self.parse(cookie), visit)
        self.assertEqual(self.parse(cookie, NOW + 30 * 60 - 1), visit)
        self.assertIsNone(self.parse(cookie, NOW + 30 * 60))

    def test_each_visit_has_its_own_key(self):
        one, other = (Visit.begin("in", 7, NOW, 30) for _time in range(2))
        self.assertNotEqual(one.key, other.key)
        later = one.prolonged(NOW + 60, 30)
        self.assertEqual(later.key, one.key)
        self.assertEqual(later.expires, one.expires + 60)

    def test_what_was_changed_is_nothing(self):
        visit = Visit.begin("asked", 7, NOW, 30)
        good = pack(visit.text, sign)
        for changed in (
            good.replace("asked", "in"),
            good.replace(".7.", ".8."),
            good.replace(str(visit.expires), str(visit.expires + 1)),
            good[:-1],
            good + "0",
        ):
            with self.subTest(changed):
                self.assertIsNone(self.parse(changed))

    def test_what_is_no_cookie_is_nothing(self):
        for text in (None, "", ".", "x", "in.7", sign(""), "." + sign("")):
            with self.subTest(text):
                self.assertIsNone(self.parse(text))

    def test_a_signed_text_of_another_kind_is_no_visit(self):
        device = pack("device-7-abc", sign)
        self.assertEqual(unpack(device, sign, equal), "device-7-abc")
        self.assertIsNone(self.parse(device))
        self.assertIsNone(self.parse(pack(f"admin.7.{'0' * 32}.{NOW + 9}", sign)))
