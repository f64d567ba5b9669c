from datetime import timedelta

from odoo.tests import freeze_time, tagged

from ..const import MOST_FAILURES, MOST_FILED, MOST_FILED_HOUR, PATH
from .common import MONDAY, NUMBER, OTHER_NUMBER, TUESDAY, PageCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestPersonalPage(PageCommon):
    """What a person without a login sees and does on a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.link, cls.token = cls.make()

    def file_over_link(self, kind, **values):
        form = self.form(self.get(f"/file?kind={kind}"), "/file")
        return self.post("/file", {**form, **values})

    def filed(self, model="attendance.request"):
        return self.env[model].search([("employee_id", "=", self.person.id)])

    def test_the_question_is_asked_once_on_each_telephone(self):
        answer = self.open(self.token, "A7002")
        self.assertEqual(answer.status_code, 403)
        self.assertIn("That is not right.", answer.text)
        answer = self.open(self.token)
        self.assertEqual(answer.url.split(PATH)[1], "/month")
        self.assertIn("July 2026", answer.text)
        again = self.open(self.token, answer=None)
        self.assertEqual(again.url.split(PATH)[1], "/month")
        self.new_telephone()
        asked = self.open(self.token, answer=None)
        self.assertEqual(asked.url.split(PATH)[1], "/answer")
        self.assertEqual(self.get("/month").status_code, 403)
        self.env.invalidate_all()
        self.assertEqual(self.link.use_count, 2)
        self.assertEqual(str(self.link.last_used_at), "2026-07-20 04:00:00")

    def test_no_question_where_none_is_set(self):
        self.company.attendance_link_question = "none"
        answer = self.open(self.token, answer=None)
        self.assertIn("July 2026", answer.text)

    def test_the_month(self):
        self.send("1001", f"{MONDAY} 08:36:00", f"{MONDAY} 17:31:00")
        self.compute(MONDAY, TUESDAY)
        page = self.open(self.token).text
        for text in ("July 2026", "Ann", "D9", "Late", "6m", "Absent", "9h"):
            with self.subTest(text):
                self.assertIn(text, page)
        self.assertIn("August 2026", self.get("/month?month=2026-08-01").text)
        self.assertIn("July 2026", self.get("/month?month=nonsense").text)

    def test_a_day(self):
        self.send("1001", f"{MONDAY} 08:36:00")
        self.send("1002", f"{MONDAY} 09:17:00")
        self.compute(MONDAY)
        self.compute(MONDAY, employee=self.other)
        self.open(self.token)
        page = self.get(f"/day?date={MONDAY}").text
        for text in ("Mon, Jul 6, 2026", "08:36", "Clock-out missing", "Absent", "9h"):
            with self.subTest(text):
                self.assertIn(text, page)
        self.assertNotIn("09:17", page)
        nothing = self.get("/day?date=2026-09-01").text
        self.assertIn("Nothing yet.", nothing)
        self.assertIn("July 2026", self.get("/day?date=2026-13-01").text)

    def test_in_the_language_of_the_browser(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        door = self.get(headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
        self.assertIn('lang="zh-CN"', door.text)
        door = self.get(headers={"Accept-Language": "fr-FR"})
        self.assertIn('lang="en-US"', door.text)

    def test_filing_each_kind(self):
        self.open(self.token)
        self.file_over_link(
            "correction", date_from=MONDAY, start="08:30", direction="in", reason="Out"
        )
        self.file_over_link("overtime", date_from=MONDAY, start="18:00", stop="20:00")
        self.file_over_link(
            "outing", date_from=TUESDAY, start="10:00", stop="11:00", destination="Bank"
        )
        self.file_over_link("trip", date_from="2026-07-08", date_to="2026-07-09")
        page = self.get("/requests").text
        for text in (
            "Punch Correction", "2026-07-06 08:30", "Out", "Workday Overtime", "2 h",
            "Outing", "Business Trip", "2 d",
        ):  # fmt: skip
            with self.subTest(text):
                self.assertIn(text, page)
        filed = self.filed()
        self.assertEqual(len(filed), 4)
        self.assertEqual(set(filed.mapped("state")), {"submitted"})
        self.assertTrue(all(filed.mapped("is_filed_by_link")))
        (note,) = filed[0].message_ids
        self.assertIn("Filed over the personal link by Ann.", note.body)
        self.assertEqual(note.author_id, self.person.work_contact_id)

    def test_what_is_filed_here_is_found_by_hr(self):
        self.open(self.token)
        self.file_over_link("trip", date_from="2026-07-08", date_to="2026-07-08")
        by_hand = self.file("trip", "2026-07-10", is_by_days=True)
        hr = self.new_user("hr", employee=self.new_employee("Hr"))
        self.new_role({"requests": "view"}, scope="all", user_ids=hr)
        seen = self.env["attendance.request"].with_user(hr)
        found = seen.search([("is_filed_by_link", "=", True)])
        self.assertEqual(found, self.filed() - by_hand)
        self.assertIn(by_hand, seen.search([("is_filed_by_link", "=", False)]))
        self.assertTrue(found.is_filed_by_link)

    def test_leave(self):
        self.leave_type("day", name="Unpaid Days", leave_validation_type="hr")
        self.leave_type("day", name="With Paper", support_document=True)
        self.leave_type("day", name="With Balance", requires_allocation=True)
        self.open(self.token)
        page = self.get("/file?kind=leave").text
        self.assertIn("Unpaid Days", page)
        self.assertNotIn("With Paper", page)
        self.assertNotIn("With Balance", page)
        kind = self.env["hr.leave.type"].search([("name", "=", "Unpaid Days")])
        self.file_leave(kind, date_from="2026-07-22", date_to="2026-07-22")
        leave = self.filed("hr.leave")
        self.assertEqual((leave.state, leave.is_filed_by_link), ("confirm", True))
        page = self.get("/requests")
        self.assertIn("Unpaid Days", page.text)
        self.post("/cancel", self.form(page, "/cancel"))
        self.env.invalidate_all()
        self.assertEqual(leave.state, "cancel")

    def file_leave(self, leave_type, **values):
        """File in the form of a type, as it is shown."""
        page = self.get(f"/file?kind=leave&leave_type={leave_type.id}")
        return self.post("/file", {**self.form(page, "/file"), **values})

    def test_leave_by_half_days_and_by_hours(self):
        half = self.leave_type("half_day", name="Half Days")
        hour = self.leave_type("hour", name="Hours")
        self.open(self.token)
        for leave_type, values, amount in (
            (half, {"date_from": "2026-07-22", "to_period": "am"}, (0.5, 4.5)),
            (half, {"date_from": "2026-07-23", "date_to": "2026-07-24",
                    "from_period": "pm"}, (1.5, 13.5)),
            (hour, {"date_from": "2026-07-27", "start": "13:00", "stop": "15:30"},
             (0.278, 2.5)),
            (hour, {"date_from": "2026-07-28"}, (1, 9)),
        ):  # fmt: skip
            values.setdefault("date_to", values["date_from"])
            with self.subTest(type=leave_type.name, **values):
                answer = self.file_leave(leave_type, **values)
                self.assertEqual(answer.status_code, 200)
                self.env.invalidate_all()
                leave = self.env["hr.leave"].search(
                    [("request_date_from", "=", values["date_from"])]
                )
                self.assertEqual(leave.employee_id, self.person)
                self.assertEqual(leave.state, "validate")
                found = round(leave.number_of_days, 3), round(leave.number_of_hours, 3)
                self.assertEqual(found, amount)
        for leave_type, values, sentence in (
            (half, {"from_period": "noon"}, "Choose morning or afternoon"),
            (hour, {"start": "13:00", "stop": ""}, "is no time"),
            (hour, {"start": "25:00", "stop": "26:00"}, "is no time"),
        ):
            with self.subTest(sentence):
                values |= {"date_from": "2026-07-30", "date_to": "2026-07-30"}
                answer = self.file_leave(leave_type, **values)
                self.assertEqual(answer.status_code, 400)
                self.assertIn(sentence, answer.text)
        self.assertFalse(
            self.env["hr.leave"].search([("request_date_from", "=", "2026-07-30")])
        )

    def test_the_form_of_a_type_asks_what_it_needs(self):
        half = self.leave_type("half_day")
        hour = self.leave_type("hour")
        day = self.leave_type("day")
        self.open(self.token)
        for leave_type, names in (
            (day, set()),
            (half, {"from_period", "to_period"}),
            (hour, {"start", "stop"}),
        ):
            page = self.get(f"/file?kind=leave&leave_type={leave_type.id}")
            fields = self.form(page, "/file").keys()
            common = {"form_token", "kind", "leave_type", "date_from", "date_to"}
            self.assertEqual(fields - common - {"reason"}, names)
        page = self.get("/file?kind=leave")
        self.assertEqual(self.form(page, "/file").keys(), {"kind", "leave_type"})

    def test_refusals_are_sentences_beside_the_form(self):
        self.open(self.token)
        self.file_over_link("trip", date_from=MONDAY, date_to=MONDAY)
        for kind, values, sentence in (
            ("trip", {"date_from": MONDAY}, "has filed Business Trip already"),
            ("trip", {"date_from": "x"}, "is no date"),
            ("trip", {"date_from": "2019-13-01"}, "is no date"),
            ("trip", {"date_from": TUESDAY, "date_to": MONDAY}, "1 to 366 days"),
            ("overtime", {"date_from": MONDAY, "start": "25:00"}, "is no time"),
            ("correction", {"date_from": MONDAY, "start": "08:30", "direction": "x"},
             "Choose clock-in or clock-out"),
            ("outing", {"date_from": MONDAY, "start": "10:00", "stop": "10:00"},
             "ends when it starts"),
            ("trip", {"date_from": TUESDAY, "reason": "x" * 501}, "at most 500"),
        ):  # fmt: skip
            with self.subTest(sentence):
                answer = self.file_over_link(kind, **values)
                self.assertEqual(answer.status_code, 400)
                self.assertIn(sentence, answer.text)
        self.assertEqual(len(self.filed()), 1)

    def test_outside_of_the_employment(self):
        self.person.hire_date = "2026-07-05"
        self.open(self.token)
        answer = self.file_over_link("trip", date_from="2026-07-04")
        self.assertIn("Ann is not employed on", answer.text)

    def test_cancelling_what_is_not_approved(self):
        self.open(self.token)
        self.file_over_link("trip", date_from=MONDAY, date_to=MONDAY)
        page = self.get("/requests")
        self.post("/cancel", self.form(page, "/cancel"))
        self.env.invalidate_all()
        self.assertEqual(self.filed().state, "cancelled")
        approved = self.file("trip", TUESDAY, is_by_days=True, state="approved")
        page = self.get("/requests").text
        self.assertNotIn("Cancel Request", page)
        fields = self.form(self.get("/month"), "/close")
        answer = self.post(
            "/cancel", {**fields, "kind": "request", "number": approved.id}
        )
        self.assertIn("no such request of yours", answer.text)
        self.env.invalidate_all()
        self.assertEqual(approved.state, "approved")

    def test_no_more_than_so_many_in_an_hour(self):
        self.open(self.token)
        for number in range(MOST_FILED_HOUR):
            day = f"2026-07-{number + 1:02d}"
            answer = self.file_over_link("trip", date_from=day, date_to=day)
            self.assertEqual(answer.status_code, 200)
        page = self.get("/requests")
        self.post("/cancel", self.form(page, "/cancel"))
        answer = self.file_over_link("trip", date_from="2026-07-19")
        self.assertEqual(answer.status_code, 429)
        self.assertIn("At most 10 requests are filed this way in 1 h.", answer.text)
        self.assertEqual(len(self.filed()), MOST_FILED_HOUR)
        self.env.cr.execute(
            "UPDATE attendance_request SET create_date = '2026-07-20 02:59:00'"
        )
        self.env.invalidate_all()
        answer = self.file_over_link("trip", date_from="2026-07-19")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(self.filed()), MOST_FILED_HOUR + 1)

    def test_no_more_refused_forms_than_so_many(self):
        self.open(self.token)
        for _number in range(MOST_FAILURES):
            answer = self.file_over_link("trip", date_from="x")
            self.assertEqual(answer.status_code, 400)
        answer = self.file_over_link("trip", date_from=MONDAY)
        self.assertEqual(answer.status_code, 429)
        self.assertIn("Too many forms were refused", answer.text)
        self.assertFalse(self.filed())
        with freeze_time("2026-07-20 04:11:00"):
            answer = self.file_over_link("trip", date_from=MONDAY)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(len(self.filed()), 1)

    def test_no_more_than_so_many_in_a_day(self):
        self.open(self.token)
        self.env["attendance.request"].sudo().create(
            [
                {
                    "employee_id": self.person.id,
                    "kind": "correction",
                    "date_from": MONDAY,
                    "start_minutes": minute,
                    "personal_link_id": self.link.id,
                }
                for minute in range(MOST_FILED)
            ]
        )
        # Not within the last hour.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE attendance_request SET create_date = '2026-07-20 01:00:00'"
        )
        answer = self.file_over_link("trip", date_from=TUESDAY)
        self.assertIn(f"At most {MOST_FILED} requests", answer.text)
        with freeze_time("2026-07-20 04:20:00"):
            answer = self.file_over_link("trip", date_from=TUESDAY)
        self.assertIn(f"At most {MOST_FILED} requests", answer.text)

    def test_seeing_what_was_published(self):
        days = ["2026-07-20", "2026-07-26"]
        first, last = map(self.env["attendance.day"]._fields["work_date"].to_date, days)
        publications = self.env["attendance.roster.publication"]
        mine = publications._publish(self.person.ids, first, last).line_ids
        theirs = publications._publish(self.other.ids, first, last).line_ids
        page = self.open(self.token)
        self.assertIn("7 days are new or changed", " ".join(page.text.split()))
        later = publications._publish(
            self.person.ids, first + timedelta(days=7), last + timedelta(days=7)
        ).line_ids
        after = self.post("/seen", self.form(page, "/seen"))
        self.assertIn("Your roster is out", after.text)
        self.env.invalidate_all()
        self.assertFalse(later.seen_at)
        after = self.post("/seen", self.form(after, "/seen"))
        self.assertNotIn("Your roster is out", after.text)
        self.env.invalidate_all()
        self.assertEqual(str(mine.seen_at), "2026-07-20 04:00:00")
        self.assertFalse(theirs.seen_at)

    def test_closing_on_this_telephone(self):
        page = self.open(self.token)
        self.post("/close", self.form(page, "/close"))
        self.assert_out(self.get("/month"))
        self.assertIn("July 2026", self.open(self.token, answer=None).text)

    def test_the_telephone_number_is_asked_for(self):
        self.company.attendance_link_question = "phone"
        self.person.mobile_phone = "139 0000 4321"
        self.assertEqual(self.open(self.token, NUMBER).status_code, 403)
        self.assertIn("July 2026", self.open(self.token, "4321").text)
        self.assertNotIn(OTHER_NUMBER, self.get("/requests").text)
