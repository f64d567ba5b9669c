import logging

from odoo.tests import freeze_time, tagged

from ..const import MOST_FAILURES, MOST_WRONG_ANSWERS, PATH
from .common import MONDAY, NUMBER, OTHER_NAME, OTHER_NUMBER, TUESDAY, PageCommon

PAGES = (
    "/month", f"/day?date={MONDAY}", "/requests", "/file?kind=correction",
    "/file?kind=overtime", "/file?kind=outing", "/file?kind=trip", "/file?kind=leave",
)  # fmt: skip
POSTS = ("/file", "/cancel", "/seen", "/word", "/close")
PRIVATE = {
    "private_street": "Hidden Lane 7", "private_email": "ann.private@example.com",
    "private_phone": "13911117001", "birthday": "1990-02-03", "ssnid": "SSN70017001",
    "identification_id": "ID70017001", "barcode": "CARD7001",
}  # fmt: skip


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestPersonalPageSecurity(PageCommon):
    """The page reveals nothing but the person's own month, to that person alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person.write(PRIVATE)
        cls.leave_type("day")
        cls.link, cls.token = cls.make()
        cls.other_link, cls.other_token = cls.make(cls.other)

    def test_the_same_answer_for_every_link_that_is_not_good(self):
        gone = self.new_employee("Gone", "1009")
        archived, archived_token = self.make(gone)
        gone.action_archive()
        late = self.new_employee("Late", "1010")
        expired, expired_token = self.make(late)
        expired.sudo().date_to = "2026-07-19"
        moved, moved_token = self.make(self.new_employee("Moved", "1011"))
        moved.sudo().company_id = self.env["res.company"].create({"name": "Other"})
        self.other_link.action_revoke()
        bodies = set()
        for token in (
            "x", "2" * 28, archived_token, expired_token, moved_token,
            self.other_token, "' OR 1=1 --", "\x00", "é" * 60,
        ):  # fmt: skip
            with self.subTest(token):
                self.new_telephone()
                answer = self.open(token)
                self.assertEqual(answer.status_code, 403)
                token_field = self.form(answer, "/open")["form_token"]
                bodies.add(answer.text.replace(token_field, ""))
        self.assertEqual(len(bodies), 1)
        self.assertTrue(archived.revoked_at)

    def test_without_a_link_there_is_nothing(self):
        for path in PAGES:
            with self.subTest(path):
                self.assert_out(self.get(path))
        for path in POSTS:
            with self.subTest(path):
                self.assert_out(self.post(path, {"form_token": "x"}))

    def test_right_words_alone_show_nothing(self):
        asked = self.open(self.token, answer=None)
        for text in ("Ann", NUMBER):
            self.assertNotIn(text, asked.text)
        for path in PAGES:
            with self.subTest(path):
                self.assert_out(self.get(path))

    def test_nothing_of_anybody_else_on_any_page(self):
        self.send("1001", f"{MONDAY} 08:31:00")
        self.send("1002", f"{MONDAY} 09:17:00", f"{MONDAY} 19:19:00")
        self.compute(MONDAY)
        self.compute(MONDAY, employee=self.other)
        self.file("trip", TUESDAY, is_by_days=True, companion_ids=self.other.ids)
        theirs = {"employee_id": self.other.id, "destination": "Secret Place"}
        self.file("trip", TUESDAY, is_by_days=True, **theirs)
        self.open(self.token)
        for path in PAGES:
            page = self.get(path)
            with self.subTest(path):
                self.assertEqual(page.status_code, 200)
                self.assertEqual(page.url.split(PATH)[1], path)
                for text in (
                    OTHER_NAME, OTHER_NUMBER, "1390000", "09:17", "19:19",
                    "Secret Place", self.env.user.name, NUMBER, self.token,
                ):  # fmt: skip
                    self.assertNotIn(text, page.text)
                for text in PRIVATE.values():
                    self.assertNotIn(text, page.text)

    def test_ids_of_somebody_else_in_every_parameter(self):
        form = self.file("trip", MONDAY, is_by_days=True, employee_id=self.other.id)
        leave = self.env["hr.leave"].create(
            {
                "employee_id": self.other.id,
                "holiday_status_id": self.leave_type(
                    "day", leave_validation_type="hr"
                ).id,
                "request_date_from": TUESDAY,
                "request_date_to": TUESDAY,
            }
        )
        fields = self.form(self.open(self.token), "/close")
        whose = {"employee_id": self.other.id, "link_id": self.other_link.id}
        for kind, number in (("request", form.id), ("leave", leave.id), ("", form.id)):
            values = {**fields, **whose, "kind": kind, "number": number}
            answer = self.post("/cancel", values)
            self.assertEqual(answer.status_code, 400)
            self.assertNotIn(OTHER_NAME, answer.text)
        values = {"kind": "trip", "date_from": MONDAY, "personal_link_id": 1, **whose}
        self.post("/file", {**fields, **values, "state": "approved"})
        self.env.invalidate_all()
        self.assertEqual((form.state, leave.state), ("submitted", "confirm"))
        filed = self.env["attendance.request"].search([], limit=1, order="id desc")
        self.assertEqual(filed.employee_id, self.person)
        self.assertEqual(filed.sudo().personal_link_id, self.link)
        self.assertEqual(filed.state, "submitted")
        for path in (f"/day?date={MONDAY}&employee_id={self.other.id}", "/month?id=1"):
            self.assertNotIn(OTHER_NAME, self.get(path).text)

    def test_numbers_tried_one_after_the_other(self):
        form = self.file("trip", MONDAY, is_by_days=True, employee_id=self.other.id)
        fields = self.form(self.open(self.token), "/close")
        answers = set()
        for number in [*range(form.id - 2, form.id + 3), "-1", "1e3", "x", "٣", ""]:
            values = {**fields, "kind": "request", "number": number}
            answer = self.post("/cancel", values)
            answers.add((answer.status_code, "no such request" in answer.text))
        self.assertEqual(answers, {(400, True)})

    def test_revoked_while_it_is_open(self):
        page = self.open(self.token)
        fields = self.form(page, "/close")
        self.link.action_revoke()
        for path in PAGES:
            with self.subTest(path):
                self.assert_out(self.get(path))
        values = {**fields, "kind": "trip", "date_from": MONDAY}
        self.assert_out(self.post("/file", values))
        self.assert_out(self.open(self.token))
        self.assertFalse(
            self.env["attendance.request"].search_count(
                [("employee_id", "=", self.person.id)]
            )
        )

    def test_replaced_while_it_is_open(self):
        self.open(self.token)
        _link, token = self.make()
        self.assert_out(self.get("/month"))
        # The new one asks again.
        self.assertIn("Is It You?", self.open(token, answer=None).text)

    def test_archived_while_it_is_open(self):
        self.open(self.token)
        self.person.action_archive()
        self.assert_out(self.get("/month"))

    def test_a_visit_ends(self):
        self.open(self.token)
        with freeze_time("2026-07-20 04:29:00"):
            self.assertEqual(self.get("/month").status_code, 200)
        with freeze_time("2026-07-20 04:58:00"):
            self.assertEqual(self.get("/month").status_code, 200)
        with freeze_time("2026-07-20 05:29:00"):
            self.assert_out(self.get("/month"))

    def test_forms_of_other_sites(self):
        fields = self.form(self.open(self.token), "/close")
        values = {**fields, "kind": "trip", "date_from": MONDAY}
        for change, headers in (
            ({"form_token": ""}, {}),
            ({"form_token": "0" * 64}, {}),
            ({}, {"Origin": "https://evil.example.com"}),
            ({}, {"Sec-Fetch-Site": "cross-site"}),
            ({}, {"Sec-Fetch-Site": "same-site"}),
        ):
            for path in POSTS:
                with self.subTest(path, change=change, headers=headers):
                    answer = self.post(path, {**values, **change}, headers=headers)
                    self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.get("/month").status_code, 200)
        self.assertFalse(
            self.env["attendance.request"].search_count(
                [("employee_id", "=", self.person.id)]
            )
        )
        good = self.post("/file", values, headers={"Origin": "null"})
        self.assertEqual(good.status_code, 200)

    def test_a_form_of_another_visit(self):
        other = self.form(self.open(self.other_token, OTHER_NUMBER), "/close")
        self.new_telephone()
        self.open(self.token)
        answer = self.post("/file", {**other, "kind": "trip", "date_from": MONDAY})
        self.assertEqual(answer.status_code, 400)

    def test_opening_needs_the_own_form(self):
        self.assertEqual(self.post("/open", {"words": self.token}).status_code, 400)
        self.get()
        answer = self.post("/open", {"words": self.token, "form_token": "x"})
        self.assertEqual(answer.status_code, 400)

    def test_changed_cookies(self):
        self.open(self.other_token, OTHER_NUMBER)
        good = self.opener.cookies.get("attendance_link", path=PATH)
        self.new_telephone()
        mine = f"in.{self.link.id}"
        theirs = f"in.{self.other_link.id}"
        for cookie in (good.replace(theirs, mine), good[:-1] + "x", "", "x" * 5000):
            with self.subTest(cookie[:20]):
                answer = self.get("/month", cookies={"attendance_link": cookie})
                self.assert_out(answer)

    def test_a_device_of_another_link(self):
        self.open(self.other_token, OTHER_NUMBER)
        answer = self.open(self.token, answer=None)
        self.assertIn("Is It You?", answer.text)

    def test_too_many_wrong_links(self):
        for _number in range(MOST_FAILURES):
            self.assertEqual(self.open("x").status_code, 403)
        self.assertEqual(self.open(self.token).status_code, 429)
        failures = self.env["attendance.personal.link.failure"].sudo()
        self.assertEqual(failures.search_count([]), MOST_FAILURES)
        with freeze_time("2026-07-20 04:11:00"):
            self.new_telephone()
            self.assertEqual(self.open("x").status_code, 403)
            self.assertEqual(self.open(self.token).status_code, 200)
        self.assertEqual(failures.search_count([]), 1)

    def test_too_many_wrong_answers(self):
        asked = self.open(self.token, answer=None)
        for number in range(MOST_WRONG_ANSWERS):
            fields = {**self.form(asked, "/answer"), "answer": f"A{number}"}
            asked = self.post("/answer", fields)
        self.assert_out(self.open(self.token))
        self.env.invalidate_all()
        self.assertEqual(self.link.closed_why, "answers")

    def test_headers_and_cookies(self):
        self.open(self.token)
        for path in ("", *PAGES):
            answer = self.get(path)
            with self.subTest(path):
                headers = answer.headers
                self.assertEqual(headers["Cache-Control"], "no-store")
                self.assertEqual(headers["Referrer-Policy"], "no-referrer")
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                policy = headers["Content-Security-Policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertIn("frame-ancestors 'none'", policy)
                self.assertNotIn("unsafe", policy)
                for text in ("<style", " style=", "onclick", "http://", "https://"):
                    self.assertNotIn(text, answer.text)
        self.assertNotIn("session_id", self.opener.cookies)
        self.new_telephone()
        cookie = self.get().headers["Set-Cookie"]
        for word in ("HttpOnly", "SameSite=Strict", f"Path={PATH}", "Max-Age=1800"):
            self.assertIn(word, cookie)
        self.assertNotIn("Secure", cookie)

    def test_the_words_are_in_no_address_and_no_log(self):
        with self.assertLogs(level=logging.DEBUG) as logged:
            logging.getLogger(__name__).info("there is a log")
            page = self.open(self.token)
        for answer in (*page.history, page):
            self.assertNotIn(self.token, answer.url)
            self.assertNotIn(self.token, str(answer.headers))
        self.assertNotIn(self.token, "\n".join(logged.output))

    def test_a_login_in_the_same_browser_plays_no_part(self):
        user = self.new_user("other", employee=self.other)
        user.password = "a long password"
        self.env.flush_all()
        self.authenticate("other", "a long password")
        page = self.open(self.token)
        self.assertIn("Ann", page.text)
        self.assertNotIn(OTHER_NAME, page.text)
        fields = self.form(page, "/close")
        self.post("/file", {**fields, "kind": "trip", "date_from": MONDAY})
        filed = self.env["attendance.request"].search([], limit=1, order="id desc")
        self.assertEqual(filed.employee_id, self.person)
        self.assertEqual(filed.create_uid, self.env.ref("base.public_user"))

    def test_hostile_values(self):
        """Every answer is a page of ours, whatever stands in a parameter."""
        fields = self.form(self.open(self.token), "/close")
        names = ("date_from", "date_to", "start", "stop", "direction", "leave_type")
        names += ("number", "line", "reason", "destination", "date", "month", "kind")
        for value in ("é", "\x00", "9" * 30, "٣", "'; --", "<b>x</b>", "2026-02-30"):
            given = dict.fromkeys(names, value)
            posts = [("/cancel", "leave"), ("/cancel", value), ("/seen", value)]
            posts += [("/file", kind) for kind in ("correction", "trip", "leave")]
            for path, kind in posts:
                answer = self.post(path, {**fields, **given, "kind": kind})
                with self.subTest(path, kind=kind, value=value):
                    self.assertLess(answer.status_code, 500)
                    self.assertNotIn("<b>x</b>", answer.text)
            for path in ("/month", "/day", "/requests", "/file"):
                with self.subTest(path, value=value):
                    answer = self.get(path, params=given)
                    self.assertLess(answer.status_code, 500)
            for path, more in (("/open", "words"), ("/cancel", "number")):
                broken = {"form_token": value, more: value}
                self.assertEqual(self.post(path, broken).status_code, 400)

    def test_a_file_in_place_of_a_text(self):
        fields = self.form(self.open(self.token), "/close")
        for name in ("date_from", "reason", "kind", "form_token"):
            data = {**fields, "kind": "trip", "date_from": MONDAY}
            data.pop(name, None)
            answer = self.url_open(f"{PATH}/file", data=data, files={name: b"x"})
            self.assertLess(answer.status_code, 500)

    def test_methods(self):
        self.open(self.token)
        for path in ("/open", "/cancel", "/seen", "/close"):
            self.assertEqual(self.get(path).status_code, 405)
        self.assertEqual(self.post("/month", {"x": "y"}).status_code, 405)
