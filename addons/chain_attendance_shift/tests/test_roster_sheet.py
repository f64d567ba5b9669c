import base64
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..wizards import attendance_roster_sheet
from .sheets import HEAD, november, opened, saved, workbook
from .test_roster_grid import FIRST, LAST, GridCommon

DAYS = november(2, 3, 4, 5, 6, 7, 8)


class SheetCommon(GridCommon):
    """A manager of a store, and files that come back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls.new_employee("Boss", employee_number="G9")
        cls.store.manager_id = cls.boss
        cls.user = cls.new_user("boss", employee=cls.boss)
        cls.new_role(
            {"rosters": "view create edit export"},
            scope="own_stores",
            user_ids=cls.user,
        )
        cls.overrides = cls.env["attendance.roster.override"]

    def upload(self, content, user=None, **values):
        """The wizard with a file, once it was looked at."""
        sheets = self.env["attendance.roster.sheet"].with_user(user or self.user)
        sheet = sheets.create(
            {
                "file": base64.b64encode(content),
                "file_name": "plan.xlsx",
                "company_ids": self.company.ids,
                **values,
            }
        )
        sheet.action_check()
        return sheet

    def exported(self, change=None):
        """The file of the store, changed by ``change(sheet)``."""
        grid = self.grid.with_user(self.user)
        book = opened(grid._write_sheet([], FIRST, LAST).read())
        if change:
            change(book.active)
        return saved(book)

    def lines(self, sheet, kind="change"):
        lines = sheet[f"{kind}_ids"]
        return [(line.place, line.employee_number, line.text) for line in lines]

    def planned(self, person, day):
        return tuple(self.cells(person, day, day)[day][:2])


@tagged("post_install", "-at_install")
@freeze_time("2026-11-04 04:00:00")
class TestRosterSheet(SheetCommon):
    """A file that comes back: preview, apply, undo."""

    def test_an_untouched_file_changes_nothing(self):
        self.override(self.ann, "2026-11-03", self.night)
        self.override(self.bob, "2026-11-07", self.day)
        sheet = self.upload(self.exported())
        self.assertEqual((sheet.state, sheet.change_count), ("preview", 0))
        before = self.overrides.search_count([])
        sheet.action_apply()
        self.assertEqual(self.overrides.search_count([]), before)

    def test_changed_cells(self):
        def change(sheet):
            sheet["E3"] = "n "
            sheet["J3"] = "Day"
            sheet["F4"] = "Rest"

        sheet = self.upload(self.exported(change))
        self.assertEqual((sheet.change_count, sheet.people_count), (3, 2))
        self.assertEqual(
            [(line.before, line.after) for line in sheet.change_ids],
            [("D", "N"), ("Rest", "D"), ("D", "Rest")],
        )
        self.assertEqual(self.lines(sheet)[2], ("F4", "G2", ""))
        self.assertFalse(self.overrides.search([("employee_id", "=", self.ann.id)]))
        sheet.action_apply()
        self.assertEqual(sheet.state, "done")
        made = self.overrides.search([("reason", "=", "Excel, plan.xlsx")])
        self.assertEqual(len(made), 3)
        self.assertEqual(made.create_uid, self.user)
        self.assertEqual(
            self.planned(self.ann, "2026-11-02"), (self.night.id, "override")
        )
        self.assertEqual(self.planned(self.bob, "2026-11-03"), (0, "override"))
        sheet.action_undo()
        self.assertEqual(sheet.state, "undone")
        self.assertEqual(
            self.planned(self.ann, "2026-11-02"), (self.day.id, "standing")
        )
        with self.assertRaises(UserError):
            sheet.action_undo()

    def test_an_emptied_cell_asks_the_rosters_again(self):
        self.override(self.ann, "2026-11-03", self.night)

        def change(sheet):
            sheet["F3"] = None
            sheet["G3"] = None

        sheet = self.upload(self.exported(change))
        (line,) = sheet.change_ids
        self.assertEqual((line.place, line.before, line.after), ("F3", "N", "D"))
        self.assertIn("Back to what the rosters say", line.text)
        (note,) = sheet.note_ids
        self.assertEqual(note.place, "G3")
        self.assertIn("changed by hand: 1.", note.text)
        sheet.action_apply()
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.day.id, "standing")
        )
        sheet.action_undo()
        self.assertEqual(
            self.planned(self.ann, "2026-11-03"), (self.night.id, "override")
        )

    def test_an_emptied_cell_beneath_which_nothing_lies(self):
        stranger = self.new_employee("New", employee_number="G4")
        self.override(stranger, "2026-11-03", self.night)
        self.env.flush_all()
        sheet = self.upload(workbook([[*HEAD, DAYS[1]], ["G4", "New", None]]))
        (line,) = sheet.change_ids
        self.assertEqual((line.before, line.after), ("N", False))
        sheet.action_apply()
        self.assertEqual(self.planned(stranger, "2026-11-03"), (None, ""))

    def test_a_long_step_is_undone_in_portions(self):
        def change(sheet):
            for cell in ("E3", "F3", "G4"):
                sheet[cell] = "N"

        sheet = self.upload(self.exported(change))
        sheet.action_apply()
        with patch.object(attendance_roster_sheet, "MOST_CELLS", 2):
            sheet.action_undo()
        self.assertFalse(self.overrides.search([("reason", "=", "Excel, plan.xlsx")]))

    def test_conflicts_of_what_would_be_in_force(self):
        def change(sheet):
            sheet["E3"] = "N"
            sheet["J3"] = "D"
            sheet["K3"] = "D"

        sheet = self.upload(self.exported(change))
        self.assertEqual(
            self.lines(sheet),
            [
                ("E3", "G1", ""),
                ("J3", "G1", ""),
                ("K3", "G1", "More than 6 days on end"),
            ],
        )
        self.assertEqual(sheet.conflict_count, 1)
        # The night ends at 6, the next day begins at 8:30; and the run goes on.
        self.assertEqual(
            self.lines(sheet, "note"),
            [
                ("F3", "G1", "11/03/2026, because of the changes: Rest under 11 h."),
                *(
                    (
                        False,
                        "G1",
                        f"11/{day:02}/2026, because of the changes: "
                        "More than 6 days on end.",
                    )
                    for day in range(9, 14)
                ),
            ],
        )
        self.assertEqual(sheet.follow_count, 6)
        self.assertEqual(sheet.change_ids.mapped("is_doubtful"), [False, False, True])

    def test_with_one_wrong_cell_nothing_is_written(self):
        def change(sheet):
            sheet["E3"] = "N"
            sheet["F4"] = "M"
            sheet["B4"] = "Bert"

        sheet = self.upload(self.exported(change))
        self.assertEqual((sheet.state, sheet.error_count), ("errors", 1))
        (line,) = sheet.error_ids
        self.assertEqual(
            (line.place, line.employee_name, line.date, line.weekday, line.typed),
            ("F4", "Bob", date(2026, 11, 3), "Tue", "M"),
        )
        self.assertEqual(line.text, "No shift is called “M”.")
        self.assertIn("the sheet says “Bert”", sheet.note_ids.text)
        self.assertFalse(sheet.change_ids)
        sheet.state = "preview"
        sheet.action_apply()
        self.assertEqual(sheet.state, "errors")
        self.assertFalse(self.overrides.search([("employee_id", "=", self.ann.id)]))

    def test_the_marked_file_can_be_mended_and_imported(self):
        sheet = self.upload(self.exported(lambda s: s.__setitem__("F4", "NN")))
        name, file = sheet._errors_file()
        self.assertEqual(name, "plan - errors.xlsx")
        book = opened(file.read())
        self.assertEqual(
            book.active["F4"].comment.text,
            "No shift is called “NN”. Did you mean “N”?",
        )
        self.assertEqual(book["Errors"]["A2"].value, "F4")
        book.active["F4"] = "N"
        sheet.action_back()
        self.assertEqual((sheet.state, len(sheet.line_ids)), ("file", 0))
        sheet.file = base64.b64encode(saved(book))
        sheet.action_check()
        self.assertEqual(self.lines(sheet), [("F4", "G2", "")])

    def test_locked_days(self):
        self.override(self.ann, "2026-11-03", self.night)
        content = self.exported()
        self.company.sudo().attendance_roster_lock_date = date(2026, 11, 3)
        self.assertEqual(self.upload(content).state, "preview")

        def change(sheet):
            sheet["E3"] = "N"
            sheet["F3"] = None
            sheet["G3"] = "N"

        sheet = self.upload(self.exported(change))
        self.assertEqual([line.place for line in sheet.error_ids], ["E3", "F3"])
        self.assertIn("locked and “D” cannot", sheet.error_ids[0].text)

    def test_out_of_employment(self):
        self.bob.leave_date = "2026-11-04"
        sheet = self.upload(self.exported(lambda s: s.__setitem__("I4", "D")))
        self.assertEqual(
            self.lines(sheet, "error"),
            [("I4", "G2", "Bob is not employed on 11/06/2026.")],
        )

    def test_people_out_of_scope_are_nobody(self):
        rows = [[*HEAD, DAYS[0]], ["G3", "Far", "N"], ["G1", "Ann", "N"]]
        sheet = self.upload(workbook(rows))
        self.assertEqual([line.place for line in sheet.error_ids], ["A2"])
        # It does not tell that there is such a person.
        rows[1][0] = "X0"
        text = self.upload(workbook(rows)).error_ids.text
        self.assertEqual(sheet.error_ids.text, text.replace("X0", "G3"))

    def test_a_number_is_proposed_by_the_name(self):
        sheet = self.upload(workbook([[*HEAD, DAYS[0]], ["G7", "Ann", "N"]]))
        self.assertTrue(sheet.error_ids.text.endswith("Did you mean “G1”?"))
        sheet = self.upload(workbook([[*HEAD, DAYS[0]], ["G7", "Far", "N"]]))
        self.assertFalse(sheet.error_ids.text.endswith("?"))

    def test_numbers_without_their_zeros(self):
        self.ann.employee_number = "00012"
        self.env.flush_all()
        sheet = self.upload(workbook([[*HEAD, DAYS[0]], [12, "Ann", "N"]]))
        self.assertEqual(sheet.change_ids.employee_number, "00012")

    def test_what_somebody_changed_since_is_told(self):
        content = self.exported(lambda s: s.__setitem__("I3", "N"))
        changed = self.override(self.ann, "2026-11-03", self.night)
        self.env.cr.execute(
            "UPDATE attendance_roster_override SET create_date = create_date"
            " + interval '1 hour' WHERE id = %s",
            changed.ids,
        )
        sheet = self.upload(content)
        self.assertEqual(
            self.lines(sheet),
            [
                ("F3", "G1", "Changed by somebody since the file was made"),
                ("I3", "G1", ""),
            ],
        )
        self.assertEqual(sheet.since_count, 1)

    def test_the_roster_changes_between_preview_and_apply(self):
        sheet = self.upload(self.exported(lambda s: s.__setitem__("E3", "N")))
        self.override(self.ann, "2026-11-02")
        sheet.action_apply()
        self.assertEqual((sheet.state, sheet.is_other), ("preview", True))
        self.assertEqual(sheet.change_ids.before, "Rest")
        sheet.action_apply()
        self.assertEqual(sheet.state, "done")

    def test_an_undo_that_comes_too_late(self):
        sheet = self.upload(self.exported(lambda s: s.__setitem__("E3", "N")))
        sheet.action_apply()
        self.override(self.ann, "2026-11-02")
        with self.assertRaisesRegex(UserError, "was changed since"):
            sheet.action_undo()

    def test_files_that_cannot_be_read(self):
        for content, words in (
            (b"a,b", "no Excel workbook"),
            (b"\xd0\xcf\x11\xe0" + bytes(100), "password"),
            (b"PK\x03\x04" + bytes(100), "damaged"),
            (bytes(5 * 1024 * 1024 + 1), "larger than 5 MB"),
            (workbook([["Name"]]), "Export the roster"),
            (workbook([[*HEAD, DAYS[0]]]), "there is nobody"),
            (workbook([[*HEAD, DAYS[0], date(2028, 1, 1)], ["1"]]), "a year apart"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.upload(content)
        with self.assertRaisesRegex(UserError, "damaged"):
            self.upload(b"", file="A")
        with self.assertRaisesRegex(UserError, "Choose a file"):
            self.upload(b"", file=False)

    def test_queries_do_not_grow_with_the_people(self):
        for number in range(40):
            person = self.new_employee(f"P{number}", employee_number=f"P{number}")
            self.roster(person, self.day, "2026-01-05")

        def count(numbers):
            rows = [[number, "", *["N"] * 7] for number in numbers]
            content = workbook([[*HEAD, *DAYS], *rows])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sheet = self.upload(content)
            self.assertEqual(sheet.change_count, 7 * len(rows))
            return self.env.cr.sql_log_count - before

        count(["G1"])
        few, many = count(["P1", "P2"]), count([f"P{n}" for n in range(40)])
        # Lines of the preview are inserted a hundred at a time.
        self.assertLessEqual(many, few + 8)
        self.assertLess(many, 65)
