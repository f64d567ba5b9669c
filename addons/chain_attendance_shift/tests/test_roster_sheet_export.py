from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models import attendance_roster_grid_sheet
from .sheets import opened
from .test_roster_grid import FIRST, LAST, GridCommon

GREY, MAKE_UP, HOLIDAY = "FFD5D8DC", "FFE3F1FD", "FFFDE4E1"


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterSheetExport(GridCommon):
    """The month as a file: what it says, whom it holds, who may have it."""

    def sheet(self, domain=None, first=FIRST, last=LAST, user=None):
        if domain is None:
            domain = [("company_id", "=", self.company.id)]
        grid = self.grid.with_user(user) if user else self.grid
        return opened(grid._write_sheet(domain, first, last).read())

    def rows(self, *args, **options):
        sheet = self.sheet(*args, **options).active
        return {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}

    def test_cells_and_people(self):
        self.override(self.ann, "2026-11-03", self.night)
        self.override(self.bob, "2026-11-04")
        stranger = self.new_employee("=Nobody()", employee_number="G4")
        rows = self.rows()
        self.assertEqual(
            rows["G1"][1:],
            ("Ann", self.store.display_name, None, "D", "N", *"DDD", "Rest", "Rest"),
        )
        self.assertEqual(rows["G2"][6], "Rest")
        self.assertEqual(rows[stranger.employee_number][1], "=Nobody()")
        self.assertEqual(set(rows["G4"][4:]), {None})
        # By store, then by number.
        self.assertEqual(list(rows), ["G1", "G2", "G4", "G3"])

    def test_in_chinese_a_rest_day_is_one_character(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.grid = self.grid.with_context(lang="zh_CN")
        self.assertEqual(self.rows()["G1"][-1], "休")

    def test_tints_of_days(self):
        calendar = self.env["attendance.holiday.calendar"].create(
            {
                "name": "Calendar",
                "company_id": self.company.id,
                "holiday_ids": [
                    (0, 0, {"name": name, "date": day, "day_kind": kind})
                    for name, day, kind in (
                        ("Founding Day", "2026-11-05", "public_holiday"),
                        ("Make-up", "2026-11-08", "make_up_workday"),
                    )
                ],
            }
        )
        self.company.attendance_holiday_calendar_id = calendar
        self.company.sudo().attendance_roster_lock_date = date(2026, 11, 2)
        self.bob.leave_date = "2026-11-03"
        sheet = self.sheet().active
        fills = [cell.fill.fgColor.rgb for cell in sheet["E4:K4"][0]]
        self.assertEqual(fills, [GREY, "00000000", GREY, GREY, GREY, GREY, GREY])
        self.assertEqual([c.value for c in sheet["E4:K4"][0]], ["D", "D"] + [None] * 5)
        fills = [cell.fill.fgColor.rgb for cell in sheet["E3:K3"][0]]
        self.assertEqual(fills[0], GREY)
        self.assertEqual((fills[3], fills[6]), (HOLIDAY, MAKE_UP))
        self.assertEqual(sheet["K3"].value, "D", "The make-up day is worked")
        self.assertEqual(sheet["H2"].comment.text, "Founding Day")

    def test_shifts_of_the_second_sheet(self):
        self.new_shift("Old", (600, 900), code="X", active=False)
        twin = self.new_shift("Day Two", (600, 900), code="D")
        file = self.sheet([("id", "=", self.ann.id)])
        rows = list(file["Shifts"].iter_rows(min_row=2, values_only=True))
        self.assertEqual(
            rows,
            [
                ("Rest", "Rest", None),
                ("Day", "Day", "08:30 - 17:30"),
                ("Day Two", "Day Two", twin.time_summary),
                ("N", "Night", "22:00 - 06:00"),
            ],
        )
        self.assertEqual(file.active["E3"].value, "Day", "Its code is not its own")

    def test_an_archived_shift_and_one_of_another_company_are_named(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        strange = self.new_shift("Strange", (600, 900), code="D")
        self.override(self.ann, "2026-11-03", strange)
        strange.company_id = other
        self.night.active = True
        self.override(self.ann, "2026-11-04", self.night)
        self.night.active = False
        row = self.rows([("id", "=", self.ann.id)])["G1"]
        self.assertEqual(row[4:7], ("D", "Strange", "N"))

    def test_whom_it_holds(self):
        boss = self.new_employee("Boss", employee_number="G9")
        self.store.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role({"rosters": "view export"}, scope="own_stores", user_ids=user)
        self.assertEqual(set(self.rows([], user=user)), {"G1", "G2", "G9"})
        with self.assertRaises(UserError):
            self.rows([("id", "=", self.far.id)], user=user)

    def test_looking_is_not_taking_away(self):
        boss = self.new_employee("Boss", employee_number="G9")
        self.store.manager_id = boss
        user = self.new_user("boss", employee=boss)
        self.new_role({"rosters": "view edit create"}, scope="all", user_ids=user)
        with self.assertRaises(AccessError):
            self.rows([], user=user)
        # Seeing more by another role does not widen what may be taken away.
        self.new_role({"rosters": "view export"}, scope="own_stores", user_ids=user)
        self.assertEqual(set(self.rows([], user=user)), {"G1", "G2", "G9"})

    def test_too_many_people_and_days(self):
        with (
            patch.object(attendance_roster_grid_sheet, "MAX_PEOPLE", 2),
            self.assertRaisesRegex(UserError, "at most 2 people"),
        ):
            self.sheet()
        with self.assertRaisesRegex(UserError, "1 to 62 days"):
            self.sheet(first="2026-11-01", last="2027-01-02")

    def wizard(self, **values):
        exports = self.env["attendance.roster.sheet.export"]
        return exports.create({"company_ids": self.company.ids, **values})

    def test_the_dialog(self):
        wizard = self.wizard()
        self.assertEqual(
            (wizard.date_from, wizard.date_to), (date(2026, 11, 1), date(2026, 11, 30))
        )
        wizard.store_ids = self.second
        action = wizard.action_export()
        self.assertEqual(
            action["url"], f"/chain_attendance/roster_sheet/{wizard.id}/roster.xlsx"
        )
        name, file = wizard._file()
        self.assertEqual(name, "Roster 2026-11-01 - 2026-11-30.xlsx")
        self.assertEqual(opened(file.read()).active["A3"].value, "G3")
        wizard.people_domain = f'[["id", "in", [{self.ann.id}]]]'
        with self.assertRaises(UserError):
            wizard.action_export()
        wizard.store_ids = False
        self.assertEqual(opened(wizard._file()[1].read()).active["A3"].value, "G1")
        wizard.people_domain = "nonsense"
        with self.assertRaises(UserError):
            wizard.action_export()

    def test_queries_do_not_grow_with_the_people(self):
        def count(domain):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.sheet(domain, "2026-11-01", "2026-11-30")
            return self.env.cr.sql_log_count - before

        for number in range(40):
            person = self.new_employee(f"P{number}", employee_number=f"P{number}")
            self.roster(person, self.day, "2026-01-05")
        self.sheet()
        few = count([("employee_number", "in", ("G1", "P1"))])
        many = count([("company_id", "=", self.company.id)])
        self.assertLessEqual(many, few + 3)
        self.assertLess(many, 60)
