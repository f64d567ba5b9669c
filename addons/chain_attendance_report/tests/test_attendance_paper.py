from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models import attendance_day_paper, attendance_report_monthly_paper
from ..report import attendance_detail_paper, attendance_person_month_paper
from .test_attendance_month_sheet import SPAN, WEEK, MonthSheetCommon

REPORT = "chain_attendance_report."


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 08:00:00")
class TestAttendancePaper(MonthSheetCommon):
    def page(self, user, action, lang="en_US"):
        """The page that becomes a PDF file, as the controller asks for it."""
        reports = self.env["ir.actions.report"].with_user(user).with_context(lang=lang)
        content, _kind = reports._render_qweb_pdf(
            action["report_name"], None, data=dict(action["data"])
        )
        return html.fromstring(content.decode())

    def rows(self, page):
        """The cells of the first table with figures."""
        table = page.xpath("//table[contains(@class, 'attendance_grid')]")[0]
        return [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./td|./th")]
            for row in table.xpath(".//tr")
        ]

    def months(self, user, domain=()):
        rows = self.env["attendance.report.monthly"].with_user(user)
        return rows.search(list(domain))

    def days(self, user=None):
        rows = self.env["attendance.report.daily"].with_user(user or self.boss)
        return rows.search([("employee_id", "=", self.person.id)])

    # The month sheet

    def test_month_sheet(self):
        action = self.sheet.with_user(self.boss).action_print(SPAN)
        page = self.page(self.boss, action)
        head, first, second = self.rows(page)[:3]
        self.assertEqual(head[:3], ["Number", "Name", "1M"])
        self.assertEqual(first[:2], ["A1", "Ann"])
        self.assertEqual(first[1 + 9 : 1 + 12], ["L+2", "√事", "MK"])
        self.assertEqual(second[1], "=Far")
        text = " ".join(page.text_content().split())
        self.assertIn("Month Sheet June 2026", text)
        self.assertIn("Made by:", text)
        self.assertIn("1 / 1", text)

    def test_month_sheet_says_its_encoding_and_is_one_document(self):
        action = self.sheet.with_user(self.boss).action_print(SPAN)
        reports = self.env["ir.actions.report"].with_user(self.boss)
        content = reports._render_qweb_html(
            action["report_name"], None, data=dict(action["data"])
        )[0]
        report = reports._get_report(action["report_name"])
        bodies, *_rest = report._prepare_html(content)
        self.assertEqual(len(bodies), 1)
        self.assertIn("charset", bodies[0][:400])

    # The month of a person

    def test_a_page_for_each_person(self):
        action = self.months(self.boss).action_print_months()
        self.assertEqual(
            action["data"],
            {"spans": [["2026-06-01", "2026-06-30", [self.person.id, self.far.id]]]},
        )
        page = self.page(self.boss, action)
        blocks = page.xpath("//div[contains(@class, 'attendance_person')]")
        self.assertEqual(len(blocks), 2)
        self.assertIn("June 2026", blocks[0].text_content())
        self.assertIn("Employee: signature and date", blocks[1].text_content())
        rows = self.rows(page)
        self.assertEqual([row[0] for row in rows[1:8]], [day[5:] for day in WEEK])
        tuesday, wednesday, thursday = rows[2:5]
        self.assertEqual(
            tuesday[1:],
            ["Tue", "D9", "08:40", "19:45", "9h", "8.83h", "10m", "", "", "2h", "", ""],
        )
        self.assertEqual(wednesday[11], "事假 4.5h")
        self.assertEqual(thursday[11], "Mourning Kin 1d")
        self.assertEqual(rows[-1][:3], ["Total", "40.5h", "22.33h"])
        text = " ".join(blocks[0].text_content().split())
        self.assertIn("Days Due: 5", text)
        self.assertIn("Mourning Kin: 1d", text)

    def test_a_span_of_the_list_is_that_of_the_page(self):
        span = {"attendance_from": "2026-06-09", "attendance_to": "2026-06-10"}
        rows = self.env["attendance.report.monthly"].with_context(**span).search([])
        action = rows.action_print_months()
        self.assertEqual(
            action["data"]["spans"], [["2026-06-09", "2026-06-10", self.person.ids]]
        )
        self.assertEqual(len(self.rows(self.page(self.boss, action))), 4)

    def test_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        months = self.months(self.boss).with_context(lang="zh_CN")
        page = self.page(self.boss, months.action_print_months(), "zh_CN")
        text = " ".join(page.text_content().split())
        for words in ("个人考勤月报", "2026年6月", "员工签字及日期", "应出勤天数"):
            self.assertIn(words, text)
        self.assertEqual(self.rows(page)[1][1], "周一")

    def test_a_night_ends_on_the_next_day(self):
        self.roster(self.far, self.night_shift, "2026-06-11")
        self.send("2001", "2026-06-11 21:50:00", "2026-06-12 06:10:00")
        self.compute("2026-06-11", employee=self.far)
        months = self.months(self.boss, [("employee_id", "=", self.far.id)])
        rows = self.rows(self.page(self.boss, months.action_print_months()))
        self.assertEqual(rows[2][3:5], ["21:50", "06:10 +1"])

    def test_the_scope_of_months(self):
        action = self.months(self.boss).action_print_months()
        with self.assertRaisesRegex(AccessError, "Of 1 of the people chosen"):
            self.page(self.keeper, action)
        with self.assertRaises(AccessError):
            self.months(self.boss).with_user(self.keeper).action_print_months()
        own = self.months(self.keeper).action_print_months()
        self.assertEqual(own["data"]["spans"][0][2], self.person.ids)
        self.assertEqual(len(self.rows(self.page(self.keeper, own))), 9)

    def test_of_a_month_one_sees_the_days_that_are_theirs(self):
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.far.id,
                "store_id": self.store.id,
                "date_from": "2026-06-09",
                "date_to": "2026-06-09",
            }
        )
        self.compute("2026-06-08", "2026-06-09", employee=self.far)
        months = self.months(self.keeper, [("employee_id", "=", self.far.id)])
        rows = self.rows(self.page(self.keeper, months.action_print_months()))
        self.assertEqual([row[0] for row in rows], ["Date", "06-09", "Total"])

    def test_everybody_prints_their_own_and_nobody_else_s(self):
        own = self.new_user("own", employee=self.person)
        role = self.new_role({"reports": "view"}, scope="self", user_ids=own)
        action = self.months(own).action_print_months()
        self.assertEqual(len(self.rows(self.page(own, action))), 9)
        role.scope = "all"
        with self.assertRaises(AccessError):
            self.months(own).action_print_months()
        viewer = self.new_user("viewer")
        self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        with self.assertRaisesRegex(AccessError, "export"):
            self.months(viewer).action_print_months()
        nobody = self.new_user("nobody")
        with self.assertRaises(AccessError):
            self.page(nobody, action)

    def test_too_many_pages(self):
        for module in (attendance_report_monthly_paper, attendance_person_month_paper):
            self.patch(module, "MOST_PEOPLE", 1)
        months = self.months(self.boss)
        with self.assertRaisesRegex(UserError, "2 pages were asked for; at most 1"):
            months.action_print_months()
        action = {
            "report_name": f"{REPORT}attendance_person_month_paper",
            "data": {"spans": [["2026-06-01", "2026-06-30", months.employee_id.ids]]},
        }
        with self.assertRaisesRegex(UserError, "at most 1 at a time"):
            self.page(self.boss, action)

    def test_nonsense_is_refused(self):
        name = f"{REPORT}attendance_person_month_paper"
        people = self.person.ids
        for spans in (
            None,
            [],
            [["2026-06-01", "2026-06-30", []]],
            [["x", "2026-06-30", people]],
            [["2026-06-30", "2026-06-01", people]],
            [["2026-01-01", "2026-12-31", people]],
            [["2026-06-01", "2026-06-30", ["a"]]],
        ):
            action = {"report_name": name, "data": {"spans": spans}}
            with self.subTest(spans), self.assertRaises(UserError):
                self.page(self.boss, action)

    # The detail

    def test_detail_has_the_manual_s_rows(self):
        action = self.days().action_print_detail()
        page = self.page(self.boss, action)
        rows = self.rows(page)
        self.assertEqual(rows[0][6:10], ["Shift", "From – To", "Due", "Worked"])
        self.assertEqual([row[3] for row in rows[1:-1]], ["A1"] * (len(rows) - 2))
        found = {(row[5], row[6]): row[7:] for row in rows[1:-1]}
        self.assertEqual(
            found["2026-06-09", "D9"],
            ["08:30 – 17:30", "9h", "8.83h", "10m", "", "", "", "", "", ""],
        )
        overtime = found["2026-06-09", "Workday Overtime"]
        self.assertEqual(overtime[0], "17:30 – 19:30")
        self.assertEqual(overtime[-3:], ["2h", "2h", ""])
        self.assertEqual(found["2026-06-10", "事假"][-1], "4.5h")
        self.assertEqual(found["2026-06-11", "Mourning Kin"][-1], "1d")
        self.assertEqual(rows[-1][0], "Total")
        self.assertEqual(rows[-1][1:3], ["40.5h", "22.33h"])

    def test_detail_of_ticked_days(self):
        rows = self.days().filtered(lambda row: str(row.work_date) == WEEK[0])
        for records in (rows, rows.day_id):
            action = records.action_print_detail()
            self.assertEqual(len(self.rows(self.page(self.boss, action))), 3)

    def test_the_scope_of_detail(self):
        everything = self.env["attendance.report.daily"].search(
            [("employee_id", "in", (self.person | self.far).ids)]
        )
        action = everything.with_user(self.boss).action_print_detail()
        with self.assertRaisesRegex(AccessError, "1 of the days chosen"):
            self.page(self.keeper, action)
        with self.assertRaises(AccessError):
            everything.with_user(self.keeper).action_print_detail()
        own = self.days(self.keeper).action_print_detail()
        self.assertEqual(
            {row[3] for row in self.rows(self.page(self.keeper, own))[1:-1]}, {"A1"}
        )

    def test_the_limits_of_detail(self):
        self.patch(attendance_day_paper, "MOST_TICKED", 3)
        with self.assertRaisesRegex(UserError, "7 days were chosen; at most 3"):
            self.days().action_print_detail()
        self.patch(attendance_detail_paper, "MOST_DAYS", 3)
        asked = {"from": WEEK[0], "to": WEEK[-1], "people": self.person.ids}
        with self.assertRaisesRegex(UserError, "At most 3 days are printed"):
            self.env["attendance.day"].with_user(self.boss)._print_detail(asked)

    # By people

    def wizard(self, user, people, **values):
        return (
            self.env["attendance.person.paper"]
            .with_user(user)
            .with_context(active_model="hr.employee", active_ids=people.ids)
            .create({"date_from": SPAN["from"], "date_to": SPAN["to"], **values})
        )

    def test_of_people_and_a_span(self):
        wizard = self.wizard(self.boss, self.person | self.far)
        self.assertEqual(wizard.sudo().employee_ids, self.person | self.far)
        action = wizard.action_print()
        self.assertEqual(
            set(action["data"]["spans"][0][2]), {self.person.id, self.far.id}
        )
        wizard.content = "detail"
        rows = self.rows(self.page(self.boss, wizard.action_print()))
        self.assertEqual({row[3] for row in rows[1:-1]}, {"A1", "A2"})

    def test_of_people_within_the_scope(self):
        wizard = self.wizard(self.keeper, self.person)
        self.assertTrue(wizard.action_print())
        wizard = self.wizard(self.keeper, self.person | self.far)
        with self.assertRaises(AccessError):
            wizard.action_print()
        wizard.content = "detail"
        rows = self.rows(self.page(self.keeper, wizard.action_print()))
        self.assertEqual({row[3] for row in rows[1:-1]}, {"A1"})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_what_one_has_chosen_is_one_s_own(self):
        wizard = self.wizard(self.boss, self.person)
        self.assertFalse(wizard.with_user(self.keeper).search([]))
        with self.assertRaises(AccessError):
            wizard.with_user(self.keeper).read(["employee_ids"])

    def test_pages_are_enlarged_where_wkhtmltopdf_shrinks_them(self):
        paper = self.env["attendance.paper.mixin"]
        self.assertEqual(paper._zoom({"report_type": "html"}), 1)
        self.assertIn(paper._zoom({"report_type": "pdf"}), (1, 1.3))
