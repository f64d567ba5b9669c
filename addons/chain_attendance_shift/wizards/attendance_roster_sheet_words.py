"""What is said of a file and its cells."""

from functools import cache

from odoo import api, models
from odoo.tools import format_date

from .attendance_roster_sheet import SHOWN_LINES


class AttendanceRosterSheet(models.TransientModel):
    # One concern a file.
    _inherit = "attendance.roster.sheet"  # pylint: disable=consider-merging-classes-inherited

    @api.depends("state", "is_other")
    def _compute_message(self):
        for sheet in self:
            sheet.message = "\n".join(sheet._sentences_about())

    def _sentences_about(self):
        """What is said above the list, a line each."""
        values = {
            "days": f"{self.change_count:,}",
            "people": f"{self.people_count:,}",
            "errors": f"{self.error_count:,}",
            "conflicts": f"{self.conflict_count:,}",
            "follows": f"{self.follow_count:,}",
            "since": f"{self.since_count:,}",
            "limit": f"{SHOWN_LINES:,}",
        }
        said = getattr(self, f"_say_{self.state}")()
        if self.state == "preview" and self.is_other:
            said.insert(0, self.env._("The roster has changed since the last preview."))
        if max(self.error_count, self.change_count) > SHOWN_LINES:
            said.append(self.env._("The first %(limit)s are listed."))
        return [sentence % values for sentence in said]

    def _say_file(self):
        return []

    def _say_errors(self):
        return [
            self.env._(
                "Wrong cells: %(errors)s. Nothing was written. The marked file says "
                "beside each cell what is wrong: mend it there, and import it again."
            )
        ]

    def _say_preview(self):
        if not self.change_count:
            return [
                self.env._("The file says what the roster says: nothing would change.")
            ]
        said = [self.env._("Days that would change: %(days)s. People: %(people)s.")]
        if self.conflict_count:
            said.append(
                self.env._(
                    "With a conflict: %(conflicts)s. They can be planned all the same."
                )
            )
        if self.follow_count:
            said.append(
                self.env._(
                    "With a conflict because of the changes, below: %(follows)s."
                )
            )
        if self.since_count:
            said.append(
                self.env._(
                    "Changed by somebody since the file was made: %(since)s. The file "
                    "would undo that."
                )
            )
        return said

    def _say_done(self):
        return [
            self.env._("Days that were changed: %(days)s. People: %(people)s."),
            self.env._(
                "Undo takes all of it back, as long as nobody has changed one of these "
                "days since."
            ),
        ]

    def _say_undone(self):
        return [self.env._("Everything is as it was before the import.")]

    def _refusal(self, refused):
        """The sentence for a file of which nothing can be read."""
        sentences = self._refusals_of_file() | self._refusals_of_sheet()
        return sentences[refused.code] % refused.values

    def _refusals_of_file(self):
        return {
            "too_large": self.env._("The file is larger than %(limit)s MB."),
            "old_excel": self.env._(
                "The file is an Excel 97-2003 workbook (.xls), or is protected with a "
                "password. Save it as an Excel workbook (.xlsx) without a password."
            ),
            "not_excel": self.env._(
                "The file is no Excel workbook. Save it as an Excel workbook (.xlsx)."
            ),
            "unpacks_too_large": self.env._(
                "The file holds more than %(limit)s MB once it is unpacked. Copy the "
                "roster into a new workbook."
            ),
            "broken": self.env._(
                "The file is damaged and cannot be read. Open it in Excel and save it "
                "anew."
            ),
            "newer": self.env._(
                "The file was made by a later version. Export the roster again."
            ),
        }

    def _refusals_of_sheet(self):
        return {
            "no_head": self.env._(
                "No sheet has a row with “Employee Number” and dates. Export the "
                "roster, and change that file."
            ),
            "no_dates": self.env._(
                "Beside “Employee Number” there is no date in the head of the sheet."
            ),
            "too_many_dates": self.env._(
                "The sheet has %(count)s dates; at most %(limit)s can be imported."
            ),
            "dates_apart": self.env._(
                "The dates of the sheet, %(first)s to %(last)s, lie more than a year "
                "apart."
            ),
            "too_many_people": self.env._(
                "The sheet has more than %(limit)s people; import fewer at a time."
            ),
            "no_people": self.env._("Below the head of the sheet there is nobody."),
        }

    def _speaker(self):
        """A function that says what is the matter with a cell."""
        sentences = self._sentences_of_sheet() | self._sentences_of_cells()
        meant = self.env._("%(sentence)s Did you mean “%(hint)s”?")

        @cache
        def written(day):
            return format_date(self.env, day)

        def say(trouble):
            values = {
                "typed": trouble.typed,
                "hint": trouble.hint,
                "name": trouble.name,
                "number": trouble.number,
                "day": trouble.day and written(trouble.day),
            }
            code = trouble.code
            if code == "locked" and not trouble.hint:
                code = "locked_empty"
            sentence = sentences[code] % values
            if trouble.hint and code in ("unknown_shift", "unknown_person"):
                return meant % {"sentence": sentence, "hint": trouble.hint}
            return sentence

        return say

    def _sentences_of_sheet(self):
        """About columns, rows and people."""
        return {
            "bad_date": self.env._(
                "“%(typed)s” is no date. Write it as 2026-11-30, or delete the column."
            ),
            "no_date": self.env._(
                "There is no date above this column. Enter it, or empty the column."
            ),
            "double_date": self.env._("%(day)s stands above two columns."),
            "merged": self.env._(
                "The cells %(typed)s are merged. Undo the merging and fill each cell."
            ),
            "formula": self.env._(
                "The formula has no result in the file. Paste its value instead."
            ),
            "no_number": self.env._(
                "The row has no employee number. Enter it, or delete the row."
            ),
            "double_person": self.env._("%(number)s stands in row %(hint)s already."),
            "unknown_person": self.env._(
                "None of the people whom you may plan has the number %(number)s."
            ),
            "several_people": self.env._(
                "People of several companies have the number %(number)s. Switch one "
                "company on, and import again."
            ),
            "other_name": self.env._(
                "%(number)s is %(name)s here; the sheet says “%(typed)s”."
            ),
            "not_read": self.env._("The column “%(typed)s” was not read."),
        }

    def _sentences_of_cells(self):
        return {
            "unknown_shift": self.env._("No shift is called “%(typed)s”."),
            "several_shifts": self.env._(
                "Several shifts are called “%(typed)s”. Write one of: %(hint)s."
            ),
            "archived_shift": self.env._(
                "Shift “%(typed)s” is archived, or another company's, and cannot be "
                "planned."
            ),
            "is_date": self.env._(
                "Excel made the date %(typed)s of what was typed. Format the cell as "
                "text and type it again."
            ),
            "locked": self.env._(
                "The day is locked and “%(hint)s” cannot be changed any more. Put it "
                "back."
            ),
            "locked_empty": self.env._("The day is locked. Empty the cell again."),
            "not_employed": self.env._("%(name)s is not employed on %(day)s."),
            "follows": self.env._("%(day)s, because of the changes: %(typed)s."),
            "left": self.env._(
                "Empty days that nobody changed by hand: %(typed)s. They stay as the "
                "rosters say."
            ),
        }
