import io
import json

import openpyxl

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.chain_attendance_request.tests.common import LeaveCommon

from ..models import attendance_month_sheet_file
from ..month_symbols import SIGNS

SPAN = {"from": "2026-06-01", "to": "2026-06-30"}
# Monday to Sunday.
WEEK = [f"2026-06-{day:02}" for day in range(8, 15)]


@freeze_time("2026-07-20 08:00:00")
class MonthSheetCommon(LeaveCommon):
    """Two people in two stores: a week with everything, and a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet = cls.env["attendance.month.sheet"]
        cls.person.employee_number = "A1"
        cls.by_hour.name = "事假"
        cls.by_day.name = "Mourning Kin"
        cls.far_store = cls.new_store("T2")
        cls.far = cls.new_employee(
            "=Far", "2001", employee_number="A2", store_id=cls.far_store.id
        )
        cls.roster(cls.far, cls.day_shift, "2026-06-01")
        cls.boss = cls.new_user("boss", "chain_attendance_base.group_manager")
        cls.keeper = cls.new_user("keeper", "chain_attendance_base.group_timekeeper")
        cls.store.timekeeper_ids = cls.keeper
        cls.make_days()

    @classmethod
    def make_days(cls):
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = WEEK
        cls.send("1001", f"{monday} 08:30:00", f"{monday} 17:30:00")
        cls.send("1001", f"{tuesday} 08:40:00", f"{tuesday} 19:45:00")
        cls.file("overtime", tuesday, "17:30", "19:30")
        cls.send("1001", f"{wednesday} 08:30:00", f"{wednesday} 13:00:00")
        cls.take(cls.by_hour, wednesday, start=13, stop=17.5)
        cls.take(cls.by_day, thursday)
        cls.send("1001", f"{saturday} 08:20:00")
        pairs = [*((cls.person, day) for day in WEEK), (cls.far, monday)]
        for person, day in pairs:
            cls.env["attendance.day"]._recompute(
                [
                    (
                        person.id,
                        cls.env["attendance.day"]._fields["work_date"].to_date(day),
                    )
                ]
            )

    def get(self, user=None, **choice):
        sheet = self.sheet.with_user(user or self.boss)
        return sheet.get_sheet({**SPAN, **choice})

    def signs(self, sheet, number):
        """``{day of the month: signs and notes}`` of a person's cells."""
        (person,) = (one for one in sheet["people"] if one["number"] == number)
        return {
            day["day"]: " ".join([cell["text"], *cell["notes"]])
            for day, cell in zip(sheet["days"], person["cells"], strict=True)
            if cell
        }


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 08:00:00")
class TestAttendanceMonthSheet(MonthSheetCommon):
    def test_cells(self):
        signs = self.signs(self.get(), "A1")
        self.assertEqual(
            signs,
            {8: "√", 9: "L +2", 10: "√事", 11: "MK", 12: "×", 13: "× !", 14: "R"},
        )

    def test_in_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.boss.lang = "zh_CN"
        sheet = self.sheet.with_user(self.boss).with_context(lang="zh_CN")
        found = sheet.get_sheet(SPAN)
        self.assertEqual(found["title"], "2026年6月")
        self.assertEqual(found["days"][0]["weekday"], "一")
        signs = self.signs(found, "A1")
        self.assertEqual((signs[9], signs[14]), ("迟 +2", "休"))
        legend = {entry["sign"]: entry["word"] for entry in found["legend"]}
        self.assertEqual((legend["√"], legend["迟"]), ("出勤", "迟到"))

    def test_both_languages_have_the_same_signs(self):
        self.assertEqual(set(SIGNS["zh"]), set(SIGNS["en"]))
        for signs in SIGNS.values():
            self.assertEqual(len(set(signs.values())), len(signs))

    def test_title_and_head(self):
        sheet = self.get()
        self.assertEqual(sheet["title"], "June 2026")
        self.assertEqual(len(sheet["days"]), 30)
        weekend = [day["day"] for day in sheet["days"] if day["is_weekend"]]
        self.assertEqual(weekend, [6, 7, 13, 14, 20, 21, 27, 28])
        span = self.get(**{"to": "2026-06-15"})["title"]
        self.assertEqual(span, "06/01/2026 – 06/15/2026")

    def test_totals_are_those_of_the_monthly_report(self):
        (person, _far) = self.get()["people"]
        row = self.env["attendance.report.monthly"].search(
            [("employee_id", "=", self.person.id), ("month", "=", "2026-06-01")]
        )
        for name in ("due_days", "present_days", "late_count", "early_count"):
            self.assertEqual(person["totals"][name], row[name], name)
        for name in ("due_minutes", "absent_minutes", "leave_minutes", "leave_days"):
            self.assertEqual(person["totals"][name], row[name], name)
        self.assertEqual(person["totals"]["overtime_workday_minutes"], 120)
        self.assertEqual(person["totals"]["leave_hour_minutes"], 270)
        self.assertEqual(person["totals"]["leave_days"], 1)

    def test_the_legend_has_the_leave_that_was_taken(self):
        words = [entry["word"] for entry in self.get()["legend"]]
        self.assertIn("Mourning Kin", words)
        self.assertNotIn("Leave by half_day", words)
        words = [e["word"] for e in self.get(store_ids=self.far_store.ids)["legend"]]
        self.assertNotIn("Mourning Kin", words)

    def test_leave_of_a_type_that_the_reader_does_not_know(self):
        words = self.sheet._words()
        cell = words.cell(("leave:999999",), (("leave:999999", 60),))
        self.assertEqual((cell["text"], cell["notes"]), ("V", ["V1"]))
        self.assertIn("Leave", [entry["word"] for entry in words.legend()])

    def test_what_is_looked_for(self):
        def numbers(**choice):
            sheet = self.get(**choice)
            self.assertEqual(sheet["count"], len(sheet["people"]))
            return [person["number"] for person in sheet["people"]]

        self.assertEqual(numbers(), ["A1", "A2"])
        self.assertEqual(numbers(text="ann"), ["A1"])
        self.assertEqual(numbers(text="A2"), ["A2"])
        self.assertEqual(numbers(text="%"), [])
        self.assertEqual(numbers(store_ids=self.far_store.ids), ["A2"])
        self.assertEqual(numbers(**{"from": "2026-06-09"}), ["A1"])
        parent = self.env["hr.department"].create(
            {"name": "Upper", "company_id": self.company.id}
        )
        below = self.env["hr.department"].create(
            {"name": "Lower", "company_id": self.company.id, "parent_id": parent.id}
        )
        self.assertEqual(numbers(department_ids=parent.ids), [])
        self.far.department_id = below
        self.compute("2026-06-08", employee=self.far)
        self.assertEqual(numbers(department_ids=parent.ids), ["A2"])

    def test_pages(self):
        page = self.sheet.get_sheet(SPAN, 1, 1)
        self.assertEqual((page["count"], page["offset"]), (2, 1))
        self.assertEqual([person["number"] for person in page["people"]], ["A2"])
        # Behind the last one is the first again.
        page = self.sheet.get_sheet(SPAN, 50, 1)
        self.assertEqual((page["count"], page["offset"]), (2, 0))
        self.assertEqual(self.sheet.get_sheet({**SPAN, "text": "x y z"})["count"], 0)

    def test_the_scope(self):
        seen = self.get(self.keeper)
        self.assertEqual([person["number"] for person in seen["people"]], ["A1"])
        self.assertEqual(self.get(self.keeper, text="A2")["count"], 0)
        self.assertEqual(
            self.get(self.keeper, store_ids=self.far_store.ids)["count"], 0
        )
        own = self.new_user("own", employee=self.far)
        self.new_role({"reports": "view"}, scope="self", user_ids=own)
        self.assertEqual([one["number"] for one in self.get(own)["people"]], ["A2"])
        nobody = self.new_user("nobody")
        self.assertEqual(self.get(nobody)["count"], 0)
        nobody.group_ids = self.env.ref("base.group_portal")
        with self.assertRaises(AccessError):
            self.get(nobody)

    def test_of_who_moves_everybody_sees_the_part_that_is_theirs(self):
        self.env["attendance.store.loan"].create(
            {
                "employee_id": self.far.id,
                "store_id": self.store.id,
                "date_from": "2026-06-09",
                "date_to": "2026-06-09",
            }
        )
        self.compute("2026-06-08", "2026-06-09", employee=self.far)
        self.assertEqual(list(self.signs(self.get(self.keeper), "A2")), [9])
        self.assertEqual(list(self.signs(self.get(), "A2")), [8, 9])

    def test_nonsense_is_refused_in_a_sentence(self):
        for choice in (
            {"from": "2026-06-10", "to": "2026-06-01"},
            {"from": "x", "to": "2026-06-01"},
            {"from": False, "to": False},
            {"from": "2026-06-01", "to": "2026-07-20"},
            {"store_ids": ["a"]},
        ):
            with (
                self.subTest(choice),
                self.assertRaisesRegex(UserError, "month sheet|store_ids"),
            ):
                self.get(**choice)

    def test_places_of_another_company_are_not_named(self):
        foreign = self.env["res.company"].create({"name": "Foreign"})
        place = self.new_store("F1", name="Secret", company_id=foreign.id)
        sheet = self.sheet.with_user(self.boss)
        ids = [self.store.id, place.id]
        about = sheet._about(sheet._choice({**SPAN, "store_ids": ids}))
        self.assertEqual(about[1], self.store.name)

    def test_days_in_progress_are_in_no_total(self):
        with freeze_time("2026-06-15 02:00:00"):
            self.compute("2026-06-15")
            sheet = self.get(text="A1")
        self.assertEqual(self.signs(sheet, "A1")[15], "…")
        due = sheet["people"][0]["totals"]["due_days"]
        self.assertEqual(
            due, self.get(text="A1", to="2026-06-14")["people"][0]["totals"]["due_days"]
        )

    def test_the_number_of_queries_does_not_grow(self):
        self.get()
        self.env.invalidate_all()
        sheet = self.sheet.with_user(self.boss)
        sheet.get_sheet(SPAN)
        before = self.env.cr.sql_log_count
        sheet.get_sheet(SPAN, 0, 1)
        few = self.env.cr.sql_log_count - before
        before = self.env.cr.sql_log_count
        sheet.get_sheet(SPAN, 0, 50)
        self.assertLessEqual(self.env.cr.sql_log_count - before, few + 2)


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 08:00:00")
class TestMonthSheetFile(MonthSheetCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.boss, cls.keeper):
            user.password = "a long password"

    def fetch(self, login, data=None, **choice):
        self.authenticate(login, "a long password")
        asked = {"choice": {**SPAN, **choice}, "companies": self.company.ids}
        return self.url_open(
            "/chain_attendance/month_sheet.xlsx",
            data={
                "data": data or json.dumps(asked),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

    def sheet_of(self, answer):
        self.assertEqual(answer.status_code, 200, answer.text)
        return openpyxl.load_workbook(io.BytesIO(answer.content)).active

    def test_what_excel_shows(self):
        sheet = self.sheet_of(self.fetch("boss"))
        self.assertEqual(sheet.title, "Month Sheet")
        self.assertEqual(sheet["A1"].value, "Month Sheet June 2026")
        self.assertIn("Test Chain", sheet["A2"].value)
        self.assertEqual(sheet.freeze_panes, "C5")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(str(sheet.page_setup.paperSize), "9")
        self.assertEqual(sheet.print_title_rows, "$3:$4")
        head = [cell.value for cell in sheet[3]]
        self.assertEqual(head[:3], ["Number", "Name", "Department"])
        self.assertEqual([when.day for when in head[3:33]], list(range(1, 31)))
        self.assertEqual(
            head[33:37], ["Days Due", "Days Present", "Times Late", "Times Early"]
        )
        self.assertEqual(head[38:40], ["Leave (days)", "Leave (by hours)"])

    def test_rows_and_colours(self):
        sheet = self.sheet_of(self.fetch("boss"))
        row = {cell.column: cell for cell in sheet[5]}
        self.assertEqual((row[1].value, row[2].value), ("A1", "Ann"))
        # The first day is in the fourth column.
        self.assertEqual(row[3 + 9].value, "L\n+2")
        self.assertEqual(row[3 + 10].value, "√事")
        self.assertEqual(row[3 + 12].fill.fgColor.rgb, "FFF8D0D3")
        self.assertEqual(row[3 + 8].fill.fill_type, None)
        self.assertEqual((row[39].value, row[40].value), (1, 4.5))
        self.assertEqual(sheet["B6"].value, "=Far")
        self.assertEqual(sheet["B6"].data_type, "s")
        below = " ".join(
            str(c.value) for r in sheet.iter_rows(min_row=7) for c in r if c.value
        )
        for text in ("√ At Work", "MK Mourning Kin", "Made by: ____", "Approved by:"):
            self.assertIn(text, below)

    def test_the_file_is_within_the_scope(self):
        sheet = self.sheet_of(self.fetch("keeper"))
        numbers = [sheet.cell(row, 1).value for row in (5, 6)]
        self.assertEqual(numbers, ["A1", None])

    @mute_logger("odoo.http")
    def test_refusals(self):
        answer = self.fetch("keeper", store_ids=self.far_store.ids)
        self.assertEqual(answer.status_code, 400)
        self.assertIn("There is no day in this span", answer.text)
        for data in ("x", "[]", '{"choice": 3}', '{"choice": {}}'):
            self.assertEqual(self.fetch("boss", data).status_code, 400, data)
        viewer = self.new_user("viewer")
        viewer.password = "a long password"
        self.new_role({"reports": "view"}, scope="all", user_ids=viewer)
        answer = self.fetch("viewer")
        self.assertEqual(answer.status_code, 403)
        self.assertIn("export", answer.text)

    def test_too_many_people_for_paper(self):
        self.patch(attendance_month_sheet_file, "MOST_ON_PAPER", 1)
        with self.assertRaisesRegex(UserError, "2 people; at most 1"):
            self.sheet.with_user(self.boss).action_print(SPAN)
        self.assertTrue(self.sheet.with_user(self.keeper).action_print(SPAN))

    def test_weeks_longer_than_a_month_take_larger_paper(self):
        sheet = self.sheet_of(self.fetch("boss", to="2026-07-10"))
        self.assertEqual(str(sheet.page_setup.paperSize), "8")
