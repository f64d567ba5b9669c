from lxml import html

from odoo.tests import HttpCase
from odoo.tests.common import Opener

from odoo.addons.chain_attendance_request.tests.common import RequestCommon

from ..const import PATH

NUMBER = "A7001"
# Of somebody else; must be nowhere on Ann's pages.
OTHER_NAME, OTHER_NUMBER = "Nightingale", "N7702"
MONDAY, TUESDAY = "2026-07-06", "2026-07-07"


class LinkCommon(RequestCommon):
    """Ann, who has a link, and somebody of the same store whom she must not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.employee_number = NUMBER
        cls.other = cls.new_employee(
            OTHER_NAME, "1002", employee_number=OTHER_NUMBER, mobile_phone="13900007702"
        )
        cls.roster(cls.other, cls.day_shift, "2026-06-01", works_saturday=True)
        cls.links = cls.env["attendance.personal.link"]

    @classmethod
    def make(cls, person=None):
        """``(link, its words)``"""
        ((link, token),) = cls.links._make(person or cls.person)
        return link, token


class PageCommon(LinkCommon, HttpCase):
    """A telephone: without scripts, with cookies."""

    def new_telephone(self):
        self.opener = Opener(self)

    def get(self, path="", **options):
        return self.url_open(PATH + path, **options)

    def form(self, answer, action):
        """The fields of a form of a page, as a browser would send them back."""
        tree = html.fromstring(answer.content)
        forms = tree.xpath(f"//form[@action='{PATH}{action}']")
        self.assertTrue(forms, f"no form {action} in {answer.text}")
        return {name: value or "" for name, value in forms[0].form_values()}

    def post(self, path, data, **options):
        return self.url_open(PATH + path, data=data, **options)

    def open(self, token, answer=NUMBER):
        """Open a link on this telephone; the page to which it leads."""
        door = self.get()
        asked = self.post("/open", {**self.form(door, "/open"), "words": token})
        if answer is None or f"{PATH}/answer" not in asked.url:
            return asked
        fields = {**self.form(asked, "/answer"), "answer": answer}
        return self.post("/answer", fields)

    def assert_out(self, answer):
        self.assertEqual(answer.status_code, 403)
        self.assertIn("This link is not valid, or not any more.", answer.text)
        self.assertNotIn(self.person.name, answer.text)
