from odoo.tests import freeze_time, tagged

from .common import MONDAY, TUESDAY, PageCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-03 04:00:00")
class TestPersonalPagePeriod(PageCommon):
    """Somebody without a login says that the own month is right, or what is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.link, cls.token = cls.make()
        cls.send("1001", f"{MONDAY} 08:30:00", f"{MONDAY} 17:12:00")
        cls.period = cls.env["attendance.period"].create(
            {
                "name": "July",
                "company_id": cls.company.id,
                "date_from": "2026-07-01",
                "date_to": "2026-07-31",
            }
        )

    def setUp(self):
        super().setUp()
        self.compute(MONDAY, TUESDAY)
        self.compute(MONDAY, employee=self.other)
        self.period.action_ask()
        rows = self.env["attendance.period.confirmation"].search(
            [("period_id", "=", self.period.id)]
        )
        self.mine = rows.filtered(lambda row: row.employee_id == self.person)
        self.others = rows.filtered(lambda row: row.employee_id == self.other)

    def say(self, **values):
        page = self.get("/month")
        answer = self.post("/word", {**self.form(page, "/word"), **values})
        self.env.invalidate_all()
        return answer

    def test_the_month_is_right(self):
        page = self.open(self.token).text
        for text in ("July", "My Days Are Right", "Early", "18m"):
            with self.subTest(text):
                self.assertIn(text, page)
        answer = self.say()
        self.assertIn("You have confirmed these days.", answer.text)
        self.assertEqual(
            (self.mine.state, self.mine.decided_by, self.mine.early_minutes),
            ("confirmed", self.person.name, 18),
        )
        self.assertEqual(self.others.state, "asked")

    def test_nobody_confirms_what_the_page_did_not_show(self):
        self.open(self.token)
        form = self.form(self.get("/month"), "/word")
        self.send("1001", f"{MONDAY} 17:31:00")
        self.compute(MONDAY)
        answer = self.post("/word", form)
        self.assertEqual(answer.status_code, 400)
        self.assertIn("A figure has changed while the page was open", answer.text)
        self.env.invalidate_all()
        self.assertEqual(self.mine.state, "asked")
        self.say()
        self.assertEqual((self.mine.state, self.mine.early_minutes), ("confirmed", 0))

    def test_something_is_not_right(self):
        self.open(self.token)
        blank = self.say(answer="wrong", objection="  ")
        self.assertEqual(blank.status_code, 400)
        self.assertIn("Please say what is not right.", blank.text)
        long = self.say(answer="wrong", objection="x" * 501)
        self.assertIn("has at most 500 characters", long.text)
        self.assertEqual(self.mine.state, "asked")
        said = self.say(answer="wrong", objection="I left at <b>17:30</b>")
        self.assertEqual(
            (self.mine.state, self.mine.objection),
            ("objected", "I left at <b>17:30</b>"),
        )
        self.assertIn("I left at &lt;b&gt;17:30", said.text)
        self.assertIn("Wait a minute", self.say().text)
        with freeze_time("2026-08-03 04:02:00"):
            self.say()
        self.assertEqual((self.mine.state, self.mine.objection), ("confirmed", False))

    def test_nobody_else_is_spoken_for(self):
        self.open(self.token)
        for number in (str(self.others.id), "0", "x", "-1", "9" * 30):
            with self.subTest(number):
                answer = self.say(number=number)
                self.assertEqual(answer.status_code, 400)
                self.assertIn("Nobody asks for your word", answer.text)
        self.assertEqual(self.others.state, "asked")

    def test_a_period_that_is_over_asks_nothing(self):
        self.open(self.token)
        form = self.form(self.get("/month"), "/word")
        self.period.action_review()
        self.assertNotIn("My Days Are Right", self.get("/month").text)
        self.assertEqual(self.post("/word", form).status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.mine.state, "asked")
